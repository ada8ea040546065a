"""Mistakes that a strict desk would find are caught, and right variations are left alone: tables of small cases.

Each case has a passage of the prose, a claim that names it (an event's summary), and what is expected.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import tiny
from triptych.check import tracing
from triptych.content.model import Style

FOLDER = Path(__file__).parent / "checker"
LANGUAGES = {"first": "en-GB", "second": "en-GB", "third": "en-GB", "german": "de", "french": "fr", "spanish": "es"}
"""The tables, each with the language of the cases that name none."""
OPENINGS = {
    "en": "On 9 October 2018 it happened.",
    "de": "Am 9. Oktober 2018 geschah es.",
    "fr": "Le 9 octobre 2018, c’est arrivé.",
    "es": "El 9 de octubre de 2018 ocurrió.",
}
RECORD = {"id": "record", "title": "Record", "issued": "2018-02-21"}


def cases() -> Iterator[Any]:
    for name, language in LANGUAGES.items():
        for case in yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")):
            yield pytest.param({"language": language, **case}, id=f"{name}: {case['name']}")


@pytest.mark.parametrize("case", list(cases()))
def test_a_claim_says_what_its_passage_says(case: Mapping[str, str]) -> None:
    opening = OPENINGS[case["language"].split("-")[0]]
    event = {"date": "2018-10-09", "summary": case["claim"], "passages": ["passage", "when"], "sources": ["record"]}
    article = tiny.article(
        f"{opening} {{#when}}\n\n{case['passage']} {{#passage}}",
        front={"language": case["language"]},
        events=[event],
        references=[RECORD],
    )
    told = [problem.message for problem in tracing.untraced(tiny.files(article), Style())]
    assert bool(told) == (case["expect"] == "caught"), told
