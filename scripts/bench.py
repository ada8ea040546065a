"""Times the layout of timelines of growing length, without typesetting, and prints a table."""

import random
import time
from dataclasses import dataclass
from statistics import median

from triptych import dates, spine
from triptych.dates import When
from triptych.sheets import Spread, poster_columns, poster_type, sheet

RUNS = 7


@dataclass(frozen=True)
class Event:
    """A dated name."""

    id: str
    date: When


def events(count: int) -> list[Event]:
    """So many events, ten in a year, a third of them known to the month."""
    chance = random.Random(count)
    found = []
    for number in range(count):
        day = dates.ordinal(1000 + chance.randrange(count // 10), chance.randint(1, 12), chance.randint(1, 28))
        year, month, number_of_day = dates.civil(day)
        text = f"{year:04}-{month:02}" + (f"-{number_of_day:02}" if number % 3 else "")
        found.append(Event(f"e{number:06}", dates.parsed(text)))
    return found


def main() -> None:
    """Print milliseconds for each number of events, on a sheet that is high enough for them."""
    size = sheet("a0")
    columns = poster_columns(size, 700, poster_type(size), Spread(sides=2, lanes=2))
    print("events   ms   µs an event")
    for count in (100, 300, 1000, 3000, 10_000):
        shown = events(count)
        heights = {event.id: 5.0 for event in shown}
        frame = columns.resized(20.0 * count).frame
        times = []
        for _ in range(RUNS):
            start = time.perf_counter()
            spine.plan(shown, heights, frame)
            times.append(time.perf_counter() - start)
        print(f"{count:6} {median(times) * 1000:6.1f} {median(times) / count * 1e6:8.1f}")


if __name__ == "__main__":
    main()
