"""What this machine has for Triptych: its libraries, its faces, and what holds back an article of others."""

import platform
from collections.abc import Iterator
from importlib.metadata import version

from triptych.content.errors import TriptychError
from triptych.content.model import Limits
from triptych.guard import isolation, worker
from triptych.typeset import fonts, libraries


def lines(limits: Limits) -> Iterator[str]:
    """What this machine has, what is missing, and which limits hold, in lines to print."""
    yield f"Triptych {version('triptych')}, Python {platform.python_version()}, WeasyPrint {version('weasyprint')}"
    yield f"libraries: {'complete' if libraries.complete() else f'not complete: {libraries.command()}'}"
    yield f"faces: {_faces()}"
    yield (
        f"limits for one article: {limits.seconds} seconds, {limits.processor} seconds of a processor, "
        f"{limits.memory} MiB of memory, files of {limits.file} MiB"
    )
    lacks = worker.call(isolation.lacks, limits, "the isolation")
    yield f"isolation: {'; '.join(lacks) or 'no network, and no files but those of the work'}"


def _faces() -> str:
    try:
        fonts.check()
    except (TriptychError, OSError) as error:
        return str(error)
    return "complete"
