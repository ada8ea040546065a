"""The people of a source, in any form that people export, become names as CSL has them."""

from typing import Any

NAMES = (
    *("author", "chair", "collection-editor", "compiler", "composer", "container-author", "contributor", "curator"),
    *("director", "editor", "editor-translator", "editorial-director", "executive-producer", "guest", "host"),
    *("illustrator", "interviewer", "narrator", "organizer", "original-author", "performer", "producer"),
    *("recipient", "reviewed-author", "script-writer", "series-creator", "translator"),
)
"""The fields of CSL that name people or bodies."""
_PARTS = {"family", "given", "literal"}
EXAMPLES = "Write `{family: Abel, given: Ruth}` or `{literal: Town Council}`."


def read(given: Any) -> tuple[dict[str, str], ...]:
    """Names from a list, one name, or text such as `Abel, Ruth`. Raises ValueError with the one that is none."""
    return tuple(map(_name, given if isinstance(given, list | tuple) else [given]))


def _name(given: Any) -> dict[str, str]:
    if isinstance(given, str):
        family, comma, first = given.partition(", ")
        return {"family": family, "given": first} if comma else {"literal": given}
    if isinstance(given, dict) and given.keys() & _PARTS and all(isinstance(part, str) for part in given.values()):
        return given
    raise ValueError(given)
