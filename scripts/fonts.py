"""The faces of a language's script are fetched from the lock, each with its hash, and nothing else of it.

`make fonts LANGUAGE=hi` asks for one; `make pdf` asks for those that an article needs and has not.
"""

import importlib.util
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from typing import Any

PYTHON = ".venv/bin/python"


def _module() -> Any:
    """The module that lists the packs, loaded without its package, which loads slowly."""
    spec = importlib.util.spec_from_file_location("packs", "scripts/triptych/content/packs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["packs"] = module  # dataclasses look there
    spec.loader.exec_module(module)
    return module


PACKS = _module()


def fetch(packs: Sequence[Any]) -> int:
    """Install packs from the lock, after a sentence that says what is fetched. Returns the exit code."""
    names = " and ".join(f"{pack.script} ({pack.size})" for pack in packs)
    print(f"fonts: fetching the faces of {names}", flush=True)
    with open("fonts.lock", encoding="ascii") as file:
        entries = re.split(r"\n(?=\w)", file.read())
    wanted = "\n".join(entry for entry in entries if entry.split("==")[0] in {pack.package for pack in packs})
    with tempfile.NamedTemporaryFile("w", suffix=".lock", encoding="ascii") as lock:
        lock.write(f"{wanted}\n")
        lock.flush()
        options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "--no-deps", "-r", lock.name]
        code = subprocess.run([PYTHON, "-m", "pip", "install", *options], check=False).returncode
    if code:
        print("fonts: they could not be fetched; is this machine online?", file=sys.stderr)
        return 6
    os.utime(".venv/ready")
    return 0


def main(language: str) -> int:
    """Fetch the faces of a language, and return the exit code."""
    pack = PACKS.of_language(language)
    if pack is None:
        known = ", ".join(f"{pack.languages[0]} ({pack.script})" for pack in PACKS.PACKS)
        print(f"Give a language whose faces are fetched: make fonts LANGUAGE=hi, of {known}.", file=sys.stderr)
        print("The faces of other scripts are there, or there are none.", file=sys.stderr)
        return 2
    return fetch([pack])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
