"""A file of fixed words becomes the words that every document of a language prints."""

from triptych.content import read
from triptych.content.errors import StyleError
from triptych.design.where import Templates


def words(language: str, templates: Templates) -> dict[str, str]:
    """The fixed words of the documents in a language. Raises StyleError."""
    name = f"words/{language.split('-')[0].lower()}.yaml"
    path = templates.file(name)
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in templates.files("words").values()))
        raise StyleError(
            f"no words for the language `{language}`; there are: {known}\n"
            f"    Copy {templates.file('words/en.yaml')} to templates/{name} and translate it."
        )
    return read.texts(path)
