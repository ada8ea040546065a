"""The bare values in a text, each with its place: digits, number words, ordinals, fractions, dozens, roman numerals."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from text_to_num import find_numbers

from triptych.check import lexicon, number_words, roman
from triptych.check.tokens import Token, tokens

CARDINAL, ORDINAL, SHARE, NONE, ONE, DECADE = "cardinal", "ordinal", "share", "none", "one", "decade"
"""The kinds of a value. NONE is `no` before what there was none of, ONE is `one` before what there was one of."""
_READ = frozenset({"en", "fr", "de", "es", "it", "nl", "pt", "da"})
"""Languages whose numbers in words text2num reads, of any size and with ordinals."""
_VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘"


@dataclass(frozen=True, slots=True)
class Value:
    """A bare value, from one token to before another."""

    value: Decimal
    first: int
    last: int
    """The token after it."""
    kinds: frozenset[str]
    """What it may be."""
    parts: tuple[Decimal, Decimal] | None = None
    """The two numbers that it may be instead: a number with a space, or a share such as 23 in 100."""
    vague: bool = False
    """A plural such as hundreds, which says no value."""


class _Heard:
    """A word as text2num asks for it."""

    def __init__(self, word: str, parted: bool) -> None:
        self._word, self._parted = word, parted

    def text(self) -> str:
        return self._word

    def nt_separated(self, _: object) -> bool:
        return self._parted

    def not_a_number_part(self) -> bool:
        return False


@lru_cache(maxsize=1_000)
def values(text: str, language: str) -> Sequence[Value]:
    """The values of a text, in order."""
    parts = tokens(text, language)
    found = [*_digits(parts, language), *_roman(parts, language), *_words(text, parts, language)]
    taken = {place for one in found for place in range(one.first, one.last)}
    found += (one for one in _little(parts, language) if one.first not in taken)
    found.sort(key=lambda one: (one.first, -one.last))
    return tuple(_fractions(found, parts, language))


def _digits(parts: Sequence[Token], language: str) -> Iterator[Value]:
    known = lexicon.of(language)
    for place, token in enumerate(parts):
        if token.value is not None:
            after = parts[place + 1] if place + 1 < len(parts) else Token("", -1, -1)
            glued = after.start == token.end
            kinds, last = {CARDINAL}, place + 1
            if glued and after.low in known.ordinals:
                kinds, last = {ORDINAL, CARDINAL} if after.low in {"o", "a", "e", "es"} else {ORDINAL}, place + 2
            elif glued and after.text == "." and known.point_orders and _goes_on(parts, place + 1):
                kinds, last = {CARDINAL, ORDINAL}, place + 2
            elif glued and after.text == "." and _is(parts, place + 2, {"º", "ª"}):
                kinds, last = {ORDINAL}, place + 3
            elif glued and after.low == "s" and token.end - token.start == 4:
                kinds, last = {DECADE}, place + 2
            yield Value(token.value, place, last, frozenset(kinds), token.parts)


def _goes_on(parts: Sequence[Token], place: int) -> bool:
    """Whether a word follows a sign."""
    return place + 1 < len(parts) and parts[place + 1].is_word


def _roman(parts: Sequence[Token], language: str) -> Iterator[Value]:
    """Roman numerals, with the ending of an ordinal too, as in XIXe; one letter only after a name: World War I."""
    for place, token in enumerate(parts):
        value = roman.value(token.text, language)
        long = len(token.text) > 1 and token.text[:2].isupper()
        if value is not None and (long or _is_numbered(parts, place, language)):
            yield Value(Decimal(value), place, place + 1, frozenset({ORDINAL, CARDINAL}))


def _is_numbered(parts: Sequence[Token], place: int, language: str) -> bool:
    """Whether an English I or V stands after a name. X is a name itself, as in Malcolm X."""
    before = parts[place - 1] if place else Token("", -1, -1)
    named = before.is_word and before.text[:1].isupper() and before.low not in lexicon.of(language).stop
    return parts[place].text in ("I", "V") and named and language.split("-")[0] == "en"


def _words(text: str, parts: Sequence[Token], language: str) -> Iterator[Value]:
    """Numbers in words. A word such as one, which counts and does not, is left to others."""
    base = language.split("-")[0]
    if base not in _READ:
        starts = {token.start: place for place, token in enumerate(parts)}
        for number, start, end in number_words.numbers(text, language):
            last = next((place for place, token in enumerate(parts) if token.start >= end), len(parts))
            if start in starts:
                yield Value(Decimal(number), starts[start], last, frozenset({CARDINAL}))
        return
    places = [place for place, token in enumerate(parts) if token.is_word]
    heard = [
        _Heard(parts[place].low, place > 0 and not parts[place - 1].is_word and parts[place - 1].text not in "-‐‑")
        for place in places
    ]
    for one in find_numbers(heard, base, 0):
        first, last = places[one.start], places[one.end - 1] + 1
        low = parts[first].low
        single = last == first + 1
        if one.value <= 1 or (single and len(low) < 3) or (single and base == "fr" and low == "neuf"):
            yield from _ordinal_one(one.value, one.is_ordinal, first, last)
            continue
        kinds = frozenset({ORDINAL if one.is_ordinal else CARDINAL})
        vague = single and base == "en" and low.endswith("s") and low not in _ENDING_IN_S
        yield Value(Decimal(int(one.value)), first, last, kinds, vague=vague)


_ENDING_IN_S = frozenset({"sixths", "thirds"})


def _ordinal_one(value: float, is_ordinal: bool, first: int, last: int) -> Iterator[Value]:
    if value == 1 and is_ordinal:
        yield Value(Decimal(1), first, last, frozenset({ORDINAL}))


def _little(parts: Sequence[Token], language: str) -> Iterator[Value]:
    """No and one, and dozens."""
    known = lexicon.of(language)
    for place, token in enumerate(parts):
        if token.low in known.none and not _is(parts, place + 1, {"longer", "more", "one", "-", "such"}):
            yield Value(Decimal(0), place, place + 1, frozenset({NONE}))
        elif token.low in known.single and not _is(parts, place + 1, known.of | {"-", ".", ","}):
            yield Value(Decimal(1), place, place + 1, frozenset({ONE}))
        elif token.text in _VULGAR:
            yield Value(Decimal(str(unicodedata.numeric(token.text))), place, place + 1, frozenset({SHARE}))
        elif token.low in known.dozens or token.low in known.halves:
            value = Decimal(known.halves.get(token.low) or known.dozens[token.low])
            yield Value(value, place, place + 1, frozenset({CARDINAL}))


def _is(parts: Sequence[Token], place: int, words: set[str] | frozenset[str]) -> bool:
    return 0 <= place < len(parts) and parts[place].low in words


def _fractions(found: Sequence[Value], parts: Sequence[Token], language: str) -> list[Value]:
    """The same values with parts of a whole and dozens: two thirds, a quarter of, half, two dozen, one in four."""
    known = lexicon.of(language)
    made: list[Value] = []
    by_first = {one.first: one for one in found}
    place = 0
    while place < len(parts):
        one = by_first.get(place)
        low = parts[place].low
        before = made[-1] if made and _joins(made[-1], place, parts) else None
        if (cut := known.fractions.get(low)) and (share := _share(before, parts, place, cut, known)):
            one = share
        elif one and low in known.dozens and before and CARDINAL in before.kinds | _counting(before):
            one = Value(before.value * one.value, before.first, place + 1, frozenset({CARDINAL}))
        elif one and (whole := _of_whole(made, one, parts)):
            one = Value(whole.value / one.value, whole.first, one.last, frozenset({SHARE}), (whole.value, one.value))
        if one:
            while made and made[-1].last > one.first:
                made.pop()
            made.append(one)
        place = max(place + 1, one.last if one else 0)
    return made


def _counting(value: Value) -> frozenset[str]:
    return frozenset({CARDINAL}) if ONE in value.kinds else frozenset()


def _joins(value: Value, place: int, parts: Sequence[Token]) -> bool:
    """Whether a value stands right before a token, or with a hyphen between."""
    return value.last == place or (value.last == place - 1 and parts[place - 1].text in "-‐‑")


def _of_whole(made: Sequence[Value], one: Value, parts: Sequence[Token]) -> Value | None:
    """The value before `in` or `out of` and another, as in one in four; None if there is none."""
    if not made or CARDINAL not in one.kinds or one.parts:
        return None
    between = " ".join(part.low for part in parts[made[-1].last : one.first])
    if parts[one.first].start - parts[made[-1].last - 1].end > len(between) + 2:
        return None  # in another block
    counts = made[-1].kinds & {CARDINAL, ONE} and 0 < made[-1].value < one.value
    whole = (between in _IN and one.value <= MOST_IN) or (between in _OF and one.value == WHOLE)
    return made[-1] if counts and whole and one.value == int(one.value) else None


MOST_IN = 20
"""Greatest whole of a share such as one in four; seven in 2018 is none."""
WHOLE = 100
"""The whole of a share such as 23 in 100."""
_OF = {"in", "of", "out of", "von", "sur", "de cada", "auf"}
_IN = {"in", "out of", "in every", "von", "sur", "de cada", "in jeder", "auf"}


def _share(before: Value | None, parts: Sequence[Token], place: int, cut: int, known: lexicon.Lexicon) -> Value | None:
    """A part of a whole at a token that may name one; None if it is an ordinal, or half of a match."""
    kinds = frozenset({SHARE})
    if before and before.kinds & {CARDINAL, ONE} and before.value < cut:
        return Value(before.value / cut, before.first, place + 1, kinds)
    article = _is(parts, place - 1, known.articles)
    first = place - 1 if article else place
    if parts[place].low in known.alone:
        if (before and ORDINAL in before.kinds) or _is(parts, place + 1, {"past", "-", "time"}):
            return None
        if _is(parts, place - 1, {"a"}) and _is(parts, place - 2, {"and"}):
            return None
        return _of_something(Value(Decimal(1) / cut, first, place + 1, kinds), parts, known)
    if cut == HALF and parts[place].low.startswith(("halb", "demi", "medi")):
        return Value(Decimal("0.5"), first, place + 1, kinds) if place + 1 < len(parts) else None
    ends = not (place + 1 < len(parts) and parts[place + 1].is_word)
    return (
        Value(Decimal(1) / cut, first, place + 1, kinds)
        if article and (ends or _is(parts, place + 1, known.of))
        else None
    )


HALF = 2


def _of_something(value: Value, parts: Sequence[Token], known: lexicon.Lexicon) -> Value:
    """Half with what follows it: half a million, half a dozen."""
    if not _is(parts, value.last, {"a", "an"}):
        return value
    after = parts[value.last + 1].low if value.last + 1 < len(parts) else ""
    if after in known.dozens:
        return Value(value.value * known.dozens[after], value.first, value.last + 2, frozenset({CARDINAL}))
    return Value(value.value, value.first, value.last + 1, value.kinds)
