"""A make target becomes one command, which makes only the documents that would change.

Make passes the target as the only argument and its variables in the environment, so no name is run by the shell. This
runs at every make, mostly to print that nothing has changed: it imports only modules that load fast.
"""

import glob
import importlib.util
import os
import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any


def _module(name: str) -> Any:
    """A module of the room content that imports none of ours, loaded without its package, which loads slowly."""
    spec = importlib.util.spec_from_file_location(name, f"scripts/triptych/content/{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look there
    spec.loader.exec_module(module)
    return module


KINDS, PACKS = _module("kinds"), _module("packs")
LANGUAGES = ".venv/lib/python3*/site-packages/babel/locale-data"
"""The folder with a file for each language."""
DOCUMENTS = tuple(KINDS.KINDS)
LIST = ".triptych.json"
"""The list of what we wrote into a folder, with hashes; build/finish.py writes it."""
RECORDS = "build/.made"
"""Records of what each document was last made from: build/.made/ARTICLE/DOCUMENT."""
TRIPTYCH = ".venv/bin/triptych"
INTERRUPTED = 130
"""Exit code: Ctrl-C."""


class Unusable(Exception):
    """Make cannot use a name; the message gives the reason."""


class Made:
    """A document of an article, and the state of the files that it would be made from now."""

    def __init__(self, article: str, document: str, inputs: Sequence[str]) -> None:
        """`inputs` are the stamps of the files that every document is made from."""
        name = _output(article)
        kind = KINDS.KINDS[document]
        own = (path for path in _content(article) if kind.reads(os.path.basename(path)))
        variables = (*(option.upper() for option in kind.options), "SOURCE_DATE_EPOCH")
        order = [f"{variable}={os.environ.get(variable, '')!a}" for variable in variables]
        self.document = document
        self.state = "\n".join([*order, *map(_stamped, own), *inputs])
        self._pdf = f"build/{name}/{document}.pdf"
        self._record = f"{RECORDS}/{name}/{document}"

    @property
    def stale(self) -> bool:
        """Whether the PDF was made, or skipped, from other input, or was changed since."""
        clause, _, state = self._recorded.partition("\n")
        now = _stamped(self._pdf)
        return state != self.state or clause not in (f"is {now}", *self._replaced(clause, now))

    @property
    def absent(self) -> bool:
        """Whether there is no PDF."""
        return _stamped(self._pdf).endswith(" none")

    @property
    def made_before(self) -> bool:
        """Whether it was made the last time, and not skipped, so that it can be asked for by its name."""
        clause = self._recorded.partition("\n")[0]
        return bool(clause) and not clause.endswith(" none")

    @property
    def _recorded(self) -> str:
        """The record; empty where there is none, or none that can be read."""
        try:
            with open(self._record, encoding="ascii") as file:
                return file.read()
        except (OSError, ValueError):
            return ""

    def _replaced(self, clause: str, now: str) -> Sequence[str]:
        """The clause of a stopped build, if the PDF was replaced before the stop."""
        replaced = clause.startswith("was ") and clause != f"was {now}" and not now.endswith(" none")
        return [clause] if replaced else []

    def begin(self) -> None:
        """Record the input before a build, with the stamp of the old PDF."""
        self._write_record("was")

    def end(self) -> None:
        """Record that the build is finished, with the stamp of the new PDF."""
        self._write_record("is")

    def _write_record(self, word: str) -> None:
        os.makedirs(os.path.dirname(self._record), exist_ok=True)
        with open(f"{self._record}.new", "w", encoding="ascii") as file:
            file.write(f"{word} {_stamped(self._pdf)}\n{self.state}")
        os.replace(file.name, self._record)


def main(target: str) -> int:
    """Make a target and return the exit code."""
    try:
        if target == "clean":
            _clean()
            return 0
        if target == "all":
            return _all()
        if target not in ("pdf", *DOCUMENTS):
            raise Unusable(f"make has no target `{target}`: run make help to list the targets")
        return _one(DOCUMENTS if target == "pdf" else (target,))
    except Unusable as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error.filename or target}: {error.strerror}", file=sys.stderr)
        return 1


def _one(documents: Sequence[str]) -> int:
    """Make those documents of ARTICLE, and of its translations, that would change."""
    article = os.environ["ARTICLE"].rstrip("/")
    _output(article)
    articles = [article, *_translations(article)]
    if code := _fetch(articles):
        return code
    inputs, worst = _inputs(), 0
    for one in articles:
        code = _one_language(one, documents, inputs)
        if code == INTERRUPTED:
            return code
        worst = max(worst, code)
    return worst


def _one_language(article: str, documents: Sequence[str], inputs: Sequence[str]) -> int:
    """Make those documents of an article, or of a translation, that would change."""
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
    """Make the documents of every article of which at least one would change."""
    asked = os.environ.get("DOCUMENTS", "").split()
    articles = [article for article in sorted(os.listdir("content")) if _has_article(article)]
    articles = [one for article in articles for one in (article, *_translations(article))]
    if code := _fetch(articles):
        return code
    inputs = _inputs()
    stale: dict[str, list[Made]] = {}
    for article in articles:
        documents = [Made(article, document, inputs) for document in asked or DOCUMENTS]
        if any(made.stale for made in documents):
            stale[article] = documents
    if stale:
        every = [made for documents in stale.values() for made in documents]
        return _typeset([*stale], every, ["--only", *asked] if asked else [], ("SCHEDULER",))
    print("build: nothing has changed")
    return 0


def _fetch(articles: Sequence[str]) -> int:
    """Fetch the faces of scripts that articles have and this folder has not. Returns the exit code."""
    paths = [path for article in articles for path in _content(article) if path.endswith((".md", ".yaml", ".csv"))]
    found = {pack for path in [*paths, "content/house.yaml"] for pack in PACKS.needed(_text(path))}
    installed = {name for folder in glob.glob(".venv/lib/python3*/site-packages") for name in os.listdir(folder)}
    for pack in PACKS.PACKS:
        if pack in found and pack.module not in installed:
            import subprocess

            command = [".venv/bin/python", "scripts/fonts.py", pack.languages[0]]
            if code := subprocess.run(command, check=False).returncode:
                return code
    return 0


def _text(path: str) -> str:
    """A file as text, or nothing where it has no letters beyond those of English, or there is none."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return ""
    return "" if data.isascii() else data.decode("utf-8", "replace")


def _typeset(articles: Sequence[str], documents: Sequence[Made], only: Sequence[str], more: Sequence[str] = ()) -> int:
    import subprocess

    given = [(name.lower(), os.environ.get(name, "")) for name in ("PAPER", "SHEET", *more)]
    options = [f"--{name}={value}" for name, value in given if value]
    larger = ["--larger"] if os.environ.get("LARGER") else []
    for document in documents:
        document.begin()
    folders = [f"content/{article}" for article in articles]
    try:
        alone = ["--alone"] if any(map(_translations, articles)) else []
        command = [TRIPTYCH, "build", *folders, *alone, *options, *larger, *only]
        code = subprocess.run(command, check=False).returncode
    except KeyboardInterrupt:
        return INTERRUPTED
    if code == 0:
        for document in documents:
            document.end()
    return code


# Inputs of documents.


def _inputs() -> list[str]:
    """The files that every document is made from, with their stamps."""
    logos = (path for path in _below("content") if path.endswith(".svg") and path.count("/") == 1)
    house = ("content/house.yaml", "content/style.yaml", "content/theme.yaml", ".venv/ready", *logos)
    code = (path for path in _below("scripts/triptych") if path.endswith((".py", ".xmp", ".js", ".json", ".xml")))
    return [_stamped(path) for path in (*house, *_below("templates"), *code)]


def _content(article: str) -> Iterator[str]:
    """All files in an article's folder, or of a translation also of its original, without other translations.

    To find the used ones would take too long. Raises Unusable.
    """
    original = article.rpartition("/")[0] if _is_translation(article) else article
    others = tuple(f"content/{one}/" for one in _translations(original) if one != article)
    for path in _below(f"content/{original}"):
        if path.startswith(others):
            continue
        if os.path.basename(path).startswith("~$"):
            continue  # a spreadsheet program has a table open
        if not _is_utf8(path):
            raise Unusable(f"{path!a}: the name of this file is not UTF-8; give it another name")
        yield path


def _output(article: str) -> str:
    """The name of an article's folder in build/. Raises Unusable."""
    folder = f"content/{article}"
    if not article or not os.path.isdir(folder):
        raise Unusable(
            f"{folder}: no such article folder; give the name of a folder in content/, such as ARTICLE=himtoo"
        )
    if _is_translation(article):
        return f"{_output(article.rpartition('/')[0])}/{os.path.basename(article)}"
    name = os.path.basename(os.path.realpath(folder))
    if name.startswith(".") or not _is_utf8(name):
        raise Unusable(f"{folder!a}: the name of the folder must be UTF-8 and must not start with a dot; rename it")
    return name


def _has_article(article: str) -> bool:
    return any(os.path.isfile(f"content/{article}/{name}") for name in KINDS.HEADS)


def _is_translation(article: str) -> bool:
    """Whether a folder is inside that of an article and has the name of a language."""
    above, _, name = article.rpartition("/")
    language = re.fullmatch(r"([a-z]{2,3})(?:-[A-Za-z0-9]+)*", name)
    return bool(language and above and _has_article(above) and glob.glob(f"{LANGUAGES}/{language[1]}.dat"))


def _translations(article: str) -> list[str]:
    """The translations of an article: the folders in it with the name of a language and a file of texts."""
    if _is_translation(article) or not _has_article(article):
        return []
    found = (f"{article}/{name}" for name in sorted(os.listdir(f"content/{article}")))
    return [one for one in filter(_is_translation, found) if _has_texts(one)]


def _has_texts(article: str) -> bool:
    return any(os.path.isfile(f"content/{article}/{name}") for name in KINDS.TEXTS)


def _is_utf8(name: str) -> bool:
    """Whether a name is UTF-8, so that it can be printed."""
    return name.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in name)


def _below(folder: str) -> list[str]:
    """Paths of all files below a folder, sorted, without hidden files."""
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
    """A stamp: the path, the size in bytes and the time of the last change in ns."""
    try:
        status = os.stat(path)
    except OSError:
        return f"{path!a} none"
    return f"{path!a} {status.st_size} {status.st_mtime_ns}"


# Remove what was made.


def _clean() -> None:
    """Remove what we made in build/, and print the files that stay."""
    for path in _walk("build"):
        if os.path.basename(path) == LIST:
            _remove_listed(os.path.dirname(path))
    for path in [*filter(_is_record, _walk(RECORDS)), *_walk("build/.site"), *_walk("build/.mutants")]:
        os.unlink(path)
    for folder, _, _ in os.walk("build", topdown=False):
        if folder != "build" and not os.listdir(folder):
            os.rmdir(folder)
    for path in _walk("build"):
        if path != "build/.gitkeep":
            print(f"{path}: stays, because make did not make it, or it was changed since")


def _remove_listed(folder: str) -> None:
    """Remove the files of a folder that its list names and that are unchanged, then the list."""
    import hashlib
    import json

    try:
        with open(f"{folder}/{LIST}", encoding="utf-8") as file:
            listed = dict(json.load(file)["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return
    for name, digest in listed.items():
        path = os.path.normpath(os.path.join(folder, str(name)))
        if not path.startswith(f"{folder}/") or os.path.islink(path) or not os.path.isfile(path):
            continue
        with open(path, "rb") as content:
            if hashlib.sha256(content.read()).hexdigest() == digest:
                os.unlink(path)
    os.unlink(f"{folder}/{LIST}")


def _is_record(path: str) -> bool:
    """Whether a file in the folder of records has the name of one."""
    return os.path.basename(path).removesuffix(".new") in DOCUMENTS and path.count("/") - RECORDS.count("/") in (2, 3)


def _walk(folder: str) -> list[str]:
    """All files below a folder, sorted; links count as files."""
    return sorted(
        os.path.join(above, name)
        for above, folders, files in os.walk(folder)
        for name in [*files, *(one for one in folders if os.path.islink(os.path.join(above, one)))]
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
