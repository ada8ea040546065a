"""Inputs by chance for a number of minutes: whole articles on one core, single readers on the others.

Prints how many were tried and each kind of fault. Exits with 1 if there is a fault.
"""

import argparse
import importlib.util
import os
import platform
import random
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.fuzz.targets import TARGETS

PLACE = Path("build", ".fuzz")
MEMORY = Path("/dev/shm")
"""A folder in memory, where there is one, for the files of each input."""
LEFT_OUT = (
    "fuzz: atheris is not there for Python {} on this machine: single readers are left out, whole articles are tried"
)
START = 12
"""Seconds that the readers take to load, and each of them to end."""


def main(words: Sequence[str]) -> int:
    """Try inputs, and return the exit code."""
    parser = argparse.ArgumentParser(prog="make fuzz")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    given = parser.parse_args(words)
    print(f"fuzz: {given.minutes:g} minutes, SEED={given.seed}", flush=True)
    commands = [("whole", *_options(given.minutes * 60, given.seed))]
    if importlib.util.find_spec("atheris"):
        lanes = max(1, (os.cpu_count() or 1) - 1)
        seconds = given.minutes * 60 - START
        commands += [
            ("guided", *share, *_options(max(seconds, 5 * len(share)), given.seed))
            for share in ([*TARGETS][lane::lanes] for lane in range(min(lanes, len(TARGETS))))
        ]
    else:
        print(LEFT_OUT.format(platform.python_version()), flush=True)
    running = [_started(command) for command in commands]
    said = [process.communicate()[0] for process in running]
    lines = [line for text in said for line in text.splitlines() if not line.startswith("INFO:")]
    print("\n".join(lines), flush=True)
    wrong = any(process.returncode for process in running) or any(line.startswith("FAULT") for line in lines)
    if wrong:
        print(
            f"fuzz: see {PLACE / 'found'}; mend what did harm, and keep the input in tests/fuzz/found", file=sys.stderr
        )
    return int(wrong)


def _options(seconds: float, seed: int) -> tuple[str, ...]:
    return "--seconds", str(seconds), "--seed", str(seed), "--place", str(PLACE)


def _started(command: Sequence[str]) -> subprocess.Popen[str]:
    """A part of the work, in a process of its own."""
    name, *options = command
    environment: Mapping[str, str] = {**os.environ, **({"TMPDIR": str(MEMORY)} if os.access(MEMORY, os.W_OK) else {})}
    return subprocess.Popen(
        [sys.executable, "-m", f"tests.fuzz.{name}", *options],
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
