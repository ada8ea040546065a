"""Text is dark enough for people who see little: 7 to 1 at least (WCAG 2.2, 1.4.6), in every theme."""

import re

import pytest

from tests.conftest import PROJECT

STYLES = PROJECT / "templates" / "styles"
INKS = ("--ink", "--ink-2", "--ink-3", "--accent")
GROUNDS = ("--paper", "--tint")


def colours(name: str) -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+):\s*(#[0-9A-Fa-f]{6});", (STYLES / name).read_text(encoding="utf-8")))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = (int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_21_to_1() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("ink", ["--ink", "--ink-2", "--accent"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_on_a_screen(scheme: str, ink: str, ground: str) -> None:
    page = (PROJECT / "templates/web/page.css").read_text(encoding="utf-8")
    light, dark = re.split(r"@media screen and \(prefers-color-scheme: dark\)", page)
    found = dict(re.findall(r"(--[\w-]+):\s*(#[0-9a-f]{6});", light))
    if scheme == "dark":
        found |= dict(re.findall(r"(--[\w-]+):\s*(#[0-9a-f]{6});", dark))
    assert contrast(found[ink], found[ground]) >= 7


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize("theme", [(), ("themes/mono.css",)])
def test_text_stands_out(theme: tuple[str, ...], ink: str, ground: str) -> None:
    found = {name: value for file in ("tokens.css", *theme) for name, value in colours(file).items()}
    assert contrast(found[ink], found[ground]) >= 7
