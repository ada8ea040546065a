"""The machine, and the versions of the measured programs."""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

from bench import programs


def facts() -> Mapping[str, str]:
    """Facts that a reader needs to compare the figures, by name."""
    described = _described()
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "Processor": f"{described['cpu_model_name']}, {os.cpu_count()} cores",
        "Memory": f"{memory / 2**30:.0f} GiB",
        "System": platform.freedesktop_os_release()["PRETTY_NAME"],
        "Python": platform.python_version(),
        "WeasyPrint": f"{metadata.version('weasyprint')}, Pango {_pango()}",
        "Chromium": _chromium() or "not installed",
        "Typst": metadata.version("typst"),
    }


def _described() -> dict[str, str]:
    """The machine's properties, as pyperf reports them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "machine.json"
        command = [sys.executable, "-m", "pyperf", "collect_metadata", "--output", str(path)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        described: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))["metadata"]
    return described


def _pango() -> str:
    """The version of Pango in use. WeasyPrint reports it as one number."""
    shown = subprocess.run([programs.WEASYPRINT, "--info"], check=True, capture_output=True, text=True).stdout
    number = int(re.findall(r"Pango version: (\d+)", shown)[0])
    return f"{number // 10_000}.{number // 100 % 100}.{number % 100}"


def _chromium() -> str:
    program = programs.CHROMIUM and shutil.which(programs.CHROMIUM)
    if not program:
        return ""
    shown = subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout
    return str(re.findall(r"[\d.]{3,}", shown)[0])
