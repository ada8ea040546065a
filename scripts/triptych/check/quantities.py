"""A text becomes its quantities: each value with its unit, sign, bound, range, and the noun that it counts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise

from triptych.check import counted, lexicon, measures
from triptych.check.counted import CARDINAL, NONE, ONE, ORDINAL, SHARE, Value
from triptych.check.tokens import Token, tokens

NO_BOUND, LOW, HIGH, NEAR, ABOUT, EXACT = "", "low", "high", "near", "about", "exact"
_OUT_OF = {"of", "of the", "out of", "von", "der", "sur", "de"}
"""What stands between a number and the whole of which it is a part: 14 of 22 branches."""
OF_THE = 10
"""Most characters between `none` and the number of those that there were: none of the six."""
NOUNS = 3
"""Most words after a number that are taken for what it counts."""
Form = tuple[Decimal, str]
"""A value, and its unit; without a unit "", and of a part of a whole `share`."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity of a text."""

    value: Decimal
    """With its power of ten, without its unit."""
    written: str
    start: int
    end: int
    kinds: frozenset[str]
    forms: frozenset[Form] = frozenset()
    """What it may say, in units that can be compared."""
    bound: str = NO_BOUND
    sign: str = ""
    nouns: tuple[str, ...] = ()
    """What it counts: the words after it, in a form in which they can be compared."""
    span: tuple[Decimal, Decimal] | None = None
    """The range of which it is an end."""
    loose: bool = False
    """It may not be one: half of a number with a space, or the end of a change, from 200 to 400."""
    parts: tuple[Decimal, Decimal] | None = None
    """The two numbers that it may be instead, where a space parts it, or as a share such as 23 in 100."""

    @property
    def has_unit(self) -> bool:
        return any(unit for _, unit in self.forms)


@lru_cache(maxsize=1_000)
def quantities(text: str, language: str) -> Sequence[Quantity]:
    """The quantities of a text, in order. Dates and times must have been taken out of it."""
    parts = tokens(text, language)
    found: list[Quantity] = []
    for one in counted.values(text, language):
        if not one.vague and not (found and parts[one.first].start < found[-1].end):
            found.append(_quantity(text, parts, one, language))
    return tuple(_ranged(text, _shared(text, _of_each_other(text, found), language), language))


def _of_each_other(text: str, found: list[Quantity]) -> list[Quantity]:
    """Quantities of which one is a part of the next count the same: 14 of 22 branches, none of the six."""
    for place in range(len(found) - 1):
        one, two = found[place : place + 2]
        if text[one.end : two.start].lower().strip() in _OUT_OF:
            found[place], found[place + 1] = replace(one, nouns=two.nouns), replace(two, nouns=())
        if NONE in one.kinds and not re.search(r"[^\w\s]", text[one.end : two.start]) and two.start - one.end < OF_THE:
            found[place] = replace(one, nouns=two.nouns)
    return found


def pairs(text: str, language: str) -> Iterator[tuple[Quantity, Quantity]]:
    """Quantities that stand against each other: 21 votes to 19."""
    to = lexicon.of(language).to
    found = quantities(text, language)
    for one, two in pairwise(found):
        between = text[one.end : two.start].lower().split()
        if (len(between) <= NOUNS and between[-1:] and between[-1] in to) or text[one.end : two.start] in to | {":"}:
            yield one, two


def _quantity(text: str, parts: Sequence[Token], one: Value, language: str) -> Quantity:
    """A value with what stands before and after it."""
    known = lexicon.of(language)
    place, value = _scaled(parts, one, language)
    metres = _is_length(parts, one, language)
    before, sign_units, sign = _before(parts, one.first, language)
    last, unit = _unit(parts, place, language) if one.kinds != {ORDINAL} else (place, frozenset[str]())
    units = sign_units or unit
    start, end = parts[before].start, parts[max(last, place) - 1].end
    if text[end : end + 1] == "+":
        end += 1
    written = text[start:end].strip()
    readings = {(value, units)} | ({(one.value, metres)} if metres and not sign_units else set())
    nouns = _nouns(parts, max(last, place), language, bool(units)) or _nouns_before(text, start, language)
    bound = _bound(text[:start], text[end:], written, known)
    forms = frozenset(form for number, names in readings for form in _forms(number, names, one.kinds))
    return Quantity(value, written, start, end, one.kinds, forms, bound, sign, nouns, parts=one.parts)


def _scaled(parts: Sequence[Token], one: Value, language: str) -> tuple[int, Decimal]:
    """The token after a value and its power of ten, and the whole value: 3 million, two and a half million."""
    place = _after_half(parts, one.last, language)
    value = one.value + (Decimal("0.5") if place > one.last else 0)
    words = [part.low for part in parts[place : place + measures.LONGEST]]
    if not words or NONE in one.kinds:
        return place, value
    glued = parts[place].start == parts[place - 1].end
    length = measures.longest(measures.scales(language), words)
    if length and (glued or len(words[0]) > 1 or language.split("-")[0] in ("fr", "es")):
        return place + length, value * measures.scales(language)[tuple(words[:length])]
    return place, value


def _after_half(parts: Sequence[Token], place: int, language: str) -> int:
    """The token after `and a half` that starts at a token; the same token if it does not."""
    phrase: list[str] = []
    for at, token in enumerate(parts[place : place + 6], start=place):
        phrase += [] if token.text == "-" else [token.low]
        if " ".join(phrase) in lexicon.of(language).and_a_half:
            return at + 1
    return place


def _is_length(parts: Sequence[Token], one: Value, language: str) -> frozenset[str]:
    """The unit that `m` right after digits may be, instead of a million."""
    following = parts[one.last] if one.last < len(parts) else None
    if following and following.low == "m" and ("m",) in measures.units(language):
        return measures.units(language)[("m",)]
    return frozenset()


def _before(parts: Sequence[Token], first: int, language: str) -> tuple[int, frozenset[str], str]:
    """Where a quantity starts, and the currency and the sign that stand before its number."""
    units: frozenset[str] = frozenset()
    start, table = first, measures.units(language)
    for length in (2, 1):
        words = tuple(part.low for part in parts[first - length : first]) if first >= length else ()
        if words in table and (table[words] & measures.MONEY) and parts[first - 1].end >= parts[first].start - 1:
            if parts[first - length].is_word and length == 1 and parts[first - 1].text != parts[first - 1].text.upper():
                continue
            units, start = table[words], first - length
            break
    sign, start = _sign(parts, start)
    return start, units, sign


def _sign(parts: Sequence[Token], start: int) -> tuple[str, int]:
    """The sign before a token, and where the quantity starts with it. A hyphen after a word is no minus."""
    if not start:
        return "", start
    token, following = parts[start - 1], parts[start]
    glued = token.end == following.start
    alone = start == 1 or parts[start - 2].end < token.start or parts[start - 2].text in "(["
    if token.low == "minus" and not glued:
        return "-", start - 1
    if glued and alone and token.text in "−-–":
        return "-", start - 1
    return ("+", start - 1) if glued and token.text == "+" else ("", start)


def _unit(parts: Sequence[Token], place: int, language: str) -> tuple[int, frozenset[str]]:
    """The token after a unit that starts at a token, or after `of` or a hyphen, and the unit; empty if none does."""
    table = measures.units(language)
    skipped = place
    if _is_shortened(parts, place):
        skipped += 1
    while skipped < len(parts) and (parts[skipped].text in "-‐‑’'" or parts[skipped].low in ("d", "de", "an")):
        skipped += 1
    for at in dict.fromkeys((place, skipped)):
        words = [part.low for part in parts[at : at + measures.LONGEST]]
        length = measures.longest(table, words)
        if length and not (len(words[0]) == 1 and parts[at].is_word and parts[at].text.isupper()):
            return at + length, table[tuple(words[:length])]
    return place, frozenset()


def _is_shortened(parts: Sequence[Token], place: int) -> bool:
    """Whether a token is the point of a short form such as Mio."""
    before = parts[place - 1]
    short = before.is_word and before.text[:1].isupper() and len(before.text) <= LONGEST_SHORT
    return place < len(parts) and parts[place].text == "." and parts[place].start == before.end and short


LONGEST_SHORT = 3
"""Most letters of a short form that a point ends."""


def _forms(value: Decimal, units: frozenset[str], kinds: frozenset[str]) -> Iterator[Form]:
    if SHARE in kinds and not units and value < 1:
        yield value, "share"
        if kinds == {SHARE}:
            return
    if units:
        yield from (measures.base(value, unit) for unit in units)
    else:
        yield value, ""


def _nouns(parts: Sequence[Token], place: int, language: str, measured: bool) -> tuple[str, ...]:
    """The words after a quantity that say what it counts; with a unit, also where: 61 per cent in the east."""
    known = lexicon.of(language)
    if not known.stop:
        return ()
    if measured and place < len(parts) and parts[place].low in known.where:
        place += 1
    while place < len(parts) and (parts[place].low in known.of or parts[place].text in "-‐’'"):
        place += 1
    found: list[str] = []
    for token in parts[place : place + NOUNS]:
        if not token.is_word or token.low in known.stop:
            break
        found.append(stem(token.text, language))
    return tuple(found)


def _nouns_before(text: str, start: int, language: str) -> tuple[str, ...]:
    """What a number counts where that stands before it: of boats, 12."""
    found = _AMONG.search(text, max(0, start - LONGEST_AMONG), start) if language.split("-")[0] == "en" else None
    return (stem(found[1], language),) if found else ()


_AMONG = re.compile(r"(?:^|[.;,\n]\s*)(?:of|among)\s+(?:the\s+)?([^\W\d_]+),\s*$", re.IGNORECASE)
LONGEST_AMONG = 200
"""Most characters before a number that such words and their white space take."""


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """A word in the form in which nouns are compared: small letters, without the ending of a plural."""
    low = word.lower()
    low = lexicon.of(language).irregular.get(low, low)
    base = language.split("-")[0]
    for ending, singular in _PLURALS.get(base, _PLURALS[""]):
        if len(low) >= len(ending) + SHORTEST and low.endswith(ending):
            return low.removesuffix(ending) + singular
    return low


SHORTEST = 3
"""Fewest letters of a word without the ending of its plural."""
_PLURALS = {
    "en": (("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("sses", "ss"), ("xes", "x"), ("ss", "ss"), ("s", "")),
    "de": tuple((ending, "") for ending in ("innen", "en", "er", "es", "n", "e", "s")),
    "fr": (("eaux", "eau"), ("aux", "al"), ("es", ""), ("s", ""), ("x", "")),
    "": (("es", ""), ("s", ""), ("x", "")),
}
"""The endings of plurals, and of singulars."""


def _bound(before: str, after: str, written: str, known: lexicon.Lexicon) -> str:
    if written.endswith("+"):
        return LOW
    if found := _pattern(tuple(known.after), "after").match(after[:60]):
        kind = known.after[_spaced(found[1])]
        if kind in (LOW, HIGH):
            return kind
    if found := _pattern(tuple(known.bounds), "before").search(before[-40:]):
        return known.bounds[_spaced(found[1])]
    return known.after[_spaced(found[1])] if (found := _pattern(tuple(known.after), "after").match(after[:60])) else ""


def _spaced(phrase: str) -> str:
    return " ".join(re.findall(r"\w+|\+", phrase.lower()))


@cache
def _pattern(phrases: tuple[str, ...], side: str) -> re.Pattern[str]:
    if not phrases:
        return re.compile(r"(?!)")
    joined = "|".join(re.escape(phrase).replace(r"\ ", r"[\s’']+") for phrase in sorted(phrases, key=len, reverse=True))
    if side == "before":
        return re.compile(rf"(?<!\w)({joined})\.?[\s’']*(?:the\s|an?\s|half\s|la\s)?[^\w\s]?$", re.IGNORECASE)
    return re.compile(rf"(?:[\s-]+\w+){{0,2}}?,?\s+({joined})(?!\w)", re.IGNORECASE)


def _shared(text: str, found: Sequence[Quantity], language: str) -> list[Quantity]:
    """Quantities without a unit take that of the next one, as in 10 to 14 weeks, or may have that of the one before."""
    links = lexicon.of(language).links | lexicon.of(language).to
    made, in_row = list(found), False
    for place in range(len(made) - 2, -1, -1):
        one, after = made[place], made[place + 1]
        between = text[one.end : after.start].lower().replace(",", " , ").split() or [text[one.end : after.start]]
        in_row = set(between) <= links | {","} and (in_row or between != [","])  # A, B and C
        if _is_bare(one) and CARDINAL in after.kinds and in_row:
            made[place] = replace(one, forms=_like(one, after) or one.forms, nouns=after.nouns)
    for place in range(1, len(made) if lexicon.knows(language) else 0):
        before, one = made[place - 1 : place + 1]
        if _is_bare(one) and not re.search(r"[.!?;]\s", text[before.end : one.start]):
            made[place] = replace(one, forms=one.forms | _like(one, before))
    return made


def _is_bare(one: Quantity) -> bool:
    """Whether it has neither a unit nor a noun, so that it may have those of another."""
    return not one.has_unit and not one.nouns and CARDINAL in one.kinds


def _like(one: Quantity, other: Quantity) -> frozenset[Form]:
    """What a quantity says in the units of another; empty if that has none."""
    ratios = {unit: value / other.value for value, unit in other.forms if unit and other.value}
    return frozenset((one.value * ratio, unit) for unit, ratio in ratios.items())


def _ranged(text: str, found: Sequence[Quantity], language: str) -> list[Quantity]:
    """Quantities that are the ends of a range, with it: between 200 and 400, 10 to 14, 2–10 %."""
    known = lexicon.of(language)
    made = list(found)
    for place in range(len(made) - 1):
        one, two = made[place], made[place + 1]
        if not (one.value < two.value and CARDINAL in one.kinds and CARDINAL in two.kinds and _alike(one, two)):
            continue
        between = text[one.end : two.start].lower().strip()
        before = [word.lower() for word in text[: one.start].rsplit(maxsplit=1)[-1:]]
        links = between in known.to - known.against or (bool(known.between & set(before)) and between in known.links)
        if links and not (between in ("-", ":") and text[two.end : two.end + 1] == "-"):
            sentence = re.split(r"[.!?;]\s", text[: one.start])[-1].lower()
            loose = bool(known.start & set(before)) and bool((known.up | known.down) & set(sentence.split()))
            span = (one.value, two.value)
            made[place] = replace(one, span=span, loose=loose)
            forms = frozenset(form for form in two.forms if form[1] in _units(one)) or two.forms
            made[place + 1] = replace(two, forms=forms, span=span, loose=loose, bound=two.bound or one.bound)
    return made


def _alike(one: Quantity, two: Quantity) -> bool:
    """Whether two quantities have the same unit, or the second may have that of the first, as in £8–15."""
    return _units(one) == _units(two) or (_units(one) < _units(two) and "" in _units(two))


def _units(one: Quantity) -> frozenset[str]:
    return frozenset(unit for _, unit in one.forms)


def is_count(quantity: Quantity) -> bool:
    """Whether it counts what a noun names: no part, order or unit."""
    return bool(quantity.kinds & {CARDINAL, ONE, NONE}) and not quantity.has_unit and bool(quantity.nouns)
