"""An article becomes problems of its references: missing targets, repeated names, unsuitable pictures."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path
from urllib.parse import unquote

from PIL import Image, UnidentifiedImageError

from triptych.content import claims, leftovers, prose, read
from triptych.content.errors import Problem
from triptych.content.kinds import KINDS
from triptych.content.read import PROSE, Files, Loc
from triptych.content.units import MM_PER_INCH
from triptych.design.where import Templates

PICTURE_WIDTH = 125.0
"""Width of the briefing's text in mm: the largest printed width of a picture."""
LEAST_RESOLUTION = 150
"""Least resolution of a printed picture, in pixels per inch: below it the picture looks coarse."""
CSS_RESOLUTION = 96
"""Resolution of a picture that is narrower than the text, in pixels per inch (CSS Values and Units, 6.2)."""


def unresolved(files: Files) -> Iterator[Problem]:
    """Every reference without a target, every repeated name, every picture that would print badly."""
    cited = list(_cited(files))
    yield from _citations(files, cited)
    yield from _passages(files)
    yield from _repeated(files)
    yield from _links(files)
    yield from _unread(files)
    yield from _pictures(files)
    if not files.faulty:
        yield from _nothing(files)
        yield from _unused(files, {key for _, _, key in cited})
        yield from _untraced(files)


def untranslated(files: Files, templates: Templates) -> Iterator[Problem]:
    """A language that the fixed words of the documents are not in."""
    known = sorted(Path(name).stem for name in templates.files("words"))
    name = files.article.front.language.split("-")[0].lower()
    if name not in known:
        message = f"there are no words for the language `{files.article.front.language}`; known: {', '.join(known)}"
        hint = f"Copy templates/words/en.yaml to templates/words/{name}.yaml and translate it."
        yield files.problem("article.md", ("language",), "no-words", message, hint)


def _nothing(files: Files) -> Iterator[Problem]:
    """An article of which no document can be made."""
    if not any(kind.needs & files.article.parts for kind in KINDS.values()):
        hint = "Write prose below the head of article.md, or events in timeline.yaml."
        file = "article.md" if "article.md" in files.nodes else "timeline.yaml"
        yield files.problem(
            file, ("title",), "nothing-to-print", "the article has nothing to print but its title", hint
        )


def _citations(files: Files, cited: Sequence[tuple[str, Loc, str]]) -> Iterator[Problem]:
    """Citations of sources that do not exist."""
    keys = {reference.id for reference in files.article.references}
    if "sources.yaml" in files.faulty and not keys:
        return
    for file, loc, key in cited:
        if key not in keys:
            message = f"source `{key}` is cited but not in sources.yaml"
            yield files.problem(file, loc, "unknown-source", message, _nearest(key, keys))


def _cited(files: Files) -> Iterator[tuple[str, Loc, str]]:
    """File, location and key of every citation. `@name` in a sentence is one if a source has about that name."""
    keys = {reference.id for reference in files.article.references}
    for mention in prose.citations(files.article.prose):
        if not mention.named or _nearest(mention.name, keys):
            yield "article.md", (PROSE, mention.line, mention.column), mention.name
    for file, loc, text in _texts(files):
        for mention in prose.citations(text):
            if not mention.named or _nearest(mention.name, keys):
                yield file, loc, mention.name
    for claim in claims.claims(files.article):
        yield from ((claim.file, (*claim.loc, "sources", number), key) for number, key in enumerate(claim.sources))
    support = files.article.front.support
    for index, resource in enumerate(support.resources if support else ()):
        for number, key in enumerate(resource.sources):
            yield "article.md", ("support", "resources", index, "sources", number), key


def _texts(files: Files) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    """File, location and text of every line of Markdown outside the prose."""
    front = files.article.front
    yield "article.md", ("method",), front.method or ""
    yield "article.md", ("corrections",), front.corrections or ""
    yield "article.md", ("contact",), front.contact or ""
    if front.support:
        yield "article.md", ("support", "note"), front.support.note or ""
        for index, resource in enumerate(front.support.resources):
            yield "article.md", ("support", "resources", index, "description"), resource.description or ""
    for claim in claims.claims(files.article):
        for field, text in claim.texts.items():
            yield claim.file, claim.loc if claim.file == "article.md" else (*claim.loc, field), text


def _passages(files: Files) -> Iterator[Problem]:
    """Passages that a claim names but the prose does not have."""
    names = {mention.name for mention in prose.passages(files.article.prose)}
    if "article.md" in files.faulty and not names:
        return
    for claim in claims.claims(files.article):
        for number, name in enumerate(claim.passages):
            if name not in names:
                loc = (*claim.loc, "passages", number)
                message = f"passage `{name}` is not in article.md"
                yield files.problem(claim.file, loc, "unknown-passage", message, _nearest(name, names))


def _repeated(files: Files) -> Iterator[Problem]:
    """Ids and names of passages that are used more than once."""
    article = files.article
    for file, field, names in (
        ("timeline.yaml", "events", [event.id for event in article.events]),
        ("figures.yaml", "figures", [figure.id for figure in article.figures]),
        ("sources.yaml", "references", [reference.id for reference in article.references]),
    ):
        for index, name in enumerate(names):
            if name and name in names[:index]:
                message = f"id `{name}` is used twice"
                yield files.problem(file, (field, index, "id"), "repeated-id", message, "Give each its own id.")
    seen: set[str] = set()
    for mention in prose.passages(article.prose):
        if mention.name in seen:
            message = f"passage name `{mention.name}` is used twice"
            yield files.in_prose(mention.line, mention.column, "repeated-passage", message, "Give each its own name.")
        seen.add(mention.name)


_LINK = re.compile(r"(?<!!)\[[^\]]*\]\((#?[^)\s]*)[^)]*\)|<a\s[^<>]*?href=[\"']?(#[^\"'\s>]*)[^<>]*>", re.IGNORECASE)
_PICTURE = re.compile(r"!\[([^\]]*)\]\(<?((?<=<)[^>]+|[^<)\s]+)[^)]*\)")


def _links(files: Files) -> Iterator[Problem]:
    """Links to passages that do not exist, and links that are not web addresses."""
    names = prose.targets(files.article.prose)
    for number, line in enumerate(files.article.prose.splitlines(), start=1):
        for match in _LINK.finditer(line):
            target = match.group(1) or match.group(2) or ""
            column = match.start(match.lastindex or 1) + 1
            if target.startswith("#"):
                if unquote(target[1:]) not in names:
                    message = f"the link leads to `{target}`, and no passage or heading has that name"
                    yield files.in_prose(number, column, "broken-link", message, _nearest(target[1:], names))
            elif not re.match(r"(https?://[\w-]+\.[\w.-]+|mailto:\S+@)", target):
                message = f"the link leads to `{target}`, which is not a web address"
                hint = "Write https:// and the address, or # and the name of a passage."
                yield files.in_prose(number, column, "broken-link", message, hint)


def _unread(files: Files) -> Iterator[Problem]:
    """What the prose writes that would print as it is typed, or not at all."""
    for mention, kind in leftovers.unread(files.article.prose):
        message = f"`{mention.name}` is not understood: {kind}"
        hint = "Write it in a way that docs/author.md lists, or as code, between two `, to print it as it is."
        yield files.in_prose(mention.line, mention.column, "not-understood", message, hint)


def _pictures(files: Files) -> Iterator[Problem]:
    """Pictures that are missing, have no alternative text, or have too few pixels for their printed width."""
    for number, line in enumerate(files.article.prose.splitlines(), start=1):
        for match in _PICTURE.finditer(line):
            alternative, name = match.groups()
            if not alternative.strip():
                message = f"the picture `{name}` has no description for readers who cannot see it"
                hint = "Write what it shows between the square brackets."
                yield files.in_prose(number, match.start(1) + 1, "no-alternative", message, hint)
            if found := _unfit(files, name):
                yield files.in_prose(number, match.start(2) + 1, *found)


def _unfit(files: Files, name: str) -> tuple[str, str, str] | None:
    """Code, message and hint for a picture that would print badly; None for a good one."""
    name = unquote(name)
    path = files.path(name)
    if "://" in name:
        return "missing-picture", f"the picture `{name}` is on the web", "Put the file into the article's folder."
    if not path.is_file():
        near = _nearest(name, [file.name for file in files.folder.iterdir()])
        return "missing-picture", f"the picture `{name}` is not in the article's folder", near
    if not read.inside(files.folder, name):
        message = f"the picture `{name}` is a link that leads out of the article's folder"
        return "missing-picture", message, "Put the file itself into the folder."
    if path.suffix.lower() == ".svg":
        return None
    try:
        with Image.open(path) as picture:
            width = picture.width
    except (UnidentifiedImageError, OSError):
        return "missing-picture", f"`{name}` cannot be read as a picture", "Save it again as PNG, JPEG or SVG."
    printed = min(PICTURE_WIDTH, width / CSS_RESOLUTION * MM_PER_INCH)
    resolution = width / (printed / MM_PER_INCH)
    if printed == PICTURE_WIDTH and resolution < LEAST_RESOLUTION:
        least = round(LEAST_RESOLUTION * PICTURE_WIDTH / MM_PER_INCH)
        size = f"{width} pixels for {printed:.0f} mm, {resolution:.0f} per inch"
        message = f"the picture `{name}` has {size}: it looks coarse in print"
        return "coarse-picture", message, f"Use a picture that is at least {least} pixels wide."
    return None


def _unused(files: Files, cited: Set[str]) -> Iterator[Problem]:
    """Sources that nothing cites, as warnings."""
    for index, reference in enumerate(files.article.references):
        if reference.id not in cited:
            message = f"source `{reference.id}` is never cited, so it is not printed"
            hint = "Cite it, or remove it."
            yield files.problem(
                "sources.yaml", ("references", index, "id"), "unused-source", message, hint, warning=True
            )


def _untraced(files: Files) -> Iterator[Problem]:
    """Claims that name no passage, and claims that cite no source. What is not known needs no source.

    An article without any named passage needs none, one without sources cites none.
    """
    names_passages = bool(prose.texts(files.article.prose))
    for claim in claims.claims(files.article):
        if claim.file == "article.md":
            continue
        if not claim.passages and names_passages:
            message, hint = f"{claim.title} names no passage", "Add `passages: […]` with the passage that says it."
            yield files.problem(claim.file, claim.loc, "no-passage", message, hint)
        if not claim.sources and claim.kind != "not known" and files.article.references:
            message, hint = f"{claim.title} cites no source", "Add `sources: […]` with the source that says it."
            yield files.problem(claim.file, claim.loc, "no-source", message, hint)


def _nearest(name: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, names, n=1)
    return f"Did you mean `{near[0]}`?" if near else ""
