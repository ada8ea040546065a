"""The preview under load: thousands of saves, hundreds of connections, readers that are slow or never there."""

import asyncio
import json
import os
import socket
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests import faults, processes
from tests.faults import COMMAND, Place
from triptych.preview import server
from triptych.preview.desk import Listener

pytestmark = pytest.mark.xdist_group("preview-load")
SAVES = 2000 if os.environ.get("LONG") else 60
MOST = 300
"""MiB of memory, as the share of each process: what several use is counted once."""
CONNECTIONS = 300


@dataclass
class Running:
    """A preview of all documents of a small article, and what it says of them."""

    place: Place
    address: str
    process: int
    state: dict[str, list[dict[str, Any]]]

    @property
    def port(self) -> int:
        return int(self.address.split("/")[2].split(":")[1])

    def save(self, number: int) -> None:
        """Write another version of the article."""
        faults.article(self.place.article, number)

    def listen(self) -> None:
        """Take the news as a browser does."""
        kind = ""
        with urllib.request.urlopen(f"{self.address}events") as answer:
            for line in answer:
                text = line.decode().rstrip()
                if text.startswith("event: "):
                    kind = text[7:]
                elif text.startswith("data: ") and kind == "state":
                    self.state |= {"all": json.loads(text[6:])["documents"]}

    def wait(self, phases: set[str], version: int, count: int) -> None:
        """Wait until so many documents are of a version, or a newer one, and in one of these phases."""

        def there() -> bool:
            known = self.state.get("all", [])
            return sum(bool(one["version"] >= version and one["phase"] in phases) for one in known) >= count

        faults.until(there)

    @property
    def memory(self) -> float:
        return sum(share for _, share in processes.memory(self.process).values())


@contextmanager
def running(root: Path) -> Iterator[Running]:
    place = Place(root)
    faults.article(place.article, 1)
    with place.start(command=[*COMMAND, "preview", str(place.article), "--port", "0", "--no-browser"]) as process:
        try:
            assert process.stdout
            preview = Running(place, process.stdout.readline().strip(), process.pid, {})
            Thread(target=preview.listen, daemon=True).start()
            yield preview
            process.send_signal(2)
            _, complaints = process.communicate(timeout=faults.WAIT)
            assert (process.returncode, complaints) == (0, "")
        finally:
            faults.ended(process)


@pytest.mark.faults
def test_memory_stays_the_same_after_many_saves(tmp_path: Path) -> None:
    """Most saves come while the last one is still being checked; of every tenth, all documents are."""
    table = []
    with running(tmp_path) as preview:
        preview.wait({"proven"}, 1, 3)
        for number in range(2, SAVES + 2):
            version = max(one["version"] for one in preview.state["all"])
            preview.save(number)
            whole = number % 10 == 0
            preview.wait({"proven"} if whole else {"proving", "proven"}, version + 1, 3 if whole else 1)
            table.append(preview.memory)
            if number % 50 == 49:
                print(f"{number} saves: {max(table[-50:]):.0f} MiB", processes.memory(preview.process), flush=True)
    early, late = (max(part) for part in (table[: SAVES // 2], table[SAVES // 2 :]))
    print(f"most: {early:.0f} MiB in the first half, {late:.0f} MiB in the second")
    assert max(early, late) < MOST
    assert late < 1.1 * early


def status(address: str) -> int:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return int(answer.status)


def asked(port: int, text: str) -> socket.socket:
    """A connection on which something was sent."""
    one = socket.create_connection(("127.0.0.1", port), 30)
    one.sendall(text.encode())
    return one


@pytest.mark.slow
@pytest.mark.faults
def test_300_readers_are_served_at_once_and_slow_ones_end(tmp_path: Path) -> None:
    with running(tmp_path) as preview, ExitStack() as stack:
        preview.wait({"proven"}, 1, 3)
        host, path = preview.address.split("/")[2], "/" + preview.address.split("/", 3)[3]
        head = f"GET {path}events HTTP/1.1\r\nHost: {host}\r\n"
        readers = [stack.enter_context(asked(preview.port, f"{head}\r\n")) for _ in range(CONNECTIONS)]
        for one in readers:
            assert one.recv(12) == b"HTTP/1.1 200"
        assert status(preview.address) == 200
        slow = [stack.enter_context(asked(preview.port, head)) for _ in range(50)]
        post = f"POST {path}view HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Length: 100\r\n\r\nposter"
        slow += [stack.enter_context(asked(preview.port, post)) for _ in range(20)]
        assert status(preview.address) == 200
        end = time.monotonic() + 12 * server.SLOWEST
        for one in slow:
            one.settimeout(max(1, end - time.monotonic()))
            assert one.recv(4096)[:12] in (b"", b"HTTP/1.1 408")
        preview.save(2)
        preview.wait({"proven"}, 2, 3)  # readers that take nothing hold nobody up
        assert status(preview.address) == 200
        assert preview.memory < MOST


def test_a_slow_reader_gets_the_last_event_of_each_kind() -> None:
    async def told() -> tuple[str, str]:
        listener = Listener()
        for number in range(1000):
            listener.put("state", f"state {number};")
            listener.put("places factsheet", f"places {number};")
        return await listener.events(1), await listener.events(0.01)

    found: list[tuple[str, str]] = []
    thread = Thread(target=lambda: found.append(asyncio.run(told())))
    thread.start()
    thread.join()
    assert found == [("state 999;places 999;", "")]
