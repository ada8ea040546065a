"""Whole articles by chance: valid, nearly valid, and ours with mistakes. Each is a folder of files."""

from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests import hostile, sheets
from tests.fuzz.seeds import ARTICLES, TESTS
from triptych.content.kinds import KINDS

Files = Mapping[str, bytes]
"""The files of an article by their names."""
Values = dict[str, Any]
KEYS = ("a", "b", "smith2018", "née-2003")
PASSAGES = ("start", "held", "late")
LANGUAGES = (*("en-GB", "en", "en-GB", "ar", "nl", "fr", "de-AT", "el", "he", "it", "pl", "pt-BR", "es", "tr", "uk"),)
BAD_LANGUAGES = ("hi", "ja", "zh-Hans", "sv", "xx", "English", "en_GB", "../x", "")
DATES = (
    *("2018", "2018-10", "2018-10-09", "1850~", "1984?", "185X", "2018-10-06T10:00", "2018-10-06T23:30", "-0044"),
    *("1914/1918", "2018-10-11/..", "../2018", "[2018-10-08..2018-10-09]", "2001-21", "Y17E7", "1950S2", "2018?-%10"),
)
BAD_DATES = (
    *("3 May 2019", "2018-02-30", "../..", "0000", "9999", "12345", "2018/2017", "-9999/9999", "XXXX-12-XX", "now", ""),
    *(
        "{1960,1961}",
        "Y-17E7",
        "9999-12-31T23:59Z",
        "0001-01-01/9999-12-31",
        "2018-10-06T24:00",
        "2018-10-06T23:30-04:00",
    ),
)
NUMBERS = ("12%", "52,400", "-3", "9.1 ± 0.2 µg/m³", "US$1.2 trillion", "3 in 10", "٣٤")
BAD_NUMBERS = ("1e999", "nan", "inf", "-0", "", "1/0", "9" * 400, "½", "1,2,3")
ISSUED = ("2018", "2018~", "1901/..", {"date-parts": [[2018, 3]]}, {"literal": "in press"}, [{"year": "2018"}])
BAD_ISSUED: Sequence[Any] = (
    {"date-parts": [["x"]]},
    [],
    {},
    {"date-parts": [[]]},
    "x",
    [{"year": "0"}],
    {"date-parts": [[99999999999, 13]]},
)
RARE = (
    *(
        "W" * 60,
        "Rindfleischetikettierungsüberwachungsaufgabe",
        "国家图书馆",
        "مكتبة القاهرة",
        "ספרייה",
        "→ ★ ≤ ∑",
        "é́",
        "&amp;",
    ),
    *(
        "{{ 7*7 }}",
        "<b>x</b>",
        "“a ‘b’”",
        "*x*",
        "$(x)",
        "👩‍👩‍👧",
        "#tag",
        "1.",
        "https://example.org/a?b=c&d=%20#e",
        "R²",
        " ",
        "-- x",
    ),
)
"""What can be printed, and seldom is."""
ODD = (
    *(
        "\u202eabc\u202c",
        "a\u0301\u0301\u0301",
        "\u200b",
        "\ufeff",
        "\u00ad",
        "\x07",
        "\x1b[31m",
        "\0",
        "\u2028",
        "\ue000",
        "हिन्दी",
    ),
    *(
        "{% include '/etc/passwd' %}",
        "</style>",
        "<script>x</script>",
        "&amp; &#0;",
        "]]>",
        "`x`",
        "<!--",
        "<plaintext>",
    ),
    *(
        "[@a]",
        "[@zz]",
        "{#start}",
        "^[A note.]",
        "[^1]",
        "**",
        "_",
        "\\",
        "|",
        "---",
        ": ",
        "# ",
        "- ",
        "null",
        "~",
        "!!set {a}",
    ),
    *("*a", "&a", "<<:", "%", "@", "[[", "]]", "{", "![x](../../secret.txt)", "<img src=../../secret.txt>"),
)
ADDRESSES = ("https://example.org", "https://example.org/a?b=c&d=%20#e")
BAD_ADDRESSES = (
    *(
        "../../secret.txt",
        "/etc/passwd",
        "file:///etc/passwd",
        "javascript:x",
        "$(touch harmed)",
        "//x",
        "https://",
        "http://[::1",
    ),
    *("https://example.org:99999999/", "https://exämple.org/\u202e", "mailto:a@example.org", "https://" + "a" * 300),
)
WORDS = (
    *(
        "the library",
        "opened",
        "in 2018",
        "12,000 books",
        "9.1 ± 0.2 µg/m³",
        "40 per cent",
        "London",
        "Ms Okoro said",
        "“late”",
    ),
    *(
        "not",
        "€3bn",
        "on 9 October 2018",
        "three",
        "more than half",
        "it",
        "closed",
        "a",
        "and",
        "council's",
        "50%",
        "10–12",
    ),
)

lines = st.lists(st.sampled_from(WORDS) | st.sampled_from(ODD) | st.text(max_size=6), min_size=1, max_size=12).map(
    " ".join
)
"""Texts of one line, and now and then not."""
plain = st.lists(st.sampled_from(WORDS) | st.sampled_from(RARE), min_size=1, max_size=9).map(" ".join)
"""Texts that can be printed."""
long = st.lists(plain, min_size=2, max_size=9).map(". ".join)
BRANCHES = ("Central", "Old Mill", "国家图书馆", "ספרייה", "<b>x</b>", "{{ 7*7 }}", "*x*", "👩‍👩‍👧")
LANES = ("Courts", "Press", "Council")


def _fields(needed: Mapping[str, SearchStrategy[Any]], **others: SearchStrategy[Any]) -> SearchStrategy[Values]:
    """Fields, some of them left out; a `_` in a name is a hyphen."""
    return st.fixed_dictionaries(dict(needed), optional={name.replace("_", "-"): one for name, one in others.items()})


def _some(keys: tuple[str, ...]) -> SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(keys), max_size=3, unique=True)


def _listed(one: SearchStrategy[Values], most: int) -> SearchStrategy[list[Values]]:
    return st.lists(one, max_size=most)


def _either(sound: bool, good: Sequence[Any], bad: Sequence[Any]) -> SearchStrategy[Any]:
    return st.sampled_from(good) if sound else st.sampled_from(good) | st.sampled_from(bad)


def _head(sound: bool) -> SearchStrategy[Values]:
    """Fields of article.md."""
    texts, web = plain if sound else plain | lines, _either(sound, ADDRESSES, BAD_ADDRESSES)
    names = ("deck", "factsheet_deck", "publisher", "number", "version", "method", "corrections", "contact")
    resource = _fields({"name": texts}, contact=texts, url=web, description=texts)
    return _fields(
        {"title": texts, "status": st.just("draft")},
        **dict.fromkeys(names, texts),
        language=_either(sound, LANGUAGES, BAD_LANGUAGES),
        date=_either(sound, ("2025-03-14",), ("2025-3-14", "now")),
        evidence_to=st.just("2025-02-28"),
        licence=_fields({"name": texts}, url=web),
        source_article=_fields({"title": texts}, url=web, revision=texts),
        in_brief=st.lists(texts, max_size=6 if sound else 8),
        web=web,
        address=web,
        support=_fields({"resources": st.lists(resource, min_size=int(sound), max_size=3)}, note=texts),
        lead=_pictured(sound),
        questions=st.lists(texts, max_size=3 if sound else 5),
        paper=_either(sound, ("a4", "letter"), ("a9",)),
        sheet=_either(sound, ("a3", "a2", "a1-landscape", "24x36in", "banner"), ("5x5mm", "1000x30mm", "1e9m")),
        dates=_either(sound, ("day-first", "month-first"), ("dmy",)),
    )


def _pictured(sound: bool) -> SearchStrategy[Values]:
    texts = plain if sound else plain | lines
    image = _either(
        sound, ("map.png", "wide.png", "drawing.svg"), ("none.png", "../../secret.txt", "http://127.0.0.1:8899/x.png")
    )
    return _fields({"image": image, "alt": texts}, caption=texts, credit=texts)


def _traced(sound: bool) -> dict[str, SearchStrategy[Any]]:
    standing = _either(sound, ("supported",), ("disputed", "x"))
    return {"sources": _some(KEYS), "passages": _some(PASSAGES), "standing": standing}


def _timeline(sound: bool, most: int) -> SearchStrategy[Values]:
    """Fields of timeline.yaml."""
    texts, traced = plain if sound else plain | lines, _traced(sound)
    dates = _either(sound, DATES, BAD_DATES)
    bare = _fields(
        {"date": dates, "headline": texts},
        **traced,
        summary=texts | long,
        weight=st.integers(int(sound), 3),
        lane=st.sampled_from(LANES),
    )
    shown = st.tuples(bare, _pictured(sound)).map(lambda pair: pair[0] | pair[1])
    event = bare | bare | shown
    if not sound:
        event = st.tuples(event, _fields({}, id=st.sampled_from(("one", "two", "Three")))).map(
            lambda pair: pair[0] | pair[1]
        )
    return _fields(
        {"events": _listed(event, most)},
        title=texts,
        eras=_listed(_fields({"label": texts, "date": dates}, **traced), 3),
    )


def _figures(sound: bool) -> SearchStrategy[Values]:
    texts = plain if sound else plain | lines
    numbers = _either(sound, NUMBERS, BAD_NUMBERS)
    others = {} if sound else {"of": numbers, "drawn": numbers}
    figure = _fields(
        {"value": numbers, "label": texts},
        **_traced(sound),
        basis=texts,
        date=_either(sound, DATES[:4], BAD_DATES),
        attribution=texts,
        **others,
    )
    return st.fixed_dictionaries({"figures": _listed(figure, 6)})


def _positions(sound: bool) -> SearchStrategy[Values]:
    texts, traced = plain if sound else plain | lines, _traced(sound)
    party, told = _fields({"party": texts, "says": texts | long}, **traced), _fields({"text": texts}, **traced)
    return _fields(
        {}, parties=_listed(party, 4), agreed=_listed(told, 3), disputed=_listed(told, 2), not_known=_listed(told, 2)
    )


def _chart(sound: bool) -> SearchStrategy[Values]:
    texts = plain if sound else plain | lines
    more = {"subtitle": texts, "source": texts, "sources": _some(KEYS), "not-shown": texts}
    bars = st.lists(
        st.tuples(st.sampled_from(BRANCHES), st.integers(0, 99_999)).map(list),
        min_size=2,
        max_size=7,
        unique_by=lambda row: row[0],
    )
    good = st.fixed_dictionaries(
        {"kind": st.just("bars"), "title": texts, "columns": st.just(["Branch", "Visits"]), "rows": bars}, optional=more
    )
    if sound:
        return good
    cells = st.sampled_from(("2018", "Central", "–", "", "52400", *NUMBERS, *BAD_NUMBERS))
    kinds = st.sampled_from(("bars", "dots", "lines", "slopes", "units", "table", "pie"))
    others = {
        **more,
        "columns": st.lists(texts, max_size=4),
        "unit": cells,
        "gap": texts,
        "id": st.sampled_from(PASSAGES),
        "marked": _some(("one", "two")),
    }
    rows = st.lists(st.lists(cells, max_size=4), max_size=6)
    return good | st.fixed_dictionaries(
        {"kind": kinds, "title": texts},
        optional={**others, "rows": rows, "also": st.lists(st.sampled_from([*KINDS]), max_size=2)},
    )


def _sources(sound: bool) -> SearchStrategy[Values]:
    texts = plain if sound else plain | lines
    issued = _either(sound, ISSUED, BAD_ISSUED)
    name = _fields({"family": texts}, given=texts) | _fields({"literal": texts})
    ids = st.permutations(KEYS) if sound else st.lists(st.sampled_from(KEYS), max_size=5)
    kinds = _either(sound, ("report", "book", "article-journal", "webpage", "legal_case"), ("x",))
    rest = _fields(
        {"title": texts},
        type=kinds,
        author=_listed(name, 3),
        issued=issued,
        accessed=issued,
        URL=_either(sound, ADDRESSES, BAD_ADDRESSES),
        DOI=_either(sound, ("10.1000/xyz-123",), ("x",)),
        publisher=texts,
        page=st.sampled_from(NUMBERS),
    )
    listed = ids.flatmap(lambda keys: st.tuples(*[rest.map(partial(_under, key)) for key in keys]))
    return listed.map(lambda found: {"references": [*found]})


def _under(key: str, one: Values) -> Values:
    return {"id": key, **one}


ratio = st.sampled_from((0.9, 1.0, 2, "x"))
LOOKS = {
    "theme.yaml": _fields(
        {},
        base=st.sampled_from(("gazette", "x")),
        accent=st.sampled_from(("#1D4E89", "#fff", "red")),
        faces=st.sampled_from(("almanac", "house")),
        title_ratio=ratio,
    ),
    "style.yaml": _fields(
        {},
        avoid=st.dictionaries(lines, lines, max_size=2),
        titles=st.lists(lines, max_size=2),
        balance=st.integers(-1, 200),
    ),
}


@st.composite
def prose(draw: DrawFn, sound: bool) -> str:
    """Blocks of Markdown, with passages, citations and charts."""
    kinds: Mapping[str, str] = {
        "plain": "{0}",
        "cited": "{0} [@a; @b, p. 3] and @smith2018 says {0}",
        "heading": "## {0}",
        "deep": "#### {0}",
        "list": "- {0}\n- {0}\n    1. {0}",
        "quotation": "> {0}\n>\n> - {0}",
        "table": "| {0} | b |\n|---|--:|\n| 1 | {0} |\n\nTable: {0}",
        "note": "See ^[{0}].",
        "code": "```\n{0}\n```",
        "picture": '![{0}](map.png "{0}")',
        "drawing": "![{0}](drawing.svg)",
        "link": "**{0}** and <https://example.org/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u/v/w/x/y/z/a/b/c/d/e/f>",
        "terms": "{0}\n: {0}",
        "html": "<div style='x'><p onclick='x'>{0}</p><sub>2</sub></div>",
    }
    bad = {
        "disputed": "{0} {{.disputed #late}}",
        "twice": "{0} {{#start}}",
        "unknown": "{0} [@zz](#none)[^1]\n\n[^2]: {0}",
    }
    names = sorted(kinds if sound else {**kinds, **bad})
    told = draw(st.lists(st.tuples(st.sampled_from(names), plain | long if sound else plain | lines), max_size=14))
    blocks = [f"It opened in 2018. [@a] {{#{name}}}" for name in PASSAGES[: 3 if sound else draw(st.integers(0, 3))]]
    blocks += [{**kinds, **bad}[name].format(text.replace("]", "") if sound else text) for name, text in told]
    if draw(st.booleans()):
        blocks.append(f"```chart\n{_yaml(draw(_chart(sound)))}```")
    return "\n\n".join(blocks)


def _yaml(values: Any) -> str:
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=10_000)


@st.composite
def invented(draw: DrawFn, sound: bool = False) -> dict[str, bytes]:
    """An article of fields by chance; a sound one has nothing that prevents its printing, as far as that is easy."""
    written = {"article.md": f"---\n{_yaml(draw(_head(sound)))}---\n\n{draw(prose(sound))}\n"}
    written["timeline.yaml"] = _yaml(draw(_timeline(sound, draw(st.sampled_from((3, 9, 30))))))
    written["sources.yaml"] = _yaml(draw(_sources(sound)))
    parts = {
        "figures.yaml": _figures(sound),
        "positions.yaml": _positions(sound),
        "charts.yaml": st.fixed_dictionaries({"charts": _listed(_chart(sound), 2)}),
        **({} if sound else LOOKS),
    }
    for name, values in parts.items():
        if draw(st.booleans()):
            written[name] = _yaml(draw(values))
    files = {name: text.encode("utf-8", "surrogatepass") for name, text in written.items()}
    if not sound and draw(st.integers(0, 2)) == 0:
        del files["timeline.yaml"]
        form = draw(st.sampled_from(("csv", "xlsx", "ods")))
        files[f"timeline.{form}"] = draw(tables(form))
    return files


@st.composite
def tables(draw: DrawFn, form: str) -> bytes:
    """A timeline as a table."""
    titles = ("Date", "End", "Headline", "Summary", "Sources", "Weight", "Type")
    head = draw(st.lists(st.sampled_from(titles) | lines, min_size=1, max_size=7))
    cells = st.sampled_from((*DATES, *BAD_DATES, "one", "2", "a; b", "era")) | lines
    rows = draw(st.lists(st.lists(cells, max_size=8), max_size=8))
    return sheets.saved(form, [[text for text in row if form == "csv" or text.isprintable()] for row in (head, *rows)])


@cache
def _ours(folder: Path) -> Mapping[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


ours = st.sampled_from((*ARTICLES, TESTS / "articles" / "kiosk")).map(lambda folder: dict(_ours(folder)))
"""Our articles, with their translations."""


@st.composite
def mistaken(draw: DrawFn, articles: SearchStrategy[dict[str, bytes]], most: int = 4) -> dict[str, bytes]:
    """An article with a few mistakes in its files."""
    files = draw(articles)
    for _ in range(draw(st.integers(0, most))):
        name = draw(st.sampled_from(sorted(files)))
        files[name] = draw(st.sampled_from((_in_a_line, _in_a_line, _in_a_line, _in_bytes)))(draw, files[name])
    return files


def _in_a_line(draw: DrawFn, data: bytes) -> bytes:
    """A line left out, written twice, moved, or with another text in it."""
    written = data.decode("utf-8", "surrogateescape").split("\n")
    number, other = draw(st.integers(0, len(written) - 1)), draw(st.integers(0, len(written) - 1))
    line, kind = written[number], draw(st.integers(0, 5))
    at = draw(st.integers(0, len(line)))
    odd = draw(st.sampled_from(ODD) | st.sampled_from((*DATES, *BAD_DATES)) | lines)
    changed = {
        0: [],
        1: [line, line],
        2: [written[other]],
        3: [line[:at] + odd + line[at:]],
        4: [f"{line.partition(': ')[0]}: {odd}"],
        5: ["  " + line],
    }
    written[number : number + 1] = changed[kind]
    return "\n".join(written).encode("utf-8", "surrogatepass" if "\ud800" in odd else "surrogateescape")


def _in_bytes(draw: DrawFn, data: bytes) -> bytes:
    """A file cut, in another encoding, with other ends of lines or other bytes."""
    at = draw(st.integers(0, len(data)))
    text = data.decode("utf-8", "replace")
    return draw(
        st.sampled_from(
            (
                data[:at],
                data[:at] + b"\xff\x00" + data[at:],
                text.encode("utf-16"),
                text.encode("latin-1", "replace"),
                b"\xef\xbb\xbf" + data,
                data.replace(b"\n", b"\r\n"),
                data.replace(b"\n", b"\r"),
                data.replace(b" ", b"\t"),
                data * 2,
                b"",
            )
        )
    )


articles = (
    invented(sound=True)
    | invented(sound=True)
    | mistaken(invented(sound=True), 1)
    | mistaken(invented())
    | mistaken(ours)
)
"""Files of an article: often valid, often nearly."""


def put(folder: Path, files: Files) -> None:
    """Write an article with the pictures that it can name, two folders below a secret."""
    hostile.article(folder, files={})
    for name in ("article.md", "timeline.yaml", "sources.yaml"):
        (folder / name).unlink()
    for name, data in {**_pictures(), **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


@cache
def _pictures() -> Files:
    import io

    from PIL import Image

    from tests.fuzz import seeds

    found = {"drawing.svg": next(iter(seeds.drawings()))}
    for name, size in (("map.png", (600, 600)), ("wide.png", (1200, 200))):
        target = io.BytesIO()
        Image.new("L", size, 128).save(target, "PNG")
        found[name] = target.getvalue()
    return found
