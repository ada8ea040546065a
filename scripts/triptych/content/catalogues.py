"""A gettext catalogue becomes the fixed words of one language, each with its forms and its line."""

import gettext
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from triptych.content import disk
from triptych.content.errors import ContentError, Problem

HOUSE = "words.{}.po"
"""A catalogue of an author's own: for one article in its folder, or for all articles in the folder above."""
SOURCE = "en"
"""The language from which all others are translated: a word that it does not translate prints as its source."""
_LINE = re.compile(r'(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)[ \t]*)?"(?:[^"\\]|\\.)*"')
_NAMES = re.compile(r'^msgctxt[ \t]+"([^"]*)"', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of a catalogue."""

    line: int
    """From 1."""
    source: tuple[str, ...]
    """The English text: of one thing and of many, for a word with a count."""
    forms: tuple[str, ...]
    """Its translation, in each form; empty where there is none."""

    @property
    def counts(self) -> bool:
        """Whether it has forms for numbers."""
        return len(self.source) > 1


@dataclass(frozen=True, slots=True)
class Words:
    """The entries of a catalogue by the names of the words, and the form that its language uses for a number."""

    entries: Mapping[str, Entry]
    choose: Callable[[int], int]


def tags(language: str) -> Sequence[str]:
    """The tags whose catalogues hold the words of a language, the general one first: pt and pt-BR for pt-BR."""
    parts = language.replace("_", "-").split("-")
    parts[0] = parts[0].lower()
    return ["-".join(parts[: index + 1]) for index in range(len(parts))]


def language_of(path: Path) -> str:
    """The language of a catalogue, by its name: `pt-BR.po` in the templates, `words.pt-BR.po` of an author's own."""
    return path.stem.removeprefix("words.")


def own(folder: Path, language: str) -> Iterator[Path]:
    """An author's own catalogues for a language, the general one first: of the article, or else of the folder above."""
    for tag in tags(language):
        name = HOUSE.format(tag)
        inside, above = folder / name, folder.resolve().parent / name
        if inside.is_file() or above.is_file():
            yield inside if inside.is_file() else above


def read(path: Path) -> tuple[Words, tuple[Problem, ...]]:
    """The words of a catalogue, and its problems. A word without a translation has no forms."""
    try:
        disk.check_file(path)
        text = path.read_text(encoding="utf-8-sig")
        problems = tuple(_malformed(path, text))
        catalog = Catalog() if problems else parsed(text, language_of(path))
        choose = gettext.c2py(catalog.plural_expr)
    except UnicodeDecodeError as error:
        place = path.read_bytes()[: error.start].count(b"\n") + 1
        message = f"byte {error.start} is not UTF-8 text"
        return _nothing(Problem(path, place, 1, "not-utf-8", message, "Save the file as UTF-8."))
    except (PoFileError, ValueError) as error:
        line = error.lineno + 1 if isinstance(error, PoFileError) else 1
        hint = "Open it in a program for translators, such as Poedit, and save it."
        return _nothing(Problem(path, line, 1, "wrong-value", f"not a catalogue: {error}", hint))
    except ContentError as error:
        return _nothing(*error.problems)
    except OSError:
        return _nothing(Problem(path, 1, 1, "missing-file", f"`{path.name}` cannot be read", "Put the file back."))
    messages = [message for message in catalog if message.context]
    faults = [*problems, *_faults(path, messages, catalog.num_plurals)]
    source = language_of(path) == SOURCE
    return Words({str(one.context): _entry(one, source) for one in messages}, choose), tuple(faults)


def parsed(text: str, language: str) -> Catalog:
    """A catalogue as Babel reads it. Raises PoFileError and ValueError."""
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = None
    return read_po(io.StringIO(text), locale=locale, ignore_obsolete=True, abort_invalid=True)


def _nothing(problem: Problem) -> tuple[Words, tuple[Problem, ...]]:
    return Words({}, lambda number: 0), (problem,)


def _entry(message: Message, source: bool) -> Entry:
    """A message as an entry. In English, one without a translation prints as its source."""
    texts, forms = parts(message.id), parts(message.string)
    translated = any(forms)
    return Entry(message.lineno or 1, texts, forms if translated else texts if source else ())


def parts(texts: str | Sequence[str] | None) -> tuple[str, ...]:
    """A text of a message as its forms: one, or one for each kind of number."""
    return (texts,) if isinstance(texts, str) else tuple(texts or ())


def _malformed(path: Path, text: str) -> Iterator[Problem]:
    """Lines that are none of a catalogue, and words that it has twice."""
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.strip()
        if bare and not bare.startswith("#") and not _LINE.fullmatch(bare):
            message = f"`{bare[:60]}` is no line of a catalogue"
            hint = 'Write for example msgstr "…", with quotes at both ends, and \\" for a quote within.'
            yield Problem(path, number, 1, "wrong-value", message, hint)
    lines: dict[str, int] = {}
    for found in _NAMES.finditer(text):
        at = text.count("\n", 0, found.start()) + 1
        if found[1] in lines:
            message = f"`{found[1]}` is given twice, first on line {lines[found[1]]}"
            yield Problem(path, at, 1, "repeated-key", message, "Remove one of the two.")
        lines.setdefault(found[1], at)


def _faults(path: Path, messages: Sequence[Message], count: int) -> Iterator[Problem]:
    """Words that must be looked over, or that have not a form for each kind of number."""
    for one in messages:
        name, forms = one.context, parts(one.string)
        if one.fuzzy and any(forms):
            message = f"`{name}` is marked as fuzzy: its English has changed since it was translated"
            hint = f"Compare it with “{parts(one.id)[-1]}”, correct it, and remove the mark."
            yield Problem(path, one.lineno or 1, 1, "wrong-value", message, hint)
        if len(parts(one.id)) > 1 and any(forms) and not all(forms):
            missing = ", ".join(f"msgstr[{index}]" for index, form in enumerate(forms) if not form)
            message = f"`{name}` lacks {missing}: the language has {count} forms for numbers"
            yield Problem(path, one.lineno or 1, 1, "wrong-value", message, "Fill in each form.")
