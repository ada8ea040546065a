"""The words in which two versions of a text differ."""

from collections.abc import Callable, Iterator
from difflib import SequenceMatcher


def runs(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Each run of words with its fate: kept, removed or added."""
    old, new = before.split(), after.split()
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield "kept", " ".join(old[i:j])
        else:
            yield from ((what, " ".join(run)) for what, run in (("removed", old[i:j]), ("added", new[k:m])) if run)


def replacements(before: str, after: str, shown: Callable[[str], str] = str) -> Iterator[str]:
    """Each run of words that was replaced, removed or added, as text."""
    gone = ""
    for what, run in [*runs(before, after), ("kept", "")]:
        if gone and what != "removed":
            yield f"`{shown(gone)}` → `{shown(run)}`" if what == "added" else f"without `{shown(gone)}`"
        elif what == "added":
            yield f"with `{shown(run)}`"
        gone = run if what == "removed" else ""
