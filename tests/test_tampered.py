"""Whatever is done to a PDF after it was made, `verify` says so in plain sentences, with the exit code 2 or 7."""

import importlib.metadata
import io
import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, String

from tests.conftest import HARROWBY, PROJECT, Page, printed
from triptych.content.errors import UsageError
from triptych.content.kinds import KINDS
from triptych.content.model import Limits
from triptych.pdf import carried, hashes, polish
from triptych.pdf.carried import CONTENT, MANIFEST, Making
from triptych.review import bounded, verify
from triptych.typeset.pages import Typesetter

HIMTOO = PROJECT / "content" / "himtoo"
Change = Callable[[pikepdf.Pdf], Any]


def drawn(pdf: pikepdf.Pdf, old: bytes, new: bytes, count: int = 1) -> None:
    """Replace something in what is drawn on the last page."""
    page: Any = pdf.pages[-1]
    before = page.Contents.read_bytes()
    after = re.sub(old, new, before, count=count)
    assert after != before
    page.Contents = pdf.make_stream(after)


def added(pdf: pikepdf.Pdf, instructions: bytes) -> None:
    page: Any = pdf.pages[0]
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n" + instructions)


def link(pdf: pikepdf.Pdf) -> Any:
    """A link of the document."""
    return next(note for page in pdf.pages for note in page.obj.get("/Annots", []) if note.Subtype == "/Link")


def note(pdf: pikepdf.Pdf, **fields: Any) -> None:
    """Put a note on the first page."""
    page = pdf.pages[0].obj
    made = pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=Array([50, 50, 200, 90]), F=4, **fields))
    page.Annots = Array([*page.get("/Annots", []), made])


def tag(pdf: pikepdf.Pdf, role: str) -> Any:
    return next(one for one in pdf.objects if isinstance(one, Dictionary) and one.get("/S") == role and "/P" in one)


def fonts(pdf: pikepdf.Pdf, key: str) -> Any:
    return next(one for one in pdf.objects if isinstance(one, Dictionary) and key in one)


def manifested(pdf: pikepdf.Pdf, **fields: Any) -> None:
    """Write other facts into the manifest."""
    facts = json.loads(pdf.attachments[MANIFEST].get_file().read_bytes()) | fields
    pdf.attachments[MANIFEST].get_file().obj.write(json.dumps(facts).encode())


def other_library(pdf: pikepdf.Pdf) -> None:
    """Draw another page, and say in the manifest that other versions did, with hashes that fit."""
    drawn(pdf, rb"Tf", rb"Tf 1 Tr")
    note(pdf, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("https://example.org/other")))
    manifested(pdf, libraries={"weasyprint": "1.0"})
    hashes.seal(pdf)


def emptied(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Contents = pdf.make_stream(b"")


def repeated(pdf: pikepdf.Pdf) -> None:
    pdf.pages.append(pdf.pages[0])


def blank(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page()


def turned(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Rotate = 90


def first_last(pdf: pikepdf.Pdf) -> None:
    """Move the last page to the front; turn the order of what is drawn where there is one page."""
    if len(pdf.pages) > 1:
        page = pdf.pages[-1]
        pdf.pages.insert(0, page)
        del pdf.pages[-1]
    else:
        blank(pdf)
        pdf.pages.reverse()


def shorter(pdf: pikepdf.Pdf) -> None:
    """Without its last page; without its only page, a blank one in its place."""
    if len(pdf.pages) == 1:
        blank(pdf)
    del pdf.pages[-2 if len(pdf.pages) == 2 else -1]


def set_(where: Callable[[pikepdf.Pdf], Any], name: str, value: Any) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        where(pdf)[name] = value

    return change


def without(where: Callable[[pikepdf.Pdf], Any], name: str) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        del where(pdf)[name]

    return change


def root(pdf: pikepdf.Pdf) -> Any:
    return pdf.Root


def page(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[0].obj


ELSEWHERE = {"/S": Name.URI, "/URI": String("https://example.org/elsewhere")}
SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert('read this')"))
TAMPERED: dict[str, Change] = {
    "the last page gone": shorter,
    "a blank page more": blank,
    "a page twice": repeated,
    "pages in another order": first_last,
    "a page turned": turned,
    "a page with nothing on it": emptied,
    "a larger page": set_(page, "/MediaBox", Array([0, 0, 900, 900])),
    "a page cropped": set_(page, "/CropBox", Array([0, 0, 200, 200])),
    "another trim": set_(page, "/TrimBox", Array([10, 10, 300, 300])),
    "another unit": set_(page, "/UserUnit", Decimal("2.5")),
    "texts unseen": lambda pdf: drawn(pdf, rb"BT", rb"BT 3 Tr", 5),
    "a text elsewhere": lambda pdf: drawn(pdf, rb"BT", rb"BT 1 0 0 1 20 20 cm"),
    "a text gone": lambda pdf: drawn(pdf, rb"\[[^\]]*\] ?TJ", b"[] TJ"),
    "other letters": lambda pdf: drawn(pdf, rb"<([0-9a-f]{4})([0-9a-f]{4})", rb"<\2\1"),
    "another colour": lambda pdf: drawn(pdf, rb"[\d.]+ [\d.]+ [\d.]+ rg", b"1 0 0 rg", 0),
    "a colour a little off": lambda pdf: drawn(pdf, rb"[\d.]+ [\d.]+ [\d.]+ rg", b"0.11 0.11 0.11 rg"),
    "a white box over it": lambda pdf: added(pdf, b"q 1 1 1 rg 60 300 200 60 re f Q"),
    "a line through it": lambda pdf: added(pdf, b"q 0 0 0 RG 60 300 m 260 300 l S Q"),
    "a dot": lambda pdf: added(pdf, b"q 0 0 0 rg 100 100 .2 .2 re f Q"),
    "a link to another place": set_(
        lambda pdf: link(pdf), "/A", Dictionary(S=Name.URI, URI=String("https://example.org/x"))
    ),
    "links gone": without(page, "/Annots"),
    "a note": lambda pdf: note(pdf, Subtype=Name.Text, Contents=String("Not true")),
    "a text laid over it": lambda pdf: note(
        pdf, Subtype=Name.FreeText, Contents=String("No"), DA=String("/Helv 12 Tf")
    ),
    "a stamp": lambda pdf: note(pdf, Subtype=Name.Stamp, Name=Name.Approved),
    "another link": lambda pdf: note(
        pdf, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("https://example.org"))
    ),
    "tags gone": without(root, "/StructTreeRoot"),
    "another role": lambda pdf: set_(lambda pdf: tag(pdf, "/H1"), "/S", Name.P)(pdf),
    "another text for listeners": lambda pdf: set_(lambda pdf: tag(pdf, "/H1"), "/ActualText", String("Lies"))(pdf),
    "another description": lambda pdf: set_(lambda pdf: tag(pdf, "/H1"), "/Alt", String("Lies"))(pdf),
    "another language": set_(root, "/Lang", String("fr")),
    "another title": set_(lambda pdf: pdf.docinfo, "/Title", "Lies"),
    "another author": set_(lambda pdf: pdf.docinfo, "/Author", "Nobody"),
    "other metadata": lambda pdf: pdf.Root.Metadata.write(
        pdf.Root.Metadata.read_bytes().replace(b"Triptych", b"Nobody")
    ),
    "a script": set_(root, "/OpenAction", SCRIPT),
    "a form": set_(root, "/AcroForm", Dictionary(Fields=Array([]))),
    "a layer": set_(root, "/OCProperties", Dictionary(OCGs=Array([]), D=Dictionary())),
    "bookmarks gone": without(root, "/Outlines"),
    "another file": lambda pdf: pdf.attachments.__setitem__("more.txt", AttachedFileSpec(pdf, b"more")),
    "other content": lambda pdf: pdf.attachments.__setitem__(CONTENT, AttachedFileSpec(pdf, b"PK")),
    "content gone": lambda pdf: pdf.attachments.__delitem__(CONTENT),
    "manifest gone": lambda pdf: pdf.attachments.__delitem__(MANIFEST),
    "another command": lambda pdf: manifested(pdf, command="rm -r content"),
    "another document": lambda pdf: manifested(pdf, document="book"),
    "another article": lambda pdf: manifested(pdf, article="../x"),
    "another day": lambda pdf: manifested(pdf, moment="yesterday"),
    "no manifest": lambda pdf: pdf.attachments[MANIFEST].get_file().obj.write(b"{"),
    "another font's letters": lambda pdf: fonts(pdf, "/ToUnicode").ToUnicode.write(b"nothing"),
    "another font": lambda pdf: set_(lambda pdf: fonts(pdf, "/FontName"), "/FontName", Name("/AAAAAA+Other"))(pdf),
    "its own versions": other_library,
}
BYTES: dict[str, Callable[[bytes], bytes]] = {
    "cut in the middle": lambda pdf: pdf[: len(pdf) // 2],
    "cut at the start": lambda pdf: pdf[:900],
    "empty": lambda pdf: b"",
    "a text": lambda pdf: b"Opening hours",
    "another form of file": lambda pdf: b"\x89PNG\r\n\x1a\n" + bytes(400),
    "all bytes the other way": lambda pdf: pdf[::-1],
}
EVERY_DAY = ("a note", "a colour a little off", "another command", "other content")


def changed(pdf: bytes, change: Change, **saving: Any) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        document.save(target, fix_metadata_version=False, **saving)
    return target.getvalue()


def told(path: Path, given: bytes, made: bytes) -> str:
    """What `verify` says of a file, on one line for each sentence; empty if it holds."""
    path.write_bytes(given)
    try:
        verdict = verify.pages(path, lambda found, folder: made)
    except UsageError as error:
        return str(error).removeprefix(f"{path} ")
    return "" if verdict.holds else "\n".join(verdict.lines)


@pytest.fixture(scope="module")
def small(typesetter: Typesetter) -> bytes:
    """A handout of one page."""
    making = Making("harrowby", carried.content(HARROWBY), "0" * 64, {"paper": "a4"}, "2025-03-14T00:00:00+00:00")
    body = '<h1>Hours</h1><p style="color: #45433f">Nine branches open. <a href="https://example.org">See</a>'
    return polish.polished(typesetter.pdf(typesetter.pages(Page()(body)), making.files("factsheet")))


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", EVERY_DAY)
def test_a_small_handout_that_was_tampered_with_is_told(small: bytes, tmp_path: Path, name: str) -> None:
    assert told(tmp_path / "handout.pdf", changed(small, TAMPERED[name]), small)


@pytest.mark.parametrize("name", BYTES)
def test_a_damaged_file_is_told_in_one_sentence(small: bytes, tmp_path: Path, name: str) -> None:
    line = told(tmp_path / "a “strange” na\tme;$(x) 100%.pdf", BYTES[name](small), small)
    assert line.split(": ")[0] in (
        "is not a PDF that can be read",
        "is damaged",
        "does not carry what it was made from",
    )


def test_an_encrypted_file_is_told_in_one_sentence(small: bytes, tmp_path: Path) -> None:
    for password in ("", "secret"):
        locked = changed(small, lambda pdf: None, encryption=pikepdf.Encryption(user=password, owner="owner"))
        assert carried.LOCKED in told(tmp_path / "handout.pdf", locked, small)


@pytest.mark.slow
@pytest.mark.parametrize("document", KINDS)
@pytest.mark.parametrize("article", [HARROWBY, HIMTOO], ids=["harrowby", "himtoo"])
def test_a_handout_that_was_tampered_with_is_told(article: Path, document: str, tmp_path: Path) -> None:
    made = printed(article)[document].pdf
    path = tmp_path / "handout.pdf"
    assert told(path, changed(made, lambda pdf: None), made) == ""
    held = [name for name, change in TAMPERED.items() if not told(path, changed(made, change), made)]
    held += ["zeros"] if not told(path, made[:2000] + bytes(4000) + made[6000:], made) else []
    held += [name for name, change in BYTES.items() if not told(path, change(made), made)]
    assert held == []
    assert len(TAMPERED) + len(BYTES) >= 40


def many(pdf: pikepdf.Pdf) -> None:
    for _ in range(3000):
        pdf.pages.append(pdf.pages[0])


def drawn_without_end(pdf: pikepdf.Pdf) -> None:
    """Forms within forms, each drawn ten times: a billion lines from a few bytes."""
    resources, drawn = Dictionary(), b"0 0 m 9 9 l S\n" * 10
    for _ in range(9):
        form: Any = pdf.make_stream(drawn)
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 100, 100])
        form.Resources = resources
        resources, drawn = Dictionary(XObject=Dictionary(F=form)), b"/F Do\n" * 10
    pdf.pages[0].Resources.XObject = Dictionary(F=form)
    added(pdf, drawn)


@pytest.mark.slow
def test_a_file_of_thousands_of_pages_is_told_in_time(small: bytes, tmp_path: Path) -> None:
    line = told(tmp_path / "handout.pdf", changed(small, many), small)
    assert line.splitlines()[1:] == ["pages 2 to 3001 repeat page 1"]


@pytest.mark.slow
def test_a_file_that_takes_without_end_to_draw_is_told_in_time(
    small: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "READING", Limits(seconds=1))
    lines = told(tmp_path / "handout.pdf", changed(small, drawn_without_end), small).splitlines()
    assert lines[1] == "page 1: its drawing differs"
    assert "takes more than 1 seconds" in lines[2]


DIFFER = "the pages differ from what its content gives here"


def made_by(version: str, body: str, typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A handout that a version of the typesetter made."""
    here = importlib.metadata.version
    with monkeypatch.context() as patch:
        patch.setattr(importlib.metadata, "version", lambda name: version if name == "weasyprint" else here(name))
        making = Making("harrowby", carried.content(HARROWBY), "0" * 64, {"paper": "a4"}, "2025-03-14T00:00:00+00:00")
        files = making.files("factsheet")
    return polish.polished(typesetter.pdf(typesetter.pages(Page()(body)), files))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("here", "change", "lines"),
    [
        ("<p style='color: #900'>Nine branches", None, "its words and links are the same"),
        pytest.param("<p>Ten branches", None, DIFFER, marks=pytest.mark.slow),
        pytest.param("<p style='color: #900'>Nine branches", "a note", DIFFER, marks=pytest.mark.slow),
        pytest.param("<p>Nine branches", "a dot", DIFFER, marks=pytest.mark.slow),
    ],
    ids=["as it was", "other words", "a note", "a dot"],
)
def test_a_handout_of_other_versions_holds_if_nobody_changed_it(
    typesetter: Typesetter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, here: str, change: str | None, lines: str
) -> None:
    given = made_by("1.0", "<p>Nine branches", typesetter, monkeypatch)
    path = tmp_path / "handout.pdf"
    path.write_bytes(changed(given, TAMPERED[change]) if change else given)
    made = made_by(importlib.metadata.version("weasyprint"), here, typesetter, monkeypatch)
    verdict = verify.pages(path, lambda found, folder: made)
    assert lines in verdict.lines[0]
    assert "made with weasyprint 1.0" in verdict.lines[1]
    assert verdict.holds == lines.startswith("its words")
