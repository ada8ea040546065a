"""The customs of a language in print: quotation marks, the spaces at signs, ordinals, no-break abbreviations.

Text arrives with the signs of English, or with those of its own language, and leaves with those of its language.
English text leaves as it came. Beside each custom stands its source: CLDR is release 47, `delimiters` of the language.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from html import unescape
from typing import TypeVar

from babel import Locale, UnknownLocaleError
from markupsafe import Markup

from triptych.content import numerals
from triptych.content.typography import NO_BREAK, WORD_JOINER

THIN = "\u202f"
"""The narrow no-break space."""
Entry = TypeVar("Entry")
Signs = list[str]
"""What each character of a text becomes; the text without changes has itself in each place."""


@dataclass(frozen=True, slots=True)
class _Quotes:
    outer: tuple[str, str]
    inner: tuple[str, str]
    """Within another quotation."""


_QUOTES = {
    "ar": _Quotes(("«", "»"), ("“", "”")),  # W3C ALREQ, quotation marks; CLDR ar, characters
    "de": _Quotes(("„", "“"), ("‚", "‘")),  # CLDR de; Duden, Anführungszeichen, D 8 and D 12
    "de-CH": _Quotes(("«", "»"), ("‹", "›")),  # CLDR de-CH
    "el": _Quotes(("«", "»"), ("“", "”")),  # CLDR el
    "es": _Quotes(("«", "»"), ("“", "”")),  # CLDR es; RAE, Ortografía, comillas
    "fr": _Quotes(("«\u00a0", "\u00a0»"), ("“", "”")),  # Lexique de l'Imprimerie nationale, Guillemets
    "fr-CH": _Quotes(("«\u202f", "\u202f»"), ("‹\u202f", "\u202f›")),  # CLDR fr-CH; Guide du typographe
    "he": _Quotes(("”", "”"), ("’", "’")),  # CLDR he
    "it": _Quotes(("«", "»"), ("“", "”")),  # CLDR it
    "pl": _Quotes(("„", "”"), ("«", "»")),  # CLDR pl; PWN, Zasady pisowni i interpunkcji, cudzysłów
    "pt": _Quotes(("«", "»"), ("“", "”")),  # CLDR pt-PT
    "pt-BR": _Quotes(("“", "”"), ("‘", "’")),  # CLDR pt, which is that of Brazil
    "uk": _Quotes(("«", "»"), ("„", "“")),  # CLDR uk; Український правопис 2019, § 166
}
"""Turkish (CLDR tr; TDK, tırnak işareti) and Dutch (Taalunie, aanhalingstekens) have those of English."""
_MARKS = {
    "fr": {**dict.fromkeys(";!?", THIN), ":": NO_BREAK},  # Lexique de l'Imprimerie nationale, Ponctuation
    "fr-CA": {":": NO_BREAK},  # Office québécois de la langue française, Espacement
    "fr-CH": dict.fromkeys(";!?:", THIN),  # Guide du typographe, Lausanne
}
"""The space that stands before each mark."""
_SIGNS: Mapping[str, Sequence[tuple[re.Pattern[str], str]]] = {
    "ar": tuple(  # W3C ALREQ, punctuation: the comma, the semicolon and the question mark of Arabic
        (re.compile(rf"{re.escape(typed)}(?=[\s»”)!]|$)"), sign) for typed, sign in zip(",;?", "،؛؟", strict=True)
    ),
    "el": (  # Unicode, Greek block: ; is the question mark; NFC has U+003B and U+00B7 for the old signs of their own
        (re.compile("(?<=[\u0370-\u03ff\u1f00-\u1fff»”’)])[?\u037e]"), ";"),
        (re.compile("\u0387"), "·"),
        (re.compile(r"(?<=\d)o(?=\s[\u0370-\u03ff\u1f00-\u1fff])"), "ο"),  # CLDR el, quarters: 1ο has an omicron
    ),
    "nl": ((re.compile(r"(?<!\w)[‘'](?=(?:[kmnst]|ns)(?!\w))"), "’"),),  # Taalunie, apostrof: ’s avonds, ’t, ’n
}
"""Signs that become another one."""
_ORDINALS = {
    "es": (re.compile(r"(?<!\w)\d+\.?(er)(?!\w)"),),  # CLDR es, digits-ordinal; RAE, Ortografía, abreviaturas: 1.er
    "fr": (  # Lexique de l'Imprimerie nationale, Abréviations and Nombres: 1er, 1re, 2e, XIXe raised; no for numéro
        re.compile(r"(?<!\w)1(ers?|res?)(?!\w)"),
        re.compile(r"(?<!\w)(?:\d+|[IVX]+)(es?)(?!\w)"),
        re.compile(r"(?<!\w)2(nde?s?)(?!\w)"),
        re.compile(r"(?<!\w)[nN]([o°º])(?=\s\d)"),
    ),
}
_RAISED = str.maketrans("enrsdo°º", "ᵉⁿʳˢᵈᵒᵒᵒ")
_FIRST = re.compile(r"(?<!\w)0?1(?=\s[^\W\d_]|\s?–\s?\d)")
_FIRST_OF_MONTH = {
    "fr": (_FIRST, "1ᵉʳ"),  # Lexique, Dates
    "it": (_FIRST, "1º"),  # Treccani, Vocabolario, primo
    "pt-BR": (_FIRST, "1º"),  # Manual de Redação da Presidência da República, datas
}
"""The first day of a month, in languages that make it an ordinal."""
_SPACED = {
    "de": (  # Duden, Abkürzungen, D 3: a narrow space within; Zahlen, ordinals: no break after 3.
        (re.compile(r"(?<!\w)(?:d|z|u|i|o|v|s)\.( ?)(?=(?:h|B|a|Ä|T|U|o|u|d)\.)"), THIN),
        (re.compile(r"(?<!\w)i\. ?d\.( ?)(?=R\.)"), THIN),
        (re.compile(r"(?<![\w.,])\d{1,2}\.( )(?=[^\W\d_])"), NO_BREAK),
        (re.compile(r"(?<!\w)(?:Abs|Art|Nr|Bd|Kap|Ziff|S)\.( )(?=\d)"), NO_BREAK),  # DIN 5008: with their number
    ),
    "el": (  # An ordinal stays with its word, as in German; its ending is not raised: CLDR el, digits-ordinal
        (re.compile(r"(?<!\w)\d{1,3}(?:ο[ςυι]?|η[ςν]?|[αάεέ]ς?|ω?ν)( )(?=[^\W\d_])"), NO_BREAK),
    ),
    "fr": (
        (re.compile(r"(?<!\d)\d{1,3}([ \u00a0])(?=\d{3}(?!\d))"), THIN),  # CLDR fr, group
        (re.compile(r"(?<!\w)(?:art|al|chap|vol|pp?|t|fig)\.( )(?=\d)"), NO_BREAK),  # Lexique, Abréviations
    ),
    "pl": (  # PN-83/P-55366: no single letter ends a line. PWN, ordinals with a point, and r. for rok
        (re.compile(r"(?<![\w’'])[aiouwzAIOUWZ]( )(?=\w)"), NO_BREAK),
        (re.compile(r"(?<![\w.,])\d{1,2}\.( )(?=[^\W\d_])"), NO_BREAK),
        (re.compile(r"\d( )(?=r\.)"), NO_BREAK),
    ),
    "tr": ((re.compile(r"(?<![\w.,])\d{1,2}\.( )(?=[^\W\d_])"), NO_BREAK),),  # TDK, sıra sayıları: 3. bölüm
    "uk": (  # ДСТУ 3582: р. and рр. with their year
        (re.compile(r"\d( )(?=рр?\.)"), NO_BREAK),
        (re.compile(r"№( )(?=\d)"), NO_BREAK),
    ),
}
"""Spaces within or after a text that become another, or come between."""
_POINT = {
    "es": re.compile(r"(?<![\w.,])\d+()(?=(?:[ºª]|er)(?!\w))"),  # RAE, Ortografía, abreviaturas: 1.º
    "pt-PT": re.compile(r"(?<![\w.,])\d+()(?=[ºª](?!\w))"),  # Academia das Ciências de Lisboa, abreviaturas: 1.º
}
"""A point between a number and its raised letter."""
_PERCENT_FIRST = re.compile(r"(?<![%\w])(\d+(?:[.,]\d+)*(?:[–-]\u2060?\d+(?:[.,]\d+)*)?)([ \u00a0\u202f]?[%‰])(?!\w)")
"""A number and its per cent sign, for languages that write the sign first."""
_HEBREW = re.compile("[\u05d0-\u05ea]")
_MAQAF = re.compile("(?<=[\u05d0-\u05ea])[-‐‑](?=\\w)")
"""The hyphen between Hebrew words, and between a prefix and a number: Academy of the Hebrew Language, Punctuation."""
_ALONE = re.compile("(?<=\\s)([וو])[ \u00a0](?=[^\\W\\d_])")
_PREFIX = re.compile("(?<=\\sו)(?=[0-9A-Za-z])")
_WITHIN_HEBREW = re.compile("(?<=[\u05d0-\u05ea])[\"”“'’](?=[\u05d0-\u05ea])")
_BEFORE_PERCENT = re.compile(r"\d([ \u00a0\u202f]?)(?=[%‰])")
_BEFORE_QUOTES = " \u00a0\u202f\n([–—"
_ANY_SPACE = "[ \u00a0\u202f\u2009\n]*"
QUOTATION = re.compile(
    r"(?<![\u05d0-\u05ea])[“”\"](?P<english>[^”“\"]+)[”“\"]|„(?P<low>[^“”\"„]+)[“”\"]|«\s*(?P<angled>[^«»]+?)\s*»"
    r"|»(?P<turned>[^«»]+)«"
)
"""A quotation in the marks of any of our languages. A mark within a Hebrew word is gershayim, and opens none."""
_PARTS = re.compile(r"(<[^>]*>)")
_OPAQUE = re.compile(
    r'<(code|pre|kbd|samp|sup|sub|a(?= class="address"))\b|<(span|bdi)(?= class="(?:references|as-typed))'
)
_REFERENCES = re.compile(r'<span class="references[^"]*">.*?</span>')
_HIDDEN = "\ufffc"
"""Stands for a character that no custom reads or changes."""
_WHITE = " \u00a0\u202f\u2009\n"


def has(language: str) -> bool:
    """Whether a language has customs that differ from those of English."""
    tables: tuple[Mapping[str, object], ...] = (_QUOTES, _MARKS, _SIGNS, _ORDINALS, _SPACED, _POINT)
    spaced = bool(percent(language)) or percent_first(language)
    return spaced or any(_of(table, language) for table in tables) or numerals.has(language)


def kept(text: str, language: str) -> str:
    """A plain text with the signs of its language."""
    return "".join(_changed(text, language)) if has(language) else text


def kept_html(html: str, language: str) -> Markup:
    """The HTML of one block or line with the signs of its language; code, addresses and references stay."""
    if not has(language):
        return Markup(html)
    parts = _PARTS.split(html)
    shown = [unescape(part) if index % 2 == 0 else "" for index, part in enumerate(parts)]
    read = "".join(_HIDDEN * len(text) if hidden else text for text, hidden in zip(shown, _hidden(parts), strict=True))
    signs, at = _changed(read, language), 0
    for index, text in enumerate(shown):
        new = signs[at : at + len(text)]
        plain = "".join(old if sign == _HIDDEN else sign for old, sign in zip(text, new, strict=True))
        parts[index] = _escaped(plain) if index % 2 == 0 else parts[index]
        at += len(text)
    return Markup(_REFERENCES.sub(lambda found: _with_signs(found.group(), language), "".join(parts)))


def _with_signs(references: str, language: str) -> str:
    """References with the digits, the commas and the semicolons of their language, and nothing else changed."""
    parts = _PARTS.split(references)
    return "".join(_escaped(_settled(unescape(one), language)) if n % 2 == 0 else one for n, one in enumerate(parts))


def first_of_month(date: str, language: str) -> str:
    """A date of a day, or a stretch of days, with the ordinal of the first of a month where a language has one."""
    pattern, first = _of(_FIRST_OF_MONTH, language) or (None, "")
    return pattern.sub(first, date) if pattern else date


def capital(text: str, language: str) -> str:
    """A text with a capital letter at its start: in Turkish, that of i has its dot; in Dutch, IJ is one."""
    first, base = text[:1], language.replace("_", "-").split("-")[0]
    if base in ("tr", "az") and first == "i":
        return f"İ{text[1:]}"
    return f"IJ{text[2:]}" if base == "nl" and text[:2] == "ij" else first.upper() + text[1:]


def prefixed(text: str, language: str) -> str:
    """A list of ours in which “and” is a part of the next word, as in Hebrew and Arabic.

    In Hebrew it has its hyphen before a number and a Latin word.
    """
    base = language.split("-")[0]
    if base not in ("ar", "he"):
        return text
    text = _ALONE.sub(r"\1", text)
    return _PREFIX.sub(f"־{WORD_JOINER}", text) if base == "he" else text


def closed(sentence: str) -> str:
    """A sentence with one stop at its end, where what stands before it ends in one too, as 2018 р. does."""
    return re.sub(r"\.\.$", ".", sentence)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _hidden(parts: list[str]) -> Iterator[bool]:
    """Of each part of some HTML, whether it stands in an element whose text stays as it is."""
    within, depth = "", 0
    for part in parts:
        if not within and (found := _OPAQUE.match(part)):
            within, depth = found[1] or found[2], 0
        if within and re.match(rf"<{within}\b", part):
            depth += 1
        yield bool(within)
        if within and part.startswith(f"</{within}>"):
            depth -= 1
            within = within if depth else ""


def _of(table: Mapping[str, Entry], language: str) -> Entry | None:
    """The entry of a language, or of the same in any country; `fr-CA` and `fr_CA` are one tag."""
    language = language.replace("_", "-")
    return table.get(language) or table.get(language.split("-")[0])


@cache
def percent(language: str) -> str:
    """The space before a per cent sign, by CLDR; empty where it is set close."""
    try:
        pattern = str(Locale.parse(language.replace("_", "-"), sep="-").percent_formats[None].pattern)
    except (UnknownLocaleError, ValueError):
        return ""
    found = re.search(r"[\s]+(?=%)", pattern)
    return found.group() if found else ""


@cache
def percent_first(language: str) -> bool:
    """Whether the per cent sign stands before its number, by CLDR."""
    try:
        pattern = str(Locale.parse(language.replace("_", "-"), sep="-").percent_formats[None].pattern)
    except (UnknownLocaleError, ValueError):
        return False
    return pattern.startswith("%#")


def _settled(text: str, language: str) -> str:
    """A text of the same length, with the digits of its language and the signs of its script."""
    for pattern, sign in _of(_SIGNS, language) or ():
        change = partial(pattern.sub, sign)
        text = numerals.outside_latin(text, change) if language.startswith("ar") else change(text)
    return numerals.native(text, language)


def _changed(text: str, language: str) -> Signs:
    """What each character of a text becomes by the customs of its language."""
    text = _settled(text, language)
    signs = list(text)
    if quotes := _of(_QUOTES, language):
        _quote(text, signs, quotes)
    if language.split("-")[0] == "he":
        _join(text, signs)
    for mark, space in (_of(_MARKS, language) or {}).items():
        _part(text, signs, mark, space)
    for pattern in _of(_ORDINALS, language) or ():
        for found in pattern.finditer(text):
            signs[found.start(1) : found.end(1)] = found[1].translate(_RAISED)
    for pattern, space in _of(_SPACED, language) or ():
        _space(text, signs, pattern, space)
    if point := _of(_POINT, language):
        _space(text, signs, point, ".")
    if space := percent(language):
        _space(text, signs, _BEFORE_PERCENT, space)
    for found in _PERCENT_FIRST.finditer(text) if percent_first(language) else ():
        signs[found.start()] = found[2][-1] + signs[found.start()]
        signs[found.start(2) : found.end(2)] = [""] * len(found[2])
    return signs


def _quote(text: str, signs: Signs, quotes: _Quotes) -> None:
    """Set the quotation marks: the outer ones, and within them the inner ones."""
    opened: list[str] = []
    for at, sign in enumerate(text):
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        top = opened[-1] if opened else ""
        parted = not before or before in _BEFORE_QUOTES
        straight = sign == '"' and parted
        turned = sign == "»" and not opened and after.isalnum()  # »so«, as in German books
        if straight or turned or sign in "„‚" or (sign in "“‘«" and (parted or top + sign not in ("„“", "‚‘", "»«"))):
            signs[at] = (quotes.inner if opened or sign in "‘‚" else quotes.outer)[0]
            opened.append(sign)
            _close_up(text, signs, at, 1, signs[at])
        elif sign in '”“»«‘"' or (sign == "’" and top in ("‘", "‚") and not after.isalnum()):
            inner = len(opened) > 1 or top in ("‘", "‚")
            if opened:
                opened.pop()
            if sign != "”" or top or not before.isdigit():  # 5” is five inches
                signs[at] = (quotes.inner if inner else quotes.outer)[1]
                _close_up(text, signs, at, -1, signs[at])


def _close_up(text: str, signs: Signs, at: int, step: int, mark: str) -> None:
    """Take away the spaces that were typed within a quotation mark that brings its own, or none."""
    place = at + step
    while mark and 0 <= place < len(text) and text[place] in _WHITE:
        signs[place] = ""
        place += step


def _join(text: str, signs: Signs) -> None:
    """Set the signs within Hebrew words: gershayim, geresh and maqaf."""
    for found in _WITHIN_HEBREW.finditer(text):
        signs[found.start()] = "׳" if found.group() in "'’" else "״"
    for found in _MAQAF.finditer(text):
        signs[found.start()] = "־" + ("" if _HEBREW.match(text, found.end()) else WORD_JOINER)


def _part(text: str, signs: Signs, mark: str, space: str) -> None:
    """Put the space of a language before a mark that ends a word, and none before one that a quotation begins with."""
    for found in re.finditer(
        rf"(?<=[^\s(«‹“{THIN}!?;:]){_ANY_SPACE}({re.escape(mark)})(?=[\s!?;:.,)\]”»’{_HIDDEN}]|$)", text
    ):
        for place in range(found.start(), found.start(1)):
            signs[place] = ""
        signs[found.start(1)] = space + mark


def _space(text: str, signs: Signs, pattern: re.Pattern[str], space: str) -> None:
    """Replace the group of a pattern by a space, or put it after the match where the group is empty."""
    for found in pattern.finditer(text):
        if found[1]:
            signs[found.start(1)] = space
        else:
            signs[found.end() - 1] += space
