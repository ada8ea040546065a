from pathlib import Path

import pytest

from triptych.content import oversized


@pytest.mark.parametrize(
    ("prose", "line", "said"),
    [
        ("Words.\n\n" + "word " * 10001, 3, "this line has 50,005 characters: at most 50,000 can be read"),
        ("Words.\n\n" + "word " * 4000, 0, ""),
        ("Words. " + "<" * 1001, 1, "`<` stands 1,001 times in a row: at most 1,000 can be read"),
        ("A" + " " * 1001 + "b", 1, "a space stands 1,001 times in a row: at most 1,000 can be read"),
        ("Words. " + "<" * 1000, 0, ""),
        ("\n" * 5000 + "Words.", 0, ""),
        ("- word\n" * 5001, 5001, "the prose has 5,001 list items: at most 5,000 can be read"),
        ("- word\n" * 5000, 0, ""),
        ("[^a]: A note.\n" * 501, 501, "the prose has 501 footnotes: at most 500 can be read"),
    ],
    ids=["a line", "a long line", "a sign", "a space", "a row", "empty lines", "items", "a long list", "notes"],
)
def test_a_prose_with_too_much_in_one_place_is_refused(prose: str, line: int, said: str) -> None:
    found = [(problem.line, problem.message) for problem in oversized.found(Path("article.md"), prose, 1)]
    assert found == ([(line, said)] if said else [])
