"""Colours as numbers: contrast between two, lightness in grey, and how much ink one takes."""

import re

LEAST_CONTRAST = 7.0
"""Least contrast of text with what it stands on (WCAG 2.2, 1.4.6)."""
LEAST_APART = 15.0
"""Least difference in lightness of the accent from ink, so that grey tells them apart."""
PALEST, DARKEST = 98.0, 90.0
"""Greatest and least lightness of a tint: a paler one does not print, and a darker one fills in on a copier."""
MOST_INK = 300.0
"""Most per cent of the four inks together on one place (ISO 12647-2, for sheets)."""
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")


def is_colour(text: str) -> bool:
    """Whether a text is a colour such as #0F4C55."""
    return bool(_HEX.fullmatch(text))


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5))
    return red, green, blue


def luminance(colour: str) -> float:
    """Relative luminance, from 0 to 1, as WCAG 2.2 defines it."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, from 1 to 21, as WCAG 2.2 defines it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lightness(colour: str) -> float:
    """CIE L* from 0, black, to 100, white: how light a colour is in grey."""
    level = luminance(colour)
    return 116 * level ** (1 / 3) - 16 if level > 216 / 24389 else level * 24389 / 27


def lighter(colour: str, share: float) -> str:
    """A colour mixed with white: `share` of it, from 0 to 1."""
    return mixed(colour, "#FFFFFF", share)


def mixed(colour: str, other: str, share: float) -> str:
    """A colour mixed with another: `share` of the first, from 0 to 1."""
    parts = (
        1 - share * (1 - one) - (1 - share) * (1 - two) for one, two in zip(*map(_parts, (colour, other)), strict=True)
    )
    return "#" + "".join(f"{round(255 * part):02X}" for part in parts)


def coverage(colour: str) -> float:
    """Per cent of the four inks together that a colour takes, with black in place of an equal part of the others."""
    inks = [1 - part for part in _parts(colour)]
    black = min(inks)
    return 100 * (sum(ink - black for ink in inks) + black)
