"""What is to be made of an article. Imports nothing that loads slowly: the preview has it in its server."""

from dataclasses import dataclass
from datetime import datetime

from triptych.content.kinds import Paper


@dataclass(frozen=True, slots=True)
class Order:
    """What to make: the documents, their sheets, and their date."""

    documents: tuple[str, ...] = ()
    """Those asked for by name; all that the article has something for where there is none."""
    paper: Paper | None = None
    """If None, the article's paper."""
    sheet: str | None = None
    """If None, the article's sheet."""
    larger: bool = False
    """Use a larger sheet if the events do not fit."""
    moment: datetime | None = None
    """The date in the PDF; if None, the article's, or else `UNDATED`."""
    theme: str = ""
    """A theme by its name: of those that came with Triptych, or `mono` for one ink."""
    creep: float = 0.0
    """For a booklet: how far the pages of each inner sheet move towards the fold, in mm."""
    languages: tuple[str, ...] = ()
    """For a pair: the two languages that stand side by side; of one language, if there are none."""
