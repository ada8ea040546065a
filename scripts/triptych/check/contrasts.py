"""Where a claim and its passage look alike and yet say the opposite: a negation, an opposite word, a swapped pair.

It is for a person to judge, so it is a warning. `turns` has the words of each language in which it was measured.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from triptych.check import lexicon, turns
from triptych.check.quantities import stem

LEAST_ALIKE, LEAST_ALIKE_SWAPPED = 0.6, 0.75
"""How much of their words two clauses share at least, from 0 to 1."""
LEAST_WORDS = 3
"""Fewest words of a clause that is compared."""
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_PART = re.compile(r"[^\W\d_]+")


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
    sides: frozenset[str]
    """These words, an opposite as the same word."""
    all: frozenset[str]
    negated: bool
    passive: bool
    before: Mapping[str, str]
    """The word before each of its words."""
    language: str


def contrasts(text: str, known: tuple[str, ...], language: str) -> Iterator[Contrast]:
    """The first contrast between each clause of a text and the clauses of others."""
    if not turns.of(language):
        return
    evidence, everywhere = _evidence(known, language)
    for clause in _clauses(text, language):
        if len(set(clause.words)) >= LEAST_WORDS and (found := _of(clause, evidence, everywhere)):
            yield found


@lru_cache(maxsize=200)
def _evidence(known: tuple[str, ...], language: str) -> tuple[Sequence[_Clause], frozenset[str]]:
    """The clauses of some texts, and all their words."""
    found = [clause for one in known for clause in _clauses(one, language)]
    return found, frozenset().union(*(clause.all for clause in found))


def _of(clause: _Clause, evidence: Sequence[_Clause], everywhere: frozenset[str]) -> Contrast | None:
    if not evidence:
        return None
    shares = [_alike(clause, one) for one in evidence]
    share = max(shares)
    if share < LEAST_ALIKE:
        return None
    one = evidence[shares.index(share)]
    if (words := _opposite(clause, one, everywhere)) and share >= _least(words[0], clause.language):
        return Contrast(clause.text, one.text, f"one has `{words[0]}`, the other `{words[1]}`")
    alike = _says_the_same(clause, one) and not _turned(clause, one)
    if alike and _negated(clause, one) and not _said_too(clause, evidence):
        return Contrast(clause.text, one.text, "one of them has a negation")
    if share >= LEAST_ALIKE_SWAPPED and (pair := _swapped(clause, one)):
        return Contrast(clause.text, one.text, f"`{pair[0]}` and `{pair[1]}` have changed places")
    return None


def _least(word: str, language: str) -> float:
    """How alike two clauses are at least, for a word and its opposite to count."""
    known = turns.of(language)
    return LEAST_ALIKE_SWAPPED if known and word in known.weak else LEAST_ALIKE


def _alike(clause: _Clause, other: _Clause) -> float:
    """How much of their words two clauses share, from 0 to 1. An opposite counts as the same word."""
    one, two = clause.sides, other.sides
    return 2 * len(one & two) / (len(one) + len(two)) if one and two else 0.0


def _side(word: str, language: str) -> str:
    """The same for a word and its opposites."""
    placed = turns.places(language).get(word)
    return f"opposite-{placed[0][0]}" if placed else word


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
    known = turns.of(clause.language)
    prefixes = known.prefixes if known else ()
    return not any(
        word.removeprefix(prefix) in negated.all
        for word in affirmed.all
        for prefix in prefixes
        if word.startswith(prefix)
    )


def _turned(clause: _Clause, one: _Clause) -> bool:
    """Whether a word of one clause is the opposite of one of the other, so that a negation makes them agree."""
    places = turns.places(clause.language)
    return any(
        (group, 1 - side) in places.get(other, ())
        for word in clause.all
        for group, side in places.get(word, ())
        for other in one.all
    )


def _said_too(clause: _Clause, evidence: Sequence[_Clause]) -> bool:
    """Whether another clause of the evidence says it with as many negations."""
    return any(_alike(clause, one) >= LEAST_ALIKE - 0.1 and one.negated == clause.negated for one in evidence)


def _opposite(clause: _Clause, one: _Clause, everywhere: frozenset[str]) -> tuple[str, str] | None:
    """A word of a clause that no evidence has, and its opposite in the other clause."""
    places, groups = turns.places(clause.language), turns.groups(clause.language)
    for word in sorted(clause.all):
        for group, side in places.get(word, ()):
            if everywhere & groups[group][side]:
                continue
            against = [other for other in sorted(one.all) if (group, 1 - side) in places.get(other, ())]
            if against and clause.negated == one.negated:
                return word, against[0]
    return None


def _swapped(clause: _Clause, one: _Clause) -> tuple[str, str] | None:
    """Two names, or two groups, that stand in the other order in the other clause, and by no passive."""
    both = [word for word in dict.fromkeys(clause.words) if word in one.words and len(word) > 1]
    for place, first in enumerate(both):
        for second in both[place + 1 :]:
            turned = one.words.index(first) > one.words.index(second)
            if turned == (clause.passive != one.passive) or _listed(first, second, clause, one):
                continue
            if _are_parties(first, second, clause, one):
                return first, second
    return None


def _are_parties(first: str, second: str, clause: _Clause, one: _Clause) -> bool:
    """Whether two words that both clauses have are who does something, and to whom."""
    known = turns.of(clause.language)
    parties = [_is_party(word, clause, one) for word in (first, second)]
    same = set(clause.words) == set(one.words)
    apart = clause.words.index(second) - clause.words.index(first) > 1
    active = not (clause.passive or one.passive)
    changed = (one.before.get(second), one.before.get(first)) == (clause.before.get(first), clause.before.get(second))
    if known and known.free:
        return same and all(parties) and changed and active
    if known and known.articles:
        determined = {clause.before.get(first), clause.before.get(second)} <= known.articles
        return all(parties) or (same and apart and active and changed and determined)
    return all(parties) or (same and any(parties) and apart and active)


def _is_party(word: str, clause: _Clause, one: _Clause) -> bool:
    """Whether a word names a person, a body or a group."""
    pattern = re.compile(rf"\b{re.escape(word)}\w*", re.IGNORECASE)
    capital = all((found := pattern.search(text)) and found.group()[0].isupper() for text in (clause.text, one.text))
    return bool(capital) or word in turns.places(clause.language)


def _listed(first: str, second: str, clause: _Clause, one: _Clause) -> bool:
    """Whether two words stand side by side in a list, in one of two clauses."""
    link = r"\W+(?:(?:and|or|und|oder|et|ou|y|e|o|the|der|die|das|le|la|les|el|los|las|d|de)\b|\W)*\s*"
    between = rf"\b(?:{first}\w*{link}{second}|{second}\w*{link}{first})"
    return any(re.search(between, text, re.IGNORECASE) for text in (clause.text, one.text))


@lru_cache(maxsize=1_000)
def _clauses(text: str, language: str) -> tuple[_Clause, ...]:
    known = turns.of(language)
    parts = known.clauses.split(text) if known else ()
    return tuple(_clause(part.strip(), language, known) for part in parts if known and part and part.strip())


@cache
def _stop(language: str) -> frozenset[str]:
    """The words of a language that carry no meaning."""
    known = turns.of(language)
    return lexicon.of(language).stop | lexicon.of(language).none | (known.stop if known else frozenset())


def _clause(text: str, language: str, known: turns.Turns) -> _Clause:
    pattern = _PART if known.elided else _WORD
    words = [word.lower().replace("’", "'") for word in pattern.findall(known.bare(text))]
    stop = _stop(language)
    placed = turns.places(language)
    bare = [stem(word.removesuffix("'s").rstrip("'"), language) for word in words]
    bare = [whole if whole in placed and word not in placed else word for word, whole in zip(bare, words, strict=True)]
    meaning = [
        (word, before)
        for word, whole, before in zip(bare, words, ("", *words), strict=False)
        if whole not in stop and not known.is_negation(whole)
    ]
    return _Clause(
        text=text,
        words=tuple(word for word, _ in meaning),
        sides=frozenset(_side(word, language) for word, _ in meaning),
        all=frozenset((*bare, *words)),
        negated=known.negated(text),
        passive=bool(known.passive.search(text)),
        before=dict(meaning),
        language=language,
    )
