"""The version and the key at the foot of a fact sheet, whose height follows from the widths of their words."""

from dataclasses import replace
from typing import Any

import pytest
from markupsafe import Markup

from tests.conftest import HARROWBY, TEMPLATES
from triptych.build import pipeline
from triptych.build.order import Order
from triptych.compose.html import MeasuredPart
from triptych.documents import factsheet, foot
from triptych.documents.workshop import Workshop

KEY = "Hollow bar: happened once within that span. Dashed: not certain. Solid bar: lasted for it. Arrow: on or before. "
VERSIONS = (
    "1.2.",
    "Evidence to 31\xa0December\xa02024. Version 2.0.",
    "Evidence to 28\xa0February\xa02025 & after. Version 17.",
)


@pytest.fixture(scope="module")
def workshop() -> Workshop:
    return pipeline.workshop(HARROWBY, Order(("factsheet",)), TEMPLATES)


@pytest.mark.parametrize("version", VERSIONS)
def test_the_foot_is_as_high_as_the_widths_of_its_words_make_it(workshop: Workshop, version: str) -> None:
    view = replace(workshop.view, version_line=version)
    page = factsheet._page(workshop, view, False, None, factsheet.LEDGER_WIDTHS[0])
    words = (KEY * 4).split()
    keys = {f"foot-{count}": " ".join(words[:count]) for count in range(0, len(words), 2)}

    def part(name: str, *shown: object) -> MeasuredPart:
        html = workshop.composer.part("factsheet", "foot", *shown).replace(f'id="{foot.NAME}"', "")
        return MeasuredPart(name, Markup(html), f"{page.live}mm")

    one_line = part("one-line", view.unversioned, (), "")
    heights = page.heights({}, [one_line, *(part(name, view, (), key) for name, key in keys.items())])
    known = {name: foot.lines(workshop, view, key, page.live) for name, key in keys.items()}
    sure = {name: count for name, count in known.items() if count}
    assert len(sure) > len(keys) / 2
    assert {1, 2, 3} <= set(sure.values())
    assert {name: heights[name] for name in sure} == pytest.approx(
        {name: heights["one-line"] + foot.height(count) - foot.height(1) for name, count in sure.items()}, abs=1e-6
    )


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"version_line": ""}, id="nothing stands beside the key"),
        pytest.param({"version_line": "W" * 61}, id="a long version has a line of its own"),
        pytest.param({"version_line": "גרסה 2"}, id="another script"),
        pytest.param({"address": "example.org"}, id="beside a code"),
    ],
)
def test_a_foot_that_may_be_set_otherwise_is_measured(workshop: Workshop, changes: dict[str, Any]) -> None:
    view = replace(workshop.view, **changes)
    assert foot.lines(workshop, view, KEY, 177) == 0
    assert foot.lines(replace(workshop, shaped=False), workshop.view, KEY, 177) == 0
