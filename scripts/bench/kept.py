"""What was measured last is kept part by part: who measures a part again need not measure the others."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench import report
from bench.measure import PROJECT
from bench.report import Part

FILE = Path(__file__).with_name("measured.json")
PAGE = PROJECT / "docs" / "benchmarks.md"


def add(new: Mapping[str, Part], order: Sequence[str]) -> str:
    """Keep new parts in the place of older ones, and write the page if all are there. Returns what is still to do.

    Parts of another machine, or of other programs, are not kept: their figures say nothing about these.
    """
    machine = next(iter(new.values())).machine
    kept = {name: part for name, part in _kept().items() if part.machine == machine} | dict(new)
    found = {name: kept[name].model_dump() for name in order if name in kept}
    FILE.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if lacking := [name for name in order if name not in kept]:
        return f"Not measured yet on this machine: {' '.join(lacking)}. The page stays as it was."
    PAGE.write_text(report.page([kept[name] for name in order]), encoding="utf-8")
    return ""


def _kept() -> dict[str, Part]:
    if not FILE.is_file():
        return {}
    found = json.loads(FILE.read_text(encoding="utf-8"))
    return {name: Part.model_validate(part) for name, part in found.items()}
