"""Which characters print, and what an author reads about those that do not."""

import unicodedata
from pathlib import Path

import pytest

from tests.conftest import written
from triptych.check import characters
from triptych.content import read
from triptych.design import faces

HEAD = "---\ntitle: Signs\n"


def told(folder: Path, article: str, **files: str) -> list[str]:
    """Each problem as file:line:column and the start of its message."""
    written(folder, {"article.md": article, **{f"{name}.yaml": text for name, text in files.items()}})
    found = characters.unprintable(read.files(folder)[0])
    return [f"{one.path.name}:{one.line}:{one.column} {one.message.split(' cannot')[0]}" for one in found]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("→ ← ↔ ⇌ ⇒ ➔", id="arrows"),
        pytest.param("★ ☆ ✦ ✓ ✔ ✗ ☐ ☑", id="stars and checks"),
        pytest.param("∑ ∫ √ ∞ ≈ ≠ ≤ ∈ ⊂ ∀ ∂ ℝ 𝑥 ± × − ½ ⅔ ⁰ ₂ µ Ω ‰ ℃ №", id="mathematics and units"),
        pytest.param("☉ ☿ ♀ ♁ ♂ ♃ ♄ ♅ ♆ ♇ ☽ ♈ ♓", id="planets"),
        pytest.param("€ £ ¥ ₹ ₺ ₿ ₽", id="money"),
        pytest.param("☎ ✉ ♪ ♻ ⚠ ♠ ① ■ ● ⌘", id="others"),
        pytest.param("😷🎉 👩‍👩‍👧 🇬🇧 👍🏽 1️⃣ ❤️ ☀︎ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🫠", id="emoji of one sign and of several"),
        pytest.param("习近平 臺灣總統 東京都 ひらがな・カタカナ 서울특별시 「」、。", id="Chinese, Japanese, Korean"),
        pytest.param("القاهرة، תל אביב", id="Arabic and Hebrew"),
        pytest.param(
            "Ελληνικά, кириллица, Tiếng Việt, cafe\u0301, a\u2011b\u00a0c\u2009d\u200be", id="letters and spaces"
        ),
    ],
)
def test_a_character_that_a_face_has_is_no_problem(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, f"{HEAD}---\n{text}") == []


@pytest.mark.parametrize(
    ("article", "found"),
    [
        pytest.param(
            f"{HEAD}---\none\n\ntwo Ꮳ and ᏣᎳ\nthree Ꮳ",
            [
                "article.md:6:5 `Ꮳ` (CHEROKEE LETTER TSA, U+13E3), `Ꮃ` (CHEROKEE LETTER LA, U+13B3)",
                "article.md:7:7 `Ꮳ` (CHEROKEE LETTER TSA, U+13E3)",
            ],
            id="each once on each line",
        ),
        pytest.param(
            f"{HEAD}deck: a Ꮳ\npublisher: 'b Ꮃ'\n---\n",
            [
                "article.md:3:9 `Ꮳ` (CHEROKEE LETTER TSA, U+13E3)",
                "article.md:4:15 `Ꮃ` (CHEROKEE LETTER LA, U+13B3)",
            ],
            id="in the head",
        ),
        pytest.param(
            f'{HEAD}in-brief:\n  - |\n    one\n    two ꙮ\n  - "\\u13e3"\n---\n',
            [
                "article.md:6:9 `ꙮ` (CYRILLIC LETTER MULTIOCULAR O, U+A66E)",
                "article.md:7:5 `Ꮳ` (CHEROKEE LETTER TSA, U+13E3)",
            ],
            id="in a text of several lines, and as an escape",
        ),
        pytest.param(
            f"{HEAD}---\nᎠᎡᎢᎣᎤᎥᎦ",
            [
                "article.md:4:1 "
                + ", ".join(f"`{one}` ({unicodedata.name(one)}, U+{ord(one):X})" for one in "ᎠᎡᎢᎣᎤ")
                + " and `ᎥᎦ`"
            ],
            id="some of many in full",
        ),
        pytest.param(f"{HEAD}---\na &#x13e3;", ["article.md:4:3 `Ꮳ` (CHEROKEE LETTER TSA, U+13E3)"], id="entity"),
        pytest.param(f"{HEAD}--- \n<!-- Ꮳ\nᏣ -->\n\n![Ꮳ](a.png)\n", [], id="not in comments and alternative texts"),
    ],
)
def test_a_character_that_no_face_has_is_told_with_its_place_and_name(
    tmp_path: Path, article: str, found: list[str]
) -> None:
    assert told(tmp_path, article) == found


def test_it_is_told_in_every_file_and_where_it_is_printed_alone(tmp_path: Path) -> None:
    files = {
        "timeline": "events: # Ꮳ\n  - {id: one, date: 2018, headline: x Ꮳ}\n",
        "sources": "references:\n  - {id: one, type: book, title: Ꮳ, abstract: Ꮳ}\n",
        "house": "publisher: Ꮳ\n",
    }
    assert [one.split()[0] for one in told(tmp_path, f"{HEAD}---\n", **files)] == [
        *("timeline.yaml:2:39", "sources.yaml:2:34", "house.yaml:1:12")
    ]


def test_a_face_of_signs_has_no_letters_of_a_script_that_needs_a_face_of_its_own() -> None:
    signs = frozenset().union(*map(faces.signs, faces.SIGNS))
    assert not signs & {ord(letter) for letter in "אبअกაԱxя"}


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("पुस्तकालय", "`make fonts LANGUAGE=hi` for Devanagari"),
        ("กข Ꮳ", "`make fonts LANGUAGE=th` for Thai"),
    ],
)
def test_a_script_whose_faces_are_fetched_says_by_which_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, needs: str
) -> None:
    monkeypatch.setattr(faces, "characters", frozenset)
    written(tmp_path, {"article.md": f"{HEAD}---\n{text}\n"})
    (problem,) = characters.unprintable(read.files(tmp_path)[0])
    assert problem.message.endswith(f"cannot be printed: this script needs {needs}")
    assert problem.hint.startswith("It fetches the faces, 0.")
