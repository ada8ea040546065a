"""Where a claim and its passage look alike and yet say the opposite: a negation, an opposite word, a swapped pair.

It is for a person to judge, so it is a warning. English only: no other language has been measured.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from triptych.check import lexicon
from triptych.check.quantities import stem

LANGUAGES = frozenset({"en"})
LEAST_ALIKE, LEAST_ALIKE_SWAPPED = 0.6, 0.75
"""How much of their words two clauses share at least, from 0 to 1."""
LEAST_WORDS = 3
"""Fewest words of a clause that is compared."""
_CLAUSE = re.compile(r"[.!?;:,·¦()\n]\s+|[.!?]$|\s[–—]\s|\s(?:but|although|while|whereas)\s")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_NOT = re.compile(
    r"\b(?:not|no|none|never|nobody|nothing|neither|nor|without|cannot|denie[sd]|deny|denying|refused?|failed|lacked)\b|n[’']t\b",
    re.IGNORECASE,
)
_PREFIXES = ("un", "in", "im", "dis", "non")
_OPPOSITES = """
man/woman boy/girl mother/father son/daughter brother/sister husband/wife majority/minority buyer/seller
employer/employee tenant/landlord teacher/pupil adult/child north/south east/west northern/southern
eastern/western rose,risen,rise,grew,increased,increase,climbed,gained,up/fell,fallen,fall,shrank,decreased,decrease
rose,grew,increased,gained,up/declined,decline,dropped,lost,down opened,open,opening/closed,close,closing,shut
won,win/lost,lose more/fewer,less most/fewest,least highest,largest,biggest/lowest,smallest
higher,larger,bigger/lower,smaller before/after accepted,approved,backed,passed,upheld/rejected,refused,dismissed
approved,allowed,granted,upheld/overturned,banned,denied supported,support,favoured,favour,for/opposed,oppose,against
bought,buy/sold,sell began,started,begin,start/ended,end,stopped arrived,arrive,joined,join,entered/left,leave,departed
guilty/innocent legal/illegal public/private hired/dismissed,fired,sacked lent,lend/borrowed,borrow early/late
all,every/most,some,several,few,many
first/last above/below inside/outside indoor/outdoor widened/narrowed safe/unsafe,dangerous permanent/temporary
voluntary/compulsory added,add/removed,remove raised,raise/lowered,lower
"""


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two clauses that look alike and differ in one word that turns them round."""

    claimed: str
    said: str
    why: str


@dataclass(frozen=True, slots=True)
class _Clause:
    text: str
    words: tuple[str, ...]
    """Its words that carry meaning, in the form in which they are compared."""
    all: frozenset[str]
    negated: bool
    passive: bool


def contrasts(text: str, known: Sequence[str], language: str) -> Iterator[Contrast]:
    """The first contrast between each clause of a text and the clauses of others."""
    if language.split("-")[0] not in LANGUAGES:
        return
    evidence = [clause for one in known for clause in _clauses(one, language)]
    everywhere = frozenset().union(*(clause.all for clause in evidence))
    for clause in _clauses(text, language):
        if len(set(clause.words)) >= LEAST_WORDS and (found := _of(clause, evidence, everywhere)):
            yield found


def _of(clause: _Clause, evidence: Sequence[_Clause], everywhere: frozenset[str]) -> Contrast | None:
    nearest = sorted(evidence, key=lambda one: -_alike(clause, one))
    for one in nearest[:1]:
        share = _alike(clause, one)
        if share >= LEAST_ALIKE and (words := _opposite(clause, one, everywhere)):
            return Contrast(clause.text, one.text, f"one has `{words[0]}`, the other `{words[1]}`")
        alike = share >= LEAST_ALIKE and _says_the_same(clause, one) and not _turned(clause, one)
        if alike and _negated(clause, one) and not _said_too(clause, evidence):
            return Contrast(clause.text, one.text, "one of them has a negation")
        if share >= LEAST_ALIKE_SWAPPED and (pair := _swapped(clause, one)):
            return Contrast(clause.text, one.text, f"`{pair[0]}` and `{pair[1]}` have changed places")
    return None


def _alike(clause: _Clause, other: _Clause) -> float:
    """How much of their words two clauses share, from 0 to 1. An opposite counts as the same word."""
    one, two = ({_SIDES.get(word, (word,))[0] for word in given.words} for given in (clause, other))
    return 2 * len(one & two) / (len(one) + len(two)) if one and two else 0.0


def _says_the_same(clause: _Clause, one: _Clause) -> bool:
    """Whether the words that only one of two clauses has are forms of words of the other, or only one has such words.

    A tag that had an everyday meaning, and one that had no political meaning, do not contradict each other.
    """
    ours, theirs = set(clause.words) - set(one.words), set(one.words) - set(clause.words)
    return not ours or not theirs or all(any(word[0] == other[0] for other in theirs) for word in ours)


def _negated(clause: _Clause, one: _Clause) -> bool:
    """Whether one of two clauses has a negation, and the other none, not even within a word."""
    if clause.negated == one.negated:
        return False
    affirmed, negated = (one, clause) if clause.negated else (clause, one)
    return not any(
        word.removeprefix(prefix) in negated.all
        for word in affirmed.all
        for prefix in _PREFIXES
        if word.startswith(prefix)
    )


def _turned(clause: _Clause, one: _Clause) -> bool:
    """Whether a word of one clause is the opposite of one of the other, so that a negation makes them agree."""
    return any(
        (group, 1 - side) in _PLACES.get(other, ())
        for word in clause.all
        for group, side in _PLACES.get(word, ())
        for other in one.all
    )


def _said_too(clause: _Clause, evidence: Sequence[_Clause]) -> bool:
    """Whether another clause of the evidence says it with as many negations."""
    return any(_alike(clause, one) >= LEAST_ALIKE - 0.1 and one.negated == clause.negated for one in evidence)


def _opposite(clause: _Clause, one: _Clause, everywhere: frozenset[str]) -> tuple[str, str] | None:
    """A word of a clause that no evidence has, and its opposite in the other clause."""
    for word in clause.all:
        for group, side in _PLACES.get(word, ()):
            if everywhere & _GROUPS[group][side]:
                continue
            against = [other for other in one.all if (group, 1 - side) in _PLACES.get(other, ())]
            if against and clause.negated == one.negated:
                return word, against[0]
    return None


def _swapped(clause: _Clause, one: _Clause) -> tuple[str, str] | None:
    """Two names, or two groups, that stand in the other order in the other clause, and by no passive."""
    both = [word for word in dict.fromkeys(clause.words) if word in one.words]
    same = set(clause.words) == set(one.words)
    for place, first in enumerate(both):
        for second in both[place + 1 :]:
            parties = [_is_party(word, clause, one) for word in (first, second)]
            turned = one.words.index(first) > one.words.index(second)
            apart = clause.words.index(second) - clause.words.index(first) > 1
            judged = all(parties) or (same and any(parties) and apart and not (clause.passive or one.passive))
            if judged and turned != (clause.passive != one.passive) and not _listed(first, second, clause, one):
                return first, second
    return None


def _is_party(word: str, clause: _Clause, one: _Clause) -> bool:
    """Whether a word names a person, a body or a group."""
    pattern = re.compile(rf"\b{re.escape(word)}\w*", re.IGNORECASE)
    capital = all((found := pattern.search(text)) and found.group()[0].isupper() for text in (clause.text, one.text))
    return bool(capital) or bool(_PLACES.get(word))


def _listed(first: str, second: str, clause: _Clause, one: _Clause) -> bool:
    """Whether two words stand side by side in a list, in one of two clauses."""
    between = rf"\b(?:{first}\w*\W+(?:and|or|,|the|\W)*\s*{second}|{second}\w*\W+(?:and|or|,|the|\W)*\s*{first})"
    return any(re.search(between, text, re.IGNORECASE) for text in (clause.text, one.text))


@lru_cache(maxsize=1_000)
def _clauses(text: str, language: str) -> tuple[_Clause, ...]:
    return tuple(_clause(part.strip(), language) for part in _CLAUSE.split(text) if part and part.strip())


def _clause(text: str, language: str) -> _Clause:
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    stop = lexicon.of(language).stop | lexicon.of(language).none
    bare = [stem(word.removesuffix("'s").rstrip("'"), language) for word in words]
    meaning = tuple(
        word for word, whole in zip(bare, words, strict=True) if whole not in stop and not _NOT.fullmatch(whole)
    )
    passive = bool(
        re.search(r"\b(?:was|were|been|be|being|is|are)\s+\w+(?:\s+\w+)?\s+by\b|\bby\b.*\b(?:was|were)\b", text)
    )
    return _Clause(text, meaning, frozenset((*bare, *words)), len(_NOT.findall(text)) % 2 == 1, passive)


def _grouped() -> list[tuple[frozenset[str], frozenset[str]]]:
    groups = []
    for group in _OPPOSITES.split():
        one, two = group.split("/")
        groups.append((frozenset(one.split(",")), frozenset(two.split(","))))
    return groups


_GROUPS = _grouped()
"""Pairs of sets of words: each of one says the opposite of each of the other."""


@cache
def _placed() -> Mapping[str, tuple[tuple[int, int], ...]]:
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for number, sides in enumerate(_GROUPS):
        for side, words in enumerate(sides):
            for word in words:
                found[word] = (*found.get(word, ()), (number, side))
    return found


_PLACES = _placed()
_SIDES = {word: (f"opposite-{places[0][0]}",) for word, places in _PLACES.items()}
