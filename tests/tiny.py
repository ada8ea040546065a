"""An article of a few lines, in memory: what a test does not give is silent, and free of every fault."""

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from triptych.content.files import Files
from triptych.content.model import (
    Article,
    Era,
    Event,
    Figure,
    FrontMatter,
    Positions,
    Reference,
)

FRONT = {
    "title": "Opening hours",
    "deck": "how a library opened",
    "language": "en-GB",
    "publisher": "Plain Record",
    "number": "seven",
    "date": datetime.date(2025, 3, 14),
    "evidence-to": datetime.date(2025, 2, 28),
    "version": "1",
    "licence": {"name": "CC BY 4.0", "url": "https://example.org/licence"},
    "in-brief": ["it opened"],
    "method": "by reading",
    "corrections": "by letter",
}
Fields = Mapping[str, Any]


def article(
    prose: str = "",
    *,
    front: Fields | None = None,
    events: Sequence[Fields] = (),
    eras: Sequence[Fields] = (),
    figures: Sequence[Fields] = (),
    positions: Fields | None = None,
    references: Sequence[Fields] = (),
) -> Article:
    """An article of these entries, each with what else it needs."""
    return Article(
        slug="tiny",
        front=FrontMatter.model_validate({**FRONT, **(front or {})}),
        prose=prose,
        events=tuple(
            Event.model_validate({"id": f"event-{n}", "headline": "it opened", "summary": "it opened"} | dict(event))
            for n, event in enumerate(events)
        ),
        eras=tuple(Era.model_validate({"label": "opening"} | dict(era)) for era in eras),
        figures=tuple(
            Figure.model_validate(
                {"id": f"figure-{n}", "value": "all", "label": "hours", "basis": "counts", "attribution": "the library"}
                | {"date": "2018"}
                | dict(figure)
            )
            for n, figure in enumerate(figures)
        ),
        positions=Positions.model_validate({"parties": []} | dict(positions or {})),
        references=tuple(
            Reference.model_validate({"type": "report", "title": f"report {one['id']}"} | dict(one))
            for one in references
        ),
    )


def files(read: Article) -> Files:
    """The article as if it were read from a folder."""
    return Files(Path("tiny"), read, 1, {}, frozenset())
