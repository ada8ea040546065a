"""Plain text becomes text with typographic quotes, and with line breaks only where a typesetter allows them."""

import re

NO_BREAK = "\u00a0"
WORD_JOINER = "\u2060"

_NUMBER_THEN_WORD = re.compile(r"((?<!\d)(?!\d{4} )\d(?:[\d,.'’]*\d)?) (?=[\w%‰°€£$¥′″])")
_YEAR_LIKE_THEN_UNIT = re.compile(
    r"((?<!\d)\d{4}) "
    r"(?=(?:[%‰€£$¥]|°[CF]?|pp[mb]|[kcmµn]?m[²³]?|[kmµ]?g|[kMGT]?Wh?|[kMGT]B|[ml]l|km/h|m/s)(?![\w’'-]))"
)
_SIGN_THEN_NUMBER = re.compile(r"((?<!\S)(?:[A-Z]{0,3}[$€£¥]|№|§)|(?<=\d) [±×]) (?=[\d.−-])")
_NUMBER_THEN_SIGN = re.compile(r"(?<=\d) (?=[±×]\s)")
_DAY_MONTH_THEN_YEAR = re.compile(r"(\d\u00a0[^\W\d_]+) (?=\d{4}\b)")
_NAME_THEN_YEAR = re.compile(r"(\b[A-Z][^\W\d_]+) (?=\d{4}\b)")
_SLASH_IN_CODE = re.compile(r"(?<=\w)/(?=\w)")
_HYPHEN_IN_CODE = re.compile(r"(?<=[A-Z])-(?=[A-Z])")
_DASH_IN_RANGE = re.compile(r"(?<=\d)–(?=\d)")
_TELEPHONE = re.compile(r"(?<![\w.,])(?:\+|\(0?|0)\d[\d ()/-]{5,}\d(?!\w)")
_LAST_SPACE = re.compile(r"(?:(?<=\s)|^)(\S+)[ ](?=\S{1,9}\s*$)")

TEXT_JOINED_OVER = 60
HEADLINE_JOINED_OVER = 20
"""In a text or headline with more characters than this, the last two words stay together."""
SHORTENED = 0.15
"""Greatest share of a line of text that is left white to keep the last two words together on the next."""


def unbroken(text: str) -> str:
    """Keep a number (except a year) with its unit or the next word, a year with its month, codes, telephones whole."""
    text = _TELEPHONE.sub(lambda found: found.group().replace(" ", NO_BREAK), text)
    for pattern in (_NUMBER_THEN_WORD, _YEAR_LIKE_THEN_UNIT, _SIGN_THEN_NUMBER, _DAY_MONTH_THEN_YEAR, _NAME_THEN_YEAR):
        text = pattern.sub(rf"\1{NO_BREAK}", text)
    text = _NUMBER_THEN_SIGN.sub(NO_BREAK, text)
    for pattern in (_SLASH_IN_CODE, _HYPHEN_IN_CODE, _DASH_IN_RANGE):
        text = pattern.sub(lambda found: found.group() + WORD_JOINER, text)
    return text


def last_words_joined(text: str, over: int = TEXT_JOINED_OVER) -> str:
    """Keep the last two words together if the last has fewer than ten letters and the text is longer than `over`.

    In a text, a word that would leave more than `SHORTENED` of its line white stays there. A headline is better broken
    early than with one word alone.
    """
    found = _LAST_SPACE.search(text) if len(text) > over else None
    if not found or (over == TEXT_JOINED_OVER and len(found[1]) + 1 > SHORTENED * TEXT_JOINED_OVER):
        return text
    return text[: found.end() - 1] + NO_BREAK + text[found.end() :]


def joined(text: str) -> str:
    """A short name on one line: no line ends at its spaces or after its hyphens."""
    return text.replace(" ", NO_BREAK).replace("-", f"-{WORD_JOINER}")


def plain(text: str) -> str:
    """A text without no-break spaces and word joiners, for machines."""
    return text.replace(NO_BREAK, " ").replace(WORD_JOINER, "")


def curled(text: str) -> str:
    """Straight quotes, double hyphens and hyphens in ranges become typographic ones."""
    text = re.sub(r"(?<=\d)-(?=\d)", "\u2013", text.replace(" - ", " \u2013 ").replace("--", "\u2013"))
    for straight, opening, closing in (('"', "\u201c", "\u201d"), ("'", "\u2018", "\u2019")):
        text = re.sub(rf"(?:(?<=^)|(?<=[\s(\[\u201c\u2018])){straight}", opening, text).replace(straight, closing)
    return text


def shortened(text: str, most: int = 80) -> str:
    """The text, cut after a word and ended with … if it has more than `most` characters."""
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"
