"""Two values of each row on two axes, joined by a line. Lengths in mm."""

from collections.abc import Sequence

from triptych.charts.plot import SMALL, Label, Plot, Touching
from triptych.content.model import Charted
from triptych.timeline import placing
from triptych.timeline.drawing import Path, circle, line
from triptych.timeline.plan import Overfull

LEAST, EACH = 30.0, 5.2
"""Least height of the axes, and the height for each row."""
HEAD = 5.0
"""Height of the heads of the axes."""
OFF, MOVED = 3.6, 0.5
"""Distance of a label from its axis, and how far it may stand from its value without a leader."""
BETWEEN, SPACE, WIDEST = 1.8, 14.0, 60.0
"""Space between a name and its value, and the least and greatest distance between the axes."""
DOT = 0.85


def slope(data: Charted, width: float) -> Plot:
    """A solid line where a row rose or stayed, a dashed one where it fell."""
    height = max(LEAST, EACH * len(data.rows))
    values = [[cell.value for cell in row.cells] for row in data.rows]
    low, high = min(map(min, values)), max(map(max, values))
    ys = [[HEAD + 2 + (height - 4) * (high - one) / ((high - low) or 1) for one in pair] for pair in values]
    rose = [pair[1] >= pair[0] for pair in values]
    drawn = [[Label(cell.text, 0, 0, strong=up) for cell in row.cells] for row, up in zip(data.rows, rose, strict=True)]
    names = [Label(row.name, 0, 0, strong=up) for row, up in zip(data.rows, rose, strict=True)]
    before = max(one.width for one in names) + BETWEEN + max(pair[0].width for pair in drawn)
    end = width - OFF - max(pair[1].width for pair in drawn)
    axes = before + OFF, min(end, before + OFF + WIDEST)
    if axes[1] - axes[0] < SPACE:
        raise Touching("the names of its rows leave no room for lines")
    box = 0.0 + HEAD, HEAD + height
    places = [_spread([pair[end] for pair in ys], drawn[0][0].height, box) for end in (0, 1)]
    rows = tuple(
        (
            Label(name.text, 0.0, places[0][n], strong=name.strong),
            Label(first.text, 0, places[0][n], strong=name.strong).ending(before),
            Label(last.text, axes[1] + OFF, places[1][n], strong=name.strong),
        )
        for n, (name, (first, last)) in enumerate(zip(names, drawn, strict=True))
    )
    heads = (
        None,
        *(
            Label(one, 0, HEAD / 2 - 0.6, SMALL, strong=True).around(x)
            for one, x in zip(data.head[1:], axes, strict=True)
        ),
    )
    paths = [Path("upright", line((x, HEAD, x, HEAD + height))) for x in axes]
    paths += [path for n, pair in enumerate(ys) for path in _leaders(pair, [one[n] for one in places], axes)]
    for pair, up in sorted(zip(ys, rose, strict=True), key=lambda one: one[1]):
        paths.append(Path("series" if up else "second", line((axes[0], pair[0], axes[1], pair[1]))))
        paths += [Path("knob" if up else "ring", circle(x, y, DOT)) for x, y in zip(axes, pair, strict=True)]
    return Plot(width, HEAD + height, rows, tuple(paths), heads)


def _spread(wanted: Sequence[float], pitch: float, box: tuple[float, float]) -> list[float]:
    """The middles of labels as near to their values as possible, none over another."""
    order = sorted(range(len(wanted)), key=lambda n: wanted[n])
    try:
        tops = placing.placed([wanted[n] for n in order], [pitch] * len(order), [pitch / 2] * len(order), 0.0, box)
    except Overfull:
        raise Touching("its rows have no room below each other") from None
    found = dict(zip(order, tops, strict=True))
    return [found[n] + pitch / 2 for n in range(len(wanted))]


def _leaders(pair: Sequence[float], places: Sequence[float], axes: tuple[float, float]) -> list[Path]:
    """Lines from values to labels that stand beside them."""
    ends = ((axes[0] - DOT, axes[0] - OFF + 0.7), (axes[1] + DOT, axes[1] + OFF - 0.7))
    return [
        Path("leader", line((start, y, end, place)))
        for (start, end), y, place in zip(ends, pair, places, strict=True)
        if abs(y - place) > MOVED
    ]
