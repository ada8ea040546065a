"""Events whose weight or place in a day differs from the last version that git keeps, for a person to look at.

Both decide what the poster shows and where; neither is a statement, so that nothing else would notice a slip.
"""

import subprocess
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

import yaml

from triptych.content.errors import Problem
from triptych.content.files import Files
from triptych.content.model import Event

CODE = "changed-event"
FILE = "timeline.yaml"
USUAL = Event.model_fields["weight"].default


def events(files: Files) -> Iterator[Problem]:
    """Events of another weight, and events of one day in another order, than in the last commit."""
    before = _kept(files)
    for index, event in enumerate(files.article.events):
        weight = before.get(event.id, {}).get("weight", USUAL)
        if event.id in before and weight != event.weight:
            message = f"the weight of event `{event.id}` is `{event.weight}`, and `{weight}` in the last commit"
            hint = "If that is meant, commit it, or accept it with your name and a reason."
            yield files.problem(FILE, ("events", index, "weight"), CODE, message, hint, warning=True)
    yield from _moved(files, list(before))


def _moved(files: Files, before: Sequence[str]) -> Iterator[Problem]:
    """The first event of each day that stands before another one that it followed."""
    places = {name: place for place, name in enumerate(before)}
    days = defaultdict[str, list[tuple[int, str]]](list)
    for index, event in enumerate(files.article.events):
        if event.id in places:
            days[event.date.edtf].append((index, event.id))
    for day in days.values():
        least = [*accumulate((places[name] for _, name in reversed(day)), min)][::-1]
        moved = (at for at, (_, name) in enumerate(day) if least[at] < places[name])
        if (at := next(moved, None)) is not None:
            index, name = day[at]
            later = next(other for _, other in day[at:] if places[other] < places[name])
            message = f"event `{name}` stands before `{later}` of the same day, and after it in the last commit"
            hint = "If that is meant, commit it, or accept it with your name and a reason."
            yield files.problem(FILE, ("events", index, "id"), CODE, message, hint, warning=True)


def _kept(files: Files) -> Mapping[str, Mapping[str, Any]]:
    """The events of the last commit by id, in their order; empty without git, or where it has no such file."""
    if not any((folder / ".git").exists() for folder in (files.folder.resolve(), *files.folder.resolve().parents)):
        return {}
    path = files.path(FILE)
    if path.name != FILE or not path.is_file():
        return {}
    command = ["git", "show", f"HEAD:./{FILE}"]
    try:
        done = subprocess.run(command, cwd=files.folder, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
        if done.returncode or done.stdout == path.read_bytes():
            return {}
        given = yaml.safe_load(done.stdout.decode("utf-8", errors="replace"))
    except (OSError, subprocess.SubprocessError, yaml.YAMLError):
        return {}
    listed = given.get("events") if isinstance(given, dict) else None
    found = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return {str(one["id"]): one for one in found if "id" in one}


SECONDS = 5
"""How long git may take."""
