"""What make asks for becomes one command: typeset the documents that would change, and no others.

Make gives the target as the only word and its variables in the environment, so that no name is ever read as shell.
This runs each time, mostly to print that nothing has changed: it imports only what Python loads in a moment.
"""

import importlib.util
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any


def _kinds() -> Any:
    """The module that lists the documents and the editions. The package around it is not loaded: that takes long."""
    spec = importlib.util.spec_from_file_location("kinds", "scripts/triptych/content/kinds.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["kinds"] = module  # where dataclasses look for it
    spec.loader.exec_module(module)
    return module


KINDS = _kinds()
DOCUMENTS = tuple(KINDS.KINDS)
FOLDERS = (*KINDS.Edition, "claims", "review")
"""Folders of editions and reports below build/ or build/ARTICLE/."""
TYPES = (".pdf", ".html", ".css", ".js", ".csv", ".png", ".jpg", ".jpeg", ".svg")
"""Types of the files in these folders."""
RECORDS = "build/.made"
"""What each document was last made from: build/.made/ARTICLE/DOCUMENT."""
TRIPTYCH = ".venv/bin/triptych"


class Unusable(Exception):
    """A name that make cannot work with; says why in one sentence."""


class Made:
    """A document of an article, and what it would be made from now."""

    def __init__(self, article: str, document: str, inputs: Sequence[str]) -> None:
        """`inputs` are the files that every document is made from."""
        name = _output(article)
        kind = KINDS.KINDS[document]
        own = (path for path in _content(article) if path.removeprefix(f"content/{article}/") not in kind.unread)
        variables = (*(option.upper() for option in kind.options), "SOURCE_DATE_EPOCH")
        order = [f"{variable}={os.environ.get(variable, '')!a}" for variable in variables]
        self.document = document
        self.state = "\n".join([*order, *map(_stamped, own), *inputs])
        self._pdf = f"build/{name}/{document}.pdf"
        self._record = f"{RECORDS}/{name}/{document}"

    @property
    def stale(self) -> bool:
        """Whether it was made, or skipped, from something else, or the PDF is not the one that was made."""
        try:
            with open(self._record, encoding="ascii") as file:
                clause, state = file.read().split("\n", 1)
        except FileNotFoundError:
            return True
        now = _stamped(self._pdf)
        return state != self.state or clause not in (f"is {now}", *self._replaced(clause, now))

    @property
    def absent(self) -> bool:
        """Whether there is no PDF."""
        return _stamped(self._pdf).endswith(" none")

    @property
    def made_before(self) -> bool:
        """Whether it was made the last time, and not skipped, so that it can be asked for by its name."""
        try:
            with open(self._record, encoding="ascii") as file:
                return not file.readline().endswith(" none\n")
        except FileNotFoundError:
            return False

    def _replaced(self, clause: str, now: str) -> Sequence[str]:
        """A clause that a build which was stopped left, where it holds: the PDF is another than before."""
        replaced = clause.startswith("was ") and clause != f"was {now}" and not now.endswith(" none")
        return [clause] if replaced else []

    def begin(self) -> None:
        """Note what the document is going to be made from; where the build fails, its PDF stays the one that was."""
        self._note("was")

    def end(self) -> None:
        """Note that it is made."""
        self._note("is")

    def _note(self, word: str) -> None:
        os.makedirs(os.path.dirname(self._record), exist_ok=True)
        with open(self._record, "w", encoding="ascii") as file:
            file.write(f"{word} {_stamped(self._pdf)}\n{self.state}")


def main(target: str) -> int:
    """Bring a target up to date; returns an exit code."""
    try:
        if target == "clean":
            _clean()
            return 0
        if target == "all":
            return _all()
        if target not in ("pdf", *DOCUMENTS):
            raise Unusable(f"make has no target `{target}`: run make help for a list of all targets")
        return _one(DOCUMENTS if target == "pdf" else (target,))
    except Unusable as error:
        print(error, file=sys.stderr)
        return 2


def _one(documents: Sequence[str]) -> int:
    """The documents of ARTICLE, those that would change."""
    article = os.environ["ARTICLE"].rstrip("/")
    inputs = _inputs()
    every = [Made(article, document, inputs) for document in documents]
    by_name = len(every) == 1
    stale = [made for made in every if made.stale or (by_name and made.absent)]
    if stale and (by_name or all(made.made_before for made in stale)):
        return _typeset([article], stale, ["--only", *(made.document for made in stale)])
    if stale:
        return _typeset([article], every, [])
    print(f"build/{_output(article)}: nothing has changed")
    return 0


def _all() -> int:
    """All documents of the articles of which one would change."""
    asked = os.environ.get("DOCUMENTS", "").split()
    inputs = _inputs()
    stale: dict[str, list[Made]] = {}
    for article in sorted(os.listdir("content")):
        if any(os.path.isfile(f"content/{article}/{name}") for name in ("article.md", "timeline.yaml")):
            documents = [Made(article, document, inputs) for document in asked or DOCUMENTS]
            if any(made.stale for made in documents):
                stale[article] = documents
    if stale:
        every = [made for documents in stale.values() for made in documents]
        return _typeset([*stale], every, ["--only", *asked] if asked else [], ("SCHEDULER",))
    print("build: nothing has changed")
    return 0


def _typeset(articles: Sequence[str], documents: Sequence[Made], only: Sequence[str], more: Sequence[str] = ()) -> int:
    import subprocess

    given = [(name.lower(), os.environ.get(name, "")) for name in ("PAPER", "SHEET", *more)]
    options = [f"--{name}={value}" for name, value in given if value]
    larger = ["--larger"] if os.environ.get("LARGER") else []
    for document in documents:
        document.begin()
    folders = [f"content/{article}" for article in articles]
    try:
        code = subprocess.run([TRIPTYCH, "build", *folders, *options, *larger, *only], check=False).returncode
    except KeyboardInterrupt:
        return 130
    if code == 0:
        for document in documents:
            document.end()
    return code


# What documents are made from.


def _inputs() -> list[str]:
    """The files that every document is made from, with their stamps."""
    house = ("content/house.yaml", "content/style.yaml", ".venv/ready")
    code = (path for path in _below("scripts/triptych") if path.endswith((".py", ".xmp")))
    return [_stamped(path) for path in (*house, *_below("templates"), *code)]


def _content(article: str) -> Iterator[str]:
    """The files of an article: all there are, since to find those that it uses takes longer than to make it."""
    for path in _below(f"content/{article}"):
        if not _speakable(path):
            raise Unusable(f"{path!a}: the name of this file is not in UTF-8; give it another name.")
        yield path


def _output(article: str) -> str:
    """The name of an article's folder below build/. Raises Unusable."""
    folder = f"content/{article}"
    if not article or not os.path.isdir(folder):
        raise Unusable(f"{folder}: no such article folder; give the name of a folder in content/, as ARTICLE=himtoo.")
    name = os.path.basename(os.path.realpath(folder))
    if name.startswith(".") or not _speakable(name):
        raise Unusable(f"{folder!a}: the name of an article's folder is in UTF-8 and starts with no dot; rename it.")
    return name


def _speakable(name: str) -> bool:
    """Whether a name can be printed: it is UTF-8."""
    return name.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in name)


def _below(folder: str) -> list[str]:
    """Paths of the files below a folder, sorted; not those that are hidden, as an editor's are."""
    found: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") or entry.name == "__pycache__":
                continue
            if entry.is_dir(follow_symlinks=False):
                found += _below(entry.path)
            else:
                found.append(entry.path)
    return sorted(found)


def _stamped(path: str) -> str:
    """A path, with the size of its file and when it last changed."""
    try:
        status = os.stat(path)
    except OSError:
        return f"{path!a} none"
    return f"{path!a} {status.st_size} {status.st_mtime_ns}"


# What was made, to remove.


def _clean() -> None:
    """Remove what was made below build/, and print what was not made here and stays."""
    for path in [*filter(_ours, _walk("build")), *_walk(RECORDS)]:
        os.unlink(path)
    for folder, _, _ in os.walk("build", topdown=False):
        if folder != "build" and not os.listdir(folder):
            os.rmdir(folder)
    for path in _walk("build"):
        if path != "build/.gitkeep":
            print(f"{path}: stays, since make did not make it")


def _ours(path: str) -> bool:
    """Whether a file below build/ bears a name that only we give."""
    _, *folders, name = path.split("/")
    if folders == ["review"] or (len(folders) == 2 and folders[1] in FOLDERS):
        return name.endswith(TYPES)
    return len(folders) == 1 and any(
        name == f"{document}.pdf" or name.startswith((f".{document}.pdf.", f".{document}.order"))
        for document in DOCUMENTS
    )


def _walk(folder: str) -> list[str]:
    """All files below a folder; links are files."""
    return sorted(
        os.path.join(above, name)
        for above, folders, files in os.walk(folder)
        for name in [*files, *(one for one in folders if os.path.islink(os.path.join(above, one)))]
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
