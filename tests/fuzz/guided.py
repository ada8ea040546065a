"""Readers are given inputs by chance, guided by the code that they reach. Sole importer of atheris.

`python -m tests.fuzz.guided prose --seconds 60 --seed 1 --place build/.fuzz` prints each kind of fault once, and keeps
its input. What was read by new code is kept as well: the next run begins there.
"""

import argparse
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import atheris

with atheris.instrument_imports(include=["triptych", "markdown", "pymdownx", "frontmatter", "lark", "zipfile", "csv"]):
    from tests.fuzz import faults
    from tests.fuzz.forms import Form
    from tests.fuzz.targets import TARGETS

LONGEST = 100
"""Seconds after which a process ends where a library does not return."""
MEMORY = 2500
"""MB that a process may take."""


def main() -> int:
    """Try some readers, one after the other, and return the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("targets", nargs="+", choices=TARGETS, metavar="target")
    parser.add_argument("--seconds", type=float, required=True, help="for all of them")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--place", type=Path, required=True)
    given = parser.parse_args()
    seconds = round(given.seconds / len(given.targets))
    failed = False
    for name in given.targets:
        code = _apart(partial(_fuzz, name, seconds, given.seed, given.place), given.place / f"{name}.log")
        failed |= code != 0
        print(f"{name}: {_told(given.place / f'{name}.log', code)}", flush=True)
    return int(failed)


def _apart(work: Callable[[], None], log: Path) -> int:
    """Do some work in a process of its own, with what it says in a file. Returns its exit code."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with log.open("wb") as written:
        os.dup2(written.fileno(), 2)
    work()
    os._exit(0)


def _told(log: Path, code: int) -> str:
    """What libFuzzer says at its end."""
    said = log.read_text(encoding="utf-8", errors="replace")
    numbers = dict(re.findall(r"^stat::(\w+):\s+(\d+)", said, re.MULTILINE))
    counted = (
        f"{numbers.get('number_of_executed_units', '?')} inputs, {numbers.get('new_units_added', '?')} by new code"
    )
    return counted if code == 0 else f"{counted}; it ended with {code}: see {log}"


def _fuzz(name: str, seconds: int, seed: int, place: Path) -> None:
    """Try one reader. Ends the process."""
    target, found = TARGETS[name], place / "found" / name
    inputs, seeds, words = place / "inputs" / name, place / "seeds" / name, place / f"{name}.words"
    for folder in (inputs, seeds, found):
        folder.mkdir(parents=True, exist_ok=True)
    first = list(target.seeds())
    for number, data in enumerate(first):
        (seeds / f"{number:04}").write_bytes(data[: target.largest])
    words.write_bytes(b"".join(_words(first)))
    options = [
        *(f"-max_total_time={seconds}", f"-seed={seed}", f"-max_len={target.largest}", "-len_control=0"),
        *(f"-timeout={LONGEST}", f"-rss_limit_mb={MEMORY}", f"-dict={words}", "-print_final_stats=1", "-verbosity=0"),
        f"-artifact_prefix={found}/{name}-",
    ]
    kept = faults.Kept(found)

    def one(data: bytes) -> None:
        if error := faults.fault(target.run, data):
            kept.add(target.run, data, error)

    changed = {"custom_mutator": _changing(target.form)} if target.form else {}
    atheris.Setup([sys.argv[0], *options, str(inputs), str(seeds)], one, **changed)
    atheris.Fuzz()


def _words(inputs: Iterable[bytes]) -> Iterator[bytes]:
    """The commonest words and signs of inputs, as a dictionary of libFuzzer."""
    found = Counter[bytes]()
    for data in inputs:
        found.update(set(re.findall(rb"[A-Za-z][A-Za-z:-]{2,20}|[^\w\s]{1,3}", data[:20_000])))
    for word, _ in found.most_common(300):
        yield b'"%s"\n' % b"".join(b"\\x%02x" % byte for byte in word)


def _changing(form: Form) -> Callable[[bytes, int, int], Any]:
    """A function that changes one part of an input."""

    def change(data: bytes, largest: int, seed: int) -> Any:
        try:
            parts = [*form.parts(data)]
        except (ValueError, OSError, EOFError, RuntimeError, NotImplementedError):
            return atheris.Mutate(data, largest)
        number = seed % len(parts)
        parts[number] = bytes(atheris.Mutate(parts[number], len(parts[number]) + 64))
        whole = form.whole(data, parts)
        return whole if len(whole) <= largest else data

    return change


if __name__ == "__main__":
    sys.exit(main())
