"""Timelines in round numbers, for tests of their geometry."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from triptych.content import dates
from triptych.timeline import spine
from triptych.timeline.plan import Frame, LabelledEra, Plan


@dataclass(frozen=True)
class Event:
    """What a timeline needs of an event."""

    id: str
    date: dates.When


def events_of(texts: list[str]) -> list[Event]:
    """Events of these dates, named in this order."""
    return [Event(f"e{number:03}", dates.parsed(text)) for number, text in enumerate(texts)]


ROUND = Frame(
    width=200,
    height=200,
    axes=(50,),
    zone=(3, 20),
    lens_axis=34,
    number=42,
    reach=150,
    gap=4,
    port=2,
    pitch=3,
    lens_head=9,
    lens_pad=3,
    open_zone=10,
    lane=3,
    least_mark=2,
    label=10,
    lens_label=5,
    eras=9,
)
"""A frame in round numbers: 200 mm high, cards 4 mm apart."""
TWO_SIDED = replace(ROUND, axes=(110, 90))


def laid(
    texts: list[str],
    height: float = 10.0,
    frame: Frame = ROUND,
    years: tuple[int, int] = (2001, 2021),
    eras: Sequence[LabelledEra] = (),
) -> Plan:
    """Events with cards of one height, on a scale from the start of one year to that of another: 20 of 10 mm each."""
    events = events_of(texts)
    domain = (float(dates.ordinal(years[0], 1, 1)), float(dates.ordinal(years[1], 1, 1)))
    return spine.plan(events, {event.id: height for event in events}, frame, eras, domain=domain)


def day(text: str) -> float:
    """First moment of a date, in days."""
    return dates.parsed(text).start
