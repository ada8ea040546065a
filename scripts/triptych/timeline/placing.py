"""Items in a given order stand as near to their wanted heights as possible, without overlap. Lengths in mm."""

from collections.abc import Sequence

from triptych.timeline.plan import TOLERANCE, Overfull


def placed(
    anchors: Sequence[float],
    heights: Sequence[float],
    ports: Sequence[float],
    gap: float,
    box: tuple[float, float],
) -> tuple[float, ...]:
    """Tops of items, in mm, in the given order: as near to their anchors as possible, without overlap.

    `anchors`: wanted height of each item's port. `ports`: distance from an item's top to its port. `box`: top and
    bottom of the available space. All in mm.

    Minimises the sum of (top + port - anchor)² subject to top[i + 1] >= top[i] + height[i] + gap and to the box. The
    result is exact and takes linear time: isotonic regression by pool-adjacent-violators (Ayer et al. 1955) on the tops
    minus the packed offsets, then clamped to the box. Raises Overfull when the items are higher than the box.
    """
    offsets, packed = [], 0.0
    for height in heights:
        offsets.append(packed)
        packed += height + gap
    slack = box[1] - box[0] - (packed - gap)
    if anchors and slack < -TOLERANCE:
        raise Overfull(-slack)
    pools: list[tuple[float, int]] = []
    for anchor, port, offset in zip(anchors, ports, offsets, strict=True):
        total, count = anchor - port - offset, 1
        while pools and pools[-1][0] * count >= total * pools[-1][1]:
            more, many = pools.pop()
            total, count = total + more, count + many
        pools.append((total, count))
    free = [total / count for total, count in pools for _ in range(count)]
    return tuple(
        min(max(value, box[0]), box[0] + max(slack, 0.0)) + offset for value, offset in zip(free, offsets, strict=True)
    )
