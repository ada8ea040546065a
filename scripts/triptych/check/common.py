"""Which words are common, so that a capital at the start of a sentence does not make them names."""

import gzip
import pkgutil
import re
from collections.abc import Mapping
from functools import cache, lru_cache

from triptych.check import lexicon

LEAST: Mapping[str, int] = {"en": 1_500, "fr": 50}
"""How often a word stands in the word lists, which have a few names too. Those of other languages lack common words."""
LEAST_BASE = 300
"""The same of a word without its ending."""
_ENDINGS = {
    "en": (
        ("ies", "y"),
        ("es", ""),
        ("es", "e"),
        ("s", ""),
        ("ing", ""),
        ("ing", "e"),
        ("ed", ""),
        ("ed", "e"),
        ("ly", ""),
    )
}


def knows(language: str) -> bool:
    """Whether we have a list of the common words of a language."""
    return language.split("-")[0] in LEAST


@cache
def _list(language: str) -> str:
    """The word list of pyspellchecker, as JSON. It is searched and not read whole, which takes ten times as long."""
    return gzip.decompress(pkgutil.get_data("spellchecker", f"resources/{language}.json.gz") or b"").decode()


@lru_cache(maxsize=1_000)
def _count(word: str, language: str) -> int:
    """How often a word stands in the list."""
    found = re.search(rf'"{re.escape(word)}": ?(\d+)', _list(language))
    return int(found[1]) if found else 0


def is_common(word: str, language: str) -> bool:
    """Whether a word, in small letters, is a common one of a language whose words we know."""
    base = language.split("-")[0]
    if word in lexicon.of(language).stop or _count(word, base) >= LEAST[base]:
        return True
    bases = (word.removesuffix(end) + start for end, start in _ENDINGS.get(base, ()) if word.endswith(end))
    return _count(word, base) > 0 and any(_count(one, base) >= LEAST_BASE for one in bases)
