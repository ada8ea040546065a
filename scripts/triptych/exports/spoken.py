"""The article becomes a plain text, for speech and for those who transcribe it, and braille where liblouis is there."""

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from triptych.compose import spaces
from triptych.documents.workshop import Workshop
from triptych.exports import flow

PROGRAM = "file2brl"
"""The program of liblouisutdml, which translates a text and lays it out on pages of braille."""
CELLS, LINES = 40, 25
"""Of a page of braille."""
TABLES: Mapping[str, str] = {
    **{"en": "en-ueb-g2.ctb", "fr": "fr-bfu-comp6.utb", "de": "de-g1.ctb", "es": "es-g1.ctb", "it": "it-it-comp6.utb"},
    **{"pt": "pt-pt-g1.utb", "nl": "nl-NL-g0.utb", "pl": "Pl-Pl-g1.utb", "el": "el.ctb", "tr": "tr-g1.ctb"},
    **{"uk": "uk.utb", "ar": "ar-ar-g1.utb", "he": "he-IL.utb"},
}
"""The braille of each language, by the names of liblouis."""
LACKS = "no braille: there is no `file2brl` of liblouis on this machine, or it does not know the language"
"""What is said of a text without braille."""
PATIENCE = 60
"""Seconds that a translation into braille may take."""


def text(shop: Workshop, folder: Path) -> str:
    """The article as plain text, in the order of reading: one line for each paragraph. Raises MissingTool.

    Headings stand between empty lines, those of sections after two. Tables are told row by row. No space is one that
    keeps a line from ending.
    """
    found = flow.flow(shop, folder, in_rows=True)
    return spaces.plain(found.written("plain", {}, "--wrap=none").decode()).replace(flow.SECTION, "\n")


def braille(text: str, language: str) -> bytes | None:
    """A plain text as a file for an embosser (BRF); None where there is no program or no table for its language."""
    program, table = shutil.which(PROGRAM), TABLES.get(language.split("-")[0])
    if not program or not table:
        return None
    with tempfile.TemporaryDirectory() as place:
        source, target = Path(place, "article.txt"), Path(place, "article.brf")
        source.write_text("\n\n".join(filter(str.strip, text.splitlines())), encoding="utf-8")
        settings = {"literaryTextTable": table, "inputTextEncoding": "utf8", "braillePages": "yes"}
        settings |= {"cellsPerLine": f"{CELLS}", "linesPerPage": f"{LINES}"}
        options = [f"-C{name}={value}" for name, value in settings.items()]
        done = subprocess.run(  # noqa: S603 our own command, without a shell
            [program, "-T", "-w", place, *options, str(source), str(target)],
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        return target.read_bytes() if done.returncode == 0 and target.is_file() else None
