"""The tracks of key figures become problems: what is drawn and not said, and what cannot be drawn."""

from collections.abc import Iterator, Set
from decimal import Decimal
from itertools import product

from triptych.check.numbers import numbers
from triptych.content import claims, prose
from triptych.content.drawn import WHOLE, Drawn
from triptych.content.errors import Problem
from triptych.content.files import Files
from triptych.content.model import Figure

CODE = "wrong-track"


def unsaid(files: Files) -> Iterator[Problem]:
    """Every track without a base, every base without a share, and every number drawn that is not said."""
    language = files.article.front.language
    known = claims.evidence(files.article)
    evidence = {
        claim.name: "\n".join(known.of(claim).said) for claim in claims.claims(files.article) if claim.kind == "figure"
    }
    for index, figure in enumerate(files.article.figures):
        at = "figures", index
        if figure.drawn and not figure.of:
            hint = "Add a line `of: …` that says what 100 per cent is."
            yield files.problem(
                "figures.yaml", (*at, "drawn"), "missing-field", "`of` is missing: a track needs it", hint
            )
        elif figure.of and not figure.track:
            message = f"`{figure.value}` is no share of {WHOLE}, so it has no track"
            hint = "Remove `of`, or write in `drawn` which share it is."
            yield files.problem("figures.yaml", (*at, "of"), CODE, message, hint)
        elif figure.drawn and (message := _not_said(figure, figure.drawn, evidence[figure.id], language)):
            hint = "Draw what the value, the basis or the passage says, or correct them."
            yield files.problem("figures.yaml", (*at, "drawn"), CODE, message, hint)


def _not_said(figure: Figure, drawn: Drawn, evidence: str, language: str) -> str:
    """The first number of a track that the figure does not say, in a message; empty if it says them all."""
    value = _stated(figure.value, language) or _stated(evidence, language)  # `a third` has no number of its own
    shares = {(a, b) for a, b in product(value, value | _stated(figure.of or "", language)) if 0 < a < b}
    for one in drawn.values:
        if one not in value and not any(_rounded(WHOLE * a / b, one) == one for a, b in shares):
            return f"the track of figure `{figure.id}` is drawn at `{one}`, and its value is `{figure.value}`"
    margins = value | _stated(figure.basis or "", language)
    said = value | margins | _stated(evidence, language)
    said |= {one + sign * margin for one in drawn.values for margin in margins for sign in (1, -1)}
    for end in (drawn.low, drawn.high):
        if end is not None and end not in said:
            return f"the track of figure `{figure.id}` ends at `{end}`, which the figure does not say"
    return ""


def _stated(text: str, language: str) -> Set[Decimal]:
    """The numbers in a text."""
    found = numbers(prose.plain(text), language)
    return {
        Decimal(one)
        for one in (*found.whole, *found.pairs, *(part for pair in found.pairs.values() for part in pair[1:]))
    }


def _rounded(number: Decimal, like: Decimal) -> Decimal:
    """A number with as many decimals as another."""
    return round(number, max(0, -int(like.as_tuple().exponent)))
