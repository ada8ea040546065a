"""Entries of a timeline get their dates, names and one-line texts."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from html import unescape
from pathlib import Path

from triptych.content import dates
from triptych.content.dates import BadDate
from triptych.imports import pandoc, tree
from triptych.imports.found import BadImport, Entry, Found
from triptych.imports.pandoc import Node

LONGEST_SUMMARY = 60
"""Most words of a summary; a longer text goes into the prose."""


def reach(start: str, end: str) -> str:
    """A date from one to another, or the one if they are the same."""
    return f"{start}/{end}" if end and end != start else start


def checked(where: str, written: str) -> str:
    """A date that Triptych can place. Raises BadImport, which starts with the place in the file."""
    try:
        dates.placed(dates.parsed(written))
    except BadDate as error:
        raise BadImport(f"{where}: {str(error).partition(': write for example')[0]}") from None
    return written


def name(text: str, taken: Collection[str], otherwise: str = "event") -> str:
    """A name of small letters, digits and hyphens for an entry, that no other has."""
    text = unescape(re.sub(r"\]\([^)]*\)", "", text))
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    while len(words) > 40 and "-" in words:
        words = words.rpartition("-")[0]
    words = words if re.match("[a-z]", words) else f"{otherwise}-{words}".strip("-")
    number, free = 1, words
    while free in taken:
        number += 1
        free = f"{words}-{number}"
    return free


def lines(path: Path, pieces: Sequence[str], form: str = "html") -> list[str]:
    """Pieces of HTML or CommonMark as Markdown, each as one paragraph, by one run of pandoc."""
    frame = '<div id="piece-{}">{}</div>' if form == "html" else "::: {{#piece-{}}}\n{}\n:::"
    whole = "\n\n".join(frame.format(number, _closed(piece)) for number, piece in enumerate(pieces))
    parsed = pandoc.tree(path, form, whole.encode())
    texts: dict[int, list[Node]] = {}
    for block in parsed["blocks"]:
        if block["t"] == "Div" and block["c"][0][0].startswith("piece-"):
            texts[int(block["c"][0][0].removeprefix("piece-"))] = tree.line(tree.Cleaner().blocks(block["c"][1]))
    kept = [number for number in range(len(pieces)) if tree.text(texts.get(number, [])).strip()]
    blocks = [{"t": "Para", "c": texts[number]} for number in kept]
    if not blocks:
        return ["" for _ in pieces]
    written = pandoc.markdown(path, {"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": blocks})
    by_number = dict(zip(kept, written.strip().split("\n\n"), strict=True))
    return [" ".join(by_number.get(number, "").split()) for number in range(len(pieces))]


def _closed(piece: str) -> str:
    """A piece that cannot end the block around it."""
    return re.sub(r"</?(?:div|body|html)\b[^>]*>|:{3,}", " ", piece, flags=re.IGNORECASE)


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [part for part in re.split(r"(?<=[.!?…])[\"”’)\]]*\s+(?=[\"“‘(\[]*[A-ZÀ-Ý0-9#])", text) if part]


def opening(text: str, most: int) -> str:
    """The first sentences of a text that have together at most this many words; empty if the first has more."""
    kept: list[str] = []
    for sentence in sentences(text):
        if len(" ".join([*kept, sentence]).split()) > most:
            break
        kept.append(sentence)
    return " ".join(kept)


def summarized(found: Found, event: Entry, text: str) -> None:
    """Give an event its text: as its summary, or where it is long in the prose, with its first sentences as summary."""
    if len(text.split()) > LONGEST_SUMMARY:
        section = f"## {event['headline']}\n\n{text}"
        found.prose = f"{found.prose}\n\n{section}".strip()
        text = opening(text, LONGEST_SUMMARY)
    if text:
        event["summary"] = text


def taken(entries: Iterable[Entry]) -> set[str]:
    """The names of entries."""
    return {str(entry["id"]) for entry in entries}
