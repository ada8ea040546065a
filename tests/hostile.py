"""Articles that are made to harm: to run for ever, to read other files, to reach the network, to break the program.

Each is a small article with one thing in it. `docs/security.md` says what happens with each.
"""

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from random import Random

from PIL import Image

PORT = 8899
"""Where addresses lead: nobody may ask there."""
SECRET = "SECRET-7391"
Make = Callable[[Path], None]

HEAD = """---
title: The library opens
language: en-GB
date: 2025-03-14
publisher: Plain Record
status: draft
{}---

{}
"""
PROSE = "The library opened in 2018 [@a].\n"
EVENTS = """events:
  - id: one
    date: 2018
    headline: The library opens
    summary: It opened in 2018.
    sources: [a]
  - id: two
    date: 2019
    headline: The library closes
"""
SOURCES = "references:\n  - id: a\n    type: report\n    title: A report\n    issued: 2018\n"
PICTURED = EVENTS.replace("    summary", "    image: {}\n    alt: Words\n    summary")


def article(
    folder: Path,
    *,
    head: str = "",
    prose: str = PROSE,
    events: str | None = EVENTS,
    sources: str = SOURCES,
    files: Mapping[str, str | bytes] | None = None,
) -> None:
    """Write the article. Its folder is two below that of the secret."""
    folder.mkdir(parents=True)
    (folder.parent.parent / "secret.txt").write_text(f"{SECRET}\n", encoding="utf-8")
    texts = {"article.md": HEAD.format(head, prose), "timeline.yaml": events, "sources.yaml": sources, **(files or {})}
    for name, text in texts.items():
        if text is not None:
            (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))


def _yaml() -> Mapping[str, Make]:
    laughs = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + level)}: &{chr(98 + level)} [{','.join(['*' + chr(97 + level)] * 9)}]\n" for level in range(9)
    )
    events = {
        "aliases of nine levels": laughs + EVENTS,
        "a value within itself": "events: &a\n  - *a\n",
        "a merge of itself": "x: &x\n  <<: *x\nevents: []\n",
        "20,000 lists within each other": "events: " + "[" * 20_000 + "]" * 20_000,
        "100,000 open lists": "events: " + "[" * 100_000,
        "5,000 fields within each other": "events: " + "{a: " * 5000 + "1" + "}" * 5000,
        "a line of 10 MB": f"events:\n  - headline: {'word ' * 2_000_000}",
        "a word of 1 MB": f"events:\n  - {{id: one, date: 2018, headline: {'w' * 1_000_000}}}",
        "NUL": EVENTS.replace("opens", "op\0ens"),
        "a control character": EVENTS.replace("opens", "op\x07ens"),
        "NUL as an escape": EVENTS.replace("The library opens", '"op\\0ens"'),
        "the escape of a terminal": EVENTS.replace("The library opens", '"op\\x1b[31mens"'),
        "half a character": EVENTS.replace("The library opens", '"op\\ud800ens"'),
        "two documents": f"{EVENTS}---\nevents: []\n",
        "nothing": "",
        "a number alone": "7\n",
        "a list alone": "- 7\n",
        "YAML 9.9": f"%YAML 9.9\n---\n{EVENTS}",
        "tabs": EVENTS.replace("  -", "\t-"),
        "a list as a name": f"? [a, b]\n: 7\n{EVENTS}",
        "a mark of byte order": f"\ufeff{EVENTS}",
        "a date of 400,000 characters": EVENTS.replace("2019", f'"[{"2018," * 80_000}2019]"'),
        "a year of 400 digits": EVENTS.replace("2019", f'"{"9" * 400}"'),
        "an exponent as a year": EVENTS.replace("2019", '"Y1E400"'),
        "a weight without end": EVENTS.replace("    sources", "    weight: 1e999\n    sources"),
        "no number as a weight": EVENTS.replace("    sources", "    weight: .nan\n    sources"),
    }
    tags = {
        "a program": "!!python/object/apply:os.system ['touch harmed']",
        "a name of Python": "!!python/name:os.system",
        "an object": "!!python/object:__main__.X {}",
        "a file": "!include /etc/passwd",
        "the environment": "!ENV ${HOME}",
        "bytes": "!!binary aGVsbG8=",
        "a set": "!!set {a, b}",
        "nothing": "!!null ''",
    }
    ids = ("../x", "a b", "''", "/etc/passwd", "ü", "😀", "__proto__", "a%20b", "<b>", "--help", "{{7*7}}", "a/../b")
    encoded = {"UTF-16": EVENTS.encode("utf-16"), "Latin-1": EVENTS.replace("opens", "öffnet").encode("latin-1")}
    return {
        **{f"YAML: {name}": partial(article, events=text) for name, text in events.items()},
        **{f"YAML tag: {name}": partial(article, events=_headline(tag)) for name, tag in tags.items()},
        **{f"an id: {one}": partial(article, events=EVENTS.replace("id: one", f"id: {one}")) for one in ids},
        **{
            f"YAML in {name}": partial(article, events=None, files={"timeline.yaml": data})
            for name, data in encoded.items()
        },
        "YAML: aliases in the head": partial(article, head=laughs),
        "article.md of random bytes": partial(article, files={"article.md": Random(1).randbytes(100_000)}),
    }


def _headline(text: str) -> str:
    return EVENTS.replace("The library opens", text)


PICTURE = "picture.png"
FILES = ("article.md", "timeline.yaml", "sources.yaml", "house.yaml", "theme.yaml", "charts.yaml", "sources.csl")


def _places() -> Mapping[str, Make]:
    """A file of the article that is no file, or another."""
    ways: dict[str, Callable[[Path], object]] = {
        "a pipe": os.mkfifo,
        "a link to /dev/zero": lambda path: path.symlink_to("/dev/zero"),
        "a folder": Path.mkdir,
        "a link out of the folder": lambda path: path.symlink_to(path.parent.parent.parent / "secret.txt"),
        "a link to itself": lambda path: path.symlink_to(path.name),
    }

    def make(folder: Path, name: str, way: Callable[[Path], object]) -> None:
        if name == PICTURE:
            article(folder, events=PICTURED.format(PICTURE), prose=f"![Words]({PICTURE})\n")
        else:
            article(folder)
        (folder / name).unlink(missing_ok=True)
        way(folder / name)

    return {
        f"{name} is {what}": partial(make, name=name, way=way)
        for name in (*FILES, PICTURE)
        for what, way in ways.items()
    }


def _prose() -> Mapping[str, Make]:
    texts = {
        "5,000 open brackets": "[" * 5000,
        "5,000 brackets": "[" * 5000 + "x" + "](y)" * 5000,
        "5,000 quotations": ">" * 5000 + " x\n",
        "1,000 lists within each other": "".join("  " * level + "- x\n" for level in range(1000)),
        "100,000 stars": "*" * 100_000,
        "a footnote about itself": "Word.[^1]\n\n[^1]: See.[^1]\n",
        "5,000 comments": "<!--" * 5000,
        "50,000 angles": "<" * 50_000,
        "characters by number": "&#x0;&#xD800;&#99999999;&nosuch;",
        "a list of attributes": "Text. {: " + "a=b " * 10_000 + "}\n",
        "a million spaces": "a" + " " * 1_000_000 + "b\n",
        "a million lines": "\n" * 1_000_000 + "b\n",
        "a line of 10 MB": "word " * 2_000_000,
        "a paragraph of 30,000 characters": "word " * 6000,
        "100,000 items": "- word\n" * 100_000,
        "1,000 footnotes": "Word.[^1]\n\n" + "".join(f"[^{number}]: A note.\n" for number in range(1000)),
        "a chart of open lists": "```chart\n" + "a: [" * 1000 + "\n```\n",
    }
    return {f"prose: {name}": partial(article, prose=text) for name, text in texts.items()}


ADDRESSES = (
    f"http://127.0.0.1:{PORT}/x.png",
    f"//127.0.0.1:{PORT}/x.png",
    f"HTTP://127.0.0.1:{PORT}/x.png",
    f"ftp://127.0.0.1:{PORT}/x.png",
    "file:///etc/passwd",
    "/etc/passwd",
    "../../secret.txt",
    "%2e%2e/%2e%2e/secret.txt",
    "./././../../secret.txt",
    "asset://article/../../secret.txt",
    "~/x.png",
    "/proc/self/environ",
    "javascript:alert(1)",
    f"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='http://127.0.0.1:{PORT}/x'/></svg>",
)


def _addresses() -> Mapping[str, Make]:
    """An address in each place that takes one."""
    places: dict[str, Callable[[str], Make]] = {
        "a picture": lambda to: partial(article, prose=f"![Words](<{to}>)\n"),
        "a link": lambda to: partial(article, prose=f"[Words](<{to}>)\n"),
        "an event's picture": lambda to: partial(article, events=PICTURED.format(f'"{to}"')),
        "a source": lambda to: partial(article, sources=f'{SOURCES}    URL: "{to}"\n'),
        "a logo": lambda to: partial(article, head=f'logo: "{to}"\n'),
        "a stylesheet": lambda to: partial(article, prose=f"<style>@import url({to});</style>\n\nText.\n"),
    }
    return {f"{to} as {name}": place(to) for name, place in places.items() for to in ADDRESSES}


HTML = (
    "<script src='http://127.0.0.1:{0}/s.js'></script>",
    "<iframe src='http://127.0.0.1:{0}/'></iframe>",
    "<link rel=stylesheet href='http://127.0.0.1:{0}/c.css'>",
    "<link rel=attachment href='file:///etc/passwd'>",
    "<object data='file:///etc/passwd'></object>",
    "<embed src='file:///etc/passwd'>",
    "<img src='../../secret.txt'>",
    "<img srcset='http://127.0.0.1:{0}/i.png 2x'>",
    "<svg><image href='http://127.0.0.1:{0}/i.png'/></svg>",
    "<base href='http://127.0.0.1:{0}/'>",
    "<a rel=attachment href='file:///etc/passwd'>x</a>",
    "<p style='background:url(http://127.0.0.1:{0}/i.png)'>x</p>",
    "<p style='position:fixed;inset:0;background:#fff'>x</p>",
    "<p onclick='alert(1)'>x</p>",
    "<a href='javascript:alert(1)'>x</a>",
    "<div style='width:1e9px;height:1e9px'>x</div>",
    "<plaintext>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
)
FIELDS = (
    "{{ 7*7 }}",
    "{% include '/etc/passwd' %}",
    "<b>x</b><script>x</script>",
    "</style><style>*{display:none}",
    "`id`",
    "$(id)",
)


def _markup() -> Mapping[str, Make]:
    """HTML in the prose, and templates and markup in fields."""
    found: dict[str, Make] = {
        f"HTML: {html.format(PORT)}": partial(article, prose=f"Text. {html.format(PORT)}\n\n{html.format(PORT)}\n")
        for html in HTML
    }
    for text in FIELDS:
        found[f"{text} in the head"] = partial(article, head=f'deck: "{text}"\nmethod: "{text}"\ncontact: "{text}"\n')
        found[f"{text} in an event"] = partial(
            article, events=EVENTS.replace("The library opens", f'"It {text} opens"')
        )
        found[f"{text} in the prose"] = partial(article, prose=f"It {text} opened.\n")
    return found


def _svg(inside: str, start: str = "") -> str:
    return f'{start}<svg xmlns="http://www.w3.org/2000/svg" width="100" height="60" viewBox="0 0 100 60">{inside}</svg>'


def _filled(paint: str) -> str:
    return _svg(f'{paint}<rect width="100" height="60" fill="url(#p)"/>')


STOPS = '<stop offset="0" stop-color="red"/><stop offset="1" stop-color="blue"/>'
DOUBLED = "".join(f'<g id="a{n + 1}"><use href="#a{n}"/><use href="#a{n}" x="1"/></g>' for n in range(40))
ENTITIES = '<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(7)
)
DRAWINGS = {
    "a part used twice, 40 times": _svg(f'<g id="a0"><rect width="9" height="9"/></g>{DOUBLED}<use href="#a40"/>'),
    "a part that uses itself": _svg('<g id="a"><use href="#a"/></g>'),
    "a gradient of a tiny radius": _filled(
        f'<radialGradient id="p" r="1e-7" spreadMethod="repeat">{STOPS}</radialGradient>'
    ),
    "a gradient of a tiny length": _filled(
        f'<linearGradient id="p" x2="1e-7" spreadMethod="reflect">{STOPS}</linearGradient>'
    ),
    "a gradient of itself": _filled('<linearGradient id="p" href="#p"/>'),
    "a pattern of tiny tiles": _filled(
        '<pattern id="p" width="1e-5" height="1e-5" patternUnits="userSpaceOnUse">'
        '<rect width="1" height="1"/></pattern>'
    ),
    "a pattern of itself": _filled(
        '<pattern id="p" width="1" height="1"><rect width="1" height="1" fill="url(#p)"/></pattern>'
    ),
    "a mask of itself": _svg(
        '<mask id="m"><rect width="9" height="9" mask="url(#m)"/></mask><rect width="9" height="9" mask="url(#m)"/>'
    ),
    "a clip of itself": _svg(
        '<clipPath id="m"><rect width="9" height="9" clip-path="url(#m)"/></clipPath>'
        '<rect width="9" height="9" clip-path="url(#m)"/>'
    ),
    "a marker of itself": _svg(
        '<marker id="m"><path d="M0 0L1 1" marker-end="url(#m)"/></marker><path d="M0 0L9 9" marker-end="url(#m)"/>'
    ),
    "tiny dashes": _svg('<path d="M0 0L100 60" stroke="red" stroke-dasharray="1e-7"/>'),
    "5,000 groups within each other": _svg("<g>" * 5000 + "</g>" * 5000),
    "letters of 1e9": _svg('<text font-size="1e9">x</text>'),
    "entities of entities": _svg("<text>&h;</text>", f"<!DOCTYPE svg [{ENTITIES}]>"),
    "an entity of another file": _svg("<text>&x;</text>", '<!DOCTYPE svg [<!ENTITY x SYSTEM "../../secret.txt">]>'),
    "a picture of the network": _svg(f'<image href="http://127.0.0.1:{PORT}/i.png" width="9" height="9"/>'),
    "a picture of another file": _svg('<image href="../../secret.txt" width="9" height="9"/>'),
    "a picture of itself": _svg('<image href="picture.svg" width="9" height="9"/>'),
    "a part of the network": _svg(f'<use href="http://127.0.0.1:{PORT}/i.svg#a"/>'),
    "a style of the network": _svg(f'<style>@import "http://127.0.0.1:{PORT}/c.css";</style>'),
    "a program": _svg("<script>while(1);</script>"),
    "a page": _svg(
        '<foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml" src="/etc/passwd"/>'
        "</foreignObject>"
    ),
    "numbers that are none": _svg('<rect width="1e400" height="NaN" transform="scale(1e308) rotate(nan)"/>'),
    "no size": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "half a drawing": "<svg><rect",
    "nothing": "",
}


def _drawings() -> Mapping[str, Make]:
    found: dict[str, Make] = {}
    for name, text in DRAWINGS.items():
        file = {"picture.svg": text}
        shown = partial(article, prose="![A drawing](picture.svg)\n", events=PICTURED.format("picture.svg"))
        found[f"a drawing: {name}"] = partial(shown, files=file)
        found[f"a logo: {name}"] = partial(article, files=file, head="logo: picture.svg\n")
    return found


def _png(width: int, height: int) -> bytes:
    """A white picture of any size in a few bytes."""
    packer = zlib.compressobj(9)
    rows = b"\0" * (width // 8 + 1) * 100
    data = b"".join(packer.compress(rows) for _ in range(height // 100)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )


def _saved(form: str, mode: str = "RGB") -> bytes:
    target = io.BytesIO()
    Image.new(mode, (600, 400)).save(target, form)
    return target.getvalue()


def _pictures() -> Mapping[str, Make]:
    size = struct.pack(">II", 600, 400)
    given: dict[str, Callable[[], bytes]] = {
        "bomb.png": partial(_png, 30_000, 30_000),
        "cut.png": lambda: _saved("PNG")[:200],
        "cut.jpg": lambda: _saved("JPEG")[:300],
        "empty.png": bytes,
        "text.png": lambda: b"hello",
        "gif-inside.png": partial(_saved, "GIF"),
        "drawing-inside.png": lambda: _svg("<rect/>").encode(),
        "png-inside.svg": partial(_saved, "PNG"),
        "larger-than-it-is.png": lambda: _saved("PNG").replace(size, struct.pack(">II", 65_000, 65_000)),
        "damaged.png": lambda: _saved("PNG")[:-6] + b"xxxxxx",
        "postscript.eps": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) (r) file\n",
        "no-ending": partial(_saved, "PNG"),
        "half.pdf": lambda: b"%PDF-1.7\n",
    }
    names = (
        "my map.png",
        "Bob's map.png",
        "50%.png",
        "-rf.png",
        "$(touch harmed).png",
        "`id`.png",
        "a;b.png",
        "<b>.png",
        "#a.png",
        "*.png",
    )

    def make(folder: Path, name: str, data: Callable[[], bytes]) -> None:
        quoted = "'" + name.replace("'", "''") + "'"
        article(folder, prose=f"![A picture](<{name}>)\n", events=PICTURED.format(quoted), files={name: data()})

    found = {f"a picture: {name}": partial(make, name=name, data=data) for name, data in given.items()}
    named = {f"a picture named {name}": partial(make, name=name, data=partial(_saved, "PNG")) for name in names}
    return {**found, **named}


def _zipped(*names: str, size: int = 100_000_000) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            packed.writestr(name, b"<a>" + b" " * size + b"</a>")
    return target.getvalue()


def _tables() -> Mapping[str, Make]:
    given: dict[str, Mapping[str, Callable[[], bytes]]] = {
        "timeline.csv": {
            "NUL": lambda: b"id,date,headline\no\0e,2018,x\n",
            "a cell of 20 MB": lambda: b"id,date,headline\none,2018," + b"x" * 20_000_000,
            "a quotation without end": lambda: b'id,date,headline\none,2018,"x' + b"\n" * 100_000,
            "a million columns": lambda: b"," * 1_000_000 + b"\n",
            "a formula": lambda: b"id,date,headline\none,2018,=1+1\n",
            "random bytes": lambda: Random(2).randbytes(50_000),
        },
        "timeline.xlsx": {
            "text": lambda: b"hello",
            "100 MB in 100 kB": partial(_zipped, "xl/workbook.xml", "[Content_Types].xml", "xl/worksheets/sheet1.xml"),
            "a path out of the folder": partial(_zipped, "../../../../harmed", size=10),
        },
        "timeline.ods": {"text": lambda: b"hello", "100 MB in 100 kB": partial(_zipped, "content.xml", "mimetype")},
    }

    def make(folder: Path, name: str, data: Callable[[], bytes]) -> None:
        article(folder, events=None, files={name: data()})

    return {
        f"{name}: {what}": partial(make, name=name, data=data)
        for name, some in given.items()
        for what, data in some.items()
    }


def _styles() -> Mapping[str, Make]:
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>x</title>'
        "<id>x</id><updated>2020-01-01T00:00:00Z</updated></info>{}</style>"
    )
    layouts = "<citation><layout>{0}</layout></citation><bibliography><layout>{0}</layout></bibliography>"
    styles = {
        "nothing": "",
        "HTML": "<html/>",
        "a macro of itself": style.format(
            '<macro name="a"><text macro="a"/></macro>' + layouts.format('<text macro="a"/>')
        ),
        "no such macro": style.format(layouts.format('<text macro="z"/>')),
        "an entity of another file": '<!DOCTYPE style [<!ENTITY x SYSTEM "../../secret.txt">]>'
        + style.format(layouts.format('<text value="&x;"/>')),
        "3,000 groups within each other": style.format(layouts.format("<group>" * 3000 + "</group>" * 3000)),
        "bytes of zero": "\0" * 100,
    }
    themes = (
        "accent: url(http://127.0.0.1:8899/x)",
        "accent: 'red; } * { display: none'",
        "faces: ../../x",
        "title: 1e999",
        "title: .nan",
        "base: ../x",
    )
    houses = (
        "logo: ../../secret.txt",
        "limits: {seconds: 0}",
        "limits: {memory: 99999999999}",
        "paper: a9",
        "sheet: 10000m",
        "sheet: 10000x10000mm",
        "sheet: nanxnanmm",
        "web: javascript:alert(1)",
        "language: ../../x",
        'contact: "\\e[31m"',
    )
    return {
        **{f"sources.csl: {name}": partial(article, files={"sources.csl": text}) for name, text in styles.items()},
        **{f"theme.yaml: {text}": partial(article, files={"theme.yaml": f"{text}\n"}) for text in themes},
        **{f"house.yaml: {text}": partial(article, files={"house.yaml": f"{text}\n"}) for text in houses},
    }


CASES: Mapping[str, Make] = {
    **_yaml(),
    **_places(),
    **_prose(),
    **_addresses(),
    **_markup(),
    **_drawings(),
    **_pictures(),
    **_tables(),
    **_styles(),
}
"""What writes each article into a new folder, by what is hostile in it."""
