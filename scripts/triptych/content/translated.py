"""The files of a translation take the place of those of its original, while these are read."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import cast

from triptych.content import chart_files, charted, disk, drawn, fences, nodes, overlay, portions, texts
from triptych.content.errors import ContentError, Problem
from triptych.content.files import HOUSE, Translation
from triptych.content.marked import Marked
from triptych.content.model import Article, Figure, FrontMatter, Reference
from triptych.content.reading import Reading
from triptych.content.tables import Dialect
from triptych.content.texts import Text


def put_file(own: Path, name: str, house: Path, reading: Reading) -> None:
    """Put the texts of a translation in the place of those of its original, in one of the files.

    Raises ContentError if the file of the translation has no valid YAML.
    """
    under, path = reading.nodes.get(name), own / name
    if not under:
        if disk.is_there(path):
            message = f"the original has no `{name}`: there is nothing to translate"
            reading.problems.append(Problem(path, 1, 1, "no-original", message, "Remove this file."))
        return
    if name == "article.md":
        reading.lent = overlay.lent(under, reading.nodes.get(HOUSE))
        under = overlay.with_house(under, reading.nodes.get(HOUSE), house)
    reading.originals[name] = under
    over = _own(path, name, reading) if disk.is_there(path) else Marked(None)
    if name == "timeline.yaml":
        over = overlay.with_lanes(under, over)
    laid, found = overlay.laid(name, under, over, path)
    if name == "article.md" and not over.has("language"):
        laid = overlay.spoken(laid, own.resolve().name, path, over.first_line)
    reading.problems.extend(found)
    reading.texts |= texts.texts(name, over)
    reading.nodes[name] = laid


def _own(path: Path, name: str, reading: Reading) -> Marked:
    """A file of a translation. Raises ContentError if it has no valid YAML."""
    found = nodes.opened(path, headed=name == "article.md")
    bare, charts = fences.taken(found.prose)
    if found.prose.strip():
        reading.translated = bare, found.prose_line
    reading.problems.extend(_in_fence(path, found.prose_line, fence) for fence in charts if fence.yaml)
    marked, faults = found.composed()
    reading.problems.extend(faults)
    return marked


def _in_fence(path: Path, line: int, fence: fences.Fence) -> Problem:
    """The problem: a chart in the prose of a translation has its fields there."""
    message = "a chart in the prose of a translation is only its name"
    hint = f"Write `{fences.name_of(fence)}` here, and its texts in charts.yaml."
    return Problem(path, line + fence.line - 1, 1, "not-a-text", message, hint)


def put_prose(own: Path, language: str, reading: Reading) -> Translation:
    """The texts of both languages. Puts the prose of the translation in the place of the other."""
    found = _texts(own, language, reading)
    _put_prose(reading, found)
    return found


def finished(article: Article, translation: Translation) -> Article:
    """The article of a translation, which knows what of it is still in the language of the original."""
    missing = translation.missing
    return replace(
        article,
        figures=tuple(_drawn_as(one, translation) for one in article.figures),
        references=tuple(_recorded(one, translation) for one in article.references),
        original_language=translation.source,
        foreign=frozenset(key for key, one in missing.items() if not one.in_prose),
        foreign_prose=tuple(one.words for one in missing.values() if one.in_prose),
    )


def _texts(own: Path, language: str, reading: Reading) -> Translation:
    """The texts of both languages, before the prose of the translation takes the place of the other."""
    found: dict[str, Text] = {}
    for name, marked in reading.originals.items():
        found |= texts.texts(name, marked)
    found |= reading.charted
    found |= _portions(reading.prose, reading.prose_line)
    translated = _portions(*reading.translated) if reading.translated else {}
    return Translation(own, language, reading.dialect.language, found, {**reading.texts, **translated})


def _put_prose(reading: Reading, translation: Translation) -> None:
    """Put the prose of a translation in the place of the other, with what it lacks of that in between."""
    if not reading.translated:
        return
    (prose, start), ours = reading.translated, portions.portions(reading.prose)
    original, own = translation.originals_path, translation.path("article.md")
    theirs = portions.portions(prose)
    lines = [(line, (own, start + number)) for number, line in enumerate(prose.split("\n"))]
    after = {key: portion.last for key, portion in theirs.items()}
    place, late = 0, list[tuple[int, list[tuple[str, tuple[Path, int]]]]]()
    for key, portion in ours.items():
        if key in after:
            place = after[key]
            continue
        missing = portion.text.split("\n")
        numbered = [(line, (original, reading.prose_line + portion.line - 1 + n)) for n, line in enumerate(missing)]
        late.append((place, [("", numbered[0][1]), *numbered, ("", numbered[-1][1])]))
    for place, more in reversed(late):
        lines[place:place] = more
    reading.prose, reading.prose_line = "\n".join(line for line, _ in lines), start
    reading.prose_lines = tuple(at for _, at in lines)


def put_charts(own: Path, reading: Reading) -> None:
    """Give each chart the texts of a translation, which stand in its `charts.yaml`, by the name of the chart."""
    path = own / "charts.yaml"
    for one, (head, rows) in zip(reading.charts, reading.cells, strict=True):
        place = chart_files.place(one, reading)
        reading.charted |= {text.key: text for text in texts.of_chart(one.chart, head, rows, place)}
    over = Marked(None)
    try:
        if disk.is_there(path):
            over = _own(path, "charts.yaml", reading)
    except ContentError as error:
        reading.problems.extend(error.problems)
    known = {key: text.loc for key, text in reading.charted.items()}
    reading.problems.extend(overlay.faults("charts.yaml", known, over, path))
    given = texts.texts("charts.yaml", over)
    reading.texts |= given
    words = {key: text.words for key, text in given.items()}
    front = cast(FrontMatter | None, reading.models.get("article.md"))
    language = Dialect(front.language if front else own.resolve().name)
    for index, (one, (head, rows)) in enumerate(zip(reading.charts, reading.cells, strict=True)):
        chart, titles, named = texts.in_translation(one.chart, head, rows, words)
        dialect = reading.dialect
        with suppress(charted.Faulty):  # it was read before, with the words of the original
            read = charted.table(chart, titles, named, dialect.locale, dialect.order, language.locale)
            read = charted.marking(read, getattr(reading.models.get("timeline.yaml"), "events", ()))
            reading.charts[index] = replace(read, file=one.file, loc=one.loc)


def _drawn_as(figure: Figure, translation: Translation) -> Figure:
    """A figure of a translation with the bar of its original, however the translation writes its value."""
    original = translation.originals.get(f"figures.{figure.id}.value")
    if not original or figure.drawn or not figure.of:
        return figure
    return figure.model_copy(update={"drawn": drawn.of_value(original.words)})


def _recorded(reference: Reference, translation: Translation) -> Reference:
    """A source whose title stays as it is, in the language of the original if its record names none."""
    named = "language" in (reference.model_extra or {})
    if named or f"references.{reference.id}.title" in translation.texts:
        return reference
    return reference.model_copy(update={"language": translation.source})


def _portions(prose: str, line: int) -> dict[str, Text]:
    """The portions of the prose as texts."""
    return {
        key: Text(key, "article.md", (), (line + portion.line - 1, 1), portion.text, not portion.is_chart)
        for key, portion in portions.portions(prose).items()
    }
