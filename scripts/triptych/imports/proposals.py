"""Prose becomes proposals: events with the dates that its sentences name, and key figures with their numbers.

Nothing in them is printed until an author ticks it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape

from num2words import num2words

from triptych.check.numbers import decimal_sign, group_sign
from triptych.content import citations, prose
from triptych.content.model import Article
from triptych.imports import moments, phrases
from triptych.imports.found import Entry
from triptych.imports.phrases import Phrase

FILE = "proposals.md"
"""The file of the proposals, beside the article."""
HEADLINE = 90
"""Most characters of a proposed headline; a longer sentence is cut at a word."""
LABEL = 6
"""Most words of a proposed label."""
HEAD = """<!-- Proposals from the prose: nothing here is printed. Put an x between the brackets of what you accept,
     change its words, and run `triptych propose` again: that adds it to timeline.yaml or figures.yaml. -->
"""
_CURRENCY = r"(?:US|A|C|NZ)?[$€£¥]"
_SCALE = r"(?:\s(?:thousand|million|billion|trillion))?"
_UNIT = re.compile(r"\s?(?:[%‰€£¥]|per ?cent\b|percent\b|°C|°F|km/h\b|(?:k|c|m)?m[²³]?\b|k?g\b|ha\b)")
_NOUN = re.compile(r"[ \u00a0]([a-zà-ÿ][\w’'-]*)")
_GERMAN_NOUN = re.compile(r"[ \u00a0]([A-Za-zÄÖÜà-ÿ][\w’'-]*)")
_STOP = frozenset(
    re.findall(
        r"\w+",
        "a against an and are as at be been but by can could did do does for from had has have he her his if in into "
        "is it its may might more most no nor not on or our over per she should since so than that the their them then "
        "there these they this those to under until up was we were when where which while who will with would you",
    )
)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Digits as those of a power: 10³ is not 10."""
_CLOCK = frozenset(("o’clock", "o'clock", "am", "pm", "uhr"))
"""Words after a number that make it a time of day."""
_VERB = re.compile(r"^(?:faced|found|took|went|came|gave|got|made|said|saw|held|\w{3,}ed)$")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a sentence, with what it counts."""

    value: str
    label: str


def events_and_figures(article: Article) -> tuple[list[tuple[str, Entry]], list[tuple[str, Entry]]]:
    """Proposed events and figures, each with its sentence."""
    language = article.front.language
    events: list[tuple[str, Entry]] = []
    figures: list[tuple[str, Entry]] = []
    for passage, sentence in _sentences(article.prose):
        found = list(phrases.dates(sentence, language))
        named: Entry = {"passages": [passage]} if passage else {}
        for phrase in found:
            if phrase.end - phrase.start == len(sentence.strip(" .")):
                continue  # a date alone says nothing
            headline = _headline(sentence, phrase)
            name = moments.name(headline, {str(entry["id"]) for _, entry in events})
            event: Entry = {"id": name, "date": phrase.edtf, "headline": headline}
            if len(sentence.split()) <= moments.LONGEST_SUMMARY and headline.endswith(" …"):
                event["summary"] = sentence
            events.append((sentence, event | named))
        for figure in numbers(sentence, found, language):
            name = moments.name(figure.label, {str(entry["id"]) for _, entry in figures}, "figure")
            figures.append((sentence, {"id": name, "value": figure.value, "label": figure.label, **named}))
    return events, figures


def _sentences(markdown: str) -> Iterator[tuple[str, str]]:
    """The sentences of the paragraphs and lists of a text, each with the name of its passage, or none."""
    for block in prose.rendered(citations.without(markdown)):
        html = str(block.html)
        if re.match(r"<(?:h\d|table|figure|pre|div|section)\b|<p[^>]*>(?:Table)?: ", html):
            continue
        for piece in re.split(r"</(?:p|li|dd|dt)>", html):
            raised = re.sub(r"<sup>(\d+)</sup>", lambda found: found[1].translate(_RAISED), piece)
            bare = unescape(re.sub(r"<sup\b.*?</sup>|<[^>]*>", "", raised)).replace("\u2060", "")
            words = " ".join(bare.split())
            for sentence in moments.sentences(words):
                yield block.name, sentence


def _headline(sentence: str, date: Phrase) -> str:
    """The words of a sentence without the date that begins or ends it, cut at a word where they are too many."""
    before, after = sentence[: date.start], sentence[date.end :]
    if re.fullmatch(r"(?:(?:on|in|am|im|le|en|el) )?", before, re.IGNORECASE) and len(after.split()) > 1:
        sentence = after.lstrip(" ,")
    elif re.fullmatch(r"[.!]?", after) and len(before.split()) > 2:
        sentence = re.sub(r",? (?:on|in|am|im|le|en|el)$", "", before.rstrip(), flags=re.IGNORECASE)
    sentence = sentence[:1].upper() + sentence[1:].rstrip(".:;")
    if len(sentence) <= HEADLINE:
        return sentence
    return f"{sentence[: HEADLINE - 1].rpartition(' ')[0].rstrip(',;:')} …"


def numbers(sentence: str, dates: list[Phrase], language: str) -> Iterator[Figure]:
    """The numbers of a sentence that have a currency, a unit or a noun; not those of dates, names and times."""
    for found in _pattern(language).finditer(sentence):
        if any(date.start < found.end() and found.start() < date.end for date in dates):
            continue
        end = found.end()
        unit = _UNIT.match(sentence, end)
        money = bool(re.match(_CURRENCY, found[0]))
        noun = (_GERMAN_NOUN if language[:2] == "de" else _NOUN).match(sentence, end)
        counts = (
            noun is not None
            and noun[1].lower() not in _STOP | _CLOCK | phrases.month_names(language)
            and not _VERB.match(noun[1])
        )
        if not (money or unit or counts):
            continue
        end = unit.end() if unit else end
        dated = max((date.end for date in dates if date.end <= found.start()), default=0)
        yield Figure(sentence[found.start() : end], _label(sentence, found.start(), end, dated))


def _label(sentence: str, start: int, end: int, dated: int) -> str:
    """What a number counts, in the words that follow it; else in those before it."""
    after = re.findall(r"[\w’'#-]+|[^\w\s]", sentence[end:])
    first = next((place for place, word in enumerate(after) if word.lower() not in _STOP and word != "of"), 0)
    if any(re.fullmatch(r"[^\w\s]", word) for word in after[: first + 1]) or not after:
        before = re.findall(r"[\w’'#-]+", sentence[dated:start]) or re.findall(r"[\w’'#-]+", sentence[:start])
        return " ".join(before[before[:1] == ["and"] :][-LABEL:]) or "number"
    words: list[str] = []
    for word in after[first:][:LABEL]:
        if words and (re.fullmatch(r"[^\w\s]", word) or _VERB.match(word)):
            break
        if word.lower() in _STOP and words[-1:] != ["of"]:
            break
        words.append(word)
    while words[-1:] == ["of"]:
        words.pop()
    return " ".join(words)


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """A number in digits, or from two on in words, of a language."""
    try:
        spelled = [
            num2words(number, lang=language.partition("-")[0]) for number in (*range(2, 21), *range(30, 100, 10))
        ]
    except NotImplementedError:
        spelled = []
    words = "|".join(sorted(map(re.escape, spelled), key=len, reverse=True))
    group, decimal = (re.escape(sign(language)) for sign in (group_sign, decimal_sign))
    spaces = r"\s" if group_sign(language).isspace() else r"\u00a0\u202f"
    number = rf"\d{{1,3}}(?:[{group}{spaces}]\d{{3}})+(?:{decimal}\d+)?|\d+(?:{decimal}\d+)?"
    digits = rf"(?<![\w#.,/:–-])(?:{_CURRENCY}\s?)?(?:{number}){_SCALE}(?![\w/:]|[.,]\d|-\d)"
    return re.compile(rf"{digits}|\b(?:{words})\b(?=[ \u00a0][a-zà-ÿ])" if words else digits, re.IGNORECASE)
