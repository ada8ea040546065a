import itertools
import re

import pytest

from triptych.content import leftovers, prose
from triptych.content.prose import Renderer

NB = "&nbsp;"


def html(renderer: Renderer, text: str) -> str:
    return "\n".join(block.html for block in renderer.blocks(text))


def test_a_hashtag_at_the_start_of_a_line_is_no_heading(renderer: Renderer) -> None:
    assert html(renderer, "#HimToo is a hashtag.") == "<p>#HimToo is a hashtag.</p>"
    assert html(renderer, "# HimToo") == "<h2>HimToo</h2>"


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


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("- fruit\n  - apple", "<li> <p>fruit</p> <ul> <li>apple</li> </ul> </li>"),
        ("1. fruit\n   - apple", "<p>fruit</p> <ul> <li>apple</li>"),
        ("- one\n\n  two\n- three", "<p>one</p> <p>two</p> </li> <li> <p>three</p>"),
        ("The list:\n- one", "<p>The list:</p> <ul> <li>one</li>"),
        ("The year\n1999. That was it.", "<p>The year 1999. That was it.</p>"),
        ("3. c\n4. d", '<ol start="3" style="counter-reset: list-item 2"> <li>c</li> <li>d</li>'),
        ("Text\n| a |\n|---|\n| 1 |", "<p>Text</p> <table>"),
        ("~~a~~ <del>b</del> H~2~O 10^-3^", "<del>a</del> <del>b</del> H<sub>2</sub>O 10<sup>-3</sup>"),
        ("- [ ] a\n- [x] b", '<li class="task">☐ a</li> <li class="task">☑ b</li>'),
        ("Term\n: meaning", "<dt>Term</dt> <dd>meaning</dd>"),
        ("a\\\nb", "<p>a<br> b</p>"),
        ("a^[A *note* `]`.]", '<li id="fn:inline-1"> <p>A<em> note</em> <code>]</code>.</p>'),
        ("`a^[b]`", "<p><code>a^[b]</code></p>"),
        ("> [!NOTE]\n> a", '<div class="admonition note"> <p class="admonition-title">Note</p> <p>a</p>'),
        ("::: warning\na\n\n- b\n:::\nc", "<p>a</p> <ul> <li>b</li> </ul> </div> <p>c</p>"),
        ("# A\n\n## B", "<h2>A</h2> <h3>B</h3>"),
        ("## A\n\n# B", "<h2>A</h2> <h2>B</h2>"),
        ('`a` and "[b](https://c.org)"', '“<a href="https://c.org">b</a>”'),
        ('"`a`" ("*b*")', "“<code>a</code>” (“<em>b</em>”)"),
        ("'tis '07, rock 'n' roll, '90s", "’tis ’07, rock ’n’ roll, ’90s"),
        ("## A b!\n\n[c](#a-b)", '<h2 id="a-b">A b!</h2> <p><a href="#a-b">c</a></p>'),
        ("## A b {#x}\n\n[c](#a-b)", '<a href="#x">c</a>'),
        ("- a\n  ```\n  b\n\n  c\n  ```", "<p>a</p> <pre><code>b  c </code></pre>"),
    ],
)
def test_markdown_is_read_as_people_write_it(renderer: Renderer, text: str, printed: str) -> None:
    assert printed in html(renderer, text).replace("\n", " ")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("- a\n\n  > q", "<p>a</p> <blockquote>"),
        ("<ul><li>Closed<p>all day</p> or <b>not</b></li></ul>", "<p>Closed</p> <p>all day</p> <p>or <b>not</b></p>"),
        ("<blockquote>a<p>b</p></blockquote>", "<p>a</p> <p>b</p>"),
    ],
)
def test_text_beside_a_block_is_a_paragraph(renderer: Renderer, text: str, printed: str) -> None:
    assert printed in html(renderer, text).replace("\n", " ")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("x [see @a, pp. 3-5; @b].", "x [see 2, pp. 3–5; 1]."),
        ("x [-@a]", "x [2]"),
        ("x [@a p. 4]", "x [2, p. 4]"),
        ("x [@{a}, {p. 3}]", "x [2, p. 3]"),
        ("@a says so.", "Smith [2] says so."),
        ("@a [p. 33] says", "Smith [2, p. 33] says"),
        ("See @b. And @a's.", "See Jones [1]. And Smith [2]’s."),
        ("[@nemanić2003]", "[3]"),
        ("me@a.org and @HimToo", "me@a.org and @HimToo"),
        ("[ask @a](https://x.org)", "ask @a"),
        ("a^[Read @a.]", "a1 Read Smith [2]."),
    ],
)
def test_citations_are_read_as_pandoc_reads_them(text: str, printed: str) -> None:
    renderer = Renderer({"a": 2, "b": 1, "nemanić2003": 3}, {"a": "Smith", "b": "Jones"})
    found = re.sub(r"<[^>]+>", "", html(renderer, text)).replace(NB, " ")
    assert " ".join(found.split()) == printed


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("a[^1]", "[^1]"),
        ("[x][y]", "[x][y]"),
        ("::: note\na", "::: note"),
        ("a ==b==", "==b=="),
        ("{{< x >}}", "{{< x >}}"),
        ("$$x$$", "$$x$$"),
        ("Dear <name>,", "<name>"),
        ("a {.b}", "{.b}"),
        ("`[x][y]` <b>a</b> <https://a.org>", None),
        ("```\n==a==\n```", None),
        ("*x*{lang=de} a[^1]\n\n[^1]: b", None),
    ],
)
def test_what_is_not_understood_is_named(text: str, named: str | None) -> None:
    assert [mention.name for mention, _ in leftovers.unread(text)] == ([named] if named else [])


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("~5 and ~6; 2^10^", "~5&nbsp;and ~6; 2<sup>10</sup>", id="a sign by itself, and a pair"),
        pytest.param("a^b and c^d, x ~ y", "a^b and c^d, x ~ y", id="signs by themselves"),
        pytest.param("^2$ and 10^−3^", "^2$ and 10<sup>−3</sup>", id="a sign far before a pair"),
        pytest.param("*10^−3^*", "<em>10<sup>−3</sup></em>", id="raised within emphasis"),
        pytest.param("m^*2*^", "m<sup><em>2</em></sup>", id="emphasis within raised"),
        pytest.param("~~a H~2~O ~5~~", "<del>a H<sub>2</sub>O ~5</del>", id="lowered within struck"),
        pytest.param(r"\~a\~ 2\^3\^", "~a~ 2^3^", id="escaped"),
        pytest.param("H~2 O~", "H~2&nbsp;O~", id="a space within"),
    ],
)
def test_struck_raised_and_lowered_text(text: str, html: str) -> None:
    assert str(prose.rendered(text)[0].html) == f"<p>{html}</p>"


def test_signs_in_any_order_print() -> None:
    """Some stopped the renderer: two signs by themselves, or two pairs that cross."""
    for signs in itertools.product(("~", "^", "*", "~~", "a", " "), repeat=4):
        assert prose.renderer(()).line(f"x {''.join(signs)} y")


def test_a_note_may_be_a_passage() -> None:
    text = "Text.[^1] More.[^b]\n\n[^1]: Of 12 votes. {#votes}\n[^b]: Another.\n\n    And more. {#more}\n"
    found = {name: (passage.line, passage.text.split()) for name, passage in prose.texts(text).items()}
    assert found == {"votes": (3, ["Of", "12", "votes."]), "more": (6, ["Another.", "And", "more."])}
    assert list(leftovers.unread(text)) == []


def test_a_definition_may_be_a_passage_and_what_a_link_names_is_none() -> None:
    text = "[the top](#top)[^1]\n\n# Top\n\nTerm\n: Definition {#term}\n\n[^1]: A note."
    assert list(prose.texts(text)) == ["term"]


def test_a_heading_that_repeats_has_a_number_in_its_address_as_on_github() -> None:
    text = "[one](#again) [two](#again-1) [three](#again-2)\n\n## Again\n\n## Again\n"
    assert {"again", "again-1"} <= prose.targets(text)
    assert "again-2" not in prose.targets(text)
    assert [block.name for block in prose.rendered(text)] == ["", "again", "again-1"]


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("~~struck~~ H~2~O, 10^-3^ m^2^", "struck H2O, 10-3 m2"),
        ("~5 kg and x^2, *a* `b` {#name}", "~5 kg and x^2, a b"),
    ],
)
def test_a_plain_text_has_no_marks(line: str, plain: str) -> None:
    assert prose.plain(line) == plain


def test_a_word_with_raised_or_lowered_letters_is_one_word_of_a_passage() -> None:
    assert prose.texts("H~2~O, PM~2.5~ and *tert*-butyl[^1] {#a}\n\n[^1]: b")["a"].text.split() == [
        *("H2O,", "PM2.5", "and", "tert-butyl", "1")
    ]


@pytest.mark.parametrize(
    ("first", "opens"),
    [("The drop opened. [@a]", True), ("The drop opened.", True), ("By Ann and Bo [@a]", False)],
    ids=["a cited sentence", "a sentence", "a line of authors"],
)
def test_the_prose_opens_with_its_first_sentence(first: str, opens: bool) -> None:
    blocks = list(Renderer({"a": 1}).blocks(f"{first}\n\nIt closed."))
    assert len(list(prose.opening(blocks))) == 1 + opens
