"""The numbers of claims become problems where their evidence lacks them, or has them otherwise."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from triptych.check import agreement, dated, lexicon, measures, quantities, reporting
from triptych.check.agreement import RENAMED, SWAPPED, UNSAID, Doubt
from triptych.check.counted import CARDINAL
from triptych.check.moments import moments
from triptych.check.quantities import ABOUT, HIGH, LOW, NEAR, NO_BOUND, Quantity
from triptych.check.tokens import tokens
from triptych.content import prose
from triptych.content.claims import Claim, Evidence, Texts, rests_on_all
from triptych.content.errors import Problem
from triptych.content.files import Files


@dataclass(frozen=True, slots=True)
class _Said:
    """The numbers that the evidence of a claim says."""

    quantities: Sequence[Quantity]
    pairs: Sequence[tuple[Quantity, Quantity]]
    stems: frozenset[str]
    """Its words, in the form in which nouns are compared."""


def unsaid(files: Files, claim: Claim, known: Evidence) -> Iterator[Problem]:
    """Quantities that the evidence of a claim does not have, or has otherwise, and pairs that it has turned round."""
    language = files.article.front.language
    said = _said(known.of(claim), language)
    ours = _stems(claim.texts.values(), language)
    for field, text in _texts(claim).items():
        plain = moments(prose.plain(text), language).rest
        for one in quantities.quantities(plain, language):
            if _is_year(one, plain, language) and int(one.value) in dated.named_years(claim, known, language):
                continue
            one = _measured(one, claim, field, language)
            doubt = _doubt(claim, one, said, plain, language)
            if not doubt and field in SENTENCES and not rests_on_all(claim):
                doubt = agreement.renamed(one, said.quantities, ours, said.stems, language)
            if doubt:
                yield _doubtful(files, claim, field, one, doubt, known)
        for pair, other in agreement.swapped(list(quantities.pairs(plain, language)), said.pairs):
            yield _doubtful(files, claim, field, replace(pair[0], written=_versus(pair)), _turned(other), known)


_OF_TITLES = "en"
"""A language in which many titles of sources are, whatever that of the article."""


@lru_cache(maxsize=200)
def _said(evidence: Texts, language: str) -> _Said:
    texts = [moments(text, language).rest for text in evidence.said]
    titled = len(texts) - len(evidence.titled)
    found = [one for text in texts[:titled] for one in _expanded(quantities.quantities(text, language))]
    for own in dict.fromkeys((language, _OF_TITLES)):
        found += (one for text in texts[titled:] for one in _unbound(quantities.quantities(text, own)))
    pairs = [pair for text in texts for pair in quantities.pairs(text, language)]
    return _Said(found, pairs, _stems(evidence.said, language))


def _stems(texts: Iterable[str], language: str) -> frozenset[str]:
    return frozenset[str]().union(*(_stems_of(text, language) for text in texts))


@lru_cache(maxsize=1_000)
def _stems_of(text: str, language: str) -> frozenset[str]:
    words = set(re.findall(r"[^\W\d_]+", prose.plain(text)))
    return frozenset(quantities.stem(word, language) for word in words)


def _versus(pair: tuple[Quantity, Quantity]) -> str:
    return f"{pair[0].written} to {pair[1].written}"


def _turned(pair: tuple[Quantity, Quantity]) -> Doubt:
    return Doubt(SWAPPED, _versus(pair))


SENTENCES = frozenset({"headline", "summary", "says", "text"})
"""The fields of claims that are sentences."""


def _doubt(claim: Claim, one: Quantity, said: _Said, text: str, language: str) -> Doubt | None:
    """Why a quantity of a text does not agree with what is said; None if it does, or if the doubt says little."""
    words = frozenset(re.findall(r"\w+", text.lower()))
    found = agreement.doubt(one, said.quantities, words, language)
    return None if found and _is_excused(claim, one, found) else found


def _is_excused(claim: Claim, one: Quantity, doubt: Doubt) -> bool:
    """Whether a doubt says little: of `no` and `one` in the whole prose, and of what a chart says in other words."""
    return (rests_on_all(claim) and agreement.is_loose(one)) or (claim.kind == "chart" and doubt.kind != UNSAID)


def _texts(claim: Claim) -> Mapping[str, str]:
    """The texts of a claim by field; of a figure with two values and two bases, each value with its basis too."""
    values, bases = (claim.texts.get(field, "").split(" / ") for field in ("value", "of"))
    if len(values) != 2 or len(bases) != 2:
        return claim.texts
    return {**claim.texts, "of": " · ".join(f"{one} {basis}" for one, basis in zip(values, bases, strict=True))}


def _expanded(found: Sequence[Quantity]) -> Iterator[Quantity]:
    """Quantities, and of those that may be two, each of them."""
    for one in found:
        yield one
        for part in one.parts or ():
            yield replace(one, value=part, forms=frozenset({(part, "")}), parts=None, bound=NO_BOUND, loose=True)


def _unbound(found: Sequence[Quantity]) -> Iterator[Quantity]:
    """The quantities of a title, which is too short for bounds, in each of which a claim may give them."""
    yield from (replace(one, bound=bound) for one in found for bound in (NO_BOUND, LOW, HIGH, NEAR, ABOUT))


def _is_year(one: Quantity, text: str, language: str) -> bool:
    """Whether a number may be a year: four digits without a unit, and no count of what follows it."""
    if one.has_unit or CARDINAL not in one.kinds or not re.fullmatch(r"\d{4}", one.written):
        return False
    before = (text[: one.start].rsplit(maxsplit=1) or [""])[-1].lower()
    return (not one.nouns and not one.bound) or (before in lexicon.of(language).stop and before not in _BOUNDS)


_BOUNDS = frozenset({"about", "over", "under"})
"""Little words that make a number a count."""


def _measured(one: Quantity, claim: Claim, field: str, language: str) -> Quantity:
    """A quantity; that of a figure without a unit also in the units that its other fields name."""
    if claim.kind != "figure" or one.has_unit:
        return one
    table = measures.units(language)
    others = " · ".join(text for name, text in claim.texts.items() if name != field)
    words = [token.low for token in tokens(prose.plain(others), language)]
    named = {unit for place in range(len(words)) if (length := measures.longest(table, words[place:]))
             for unit in table[tuple(words[place : place + length])]}  # fmt: skip
    return replace(one, forms=one.forms | {measures.base(one.value, unit) for unit in named})


def _doubtful(files: Files, claim: Claim, field: str, one: Quantity, doubt: Doubt, known: Evidence) -> Problem:
    """The problem of a quantity, with what its evidence says instead."""
    if doubt.kind == RENAMED:
        message = f"{claim.title} says `{one.written} {one.nouns[0]}`, and its passage `{doubt.said}`"
        return reporting.look(files, claim, field, message)
    code = "swapped-numbers" if doubt.kind == SWAPPED else "untraced-number"
    problem = reporting.untraced(files, claim, field, code, f"the number `{one.written}`", known)
    if doubt.kind == UNSAID and _only_recorded(claim, one.written, known, files.article.front.language):
        message = (
            f"the number `{one.written}` of {claim.title} is only in the record of its source, which says no figures"
        )
        return replace(problem, message=message, hint="Write it in the passage, or remove it here.", warning=True)
    return replace(problem, message=f"{problem.message}, which has `{doubt.said}`") if doubt.said else problem


def _only_recorded(claim: Claim, written: str, known: Evidence, language: str) -> bool:
    """Whether the abstract or a note of a source of a claim has a number. Its date is none."""
    records = " · ".join(known.of(claim).notes)
    return any(one.written == written for one in quantities.quantities(moments(records, language).rest, language))
