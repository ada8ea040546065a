"""An article and the house rules become problems of language: words, names, lengths, balance."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from triptych.content import claims, customs, kinds, prose
from triptych.content.errors import Problem
from triptych.content.files import Files
from triptych.content.kinds import KINDS, Prints
from triptych.content.model import Standing, Style
from triptych.content.typography import NO_BREAK

TITLE_CHARACTERS = 60
"""Most characters of a title."""
HEADLINE_CHARACTERS = 55
"""Most characters of an event's headline."""
BUDGETS = {"deck": 35, "factsheet-deck": 35, "summary": 28, "label": 6, "basis": 12, "of": 7}
"""Most words of each field that the design plans for."""
_SENTENCES = re.compile(r"[^.!?]*[.!?]?")


def breaches(files: Files, style: Style) -> Iterator[Problem]:
    """Every text that breaks a rule of the house style or of the design."""
    yield from _lengths(files, style)
    yield from _balance(files, style)
    for text in _texts(files):
        yield from _avoided(files, style, text)
        yield from _unattributed(files, style, text)
    yield from _names(files, style)
    yield from _standings(files)


_Text = tuple[str, tuple[str | int, ...], int, str]
"""File, location of the value, line in the prose (0 in YAML), and the text."""


def _texts(files: Files) -> Iterator[_Text]:
    front = files.article.front
    yield "article.md", ("title",), 0, front.title
    for name in ("method", "corrections", "contact"):
        yield "article.md", (name,), 0, getattr(front, name) or ""
    for claim in claims.claims(files.article):
        for field, text in claim.texts.items():
            yield claim.file, claim.place(field), 0, text
    for number, line in enumerate(files.article.prose.splitlines(), start=1):
        yield "article.md", (), number, line


def _problem(files: Files, text: _Text, at: int, code: str, message: str, hint: str) -> Problem:
    file, loc, line, _ = text
    return files.in_prose(line, at + 1, code, message, hint) if line else files.problem(file, loc, code, message, hint)


def _avoided(files: Files, style: Style, text: _Text) -> Iterator[Problem]:
    ours = _without_quotations(text[3])
    for word, better in style.avoid.items() if _has_one(tuple(style.avoid), ours) else ():
        for match in re.finditer(rf"\b{re.escape(word)}\b", ours, re.IGNORECASE):
            message = f"the house style avoids `{match.group()}`"
            yield _problem(files, text, match.start(), "avoided-word", message, f"Write `{better}`.")


def _unattributed(files: Files, style: Style, text: _Text) -> Iterator[Problem]:
    """Words that need a speaker, in sentences that name none."""
    for sentence in _SENTENCES.finditer(text[3] if _has_one(tuple(style.attribute), text[3]) else ""):
        ours = _without_quotations(sentence.group())
        for word in style.attribute:
            match = re.search(rf"\b{re.escape(word)}\b", ours, re.IGNORECASE)
            if match and not any(
                re.search(rf"\b{re.escape(said)}\b", sentence.group(), re.I) for said in style.attributions
            ):
                message = f"`{match.group()}` needs a speaker, and the sentence names none"
                hint = f"Name the speaker, with one of: {', '.join(style.attributions)}."
                yield _problem(files, text, sentence.start() + match.start(), "unattributed-term", message, hint)


def _has_one(words: tuple[str, ...], text: str) -> bool:
    """Whether a text has one of some words. Most texts have none: then no word is looked for by itself."""
    return bool(words and _any_of(words).search(text))


@lru_cache(64)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


def _without_quotations(text: str) -> str:
    """A text with its quotations replaced by spaces: house rules do not apply to the words of others."""
    return customs.QUOTATION.sub(lambda match: " " * len(match.group()), text)


def _names(files: Files, style: Style) -> Iterator[Problem]:
    """Names in documents that must not print them."""
    for claim in claims.claims(files.article):
        for field, text in claim.texts.items():
            printing = [one for one in claim.documents if claim.prints(one, field)]
            for message, _ in _barred(style, printing, text):
                yield files.problem(claim.file, claim.place(field), "barred-name", message, WITHOUT_NAME)
    for number, line in enumerate(files.article.prose.splitlines(), start=1):
        for message, column in _barred(style, kinds.printing(Prints.PROSE), line):
            yield files.in_prose(number, column, "barred-name", message, WITHOUT_NAME)


WITHOUT_NAME = "Say who it is without the name."


def _barred(style: Style, printing: Sequence[str], text: str) -> Iterator[tuple[str, int]]:
    """The names in a text that must not stand in the documents that print it: a message and the column from 1."""
    for name, barred in style.names.items():
        documents = [KINDS[one].caption for one in printing if one in barred]
        if documents and (found := re.search(rf"\b{re.escape(name)}\b", text)):
            yield f"the name `{name}` is not allowed in the {' and the '.join(documents)}", found.start() + 1


def _lengths(files: Files, style: Style) -> Iterator[Problem]:
    """Texts that are longer than the design or the house style plans for, as warnings: they are set where they fit."""
    yield from _over(files, "article.md", ("title",), files.article.front.title, TITLE_CHARACTERS, "characters")
    budgets = {**BUDGETS, **{name: min(most, BUDGETS.get(name, most)) for name, most in style.lengths.items()}}
    for claim in claims.claims(files.article):
        for field, text in claim.texts.items():
            if field == "headline":
                yield from _over(files, claim.file, claim.place(field), text, HEADLINE_CHARACTERS, "characters")
            if field in budgets and (claim.kind, field) != ("era", "label"):
                yield from _over(files, claim.file, claim.place(field), text, budgets[field], "words")


def _over(files: Files, file: str, loc: tuple[str | int, ...], text: str, limit: int, unit: str) -> Iterator[Problem]:
    plain = prose.plain(text)
    length = len(plain) if unit == "characters" else _words(plain)
    if length > limit:
        field = next(step for step in reversed(loc) if isinstance(step, str))
        message = f"`{field}` has {length} {unit}; {limit} are planned"
        yield files.problem(file, loc, "too-long", message, f"Cut {length - limit}.", warning=True)


def _words(plain: str) -> int:
    """How many words a text has: a sign between spaces, as « in French, is none, and 1 927 is one."""
    whole = re.sub(rf"(?<=\d)[ {NO_BREAK}{customs.THIN}](?=\d{{3}}(?!\d))", "", plain)
    return sum(any(map(str.isalnum, word)) for word in whole.split())


def _balance(files: Files, style: Style) -> Iterator[Problem]:
    """The longest position of the parties, where another is more than `balance` per cent shorter."""
    parties = files.article.positions.parties
    lengths = [_words(prose.plain(party.says)) for party in parties]
    if not lengths or min(lengths) >= max(lengths) * (1 - style.balance / 100) - 1e-9:
        return
    index, shortest = lengths.index(max(lengths)), lengths.index(min(lengths))
    message = (
        f"the position of `{parties[index].party}` is the longest, with {lengths[index]} words; "
        f"that of `{parties[shortest].party}` has {lengths[shortest]}"
    )
    middle = round((min(lengths) + max(lengths)) / 2)
    hint = f"Bring each to about {middle} words: they may differ by {style.balance} % in length."
    yield files.problem("positions.yaml", ("parties", index, "says"), "unequal-positions", message, hint)


def _standings(files: Files) -> Iterator[Problem]:
    """Figures, events and eras that are disputed or unconfirmed, and disputed claims that do not cite two sources."""
    for claim in claims.claims(files.article):
        if claim.kind in ("figure", "event", "era") and claim.standing in (Standing.DISPUTED, Standing.UNCONFIRMED):
            message = f"{claim.title} is {claim.standing}: only supported and reported claims may be figures or events"
            hint = "Move it to `disputed` or `not_known` in positions.yaml, or describe both sides in the prose."
            yield files.problem(claim.file, (*claim.loc, "standing"), "unfit-standing", message, hint)
        elif claim.standing == Standing.DISPUTED and len(claim.sources) < 2:
            message = f"{claim.title} is disputed but cites {'only one source' if claim.sources else 'no source'}"
            yield files.problem(
                claim.file, (*claim.loc, "standing"), "one-sided", message, "Cite a source for each side."
            )
    for name, passage in prose.texts(files.article.prose).items():
        if passage.standing == Standing.DISPUTED and len(set(passage.sources)) < 2:
            sources = "only one source" if passage.sources else "no source"
            message = f"the passage `{name}` is disputed but cites {sources}"
            hint = "Describe both sides, and cite a source for each."
            yield files.in_prose(passage.line, 1, "one-sided", message, hint)
