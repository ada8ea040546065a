"""The events of a poster in lanes: groups side by side, each with its own axis on one scale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf, isinf

from triptych.content.kinds import MOST_LANES
from triptych.content.model import Article, Event
from triptych.content.units import MM_PER_POINT
from triptych.design import faces, lines
from triptych.design.sheets import mm
from triptych.design.sizes import PosterType
from triptych.documents import growth, ladder
from triptych.documents.ladder import Around, Laid, Lane, Rung, Sized
from triptych.documents.workshop import checked
from triptych.timeline import apart, columns, labels, spine
from triptych.timeline.columns import LaneNeeds, LanePlace, Spread
from triptych.timeline.plan import FULL, Crowded, Overfull, Plan

NAME, NAME_LEADING = 17.0, 1.15
"""Type size of a lane's name in pt at the scale of A3, and its leading as a multiple of it."""
NAME_WHITE = 2.4
"""White space above and below a lane's name, at the scale of A3, in mm."""

Groups = Mapping[str, Sequence[Event]]
"""The events of each lane by its name, in the order of the lanes."""


def groups(article: Article, rest: str) -> Groups:
    """The lanes of an article, in the order in which its events name them. `rest` is the name of that of all others."""
    found: dict[str, list[Event]] = {}
    for event in article.events:
        found.setdefault(event.lane or rest, []).append(event)
    return found


def has_lanes(article: Article) -> bool:
    """Whether the events name more than one lane."""
    return len({event.lane for event in article.events}) > 1


def laid_out(sized: Sized) -> Laid | None:
    """The layout in lanes in the largest type that holds, with summaries or else without; None where none holds."""
    if not has_lanes(sized.workshop.article):
        return None
    found = groups(sized.workshop.article, sized.workshop.view.words.lane_rest)
    if len(found) > MOST_LANES:
        return None
    base = sized.type
    around = ladder.around_timeline(sized, base)
    for detail in ("summary", "headline"):
        rung = Rung(1.0, 1, detail, "stacked", lanes=len(found))
        for pitch in (columns.PITCH, 0.0):
            way = _Lanes(sized, rung, found, around, pitch)
            if laid := growth.largest(sized, [way.lay], base.least_growth):
                return laid
    return None


@dataclass(frozen=True, slots=True)
class _Lanes:
    """A way to set the cards in lanes."""

    sized: Sized
    rung: Rung
    groups: Groups
    around: Around
    pitch: float
    """Marks closer together than this, in mm at the scale of A3, ask for a magnifier; 0 for none."""

    def lay(self, by: float, measured: bool) -> Laid | None:
        """The layout in type that has grown by so much; None where it does not hold."""
        text = self.sized.type.grown(by)
        try:
            places, plans = self._settled(text, measured)
        except (Overfull, Crowded):
            return None
        first = places[0].columns
        if not growth.has_room(self.sized.workshop.view.events, self.rung, text, first):
            return None
        if any(plan.fill > FULL or not ladder.is_near(plan) for plan in plans):
            return None
        lanes = tuple(
            Lane(place.columns, checked(plan) if measured else plan, place.left, name)
            for place, plan, name in zip(places, plans, self.groups, strict=True)
        )
        return Laid(self.sized, self.rung, text, lanes, self.around)

    def _settled(self, text: PosterType, measured: bool) -> tuple[Sequence[LanePlace], Sequence[Plan]]:
        """The places and plans of the lanes, with room for all span marks, magnifiers and labels of the scales.

        Raises Overfull, Crowded.
        """
        sized = self.sized
        spread, needs = ladder.spread_of(sized, self.rung, text), [LaneNeeds()] * len(self.groups)
        while True:
            places = self._places(text, spread, needs)
            if ladder.narrow(places[0].columns, text):
                raise Overfull(inf)
            heights_of = ladder.card_heights if measured else growth.estimates
            heights = heights_of(sized, self.rung, text, places[0].columns)
            plans = self._plans(text, places, heights)
            found = ladder.widened(sized, plans[0], places[0].columns, spread, growth.LABEL * text.year)
            wider = replace(found, lanes=spread.lanes)
            needed = [self._needed(*one) for one in zip(needs, places, plans, strict=True)]
            if wider == spread and needed == needs:
                return places, plans
            spread, needs = wider, needed

    def _needed(self, had: LaneNeeds, place: LanePlace, plan: Plan) -> LaneNeeds:
        """What a lane needs beside its axis, once it has been laid out with what it had."""
        label = labels.lacking(plan, place.columns, self.sized.workshop.view.calendar, place.columns.label_size)
        return LaneNeeds(max(had.spans, plan.lanes), had.lens or bool(plan.lenses), max(had.label, label))

    def _places(self, text: PosterType, spread: Spread, needs: Sequence[LaneNeeds]) -> Sequence[LanePlace]:
        """The lanes' columns, as high as the timeline without the lanes' names."""
        sized = self.sized
        width = sized.live - sized.aside
        places = columns.lane_columns(sized.sheet, width, text, spread, needs, self.pitch)
        widths = [place.columns.frame.reach for place in places]
        height = self.around.left - head_height(sized, self.groups, min(widths))
        return [replace(place, columns=place.columns.resized(height)) for place in places]

    def _plans(self, text: PosterType, places: Sequence[LanePlace], heights: Mapping[str, float]) -> Sequence[Plan]:
        """The plan of each lane, on one scale."""
        article = self.sized.workshop.article
        events, eras = spine.ordered(article.events), ladder.eras(self.sized, ladder.era_size(text))
        lone = apart.first_is_outlier(events, eras)
        dates = [*(event.date for event in events[lone:]), *(era.date for era in eras)]
        first, above = events[0], spine.above_scale(places[0].columns.frame, heights[events[0].id])
        head = above if lone else 0.0
        opens = any(isinf(date.start) for date in dates), any(isinf(date.end) for date in dates)
        numbers = {event.id: number for number, event in enumerate(events, start=1)}
        return [
            spine.plan(
                group,
                heights,
                replace(place.columns.frame, head=head, opens=opens, stretch=0.0),
                () if number else eras,
                numbers,
                spine.domain_of(dates),
                lone and first in group,
            )
            for number, (place, group) in enumerate(zip(places, self.groups.values(), strict=True))
        ]


def name_size(sized: Sized) -> float:
    """Type size of a lane's name, in pt."""
    return NAME * sized.sheet.scale


def head_height(sized: Sized, groups: Groups, width: float) -> float:
    """Height in mm of the head of lanes, with their names in a width."""
    size = name_size(sized)
    most = max(lines.count(name, faces.HEADLINES, size, width) for name in groups)
    return most * size * NAME_LEADING * MM_PER_POINT + 2 * NAME_WHITE * sized.sheet.scale


def properties(laid: Laid) -> dict[str, str]:
    """The head of lanes as CSS custom properties."""
    sized = laid.sized
    found: Groups = {lane.name: () for lane in laid.lanes}
    return {
        "lane-head": mm(head_height(sized, found, min(lane.columns.frame.reach for lane in laid.lanes))),
        "lane-size": f"{name_size(sized):.2f}pt",
        "lane-leading": f"{NAME_LEADING:g}",
        "lane-white": mm(NAME_WHITE * sized.sheet.scale),
    }
