from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from triptych.design import faces
from triptych.design.faces import FACES, Face
from triptych.typeset import fonts

COPYRIGHT, TRADEMARK, LICENCE = 0, 7, 13
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
    assert "SIL Open Font License" in names[LICENCE]
    shown = {number: text for number, text in names.items() if number not in (COPYRIGHT, TRADEMARK)}
    assert not [text for text in shown.values() if "Source" in text]


def test_a_face_cut_again_has_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    face = FACES[-1]
    before = face.path.read_bytes()
    monkeypatch.setattr(faces, "FOLDER", tmp_path)
    monkeypatch.setattr(fonts, "CONFIG", tmp_path / "fonts.conf")
    monkeypatch.setattr(fonts, "FACES", (face,))
    fonts.cut()
    assert face.path.parent == tmp_path
    assert face.path.read_bytes() == before


def test_the_font_configuration_shows_our_folder_and_no_other() -> None:
    text = fonts.CONFIG.read_text(encoding="utf-8")
    assert text.count("<dir>") == 1
    assert f"<dir>{faces.FOLDER}</dir>" in text
    assert "<include" not in text
