"""Which letters belong to which scripts, and the language of ideographs in HTML: their forms differ by it."""

import re
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from markupsafe import Markup

HEBREW = "\u0590-\u05ff\u20aa\ufb1d-\ufb4f"
ARABIC = "\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
EAST = (
    "\u1100-\u11ff\u2e80-\u3011\u3013-\u302f\u3031-\u303c\u303e-\u3296\u3298\u329a-\u4dbf\u4e00-\u9fff"
    "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U000323af"
)
"""Ideographs, kana, Hangul, and the signs between them; not the signs that are emoji."""
LEFT_TO_RIGHT = f"A-Za-z\u00c0-\u052f\u1e00-\u1fff{EAST}"
"""Letters of Latin, Greek, Cyrillic, Chinese, Japanese and Korean."""
_KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff\uff66-\uff9d"
_HANGUL = "\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7ff"
_RUN = re.compile(rf"<(head|script|style|title)\b.*?</\1>|<[^>]*>|(?P<run>[{EAST}]+(?:[ \u00a0][{EAST}]+)*)", re.DOTALL)
_PART = re.compile(rf"(?<![<\w])[{RIGHT_TO_LEFT}]+(?:[\s\u00a0'’”״׳-]+[{RIGHT_TO_LEFT}]+)*(?![^<]*>)")
"""Words from right to left up to a sign that parts the fields of a source; not within a tag."""
_NAMED = {"ja": "ja", "jp": "ja", "zh": "zh", "ko": "ko"}
"""The language that a name or a tag of it begins with, as in `ja-JP`, `jpn` and `Japanese`."""


def is_turned(language: str) -> bool:
    """Whether a language is written from right to left, by its tag; not so for an empty or unknown one."""
    try:
        return bool(language) and str(Locale.parse(language, sep="-").text_direction) == "rtl"
    except (UnknownLocaleError, ValueError):
        return False


@dataclass(slots=True)
class Inside:
    """Knows, tag by tag, whether it is in an element whose start matches a pattern; its first group is the name."""

    start: re.Pattern[str]
    name: str = ""
    """Of the element that it is in, or empty."""
    _depth: int = 0

    def __bool__(self) -> bool:
        return bool(self.name)

    def passed(self, tag: str) -> None:
        """Take note of the next tag."""
        if not self.name:
            found = self.start.match(tag)
            self.name, self._depth = (found[1], 1) if found else ("", 0)
        elif re.match(rf"</?{self.name}\b", tag):
            self._depth += -1 if tag.startswith("</") else 1
            self.name = self.name if self._depth else ""


def in_language(html: str, named: str) -> Markup:
    """HTML of a source, in which ideographs bear its language, and each part from right to left stands by itself.

    `named` is its language as people write it. Author, title and publisher keep their order so.
    """
    language = _NAMED.get(named.strip()[:2].lower(), "")
    turned = _PART.sub(r'<bdi dir="rtl">\g<0></bdi>', str(html))
    return Markup(_RUN.sub(lambda run: _bearing(run, language), turned) if language else turned)  # as safe as it was


def in_their_language(html: str) -> str:
    """HTML in which each run with kana is marked as Japanese, and each with Hangul as Korean."""
    if not _known(html):
        return html
    return _RUN.sub(lambda run: _bearing(run, _known(run["run"] or "")), html)


def _known(run: str) -> str:
    return "ja" if re.search(f"[{_KANA}]", run) else "ko" if re.search(f"[{_HANGUL}]", run) else ""


def _bearing(run: re.Match[str], language: str) -> str:
    text = run["run"]
    return Markup('<span lang="{}">{}</span>').format(language, Markup(text)) if text and language else run.group()
