"""A timeline's plan becomes the list of broken promises. Every plan that `spine.plan` returns keeps them all."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from triptych.timeline.plan import TOLERANCE, Frame, Leader, Mark, Plan, Shape, Side, Stretch


def found(laid: Plan) -> Iterator[str]:
    """Each broken promise, in words.

    The promises: cards stand in order, do not overlap and stay in the box; leaders do not cross; spans in one lane do
    not touch; labels of the scale do not touch; nothing touches the words that state a stretch without an entry.
    """
    for side in laid.sides:
        yield from _card_faults(side, laid.frame)
        edges = [edge for lens in side.lenses for edge in lens.edges]
        for group in ([*side.leaders, *edges], *(lens.leaders for lens in side.lenses)):
            yield from _crossings(group)
        for marks in (side.marks, *(lens.marks for lens in side.lenses)):
            yield from _touching_spans(marks)
    if laid.stretch:
        yield from _touched(laid.stretch, laid.sides[0], laid.frame)
    for above, below in pairwise(sorted(laid.graduation.major, key=lambda tick: tick.y)):
        if above.labelled and below.labelled and below.y - above.y < laid.frame.label - TOLERANCE:
            yield f"labels of the scale touch at {below.y:.1f} mm"


def _card_faults(side: Side, frame: Frame) -> Iterator[str]:
    for above, below in pairwise(side.cards):
        if above.number >= below.number:
            yield f"card {below.number} stands after card {above.number}"
        gap = frame.lens_gap if above.in_lens and below.in_lens else frame.gap
        if below.top < above.top + above.height + gap - TOLERANCE:
            yield f"cards {above.number} and {below.number} touch"
    for card in side.cards:
        if card.top < -TOLERANCE or card.top + card.height > frame.height + TOLERANCE:
            yield f"card {card.number} leaves the box"


def _touched(stretch: Stretch, side: Side, frame: Frame) -> Iterator[str]:
    top, bottom = (stretch.middle + half for half in (-frame.stretch / 2, frame.stretch / 2))
    lines = [sorted((leader.start, leader.end)) for leader in side.leaders]
    for first, last in [*((card.top, card.top + card.height) for card in side.cards), *lines]:
        if first < bottom - TOLERANCE and last > top + TOLERANCE:
            yield f"the words at {stretch.middle:.1f} mm are touched"


def _crossings(leaders: Iterable[Leader]) -> Iterator[str]:
    for first, second in pairwise(sorted(leaders, key=lambda leader: (leader.start, leader.end))):
        if second.end < first.end - TOLERANCE or second.enters < first.enters - TOLERANCE:
            yield f"leaders cross at {second.start:.1f} mm"


def _touching_spans(marks: Sequence[Mark]) -> Iterator[str]:
    for first, second in pairwise(sorted(_spans(marks), key=lambda mark: (mark.lane, mark.top))):
        if first.lane == second.lane and second.top < first.bottom - TOLERANCE:
            yield f"spans touch at {second.top:.1f} mm"


def _spans(marks: Iterable[Mark]) -> set[Mark]:
    return {mark for mark in marks if mark.shape in (Shape.WITHIN, Shape.LASTED)}
