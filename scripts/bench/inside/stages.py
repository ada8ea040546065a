"""One cold build becomes CPU seconds by document and step. Wraps functions from outside; the program is unchanged."""

import functools
import importlib
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

START, BETWEEN = "start, load modules", "lay out timelines, and all between"
WHOLE = "measure"
"""The step that includes everything it calls."""
STEPS = {
    "triptych.build.inspection:checked": "read and check",
    "triptych.build.pipeline:workshop": "prepare for print",
    "triptych.documents.workshop:Workshop.edges": WHOLE,
    "triptych.compose.html:Composer.document": "compose",
    "triptych.typeset.pages:Typesetter.pages": "set pages",
    "triptych.typeset.pages:Typesetter.pdf": "write the PDF",
    "triptych.pdf.polish:polished": "polish its tags",
    "triptych.documents.workshop:Workshop.proven": "prove it",
    "triptych.build.pipeline:write": "put files in place",
}
"""Functions of the program, each with the name of its step, in the order in which they start."""


class Clock:
    """Adds CPU time to the current step."""

    def __init__(self) -> None:
        self.spent: dict[str, dict[str, float]] = {}
        self.taken: set[str] = set()
        self._steps = [START]
        self._seconds: dict[str, float] = defaultdict(float)
        self._last = 0.0  # `time.process_time` starts at 0 with the process

    def _give(self) -> None:
        now = time.process_time()
        self._seconds[self._steps[-1]] += now - self._last
        self._last = now

    def enter(self, step: str) -> None:
        self._give()
        self.taken.add(step)
        self._steps.append(WHOLE if WHOLE in self._steps else step)

    def leave(self) -> None:
        self._give()
        self._steps.pop()

    def close(self, account: str) -> None:
        """Add the time since the last call to this account."""
        self._give()
        held = self.spent.setdefault(account, dict.fromkeys((START, *STEPS.values(), BETWEEN), 0.0))
        for step, seconds in self._seconds.items():
            held[step] += seconds
        self._seconds.clear()


def watched(clock: Clock, function: Callable[..., Any], step: str) -> Callable[..., Any]:
    """The same function, timed by the clock."""

    @functools.wraps(function)
    def watching(*values: Any, **named: Any) -> Any:
        clock.enter(step)
        try:
            return function(*values, **named)
        finally:
            clock.leave()

    return watching


def watch(clock: Clock) -> None:
    """Wrap each step's function with the clock. Raises AttributeError for a function that no longer exists."""
    for place, step in STEPS.items():
        module, _, names = place.partition(":")
        holder: Any = importlib.import_module(module)
        *classes, name = names.split(".")
        for one in classes:
            holder = getattr(holder, one)
        setattr(holder, name, watched(clock, getattr(holder, name), step))


def spent(article: Path, output: Path, documents: tuple[str, ...]) -> dict[str, dict[str, float]]:
    """CPU seconds by document (or `all`) and by step. Raises RuntimeError for a step that never runs."""
    clock = Clock()
    from triptych.build import pipeline
    from triptych.design import where

    watch(clock)
    clock.enter(BETWEEN)
    order = pipeline.Order(documents)
    made = pipeline.documents(article, order, where.templates(), clock.close, lambda _warnings: clock.close("all"))
    pipeline.write(made, order, output)
    clock.close("all")
    if missed := set(STEPS.values()) - clock.taken:
        raise RuntimeError(f"steps that never ran: {', '.join(sorted(missed))}")
    return clock.spent


def main(article: str) -> None:
    """Print the CPU seconds of the three documents."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="triptych-") as folder:
        print(json.dumps(spent(Path(article), Path(folder), ("briefing", "factsheet", "poster"))))


if __name__ == "__main__":
    main(*sys.argv[1:])
