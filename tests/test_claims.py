"""What of an article is a claim, which documents print it, and what it may rest on."""

import pytest

from tests import tiny
from triptych.content import claims
from triptych.content.claims import Claim
from triptych.content.model import Article, Standing

ONE = {"passages": ["one"], "sources": ["minutes"]}
ARTICLE = tiny.article(
    "## First {#head}\n\nin 2018 it met {#one}\n\n## Second\n\nothers spoke {#two}\n\nin 2019\n\nin 2020 {#three}",
    front={"deck": "the *deck*", "factsheet-deck": "its deck", "in-brief": ["brief one", "brief two"]},
    figures=[{"id": "visits", "value": "7", "label": "visits", "basis": "counts", "attribution": "the library", **ONE}],
    events=[{"id": "vote", "date": "2018", "headline": "it votes", "summary": "nine vote", **ONE}],
    eras=[{"label": "before", "date": "2018", **ONE}],
    positions={
        "parties": [{"party": "the union", "says": "no", "standing": "reported", **ONE}],
        "agreed": [{"text": "it met", **ONE}],
        "disputed": [{"text": "why", **ONE}],
        "not-known": [{"text": "who", **ONE}, {"text": "when"}],
    },
    references=[
        {
            "id": "minutes",
            "title": "The title",
            "title-short": "its short title",
            "author": [{"given": "Ada", "family": "Moss"}, {"literal": "The Council"}],
            "issued": "2018-10-09",
            "container-title": "The Journal",
            "container-title-short": "Jl",
            "publisher": "The Press",
            "note": "a note",
            "genre": "a leaflet",
            "abstract": "in short",
            "keyword": "unread",
            "URL": "https://example.org/unread",
        },
        {"id": "other", "title": "Another"},
    ],
)


def claim(kind: str, name: str = "", article: Article = ARTICLE) -> Claim:
    return next(one for one in claims.claims(article) if one.kind == kind and name in ("", one.name))


def test_all_that_is_printed_beside_the_prose_is_a_claim_in_printing_order() -> None:
    assert [(one.kind, one.name) for one in claims.claims(ARTICLE)] == [
        ("deck", "deck"),
        ("deck", "factsheet-deck"),
        ("in brief", "1"),
        ("in brief", "2"),
        ("figure", "visits"),
        ("event", "vote"),
        ("era", "1"),
        ("party", "1"),
        ("agreed", "1"),
        ("disputed", "1"),
        ("not known", "1"),
        ("not known", "2"),
    ]


@pytest.mark.parametrize(
    ("kind", "name", "documents"),
    [
        ("deck", "deck", "briefing poster"),
        ("deck", "factsheet-deck", "factsheet"),
        ("in brief", "1", "briefing factsheet"),
        ("figure", "visits", "briefing factsheet"),
        ("event", "vote", "briefing factsheet poster"),
        ("era", "1", "poster"),
        ("party", "1", "briefing"),
        ("agreed", "1", "briefing factsheet"),
        ("disputed", "1", "briefing factsheet"),
        ("not known", "1", "briefing factsheet"),
    ],
)
def test_each_document_prints_its_own_claims(kind: str, name: str, documents: str) -> None:
    assert claim(kind, name).documents == tuple(documents.split())


@pytest.mark.parametrize(
    ("kind", "document", "text"),
    [
        ("deck", "briefing", "the deck"),
        ("figure", "briefing", "7 · visits · counts · the library"),
        ("figure", "factsheet", "7 · visits · counts · the library"),
        ("event", "briefing", "it votes"),
        ("event", "factsheet", "it votes"),
        ("event", "poster", "it votes · nine vote"),
        ("party", "briefing", "the union · no"),
        ("era", "poster", "before"),
    ],
)
def test_a_document_prints_so_much_of_a_claim(kind: str, document: str, text: str) -> None:
    """On pages an event is its headline; on the poster it has its summary."""
    assert claim(kind).printed(document) == text


def test_a_claim_says_all_that_any_document_prints_of_it() -> None:
    assert claim("event").text == "it votes · nine vote"


def test_a_claim_stands_in_its_file_where_its_author_wrote_it() -> None:
    places = {(one.kind, one.file, one.loc) for one in claims.claims(ARTICLE)}
    assert places >= {
        ("deck", "article.md", ("factsheet-deck",)),
        ("in brief", "article.md", ("in-brief", 1)),
        ("figure", "figures.yaml", ("figures", 0)),
        ("event", "timeline.yaml", ("events", 0)),
        ("era", "timeline.yaml", ("eras", 0)),
        ("party", "positions.yaml", ("parties", 0)),
        ("not known", "positions.yaml", ("not-known", 1)),
    }


def test_a_claim_is_named_by_its_kind_and_its_id_or_number() -> None:
    assert (claim("event").title, claim("not known", "2").title) == ("event `vote`", "not known `2`")


def test_a_claim_has_the_standing_the_date_and_the_traces_that_its_author_gave() -> None:
    party, event = claim("party"), claim("event")
    assert (party.standing, party.date, party.passages, party.sources) == (
        Standing.REPORTED,
        None,
        ("one",),
        ("minutes",),
    )
    assert event.standing == Standing.SUPPORTED
    assert event.date
    assert event.date.edtf == "2018"


def test_without_a_deck_of_its_own_the_fact_sheet_adds_no_claim() -> None:
    assert [one.name for one in claims.claims(tiny.article()) if one.kind == "deck"] == ["deck"]


def test_a_claim_rests_on_its_passages_with_their_headings_and_on_the_records_of_its_sources() -> None:
    text = claims.evidence(ARTICLE).of(claim("event")).all
    assert "First" in text
    assert "in 2018 it met" in text
    assert "The title" in text
    assert "others spoke" not in text
    assert "Another" not in text


def test_decks_and_in_brief_rest_on_all_the_prose_that_has_a_name_and_on_all_sources() -> None:
    text = claims.evidence(ARTICLE).of(claim("in brief")).all
    assert [word for word in ("2018", "others spoke", "2019", "The title", "Another") if word not in text] == []


def test_a_year_may_stand_anywhere_in_the_section_of_a_passage() -> None:
    known = claims.evidence(ARTICLE)
    second = claim("event", article=tiny.article(ARTICLE.prose, events=[{"date": "2018", "passages": ["two"]}]))
    assert "2020" in known.of(second).around
    assert "2018" not in known.of(second).around


def test_a_record_says_its_titles_names_places_and_note_but_not_its_address() -> None:
    words = ("The title", "its short title", "2018-10-9", "Ada Moss", "The Council", "The Journal", "Jl", "The Press")
    record = claims.evidence(ARTICLE).sources["minutes"]
    assert [word for word in (*words, "a note", "a leaflet", "in short") if word not in record] == []
    assert "unread" not in record
