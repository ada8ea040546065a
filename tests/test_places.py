"""Copies of an article for many places: each names its own, and says the same beside it."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import TEMPLATES, ArticleCopy
from triptych.build import places as copies
from triptych.build.pipeline import Order
from triptych.content import places
from triptych.content.errors import ContentError, UsageError
from triptych.content.model import Place
from triptych.pdf import prove

TABLE = """\
name,address,telephone,url
Central Library,"12 High Street, Harrowby",020 7946 0018,https://example.org/central
Eastgate,3 East Road,020 7946 0019,https://example.org/e
"""


def read(folder: Path, table: str) -> Mapping[str, Place]:
    (folder / "places.csv").write_text(table, encoding="utf-8")
    return places.read(folder)


def test_a_table_gives_the_places_by_the_names_of_their_folders(tmp_path: Path) -> None:
    found = read(tmp_path, TABLE + "Zoë’s Café;;;\n".replace(";", ",").replace(",\n", ",https://example.org/z\n"))
    assert list(found) == ["central-library", "eastgate", "zoe-s-cafe"]
    assert found["central-library"].address == "12 High Street, Harrowby"
    assert found["zoe-s-cafe"].telephone is None


@pytest.mark.parametrize(
    ("table", "cell", "said"),
    [
        ("name,fax\nA,1\n", "B1", "`fax` is no title here"),
        ("address\nx\n", "", "the column `name` is missing"),
        ("name,url\nA,example.org\n", "B2", "example.org"),
        ("name,url\nA,https://example.org\nB,\n", "B3", "`url` is missing, which other places have"),
        ("name,address\nA,x\n,y\n", "A3", "`name` is missing"),
        ("name\nA b\nA-B\n", "A3", "`A-B` would be written into the folder `a-b`, as `A b` is"),
        ("name\n", "", "has no places"),
    ],
)
def test_a_fault_has_its_cell_and_what_to_do(tmp_path: Path, table: str, cell: str, said: str) -> None:
    with pytest.raises(ContentError) as error:
        read(tmp_path, table)
    (fault,) = error.value.problems
    assert (fault.cell, bool(fault.hint)) == (cell, True)
    assert said in fault.message


def test_without_a_table_a_sentence_says_what_it_holds(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="a column each for name, address, telephone, url"):
        places.read(tmp_path)


def test_a_copy_names_its_place_in_the_head_of_the_article() -> None:
    place = Place(name="Zoë’s", url="https://example.org/z")
    assert places.given(b"---\ntitle: T\n---\n", place).decode().splitlines()[:3] == [
        "---",
        'place: {"name": "Zoë’s", "url": "https://example.org/z"}',
        "title: T",
    ]


@pytest.mark.slow
def test_the_copies_differ_in_their_place_alone_and_can_be_made_again(
    article_copy: ArticleCopy, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from triptych.__main__ import main

    found = copies.alike(read(article_copy.folder, TABLE))
    made = copies.outcomes(article_copy.folder, found, tmp_path / "out", Order(("factsheet",)), TEMPLATES, 1)
    outcomes = {one.article.name: one for one in copies.proven(made, found)}
    assert {name: one.error for name, one in outcomes.items()} == {"central-library": "", "eastgate": ""}
    texts = {name: "".join(prove.page_texts(one.paths[0].read_bytes())) for name, one in outcomes.items()}
    assert "CentralLibrary,12HighStreet,Harrowby,02079460018" in texts["central-library"]
    assert "Eastgate,3EastRoad,02079460019" in texts["eastgate"]
    assert "example.org/central" in texts["central-library"]
    assert main(["verify", str(outcomes["eastgate"].paths[0])]) == 0
    assert "byte for byte" in capsys.readouterr().out


@pytest.mark.slow
def test_a_copy_that_says_anything_else_is_refused(article_copy: ArticleCopy, tmp_path: Path) -> None:
    found = read(article_copy.folder, TABLE)
    order = Order(("factsheet",))
    (one,) = copies.outcomes(article_copy.folder, {"eastgate": found["eastgate"]}, tmp_path, order, TEMPLATES, 1)
    article_copy.replace("article.md", "title: ", "title: Changed ")
    (other,) = copies.outcomes(
        article_copy.folder, {"central-library": found["central-library"]}, tmp_path, order, TEMPLATES, 1
    )
    told = [one.error for one in copies.proven([one, other], found)]
    assert told[0] == ""
    assert told[1].startswith("central-library: factsheet.pdf does not say the same")
