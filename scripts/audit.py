"""The packages of every lock are compared with the advisories that are known, by pip-audit.

Exits with 1 if there is an advisory. Where their list cannot be reached, one sentence says so.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
UNREACHABLE = "audit: the list of advisories cannot be reached from here: no package was compared with it"


def asked(lock: Path) -> Any:
    """What pip-audit says of a lock; None where it cannot reach the advisories."""
    command = [sys.executable, "-m", "pip_audit", "--format=json", "--progress-spinner=off", "--timeout=15"]
    options = ["--disable-pip", "--require-hashes", f"--requirement={lock}"]
    run = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    try:
        return json.loads(run.stdout)
    except ValueError:
        return None


def advisories(said: Any) -> Iterator[str]:
    """Each package with an advisory, in a line."""
    for one in said["dependencies"]:
        for known in one.get("vulns", ()):
            mended = ", mended in " + " or ".join(known["fix_versions"]) if known["fix_versions"] else ""
            yield f"{one['name']} {one['version']}: {known['id']}{mended}"


def main() -> int:
    """Compare all locks, and return the exit code."""
    found: set[str] = set()
    locks = sorted(PROJECT.glob("*.lock"))
    for lock in locks:
        if (said := asked(lock)) is None:
            print(UNREACHABLE)
            return 0
        found.update(advisories(said))
    for line in sorted(found):
        print(f"audit: {line}")
    print(f"audit: {len(locks)} locks, {len(found)} advisories")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
