"""A file of fixed words becomes the words that every document of a language prints."""

from pathlib import Path

from triptych.content import read
from triptych.content.errors import StyleError


def words(language: str, folder: Path) -> dict[str, str]:
    """The fixed words of the documents in a language, from the folder of words. Raises StyleError."""
    path = folder / f"{language.split('-')[0].lower()}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in folder.glob("*.yaml")))
        raise StyleError(
            f"no words for the language `{language}`; there are: {known}\n"
            f"    Copy {folder / 'en.yaml'} to {path} and translate it."
        )
    return read.texts(path)
