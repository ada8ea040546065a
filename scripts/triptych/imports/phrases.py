"""Dates in words become EDTF: those of a text, each as precise as the text is and no more.

The names of months are Babel's. The few words around a date, such as `before` and `between`, are in WORDS; in a
language that is not there, only plain dates are found.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale

from triptych.content import dates as edtf
from triptych.content import notation, typed_dates
from triptych.content.dates import BadDate


@dataclass(frozen=True, slots=True)
class Phrase:
    """A date in a text."""

    edtf: str
    start: int
    """Its first character in the text."""
    end: int
    """The character after its last."""


_NAMES = ("before", "by", "after", "since", "about", "between", "and", "from", "to", "in", "bc", "ad", "century")
WORDS: Mapping[str, Mapping[str, str]] = {
    language: dict(zip(_NAMES, words, strict=True))
    for language, words in {
        "en": (
            *(
                "before|prior to",
                "by|until|till",
                "after",
                "since",
                "about|around|circa|c\\.|ca\\.|roughly|approximately",
            ),
            *("between", "and", "from", "to|until|through|till"),
            "in|during|the|a|an|early|late|mid|summer|spring|autumn|fall|winter|year|for|its|his|her|their|and|to|through",
            *("BCE?|B\\.C\\.(?:E\\.)?", "AD|CE|A\\.D\\.", "(\\d{1,2})(?:st|nd|rd|th)[ -]century"),
        ),
        "de": (
            *("vor", "bis", "nach", "seit", "um|etwa|circa|ca\\.|gegen", "zwischen", "und", "von", "bis"),
            "im|in|jahr|jahre|der|die|das|des|anfang|ende|mitte|sommer|frühling|herbst|winter|und",
            *("v\\. ?Chr\\.", "n\\. ?Chr\\.", "(\\d{1,2})\\. Jahrhundert"),
        ),
        "fr": (
            *("avant", "jusqu.en", "après", "depuis", "vers|environ", "entre", "et", "de", "à"),
            "en|de|des|du|la|le|les|l.année|début|fin|été|printemps|automne|hiver|et|l.an",
            *("av\\. J\\.-C\\.", "apr\\. J\\.-C\\.", "(\\d{1,2})e siècle"),
        ),
        "es": (
            *("antes de", "hasta", "después de", "desde", "hacia|alrededor de|c\\.", "entre", "y", "de", "a"),
            "en|de|del|el|la|los|las|año|principios|finales|verano|primavera|otoño|invierno|y",
            *("a\\. ?C\\.", "d\\. ?C\\.", "siglo (\\d{1,2})"),
        ),
    }.items()
}
"""Words around a date, as patterns, by language."""
_YEAR = r"(?<![\d.,#$€£/-])(?P<{0}>[12]\d{{3}})(?![\d%]|[.,]\d|[-/]\d|\s*(?:%|per ?cent))"
_COUNTED = re.compile(r"\s+(?:[a-zäöüß]{3,}(?:s|n)|people|men|women|children)\b")
"""A word after a number that makes it a count, as in `2000 votes`."""


def dates(text: str, language: str) -> Iterator[Phrase]:
    """Each date in a text, in order. None overlaps another."""
    end = 0
    for found in _pattern(language.partition("-")[0].lower()).finditer(text):
        if found.start() >= end and (phrase := _phrase(found, text, language)):
            end = phrase.end
            yield phrase


def says_more(text: str, language: str) -> bool:
    """Whether a date in words has other words than the names of months and of the two ages of years."""
    words = (word.strip(".,").lower() for word in re.findall(r"[^\W\d_]+\.?", text))
    plain = {*_months(language), "bc", "bce", "ad", "ce", "am", "pm", "th", "st", "nd", "rd"}
    return any(len(word) > 2 and word not in plain for word in words)


def month_names(language: str) -> frozenset[str]:
    """The names of the months in a language, in small letters."""
    return frozenset(_months(language.partition("-")[0]))


@cache
def _months(language: str) -> Mapping[str, int]:
    """The number of each month by its names; one of two letters is too often another word."""
    try:
        locale = Locale.parse(language)
    except ValueError:
        locale = Locale("en")
    return {name: number for name, number in typed_dates.months(locale).items() if len(name) > 2}


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """All dates of a language, the longest forms first."""
    words = WORDS.get(language, {})
    names = "|".join(sorted(map(re.escape, _months(language)), key=len, reverse=True))
    month = rf"(?P<{{0}}>\b(?:{names})\b)\.?"
    day = r"(?P<{0}>\b\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?"
    of = r"(?:\s+(?:de|of|del))?"
    point = "|".join(
        (
            rf"{day.format('d{0}')}{of}\s+{month.format('m{0}')}{of},?\s+{_YEAR.format('y{0}')}",
            rf"{month.format('n{0}')}\s+{day.format('e{0}')},?\s+{_YEAR.format('z{0}')}",
            rf"{month.format('o{0}')},?{of}\s+{_YEAR.format('x{0}')}",
            r"(?<![\d-])(?P<i{0}>\d{{4}}-\d\d(?:-\d\d)?)(?![\d-])",
            _YEAR.format("w{0}"),
        )
    )

    def one(number: int | str) -> str:
        return f"(?:{point.replace('{0}', str(number)).replace('{{', '{').replace('}}', '}')})"

    until = rf"\s*(?:[–—-]|\b(?:{words.get('to', 'to')})\b)\s*"
    forms = [
        rf"(?P<days>\b(?P<first>\d{{1,2}})(?:st|nd|rd|th|\.)?{until}{one('r')})",
        rf"(?P<named>{month.format('g')}\s+(?P<since>\d{{1,2}}){until}(?P<until>\d{{1,2}}),?\s+{_YEAR.format('its2')})",
        rf"(?P<range>{one(1)}\s*[–—]\s*{one(2)})",
    ]
    if words:
        forms = [
            rf"(?P<between>\b(?:{words['between']})\s+{one(3)}\s+(?:{words['and']})\s+{one(4)})",
            rf"(?P<from>\b(?:{words['from']})\s+{one(5)}\s+(?:{words['to']})\s+{one(6)})",
            rf"(?P<onward>^(?:{words['from']})\s+{one('s')})",
            *forms,
            rf"(?P<before>\b(?:{words['before']})\s+{one(7)})",
            rf"(?P<by>\b(?:{words['by']})\s+{one(8)})",
            rf"(?P<after>\b(?:{words['after']})\s+{one(9)})",
            rf"(?P<about>\b(?:{words['about']})\s*{one(0)})",
            r"(?P<decade>\b(?P<tens>[12]\d\d)0s\b)",
            rf"(?P<century>\b{words['century']})",
            rf"(?P<bc>\b(?P<old>\d{{1,4}})\s+(?:{words['bc']}))",
            rf"(?P<ad>\b(?:(?:{words['ad']})\s+(?P<new>\d{{1,4}})|(?P<newer>\d{{1,4}})\s+(?:{words['ad']}))(?!\w))",
        ]
    if language == "en":
        forms.append(r"(?P<season>\b(?P<part>spring|summer|autumn|fall|winter)(?: of)? (?P<its>[12]\d{3})\b)")
    forms.append(rf"(?P<plain>{_plain_point(point)})")
    return re.compile("|".join(forms), re.IGNORECASE)


def _plain_point(point: str) -> str:
    return point.replace("{0}", "p").replace("{{", "{").replace("}}", "}")


def _point(found: re.Match[str], number: str, language: str) -> str:
    """One end of a date, as EDTF."""
    groups = found.groupdict()

    def part(letters: str) -> str:
        return next((groups[f"{letter}{number}"] for letter in letters if groups.get(f"{letter}{number}")), "")

    if iso := part("i"):
        return iso
    year, month, day = part("yzxw"), part("mno"), part("de")
    if not month:
        return year
    moon = _months(language)[month.casefold().rstrip(".")]
    return f"{year}-{moon:02}" + (f"-{int(day):02}" if day else "")


_FORMS: Mapping[str, Callable[[Callable[[str], str]], str]] = {
    "between": lambda end: f"{end('3')}/{end('4')}",
    "from": lambda end: f"{end('5')}/{end('6')}",
    "onward": lambda end: f"{end('s')}/..",
    "range": lambda end: f"{end('1')}/{end('2')}",
    "before": lambda end: f"[..{_next_to(end('7'), -1)}]",
    "by": lambda end: f"[..{end('8')}]",
    "after": lambda end: f"[{_next_to(end('9'), 1)}..]",
    "about": lambda end: f"{end('0')}~",
    "plain": lambda end: end("p"),
}


_OTHERS = ("days", "named", "decade", "century", "bc", "ad", "season")
"""Names of the other forms."""


def _next_to(point: str, step: int) -> str:
    return typed_dates.next_to(edtf.parsed(point), step)


def _phrase(found: re.Match[str], text: str, language: str) -> Phrase | None:
    tongue = language.partition("-")[0].lower()
    kind = next(name for name in (*_FORMS, *_OTHERS) if found.groupdict().get(name))
    if kind in _FORMS and _is_count(found, kind, text, tongue):
        return None
    try:
        written = (
            _FORMS[kind](lambda number: _point(found, number, tongue))
            if kind in _FORMS
            else _other(found, kind, tongue)
        )
        edtf.placed(edtf.parsed(written))
    except (BadDate, ValueError):
        return None
    return Phrase(written, found.start(), found.end())


def _other(found: re.Match[str], kind: str, tongue: str) -> str:
    """A date of a form that has no plain ends, as EDTF; empty where it is none."""
    if kind == "decade":
        return f"{found['tens']}X"
    if kind == "days":
        last = _point(found, "r", tongue)
        return f"{last[:-2]}{int(found['first']):02}/{last}" if len(last) > len("1794-05") else ""
    if kind == "named":
        month = f"{found['its2']}-{_months(tongue)[found['g'].casefold().rstrip('.')]:02}"
        return f"{month}-{int(found['since']):02}/{month}-{int(found['until']):02}"
    if kind == "century":
        number = next(int(group) for group in found.groups()[::-1] if group and group.isdecimal() and len(group) < 3)
        return f"{number - 1:02}XX"
    if kind == "bc":
        return notation.written(-int(found["old"]))
    if kind == "ad":
        return notation.written(int(found["new"] or found["newer"]))
    return f"{found['its']}-{notation.SEASONS[found['part'].lower()]}"


def _is_count(found: re.Match[str], kind: str, text: str, tongue: str) -> bool:
    """Whether what looks like a year counts something, as in `2000 votes`, or stands where no year does."""
    if kind not in ("plain", "about", "by", "after") or not re.fullmatch(r"\D*\d{4}", found[0]):
        return False
    if _COUNTED.match(text, found.end()) and not re.match(r"\s*(was|this|has)\b", text[found.end() :]):
        return True
    before = text[: found.start()].rstrip()
    if kind != "plain" or before[-1:] in ("", "(", ",", ";", ":"):
        return False
    allowed = WORDS.get(tongue, {}).get("in", "in")
    since = WORDS.get(tongue, {}).get("since", "since")
    return not re.search(rf"(?:^|[\W_])(?:{allowed}|{since})$", before, re.IGNORECASE)
