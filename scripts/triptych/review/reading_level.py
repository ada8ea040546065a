"""How hard an article is to read: its words, its sentences, a reading level, and its longest sentences."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from triptych.content import claims, fences, prose
from triptych.content.files import PROSE, Files
from triptych.review import plainly

FIELDS = frozenset({"deck", "factsheet-deck", "in-brief", "summary", "says", "text"})
"""The fields of a claim that hold sentences. Labels and headlines are none."""
LONGEST = 3
"""How many of the longest sentences are shown."""
_ENDS = re.compile(r"[.!?…]")
_YEARS = "years of school in the US that it takes"
_EASE = "0 is very hard, 100 very easy"


@dataclass(frozen=True, slots=True)
class Formula:
    """A measure of how hard a text is to read, by its name in textstat."""

    name: str
    shown: str
    scale: str


FORMULAS: Mapping[str, Sequence[Formula]] = {
    "en": (
        Formula("flesch_kincaid_grade", "Flesch–Kincaid grade", _YEARS),
        Formula("flesch_reading_ease", "Flesch reading ease", _EASE),
    ),
    "de": (Formula("flesch_reading_ease", "Flesch reading ease, by Amstad", _EASE),),
    "fr": (Formula("flesch_reading_ease", "Flesch reading ease, by Kandel and Moles", _EASE),),
    "es": (Formula("fernandez_huerta", "Fernández Huerta", _EASE),),
    "it": (Formula("gulpease_index", "Gulpease", _EASE),),
    "nl": (Formula("flesch_reading_ease", "Flesch reading ease, by Douma", _EASE),),
}
"""The formulas that were made for a language; other languages have none here."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A printed sentence, with its place in the files of the article."""

    place: str
    """As file:line."""
    text: str

    @property
    def words(self) -> int:
        """How many words it has; a number is one."""
        return len(_words(self.text))


@dataclass(frozen=True, slots=True)
class Statistics:
    """The sentences of an article, and what a formula makes of them."""

    language: str
    sentences: Sequence[Sentence]

    @property
    def words(self) -> int:
        """Of all sentences."""
        return sum(one.words for one in self.sentences)

    @property
    def levels(self) -> Sequence[tuple[Formula, float]]:
        """The value of each formula that the language has."""
        return [(one, _measured(one, self.sentences, self.language)) for one in _formulas(self.language)]

    @property
    def longest(self) -> Sequence[Sentence]:
        """The longest sentences, the longest first."""
        return sorted(self.sentences, key=lambda one: -one.words)[:LONGEST]


def statistics(files: Files) -> Statistics:
    """What can be counted in a readable article."""
    return Statistics(files.article.front.language, (*_of_claims(files), *_of_prose(files)))


def lines(told: Statistics) -> Iterator[str]:
    """The same as lines to print."""
    count = len(told.sentences)
    if not count:
        yield "no sentences"
        return
    yield f"{told.words:,} words in {count:,} sentences, {told.words / count:.1f} words a sentence"
    for formula, value in told.levels:
        yield f"{formula.shown}: {value:.1f} ({formula.scale})"
    if not _formulas(told.language):
        yield f"no reading level: we know no formula for `{told.language}`"
    yield "longest sentences:"
    for one in told.longest:
        yield f"  {one.place}  {one.words} words: {one.text}"


def _formulas(language: str) -> Sequence[Formula]:
    return FORMULAS.get(language.split("-")[0], ())


def _measured(formula: Formula, sentences: Sequence[Sentence], language: str) -> float:
    """The value of a formula. Each sentence keeps one full stop, since textstat counts these."""
    from textstat.backend import metrics

    text = " ".join(f"{' '.join(_words(one.text))}." for one in sentences)
    measure = getattr(metrics, formula.name)
    return float(measure(text) if formula.name == "gulpease_index" else measure(text, language.split("-")[0]))


def _words(text: str) -> Sequence[str]:
    """The words of a text without its full stops: 8.5 and U.S. are one word each."""
    bare = _ENDS.sub("", text.replace("’", "'"))
    return [word for word in bare.split() if any(map(str.isalnum, word))]


def _of_claims(files: Files) -> Iterator[Sentence]:
    for claim in claims.claims(files.article):
        for field in FIELDS.intersection(claim.texts):
            path, (line, _), _ = files.written(claim.file, *claim.place(field))
            for text, _ in plainly.sentences(str(prose.rendered_line(claim.texts[field]))):
                yield Sentence(f"{path}:{line}", text)


def _of_prose(files: Files) -> Iterator[Sentence]:
    """The sentences of paragraphs, lists and notes: no headings, tables or charts."""
    source = files.article.prose
    places = _Places(source)
    for block in prose.rendered(source):
        if re.match(r"<h\d", block.html) or block.is_table or fences.chart_in(block.html):
            continue
        for text, _ in plainly.sentences(block.html):
            path, (line, _), _ = files.written("article.md", PROSE, places.line(text), 1)
            yield Sentence(f"{path}:{line}", text)


class _Places:
    """Finds the line of each sentence of the prose, in order, by its letters alone."""

    def __init__(self, source: str) -> None:
        lines = [_letters(prose.plain(line)) for line in source.splitlines()]
        self._starts = [sum(map(len, lines[:number])) for number in range(len(lines))]
        self._letters = "".join(lines)
        self._at = 0

    def line(self, sentence: str) -> int:
        """The line of the prose, from 1; of a sentence that is nowhere, that of the sentence before."""
        letters = _letters(sentence)
        found = self._letters.find(letters, self._at)
        at = self._at if found < 0 else found
        self._at = at if found < 0 else found + len(letters)
        return max(1, bisect_right(self._starts, at))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
