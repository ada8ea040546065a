import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tests.conftest import HARROWBY
from triptych.__main__ import main
from triptych.design import faces
from triptych.design.faces import FACES, Face
from triptych.typeset import fonts

COPYRIGHT, TRADEMARK, LICENCE, ADDRESS = 0, 7, 13, 14
LICENCES = ("SIL Open Font License", "Bitstream Vera Fonts Copyright", "Apache License", "opensource.org/licenses/IPA")
every_face = pytest.mark.parametrize("face", FACES, ids=lambda face: face.postscript_name)


@every_face
def test_a_face_is_cut_where_its_name_says(face: Face) -> None:
    with TTFont(face.path, lazy=True) as font:
        assert font["OS/2"].usWeightClass == face.weight
        assert bool(font["OS/2"].fsSelection & 1) == face.italic
        assert "fvar" not in font


@every_face
def test_a_face_bears_our_name_and_the_licence_and_no_reserved_name(face: Face) -> None:
    with TTFont(face.path, lazy=True) as font:
        names = {record.nameID: record.toUnicode() for record in font["name"].names}
    assert names[1] == face.family
    assert any(free in names[LICENCE] for free in LICENCES)
    shown = {number: text for number, text in names.items() if number not in (COPYRIGHT, TRADEMARK, LICENCE, ADDRESS)}
    assert not [
        text
        for text in shown.values()
        if re.search("Source|Noto|DejaVu|Bitstream|STIX|IPA|Plex|Amiri|WenQuanYi|Droid", text)
    ]


def test_a_face_cut_again_has_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    face = FACES[-1]
    before = face.path.read_bytes()
    monkeypatch.setattr(faces, "FOLDER", tmp_path / "fonts")
    monkeypatch.setattr(fonts, "FACES", (face,))
    fonts.cut()
    assert face.path.parent == tmp_path / "fonts"
    fonts.cut()  # as another program does at the same time
    fonts.check()
    assert [path.name for path in tmp_path.iterdir()] == ["fonts"]
    assert face.path.read_bytes() == before


def test_the_font_configuration_shows_our_folder_and_no_other() -> None:
    text = (faces.FOLDER / fonts.CONFIG).read_text(encoding="utf-8")
    assert text.count("<dir>") == 1
    assert f"<dir>{faces.FOLDER}</dir>" in text
    assert "<include" not in text


def gone(folder: Path) -> None:
    (folder / "LabelSans-600.ttf").unlink()


def cut_short(folder: Path) -> None:
    path = folder / "LabelSans-600.ttf"
    path.write_bytes(path.read_bytes()[:1000])


def one_byte(folder: Path) -> None:
    path = folder / "LabelSans-600.ttf"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def another_weight(folder: Path) -> None:
    shutil.copy(folder / "LabelSans-500.ttf", folder / "LabelSans-600.ttf")


def swapped(folder: Path) -> None:
    (folder / "LabelSans-600.ttf").rename(folder / "swap")
    (folder / "SerifText-400.ttf").rename(folder / "LabelSans-600.ttf")
    (folder / "swap").rename(folder / "SerifText-400.ttf")


def a_stranger(folder: Path) -> None:
    shutil.copy(folder / "LabelSans-500.ttf", folder / "LabelSans-601.ttf")


def no_configuration(folder: Path) -> None:
    (folder / "fonts.conf").unlink()


def no_digests(folder: Path) -> None:
    (folder / "digests.json").write_text("{")


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (gone, "the face Label Sans 600 is missing: LabelSans-600.ttf"),
        (cut_short, "the face Label Sans 600 is damaged: LabelSans-600.ttf"),
        (one_byte, "the face Label Sans 600 is damaged"),
        (another_weight, "the face Label Sans 600 is damaged"),
        (swapped, "the face Serif Text 400 is damaged: SerifText-400.ttf; the face Label Sans 600 is damaged"),
        (a_stranger, "LabelSans-601.ttf is not one of our faces"),
        (no_configuration, "the font configuration is missing: fonts.conf"),
        (no_digests, "the list of the faces, digests.json, is missing or damaged"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_missing_or_damaged_face_stops_a_build_with_its_name(
    damage: Callable[[Path], None],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "fonts"
    shutil.copytree(faces.FOLDER, folder)
    monkeypatch.setattr(faces, "FOLDER", folder)
    fonts.check()
    damage(folder)
    assert main(["build", str(HARROWBY), "--output", str(tmp_path / "out")]) == 4
    shown = capsys.readouterr().err
    assert shown.startswith(said)
    assert f"\n    Delete the folder {folder} and run the command again" in shown
    assert not (tmp_path / "out").exists()
