"""How much is measured."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """Repetitions and sizes: enough to print, or just enough to try the programs."""

    runs: int = 5
    saves: int = 9
    """Of each document in the preview."""
    articles: tuple[int, int] = (12, 48)
    """Articles of a library, a few and many."""
    marks: tuple[int, ...] = (10, 40, 100)
    """Articles after which a worker's memory is read."""
    pages: tuple[int, ...] = (10, 50, 100)
    events: tuple[int, ...] = (12, 60, 300)
    lines: tuple[int, ...] = (100, 300, 1000, 3000, 10_000)
    """Events of a timeline that is laid out and not set."""


WHOLE = Scale()
LONG = Scale(pages=(10, 50, 100, 500))
QUICK = Scale(runs=1, saves=2, articles=(2, 4), marks=(2, 4), pages=(10,), events=(12, 300), lines=(100, 1000))
