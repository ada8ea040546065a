"""Many articles become their documents on the machines of a Dask cluster. Sole importer of Dask.

The machines share no files: those of an article travel to a worker, its documents travel back, and the client writes.
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

from triptych.build import library, machine, pipeline
from triptych.build.library import Outcome
from triptych.build.machine import Fingerprint
from triptych.build.pipeline import Order
from triptych.content import read, uses
from triptych.content.errors import ContentError, MissingTool, TriptychError, UsageError
from triptych.content.model import HOUSE_FILES
from triptych.design import where
from triptych.design.where import Templates
from triptych.documents.workshop import Document

PATIENCE = 10
"""Seconds in which a scheduler must answer, and a worker be there again where all are lost."""
WINDOW = 500
"""Articles that a scheduler holds at a time."""
RETRIES = 2
"""Times that an article is sent again where a worker fails at it, for its disk is full, say."""

Result = tuple[Document, ...] | TriptychError
"""Of an article: its documents, or why there are none."""

_alone = threading.Lock()
"""Held while an article is made: one thread at a time may use WeasyPrint and Pango, however many a worker has."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """An article as it travels: all that a worker needs of it."""

    folder: str
    """The article's folder as the client was given it; the paths that are told start so."""
    name: str
    above: str
    """The folder above, without links."""
    templates: tuple[str, ...]
    """Where the client's lie."""
    files: Mapping[str, bytes]
    """By their paths below the folder above."""
    strays: frozenset[str]
    """Those that are links out of the article's folder: they stay such links, and what they lead to stays here."""

    def unpacked(self, root: Path) -> Path:
        """Lay the files out below an empty folder, and return the article's, by a link: its real path differs."""
        for name, data in self.files.items():
            path = real = root / "real" / name
            if name in self.strays:
                real = root / "strays" / name
                _parent(path).symlink_to(real)
            _parent(real).write_bytes(data)
        (root / "real" / self.name).mkdir(parents=True, exist_ok=True)
        (root / "given").symlink_to(root / "real")
        return root / "given" / self.name

    def told(self, root: Path, text: str) -> str:
        """A text with the client's paths in the place of those of a worker."""
        for there, here in (
            (root / "given" / self.name, self.folder),
            (root / "real", self.above),
            *zip(where.templates().folders, self.templates, strict=False),
        ):
            text = text.replace(str(there), here)
        return text


def outcomes(into: Mapping[Path, Path], order: Order, templates: Templates, scheduler: str) -> Iterator[Outcome]:
    """As `library.outcomes`, by the workers of the scheduler at an address; lost ones are the engine's to replace.

    Raises MissingTool where a worker would not make what this machine makes, and TriptychError where there is no
    scheduler or no worker.
    """
    with _client(scheduler) as client:
        here = machine.fingerprint(templates)
        _check_workers(client, here)
        waiting, working = deque(into), dict[Any, Path]()
        while waiting or working:
            while waiting and len(working) < WINDOW:
                article = waiting.popleft()
                try:
                    sent = parcel(article, templates)
                except (TriptychError, OSError) as error:
                    yield library.failed(article, error)
                else:
                    working[client.submit(made, sent, order, here, pure=False, retries=RETRIES)] = article
            for future in _done(client, list(working)):
                article = working.pop(future)
                yield _outcome(article, into[article], _result(client, future))


def _outcome(article: Path, folder: Path, result: Result) -> Outcome:
    if isinstance(result, TriptychError):
        return library.failed(article, result)
    return library.written(article, folder, result)


def parcel(folder: Path, templates: Templates) -> Parcel:
    """The files that an article uses, packed. Raises UsageError where there is no folder."""
    real = folder.resolve()
    names = uses.named(folder)
    strays = {name for name in names if not read.inside(folder, name)}
    house = [path for name in HOUSE_FILES if (path := real.parent / name).is_file()]
    return Parcel(
        folder=str(folder),
        name=real.name,
        above=str(real.parent),
        templates=tuple(map(str, templates.folders)),
        files={f"{real.name}/{name}": b"" if name in strays else (folder / name).read_bytes() for name in names}
        | {path.name: path.read_bytes() for path in house},
        strays=frozenset(f"{real.name}/{name}" for name in strays),
    )


def made(parcel: Parcel, order: Order, expected: Fingerprint) -> Result:
    """On a worker: the documents of an article, or why there are none. An error that is raised is the worker's."""
    from distributed import get_worker

    if different := machine.differences(own(), expected):
        return _refusal(get_worker().address, different)
    with _alone, tempfile.TemporaryDirectory(prefix="triptych-") as name:
        root = Path(name).resolve()
        try:
            return pipeline.documents(parcel.unpacked(root), order, where.templates())
        except ContentError as error:
            known = [replace(problem, path=Path(parcel.told(root, str(problem.path)))) for problem in error.problems]
            return ContentError(known)
        except TriptychError as error:
            return type(error)(parcel.told(root, str(error)))


def own() -> Fingerprint:
    """On a worker: what makes documents there."""
    return machine.fingerprint(where.templates())


def _parent(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


@contextmanager
def _client(scheduler: str) -> Iterator[Any]:
    """A client of a scheduler. What goes wrong between them is told as TriptychError."""
    distributed = _distributed()
    try:
        asyncio.run(_greet(scheduler))
        client = distributed.Client(scheduler, timeout=PATIENCE)
    except (OSError, CancelledError):
        raise TriptychError(
            f"no scheduler answers at {scheduler}: give the address that `dask scheduler` tells"
        ) from None
    except ValueError as error:
        raise UsageError(f"`{scheduler}` is no address of a scheduler, such as tcp://host:8786: {error}") from None
    try:
        with client:
            yield client
    except (OSError, CancelledError, distributed.client.ClosedClientError):
        raise TriptychError(
            f"the scheduler at {scheduler} is lost: what was written stays; run the same command when it is back"
        ) from None


async def _greet(scheduler: str) -> None:
    """Ask a scheduler for an answer, since a client waits without end for one that is held up, or is something else."""
    from distributed import Security
    from distributed.comm import connect

    async with asyncio.timeout(PATIENCE):
        comm = await connect(scheduler, PATIENCE, **Security().get_connection_args("client"))
        await comm.close()


def _distributed() -> Any:
    """Dask, which keeps silent. Raises MissingTool."""
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
    """Raises MissingTool where one of those there are would not make what this machine makes."""
    _wait_for_worker(client)
    told = []
    for address, there in sorted(client.run(own, on_error="return").items()):
        if isinstance(there, OSError) and not there.filename:
            continue  # it was lost meanwhile; where it comes back, its work is checked again
        if isinstance(there, Exception):
            told.append(str(_stranger(f"the worker {address}", there)))
        elif different := machine.differences(there, here):
            told.append(str(_refusal(address, different)))
    if told:
        raise MissingTool("\n".join(told))


def _wait_for_worker(client: Any) -> None:
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        address = client.scheduler.address
        raise TriptychError(
            f"no worker is at {address}: start some, as `.venv/bin/dask worker {address} --nthreads 1`, "
            "and run the same command again; what was written stays"
        ) from None


def _refusal(address: str, different: Sequence[str]) -> MissingTool:
    return MissingTool(
        f"the worker {address} would not make what is made here: {'; '.join(different)}\n"
        "    Bring it to the same commit, packages (`make setup cluster`) and release of its system, and start it anew."
    )


def _stranger(who: str, error: Exception) -> MissingTool:
    return MissingTool(
        f"{who} does not answer as this Triptych would: {error}\n    Run `make setup cluster` there, and start it anew."
    )


def _done(client: Any, futures: Sequence[Any]) -> Sequence[Any]:
    """Those that are done, once one is; none of none."""
    from distributed import wait

    return futures and tuple(_patiently(client, lambda: wait(futures, PATIENCE, "FIRST_COMPLETED").done))


def _result(client: Any, future: Any) -> Result:
    """What a worker returned. Raises MissingTool where it is not as it must be."""
    from distributed import KilledWorker

    error = future.exception() if future.status == "error" else None
    if isinstance(error, KilledWorker):
        count, last = error.allowed_failures + 1, error.last_worker.address
        return TriptychError(
            f"its workers ended while they made it, {count} in all, the last {last}: do they run out of memory?"
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
    """What a question returns, asked again and again as long as there is a worker."""
    while True:
        try:
            return ask()
        except TimeoutError:
            _wait_for_worker(client)
