"""CSL items become formatted entries, by citeproc-js, the program in Zotero. Sole importer of PyMiniRacer."""

import json
from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

from triptych.content import forked
from triptych.content.citation_styles import CSL, CitationStyle, Unusable

if TYPE_CHECKING:
    from py_mini_racer import MiniRacer

FOLDER = Path(__file__).parent / "csl"
PROGRAM, CALLS = FOLDER / "citeproc.js", FOLDER / "entries.js"
LOCALES = FOLDER / "locales"
_OTHER_NAMES = {"no": "nb-NO", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}
"""Languages that CSL has under another tag."""
_HEBREW_AND = '<term name="and">ו<', '<term name="and">\u00a0ו<'
"""The program sets no space before an “and” that is a prefix: the first name would run into it."""
BEFORE = "var module = {};"
"""The program is a module of CommonJS."""
NO_THREADS = ("--single-threaded",)
"""Options of V8: it needs no threads for a list of sources."""


def entries(items: Sequence[Mapping[str, Any]], style: CitationStyle, language: str) -> tuple[str, ...]:
    """Each CSL item as HTML, in the order given. The language is for a style that names none.

    A source that a style of footnotes leaves out of its list prints as in its first footnote. Raises Unusable.
    """
    from py_mini_racer import JSEvalException  # brings asyncio, for the sources alone

    try:
        found = forked.done(partial(_formatted, items, style, locale(language)))
    except JSEvalException as error:
        raise Unusable(f"the program that formats sources fails on it ({_first_line(error)})") from None
    for item in items:
        if not found.get(item["id"]):
            remedy = "Give the source what the style needs, such as an author or a date, or use another style."
            raise Unusable(f"it prints nothing for the source `{item['id']}`", remedy=remedy)
    return tuple(found[item["id"]] for item in items)


def _formatted(items: Sequence[Mapping[str, Any]], style: CitationStyle, language: str) -> dict[str, str]:
    """The HTML of each item by its id. V8 keeps 64 MiB of the process that asks. Raises JSEvalException."""
    from py_mini_racer import MiniRacer, init_mini_racer

    init_mini_racer(flags=NO_THREADS, ignore_duplicate_init=True)
    engine = MiniRacer()
    try:
        engine.eval(_program())
        found = _called(engine, "listed", style.xml, items, style.language, language)
        if (left := [item for item in items if item["id"] not in found]) and style.notes:
            found |= _called(engine, "noted", style.notes, left, style.language, language)
        return found
    finally:
        engine.close()


def _called(
    engine: "MiniRacer", function: str, style: str, items: Sequence[Mapping[str, Any]], *languages: str
) -> dict[str, str]:
    """The HTML of each item by its id, from a function of the program."""
    found = json.loads(str(engine.call(function, style, list(items), _two_parts(languages[-1]), _locales(*languages))))
    return {str(name): str(html) for name, html in found.items()}


def escaped(text: str) -> str:
    """A text as it stands in the HTML of an entry."""
    return text.replace("&", "&#38;").replace("<", "&#60;").replace(">", "&#62;")


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return next((line for line in lines if "Error" in line), lines[0] if lines else type(error).__name__)


@cache
def _program() -> str:
    return "\n".join([BEFORE, *(path.read_text(encoding="utf-8") for path in (PROGRAM, CALLS))])


@cache
def _locales(*languages: str) -> dict[str, str]:
    """The words and dates of these languages in every country, and of English, by their tags without a script."""
    names = {language.split("-")[0] for language in (*languages, "en") if language}
    found = [path for name in names for path in sorted(LOCALES.glob(f"locales-{name}*.xml"))]
    found += [path for name in languages if (path := LOCALES / f"locales-{name}.xml").is_file()]
    words = {_two_parts(path.stem.removeprefix("locales-")): path.read_text(encoding="utf-8") for path in found}
    return {tag: text.replace(*_HEBREW_AND) for tag, text in words.items()}


def _two_parts(tag: str) -> str:
    """A tag without its script, which citeproc-js cannot read: Serbian alone has one."""
    first, *rest = tag.split("-")
    return "-".join([first, *rest[-1:]])


@cache
def locale(language: str) -> str:
    """The nearest language of CSL to a tag: itself, the same in its main country, or British English."""
    main = json.loads((LOCALES / "locales.json").read_text(encoding="utf-8"))["primary-dialects"]
    first = language.split("-")[0]
    known = [path.stem.removeprefix("locales-") for path in sorted(LOCALES.glob("*.xml"))]
    same = [name for name in known if name == language or name.startswith(f"{language}-")]
    near = (_OTHER_NAMES.get(language), *(same if language != first else ()), main.get(first), *same)
    return next((name for name in near if name in known), "en-GB")


@cache
def circa(language: str) -> str:
    """The short word for an approximate date in a language, such as `c.`; that of English if CSL has none."""
    return term("circa", language)


@cache
def term(name: str, language: str) -> str:
    """A word of CSL in a language, such as that for `et-al`, short if there is a short one; else that of English."""
    for file in (locale(language), "en-GB"):
        terms = etree.parse(LOCALES / f"locales-{file}.xml").iterfind(f".//{CSL}term[@name='{name}']")
        if found := {one.get("form", "long"): one.text for one in terms if one.text}:
            break
    return str(found.get("short") or found["long"])
