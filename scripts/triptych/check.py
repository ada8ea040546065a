"""An article becomes the list of its problems: names that lead nowhere, names given twice, budgets passed.

Pure: it reads nothing and prints nothing.
"""

import difflib
from collections.abc import Iterable, Iterator

from triptych import prose
from triptych.errors import Problem
from triptych.model import Traced
from triptych.read import Files

TITLE_CHARACTERS = 60
HEADLINE_CHARACTERS = 55
DECK_WORDS = 35
SUMMARY_WORDS = 28
LABEL_WORDS = 6
BASIS_WORDS = 12


def problems(files: Files) -> tuple[Problem, ...]:
    """Every problem, in file order."""
    return tuple(sorted(problem for rule in RULES for problem in rule(files)))


def citations_exist(files: Files) -> Iterator[Problem]:
    """Every cited key is a source."""
    keys = {reference.id for reference in files.article.references}
    for problem_path, line, key in _citations(files):
        if key not in keys:
            yield Problem(
                files.path(problem_path), line, f"source `{key}` is cited but not in sources.yaml", _nearest(key, keys)
            )


def passages_exist(files: Files) -> Iterator[Problem]:
    """Every passage that an event, figure or position names is in the prose."""
    names = {mention.name for mention in prose.passages(files.article.prose)}
    for path, field, index, traced in _traced(files):
        for number, name in enumerate(traced.passages):
            if name not in names:
                line = files.line(path, field, index, "passages", number)
                yield Problem(files.path(path), line, f"passage `{name}` is not in article.md", _nearest(name, names))


def names_are_unique(files: Files) -> Iterator[Problem]:
    """No id and no passage is given twice."""
    article = files.article
    for path, field, names in (
        ("timeline.yaml", "events", [event.id for event in article.events]),
        ("figures.yaml", "figures", [figure.id for figure in article.figures]),
        ("sources.yaml", "references", [reference.id for reference in article.references]),
    ):
        for index, name in enumerate(names):
            if name in names[:index]:
                yield Problem(
                    files.path(path),
                    files.line(path, field, index, "id"),
                    f"id `{name}` is given twice",
                    "Give each its own.",
                )
    seen: set[str] = set()
    for mention in prose.passages(article.prose):
        if mention.name in seen:
            line = files.prose_line + mention.line - 1
            yield Problem(
                files.path("article.md"), line, f"passage `{mention.name}` is named twice", "Give each its own name."
            )
        seen.add(mention.name)


def texts_keep_their_budget(files: Files) -> Iterator[Problem]:
    """No text is longer than the design has room for."""
    front, article = files.article.front, files.article
    yield from _over(files, "article.md", ("title",), front.title, characters=TITLE_CHARACTERS)
    yield from _over(files, "article.md", ("deck",), front.deck, words=DECK_WORDS)
    if front.factsheet_deck:
        yield from _over(files, "article.md", ("factsheet-deck",), front.factsheet_deck, words=DECK_WORDS)
    for index, event in enumerate(article.events):
        yield from _over(
            files, "timeline.yaml", ("events", index, "headline"), event.headline, characters=HEADLINE_CHARACTERS
        )
        yield from _over(files, "timeline.yaml", ("events", index, "summary"), event.summary, words=SUMMARY_WORDS)
    for index, figure in enumerate(article.figures):
        yield from _over(files, "figures.yaml", ("figures", index, "label"), figure.label, words=LABEL_WORDS)
        yield from _over(files, "figures.yaml", ("figures", index, "basis"), figure.basis, words=BASIS_WORDS)


RULES = (citations_exist, passages_exist, names_are_unique, texts_keep_their_budget)


def _over(
    files: Files, path: str, loc: tuple[str | int, ...], text: str, *, characters: int = 0, words: int = 0
) -> Iterator[Problem]:
    plain = prose.plain(text)
    length, limit, unit = (len(plain), characters, "characters") if characters else (len(plain.split()), words, "words")
    if length > limit:
        yield Problem(
            files.path(path),
            files.line(path, *loc),
            f"`{loc[-1]}` has {length} {unit}; {limit} are allowed",
            f"Cut {length - limit}.",
        )


def _nearest(name: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, names, n=1)
    return f"Did you mean `{near[0]}`?" if near else ""


def _traced(files: Files) -> Iterator[tuple[str, str, int, Traced]]:
    """File, field and index of everything that names sources and passages."""
    article, positions = files.article, files.article.positions
    for path, field, items in (
        ("figures.yaml", "figures", article.figures),
        ("timeline.yaml", "events", article.events),
        ("timeline.yaml", "eras", article.eras),
        ("positions.yaml", "parties", positions.parties),
        ("positions.yaml", "agreed", positions.agreed),
        ("positions.yaml", "disputed", positions.disputed),
        ("positions.yaml", "not-known", positions.not_known),
    ):
        yield from ((path, field, index, item) for index, item in enumerate(items))


def _citations(files: Files) -> Iterator[tuple[str, int, str]]:
    """File, line and key of every citation."""
    front = files.article.front
    lines: list[tuple[tuple[str | int, ...], str]] = [
        (("deck",), front.deck),
        (("factsheet-deck",), front.factsheet_deck or ""),
        *((("in-brief", index), sentence) for index, sentence in enumerate(front.in_brief)),
        (("method",), front.method),
        (("corrections",), front.corrections),
        (("support", "note"), front.support.note if front.support else ""),
    ]
    for loc, text in lines:
        yield from (("article.md", files.line("article.md", *loc), mention.name) for mention in prose.citations(text))
    for mention in prose.citations(files.article.prose):
        yield "article.md", files.prose_line + mention.line - 1, mention.name
    for path, field, index, traced in _traced(files):
        for name, text in traced.texts.items():
            line = files.line(path, field, index, name)
            yield from ((path, line, mention.name) for mention in prose.citations(text))
        for number, key in enumerate(traced.sources):
            yield path, files.line(path, field, index, "sources", number), key
    for index, resource in enumerate(front.support.resources if front.support else ()):
        line = files.line("article.md", "support", "resources", index, "description")
        yield from (("article.md", line, mention.name) for mention in prose.citations(resource.description))
        for number, key in enumerate(resource.sources):
            yield "article.md", files.line("article.md", "support", "resources", index, "sources", number), key
