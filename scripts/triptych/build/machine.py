"""A machine becomes a fingerprint of all that shows in its documents beside the content and the order."""

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
"""Versions and hashes, by the name of what they are of."""


def fingerprint(templates: Templates) -> Fingerprint:
    """What makes documents here. The code and the packages are those that this process began with."""
    return {"templates": templates.digest()[:12], **installed()}


def differences(there: Fingerprint, here: Fingerprint) -> tuple[str, ...]:
    """What two machines do not have in common, for a person."""
    return tuple(
        f"{name} {there.get(name, 'none')} there, {here.get(name, 'none')} here"
        for name in sorted({*there, *here})
        if there.get(name) != here.get(name)
    )


@cache
def installed() -> Fingerprint:
    """What of a fingerprint does not change while a process lasts."""
    return {
        "code": where.digest(_code())[:12],
        "fonts": fonts.digest()[:12],
        "Python": ".".join(map(str, sys.version_info[:2])),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **pages.native_libraries(),
        **{name: importlib.metadata.version(name) for name in ("distributed", *_needed("triptych"))},
    }


def _code() -> Mapping[str, Path]:
    """The files of the program by name; its templates have a hash of their own."""
    paths = [*where.PACKAGE.rglob("*.py"), *where.PACKAGE.rglob("*.xmp")]
    return {path.relative_to(where.PACKAGE).as_posix(): path for path in paths}


def _needed(package: str) -> list[str]:
    """The packages that a package stands on, as far as they are installed: some are for other systems."""
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
