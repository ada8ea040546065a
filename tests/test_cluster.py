"""Articles made on a cluster: a real scheduler and real workers, as processes of this machine that share no folder."""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conftest import HARROWBY, PROJECT, TEMPLATES, ArticleCopy
from triptych.__main__ import main
from triptych.build import cluster, library, machine
from triptych.build.library import Outcome
from triptych.build.pipeline import DOCUMENTS, Order
from triptych.design import faces
from triptych.design.where import Templates
from triptych.typeset import fonts

pytestmark = [
    pytest.mark.skipif(find_spec("distributed") is None, reason="no Dask to build with: run `make cluster`"),
    pytest.mark.xdist_group("cluster"),
]
DASK = Path(sys.executable).with_name("dask")
AUTHOR = """
import sys
from triptych import __main__
from triptych.build import cluster
cluster.PATIENCE = float(sys.argv.pop(1))
sys.exit(__main__.main())
"""
"""The command of an author who waits as long for a scheduler or a worker."""
WAIT = 120


def until(true: Callable[[], object]) -> None:
    """Wait for something to be true."""
    end = time.monotonic() + WAIT
    while not true():
        assert time.monotonic() < end, "it does not come true"
        time.sleep(0.02)


@contextmanager
def running(folder: Path, command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process of Dask, with a folder for all that it writes and says; it is ended in any case."""
    with (folder / "log").open("wb") as log:
        surroundings = {**os.environ, "TMPDIR": str(folder), **environment}
        process = subprocess.Popen([DASK, *command], cwd=folder, env=surroundings, stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


@dataclass(frozen=True)
class Worker:
    process: subprocess.Popen[bytes]
    folder: Path

    @property
    def working(self) -> bool:
        """Whether an article lies unpacked in its folder."""
        return any(self.folder.glob("triptych-*/given"))

    def kill(self) -> None:
        """End it with no warning, while it works."""
        until(lambda: self.working)
        self.process.kill()
        self.process.wait()
        assert self.working, "it was done before it was killed"


@dataclass(frozen=True)
class Cluster:
    folder: Path
    address: str
    running: ExitStack

    def worker(self, name: str, **environment: str) -> Worker:
        """Begin another worker, and wait until the scheduler knows it."""
        folder = self.folder / name
        folder.mkdir()
        command = ["worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]
        process = self.running.enter_context(running(folder, command, environment))
        until(lambda: b"Registered to:" in (folder / "log").read_bytes())
        return Worker(process, folder)


@pytest.fixture
def found(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Cluster]:
    """A scheduler on a free port, which has no worker yet."""
    folder = tmp_path / "cluster"
    folder.mkdir()
    file = folder / "scheduler.json"
    command = ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)]
    with ExitStack() as stack:
        stack.enter_context(running(folder, command, getattr(request, "param", {})))
        until(lambda: file.exists() and file.read_text().endswith("}"))
        yield Cluster(folder, json.loads(file.read_text())["address"], stack)


@dataclass(frozen=True)
class Told:
    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Author:
    process: subprocess.Popen[str]

    def told(self) -> Told:
        out, err = self.process.communicate(timeout=WAIT)
        return Told(self.process.returncode, out, err)


@contextmanager
def author(folder: Path, *words: str, scheduler: str, patience: float = 10, name: str = "build") -> Iterator[Author]:
    """Somebody who builds in a folder, into `out`, or gives another command."""
    command = [
        sys.executable,
        "-c",
        AUTHOR,
        str(patience),
        name,
        *words,
        "--scheduler",
        scheduler,
        "--output",
        "out",
    ]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield Author(process)
        finally:
            process.kill()


def copies(folder: Path, *names: str) -> tuple[str, ...]:
    for name in names:
        shutil.copytree(HARROWBY, folder / name)
    return names


def made_here(folder: Path, articles: tuple[str, ...], documents: tuple[str, ...]) -> list[Outcome]:
    """What this machine makes of them, into `here`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        into = library.folders([Path(name) for name in articles], Path("here"))
        return [library.outcome(*pair, Order(documents), TEMPLATES) for pair in into.items()]


def pdfs(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.pdf")}


def strange(folder: Path) -> str:
    """A folder that makes a worker think that it has another PyDyf."""
    package = folder / "strange" / "pydyf-9.9.dist-info"
    package.mkdir(parents=True)
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: pydyf\nVersion: 9.9\n")
    return str(package.parent)


@pytest.mark.slow
def test_a_cluster_makes_and_tells_what_this_machine_would(found: Cluster, tmp_path: Path) -> None:
    articles = (*copies(tmp_path, "bad", "good"), "nowhere")
    (tmp_path / "style.yaml").write_text("avoid: {blighted: harmed}\n")
    bad = ArticleCopy(tmp_path / "bad")
    bad.replace("timeline.yaml", "2018-11-17", "2018-13-17")
    bad.replace("article.md", "Sunday hours were not part", "Blighted Sunday hours were not part")
    with author(tmp_path, *articles, "--only", "factsheet", scheduler=found.address) as somebody:
        found.worker("one")
        errors = [outcome.error for outcome in made_here(tmp_path, articles, ("factsheet",)) if outcome.error]
        told = somebody.told()
    assert (told.code, told.out) == (3, "out/good  1 documents\n")
    assert told.err == "\n".join((*errors, "2 of 3 articles failed; see the messages above\n"))
    assert set(re.findall("bad-date|avoided-word", told.err)) == {"bad-date", "avoided-word"}
    assert pdfs(tmp_path / "out") == pdfs(tmp_path / "here")


@pytest.mark.slow
def test_what_a_killed_worker_had_is_made_by_another(found: Cluster, tmp_path: Path) -> None:
    articles = copies(tmp_path, "first", "second", "third")
    worker, _ = found.worker("one"), found.worker("other")
    with author(tmp_path, *articles, scheduler=found.address) as somebody:
        worker.kill()
        told = somebody.told()
    assert (told.code, told.err) == (0, "")
    made_here(tmp_path, articles, tuple(DOCUMENTS))
    assert len(pdfs(tmp_path / "here")) == 9
    assert pdfs(tmp_path / "out") == pdfs(tmp_path / "here")


@pytest.mark.slow
def test_a_worker_that_is_lost_while_it_is_compared_stops_nothing(found: Cluster, tmp_path: Path) -> None:
    lost, other = found.worker("one"), found.worker("other")
    lost.process.send_signal(signal.SIGSTOP)
    with author(tmp_path, str(HARROWBY), "--only", "factsheet", scheduler=found.address) as somebody:
        until(lambda: b"'own'" in (other.folder / "log").read_bytes())
        lost.process.kill()
        told = somebody.told()
    assert (told.code, told.err) == (0, "")
    assert list(pdfs(tmp_path / "out")) == ["factsheet.pdf"]


@pytest.mark.slow
@pytest.mark.parametrize("found", [{"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}], indirect=True)
def test_an_article_that_ends_its_workers_stops_no_other(found: Cluster, tmp_path: Path) -> None:
    articles = copies(tmp_path, "first", "second")
    worker, _ = found.worker("one"), found.worker("other")
    with author(tmp_path, *articles, "--only", "factsheet", scheduler=found.address) as somebody:
        worker.kill()
        told = somebody.told()
    assert told.code == 1
    assert re.fullmatch(
        r"(first|second): the workers that made it stopped, 1 in all, the last one tcp://127.0.0.1:\d+: "
        r"do they run out of memory\?\n1 of 2 articles failed; see the messages above\n",
        told.err,
    )
    assert len(pdfs(tmp_path / "out")) == 1


@pytest.mark.slow
def test_a_worker_that_differs_is_told_before_anything_is_made(found: Cluster, tmp_path: Path) -> None:
    copies(tmp_path, "article")
    workers = found.worker("one"), found.worker("other", PYTHONPATH=strange(tmp_path))
    with author(tmp_path, "article", scheduler=found.address) as somebody:
        told = somebody.told()
    assert (told.code, told.out) == (6, "")
    here = machine.fingerprint(TEMPLATES)["pydyf"]
    first, hint = told.err.splitlines()
    assert re.fullmatch(
        rf"the worker tcp://127.0.0.1:\d+ would make other documents than this machine: pydyf 9.9 there, {here} here",
        first,
    )
    assert "make setup cluster" in hint
    assert not any(b"Compute" in (worker.folder / "log").read_bytes() for worker in workers)
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_a_worker_that_differs_and_comes_later_makes_nothing(found: Cluster, tmp_path: Path) -> None:
    articles = copies(tmp_path, "first", "second", "third", "fourth")
    worker = found.worker("one")
    with author(tmp_path, *articles, scheduler=found.address) as somebody:
        until(lambda: worker.working)
        other = found.worker("other", PYTHONPATH=strange(tmp_path))
        told = somebody.told()
    assert told.code == 6
    assert "would make other documents than this machine: pydyf 9.9 there" in told.err
    assert len(told.err.splitlines()) == 2
    assert not other.working


@pytest.mark.slow
def test_no_worker_is_told_at_once_and_when_all_are_lost(found: Cluster, tmp_path: Path) -> None:
    copies(tmp_path, "article")
    start = f"start one with `.venv/bin/dask worker {found.address} --nthreads 1`"
    line = f"no worker is connected to {found.address}: {start}"
    with author(tmp_path, "article", scheduler=found.address, patience=1) as somebody:
        told = somebody.told()
    assert (told.code, told.out) == (1, "")
    assert told.err.startswith(line)
    assert told.err.count("\n") == 1
    worker = found.worker("one")
    with author(tmp_path, "article", scheduler=found.address, patience=1) as somebody:
        worker.kill()
        assert somebody.told() == told


@pytest.mark.slow
def test_a_scheduler_that_is_not_there_is_told_in_a_line(found: Cluster, tmp_path: Path) -> None:
    found.running.close()
    with author(tmp_path, str(HARROWBY), scheduler=found.address, patience=1) as somebody:
        told = somebody.told()
    assert (told.code, told.out) == (1, "")
    assert told.err == f"no scheduler answers at {found.address}: give the address that `dask scheduler` prints\n"


@pytest.mark.slow
def test_a_scheduler_that_is_lost_is_told_in_a_line(found: Cluster, tmp_path: Path) -> None:
    worker = found.worker("one")
    with author(tmp_path, str(HARROWBY), scheduler=found.address) as somebody:
        until(lambda: worker.working)
        found.running.close()
        told = somebody.told()
    assert (told.code, told.out) == (1, "")
    assert told.err.startswith(f"the scheduler at {found.address} is lost: run the same command again when it is back")
    assert told.err.count("\n") == 1


@pytest.mark.slow
def test_ctrl_c_ends_it_with_no_word(found: Cluster, tmp_path: Path) -> None:
    worker = found.worker("one")
    with author(tmp_path, str(HARROWBY), scheduler=found.address) as somebody:
        until(lambda: worker.working)
        somebody.process.send_signal(signal.SIGINT)
        assert somebody.told() == Told(130, "", "")


def test_pictures_travel_and_links_out_stay_links_out(article_copy: ArticleCopy, tmp_path: Path) -> None:
    folder, outside, there = article_copy.folder, tmp_path / "outside.png", tmp_path / "there"
    outside.write_bytes(b"picture")
    (folder / "maps").mkdir()
    (folder / "maps" / "city.png").write_bytes(b"map")
    (folder / "maps" / "notes.doc").write_bytes(b"no picture")
    (folder / "notes.docx").write_bytes(b"private")
    (folder / "out.png").symlink_to(outside)
    with (folder / "article.md").open("a", encoding="utf-8") as file:
        file.write("\n![A map](maps/city.png)\n\n![Another](out.png)\n")
    unpacked = cluster.parcel(folder, TEMPLATES).unpacked(there)
    lying = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    names = lying - {"maps/notes.doc", "notes.docx"}
    assert {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()} == names
    assert all((unpacked / name).read_bytes() == (folder / name).read_bytes() for name in names - {"out.png"})
    assert (unpacked / "out.png").read_bytes() == b""
    assert [name for name in names if not (unpacked / name).resolve().is_relative_to(unpacked.resolve())] == ["out.png"]


def test_another_face_and_another_template_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = machine.fingerprint(TEMPLATES)
    shutil.copytree(PROJECT / "templates", tmp_path / "templates")
    (tmp_path / "templates" / "words" / "en.po").write_text("")
    shutil.copytree(faces.FOLDER, tmp_path / "fonts")
    monkeypatch.setattr(faces, "FOLDER", tmp_path / "fonts")
    first, *_ = faces.FACES
    first.path.write_bytes(b"as another version of the fonts has it")
    listed = tmp_path / "fonts" / fonts.DIGESTS
    digests = json.loads(listed.read_bytes())
    digests[first.file] = hashlib.sha256(first.path.read_bytes()).hexdigest()
    listed.write_text(json.dumps(digests))
    machine.installed.cache_clear()
    there = machine.fingerprint(Templates((tmp_path / "templates",)))
    machine.installed.cache_clear()
    assert machine.differences(there, here) == tuple(
        f"{name} {there[name]} there, {here[name]} here" for name in ("fonts", "templates")
    )
    assert {"Fontconfig", "HarfBuzz", "Pango", "Python", "pikepdf", "pyphen", "weasyprint"} <= set(here)


@pytest.mark.slow
def test_the_copies_for_places_are_those_of_this_machine(found: Cluster, tmp_path: Path) -> None:
    folder = shutil.copytree(HARROWBY, tmp_path / "harrowby")
    table = "name,telephone\nCentral,020 7946 0018\nEastgate,020 7946 0019\nWestgate,020 7946 0020\n"
    (folder / "places.csv").write_text(table, encoding="utf-8")
    found.worker("one"), found.worker("other")
    with author(tmp_path, "harrowby", scheduler=found.address, name="places") as somebody:
        told = somebody.told()
    assert (told.code, told.err) == (0, "")
    assert main(["places", str(folder), "--output", str(tmp_path / "here")]) == 0
    assert len(pdfs(tmp_path / "here")) == 6
    assert pdfs(tmp_path / "out") == pdfs(tmp_path / "here")
