"""Small changes to the code (mutants) become a list of those that no test notices: tests/mutants.md.

mutmut makes one change at a time and runs the tests of the module. A person sorts the survivors in the list under
headings that give the reason. Exits with 1 if a survivor has no reason, or if the tests of a module notice a smaller
share than LEAST.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
LIST = PROJECT / "tests" / "mutants.md"
WORK = PROJECT / "build" / ".mutants"
LEAST = 0.85
"""Smallest share of a module's mutants that its tests must notice."""
TESTS: Mapping[str, tuple[str, ...]] = {
    "content/calendars": ("test_dates",),
    "content/dates": ("test_dates",),
    "content/notation": ("test_dates",),
    "check/numbers": ("test_numbers", "test_tracing"),
    "check/tracing": ("test_tracing", "test_checker"),
    "timeline/spine": ("test_spine",),
    "pdf/prove": ("test_prove",),
    "review/verify": ("test_verify", "test_tampered", "test_told"),
}
"""The test files of each module."""
NO_REASON = "No reason yet: sort these under a reason, or add a test"
NOTICED = ("killed", "timeout")
ABOUT = """# Mutants that survive

`make mutants` changes the code below in small ways, one at a time, and runs the tests of the module. It rewrites this
file and keeps the reasons, which are written by hand: each heading is a reason, and the changes below it are those that
no test notices for that reason. Functions with a decorator and constants are not changed.
"""
SETTINGS = """
[tool.mutmut]
source_paths = ["src/triptych"]
only_mutate = ["src/triptych/{module}.py"]
process_isolation = "forkserver"
also_copy = ["content", "templates"]
pytest_add_cli_args = ["-o", "addopts=", "-p", "no:xdist", "-p", "no:cacheprovider", "--hypothesis-profile=mutants"]
pytest_add_cli_args_test_selection = [{tests}]
"""


@dataclass(frozen=True, slots=True)
class Result:
    """The results for a module."""

    module: str
    count: int
    noticed: int
    survivors: tuple[str, ...]
    """Each as a line of the list."""

    @property
    def share(self) -> float:
        return self.noticed / self.count

    @property
    def heading(self) -> str:
        return f"{self.module}: {self.noticed} of {self.count} noticed, {self.share:.0%}"


def main(modules: Sequence[str]) -> int:
    """Try the named modules, or all, write the list, and return the exit code."""
    if unknown := [module for module in modules if module not in TESTS]:
        print(f"mutants: `{unknown[0]}` is not a module here: choose from {' '.join(TESTS)}", file=sys.stderr)
        return 2
    failed = False
    for module in modules or TESTS:
        started = time.monotonic()
        result = tried(module)
        sections = _sections(LIST.read_text(encoding="utf-8")) if LIST.exists() else {}
        reasons = _reasons(sections.get(module, ""))
        sections[module] = _section(result, reasons)
        missing = [line for line in result.survivors if line not in reasons]
        failed |= bool(missing) or result.share < LEAST
        print(f"{result.heading}, {len(missing)} without a reason ({time.monotonic() - started:.0f} s)")
        LIST.write_text("\n".join((ABOUT, *(sections[name] for name in TESTS if name in sections))), encoding="utf-8")
    print(f"see {LIST.relative_to(PROJECT)}")
    return int(failed)


def tried(module: str) -> Result:
    """Make every mutant of a module, and run the tests of the module on each."""
    folder = WORK / module.replace("/", "-")
    _prepare(folder, module)
    command = (sys.executable, "-m", "mutmut", "run", "--max-children", str(os.cpu_count() or 1))
    log = folder / "log"
    with log.open("w") as written:
        done = subprocess.run(command, cwd=folder, stdout=written, stderr=subprocess.STDOUT, check=False)  # noqa: S603 our own
    found = folder / "mutants" / "src" / "triptych" / f"{module}.py.meta"
    if done.returncode or not found.exists():
        sys.exit(f"mutants: {module} failed: see {log.relative_to(PROJECT)}")
    results = json.loads(found.read_text(encoding="utf-8"))["exit_code_by_key"]
    survivors = [name for name, code in results.items() if _status(code) not in NOTICED]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        lines = tuple(dict.fromkeys(pool.map(lambda name: _line(folder, name), survivors)))
    return Result(module, len(results), len(results) - len(survivors), lines)


def _status(code: int | None) -> str:
    from mutmut.stats import status_by_exit_code

    return str(status_by_exit_code[code])


def _prepare(folder: Path, module: str) -> None:
    """Make a folder in which mutmut finds the project, with the settings for one module."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copytree(PROJECT / "scripts" / "triptych", folder / "src" / "triptych")
    for name in ("content", "templates", "tests"):
        (folder / name).symlink_to(PROJECT / name)
    tests = ", ".join(f'"tests/{name}.py"' for name in TESTS[module])
    settings = (PROJECT / "pyproject.toml").read_text(encoding="utf-8") + SETTINGS.format(module=module, tests=tests)
    (folder / "pyproject.toml").write_text(settings, encoding="utf-8")


def _line(folder: Path, name: str) -> str:
    """A mutant as a line of the list: its function, the old code and the new code."""
    command = (sys.executable, "-m", "mutmut", "show", name)
    shown = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout  # noqa: S603 our own
    changed = [line for line in shown.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    old, new = (" ".join(line[1:].strip() for line in changed if line[0] == sign) for sign in "-+")
    function = re.sub(r".*\.(x_|xǁ)(.*?)__mutmut_\d+$", r"\2", name).replace("ǁ", ".")
    return f"- `{function}`: {_code(old)} becomes {_code(new)}"


def _code(text: str) -> str:
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def _sections(text: str) -> dict[str, str]:
    """The section of each module in the list."""
    parts = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    return {part.partition(":")[0]: f"## {part.rstrip()}\n" for part in parts}


def _reasons(section: str) -> dict[str, str]:
    """The reason of each survivor that has one."""
    found, reason = {}, ""
    for line in section.splitlines():
        if line.startswith("### "):
            reason = line[4:]
        elif line.startswith("- ") and reason != NO_REASON:
            found[line] = reason
    return found


def _section(result: Result, reasons: Mapping[str, str]) -> str:
    return "\n".join((f"## {result.heading}\n", *_groups(result.survivors, reasons)))


def _groups(survivors: Sequence[str], reasons: Mapping[str, str]) -> Iterator[str]:
    """Survivors under their reasons, in the order of the old list; those without a reason come last."""
    for reason in (*dict.fromkeys(reasons.values()), NO_REASON):
        if lines := [line for line in survivors if reasons.get(line, NO_REASON) == reason]:
            yield "\n".join((f"### {reason}\n", *lines, ""))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
