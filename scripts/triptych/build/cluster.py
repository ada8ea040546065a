"""Many articles become documents on the machines of a Dask cluster. Sole importer of Dask.

The machines share no files: the client sends the files of an article to a worker, gets its documents back, and writes
them.
"""

import asyncio
import tempfile
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from triptych.build import library, machine
from triptych.build.library import Made, Outcome
from triptych.build.machine import Fingerprint
from triptych.build.pipeline import Order
from triptych.content import catalogues, disk, kin, logos, read, uses
from triptych.content.errors import ContentError, MissingTool, TriptychError, UsageError
from triptych.content.model import HOUSE_FILES, Place
from triptych.content.places import HEAD, given
from triptych.design import where
from triptych.design.where import Templates

PATIENCE = 10
"""Seconds to wait for a scheduler to answer, and for a worker to connect."""
WINDOW = 500
"""Most articles that the scheduler has at a time."""
RETRIES = 2
"""Times to send an article again after a worker fails, for example because its disk is full."""

Result = Made | TriptychError
"""The result for an article: what was made of it, or the error."""

_alone = threading.Lock()
"""Held while an article is made: WeasyPrint and Pango are not safe in several threads of a worker."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """The files of an article, packed for a worker."""

    folder: str
    """The article's folder as given to the client; paths in messages start with it."""
    name: str
    above: str
    """The real path of the folder above."""
    templates: tuple[str, ...]
    """The client's template folders."""
    files: Mapping[str, bytes]
    """The content of each file, by its path below the folder above."""
    strays: frozenset[str]
    """Files that are links out of the article's folder; a worker gets such a link, but not its target."""

    def unpacked(self, root: Path) -> Path:
        """Write the files below an empty folder. Returns the article's folder, as a path through a link."""
        for name, data in self.files.items():
            path = real = root / "real" / name
            if name in self.strays:
                real = root / "strays" / name
                _parent(path).symlink_to(real)
            _parent(real).write_bytes(data)
        (root / "real" / self.name).mkdir(parents=True, exist_ok=True)
        (root / "given").symlink_to(root / "real")
        return root / "given" / self.name

    def here(self, root: Path, text: str) -> str:
        """A text with the worker's paths replaced by the client's."""
        for there, here in (
            (root / "given" / self.name, self.folder),
            (root / "real", self.above),
            *zip(where.templates().folders, self.templates, strict=False),
        ):
            text = text.replace(str(there), here)
        return text


def outcomes(
    into: Mapping[Path, Path],
    order: Order,
    templates: Templates,
    scheduler: str,
    packed: "Callable[[Path, Templates], Parcel] | None" = None,
) -> Iterator[Outcome]:
    """As `library.outcomes`, on the workers of a scheduler, by its address. Dask resends the work of a lost worker.

    `packed` packs the files of an article, if not all as they are.

    Raises MissingTool if the documents of a worker would differ from those of this machine, and TriptychError without
    a scheduler or a worker.
    """
    with _client(scheduler) as client:
        here = machine.fingerprint(templates)
        _check_workers(client, here)
        waiting, working = deque(into), dict[Any, Path]()
        while waiting or working:
            while waiting and len(working) < WINDOW:
                article = waiting.popleft()
                try:
                    sent = (packed or parcel)(article, templates)
                except (TriptychError, OSError) as error:
                    yield library.failed(article, error)
                else:
                    working[client.submit(made, sent, order, here, pure=False, retries=RETRIES)] = article
            for future in _done(client, list(working)):
                article = working.pop(future)
                yield _outcome(article, into[article], _result(client, future), order)


def _outcome(article: Path, folder: Path, result: Result, order: Order) -> Outcome:
    if isinstance(result, TriptychError):
        return library.failed(article, result)
    return library.written(article, folder, result, order)


def copies(
    article: Path, places: Mapping[str, Place], output: Path, order: Order, templates: Templates, scheduler: str
) -> Iterator[Outcome]:
    """The copy of an article for each place, as `places.outcomes`, on the workers of a scheduler."""
    whole = parcel(article, templates)
    head = f"{Path(whole.above, whole.name).name}/{HEAD}"

    def packed(copy: Path, _templates: Templates) -> Parcel:
        return replace(whole, files={**whole.files, head: given(whole.files[head], places[copy.name])})

    into = {article / name: output / name for name in places}
    yield from outcomes(into, order, templates, scheduler, packed)


def parcel(folder: Path, templates: Templates) -> Parcel:
    """The files that an article uses, packed. Raises UsageError without a folder."""
    real = kin.root(folder).resolve()
    known, _ = read.files(folder)
    names = uses.named(folder, known)
    strays = {name for name in names if not disk.inside(real, name)}
    language = known.article.front.language
    house = [path for name in HOUSE_FILES if (path := real.parent / name).is_file()]
    house += [path for path in catalogues.own(real, language) if path.parent == real.parent]
    house += [path for path in logos.above(known) if path.is_file()]
    return Parcel(
        folder=str(folder),
        name=kin.output_name(folder),
        above=str(real.parent),
        templates=tuple(map(str, templates.folders)),
        files={f"{real.name}/{name}": b"" if name in strays else (real / name).read_bytes() for name in names}
        | {path.name: path.read_bytes() for path in house},
        strays=frozenset(f"{real.name}/{name}" for name in strays),
    )


def made(parcel: Parcel, order: Order, expected: Fingerprint) -> Result:
    """Runs on a worker: the documents of an article, or its error. Raises only faults of the worker."""
    if different := machine.differences(own(), expected):
        from distributed import get_worker

        return _refusal(get_worker().address, different)
    with _alone, tempfile.TemporaryDirectory(prefix="triptych-") as name:
        root = Path(name).resolve()
        try:
            return library.made(parcel.unpacked(root), order, where.templates())
        except ContentError as error:
            known = [replace(problem, path=Path(parcel.here(root, str(problem.path)))) for problem in error.problems]
            return ContentError(known)
        except TriptychError as error:
            return type(error)(parcel.here(root, str(error)))


def own() -> Fingerprint:
    """Runs on a worker: its fingerprint."""
    return machine.fingerprint(where.templates())


def _parent(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


@contextmanager
def _client(scheduler: str) -> Iterator[Any]:
    """A client of a scheduler. Raises TriptychError if the connection fails."""
    distributed = _distributed()
    try:
        asyncio.run(_greet(scheduler))
        client = distributed.Client(scheduler, timeout=PATIENCE)
    except (OSError, CancelledError):
        raise TriptychError(
            f"no scheduler answers at {scheduler}: give the address that `dask scheduler` prints"
        ) from None
    except ValueError as error:
        raise UsageError(f"`{scheduler}` is not the address of a scheduler, such as tcp://host:8786: {error}") from None
    try:
        with client:
            yield client
    except (OSError, CancelledError, distributed.client.ClosedClientError):
        raise TriptychError(
            f"the scheduler at {scheduler} is lost: run the same command again when it is back; what was written stays"
        ) from None


async def _greet(scheduler: str) -> None:
    """Connect once with a timeout: a client waits forever for a scheduler that hangs, or for another program."""
    from distributed import Security
    from distributed.comm import connect

    async with asyncio.timeout(PATIENCE):
        comm = await connect(scheduler, PATIENCE, **Security().get_connection_args("client"))
        await comm.close()


def _distributed() -> Any:
    """Import Dask with its log messages off. Raises MissingTool."""
    loud = ("asyncio", "distributed", "distributed.client", "tornado", "tornado.application")
    try:
        import dask

        dask.config.set({"logging": dict.fromkeys(loud, "critical")})  # read when distributed is imported
        import distributed
    except ModuleNotFoundError:
        raise MissingTool("--scheduler needs Dask, which is not installed: run `make cluster`") from None
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 TB"})  # pictures are large
    warnings.filterwarnings("ignore", module="distributed")
    return distributed


def _check_workers(client: Any, here: Fingerprint) -> None:
    """Check the connected workers. Raises MissingTool if the documents of one would differ from ours."""
    _wait_for_worker(client)
    found = []
    for address, there in sorted(client.run(own, on_error="return").items()):
        if isinstance(there, OSError) and not there.filename:
            continue  # lost since; its work is checked again if it comes back
        if isinstance(there, Exception):
            found.append(str(_stranger(f"the worker {address}", there)))
        elif different := machine.differences(there, here):
            found.append(str(_refusal(address, different)))
    if found:
        raise MissingTool("\n".join(found))


def _wait_for_worker(client: Any) -> None:
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        address = client.scheduler.address
        raise TriptychError(
            f"no worker is connected to {address}: start one with `.venv/bin/dask worker {address} --nthreads 1`, "
            "then run the same command again; what was written stays"
        ) from None


def _refusal(address: str, different: Sequence[str]) -> MissingTool:
    return MissingTool(
        f"the worker {address} would make other documents than this machine: {'; '.join(different)}\n"
        "    Give it the same commit, packages (`make setup cluster`) and system release, then restart it."
    )


def _stranger(who: str, error: Exception) -> MissingTool:
    return MissingTool(
        f"{who} runs another version of Triptych: {error}\n    Run `make setup cluster` there, then restart it."
    )


def _done(client: Any, futures: Sequence[Any]) -> Sequence[Any]:
    """The finished futures, as soon as there is one; empty for no futures."""
    from distributed import wait

    return futures and tuple(_patiently(client, lambda: wait(futures, PATIENCE, "FIRST_COMPLETED").done))


def _result(client: Any, future: Any) -> Result:
    """What a worker returned. Raises MissingTool if the worker has another version or lacks a tool."""
    from distributed import KilledWorker

    error = future.exception() if future.status == "error" else None
    if isinstance(error, KilledWorker):
        count, last = error.allowed_failures + 1, error.last_worker.address
        return TriptychError(
            f"the workers that made it stopped, {count} in all, the last one {last}: do they run out of memory?"
        )
    if isinstance(error, OSError):
        return TriptychError(f"no worker could make it: {error}")
    if isinstance(error, ImportError):
        raise _stranger("a worker", error)
    result: Result = _patiently(client, lambda: future.result(PATIENCE))
    if isinstance(result, MissingTool):
        raise result
    return result


def _patiently(client: Any, ask: Callable[[], Any]) -> Any:
    """Repeat a call after each timeout, as long as a worker is connected."""
    while True:
        try:
            return ask()
        except TimeoutError:
            _wait_for_worker(client)
