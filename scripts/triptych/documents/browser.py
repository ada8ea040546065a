"""HTML that was made for paper becomes HTML for a browser."""

import re

from markupsafe import Markup

_CONTACT = re.compile(r'(<strong class="contact">)([^<]*)(</strong>)')
_TELEPHONE = re.compile(r"(?<![\w.,])(?:(?:\+|\(0?|0)\d[\d\u00a0 ()/-]{5,}\d|\d+(?:[-.\u00a0 ]\d+){2,})(?!\w)")
_SHORT = re.compile(r"\s*\d[\d\u00a0 ]{1,10}\s*")
"""A contact that is a number and no more, such as 116 123."""
FEWEST = 7
"""Fewest digits of a telephone number among other words."""
_TAG = re.compile(r"<[a-z][^>]*>")
_ALIGNED = re.compile(r' align="(left|right|center)"')
_NAME = re.compile(r'\b(id="|href="#)(fnref|fn|table|chart):')


def callable_numbers(html: str) -> str:
    """The same page, whose telephone numbers a telephone calls."""
    return _CONTACT.sub(lambda found: f"{found[1]}{_dialled(found[2])}{found[3]}", html)


def _dialled(contact: str) -> str:
    if _SHORT.fullmatch(contact):
        return _SHORT.sub(_called, contact)
    return _TELEPHONE.sub(_called, contact)


def _called(found: re.Match[str]) -> str:
    number = found.group()
    digits = "".join(re.findall(r"\d", number.replace("(0)", "")))
    if len(digits) < FEWEST and not _SHORT.fullmatch(found.string):
        return number
    plus = "+" if number.lstrip("(").startswith("+") else ""
    return Markup('<a href="tel:{}">{}</a>').format(f"{plus}{digits}", Markup(number))


def modern(html: str) -> str:
    """The same page as the standard for browsers has it: CSS instead of `align`, names without colons."""
    html = _TAG.sub(lambda tag: _NAME.sub(r"\1\2-", _ALIGNED.sub(r' data-align="\1"', tag.group())), html)
    return "\n".join(line.rstrip(" ") for line in html.split("\n"))
