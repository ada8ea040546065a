"""The languages of Babel, kept apart.

Babel 2.18 writes what one language finds through an alias into data that all languages share: after Chinese, the months
of French stand alone as 十月. Here it looks each alias up again.
"""

from collections.abc import Mapping
from typing import Any

from babel import localedata
from babel.localedata import Alias, LocaleDataDict, merge


def _found(data: LocaleDataDict, key: Any) -> Any:
    """The value of a key, its aliases resolved; nothing is written."""
    value = _resolved(data._data[key], data.base)
    return LocaleDataDict(value, base=data.base) if isinstance(value, dict) else value


def _resolved(value: Any, base: Mapping[Any, Any]) -> Any:
    """A value of a language, with what it adds to that of its alias."""
    if isinstance(value, tuple) and value and isinstance(value[0], Alias):
        alias, others = value
        value = _resolved(alias, base).copy()
        merge(value, others)
    elif isinstance(value, Alias):
        keys, value = value.keys, base
        for key in keys:
            value = _resolved(value[key], base)
    return value


def keep_apart() -> None:
    """Let Babel resolve aliases without writing. Called once, when the program is imported."""
    localedata.LocaleDataDict.__getitem__ = _found  # type: ignore[method-assign]
