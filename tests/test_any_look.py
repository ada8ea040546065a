"""Any language, picture and chart, any theme that passes its check: no text overlaps, the fact sheet is one page."""

import io
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.conftest import HARROWBY, SHIPPED, TEMPLATES, as_yaml, written
from tests.test_charts import SAMPLES
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.content.errors import ContentError
from triptych.content.model import Theme
from triptych.pdf import prove

WORDS = "The council met on a Sunday and opened the branch for readers of old maps, and of newer ones too"
SMALL = {
    "article.md": "---\ntitle: The library opens on Sundays\nlanguage: en-GB\n---\n\nIt opened, and was read in.\n",
    "timeline.yaml": as_yaml(
        {
            "events": [
                {"id": f"e{n}", "date": f"19{n}4", "headline": WORDS[: 9 + 6 * n].strip(), "weight": n % 3 + 1}
                | ({"summary": WORDS} if n % 2 else {})
                for n in range(1, 8)
            ]
        }
    ),
}


def _themes(count: int) -> list[Theme]:
    """Themes drawn at random that pass their check: most do not."""
    random, found = Random(1), list[Theme]()
    while len(found) < count:
        hue = [random.randrange(256) for _ in range(3)]

        def mixed(white: float, hue: list[int] = hue) -> str:
            """The hue with so much white, or black if that is negative."""
            return "#" + "".join(
                f"{round(255 * white + part * (1 - white) if white > 0 else part * -white):02X}" for part in hue
            )

        theme = Theme.model_validate(
            {
                "ink": mixed(-random.uniform(0.05, 0.3)),
                "ink-2": mixed(-random.uniform(0.2, 0.5)),
                "ink-3": mixed(-random.uniform(0.3, 0.6)),
                "accent": mixed(-random.uniform(0.4, 1)),
                "tint": mixed(random.uniform(0.85, 0.97)),
                "rule": mixed(random.uniform(0.2, 0.6)),
                "faces": random.choice(["house", "almanac", "gazette"]),
                "rule-heavy": f"{random.choice(['.25', '2', '6'])}pt {random.choice(['solid', 'double'])} ink",
                "rule-section": f"{random.choice(['.4', '3'])}pt {random.choice(['solid', 'dashed'])} accent",
                "rule-row": f"{random.choice(['.4', '2'])}pt {random.choice(['solid', 'dotted'])} rule",
                "title-ratio": round(random.uniform(0.8, 1.1), 2),
                "text-ratio": round(random.uniform(0.9, 1.1), 2),
            }
        )
        found += [] if any(theme.faults()) else [theme]
    return found


@st.composite
def pictures(draw: st.DrawFn) -> tuple[Mapping[str, Any], bytes]:
    """A picture of any shape and number of dots, with its description, caption and credit."""
    width, height = draw(st.integers(40, 2400)), draw(st.integers(40, 2400))
    target = io.BytesIO()
    mode = draw(st.sampled_from(["L", "RGB", "RGBA"]))
    Image.linear_gradient("L").resize((width, height)).convert(mode).save(target, "PNG")
    fields = {"image": "p.png", "alt": "A map", "credit": WORDS[: draw(st.integers(3, 60))].strip()}
    return fields | {"caption": WORDS[: draw(st.integers(3, 90))].strip()}, target.getvalue()


@st.composite
def charts(draw: st.DrawFn) -> Mapping[str, Any]:
    """A chart of any kind, for the fact sheet and the poster too."""
    kind = draw(st.sampled_from(sorted(SAMPLES)))
    head, rows = draw(SAMPLES[kind])
    own = {
        "kind": kind,
        "id": "drawn",
        "title": WORDS[: draw(st.integers(9, 60))].strip(),
        "columns": head,
        "rows": rows,
    }
    return own | {"source": "Door counters", "also": draw(st.sampled_from([["factsheet"], ["factsheet", "poster"]]))}


def _dressed(folder: Path, look: Theme, picture: tuple[Mapping[str, Any], bytes], chart: Mapping[str, Any]) -> None:
    """Give an article a theme, a picture at its head and on every third event, and a chart."""
    fields, held = picture
    text = (folder / "article.md").read_text("utf-8")
    timeline = yaml.safe_load((folder / "timeline.yaml").read_text("utf-8"))
    for event in timeline["events"][::3]:
        event.update(fields)
    written(
        folder,
        {
            "article.md": text.replace("---\n", f"---\n{as_yaml({'lead': dict(fields), 'status': 'draft'})}", 1),
            "timeline.yaml": as_yaml(timeline),
            "charts.yaml": as_yaml({"charts": [{**chart, "sources": _sources(folder)}]}),
            "theme.yaml": as_yaml(look.model_dump(by_alias=True, exclude_none=True)),
            "p.png": held,
        },
    )


def _sources(folder: Path) -> list[str]:
    """The first source of an article, if it has any."""
    path = folder / "sources.yaml"
    return [one["id"] for one in yaml.safe_load(path.read_text("utf-8"))["references"][:1]] if path.is_file() else []


@pytest.mark.slow
@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(
    full=st.booleans(),
    look=st.sampled_from(_themes(30)),
    picture=pictures(),
    chart=charts(),
    language=st.sampled_from(SHIPPED),
    sheet=st.sampled_from(["a3", "a2", "a1-landscape", "banner"]),
)
def test_with_any_picture_chart_and_theme_no_text_overlaps(
    full: bool,
    look: Theme,
    picture: tuple[Mapping[str, Any], bytes],
    chart: Mapping[str, Any],
    language: str,
    sheet: str,
) -> None:
    """Nothing leaves the sheet either, and the fact sheet is one page. A chart that cannot be drawn is refused."""
    with tempfile.TemporaryDirectory() as at:
        folder = Path(at) / "one"
        if full:
            shutil.copytree(HARROWBY, folder)
        else:
            head = SMALL["article.md"].replace("en-GB", language)
            written(folder, {**SMALL, "article.md": head})
        _dressed(folder, look, picture, chart)
        refused: list[str] = []
        try:
            documents = pipeline.documents(folder, Order(("factsheet", "poster"), sheet=sheet), TEMPLATES)
        except ContentError as error:
            documents, refused = (), [problem.code for problem in error.problems if not problem.warning]
    assert set(refused) <= {"does-not-fit", "bad-data"}
    for document in documents:
        assert prove.outside(document.pdf) == []
        assert prove.collisions(document.pdf) == []
        assert document.pages == 1
