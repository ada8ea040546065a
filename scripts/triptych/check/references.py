"""An article becomes problems of its references: missing targets, repeated names, unsuitable pictures."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence, Set
from urllib.parse import unquote

from triptych.content import claims, disk, leftovers, logos, pictures, prose, uses
from triptych.content.errors import Problem
from triptych.content.files import PROSE, Files
from triptych.content.kinds import KINDS
from triptych.content.marked import Loc
from triptych.content.units import MM_PER_INCH
from triptych.design.sheets import sheet


def unresolved(files: Files) -> Iterator[Problem]:
    """Every reference without a target, every repeated name, every picture that would print badly."""
    cited = list(_cited(files))
    yield from _citations(files, cited)
    yield from _passages(files)
    yield from _repeated(files)
    yield from _links(files)
    yield from _unread(files)
    yield from _pictures(files)
    yield from _logos(files)
    if not files.faulty:
        yield from _nothing(files)
        yield from _unused(files, {key for _, _, key in cited})
        yield from _untraced(files)


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
        known: set[str] = set()
        for index, name in enumerate(names):
            if name and name in known:
                message = f"id `{name}` is used twice"
                yield files.problem(file, (field, index, "id"), "repeated-id", message, "Give each its own id.")
            known.add(name)
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
    """Pictures that are missing or broken, have no alternative text, or have too few dots to fill the text."""
    found = set()
    shown = [*dict.fromkeys(prose.pictures(files.article.prose))]
    for number, line in enumerate(files.article.prose.splitlines(), start=1):
        for match in _PICTURE.finditer(line):
            alternative, name = match.groups()
            found.add(unquote(name))
            if not alternative.strip():
                message = f"the picture `{name}` has no description for readers who cannot see it"
                hint = "Write what it shows between the square brackets."
                yield files.in_prose(number, match.start(1) + 1, "no-alternative", message, hint)
            yield from _unfit(files, name, number, match.start(2) + 1)
    for address in shown:
        name = unquote(address.removeprefix(prose.ASSETS))
        if name not in found | {one.removeprefix("./") for one in found}:
            yield from _unfit(files, name, *_first(files.article.prose, name))
    for address in dict.fromkeys(one for one in uses.addresses(files.article) if one not in shown):
        written = address.removeprefix(prose.ASSETS)
        name = unquote(written)
        if unprintable := _missing(files, name) or _broken(files, name):
            yield files.located((name, written), "missing-picture", *unprintable)
        else:
            yield from _coarse(files, name, written)


def _coarse(files: Files, name: str, written: str) -> Iterator[Problem]:
    """The picture of the article or of an event, if it has too few dots for its place on the sheet."""
    if files.path(name).suffix.lower() in (".svg", ".pdf"):
        return
    size = pictures.dots(files.path(name))
    for where, room in _rooms(files, name):
        if size[0] < (least := pictures.least_dots(*size, room)):
            width = size[0] / pictures.RESOLUTION * MM_PER_INCH
            message = f"the picture `{name}` has {size[0]} dots across: {where} it prints only {width:.0f} mm wide"
            hint = f"Use a picture that is at least {least} dots wide."
            otherwise = "article.md" if where == AT_THE_HEAD else "timeline.yaml"
            yield files.located((name, written), "coarse-picture", message, hint, otherwise, warning=True)


AT_THE_HEAD = "at the head of the briefing"


def _rooms(files: Files, name: str) -> Iterator[tuple[str, tuple[float, float]]]:
    """Where a picture is shown, and its room there in mm."""
    front, events = files.article.front, files.article.events
    if front.lead and front.lead.image == name:
        yield AT_THE_HEAD, pictures.LEAD
    if any(event.image == name for event in events):
        scale = sheet(front.sheet).scale
        yield f"on a poster of {front.sheet}", (pictures.CARD[0] * scale, pictures.CARD[1] * scale)


def _logos(files: Files) -> Iterator[Problem]:
    """The logos of the house that cannot be printed, or whose name a file of the article has."""
    for field in logos.FIELDS:
        if not (path := logos.path(files, field)):
            continue
        loc = (field.replace("_", "-"),)
        try:
            body = logos.drawn(path)
        except pictures.Faulty as error:
            message = f"the logo `{path.name}` cannot be printed: {error}"
            yield files.problem(
                "article.md", loc, "missing-picture", message, "Save it as SVG beside the file that names it."
            )
            continue
        own = files.folder / path.name
        if own.is_file() and own.read_bytes() != body:
            message = f"the logo `{path.name}` has the name of another file in the folder of the article"
            yield files.problem("article.md", loc, "missing-picture", message, "Give one of them another name.")


def _first(text: str, name: str) -> tuple[int, int]:
    """Line and column from 1 of the first place of a name in a text."""
    before = text[: max(text.find(name), 0)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _unfit(files: Files, name: str, line: int, column: int) -> Iterator[Problem]:
    """The problem of a picture that cannot be printed, or that prints smaller than the text is wide."""
    name = unquote(name)
    if found := _missing(files, name) or _broken(files, name):
        yield files.in_prose(line, column, "missing-picture", *found)
    elif files.path(name).suffix.lower() != ".svg":
        size = pictures.dots(files.path(name))
        if width := pictures.coarse_width(*size):
            message = f"the picture `{name}` has {size[0]} dots across: it prints only {width:.0f} mm wide"
            hint = f"Use a picture that is at least {pictures.least_dots(*size)} dots wide, or keep it small."
            yield files.in_prose(line, column, "coarse-picture", message, hint, warning=True)


def _missing(files: Files, name: str) -> tuple[str, str] | None:
    """Message and hint for a picture that is not in the article's folder."""
    if "://" in name:
        return f"the picture `{name}` is on the web", "Put the file into the article's folder."
    if not files.path(name).is_file():
        near = _nearest(name, [file.name for file in files.folder.iterdir()])
        return f"the picture `{name}` is not in the article's folder", near
    if not disk.inside(files.folder, name):
        return f"the picture `{name}` is a link that leads out of the article's folder", "Put the file itself there."
    return None


def _broken(files: Files, name: str) -> tuple[str, str] | None:
    """Message and hint for a picture that cannot be printed."""
    path = files.path(name)
    if path.suffix.lower() not in pictures.TYPES:
        kinds = ", ".join(sorted(pictures.TYPES))
        return f"the picture `{name}` is of a type that cannot be printed; {kinds} can", "Save it again as one of them."
    try:
        pictures.check(path, path.read_bytes())
    except pictures.Faulty as error:
        return f"the picture `{name}` cannot be printed: {error}", "Save it again as PNG, JPEG, SVG or PDF."
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
        if claim.file == "article.md" and claim.kind != "chart":
            continue
        if not claim.passages and names_passages and claim.kind != "chart":
            yield _lacking(files, claim, "no-passage", "names no passage", "passages", "passage")
        if not claim.sources and claim.kind != "not known" and files.article.references:
            yield _lacking(files, claim, "no-source", "cites no source", "sources", "source")


def _lacking(files: Files, claim: claims.Claim, code: str, what: str, field: str, one: str) -> Problem:
    """The problem of an entry with an empty list, at the empty cell where it stands in a table."""
    tabled = claim.file in files.tables
    hint = f"Fill in its cell of the column `{field}`" if tabled else f"Add `{field}: […]`"
    loc = (*claim.loc, field) if tabled else claim.loc
    return files.problem(claim.file, loc, code, f"{claim.title} {what}", f"{hint} with the {one} that says it.")


def _nearest(name: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, names, n=1)
    return f"Did you mean `{near[0]}`?" if near else ""
