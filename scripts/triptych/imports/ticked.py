"""The file of proposals keeps what the author ticked or changed, and what is ticked becomes content."""

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from triptych.content import tables, typed
from triptych.content.errors import ContentError, Problem, UsageError
from triptych.content.model import FILES, Article, Model
from triptych.imports import folder, proposals
from triptych.imports.found import Entry

SECTIONS: Mapping[str, tuple[str, str]] = {
    "events": ("Events", "timeline.yaml"),
    "figures": ("Key figures", "figures.yaml"),
}
"""The title and the content file of each list of proposals."""
_BLOCK = re.compile(r"^- \[(.)\] ([^\n]*)\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One entry that is proposed."""

    sentence: str
    text: str
    """The entry in YAML, as it stands in a list."""
    box: str = " "
    """What stands between its brackets: an x where it is accepted."""
    line: int = 0
    """The line on which its YAML starts; 0 if it is new."""

    @property
    def ticked(self) -> bool:
        return self.box in "xX"

    @property
    def name(self) -> str:
        """Its id."""
        found = re.search(r"^  (?:- |  )id: *['\"]?([^'\"\n]+?)['\"]? *$", self.text, re.MULTILINE)
        return found[1] if found else ""

    @property
    def bare(self) -> str:
        """The entry without its names, which may change with other sentences."""
        return re.sub(r"^  (?:- |  )id:.*\n|^    passages:\n(?:      - .*\n)*", "", self.text, flags=re.MULTILINE)


Lists = Mapping[str, Sequence[Proposal]]
"""Proposals by the names of their lists: events, figures."""


def of(article: Article) -> Lists:
    """What the prose of an article proposes today."""
    found = zip(SECTIONS, proposals.events_and_figures(article), strict=True)
    return {name: [Proposal(sentence, _written(name, entry)) for sentence, entry in listed] for name, listed in found}


def _written(name: str, entry: Entry) -> str:
    return folder.listed(name, [entry]).partition("\n")[2].rstrip() + "\n"


def kept(text: str) -> Lists:
    """The proposals in the text of a file."""
    found: dict[str, list[Proposal]] = {name: [] for name in SECTIONS}
    titles = {title: name for name, (title, _) in SECTIONS.items()}
    place = 0
    for section in re.split(r"^(?=## )", text, flags=re.MULTILINE):
        name = titles.get(section.partition("\n")[0].removeprefix("## ").strip())
        for block in _BLOCK.finditer(section) if name else ():
            line = text.count("\n", 0, place + block.start(3)) + 1
            found[name or ""].append(Proposal(block[2], block[3], block[1], line))
        place += len(section)
    return found


def joined(new: Lists, old: Lists, article: Article) -> Lists:
    """Today's proposals, with the boxes and the words of those that the author ticked or changed."""
    return {name: list(_joined(name, new[name], list(old.get(name, ())), article)) for name in SECTIONS}


def _joined(name: str, new: Sequence[Proposal], old: list[Proposal], article: Article) -> Iterator[Proposal]:
    for proposal in new:
        same = [one for one in old if one.sentence == proposal.sentence]
        own = next((one for one in same if one.bare == proposal.bare), next(iter(same), None))
        if own:
            old.remove(own)
        yield own if own and (own.box != " " or own.bare != proposal.bare) else proposal
    for one in old:
        alone = replace(article, prose=one.sentence)
        if one.box != " " or one.bare not in {proposal.bare for proposal in of(alone)[name]}:
            yield one


def file(lists: Lists) -> str:
    """The file of proposals, in Markdown; where nothing is found, it says so."""
    return "\n".join([proposals.HEAD, *(_section(*SECTIONS[name], name, listed) for name, listed in lists.items())])


def _section(title: str, content: str, name: str, listed: Sequence[Proposal]) -> str:
    if not listed:
        return f"## {title}\n\nNone found.\n"
    written = "\n".join(f"- [{one.box}] {one.sentence}\n\n```yaml\n{one.text}```\n" for one in listed)
    return f"## {title}\n\nFor `{content}`, below `{name}:`.\n\n{written}"


def accepted(to: Path, article: Article, lists: Lists) -> dict[str, str]:
    """The content files with what is ticked and not in them yet, by name.

    Raises ContentError with the line of an entry that is wrong, and UsageError where a file cannot be added to.
    """
    here = {"events": article.events, "figures": article.figures}
    files = {}
    for name, listed in lists.items():
        known = {str(getattr(entry, "id", "")) for entry in here[name]}
        ticked = [one for one in listed if one.ticked and one.name not in known]
        for one in ticked:
            _check(to, name, one)
        if ticked:
            content = SECTIONS[name][1]
            files[content] = _added(to, content, name, ticked, len(here[name]))
    return files


def _check(to: Path, name: str, one: Proposal) -> None:
    """Check one entry. Raises ContentError with its line in the file of the proposals."""
    _, problems = _shaped(SECTIONS[name][1], f"{name}:\n{one.text}")
    path = to / proposals.FILE
    if problems:
        raise ContentError([replace(fault, path=path, line=one.line + fault.line - 2) for fault in problems])


def _added(to: Path, content: str, name: str, ticked: Sequence[Proposal], before: int) -> str:
    if table := next((form for form in tables.forms(to, content) if form != content), None):
        raise UsageError(f"{to / table} is a table: write what you ticked in {proposals.FILE} into it by hand")
    path = to / content
    text = with_entries(
        path.read_text(encoding="utf-8-sig") if path.is_file() else "", name, [one.text for one in ticked]
    )
    found, problems = _shaped(content, text)
    if problems or len(getattr(found, name)) != before + len(ticked):
        raise UsageError(f"{path} is not written as we can add to it: copy what you ticked in {proposals.FILE} by hand")
    return text


def _shaped(name: str, text: str) -> tuple[Model, tuple[Problem, ...]]:
    """A text as the content file of a name."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / name
        path.write_text(text, encoding="utf-8")
        return typed.shaped(path, FILES[name])


def with_entries(text: str, name: str, entries: Sequence[str]) -> str:
    """The text of a YAML file with more entries at the end of one of its lists."""
    sections = re.split(r"^(?=[A-Za-z][\w-]*:)", text, flags=re.MULTILINE)
    place = next((number for number, section in enumerate(sections) if section.startswith(f"{name}:")), len(sections))
    section = sections[place] if place < len(sections) else f"{name}:\n"
    section = re.sub(rf"^({name}:) *\[ *\] *$", r"\1", section, flags=re.MULTILINE)
    indent = re.search(r"^( *)- ", section, re.MULTILINE)
    less = 2 - len(indent[1]) if indent else 0
    shifted = [
        re.sub(rf"^ {{{less}}}" if less > 0 else "^(?=.)", " " * -less, one, flags=re.MULTILINE) for one in entries
    ]
    gap = "\n" if indent else ""
    sections[place : place + 1] = [
        f"{section.rstrip()}\n{gap}" + "\n".join(shifted) + ("\n" if place + 1 < len(sections) else "")
    ]
    return "".join(sections)
