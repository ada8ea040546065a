"""Sizes and repetitions of the measurements."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """Repetitions and sizes of one run of the benchmarks."""

    runs: int = 5
    saves: int = 3
    """Saves of each document in one run of the preview."""
    articles: tuple[int, int] = (12, 48)
    """Number of articles of a small and a large library."""
    marks: tuple[int, ...] = (10, 40, 100)
    """Numbers of articles after which a worker's memory is read."""
    pages: tuple[int, ...] = (10, 50, 100)
    events: tuple[int, ...] = (12, 60, 300)
    listed: tuple[int, ...] = (210, 1000)
    """Numbers of events of posters that list all of them on pages."""
    resumed: int = 6
    """Articles of a library that is killed when about half of it stands; half of them have two translations."""
    lines: tuple[int, ...] = (100, 300, 1000, 3000, 10_000)
    """Numbers of events of a timeline without typesetting."""


WHOLE = Scale()
LONG = Scale(articles=(12, 200), marks=(10, 40, 100, 500), pages=(10, 50, 100, 500))
QUICK = Scale(
    runs=1, saves=2, articles=(2, 4), marks=(2, 4), pages=(10,), events=(12, 300), resumed=2, lines=(100, 1000)
)
