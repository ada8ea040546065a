"""A quantity of a claim and the quantities of its evidence become the reason why they do not agree."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from triptych.check import lexicon
from triptych.check.counted import CARDINAL, DECADE, NONE, ONE, ORDINAL, SHARE
from triptych.check.quantities import ABOUT, EXACT, HIGH, LOW, NEAR, NO_BOUND, Quantity, is_count, stem

UNSAID, OTHERWISE, SWAPPED, RENAMED = "unsaid", "otherwise", "swapped", "renamed"
"""The value is not in the evidence; it is there with another unit, sign or bound; it is there for another thing; it
counts something there that only the evidence names."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a quantity does not agree with its evidence."""

    kind: str
    said: str = ""
    """What the evidence says instead; empty if it says nothing of it."""


def doubt(claimed: Quantity, known: Sequence[Quantity], words: frozenset[str], language: str) -> Doubt | None:
    """The reason why a quantity does not agree with some others; None if it does.

    `words` are those of the sentence of the claim, in small letters.
    """
    if is_loose(claimed):
        return _contradicted(claimed, known)
    if claimed.parts and _has_both(claimed.parts, known):
        return None
    equal = [one for one in known if _is_equal(claimed, one, language) or _rounds(claimed, one)]
    if not equal:
        return _nearest(claimed, known)
    lowered = bool(words & lexicon.of(language).down)
    fit = [one for one in equal if _fits(claimed, one, lowered)]
    return _misplaced(claimed, fit, known) if fit else Doubt(OTHERWISE, equal[0].written)


def _is_equal(claimed: Quantity, one: Quantity, language: str) -> bool:
    """Whether two quantities have one value in one unit; where we do not know all words for units, also in none."""
    if one.forms & claimed.forms or _is_part(claimed, one):
        return True
    bare = not (claimed.has_unit and one.has_unit) and claimed.value == one.value
    return bare and not lexicon.knows(language)


def _nearest(claimed: Quantity, known: Sequence[Quantity]) -> Doubt:
    """The doubt about a value that no evidence has in its unit: what has its digits, if anything."""
    near = (one for one in known if one.value == claimed.value or _digits(one.written) == _digits(claimed.written))
    return next((Doubt(OTHERWISE, one.written) for one in near), Doubt(UNSAID))


def _digits(written: str) -> str:
    return "".join(sign for sign in written if sign.isdigit()) or written


def _has_both(parts: tuple[Decimal, Decimal], known: Sequence[Quantity]) -> bool:
    return all(any(one.value == part and not one.loose for one in known) for part in parts)


def _is_part(claimed: Quantity, one: Quantity) -> bool:
    """Whether a quantity may be two, of which the claim has one."""
    return bool(one.parts) and claimed.value in (one.parts or ())


def _rounds(claimed: Quantity, one: Quantity) -> bool:
    """Whether a claim that says `about` or `over` rounds a value of the same unit."""
    if claimed.bound not in (ABOUT, LOW, HIGH, NEAR) and not _is_third(claimed, one):
        return False
    return any(
        unit == other and _is_near(value, exact, claimed, one)
        for value, unit in claimed.forms
        for exact, other in one.forms
    )


def _is_third(claimed: Quantity, one: Quantity) -> bool:
    """Whether one of two is a part in words, which rounds: a third is 33 per cent."""
    return (SHARE in claimed.kinds) != (SHARE in one.kinds)


def _is_near(value: Decimal, exact: Decimal, claimed: Quantity, one: Quantity) -> bool:
    apart = exact - value
    if _is_third(claimed, one):
        return abs(apart) < HALF_A_PERCENT
    if value != int(value) or not value:
        return False
    digits = str(int(value))
    step = int("1" + "0" * (len(digits) - len(digits.rstrip("0"))))
    if claimed.bound == LOW:
        return 0 <= apart < step
    return -step < apart <= 0 if claimed.bound in (HIGH, NEAR) else abs(apart) * 2 <= step


HALF_A_PERCENT = Decimal("0.0051")


def is_loose(claimed: Quantity) -> bool:
    """Whether it is no, one, first or second, which texts say without a count more often than with one."""
    return bool(claimed.kinds & {NONE, ONE}) or (claimed.kinds == {ORDINAL} and claimed.value <= 2)


def _contradicted(claimed: Quantity, known: Sequence[Quantity]) -> Doubt | None:
    """The doubt about `no`, `one`, `first` and `second`: only what counts the same thing otherwise is one."""
    of_same = [one for one in known if claimed.nouns and one.nouns and _same(claimed.nouns[0], one.nouns[0])]
    if ORDINAL in claimed.kinds:
        of_same = [one for one in of_same if ORDINAL in one.kinds]
    elif NONE not in claimed.kinds:
        of_same = [one for one in of_same if is_count(one)]
    if not of_same or any(one.value == claimed.value for one in of_same):
        return None
    return Doubt(OTHERWISE, f"{of_same[0].written} {of_same[0].nouns[0]}")


def _fits(claimed: Quantity, one: Quantity, lowered: bool) -> bool:
    """Whether kind, sign, bound and range of two quantities of one value agree."""
    if not claimed.kinds & one.kinds and not ({SHARE, CARDINAL} >= claimed.kinds | one.kinds):
        return claimed.kinds | one.kinds <= {CARDINAL, ONE}
    if (DECADE in claimed.kinds) != (DECADE in one.kinds):
        return False
    return _signs_agree(claimed, one, lowered) and _bounds_agree(claimed, one)


def _signs_agree(claimed: Quantity, one: Quantity, lowered: bool) -> bool:
    if claimed.sign == one.sign:
        return True
    signs = {claimed.sign, one.sign}
    return signs == {"", "+"} or (signs == {"", "-"} and lowered)


def _bounds_agree(claimed: Quantity, one: Quantity) -> bool:
    """Whether two quantities bound their value in the same way. An end of a range bounds it too."""
    if one.span and claimed.bound == EXACT:
        return False
    if one.span and not one.loose and not claimed.span:
        return claimed.bound == (LOW if one.value == one.span[0] else HIGH)
    if claimed.bound == one.bound or claimed.span:
        return True
    allowed = {
        NO_BOUND: {EXACT, ABOUT},
        EXACT: {NO_BOUND},
        ABOUT: {NO_BOUND, EXACT, NEAR},
        NEAR: {HIGH, ABOUT, NO_BOUND},
        HIGH: {NEAR},
        LOW: set[str](),
    }
    rounded = not claimed.forms & one.forms
    return one.bound in allowed[claimed.bound] or (rounded and one.bound == NO_BOUND)


def _misplaced(claimed: Quantity, fit: Sequence[Quantity], known: Sequence[Quantity]) -> Doubt | None:
    """The doubt about a value that counts another thing, where the evidence gives that thing another value."""
    if not claimed.nouns or any(not one.nouns or _share(claimed, one) for one in fit):
        return None
    rivals = [
        one
        for one in known
        if one.nouns and _same(claimed.nouns[0], one.nouns[0]) and _comparable(claimed, one) and one not in fit
    ]
    return Doubt(SWAPPED, f"{rivals[0].written} {rivals[0].nouns[0]}") if rivals else None


def renamed(
    claimed: Quantity, known: Sequence[Quantity], words: frozenset[str], said: frozenset[str], language: str
) -> Doubt | None:
    """The doubt about a number that counts what its evidence does not name, where that counts what the claim does not.

    `words` are those of the claim, `said` those of the evidence, in the form in which nouns are compared.
    """
    equal = [one for one in known if one.forms & claimed.forms and is_count(one)]
    generic = _generic(language)
    if claimed.value < LEAST_RENAMED or not is_count(claimed) or not equal or not generic:
        return None
    if any(one.nouns[0] in generic for one in (claimed, *equal)):
        return None
    ours = any(_same(claimed.nouns[0], word) for word in said)
    theirs = any(_same(one.nouns[0], word) for one in equal for word in words)
    return None if ours or theirs else Doubt(RENAMED, f"{equal[0].written} {equal[0].nouns[0]}")


@cache
def _generic(language: str) -> frozenset[str]:
    """The nouns that stand for others, in the form in which nouns are compared."""
    return frozenset(stem(word, language) for word in lexicon.of(language).generic)


LEAST_RENAMED = 3
"""The least number whose noun is compared: two and one stand for too much."""


def _comparable(claimed: Quantity, one: Quantity) -> bool:
    return {unit for _, unit in claimed.forms} == {unit for _, unit in one.forms} and bool(claimed.kinds & one.kinds)


def _share(claimed: Quantity, one: Quantity) -> bool:
    """Whether the first word after one of two numbers is among the words after the other."""
    pairs = ((claimed.nouns[0], one.nouns), (one.nouns[0], claimed.nouns))
    return any(_same(first, other) for first, others in pairs for other in others)


LEAST_SAME = 4
"""Letters that two words with other endings share at least."""


def _same(noun: str, other: str) -> bool:
    """Whether two words are one, with another ending or none."""
    if noun == other:
        return True
    short, long = sorted((noun, other), key=len)
    return len(short) >= LEAST_SAME and len(long) - len(short) <= 2 and long.startswith(short)


Pair = tuple[Quantity, Quantity]


def swapped(claimed: Sequence[Pair], known: Sequence[Pair]) -> Iterator[tuple[Pair, Pair]]:
    """Each pair of a claim that its evidence has the other way round, and as the evidence has it."""
    ways = {(one.value, two.value): (one, two) for one, two in known}
    for one, two in claimed:
        other = ways.get((two.value, one.value))
        if other and one.value != two.value and (one.value, two.value) not in ways:
            yield (one, two), other
