"""A theme becomes custom properties: its colours, faces, lines and ratios over the design tokens."""

from collections.abc import Mapping

from triptych.content import colours
from triptych.content.model import Theme
from triptych.design import faces

LIGHT = 0.45
"""Share of the accent in its light form, for what is less sure."""
_RULES = ("rule_heavy", "rule_section", "rule_row")


def coloured(theme: Theme) -> Mapping[str, str]:
    """The colours of a theme, by the names of tokens without `--`; an edition in other inks does not take them."""
    given = {name: value for name, value in theme.given.items() if name != "one_ink"}
    found = {_token(name): str(value) for name, value in given.items() if colours.is_colour(str(value))}
    return found | ({"accent-light": colours.lighter(theme.accent, LIGHT)} if theme.accent else {})


def formed(theme: Theme) -> Mapping[str, str]:
    """Everything else that a theme says, in the same form."""
    given = theme.given
    found = {_token(name): _line(given[name]) for name in _RULES if name in given}
    if "rule_heavy" in given:
        found["rule-heavy-width"] = given["rule_heavy"].split()[0]
    if "title_ratio" in given:
        found["title-ratio"] = f"{given['title_ratio']:g}"
    if given.get("corner") == "end":
        found["logo-order"] = "1"
    if theme.faces and theme.faces != faces.HOUSE:
        found |= {token: f'"{family}"' for token, family in faces.families(theme.faces).items()}
    return found


def _token(field: str) -> str:
    return field.replace("_", "-")


def _line(rule: str) -> str:
    """A line in CSS: the colour is that of a token."""
    width, form, colour = rule.split()
    return f"{width} {form} var(--{colour})"
