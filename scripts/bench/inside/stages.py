"""One cold build becomes seconds of the processor by document and by step, from outside: nothing of ours is changed."""

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
"""The step that counts all that it calls."""
STEPS = {
    "triptych.check.rules:checked": "read and check",
    "triptych.build.pipeline:workshop": "prepare for print",
    "triptych.documents.workshop:Workshop.edges": WHOLE,
    "triptych.compose.html:Composer.document": "compose",
    "triptych.typeset.pages:Typesetter.pages": "set pages",
    "triptych.typeset.pages:Typesetter.pdf": "write the PDF",
    "triptych.pdf.polish:polished": "polish its tags",
    "triptych.documents.workshop:Workshop.proven": "prove it",
    "triptych.build.pipeline:write": "put files in place",
}
"""Functions of ours, and the step that each is, in the order in which they are begun."""


class Clock:
    """Gives each second to the step that is being taken."""

    def __init__(self) -> None:
        self.spent: dict[str, dict[str, float]] = {}
        self.taken: set[str] = set()
        self._steps = [START]
        self._seconds: dict[str, float] = defaultdict(float)
        self._last = 0.0  # the process has its own clock from its start

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
        """What was spent since the last account belongs to this one."""
        self._give()
        held = self.spent.setdefault(account, dict.fromkeys((START, *STEPS.values(), BETWEEN), 0.0))
        for step, seconds in self._seconds.items():
            held[step] += seconds
        self._seconds.clear()


def watched(clock: Clock, function: Callable[..., Any], step: str) -> Callable[..., Any]:
    """The same function, telling the clock."""

    @functools.wraps(function)
    def watching(*values: Any, **named: Any) -> Any:
        clock.enter(step)
        try:
            return function(*values, **named)
        finally:
            clock.leave()

    return watching


def watch(clock: Clock) -> None:
    """Put the clock into each step. Raises AttributeError for a function that is no longer there."""
    for place, step in STEPS.items():
        module, _, names = place.partition(":")
        holder: Any = importlib.import_module(module)
        *classes, name = names.split(".")
        for one in classes:
            holder = getattr(holder, one)
        setattr(holder, name, watched(clock, getattr(holder, name), step))


def spent(article: Path, output: Path, documents: tuple[str, ...]) -> dict[str, dict[str, float]]:
    """Seconds by document, or `all`, and by step. Raises RuntimeError for a step that is never taken."""
    clock = Clock()
    from triptych.build import pipeline
    from triptych.design import where

    watch(clock)
    clock.enter(BETWEEN)
    made = pipeline.documents(
        article, pipeline.Order(documents), where.templates(), clock.close, lambda _warnings: clock.close("all")
    )
    pipeline.write(made, output)
    clock.close("all")
    if missed := set(STEPS.values()) - clock.taken:
        raise RuntimeError(f"steps that were never taken: {', '.join(sorted(missed))}")
    return clock.spent


def main(article: str) -> None:
    """Print the steps of the three documents."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="triptych-") as folder:
        print(json.dumps(spent(Path(article), Path(folder), ("briefing", "factsheet", "poster"))))


if __name__ == "__main__":
    main(*sys.argv[1:])
