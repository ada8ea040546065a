"""Leaders that start close together fan out before they cross to their cards, so that each can be followed.

Lengths in mm.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from triptych.timeline.placing import placed
from triptych.timeline.plan import Leader


def ported(
    leaders: Sequence[Leader], edges: Sequence[Leader], apart: float, box: tuple[float, float]
) -> tuple[Leader, ...]:
    """The leaders, in order, with ports at least so far apart, as near to their starts as possible; as they are for 0.

    A port is where a leader enters the zone that all cross. No port passes an edge of a magnifier, or leaves the box;
    where these leave too little room, ports are closer.
    """
    if not apart:
        return tuple(leaders)
    limits = sorted((box[0], *(edge.start for edge in edges), box[1]))

    def between(leader: Leader) -> int:
        """Number of edges before a leader: in the order in which all end, since none cross."""
        return sum((edge.start, edge.end) <= (leader.start, leader.end) for edge in edges)

    found: list[Leader] = []
    for number, group in groupby(leaders, key=between):
        bundle = list(group)
        found.extend(_spread(bundle, apart, (limits[number], limits[number + 1])))
    return tuple(found)


def _spread(bundle: Sequence[Leader], apart: float, room: tuple[float, float]) -> Sequence[Leader]:
    """The leaders with ports in the room, in their order."""
    top, bottom = min(room[0], bundle[0].start), max(room[1], bundle[-1].start)
    gap = min(apart, (bottom - top) / len(bundle))
    ports = placed([leader.start for leader in bundle], [0.0] * len(bundle), [0.0] * len(bundle), gap, (top, bottom))
    return [replace(leader, port=port) for leader, port in zip(bundle, ports, strict=True)]
