import re

import pytest

from triptych.content import prose
from triptych.content.prose import Renderer

NB = "&nbsp;"


def html(renderer: Renderer, text: str) -> str:
    return "\n".join(block.html for block in renderer.blocks(text))


def test_a_hashtag_at_the_start_of_a_line_is_no_heading(renderer: Renderer) -> None:
    assert html(renderer, "#HimToo is a hashtag.") == "<p>#HimToo is a hashtag.</p>"
    assert html(renderer, "# HimToo") == "<h1>HimToo</h1>"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Shut. [@hl-timetable]", "Shut. [1]"),
        ("Shut. [@hl-timetable; @jcp-note]", "Shut. [1, 8]"),
        ("Shut. [@hcc-consultation, table 4]", "Shut. [2, table 4]"),
        ("Shut. [@hl-report-2017, p. 4; @jcp-note]", "Shut. [3, p. 4; 8]"),
        ("[@jcp-note]", "[8]"),
    ],
)
def test_a_citation_prints_as_numbers_that_link_to_their_sources(renderer: Renderer, text: str, printed: str) -> None:
    line = renderer.line(text)
    assert re.sub(r"<[^>]+>", "", line).replace(NB, " ") == printed
    assert re.findall(r'href="#source-([^"]+)"', line) == [mention.name for mention in prose.citations(text)]


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("a<script>alert(1)</script>", "<p>a</p>"),
        ('<b onclick="alert(1)">b</b>', "<p><b>b</b></p>"),
        ("<marquee>b</marquee>", "<p>b</p>"),
        ('a<iframe src="https://example.org"></iframe>', "<p>a</p>"),
        ("[b](javascript:alert(1))", "<p><a>b</a></p>"),
        ('<b style="color: red">b</b>', "<p><b>b</b></p>"),
        ("[b](https://example.org/)", '<p><a href="https://example.org/">b</a></p>'),
    ],
)
def test_only_safe_html_is_kept(renderer: Renderer, text: str, safe: str) -> None:
    assert html(renderer, text) == safe


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("One. {#first}", '<p id="first">One.</p>'),
        ("*One* {#first}", '<p id="first"><em>One</em></p>'),
        ("## One {#first}", '<h2 id="first">One</h2>'),
        ("*Eins*{lang=de} and one. {#first}", '<p id="first"><em lang="de">Eins</em> and one.</p>'),
    ],
)
def test_a_passage_is_named_at_its_end(renderer: Renderer, text: str, block: str) -> None:
    (found,) = renderer.blocks(text)
    assert (found.name, found.html) == ("first", block)
    assert [(mention.name, mention.line) for mention in prose.passages(text)] == [("first", 1)]


def test_the_last_word_is_held_to_its_reference(renderer: Renderer) -> None:
    printed = html(renderer, "They agreed. [@jcp-note]\nAll *branches* [@hcc-closure]\nclose.")
    assert re.sub(r"<[^>]+>", "", printed).split() == ["They", f"agreed.{NB}[8]", "All", f"branches{NB}[12]", "close."]


def test_an_image_alone_is_a_figure_from_the_articles_folder(renderer: Renderer) -> None:
    assert html(renderer, '![Squares](branches.png "Branches")') == (
        '<figure><img alt="Squares" src="asset://article/branches.png"><figcaption>Branches</figcaption></figure>'
    )


@pytest.mark.parametrize(
    "text",
    [
        '`[@nowhere] "x" -- 9 May {#a}`',
        '```\n[@nowhere] "x" -- 9 May {#a}\n```',
        '```\n[@nowhere]\n\n"x" -- 9 May {#a}\n```',
        '    [@nowhere] "x" -- 9 May {#a}',
    ],
    ids=["inline", "fenced", "fenced with an empty line", "indented"],
)
def test_code_is_left_alone(renderer: Renderer, text: str) -> None:
    assert list(prose.citations(text)) == []
    assert list(prose.passages(text)) == []
    printed = html(renderer, text)
    assert "[@nowhere]" in printed
    assert '"x" -- 9 May {#a}' in printed


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("\"a\" and 'b'", "<p>“a” and ‘b’</p>"),
        ("it's 1 -- 2", "<p>it’s 1 – 2</p>"),
        ("a --- b...", "<p>a — b…</p>"),
        ("9 October 2018", f"<p>9{NB}October{NB}2018</p>"),
        ('![A](a.png "The city\'s")', "city’s</figcaption>"),
    ],
)
def test_quotes_dashes_and_spaces_are_typographic(renderer: Renderer, text: str, printed: str) -> None:
    assert printed in html(renderer, text)


def test_prose_is_parted_into_its_blocks(renderer: Renderer) -> None:
    text = "## A\n\nb\n\n- c\n- d\n\n> e\n\n| f |\n|---|\n| g |\n\n![h](h.png)\n\ni[^1]\n\n[^1]: j"
    tags = [re.match(r"<(\w+)", block.html) for block in renderer.blocks(text)]
    assert [tag and tag.group(1) for tag in tags] == ["h2", "p", "ul", "blockquote", "table", "figure", "p", "div"]


def test_a_footnote_has_no_way_back(renderer: Renderer) -> None:
    assert renderer.blocks("a[^1]\n\n[^1]: note")[-1].html == (
        '<div class="footnote">\n<ol>\n<li id="fn:1">\n<p>note</p>\n</li>\n</ol>\n</div>'
    )


def test_a_column_of_a_table_keeps_its_alignment(renderer: Renderer) -> None:
    assert "right" in html(renderer, "| a |\n|--:|\n| 1 |")


def test_a_mention_knows_its_line() -> None:
    text = "a [@one]\n\nb {#x}\n\nc\n[@two, p. 1; @three] {#y}"
    assert [(mention.name, mention.line) for mention in prose.citations(text)] == [("one", 1), ("two", 6), ("three", 6)]
    assert [(mention.name, mention.line) for mention in prose.passages(text)] == [("x", 3), ("y", 6)]


def test_plain_text_has_neither_marks_nor_citations() -> None:
    assert prose.plain("A *b* `c`\n__d__ [@e, p. 4; @f] {#g}") == "A b c d"


def test_a_line_is_a_paragraph_without_its_tags(renderer: Renderer) -> None:
    assert renderer.line("*a*") == "<em>a</em>"
    assert [renderer.line(text) for text in ("1. a", "- a", "# a")] == ["1. a", "- a", "# a"]


PROSE = """\
Before all. {#start}

## One {#one}

First. [@a]
Second. [@b; @a] {#named}

Without a name.

Third text. {#third .disputed}

### Two

- an item [@c] {#item}
- another

At the end.
"""


@pytest.mark.parametrize(
    ("name", "heading", "text"),
    [
        ("start", "", "Before all."),
        ("named", "One", "First. Second."),
        ("third", "One", "Without a name. Third text."),
        ("item", "Two", "an item another"),
        ("one", "One", "One First. Second. Without a name. Third text."),
    ],
    ids=[
        *("before any heading", "a paragraph of two lines", "with the paragraphs before it that have no name"),
        *("a list by the name of an entry", "a section up to the next heading"),
    ],
)
def test_a_passage_is_a_paragraph_with_what_leads_to_it_or_a_section(name: str, heading: str, text: str) -> None:
    found = prose.texts(PROSE)[name]
    assert (found.heading, " ".join(found.text.removesuffix("≠").split())) == (heading, text)
    assert found.is_section == (name == "one")


def test_a_passage_knows_its_line_its_section_its_sources_and_its_standing() -> None:
    found = prose.texts(PROSE)
    assert [(one.name, one.line, one.section) for one in found.values()] == [
        ("start", 1, 0),
        ("one", 3, 1),
        ("named", 6, 1),
        ("third", 10, 1),
        ("item", 14, 2),
    ]
    assert [one.sources for one in found.values()] == [(), ("a", "b"), ("a", "b"), (), ("c",)]
    assert [str(one.standing) for one in found.values()] == ["supported"] * 3 + ["disputed", "supported"]


def test_what_stands_after_the_last_name_belongs_to_no_passage() -> None:
    assert not any("At the end" in passage.text for passage in prose.texts(PROSE).values())


@pytest.mark.parametrize(
    ("name", "mark"), [("reported", "†"), ("disputed", "≠"), ("unconfirmed", "?"), ("supported", "")]
)
def test_the_standing_of_a_passage_is_printed_after_its_last_word(renderer: Renderer, name: str, mark: str) -> None:
    printed = html(renderer, f"Said so. {{#one .{name}}}")
    sign = f'<sup class="standing">{mark}</sup>' if mark else ""
    assert printed == f'<p id="one">Said so.{sign}</p>'


def test_the_numbers_of_a_citation_rise(renderer: Renderer) -> None:
    printed = re.sub(r"<[^>]+>", "", renderer.line("Shut. [@jcp-note, p. 9; @hl-timetable]")).replace(NB, " ")
    assert printed == "Shut. [1, 8, p. 9]"


def test_a_citation_in_a_text_has_its_line_and_column() -> None:
    found = list(prose.citations("one\ntwo [@a, p. 1; @b]"))
    assert [(mention.name, mention.line, mention.column) for mention in found] == [("a", 2, 6), ("b", 2, 16)]


@pytest.mark.parametrize(
    ("entry", "kept"),
    [
        ("<i>Title</i>/<b>2018</b>", "<i>Title</i>/<b>2018</b>"),
        ("a <i>Title</i>", "a<i> Title</i>"),
        ('<div class="x"><a href="https://e.org">a</a><script>b</script></div>', "a"),
    ],
    ids=["emphasis", "the space before it stands inside", "nothing else"],
)
def test_a_formatted_source_keeps_its_emphasis(entry: str, kept: str) -> None:
    assert prose.without_markup(entry) == kept
