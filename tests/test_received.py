"""A PDF that came from a stranger: whatever it carries, one sentence is printed, and no file is written."""

import io
import json
import re
import shutil
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Pdf, Stream, String

from tests.conftest import HARROWBY, printed
from triptych.__main__ import main
from triptych.pdf import carried
from triptych.pdf.carried import CONTENT, MANIFEST

pytestmark = pytest.mark.xdist_group("sample")


def zipped(entries: list[tuple[zipfile.ZipInfo | str, bytes]], compression: int = zipfile.ZIP_STORED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return target.getvalue()


@dataclass
class Parts:
    """What a handout carries, to be spoilt."""

    content: dict[str, bytes]
    manifest: dict[str, Any]
    spoilt: dict[str, bytes] = field(default_factory=dict)
    """Attachments in the place of those that these give."""
    pdf: Callable[[Pdf], None] = lambda pdf: None
    """Spoils the PDF at last."""
    file: Callable[[bytes], bytes] = lambda data: data
    """Spoils its bytes."""

    def named(self, name: str, data: bytes = b"picture") -> None:
        """Carry another file, which the manifest names."""
        self.content[name] = data
        self.manifest["content"][name] = sha256(data).hexdigest()

    def archive(self, entries: list[tuple[zipfile.ZipInfo | str, bytes]], compression: int = 0) -> None:
        self.spoilt[CONTENT] = zipped([*self.content.items(), *entries], compression)

    def written(self, path: Path) -> None:
        files = {MANIFEST: json.dumps(self.manifest).encode(), CONTENT: carried.zipped(self.content), **self.spoilt}
        with Pdf.new() as pdf:
            pdf.add_blank_page(page_size=(300, 300))
            for name, data in files.items():
                pdf.attachments[name] = AttachedFileSpec(pdf, data, relationship=Name.Source)
            self.pdf(pdf)
            target = io.BytesIO()
            if self.pdf is encrypted:
                pdf.save(target, encryption=pikepdf.Encryption(owner="a", user=""))
            else:
                pdf.save(target, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
        path.write_bytes(self.file(target.getvalue()))


def encrypted(pdf: Pdf) -> None:
    """Parts.written encrypts such a PDF."""


def stream_of(pdf: Pdf, name: str) -> Stream:
    stream: Any = pdf.Root.Names.EmbeddedFiles.Names[1 if name == CONTENT else 3].EF.F
    assert isinstance(stream, Stream)
    return stream


def bomb(pdf: Pdf) -> None:
    machine = zlib.compressobj(9)
    packed = b"".join(machine.compress(bytes(1_000_000)) for _ in range(20)) + machine.flush()
    stream_of(pdf, CONTENT).write(packed, filter=Name.FlateDecode)


def twice_packed(pdf: Pdf) -> None:
    data = zlib.compress(zlib.compress(stream_of(pdf, CONTENT).read_bytes()))
    stream_of(pdf, CONTENT).write(data, filter=Array([Name.FlateDecode, Name.FlateDecode]))


def predicted(pdf: Pdf) -> None:
    stream_of(pdf, CONTENT).write(zlib.compress(b"PK"), filter=Name.FlateDecode, decode_parms=Dictionary(Predictor=15))


def run_length(pdf: Pdf) -> None:
    stream_of(pdf, CONTENT).write(b"\x81a" * 1000, filter=Name.RunLengthDecode)


def cut_stream(pdf: Pdf) -> None:
    stream_of(pdf, CONTENT).write(zlib.compress(b"PK" * 900)[:-9], filter=Name.FlateDecode)


def no_stream(pdf: Pdf) -> None:
    stream_of(pdf, CONTENT).write(b"no zlib", filter=Name.FlateDecode)


def without_ef(pdf: Pdf) -> None:
    for spec in (pdf.Root.Names.EmbeddedFiles.Names[1], pdf.Root.Names.EmbeddedFiles.Names[3]):
        del spec.EF


def empty_ef(pdf: Pdf) -> None:
    pdf.Root.Names.EmbeddedFiles.Names[1].EF = Dictionary()


def text_for_stream(pdf: Pdf) -> None:
    pdf.Root.Names.EmbeddedFiles.Names[1].EF = Dictionary(F=String("no stream"))


def numbers_for_names(pdf: Pdf) -> None:
    pdf.Root.Names.EmbeddedFiles = Dictionary(Names=Array([1, 2, 3]))


def endless_names(pdf: Pdf) -> None:
    node = pdf.make_indirect(Dictionary(Limits=Array([String("a"), String("z")])))
    node.Kids = Array([node, node])
    pdf.Root.Names.EmbeddedFiles = node


def other_names(pdf: Pdf) -> None:
    pdf.Root.Names = Array([])


def endless_tags(pdf: Pdf) -> None:
    item = pdf.make_indirect(Dictionary(S=Name.P))
    item.K = Array([item])
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(K=item))
    del pdf.Root.Names


def edited(**fields: Any) -> Callable[[Parts], None]:
    return lambda parts: parts.manifest.update(fields)


def ordered(**options: Any) -> Callable[[Parts], None]:
    return lambda parts: parts.manifest["order"].update(options)


def article(name: str) -> tuple[str, Callable[[Parts], None]]:
    return f"an article named {name[:20]!r}", edited(article=name)


def picture(name: str) -> tuple[str, Callable[[Parts], None]]:
    return f"a file named {name[:20]!r}", lambda parts: parts.named(name)


def spoilt(what: str, *data: bytes) -> Callable[[Parts], None]:
    return lambda parts: parts.spoilt.update({what: b"".join(data)})


def pdf(change: Callable[[Pdf], None]) -> Callable[[Parts], None]:
    return lambda parts: setattr(parts, "pdf", change)


def file(change: Callable[[bytes], bytes]) -> Callable[[Parts], None]:
    return lambda parts: setattr(parts, "file", change)


def link(parts: Parts) -> None:
    entry = zipfile.ZipInfo("link.png")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    parts.named("link.png", b"/etc/passwd")
    del parts.content["link.png"]
    parts.archive([(entry, b"/etc/passwd")])


def folder(parts: Parts) -> None:
    parts.archive([(zipfile.ZipInfo("maps/"), b"")])


def packed(parts: Parts) -> None:
    parts.archive([], zipfile.ZIP_DEFLATED)


def many(parts: Parts) -> None:
    parts.archive([(f"{number}.png", b"") for number in range(1001)])


def cut_name(parts: Parts) -> None:
    parts.named("x.pngAb.png")
    parts.spoilt[CONTENT] = carried.zipped(parts.content).replace(b"x.pngAb.png", b"x.png\0b.png")


def twice(parts: Parts) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        parts.archive([("figures.yaml", parts.content["figures.yaml"])])


def overlapping(parts: Parts) -> None:
    """Many entries of the archive's index that lead to the same bytes."""
    data = zipped([("a.png", bytes(100_000))])
    start = data.index(b"PK\x01\x02")
    entry, end = data[start : data.index(b"PK\x05\x06")], data[data.index(b"PK\x05\x06") :]
    entries = b"".join(entry.replace(b"a.png", f"{number:05}".encode()) for number in range(900))
    end = end[:8] + struct.pack("<HHII", 900, 900, len(entries), start) + end[20:]
    parts.spoilt[CONTENT] = data[:start] + entries + end


def large_entry(parts: Parts) -> None:
    data = bytearray(carried.zipped(parts.content))
    at = data.index(b"PK\x01\x02")
    data[at + 20 : at + 28] = struct.pack("<II", 0xFFFFFFF0, 0xFFFFFFF0)
    parts.spoilt[CONTENT] = bytes(data)


def other_hash(parts: Parts) -> None:
    parts.manifest["content"]["figures.yaml"] = parts.manifest["content"]["article.md"]


def broken_article(parts: Parts) -> None:
    parts.named("figures.yaml", b"figures: [")


def no_article(parts: Parts) -> None:
    del parts.content["article.md"], parts.manifest["content"]["article.md"]


def untraced(parts: Parts) -> None:
    parts.named("figures.yaml", parts.content["figures.yaml"].replace(b"412,000", b"421,000"))


HOSTILE: Mapping[str, Callable[[Parts], None]] = {
    **dict(map(article, ("/tmp/PWNED", "../PWNED", "..", ".", "", "a/b", "a\\b", "a\0b", "\x1b[2J", "x" * 300))),
    **dict(map(picture, ("../PWNED.png", "/tmp/PWNED.png", "a/../../b.png", "a\\b.png", "a//b.png", "x" * 999))),
    **dict(map(picture, ("article.md/b.png", "a\nb.png", ".", "maps/"))),
    "an article that is a number": edited(article=7),
    "a document that there is not": edited(document="leaflet"),
    "a document that is a path": edited(document="../briefing"),
    "another field": edited(more="of it"),
    "a moment that is none": edited(moment="yesterday"),
    "a moment with no time zone": edited(moment="2025-02-28T00:00:00"),
    "a moment before all time zones": edited(moment="0001-01-01T00:00:00+00:00"),
    "a hash that is none": edited(templates="abc"),
    "a library that is a path": edited(libraries={"../../x": "1"}),
    "a version that moves the cursor": edited(libraries={"weasyprint": "\x1b[2J"}),
    "content that is a list": edited(content=["article.md"]),
    "no article": lambda parts: parts.manifest.pop("article"),
    "paper that there is not": ordered(paper="a9"),
    "an option of another document": ordered(sheet="a2"),
    "a theme that is a path": ordered(theme="../../tokens"),
    "an unknown option": ordered(profile="/etc/passwd"),
    "a manifest that is no JSON": spoilt(MANIFEST, b"article: harrowby"),
    "a manifest that is empty": spoilt(MANIFEST),
    "a manifest that is a list": spoilt(MANIFEST, b"[]"),
    "a manifest that is no UTF-8": spoilt(MANIFEST, b'{"article": "\xff"}'),
    "a manifest that nests deeply": spoilt(MANIFEST, b'{"order": ', b"[" * 100_000, b"]" * 100_000, b"}"),
    "a manifest of a number with many digits": spoilt(MANIFEST, b'{"article": ', b"9" * 10_000, b"}"),
    "a manifest of 2 MB": spoilt(MANIFEST, b" " * 2_000_000),
    "an archive that is none": spoilt(CONTENT, b"PK\x03\x04 no more"),
    "an archive that is empty": spoilt(CONTENT),
    "an archive cut off": lambda parts: parts.spoilt.update({CONTENT: carried.zipped(parts.content)[:-30]}),
    "an archive with a link": link,
    "an archive with a folder": folder,
    "an archive with packed files": packed,
    "an archive of 1001 files": many,
    "an archive with a name that is cut": cut_name,
    "an archive with a name twice": twice,
    "an archive whose files overlap": overlapping,
    "an archive with a file of 4 GB": large_entry,
    "the hash of other content": other_hash,
    "an article that is broken": broken_article,
    "an article that is not there": no_article,
    "an article with a number that nothing supports": untraced,
    "an attachment of 20 MB in 20 kB": pdf(bomb),
    "an attachment packed twice": pdf(twice_packed),
    "an attachment with a predictor": pdf(predicted),
    "an attachment packed by run lengths": pdf(run_length),
    "an attachment cut off": pdf(cut_stream),
    "an attachment that is not packed": pdf(no_stream),
    "attachments with no file": pdf(without_ef),
    "an attachment with an empty file": pdf(empty_ef),
    "a text for an attachment": pdf(text_for_stream),
    "numbers for names": pdf(numbers_for_names),
    "names that have no end": pdf(endless_names),
    "a list for names": pdf(other_names),
    "tags that have no end": pdf(endless_tags),
    "encryption": pdf(encrypted),
    "a file cut in half": file(lambda data: data[: len(data) // 2]),
    "a file of nothing": file(lambda data: b""),
    "a file of zeros": file(lambda data: bytes(10_000)),
    "a file that only begins as a PDF": file(lambda data: b"%PDF-1.7\n" + b"1 0 obj\n<<" * 10_000),
}
OTHERWISE_PACKED = {
    "an attachment packed twice",
    "an attachment with a predictor",
    "an attachment packed by run lengths",
}


@pytest.fixture
def parts() -> Parts:
    """What the sample's fact sheet carries."""
    with pikepdf.open(io.BytesIO(printed(HARROWBY)["factsheet"].pdf)) as document:
        files = {name: spec.get_file().read_bytes() for name, spec in document.attachments.items()}
    with zipfile.ZipFile(io.BytesIO(files[CONTENT])) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    return Parts(content, json.loads(files[MANIFEST]))


@pytest.mark.sampled(3)
@pytest.mark.sampled(8)
@pytest.mark.parametrize("what", HOSTILE)
def test_whatever_a_pdf_carries_one_sentence_is_printed_and_no_file_written(
    parts: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    home = tmp_path / "home"
    (home / "tmp").mkdir(parents=True)
    monkeypatch.chdir(home)
    monkeypatch.setattr(tempfile, "tempdir", str(home / "tmp"))
    monkeypatch.setattr(carried, "LARGEST_CONTENT", 10_000_000)
    HOSTILE[what](parts)
    handout = home / "handout.pdf"
    parts.written(handout)
    before = sorted(tmp_path.rglob("*"))
    for command in (["verify", "handout.pdf"], ["trace", "handout.pdf"], ["verify", "handout.pdf", str(HARROWBY)]):
        code = main(command)
        said = capsys.readouterr()
        if what == "an article with a number that nothing supports" and command[2:]:
            assert code == 7  # it may be compared all the same
            continue
        assert (code, said.out) == (2, "")
        assert re.fullmatch(r"handout\.pdf [^\x00-\x1f\x7f]+\n", said.err)
        assert not re.search(r"triptych-|Traceback|Error", said.err)
        assert ("packed in another way" in said.err) == (what in OTHERWISE_PACKED)
    assert main(["read", "handout.pdf"]) in (0, 2)
    assert len(capsys.readouterr().err.splitlines()) < 2
    assert sorted(tmp_path.rglob("*")) == before
    assert not Path("/tmp/PWNED").exists()


def test_what_a_pdf_says_moves_no_cursor(parts: Parts, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    handout = tmp_path / "handout.pdf"
    with pikepdf.open(io.BytesIO(printed(HARROWBY)["factsheet"].pdf)) as document:
        first = next(item for item in document.objects if isinstance(item, Dictionary) and item.get("/S") == Name.H1)
        first.Alt = String("\x1b[2J\x9b2Ja title")
        document.save(handout)
    assert main(["read", str(handout)]) == 0
    said = capsys.readouterr().out
    assert "picture: �[2J�2Ja title\n" in said
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", said)


def test_a_handout_keeps_pictures_in_their_folders(parts: Parts, tmp_path: Path) -> None:
    parts.named("maps/city.png")
    parts.written(tmp_path / "handout.pdf")
    shutil.rmtree(tmp_path / "there", ignore_errors=True)
    (tmp_path / "there").mkdir()
    article = carried.read(tmp_path / "handout.pdf").unpacked(tmp_path / "there")
    assert {path.relative_to(article).as_posix() for path in article.rglob("*") if path.is_file()} == set(parts.content)
