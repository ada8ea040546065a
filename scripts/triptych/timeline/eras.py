"""Eras become brackets along the spine, each with its label within it, or beside a leader. Lengths in mm."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from triptych.timeline.placing import placed
from triptych.timeline.plan import TOLERANCE, Bracket, Frame, LabelledEra
from triptych.timeline.scale import Scale


@dataclass(frozen=True, slots=True)
class _Label:
    """A label, with the height that its middle should have."""

    era: LabelledEra
    top: float
    bottom: float
    lines: int
    anchor: float

    @property
    def length(self) -> float:
        return self.era.lengths[self.lines - 1]


def brackets(eras: Sequence[LabelledEra], axis: Scale, frame: Frame) -> tuple[Bracket, ...]:
    """Brackets of the eras. Each label stands as near to the middle of its era as possible. Raises Overfull.

    It has two lines where one is longer than its bracket. Where both are, it stands past the bracket, on a side that is
    free, beside a leader.
    """
    labels = [_label(era, eras, axis, frame) for era in eras]
    order = sorted(range(len(eras)), key=lambda n: (labels[n].anchor, labels[n].top, labels[n].bottom))
    tops = placed(
        [labels[n].anchor for n in order],
        [labels[n].length for n in order],
        [labels[n].length / 2 for n in order],
        frame.gap / 2,
        (0.0, frame.height),
    )
    return tuple(_bracket(labels[n], top) for n, top in zip(order, tops, strict=True))


def _ends(era: LabelledEra, eras: Sequence[LabelledEra], axis: Scale) -> tuple[float, float]:
    """Where the bracket of an era starts and ends. One that is open reaches to the next era, and has no foot there."""
    start, end = era.date.start, era.date.end
    if math.isinf(end):
        end = min((one.date.start for one in eras if one.date.start > start), default=end)
    if math.isinf(start):
        start = max((one.date.end for one in eras if one.date.end < end), default=start)
    return axis.y(max(start, axis.first)), axis.y(min(end, axis.last))


def _label(era: LabelledEra, eras: Sequence[LabelledEra], axis: Scale, frame: Frame) -> _Label:
    """The label of an era, with as many lines as its bracket asks for."""
    top, bottom = _ends(era, eras, axis)
    room = bottom - top - 2 * FOOT * frame.unit
    fitting = next((n for n, length in enumerate(era.lengths, start=1) if length <= room), 0)
    if fitting:
        return _Label(era, top, bottom, fitting, (top + bottom) / 2)
    lines = era.lengths.index(min(era.lengths)) + 1
    half = era.lengths[lines - 1] / 2 + frame.gap / 2
    others = [_ends(other, eras, axis) for other in eras if other is not era]
    for middle in (bottom + half, top - half):
        first, last = middle - half, middle + half
        free = all(end <= first + TOLERANCE or start >= last - TOLERANCE for start, end in others)
        if free and first >= -TOLERANCE and last <= frame.height + TOLERANCE:
            return _Label(era, top, bottom, lines, middle)
    return _Label(era, top, bottom, lines, (top + bottom) / 2)


FOOT = 0.4
"""White space between a bracket's foot and the end of its era, at the scale of A3."""


def _bracket(label: _Label, top: float) -> Bracket:
    """The bracket of a label with this upper end."""
    within = top >= label.top - TOLERANCE and top + label.length <= label.bottom + TOLERANCE
    return Bracket(
        label=label.era.texts[label.lines - 1],
        top=label.top,
        bottom=label.bottom,
        middle=top + label.length / 2,
        length=label.length,
        lines=label.lines,
        leader=None if within else (min(top, label.bottom), max(top + label.length, label.top)),
        open_start=math.isinf(label.era.date.start),
        open_end=math.isinf(label.era.date.end),
    )
