"""An article and its house rules become the problems of its language: words, names, lengths, balance."""

import re
from collections.abc import Iterator

from triptych.content import claims, prose
from triptych.content.claims import Claim
from triptych.content.errors import Problem
from triptych.content.model import Standing, Style
from triptych.content.read import Files

TITLE_CHARACTERS = 60
HEADLINE_CHARACTERS = 55
BUDGETS = {"deck": 35, "factsheet-deck": 35, "summary": 28, "label": 6, "basis": 12}
"""Words that the design has room for, by field."""
_SENTENCES = re.compile(r"[^.!?]*[.!?]?")


def breaches(files: Files, style: Style) -> Iterator[Problem]:
    """Every breach of the house's rules and of the design's."""
    yield from _lengths(files, style)
    yield from _balance(files, style)
    for text in _texts(files):
        yield from _avoided(files, style, text)
        yield from _unattributed(files, style, text)
    yield from _names(files, style)
    yield from _standings(files)


_Text = tuple[str, tuple[str | int, ...], int, str]
"""File, place of the value, line in the prose (0 in YAML) and the text."""


def _texts(files: Files) -> Iterator[_Text]:
    front = files.article.front
    yield "article.md", ("title",), 0, front.title
    for name in ("method", "corrections"):
        yield "article.md", (name,), 0, getattr(front, name)
    for claim in claims.claims(files.article):
        for field, text in claim.texts.items():
            yield claim.file, _loc(claim, field), 0, text
    for number, line in enumerate(files.article.prose.splitlines(), start=1):
        yield "article.md", (), number, line


def _loc(claim: Claim, field: str) -> tuple[str | int, ...]:
    return claim.loc if claim.file == "article.md" else (*claim.loc, field)


def _problem(files: Files, text: _Text, at: int, code: str, message: str, hint: str) -> Problem:
    file, loc, line, _ = text
    return files.in_prose(line, at + 1, code, message, hint) if line else files.problem(file, loc, code, message, hint)


def _avoided(files: Files, style: Style, text: _Text) -> Iterator[Problem]:
    for word, better in style.avoid.items():
        for match in re.finditer(rf"\b{re.escape(word)}\b", _without_quotations(text[3]), re.IGNORECASE):
            message = f"the house avoids `{match.group()}`"
            yield _problem(files, text, match.start(), "avoided-word", message, f"Write `{better}`.")


def _unattributed(files: Files, style: Style, text: _Text) -> Iterator[Problem]:
    """A word that needs its speaker, in a sentence that names none."""
    for sentence in _SENTENCES.finditer(text[3]):
        for word in style.attribute:
            match = re.search(rf"\b{re.escape(word)}\b", _without_quotations(sentence.group()), re.IGNORECASE)
            if match and not any(
                re.search(rf"\b{re.escape(said)}\b", sentence.group(), re.I) for said in style.attributions
            ):
                message = f"`{match.group()}` stands in a sentence that does not say who says so"
                hint = f"Name the speaker, with one of: {', '.join(style.attributions)}."
                yield _problem(files, text, sentence.start() + match.start(), "unattributed-term", message, hint)


def _without_quotations(text: str) -> str:
    """A text with its quotations blanked: they are others' words."""
    return re.sub(r"[“\"][^”\"]*[”\"]", lambda match: " " * len(match.group()), text)


def _names(files: Files, style: Style) -> Iterator[Problem]:
    """A name in a document in which it may not stand."""
    for claim in claims.claims(files.article):
        for field, text in claim.texts.items():
            for name, barred in style.names.items():
                documents = [one for one in claim.documents if one in barred and claim.prints(one, field)]
                if documents and re.search(rf"\b{re.escape(name)}\b", text):
                    message = f"the name `{name}` may not stand in the {' and the '.join(documents)}"
                    yield files.problem(
                        claim.file, _loc(claim, field), "barred-name", message, "Say who it is without the name."
                    )
    for number, line in enumerate(files.article.prose.splitlines(), start=1):
        for name, barred in style.names.items():
            if "briefing" in barred and (match := re.search(rf"\b{re.escape(name)}\b", line)):
                message = f"the name `{name}` may not stand in the briefing"
                yield files.in_prose(
                    number, match.start() + 1, "barred-name", message, "Say who it is without the name."
                )


def _lengths(files: Files, style: Style) -> Iterator[Problem]:
    """No text is longer than the design, or the house, has room for."""
    yield from _over(files, "article.md", ("title",), files.article.front.title, TITLE_CHARACTERS, "characters")
    budgets = {**BUDGETS, **{name: min(most, BUDGETS.get(name, most)) for name, most in style.lengths.items()}}
    for claim in claims.claims(files.article):
        for field, text in claim.texts.items():
            if field == "headline":
                yield from _over(files, claim.file, _loc(claim, field), text, HEADLINE_CHARACTERS, "characters")
            if field in budgets and (claim.kind, field) != ("era", "label"):
                yield from _over(files, claim.file, _loc(claim, field), text, budgets[field], "words")


def _over(files: Files, file: str, loc: tuple[str | int, ...], text: str, limit: int, unit: str) -> Iterator[Problem]:
    plain = prose.plain(text)
    length = len(plain) if unit == "characters" else len(plain.split())
    if length > limit:
        field = next(step for step in reversed(loc) if isinstance(step, str))
        message = f"`{field}` has {length} {unit}; {limit} are allowed"
        yield files.problem(file, loc, "too-long", message, f"Cut {length - limit}.")


def _balance(files: Files, style: Style) -> Iterator[Problem]:
    """The parties' positions are of equal length, within so many per cent of the longest."""
    lengths = [len(prose.plain(party.says).split()) for party in files.article.positions.parties]
    for index, length in enumerate(lengths):
        longest = max(lengths)
        if length < longest * (1 - style.balance / 100) - 1e-9:
            party = files.article.positions.parties[index].party
            message = f"the position of `{party}` has {length} words, the longest has {longest}"
            middle = round((min(lengths) + longest) / 2)
            hint = f"They may differ by {style.balance} % in length: bring each to about {middle} words."
            yield files.problem("positions.yaml", ("parties", index, "says"), "unequal-positions", message, hint)


def _standings(files: Files) -> Iterator[Problem]:
    """Only what is supported or reported is a figure or an event; what is disputed has two sides."""
    for claim in claims.claims(files.article):
        if claim.kind in ("figure", "event", "era") and claim.standing in (Standing.DISPUTED, Standing.UNCONFIRMED):
            message = f"{claim.title} is {claim.standing}: only supported and reported claims may be figures or events"
            hint = "Move it to the disputed or not known in positions.yaml, or tell it in the prose with both sides."
            yield files.problem(claim.file, (*claim.loc, "standing"), "unfit-standing", message, hint)
        elif claim.standing == Standing.DISPUTED and len(claim.sources) < 2:
            message = f"{claim.title} is disputed, and cites {'one source' if claim.sources else 'no source'}"
            yield files.problem(
                claim.file, (*claim.loc, "standing"), "one-sided", message, "Cite a source for each side."
            )
    for name, passage in prose.texts(files.article.prose).items():
        if passage.standing == Standing.DISPUTED and len(set(passage.sources)) < 2:
            message = f"the passage `{name}` is disputed, and cites {'one source' if passage.sources else 'no source'}"
            yield files.in_prose(passage.line, 1, "one-sided", message, "Tell both sides, and cite a source for each.")
