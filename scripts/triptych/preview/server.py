"""Drafts become a page in a browser on this machine, updated on each save. Sole importer of Starlette."""

import asyncio
import secrets
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Lifespan, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle
from watchfiles import Change, DefaultFilter, awatch

from triptych.build.order import Order
from triptych.compose.rendering import Rendering
from triptych.content import catalogues, disk, kin
from triptych.content.errors import UsageError
from triptych.content.kinds import KINDS
from triptych.content.model import HOUSE_FILES
from triptych.design.where import Templates
from triptych.pdf.pixels import Proof, ScreenTile
from triptych.preview.desk import Desk
from triptych.preview.news import Task

PORT = 8765
STEP = 8
"""A save of the article is reported after this many milliseconds without another change."""
SLOW_STEP = 100
"""The same for files that seldom change: a look costs as much for them."""
LONGEST_WAIT = 100
"""A save is reported after this many milliseconds at the latest."""
LOOKED_AFTER = 1000
"""Milliseconds between two looks whether the watched folders are still there."""
REST = 10
"""Seconds without a save in which an author reads or thinks."""
LARGEST_BODY = 1000
"""Most bytes that the page sends: the names and pages of the documents in view."""
MOST_TILES = 4
"""Tiles that are drawn at a time: each takes some 25 MB meanwhile."""
SLOWEST = 10
"""Seconds in which a request must be whole."""
MOST_CONNECTIONS = 400
"""Connections at one time: browsers open a few for each page."""
ALIVE = 0.25
"""Seconds between two checks whether the server is ending."""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""The page loads nothing from other sites, and no other site may load or frame it."""
FRESH = {"Cache-Control": "no-store"}
KEPT = {"Cache-Control": "private, max-age=600, immutable"}
EDGES = ("width", "left", "top")
FILES = {"preview.css": "text/css", "preview.js": "text/javascript"}


@dataclass(frozen=True, slots=True)
class Preview:
    """The article to show, with its options."""

    folder: Path
    """Folder of the article."""
    order: Order
    templates: Templates
    code: Path
    """Folder of the program."""
    port: int = PORT


def serve(preview: Preview, ready: Callable[[str], None]) -> None:
    """Serve until Ctrl-C. Calls `ready` with the address once a browser can open it. Writes no files.

    Raises UsageError when the folder does not exist or the port is in use.
    """
    disk.exists(preview.folder)
    listener = _listener(preview.port)
    host = f"127.0.0.1:{listener.getsockname()[1]}"
    token = secrets.token_urlsafe(24)
    tasks = [
        Task(preview.folder.resolve(), name, preview.order, preview.templates)
        for name in preview.order.documents or KINDS
    ]
    desk = Desk(tasks)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        watching = [asyncio.create_task(work) for work in _watching(desk, preview)]
        desk.saved()
        ready(f"http://{host}/{token}/")
        yield
        for task in watching:
            task.cancel()
        desk.close()

    app = _Guard(_application(desk, preview, token, lifespan), host, token)
    config = uvicorn.Config(
        app,
        lifespan="on",
        log_level="critical",
        timeout_graceful_shutdown=1,
        http=_Prompt,
        limit_concurrency=MOST_CONNECTIONS,
        server_header=False,
    )
    with suppress(KeyboardInterrupt), listener:
        _Server(config, desk).run(sockets=[listener])


class _Server(uvicorn.Server):
    """Closes the event streams at once on Ctrl-C, so that none of them keeps the server alive."""

    def __init__(self, config: uvicorn.Config, desk: Desk) -> None:
        super().__init__(config)
        self._desk = desk

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._desk.closed = True
        super().handle_exit(sig, frame)


class _Prompt(H11Protocol):
    """A connection that ends if no whole request comes in time: slow ones must not take the places of others."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.loop.call_later(SLOWEST, self._look, None)

    def _look(self, answered: RequestResponseCycle | None) -> None:
        """End the connection if nothing was asked since the last look, when it had this answer."""
        waits = self.cycle is None or self.cycle.response_complete
        if waits and self.cycle is answered:
            self.transport.close()
        elif not self.transport.is_closing():
            self.loop.call_later(SLOWEST, self._look, self.cycle)


def _listener(port: int) -> socket.socket:
    """A socket that only this machine can reach. Raises UsageError when the port is in use."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen()
    except (OSError, OverflowError):
        listener.close()
        raise UsageError(f"port {port} is in use: choose another with --port, or end the other preview") from None
    return listener


# Access.


class _Guard:
    """Answers only requests from this page: with this host name, with the token, and not from another site."""

    def __init__(self, app: ASGIApp, host: str, token: str) -> None:
        self._app = app
        self._hosts = {host, host.replace("127.0.0.1", "localhost")}
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            request = Request(scope)
            refusal = next(self._refusals(request), "")
            answer = PlainTextResponse(refusal, 403, HEADERS) if refusal else self._app
            await answer(scope, receive, send)

    def _refusals(self, request: Request) -> Iterator[str]:
        host = request.headers.get("host", "")
        if host not in self._hosts:
            yield "unknown host name"
        given = request.url.path.split("/")[1]
        if not secrets.compare_digest(given.encode(), self._token.encode()):
            yield "open the address that the command printed"
        site = request.headers.get("sec-fetch-site", "none")
        if site not in ("same-origin", "none"):
            yield "requests from another site are not allowed"
        origin = request.headers.get("origin")
        if origin is not None and origin != f"http://{host}":
            yield "requests from another origin are not allowed"
        if request.method not in ("GET", "HEAD") and origin is None:
            yield "only the page itself may send data"


# Answers.


def _application(desk: Desk, preview: Preview, token: str, lifespan: Lifespan[Starlette]) -> Starlette:
    """The page, its files, tiles and events, at addresses that begin with the token."""
    answers = _Answers(desk, preview)
    routes = [
        Route("/", answers.page),
        Route("/events", answers.events),
        Route("/view", answers.view, methods=["POST"]),
        Route("/tile/{document}/{version:int}/{page:int}", answers.tile),
        Route("/{name}", answers.file),
    ]
    return Starlette(routes=[Mount(f"/{token}", routes=routes)], lifespan=lifespan)


@dataclass(frozen=True, slots=True)
class _Answers:
    desk: Desk
    preview: Preview
    few: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MOST_TILES))

    async def page(self, _request: Request) -> Response:
        html = Rendering(self.preview.templates).page(
            "preview/index.html.jinja",
            title=self.preview.folder.resolve().name,
            several=len(self.desk.drafts) > 1,
            documents=[(name, KINDS[name].caption.capitalize()) for name in self.desk.drafts],
        )
        return Response(html, 200, HEADERS | FRESH, "text/html")

    async def file(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in FILES:
            return PlainTextResponse("no such file", 404, HEADERS)
        data = self.preview.templates.file(f"preview/{name}").read_bytes()
        return Response(data, 200, HEADERS | FRESH, FILES[name])

    async def events(self, _request: Request) -> Response:
        return StreamingResponse(self._stream(), 200, HEADERS | FRESH, "text/event-stream")

    async def _stream(self) -> AsyncIterator[str]:
        listener = self.desk.subscription()
        try:
            while not self.desk.closed:
                if events := await listener.events(ALIVE):
                    yield events
        finally:
            self.desk.unsubscribe(listener)

    async def view(self, request: Request) -> Response:
        """Receives what is in view: `briefing/2`, the name of a document and a page, separated by spaces."""
        body = b""
        try:
            async with asyncio.timeout(SLOWEST):
                async for part in request.stream():
                    body += part
                    if len(body) > LARGEST_BODY:
                        return PlainTextResponse("too long", 413, HEADERS)
        except (TimeoutError, ClientDisconnect):
            return PlainTextResponse("too slow", 408, HEADERS)
        parts = (word.partition("/") for word in body.decode("ascii", "replace").split())
        self.desk.show({name: int(page) if page.isdecimal() else 1 for name, _, page in parts})
        return Response(status_code=204, headers=HEADERS)

    async def tile(self, request: Request) -> Response:
        tile, proof = self._asked(request)
        if not proof or not 1 <= tile.page <= proof.pages:
            return PlainTextResponse("no such page", 404, HEADERS)
        if not tile.possible:
            return PlainTextResponse("no such tile", 400, HEADERS)
        async with self.few:
            picture = await run_in_threadpool(proof.jpeg, tile)
        return Response(picture, 200, HEADERS | KEPT, "image/jpeg")

    def _asked(self, request: Request) -> tuple[ScreenTile, Proof | None]:
        given, query = request.path_params, request.query_params
        numbers = (int(query.get(name, "")) if query.get(name, "").isdecimal() else -1 for name in EDGES)
        draft, page = self.desk.drafts.get(given["document"]), given["page"]
        early = draft and draft.early
        if early and "early" in query:
            known = (early.version, early.page) == (given["version"], page)
            return ScreenTile(1, *numbers), early.proof if known else None
        return ScreenTile(page, *numbers), draft.proofs.get(given["version"]) if draft else None


# Watched files.


class _Inputs(DefaultFilter):
    """Accepts files that affect the printed pages: not those for screens, nor an editor's temporary files."""

    def __call__(self, change: Change, path: str) -> bool:
        hidden = Path(path).name.startswith((".", "#", "~$")) or {"preview", "review", "web"} & {Path(path).parent.name}
        return not hidden and super().__call__(change, path)


def _watching(desk: Desk, preview: Preview) -> Iterator[Coroutine[Any, Any, None]]:
    folder = kin.root(preview.folder).resolve()
    above = {folder.parent / name for name in HOUSE_FILES}

    async def inputs() -> None:
        async for _ in _changes(folder, *preview.templates.folders):
            desk.saved()

    async def house_rules() -> None:
        async for changed in _changes(folder.parent, step=SLOW_STEP, recursive=False):
            if above & changed or any(path.match(catalogues.HOUSE.format("*")) for path in changed):
                desk.saved()

    async def code() -> None:
        async for changed in _changes(preview.code, step=SLOW_STEP):
            if any(path.suffix == ".py" for path in changed):
                desk.outdated()

    async def rests() -> None:
        while True:
            await asyncio.sleep(REST)
            desk.rest()

    yield from (inputs(), house_rules(), code(), rests())


async def _changes(*folders: Path, step: int = STEP, recursive: bool = True) -> AsyncIterator[set[Path]]:
    """The paths that change in some folders. A folder that is deleted is watched again when it is back."""
    while True:
        known = _identities(folders)
        watched = awatch(
            *folders,
            watch_filter=_Inputs(),
            step=step,
            debounce=LONGEST_WAIT,
            rust_timeout=LOOKED_AFTER,
            yield_on_timeout=True,
            recursive=recursive,
        )
        async for changes in watched:
            if changes:
                yield {Path(path) for _, path in changes}
            if _identities(folders) != known:
                break
        while not all(folder.is_dir() for folder in folders):
            await asyncio.sleep(LOOKED_AFTER / 1000)
        yield set(folders)


def _identities(folders: Sequence[Path]) -> Sequence[tuple[int, int]]:
    """What the system knows folders by: another one where a folder is new, none where there is none."""
    found = []
    for folder in folders:
        with suppress(OSError):
            state = folder.stat()
            found.append((state.st_dev, state.st_ino))
    return found
