"""What measures: the steps it times are there, what it gives to others is whole, and it hides nothing."""

import importlib
import json
import re
import subprocess
import sys
from functools import reduce
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from bench import articles, kept, report, waits
from bench.inside import composed, floor, stages
from bench.measure import Spread
from bench.report import Asked, Part, Table
from tests.conftest import HARROWBY, PROJECT, TEMPLATES
from triptych.build import inspection, pipeline
from triptych.build.pipeline import Order
from triptych.content.errors import FitError


@pytest.mark.parametrize("place", stages.STEPS)
def test_a_step_that_is_timed_is_a_function_of_ours(place: str) -> None:
    module, _, names = place.partition(":")
    assert callable(reduce(getattr, names.split("."), importlib.import_module(module)))


@pytest.mark.slow
def test_each_step_that_is_timed_runs_in_a_build() -> None:
    command = [sys.executable, "-m", "bench.inside.stages", str(HARROWBY)]
    done = subprocess.run(command, cwd=PROJECT / "scripts", check=True, capture_output=True, text=True)
    seconds = json.loads(done.stdout)
    assert seconds["all"]["read and check"] > 0


@pytest.mark.slow
def test_pages_for_other_typesetters_ask_for_files_that_are_there(tmp_path: Path) -> None:
    composed.export(HARROWBY, tmp_path, Order())
    texts = [path.read_text(encoding="utf-8") for path in (*tmp_path.glob("*.html"), *tmp_path.rglob("*.css"))]
    addresses = {address for text in texts for address in re.findall(r"(?:asset|file)://[^)\"]+", text)}
    assert len(addresses) > 5
    assert [address for address in addresses if not Path(unquote(urlsplit(address).path)).is_file()] == []
    typst = (tmp_path / "factsheet.typ").read_text(encoding="utf-8")
    assert [name for name in re.findall(r"\"(art/[^\"]+)\"", typst) if not (tmp_path / name).is_file()] == []
    assert "Staff union registers" in typst


@pytest.mark.slow
def test_another_typesetter_lists_each_event_of_a_poster_too(tmp_path: Path) -> None:
    article = articles.eventful(tmp_path, 205)
    composed.export(article, tmp_path / "pages", Order(("poster",)))
    listed = (tmp_path / "pages" / "poster.typ").read_text(encoding="utf-8").partition("#columns(2")[2]
    assert re.findall(r"\[\*(\d+)\* ", listed) == [str(number) for number in range(1, 206)]


@pytest.mark.slow
def test_a_build_whose_heights_are_given_makes_the_same(tmp_path: Path) -> None:
    measured = floor.measured(HARROWBY, tmp_path / "edges.json")
    assert floor.given(HARROWBY, tmp_path / "edges.json") == measured


@pytest.mark.slow
def test_the_articles_that_are_timed_are_what_they_are_called(tmp_path: Path) -> None:
    for sound in (articles.long(tmp_path, 2), articles.eventful(tmp_path, waits.FEW)):
        inspection.checked(sound, TEMPLATES)
    files, _ = inspection.checked(waits._tabled(tmp_path), TEMPLATES)
    assert len(files.article.events) == waits.ROWS
    with pytest.raises(FitError, match="too long for one page"):
        pipeline.documents(waits._crowded(tmp_path), Order(("factsheet",)), TEMPLATES)


@pytest.mark.slow
def test_a_process_that_its_parent_leaves_behind_is_counted() -> None:
    busy = "import time\nwhile time.process_time() < 0.4: pass"
    program = (
        "from bench import measure; import sys\n"
        f"used = measure.usage('sh', '-c', '\"$0\" -c \"$1\" &', sys.executable, {busy!r})\n"
        "print(used.cpu >= 0.4 > used.wall)"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout == "True\n"


def test_what_was_asked_and_is_not_met_is_told() -> None:
    assert Asked("Cold", 0.6, 0.5).row == ("Cold", "at most 0.5", "0.60", "", "**no**")
    assert Asked("Rate", 1.9, least=1.8).row == ("Rate", "at least 1.8", "1.90", "", "yes")
    assert Asked("Preview", None, 0.6, unit=" s").row == ("Preview", "at most 0.6 s", "not measured", "", "**no**")


def test_a_bound_in_seconds_is_judged_at_the_pace_for_which_it_was_asked() -> None:
    slow = Asked("Review", Spread([12.0, 9.0, 15.0]), 6, unit=" s", pace=Spread([7.6, 3.8, 11.4]))
    assert slow.row == ("Review", "at most 6 s", "12.00 (9.00 to 15.00) s", "6.00 (5.00 to 9.00) s", "yes")
    assert "Here they take 7.6 (3.8" in report.asked([Table("Waits", "", (), (), (slow,)).shown])


def test_a_part_that_is_measured_again_takes_the_place_of_the_older_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "FILE", tmp_path / "measured.json")
    monkeypatch.setattr(kept, "PAGE", tmp_path / "benchmarks.md")

    def add(name: str, day: str, seconds: float, machine: str = "Epyc") -> str:
        table = Table(name, "Seconds.", ("", "s"), [("all", f"{seconds}")], [Asked(name, seconds, 2.0)])
        return kept.add({name: Part(day=day, machine={"Processor": machine}, tables=[table.shown])}, ("cold", "start"))

    assert "Not measured yet on this machine: start." in add("cold", "1 May 2026", 3.0)
    assert not kept.PAGE.exists()

    assert not add("start", "2 May 2026", 1.0)
    assert not add("cold", "3 May 2026", 1.5)
    page = kept.PAGE.read_text(encoding="utf-8")
    assert "| Processor | Epyc |" in page
    told = ("| cold | at most 2 | 1.50 |", "| start | at most 2 | 1.00 |", "## cold", "## start")
    assert sorted(told, key=page.index) == [*told]
    assert re.findall("^Measured on (.*)$", page, re.MULTILINE) == ["3 May 2026.", "2 May 2026."]

    assert "Not measured yet on this machine: start." in add("cold", "4 May 2026", 0.5, "Xeon")
    assert kept.PAGE.read_text(encoding="utf-8") == page


def test_a_command_is_killed_with_all_that_it_started_when_it_is_due(tmp_path: Path) -> None:
    begun, late = tmp_path / "begun", tmp_path / "late"
    words = ("sh", "-c", f"touch {begun}; (sleep 5; touch {late})& wait")
    program = (
        "from bench import measure; import sys; from pathlib import Path\n"
        "used = measure.usage(*sys.argv[2:], code=-9, killed=Path(sys.argv[1]).exists)\n"
        "print(used.wall < 4)"
    )
    done = subprocess.run([sys.executable, "-c", program, begun, *words], check=True, capture_output=True, text=True)
    assert done.stdout == "True\n"
    assert not late.exists()
