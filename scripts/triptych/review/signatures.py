"""Who accepted which statement: a line each in a file beside the article, by a hash of the statement and its evidence.

A statement that changes, or whose passage or source does, has another hash: it loses its signatures.
"""

import csv
import hashlib
import io
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from triptych.content import disk
from triptych.content.errors import ContentError, Problem, UsageError
from triptych.content.files import Files
from triptych.design.where import Templates
from triptych.review import plainly, statements
from triptych.review.statements import Basis, Row

FILE = "signatures.csv"
"""In the folder of the article. PDFs do not carry it."""
COLUMNS = ("hash", "signed by", "day", "statement")
_HASH = 16
"""Digits of a hash that are kept."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One person has accepted one statement."""

    hash: str
    name: str
    day: str
    statement: str
    """Its kind and name when it was signed, for people."""


def fingerprint(row: Row) -> str:
    """A hash of a statement with its passages and its sources, wherever it stands."""
    passages = [text for _, _, text in row.passages]
    sources = [(plainly.html(f"{one.text_html} {one.rest_html}"), one.url, one.note) for one in row.sources]
    whole = json.dumps([row.kind, row.statement, row.standing, passages, sources], ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()[:_HASH]


def read(folder: Path) -> tuple[Signature, ...]:
    """The signatures of an article. Raises ContentError."""
    path = folder / FILE
    if not path.is_file():
        return ()
    disk.check_file(path)
    try:
        lines = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise ContentError([_problem(path, 1, "is no table of signatures")]) from None
    if not lines or tuple(lines[0]) != COLUMNS:
        raise ContentError([_problem(path, 1, f"must begin with the line `{','.join(COLUMNS)}`")])
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(COLUMNS):
            raise ContentError([_problem(path, number, f"has {len(line)} cells on this line, not {len(COLUMNS)}")])
    return tuple(Signature(*line) for line in lines[1:])


def _problem(path: Path, line: int, message: str) -> Problem:
    hint = "Take the file from git as it was, or remove it and sign again."
    return Problem(path, line, 1, "wrong-value", f"`{FILE}` {message}", hint)


def signed(rows: Sequence[Row], signatures: Iterable[Signature]) -> tuple[Row, ...]:
    """The rows, each with those who signed it as it is now."""
    known: dict[str, list[str]] = {}
    for one in signatures:
        known.setdefault(one.hash, []).append(f"{one.name}, {one.day}")
    return tuple(replace(row, signatures=tuple(known.get(fingerprint(row), ()))) for row in rows)


def needed(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows that somebody has to accept: all but what the publisher says of itself."""
    return (row for row in rows if row.basis != Basis.OURS)


def sign(rows: Sequence[Row], given: Sequence[Signature], name: str, day: date, of: Collection[str] = ()) -> bytes:
    """The file with a signature of `name` for each statement; for those alone whose kind or title is in `of`.

    Leaves out signatures of statements that are no more. Raises UsageError.
    """
    name = " ".join(name.split())
    if not name:
        raise UsageError("--sign needs the name of the person who accepts the statements")
    chosen = [row for row in needed(rows) if not of or {row.kind, f"{row.kind} {row.name}"} & {*of}]
    if unknown := sorted({*of} - {text for row in rows for text in (row.kind, f"{row.kind} {row.name}")}):
        raise UsageError(f"no statement is `{unknown[0]}`: give one as in the table, such as `figure` or `event vote`")
    current = {fingerprint(row) for row in needed(rows)}
    kept = [one for one in given if one.hash in current]
    own = {one.hash for one in kept if one.name == name}
    new = {fingerprint(row): row for row in chosen}
    added = [
        Signature(mark, name, day.isoformat(), f"{row.kind} {row.name}") for mark, row in new.items() if mark not in own
    ]
    return _written([*kept, *added])


def _written(signatures: Sequence[Signature]) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((one.hash, one.name, one.day, one.statement) for one in signatures)
    return target.getvalue().encode()


def keep(folder: Path, data: bytes) -> None:
    """Write the signatures of an article, all of them or nothing. Raises OSError."""
    disk.replaced(folder / FILE, data)


def summary(rows: Sequence[Row]) -> str:
    """How many statements are signed, in words."""
    due = list(needed(rows))
    names = sorted({_signer(one) for row in due for one in row.signatures})
    done = sum(bool(row.signatures) for row in due)
    return f"{done} of {len(due)} that need a signature have one: {', '.join(names)}" if done else "none is signed"


def lacking(rows: Sequence[Row], least: int) -> list[Row]:
    """The statements that fewer than so many people have accepted as they are."""
    return [row for row in needed(rows) if len({*map(_signer, row.signatures)}) < least]


def _signer(signature: str) -> str:
    """Who signed, without the day."""
    return signature.rsplit(", ", 1)[0]


def problems(files: Files, templates: Templates) -> Iterator[Problem]:
    """That statements lack signatures, where the article or its house asks for some."""
    least = files.article.front.signatures
    if not least or files.faulty:
        return
    rows = statements.rows(files, statements.citation_style(files.given, templates))
    missing = lacking(signed(rows, read(files.given)), least)
    if missing:
        first = missing[0]
        count, verb = len(missing), "have" if len(missing) > 1 else "has"
        message = (
            f"{count} statement{'s' * (count > 1)} {verb} fewer than {least} signature{'s' * (least > 1)}; "
            f"the first is {first.kind} `{first.name}`"
        )
        hint = "Compare each with its sources in the table of `triptych claims`, then run it with --sign NAME."
        yield files.problem("article.md", ("signatures",), "not-signed", message, hint)
