"""How long a text may be, which words the house avoids, and how far the parties' positions may differ."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests import tiny
from triptych.check import language
from triptych.content.model import Article, Style


def told(article: Article, style: Style | None = None) -> list[tuple[str, str]]:
    """Code and message of each breach."""
    return [(problem.code, problem.message) for problem in language.breaches(tiny.files(article), style or Style())]


def words(count: int) -> str:
    return " ".join(["word"] * count)


EVENT = {"date": "2018"}


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        pytest.param({"front": {"title": "a" * 60}}, "", id="a title of 60 characters"),
        pytest.param({"front": {"title": "a" * 61}}, "`title` has 61 characters; 60 are planned", id="of 61"),
        pytest.param({"events": [EVENT | {"headline": "a" * 55}]}, "", id="a headline of 55 characters"),
        pytest.param(
            {"events": [EVENT | {"headline": "a" * 56}]}, "`headline` has 56 characters; 55 are planned", id="of 56"
        ),
        pytest.param({"front": {"deck": words(35)}}, "", id="a deck of 35 words"),
        pytest.param({"front": {"deck": words(36)}}, "`deck` has 36 words; 35 are planned", id="of 36 words"),
        pytest.param({"front": {"factsheet-deck": words(35)}}, "", id="the fact sheet's deck of 35"),
        pytest.param(
            {"front": {"factsheet-deck": words(36)}}, "`factsheet-deck` has 36 words; 35 are planned", id="of 36, too"
        ),
        pytest.param({"events": [EVENT | {"summary": words(28)}]}, "", id="a summary of 28 words"),
        pytest.param(
            {"events": [EVENT | {"summary": words(29)}]}, "`summary` has 29 words; 28 are planned", id="of 29 words"
        ),
        pytest.param({"figures": [{"label": words(6)}]}, "", id="a label of 6 words"),
        pytest.param({"figures": [{"label": words(7)}]}, "`label` has 7 words; 6 are planned", id="of 7 words"),
        pytest.param({"figures": [{"basis": words(12)}]}, "", id="a basis of 12 words"),
        pytest.param({"figures": [{"basis": words(13)}]}, "`basis` has 13 words; 12 are planned", id="of 13 words"),
        pytest.param({"figures": [{"label": "1 927 viols « signalés » ; 22,9 % / 4 :"}]}, "", id="signs are no words"),
        pytest.param({"eras": [EVENT | {"label": words(7)}]}, "", id="an era's label is not counted in words"),
        pytest.param({"front": {"in-brief": [words(90)]}}, "", id="in brief has room"),
        pytest.param({"events": [EVENT | {"headline": f"*{'a' * 55}* [@b, p. 4]"}]}, "", id="marks do not count"),
    ],
)
def test_a_text_has_so_much_room(entries: Mapping[str, Any], message: str) -> None:
    assert told(tiny.article(**entries)) == ([("too-long", message)] if message else [])


@pytest.mark.parametrize(("house", "count", "allowed"), [(24, 25, 24), (24, 24, 0), (90, 29, 28), (90, 28, 0)])
def test_a_house_may_allow_fewer_words_than_the_design_but_no_more(house: int, count: int, allowed: int) -> None:
    article = tiny.article(events=[EVENT | {"summary": words(count)}])
    messages = [message for _, message in told(article, Style(lengths={"summary": house}))]
    assert messages == ([f"`summary` has {count} words; {allowed} are planned"] if allowed else [])


def test_a_house_may_limit_what_the_design_does_not() -> None:
    article = tiny.article(front={"in-brief": ["it opened again"]})
    assert told(article, Style(lengths={"in-brief": 2})) == [("too-long", "`in-brief` has 3 words; 2 are planned")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a perpetrator ran", ["perpetrator"]),
        ("a Perpetrator ran", ["Perpetrator"]),
        ("two perpetrators ran", []),
        ("he said “a perpetrator ran”", []),
        ('he said "a perpetrator ran"', []),
        ("a perpetrator, a perpetrator", ["perpetrator", "perpetrator"]),
    ],
    ids=["whole", "any case", "part of another word", "quoted", "quoted straight", "twice"],
)
@pytest.mark.parametrize("where", ["prose", "title", "method", "corrections", "summary"])
def test_a_word_that_the_house_avoids_is_told_wherever_it_is_our_own(text: str, found: list[str], where: str) -> None:
    article = {
        "prose": tiny.article(f"First line\n{text}"),
        "summary": tiny.article(events=[EVENT | {"summary": text}]),
    }.get(where) or tiny.article(front={where: text})
    style = Style(avoid={"perpetrator": "the accused"})
    assert told(article, style) == [("avoided-word", f"the house style avoids `{word}`") for word in found]


def test_an_avoided_word_of_the_prose_is_told_by_line_and_column() -> None:
    files = tiny.files(tiny.article("First line\na perpetrator ran"))
    (problem,) = language.breaches(files, Style(avoid={"perpetrator": "the accused"}))
    assert (problem.line, problem.column, problem.hint) == (2, 3, "Write `the accused`.")


@pytest.mark.parametrize(
    ("prose", "count"),
    [
        ("It was a hoax.", 1),
        ("The union said it was a hoax.", 0),
        ("It was a Hoax, SAID the union.", 0),
        ("The union said so. It was a hoax.", 1),
        ("It was a hoax! The union said so.", 1),
        ("It was “a hoax”.", 0),
        ("They are aforesaid: a hoax.", 1),
    ],
    ids=["nobody", "somebody", "in any case", "before", "after", "quoted", "part of a word"],
)
def test_a_charged_word_needs_its_speaker_in_the_same_sentence(prose: str, count: int) -> None:
    style = Style(attribute=("hoax",), attributions=("said", "according to"))
    assert [code for code, _ in told(tiny.article(prose), style)] == ["unattributed-term"] * count


NAMED = {
    "headline": {"headline": "Ada Moss speaks"},
    "summary": {"summary": "Ada Moss speaks"},
}


@pytest.mark.parametrize(
    ("field", "barred", "documents"),
    [
        ("headline", ["briefing"], "briefing"),
        ("headline", ["factsheet", "poster"], "fact sheet and the poster"),
        ("summary", ["poster"], "poster"),
        ("summary", ["briefing", "factsheet"], ""),
    ],
    ids=["a headline is in all", "in two", "a summary is on the poster", "and nowhere else"],
)
def test_a_name_is_barred_from_the_documents_that_print_it(field: str, barred: list[str], documents: str) -> None:
    style = Style.model_validate({"names": {"Ada Moss": barred}})
    messages = [message for _, message in told(tiny.article(events=[EVENT | NAMED[field]]), style)]
    assert messages == ([f"the name `Ada Moss` is not allowed in the {documents}"] if documents else [])


@pytest.mark.parametrize(("barred", "count"), [("briefing", 1), ("factsheet", 0), ("poster", 0)])
def test_the_prose_is_the_briefings(barred: str, count: int) -> None:
    style = Style.model_validate({"names": {"Ada Moss": [barred]}})
    assert len(told(tiny.article("then Ada Moss spoke, not Ada Mossop"), style)) == count


@pytest.mark.parametrize(
    ("lengths", "balance", "told_of"),
    [
        ((20, 17), 15, []),
        ((20, 16), 15, ["`p0` is the longest, with 20 words; that of `p1` has 16"]),
        ((20, 19), 0, ["`p0` is the longest, with 20 words; that of `p1` has 19"]),
        ((20, 20), 0, []),
        ((16, 20, 17, 15), 15, ["`p1` is the longest, with 20 words; that of `p3` has 15"]),
        ((20, 1), 100, []),
        ((), 15, []),
    ],
)
def test_the_parties_have_as_many_words_as_each_other_within_a_share_of_the_longest(
    lengths: tuple[int, ...], balance: int, told_of: list[str]
) -> None:
    """Of 15 per cent where the house says nothing. The longest is told, as it takes more room than the others."""
    parties = [{"party": f"p{n}", "says": f"**{words(count)}**"} for n, count in enumerate(lengths)]
    style = Style(balance=balance) if balance != 15 else Style()
    found = told(tiny.article(positions={"parties": parties}), style)
    assert [message.removeprefix("the position of ") for _, message in found] == told_of


def test_unequal_parties_are_told_the_middle() -> None:
    parties = [{"party": "one", "says": words(20)}, {"party": "two", "says": words(10)}]
    files = tiny.files(tiny.article(positions={"parties": parties}))
    (problem,) = language.breaches(files, Style())
    assert problem.hint == "Bring each to about 15 words: they may differ by 15 % in length."


TWO = {"sources": ["a", "b"]}


@pytest.mark.parametrize(
    ("entries", "codes"),
    [
        ({"events": [EVENT | {"standing": "reported"}]}, []),
        ({"events": [EVENT | {"standing": "disputed"}]}, ["unfit-standing"]),
        ({"events": [EVENT | TWO | {"standing": "disputed"}]}, ["unfit-standing"]),
        ({"eras": [EVENT | {"standing": "unconfirmed"}]}, ["unfit-standing"]),
        ({"figures": [{"standing": "unconfirmed"}]}, ["unfit-standing"]),
        ({"positions": {"agreed": [{"text": "so", "standing": "unconfirmed"}]}}, []),
        ({"positions": {"disputed": [{"text": "so", "standing": "disputed", "sources": ["a"]}]}}, ["one-sided"]),
        ({"positions": {"disputed": [{"text": "so", "standing": "disputed"} | TWO]}}, []),
        ({"prose": "so [@a] {#one .disputed}"}, ["one-sided"]),
        ({"prose": "so [@a; @a] {#one .disputed}"}, ["one-sided"]),
        ({"prose": "so [@a; @b] {#one .disputed}"}, []),
    ],
)
def test_what_is_disputed_has_two_sides_and_is_no_event_or_figure(entries: Mapping[str, Any], codes: list[str]) -> None:
    assert [code for code, _ in told(tiny.article(**entries))] == codes


@pytest.mark.parametrize(("sources", "cites"), [([], "no source"), (["a"], "only one source")])
def test_what_is_one_sided_is_told_how_much_it_cites(sources: list[str], cites: str) -> None:
    statement = {"text": "so", "standing": "disputed", "sources": sources}
    assert told(tiny.article(positions={"disputed": [statement]})) == [
        ("one-sided", f"disputed `1` is disputed but cites {cites}")
    ]
