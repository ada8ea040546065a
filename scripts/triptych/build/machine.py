"""A machine becomes a fingerprint: versions and hashes of all that its documents depend on besides the content."""

import importlib.metadata
import re
import sys
import zlib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from triptych.design import where
from triptych.design.where import Templates
from triptych.typeset import fonts, pages

Fingerprint = Mapping[str, str]
"""Versions and hashes, by the name of the part."""


def fingerprint(templates: Templates) -> Fingerprint:
    """The fingerprint of this machine. Code and packages are those at the start of this process."""
    return {"templates": templates.digest()[:12], **installed()}


def differences(there: Fingerprint, here: Fingerprint) -> tuple[str, ...]:
    """The differences between two machines, in words."""
    return tuple(
        f"{name} {there.get(name, 'none')} there, {here.get(name, 'none')} here"
        for name in sorted({*there, *here})
        if there.get(name) != here.get(name)
    )


@cache
def installed() -> Fingerprint:
    """The part of a fingerprint that does not change while a process runs."""
    return {
        "code": where.digest(_code())[:12],
        "fonts": fonts.digest()[:12],
        "Python": ".".join(map(str, sys.version_info[:2])),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **pages.native_libraries(),
        **{name: importlib.metadata.version(name) for name in ("distributed", *_needed("triptych"))},
    }


def _code() -> Mapping[str, Path]:
    """The files of the program by name, without its templates, which have a separate hash."""
    paths = [path for ending in ("py", "xmp", "js", "json", "xml") for path in where.PACKAGE.rglob(f"*.{ending}")]
    return {path.relative_to(where.PACKAGE).as_posix(): path for path in paths}


def _needed(package: str) -> list[str]:
    """The installed dependencies of a package, direct and indirect."""
    found: dict[str, None] = {}
    waiting = [package]
    while waiting:
        for name in _required(waiting.pop()):
            if name not in found:
                found[name] = None
                waiting.append(name)
    return list(found)


def _required(package: str) -> Iterator[str]:
    for requirement in importlib.metadata.requires(package) or ():
        name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower().replace("_", "-")
        if "extra ==" not in requirement and any(importlib.metadata.distributions(name=name)):
            yield name
