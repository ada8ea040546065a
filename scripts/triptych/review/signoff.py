"""The statements of an article become the table that an editor signs off."""

import csv
import io
from collections.abc import Mapping, Sequence

from triptych.compose.html import Composer
from triptych.content.files import Files
from triptych.design.where import Templates
from triptych.review.statements import Basis, Row

COLUMNS = (
    *("kind", "name", "statement", "rests on", "standing", "documents", "passages", "sources", "signed by"),
    *("checked by", "date"),
)


def accepted(files: Files) -> tuple[Row, ...]:
    """The problems that somebody accepted in the head of the article, each with the reason and the name."""
    return tuple(
        Row(
            kind="accepted",
            name=one.code,
            statement=f"{one.at}, {one.about}: {one.reason}",
            standing="supported",
            documents=(),
            basis=Basis.OURS,
            why="Somebody looked at it and accepts it.",
            signatures=(one.by,),
        )
        for one in files.article.front.accept
    )


def table(title: str, found: Sequence[Row], templates: Templates) -> Mapping[str, bytes]:
    """The table for an editor to sign off, as HTML and CSV files by name. Raises StyleError."""
    html = Composer(templates).report("review/claims.html.jinja", title=title, rows=found)
    return {"claims.html": html.encode(), "claims.csv": _csv(found).encode("utf-8-sig")}


def _csv(found: Sequence[Row]) -> str:
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(COLUMNS)
    for row in found:
        passages = "\n".join(f"{name} ({place}): {text}" for name, place, text in row.passages)
        sources = "\n".join(f"[{source.number}] {source.short} {source.url}".strip() for source in row.sources)
        documents = ", ".join(row.documents)
        basis = f"{row.basis}: {row.why}" if row.why else str(row.basis)
        given = (row.kind, row.name, row.statement, basis, row.standing, documents, passages, sources)
        writer.writerow((*given, "; ".join(row.signatures), "", ""))
    return target.getvalue()
