"""Whom to tell of a mistake is no sample that reaches nobody."""

from pathlib import Path

import pytest

from tests import tiny
from tests.conftest import PROJECT
from triptych.check import contacts, rules

CASES = {
    "corrections@example.org": "corrections@example.org",
    "https://www.example.com/errors": "www.example.com",
    "desk@library.invalid": "desk@library.invalid",
    "Write to you@ourhouse.org.": "you@ourhouse.org.",
    "TODO": "TODO",
    "Your address": "Your address",
    "Write to [your e-mail here].": "[your e-mail here]",
    "Votre adresse": "Votre adresse",
    "desk@library.org": "",
    "https://example.org.uk/": "",
    "Tell the person who gave you this, with your name and your address.": "",
    "Signalez toute erreur au bureau qui vous a remis cette feuille.": "",
    "Write to the tester at desk@testing.org.": "",
}


@pytest.mark.parametrize("field", ["contact", "corrections"])
@pytest.mark.parametrize(("text", "sample"), CASES.items(), ids=CASES)
def test_a_sample_is_told_from_a_contact(text: str, sample: str, field: str) -> None:
    files = tiny.files(tiny.article("It opened. {#it}", front={field: text}))
    told = [problem.message for problem in contacts.samples(files)]
    assert told == ([f"`{sample}` in `{field}` is a sample and reaches nobody"] if sample else [])


@pytest.mark.parametrize(("status", "warning"), [("draft", True), ("final", False), ("", False)])
def test_a_sample_of_the_house_is_refused_but_in_a_draft(tmp_path: Path, status: str, warning: bool) -> None:
    folder = tmp_path / "opening"
    folder.mkdir()
    head = f"status: {status}\n" * bool(status)
    (folder / "article.md").write_text(f"---\ntitle: Opening\n{head}---\n\nIt opened.\n", encoding="utf-8")
    (tmp_path / "house.yaml").write_text("publisher: Northgate\ncontact: you@example.org\n", encoding="utf-8")
    (found,) = (problem for problem in rules.problems(folder)[1] if problem.code == "sample-contact")
    assert (found.path.name, found.line, found.warning) == ("house.yaml", 2, warning)


def test_our_article_is_final_and_says_whom_to_tell() -> None:
    files, found = rules.problems(PROJECT / "content" / "himtoo")
    front = files.article.front
    assert (found, front.status, front.contact) == ((), "final", None)
    assert front.corrections
    assert "gave you" in front.corrections
