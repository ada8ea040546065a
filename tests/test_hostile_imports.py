"""Files that are made to harm are imported as text or refused in a sentence; nothing beside them is read or fetched."""

import base64
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

pytest.importorskip("pypandoc", reason="no pandoc to import with: run `make import`")

from tests.hostile import PORT, SECRET
from tests.test_hostile import requests, section
from tests.test_import import HOSTILE, SAMPLES, WRONG, packed
from triptych.__main__ import main

__all__ = ["requests"]
Make = Callable[[Path], object]
AWAY = f"http://127.0.0.1:{PORT}"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PART = "http://schemas.openxmlformats.org/package/2006/relationships"
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def html(body: str) -> Make:
    """A page of HTML with a title and a text."""
    return lambda path: path.write_text(f"<html><body><h1>A tale</h1><p>Text.</p>{body}</body></html>")


def markdown(body: str) -> Make:
    return lambda path: path.write_text(f"# A tale\n\nText.\n\n{body}\n")


def related(kind: str, target: str) -> Make:
    """A file of Word that names something outside it, of a kind such as `image`."""
    links = (
        f'<Relationships xmlns="{PART}"><Relationship Id="rId9" Type="{OFFICE}/{kind}" Target="{target}" '
        'TargetMode="External"/></Relationships>'
    )
    spaces = f'xmlns:w="{WORDS}" xmlns:r="{OFFICE}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    picture = '<w:r><w:drawing><a:blip r:link="rId9" r:embed="rId9"/></w:drawing></w:r>'
    text = f"<w:document {spaces}><w:body><w:p><w:r><w:t>Text.</w:t></w:r>{picture}</w:p></w:body></w:document>"
    parts = {"word__rels/document.xml.rels": links.encode(), "word_document.xml": text.encode()}
    return lambda path: packed(path, **parts)


def more(**parts: bytes) -> Make:
    return lambda path: packed(path, **parts)


def named(name: str, *, link: bool = False) -> Make:
    """A file of Word with one more part, of any name; or with a link as that part."""

    def make(path: Path) -> None:
        packed(path)
        entry = zipfile.ZipInfo(name)
        entry.external_attr = 0o120777 << 16 if link else 0
        with zipfile.ZipFile(path, "a") as more:
            more.writestr(entry, f"{path.parent}/secret.txt" if link else "harm")

    return make


LAUGHS = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
INCLUDED = f"<x xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='{AWAY}/x'/></x>"
IMPORTS: Mapping[str, Make] = {
    "entities of entities.docx": more(**{"word_styles.xml": LAUGHS.encode() + b"<a/>"}),
    "a picture of the network.docx": related("image", f"{AWAY}/x.png"),
    "a picture of another file.docx": related("image", "file:///etc/passwd"),
    "a template of the network.docx": related("attachedTemplate", f"{AWAY}/x.dotm"),
    "an object of the network.docx": related("oleObject", f"{AWAY}/x.bin"),
    "a part of the network.docx": related("aFChunk", f"{AWAY}/x.html"),
    "a macro.docx": more(**{"word_vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(500)}),
    "an object.docx": more(**{"word_embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0" + bytes(500)}),
    "a part out of the folder.docx": named("../../harmed"),
    "a part from the root.docx": named("/tmp/harmed"),
    "a part that is a link.docx": named("word/media/image9.png", link=True),
    "250 MB in 250 kB.docx": more(**{"word_big.xml": bytes(250_000_000)}),
    "a password.docx": lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)),
    "cut off.docx": lambda path: path.write_bytes((SAMPLES / "canal.docx").read_bytes()[:5000]),
    "cut off.odt": lambda path: path.write_bytes((SAMPLES / "canal.odt").read_bytes()[:5000]),
    "a picture of the network.html": html(f"<img src='{AWAY}/x.png' alt='x'>"),
    "a picture of another file.html": html(
        "<img src='file:///etc/passwd' alt='x'><img src='../../secret.txt' alt='x'>"
    ),
    "a picture that is a text.html": html("<img src='secret.txt' alt='x'>"),
    "a frame.html": html("<iframe src='secret.txt'></iframe><frameset><frame src='secret.txt'></frameset>"),
    "a program.html": html(f"<script src='{AWAY}/x.js'>alert(1)</script><p onclick='alert(1)'>x</p>"),
    "a style.html": html(f"<style>@import url({AWAY}/x.css);</style><link rel=stylesheet href='{AWAY}/x.css'>"),
    "another base.html": html(f"<base href='{AWAY}/'><img src='x.png' alt='x'>"),
    "another address.html": html(f"<meta http-equiv=refresh content='0; url={AWAY}/'>"),
    "an object.html": html("<object data='secret.txt'></object><embed src='secret.txt'>"),
    "a link to a program.html": html("<a href='javascript:alert(1)'>a link</a>"),
    "a drawing.html": html(f"<svg><image href='{AWAY}/x.png'/><script>alert(1)</script></svg>"),
    "a drawing that includes.html": html(INCLUDED),
    "10 MB as an address.html": html(
        f"<img alt='x' src='data:image/png;base64,{base64.b64encode(bytes(7_500_000)).decode()}'>"
    ),
    "raw HTML.md": markdown(f"<iframe src='{AWAY}'></iframe> <script>alert(1)</script>"),
    "a picture of the network.md": markdown(f"![x]({AWAY}/x.png)"),
    "a picture of another file.md": markdown("![x](../../secret.txt) ![x](/etc/passwd)"),
    "a template.md": markdown("{{ 7*7 }} {% include '/etc/passwd' %}"),
    "an included file.rst": lambda path: path.write_text(
        f"A tale\n======\n\nText.\n\n.. include:: {path.parent}/secret.txt\n"
    ),
    "a raw file.rst": lambda path: path.write_text(
        f"A tale\n======\n\nText.\n\n.. raw:: html\n   :file: {path.parent}/secret.txt\n"
    ),
}
EVERYDAY = {"a picture of another file.html"}
FILES = "Files that were imported"


@pytest.mark.parametrize(
    "name", [pytest.param(one, marks=() if one in EVERYDAY else pytest.mark.slow) for one in IMPORTS]
)
def test_a_hostile_file_is_imported_or_refused_as_the_page_says(
    name: str, tmp_path: Path, requests: Sequence[str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, to = tmp_path / "given" / "here", tmp_path / "article"
    folder.mkdir(parents=True)
    for place in (folder, tmp_path):
        (place / "secret.txt").write_text(SECRET)
    IMPORTS[name](folder / name)
    code = main(["import", str(folder / name), "--to", str(to)])
    said = capsys.readouterr()
    assert {0: "imported"}.get(code, "refused") == section(FILES)[name]
    assert not code or (len(said.err.splitlines()) <= 2 and len(said.err) < 600)
    assert to.exists() == (code == 0)
    held = b"".join(path.read_bytes() for path in to.rglob("*") if path.is_file())
    for text in (held.decode(errors="replace"), said.out, said.err):
        assert SECRET not in text
        assert "root:x:" not in text
    assert not requests
    assert not [*tmp_path.rglob("harmed"), *Path("/tmp").glob("harmed")]


def test_the_page_names_each_hostile_file() -> None:
    assert section(FILES).keys() == IMPORTS.keys() | HOSTILE.keys() | WRONG.keys()
