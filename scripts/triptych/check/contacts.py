"""Whom to tell of a mistake, where only a sample stands: an address that reaches nobody, or words to be replaced."""

import re
from collections.abc import Iterator

from triptych.content import prose
from triptych.content.errors import Problem
from triptych.content.files import Files

FIELDS = ("corrections", "contact")
_SAMPLE = re.compile(
    r"""(?ix)
    [\w.+-]*@?\b(?:[\w-]+\.)*(?:example\.(?:org|com|net|edu)|[\w-]+\.(?:invalid|test|localhost))\b(?!\.\w)
    | \b(?:todo|tbd|tbc|fixme|xxx+)\b | \blorem\ ipsum\b
    | \byou@[\w.-]+
    | (?:^|[\[<(«“"])\s*(?:your|deine?|ihre?|votre|su|tu)\ (?:name|nom|nombre|e-?mail|(?:web\ )?add?resse?|dirección)
      (?:\ here)?\s*(?:$|[\])>»”".])
    """
)
"""Domains that are reserved for examples (RFC 2606), marks of unfinished work, and words to be replaced."""


def samples(files: Files) -> Iterator[Problem]:
    """Each field that says whom to tell of a mistake, where a sample still stands in it."""
    for field in FIELDS:
        if found := _SAMPLE.search(prose.plain(getattr(files.article.front, field) or "")):
            message = f"`{found.group().strip()}` in `{field}` is a sample and reaches nobody"
            yield files.problem("article.md", (field,), "sample-contact", message, HINT)


HINT = "Write where a reader can report a mistake, or whom to tell, such as the person who gave out the document."
