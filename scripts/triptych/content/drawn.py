"""What a track draws of a key figure: shares of a hundred, with the range in which they may lie."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

WHOLE = 100
"""What a full track stands for."""
EXAMPLES = "Write `26`, `2–10` for a range, `22.9 (12.9–32.9)` for an estimate in its range, or `81 / 43` for two."
_NUMBER = r"(\d+(?:[.,٫]\d+)?)\s*[%٪]?"
_TO = r"\s*(?:[–—‑-]|[^\W\d_]{1,5})\s*"
_FORMS = (
    ("value", re.compile(_NUMBER)),
    ("pair", re.compile(rf"{_NUMBER}\s*/\s*{_NUMBER}")),
    ("range", re.compile(_NUMBER + _TO + _NUMBER)),
    ("estimate", re.compile(rf"{_NUMBER}\s*\({_NUMBER}{_TO}{_NUMBER}\)")),
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One value, a value in its range, a range alone, or two values; each from 0 to 100."""

    values: tuple[Decimal, ...]
    """One value or two; none of a range alone."""
    low: Decimal | None = None
    high: Decimal | None = None
    """The range; None of values without one."""

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """All its numbers."""
        return (*self.values, *(one for one in (self.low, self.high) if one is not None))


class BadDrawn(ValueError):
    """What is given cannot be drawn. `hint` says what to write."""

    hint = EXAMPLES


def read(given: Any) -> Drawn:
    """What to draw, from a number, a text, a list of two, or `value`, `low` and `high`. Raises BadDrawn."""
    if isinstance(given, Drawn):
        return given
    found = _of_fields(given) if isinstance(given, Mapping) else _of_text(_text(given))
    if outside := [one for one in found.numbers if not 0 <= one <= WHOLE]:
        raise BadDrawn(f"`drawn` has `{outside[0]}`: a track draws shares of {WHOLE}, from 0 to {WHOLE}")
    ends = [one for one in (found.low, *found.values, found.high) if one is not None]
    if found.low is not None and ends != sorted(ends):
        raise BadDrawn(f"`drawn` has `{', '.join(map(str, ends))}`: low, value and high must be in this order")
    return found


def of_value(value: str) -> Drawn | None:
    """What the printed value of a figure itself says: one share, a range or two; None if it is no share."""
    try:
        return read(value) if value.rstrip().endswith(("%", "٪")) else None
    except BadDrawn:
        return None


def _text(given: Any) -> str:
    return " / ".join(map(str, given)) if isinstance(given, list) and len(given) == 2 else str(given)


def _of_text(text: str) -> Drawn:
    for kind, form in _FORMS:
        if not (found := form.fullmatch(text.strip())):
            continue
        numbers = tuple(map(_number, found.groups()))
        if kind == "range":
            return Drawn((), *numbers)
        return Drawn(numbers[:1], *numbers[1:]) if kind == "estimate" else Drawn(numbers)
    raise BadDrawn(f"`drawn` is `{text}`: it must be one share of {WHOLE}, a range, or two")


def _of_fields(given: Mapping[str, Any]) -> Drawn:
    known = {name: _number(str(given[name])) for name in ("value", "low", "high") if name in given}
    if strange := given.keys() - known.keys():
        raise BadDrawn(f"`{min(strange)}` is not a field of `drawn`: it has `value`, `low` and `high`")
    if not known or ("low" in known) != ("high" in known):
        raise BadDrawn("`drawn` needs a `value`, or both `low` and `high`")
    return Drawn(tuple(known[name] for name in ("value",) if name in known), known.get("low"), known.get("high"))


def _number(text: str) -> Decimal:
    try:
        return Decimal(text.strip().rstrip("%٪ \u00a0\u202f").replace(",", ".").replace("٫", "."))
    except InvalidOperation:
        raise BadDrawn(f"`drawn` has `{text}`, which is not a number") from None
