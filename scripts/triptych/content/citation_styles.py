"""A CSL style file becomes the style of a numbered list in a fixed order, or the reason why it cannot.

docs.citationstyles.org describes the files.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

CSL = "{http://purl.org/net/xbiblio/csl}"
MOST_STEPS = 2_000_000
"""Most elements that a style evaluates for one source, with each macro counted at every call."""
DEEPEST = 60
"""Most elements inside each other."""
_OWN_NUMBERS = ("citation-number", "citation-label")
"""Variables that would print a second number or label before a source."""
_OF_SORTED_LISTS = ("subsequent-author-substitute", "subsequent-author-substitute-rule", "second-field-align")
"""Options that are right only in a list sorted by author, or with the style's own numbers."""


@dataclass(frozen=True, slots=True)
class CitationStyle:
    """A style, checked, and made ready for a numbered list."""

    xml: str
    notes: str
    """The same for footnotes, if it is a style of footnotes."""
    language: str
    """The language that it is for, or empty."""
    variables: frozenset[str]
    """The variables that its list of sources can print."""

    def prints(self, variable: str) -> bool:
        """Whether its list of sources can print a variable, such as `URL`."""
        return variable in self.variables


class Unusable(ValueError):
    """A style cannot format sources; has the reason, the line, and what to do."""

    def __init__(self, reason: str, line: int = 1, remedy: str = "") -> None:
        super().__init__(f"is not a usable CSL style: {' '.join(reason.split())}")
        self.line = line
        self.remedy = remedy or "Use a style from the repository of citationstyles.org, or remove the file."


def read(path: Path) -> CitationStyle:
    """Read a style, without what a list in the order of our numbers must not have. Raises Unusable."""
    style = _parsed(path)
    _check(style)
    _wrap_dates(style)
    notes = _notes(style) if style.get("class") == "note" else ""
    _number(style)
    _keep_used(style, "bibliography")
    variables = (part.get("variable") for part in style.iter(f"{CSL}text", f"{CSL}number"))
    return CitationStyle(
        xml=etree.tostring(style, encoding="unicode"),
        notes=notes,
        language=style.get("default-locale", ""),
        variables=frozenset(filter(None, variables)),
    )


def _parsed(path: Path) -> Any:
    if not path.is_file():
        raise Unusable("there is no such file")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(path.read_bytes(), parser)  # of bytes that are no text, `parse` raises an OSError
    except etree.XMLSyntaxError as error:
        raise Unusable(f"line {error.lineno}: {error.msg}", error.lineno or 1) from None


def _check(style: Any) -> None:
    """Check that a style can print a list of sources. Raises Unusable."""
    if style.tag != f"{CSL}style":
        raise Unusable("it is XML of another kind")
    parent = style.find(f"{CSL}info/{CSL}link[@rel='independent-parent']")
    if parent is not None:
        name = str(parent.get("href")).rstrip("/").rsplit("/", 1)[-1]
        remedy = f"Put {name}.csl from citationstyles.org or Zotero's style repository in its place."
        message = f"it only refers to another style, its parent `{name}` ({parent.get('href')})"
        raise Unusable(message, parent.sourceline, remedy)
    if style.find(f"{CSL}bibliography/{CSL}layout") is None:
        raise Unusable(
            "it has no bibliography: it prints notes alone", style.sourceline, "Use a style with a bibliography."
        )
    if too_deep := next((part for part, depth in _depths(style, 1) if depth > DEEPEST), None):
        raise Unusable("its elements are nested too deep", too_deep.sourceline)
    _check_macros(style)


def _depths(element: Any, depth: int) -> Iterator[tuple[Any, int]]:
    """Each element with its depth, down to the first that is too deep."""
    yield element, depth
    if depth <= DEEPEST:
        for part in element:
            yield from _depths(part, depth + 1)


def _macros(style: Any) -> dict[str, Any]:
    return {macro.get("name"): macro for macro in style.iter(f"{CSL}macro")}


def _calls(element: Any) -> list[tuple[str, int]]:
    """The macros that an element calls, each with the line of the call."""
    parts = element.iter(f"{CSL}text", f"{CSL}key")
    return [(part.get("macro"), part.sourceline) for part in parts if part.get("macro")]


def _check_macros(style: Any) -> None:
    """Check that no macro is missing or calls itself, and that they stay below MOST_STEPS. Raises Unusable."""
    macros = _macros(style)
    steps: dict[str, int] = {}

    def count(element: Any, above: tuple[str, ...]) -> int:
        called = _calls(element)
        for name, line in called:
            if name not in macros:
                raise Unusable(f"it calls the macro `{name}`, which is missing", line)
            if name in above:
                raise Unusable(f"its macro `{name}` calls itself", line)
            if name not in steps:
                steps[name] = count(macros[name], (*above, name))
        return len(list(element.iter())) + sum(steps[name] for name, _ in called)

    if max(count(layout, ()) for layout in style.iter(f"{CSL}layout", f"{CSL}sort")) > MOST_STEPS:
        raise Unusable(f"its macros take more than {MOST_STEPS} steps for a source", style.sourceline)


def _number(style: Any) -> None:
    """Keep the order that sources are given in, with our numbers instead of the style's own."""
    for part in [part for part in style.iter() if part.get("variable") in _OWN_NUMBERS and part.tag != f"{CSL}if"]:
        part.getparent().remove(part)
    citation = style.find(f"{CSL}citation")
    if citation is not None:
        style.remove(citation)
    citation = etree.Element(f"{CSL}citation")
    etree.SubElement(etree.SubElement(citation, f"{CSL}layout"), f"{CSL}text", variable="citation-number")
    listed = style.find(f"{CSL}bibliography")
    listed.addprevious(citation)
    for sort in listed.findall(f"{CSL}sort"):
        listed.remove(sort)
    for option in _OF_SORTED_LISTS:
        listed.attrib.pop(option, None)


def _notes(style: Any) -> str:
    """The style for its footnotes alone."""
    notes = deepcopy(style)
    notes.remove(notes.find(f"{CSL}bibliography"))
    _keep_used(notes, "citation")
    return str(etree.tostring(notes, encoding="unicode"))


def _keep_used(style: Any, part: str) -> None:
    """Remove each macro that a part of the style, `bibliography` or `citation`, does not call."""
    macros, used = _macros(style), set[str]()

    def follow(element: Any) -> None:
        for name, _ in _calls(element):
            if name not in used and name in macros:
                used.add(name)
                follow(macros[name])

    follow(style.find(CSL + part))
    for name, macro in macros.items():
        if name not in used:
            style.remove(macro)


def _wrap_dates(style: Any) -> None:
    """Print “c.” before a date that is approximate, where the style has no rule of its own for that.

    The group that does so also takes the brackets of the date: citeproc-js sets those of `(1901–1903)` wrongly.
    """
    tests = style.iter(f"{CSL}if", f"{CSL}else-if")
    ruled = {name for test in tests for name in test.get("is-uncertain-date", "").split()}
    for date in [date for date in style.iter(f"{CSL}date") if date.get("variable")]:
        group = etree.Element(f"{CSL}group", delimiter=" ")
        for affix in ("prefix", "suffix"):
            if value := date.attrib.pop(affix, None):
                group.set(affix, value)
        date.addprevious(group)
        if date.get("variable") not in ruled:
            group.append(_circa(date.get("variable")))
        group.append(date)


def _circa(variable: str) -> Any:
    """The CSL that prints “c.” if a date is approximate."""
    choice = etree.Element(f"{CSL}choose")
    rule = etree.SubElement(choice, f"{CSL}if", {"is-uncertain-date": variable})
    etree.SubElement(rule, f"{CSL}text", term="circa", form="short")
    return choice
