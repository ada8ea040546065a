"""The briefing is measured, and then set as was told from that."""

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import pytest
from markupsafe import Markup

from tests import tiny
from tests.conftest import HARROWBY, TEMPLATES, ArticleCopy
from tests.test_charts import SUNDAYS
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.compose import views, words
from triptych.compose.html import MeasuredPart
from triptych.compose.views import ArticleView
from triptych.compose.words import Words
from triptych.content.kinds import Paper
from triptych.content.units import MM_PER_POINT
from triptych.design.sizes import BRIEFING_TYPE, BriefingType
from triptych.documents import briefing, copyfit
from triptych.documents.workshop import Workshop
from triptych.timeline.columns import briefing_columns
from triptych.typeset.pages import Pages


@pytest.mark.slow
def test_a_briefing_is_measured_once_and_set_once(article_copy: ArticleCopy, layouts: Sequence[Pages]) -> None:
    """What is told of its pages is true: another setting would follow where it is not."""
    (document,) = pipeline.documents(article_copy.folder, Order(("briefing",)), TEMPLATES)
    assert [one.count for one in layouts] == [1, document.pages]


def test_what_is_longer_than_a_hundred_pages_is_measured_on_one() -> None:
    workshop = pipeline.workshop(HARROWBY, Order(("briefing",)), TEMPLATES)
    tall = MeasuredPart("tall", Markup('<div style="height: 60000mm"></div>'), "10mm")
    own = copyfit.properties(workshop, BRIEFING_TYPE[0])
    found = workshop.heights("briefing", workshop.view, workshop.paper, own, [tall])
    assert found == {"tall": pytest.approx(60_000)}


def test_a_note_counts_on_the_page_where_its_passage_begins() -> None:
    anchors = [("a", 1), ("b", 1), ("c", 1), ("c", 2), ("d", 2), ("e", 2), ("f", 2), ("g", 2)]
    assert copyfit.too_many(anchors) == {"g"}


@pytest.mark.slow
def test_an_article_without_parties_has_a_briefing_without_their_table(article_copy: ArticleCopy) -> None:
    (article_copy.folder / "positions.yaml").write_text("parties: []\n", encoding="utf-8")
    (document,) = pipeline.documents(article_copy.folder, Order(("briefing",)), TEMPLATES)
    assert document.pages == 5


LOOSEST, MIDDLE, TIGHTEST = BRIEFING_TYPE
FIGURES_FIRST, PARTIES_SECOND, TIMELINE_FIRST, TIMELINE_LAST = copyfit.ORDERS
LINE = LOOSEST.leading * MM_PER_POINT
"""Of the loosest type, in mm."""


@pytest.mark.parametrize(
    ("whole", "bare", "set_in", "bars"),
    [
        pytest.param((5.8, 6), (5.4, 6), ["whole"], True, id="short enough"),
        pytest.param((6.2, 6), (5.9, 6), ["whole"], True, id="forecast a little too long"),
        pytest.param((6.2, 7), (5.9, 6), ["whole", "bare"], False, id="a little too long"),
        pytest.param((6.2, 7), (5.9, 7), ["whole", "bare"], True, id="too long either way"),
        pytest.param((6.2, 7), (6.4, 7), ["whole"], True, id="far too long without bars, too"),
        pytest.param((6.6, 7), (5.9, 6), ["bare"], False, id="far too long with bars"),
        pytest.param((6.6, 7), (5.9, 7), ["bare", "whole"], True, id="far too long with bars, and too long without"),
        pytest.param((6.6, 7), (6.4, 7), ["whole"], True, id="far too long either way"),
        pytest.param((math.inf, 50), (5.9, 6), ["whole"], True, id="so long that it is not measured"),
    ],
)
def test_the_bars_go_only_where_that_makes_it_short_enough(
    whole: tuple[float, int], bare: tuple[float, int], set_in: list[str], bars: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is the forecast of its length, and the pages that it takes. What is far too long is not set in vain."""
    sundays = pipeline.workshop(SUNDAYS, Order(), TEMPLATES)
    tried: list[str] = []
    no_timeline: Any = None

    def forecast(shop: Workshop) -> briefing._Forecast:
        length = (whole if shop.view.has_tracks else bare)[0]
        design = copyfit.Design(BRIEFING_TYPE[-1], (), {}, None, 7, length=length)
        return briefing._Forecast(shop, no_timeline, iter(()), design)

    def best(shop: Workshop, designs: Iterable[copyfit.Design], drawn: object) -> tuple[copyfit.Design, object]:
        tried.append("whole" if shop.view.has_tracks else "bare")
        return next(iter(designs)), SimpleNamespace(count=(whole if shop.view.has_tracks else bare)[1])

    monkeypatch.setattr(briefing, "_forecast", forecast)
    monkeypatch.setattr(briefing, "_best", best)
    assert briefing._laid_out(sundays)[0].view.has_tracks == bars
    assert tried == set_in


@dataclass(frozen=True, slots=True)
class Invented:
    """Heights in mm of a briefing's texts in the loosest type; pages of A4 hold 259 mm, and then 251 mm each."""

    prose: Sequence[float] = (100,)
    """Of each paragraph, named p0, p1 and so on."""
    notes: Mapping[str, float] = field(default_factory=dict)
    """Of a key figure in the margin, by the paragraph beside which it stands."""
    overhang: float = 0
    """Height by which the margin notes reach below the prose, where all stand below each other to be measured."""
    figures: float = 10
    timeline: float = 50
    parties: float = 10
    status: float = 10
    sources: Sequence[float] = (10, 10)
    really: Mapping[BriefingType, float] = field(default_factory=dict)
    """Height of the prose in a type, as a share of what is to be expected."""

    def view(self, workshop: Workshop) -> ArticleView:
        passages = [f"text [@s{n}]" for n, _ in enumerate(self.sources)]
        passages += [f"text {{#p{n}}}" for n, _ in enumerate(self.prose)]
        figures = [{"id": f"figure-{name}", "passages": [name]} for name in self.notes] or [{"id": "figure"}]
        article = tiny.article(
            "\n\n".join(passages),
            figures=figures,
            positions={"parties": [{"party": "one", "says": "so"}]},
            references=[{"id": f"s{n}"} for n, _ in enumerate(self.sources)],
        )
        return views.printable(article, workshop.view.words, TEMPLATES.file("sources.csl"))

    def edges(self, text: BriefingType) -> copyfit.Edges:
        """As if it had been measured in a type."""
        larger = text.relative(LOOSEST) * self.really.get(text, 1.0)
        names = list(self.notes) or [""]
        rows = [f"claim-figure-figure{f'-{name}' if name else ''}" for name in names]
        found = stacked("part-front", {"": 0.0})
        found |= stacked("part-prose", {f"p{n}": height * larger for n, height in enumerate(self.prose)})
        found["section-prose"] = found["part-prose"]
        found["part-prose"] = (0.0, found["section-prose"][1] + self.overhang)
        found |= stacked("part-figures", {row: self.figures / len(rows) for row in rows})
        found |= stacked("part-parties", {"claim-party-1": self.parties})
        for name, height in (("timeline", self.timeline), ("status", self.status), ("sources", 0.0), ("colophon", 0.0)):
            found[f"part-{name}"] = (0.0, height)
        for name in ("figures", "parties"):
            found[f"section-{name}"] = found[f"table-{name}"] = (0.0, 0.0)
        found |= {f"note-figure-{name}": (0.0, height) for name, height in self.notes.items()}
        smaller = text.sources_leading / LOOSEST.sources_leading
        return found | {f"part-source-s{n}": (0.0, height * smaller) for n, height in enumerate(self.sources)}


def stacked(part: str, heights: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """The edges of a part and of what stands in it, one below the other."""
    ends = list(itertools.accumulate(heights.values()))
    edges = {name: (end - height, end) for (name, height), end in zip(heights.items(), ends, strict=True)}
    return edges | {part: (0.0, ends[-1])}


@pytest.fixture(scope="module")
def desk() -> Workshop:
    return pipeline.workshop(HARROWBY, Order(("briefing",)), TEMPLATES)


@dataclass(frozen=True, slots=True)
class Tried:
    """The designs that are tried, and the types in which more is measured for that."""

    designs: Sequence[copyfit.Design]
    measured: Sequence[BriefingType]


def tried(desk: Workshop, invented: Invented) -> Tried:
    measured: list[BriefingType] = []

    def edges(_: Workshop, *values: Any) -> copyfit.Edges:
        (text,) = (one for one in BRIEFING_TYPE if one.properties.items() <= values[3].items())
        measured.append(text)
        return invented.edges(text)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Workshop, "edges", edges)
        workshop = replace(desk, view=invented.view(desk))
        columns = briefing_columns(174, 100)
        return Tried(list(copyfit.designs(workshop, invented.edges(LOOSEST), columns, (0.0,))), measured)


def test_what_holds_on_six_pages_is_set_in_the_loosest_type_at_once(desk: Workshop) -> None:
    first = tried(desk, Invented()).designs[0]
    assert (first.text, first.order) == (LOOSEST, FIGURES_FIRST)
    assert first.sources is not None


def test_margin_notes_that_reach_below_the_measured_prose_take_no_room(desk: Workshop) -> None:
    assert tried(desk, Invented([100], overhang=200)).designs[0].pages == tried(desk, Invented([100])).designs[0].pages


@pytest.mark.parametrize(
    ("invented", "order"),
    [
        pytest.param(Invented(), FIGURES_FIRST, id="where all orders leave as much white"),
        pytest.param(
            Invented([150], figures=30, timeline=120, parties=50, status=40), PARTIES_SECOND, id="a page is filled"
        ),
        pytest.param(
            Invented([150], figures=80, timeline=100, parties=100), TIMELINE_FIRST, id="the timeline fits first"
        ),
        pytest.param(
            Invented([100], figures=40, timeline=200, parties=40, status=60), TIMELINE_LAST, id="it fits last"
        ),
    ],
)
def test_the_sections_stand_in_the_order_that_leaves_least_white(
    desk: Workshop, invented: Invented, order: Sequence[str]
) -> None:
    assert tried(desk, invented).designs[0].order == order


def long(count: float) -> Invented:
    """A briefing of so many pages in the loosest type; some 90 mm are not prose."""
    return Invented([LINE * round((259 + 251 * (count - 1) - 90) / LINE)])


@pytest.mark.parametrize(
    ("count", "types", "measured"),
    [
        pytest.param(5.9, [LOOSEST, MIDDLE, TIGHTEST], [MIDDLE, TIGHTEST], id="six pages in the loosest"),
        pytest.param(6.1, [MIDDLE, TIGHTEST], [MIDDLE, TIGHTEST], id="six in the middle one"),
        pytest.param(6.5, [TIGHTEST], [MIDDLE, TIGHTEST], id="little more than six in the middle one"),
        pytest.param(6.9, [TIGHTEST], [TIGHTEST], id="far more than six in the middle one"),
        pytest.param(9.0, [TIGHTEST], [TIGHTEST], id="more than six in any: the tightest, and longer"),
    ],
)
def test_type_is_smaller_only_where_it_must_be(
    desk: Workshop, count: float, types: Sequence[BriefingType], measured: Sequence[BriefingType]
) -> None:
    """What may be measured in vain is measured only where it may hold."""
    found = tried(desk, long(count))
    assert list(dict.fromkeys(design.text for design in found.designs)) == types
    assert found.measured == measured


def test_a_type_that_is_lower_than_was_guessed_is_taken(desk: Workshop) -> None:
    assert tried(desk, replace(long(6.5), really={MIDDLE: 0.9})).designs[0].text == MIDDLE


@pytest.mark.parametrize(
    ("notes", "whole", "kept"),
    [
        pytest.param({"p0": 20, "p1": 20, "p2": 20}, ["p0", "p1", "p2"], ["p0", "p1", "p2"], id="three on a page"),
        pytest.param(
            {"p0": 20, "p1": 20, "p2": 20, "p3": 20}, ["p0", "p1", "p2"], ["p0", "p1", "p2"], id="the fourth leaves"
        ),
        pytest.param({"p0": 20, "p4": 20}, ["p0", "p4"], ["p0", "p4"], id="one beside the last lines of a page"),
        pytest.param(
            {"p0": 20, "p4": 80}, ["p0", "p4"], ["p0"], id="one that pushes its passage to the next page leaves at last"
        ),
    ],
)
def test_a_note_stands_where_there_is_room(
    desk: Workshop, notes: Mapping[str, float], whole: list[str], kept: list[str]
) -> None:
    """Tried first with all that have room, then without those that move the text."""
    invented = Invented([50, 50, 50, 50, 100], notes)
    first, second, *_ = tried(desk, invented).designs
    assert (list(first.notes), list(second.notes)) == (whole, kept)
    assert first.text == second.text == LOOSEST


def test_a_note_that_would_push_its_passage_from_below_a_heading_leaves_at_once(desk: Workshop) -> None:
    """Else the heading stands alone at the end of its page, or goes with it and leaves white."""
    invented = Invented([50, 50, 50, 50, 100], {"p0": 20, "p4": 80})
    view = invented.view(desk)
    heading = replace(view.blocks[-2], name="", html=Markup("<h2>Next</h2>"))
    below = replace(view, blocks=(*view.blocks[:-1], heading, view.blocks[-1]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Invented, "view", lambda *_: below)
        assert list(tried(desk, invented).designs[0].notes) == ["p0"]


def test_a_note_is_the_first_figure_of_a_passage() -> None:
    figures = [{"id": name, "date": date, "passages": passages} for name, date, passages in (
        ("late", "2019", ["one"]), ("early", "2018", ["one", "two"]), ("other", "2020", ["two"]), ("none", "2017", []),
    )]  # fmt: skip
    article = tiny.article("text {#one}\n\ntext {#two}", figures=figures)
    view = views.printable(article, desk_words(), TEMPLATES.file("sources.csl"))
    assert {name: note.id for name, note in copyfit.margin_notes(view).items()} == {"one": "early", "two": "other"}


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("sources", "placed"),
    [([10] * 20, True), ([10] * 40, False)],
    ids=["on one page", "over two"],
)
def test_sources_are_placed_in_columns_where_one_page_holds_them(
    desk: Workshop, sources: Sequence[float], placed: bool
) -> None:
    first = tried(desk, Invented([50], sources=sources)).designs[0]
    assert (first.sources is not None) == placed


@pytest.mark.parametrize(
    ("characters", "text", "running"),
    [
        (9_000, LOOSEST, True),
        (9_001, TIGHTEST, True),
        (36_000, TIGHTEST, True),
        (36_001, TIGHTEST, False),
    ],
    ids=["nine thousand characters", "more", "four times as many", "more than can be measured in reason"],
)
def test_a_long_article_is_measured_in_the_tightest_type_and_a_far_too_long_one_not_at_all(
    desk: Workshop, characters: int, text: BriefingType, running: bool
) -> None:
    """Only its beginning is, for the contents beside it."""
    seen: list[tuple[BriefingType, set[str]]] = []

    def edges(_: Workshop, *values: Any) -> copyfit.Edges:
        (found,) = (one for one in BRIEFING_TYPE if one.properties.items() <= values[3].items())
        seen.append((found, {part.name for part in values[4]}))
        return {}

    others = copyfit._length(view_of("[@s]", [{"id": "s"}]))
    workshop = replace(desk, view=view_of("a" * round(characters - others) + "[@s]", [{"id": "s"}]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Workshop, "edges", edges)
        copyfit.measured(workshop, briefing_columns(174, 100), ())
        ((measured, names),) = seen
        assert (measured, "sources" in names) == (text, running)
        assert {"figures", "timeline", "colophon"} <= names
        if not running:
            (design,) = copyfit.designs(workshop, {}, briefing_columns(174, 100), (0.0,))
            assert (design.text, design.order, design.sources) == (TIGHTEST, FIGURES_FIRST, None)


def test_sources_count_half_of_their_characters(desk: Workshop) -> None:
    """They are set smaller, in columns."""
    sources = [{"id": f"s{n}", "title": "b" * 100} for n in range(40)]
    cited = "".join(f" [@s{n}]" for n in range(40))
    for characters, text in ((6_500, LOOSEST), (7_500, TIGHTEST)):
        workshop = replace(desk, view=view_of("a" * characters + cited, sources))
        assert copyfit._likely_type(workshop.view) == text


def view_of(prose: str, references: Sequence[tiny.Fields] = ()) -> ArticleView:
    article = tiny.article(prose, references=references, figures=[{}], events=[{"date": "2018"}])
    return views.printable(article, desk_words(), TEMPLATES.file("sources.csl"))


def desk_words() -> Words:
    return words.words("en", TEMPLATES)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("paper", "margins"),
    [("a4", ("24mm", "18mm", "22mm", "16mm")), ("letter", ("18mm", "18mm", "16mm", "14mm"))],
)
def test_each_paper_has_its_margins(paper: str, margins: tuple[str, ...]) -> None:
    workshop = pipeline.workshop(HARROWBY, Order(("briefing",), paper=Paper(paper)), TEMPLATES)
    own = copyfit.properties(workshop, LOOSEST)
    assert tuple(own[name] for name in ("margin-top", "margin-side", "margin-bottom", "first-top")) == margins
    assert copyfit.live(workshop) == pytest.approx(workshop.paper.width - 36)
    assert own.items() >= LOOSEST.properties.items()
    assert (own["source-columns"], own["source-gap"]) == ("2", "7mm")
