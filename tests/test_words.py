"""The fixed words are catalogues: each is whole, each fault has its line, and an author may bring their own."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import SHIPPED, TEMPLATES, ArticleCopy, written
from triptych.build import cluster, inspection, pipeline
from triptych.compose import translating, words
from triptych.content import catalogues
from triptych.content.counts import Count, Counted
from triptych.content.errors import ContentError, StyleError, UsageError
from triptych.content.model import BadValue
from triptych.design.where import Templates
from triptych.pdf import carried


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Templates with catalogues alone."""
    shutil.copytree(TEMPLATES.folders[0] / "words", tmp_path / "templates" / "words")
    return tmp_path / "templates"


def drop(folder: Path, language: str = "en-GB") -> Path:
    """A small article in a language."""
    head = f"---\ntitle: A book drop\nlanguage: {language}\n---\n"
    events = "events: [{date: 2024, headline: It opens}, {date: 2025, headline: It closes}]\n"
    return written(folder, {"article.md": head, "timeline.yaml": events})


def edited(folder: Path, name: str, old: str, new: str, language: str = "en") -> Path:
    """The catalogue of a language, with a change in the entry of one word."""
    path = folder / "words" / f"{language}.po"
    before, entry, after = path.read_text(encoding="utf-8").partition(f'msgctxt "{name}"\n')
    entry, end, after = after.partition("\n\n")
    start, found, rest = entry.rpartition(old)
    assert found
    path.write_text(f'{before}msgctxt "{name}"\n{start}{new}{rest}{end}{after}', encoding="utf-8")
    return path


def line_of(path: Path, name: str) -> int:
    """The line of a word's English text in a catalogue."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return lines.index(f'msgctxt "{name}"') + 2


def said(folder: Path, language: str = "en") -> str:
    with pytest.raises(StyleError) as caught:
        words.words(language, Templates((folder,)))
    return str(caught.value)


@pytest.mark.parametrize("language", SHIPPED)
def test_every_catalogue_is_complete_and_up_to_date(language: str) -> None:
    """If it fails, run `make words`, and translate what is empty in it."""
    path = TEMPLATES.file(f"words/{language}.po")
    found = translating.renewed(path, TEMPLATES)
    assert (found.empty, found.fuzzy) == (0, 0)
    assert found.text.decode() == path.read_text(encoding="utf-8")
    words.words(language, TEMPLATES)


@pytest.mark.parametrize("language", SHIPPED)
def test_nothing_but_signs_and_names_is_left_in_english(language: str) -> None:
    """What a language shares with English by chance is short, or one of these."""
    known = {"corrections", "enlarged_short", "qr_code", "source_revision", "version_part", "column_publisher"}
    entries = catalogues.read(TEMPLATES.file(f"words/{language}.po"))[0].entries
    same = {name for name, entry in entries.items() if entry.forms == entry.source and len(entry.forms[0]) > 9}
    assert language.startswith("en") or same <= known


ONE = "Write `{}` once, where the date goes."


@pytest.mark.parametrize(
    ("name", "old", "new", "message", "remedy"),
    [
        pytest.param("about", "about {}", "about", "`about` is `about`: it does not print the date", ONE, id="lost"),
        pytest.param("about", "about {}", "about {1}", "there is no value for `{1}`", ONE, id="number too high"),
        pytest.param("about", "about {}", "about {} {}", "there is no value for `{}`", ONE, id="one too many"),
        pytest.param("about", "about {}", "about {date}", "`{date}` is not a placeholder", ONE, id="name"),
        pytest.param("about", "about {}", "about {0.year}", "`{0.year}` is not a placeholder", ONE, id="attribute"),
        pytest.param("about", "about {}", "about {0[0]}", "`{0[0]}` is not a placeholder", ONE, id="item"),
        pytest.param("about", "about {}", "about {:>9999}", "`{:>9999}` is not a placeholder", ONE, id="format"),
        pytest.param("about", "about {}", "about {!r}", "`{!r}` is not a placeholder", ONE, id="conversion"),
        pytest.param("about", "about {}", "about {} {", "a brace has no partner", ONE, id="open"),
        pytest.param("about", "about {}", "about {} }", "a brace has no partner", ONE, id="close"),
        pytest.param("span", "{} to {}", "to {1}", "does not print the first date", "`{1}` the last date", id="half"),
        pytest.param("span", "{} to {}", "{} to {1}", "it mixes `{}` with numbered", "`{1}` the last", id="mixed"),
        pytest.param("season-1", "winter {}", "winter", "`season-1` is `winter`: it does not print", "", id="season"),
        pytest.param("method", "Method", "Method {}", "there is no value for `{}`", "without braces", id="no values"),
        pytest.param("chosen", "{} of {} events;", "{} events;", "`chosen`, form 1, is `{} events;", "", id="count"),
    ],
)
def test_a_slip_in_a_word_is_named(folder: Path, name: str, old: str, new: str, message: str, remedy: str) -> None:
    path = edited(folder, name, old, new)
    found = said(folder)
    assert found.startswith(f"{path}:{line_of(path, name)}:1: wrong-value ")
    assert message in found
    assert remedy in found


def test_a_build_with_a_slip_in_the_words_ends_with_its_place(folder: Path, tmp_path: Path) -> None:
    path = edited(folder, "about", "about {}", "about {when}")
    article = drop(tmp_path / "drop")
    with pytest.raises(StyleError, match=f"{path.name}:{line_of(path, 'about')}:1: wrong-value") as caught:
        pipeline.documents(article, pipeline.Order(("factsheet",)), Templates((folder, *TEMPLATES.folders)))
    assert caught.value.exit_code == 4


def test_all_slips_in_the_words_are_named_at_once(folder: Path) -> None:
    path = edited(folder, "decade", '"{}s"', '"s"')
    edited(folder, "about", "about {}", "{")
    found = said(folder)
    assert "not print the year" in found
    assert "has no partner" in found
    path.write_text(path.read_text(encoding="utf-8").replace('msgctxt "method"', 'msgctxt "methd"'), encoding="utf-8")
    assert "unknown-field `methd` is not a field here\n    Did you mean `method`?" in said(folder)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('msgstr "Methode"', 'msgstr "Methode', 'wrong-value `msgstr "Methode` is no line of a catalogue'),
        ('msgstr "Arbeitsweise"', 'msgstr "A"\n\nmsgctxt "method"\nmsgid "M"\nmsgstr "B"', "`method` is given twice"),
        ('msgstr "Arbeitsweise"', 'msgstr ""', "missing-field `method` is missing\n    Translate “Method”."),
        ('msgctxt "method"', '#, fuzzy\nmsgctxt "method"', "`method` is marked as fuzzy"),
        ("plural=(n != 1)", "plural=import", "not a catalogue"),
        ('msgstr[1] "{}, am Ende verzeichnet"', 'msgstr[1] ""', "`sources_count` lacks msgstr[1]"),
    ],
)
def test_a_catalogue_that_is_none_or_has_gaps_is_refused(folder: Path, old: str, new: str, message: str) -> None:
    path = folder / "words" / "de.po"
    text = path.read_text(encoding="utf-8").replace('msgstr "Arbeitsweise"', 'msgstr "Methode"', "Methode" in old)
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert message in said(folder, "de")


def test_a_form_for_one_thing_alone_may_do_without_the_number() -> None:
    assert words.words("en", TEMPLATES).figure_1_strokes.format(Count(1, "1"), "9").startswith("The one of 9 events")
    french = words.Forms(("une carte", "{} cartes"), lambda number: int(number > 1))
    with pytest.raises(BadValue, match="form 0, is `une carte`: it does not print the number"):  # also for none
        words.Counts("the number").__call__(french, _Named())  # type: ignore[arg-type]


class _Named:
    field_name = "cards"


def test_placeholders_may_change_their_order(folder: Path) -> None:
    edited(folder, "span", "{} to {}", "{1}, from {0}")
    assert words.words("en", Templates((folder,))).span.format("1", "2") == "2, from 1"


@pytest.mark.parametrize(
    ("number", "form"),
    [(1, "eins"), (2, "zwei"), (1000, "zwei"), (0, "zwei")],
)
def test_the_number_decides_the_form(number: int, form: str) -> None:
    counted = Counted(("eins {}", "zwei {}"), 0, lambda number: int(number != 1))
    assert counted.format(Count(number, f"{number:,}")) == f"{form} {number:,}"


# Catalogues of an author's own.


def own(*entries: tuple[str, str, str]) -> str:
    return "".join(f'msgctxt "{name}"\nmsgid "{english}"\nmsgstr "{text}"\n\n' for name, english, text in entries)


METHOD = ("method", "Method", "How we know")


@pytest.mark.parametrize("place", ["drop/words.en.po", "words.en.po", "drop/words.en-GB.po"])
def test_an_authors_own_catalogue_changes_single_words(tmp_path: Path, place: str) -> None:
    article = drop(tmp_path / "drop", language="en-GB")
    (tmp_path / place).write_text(own(METHOD), encoding="utf-8")
    found = words.words("en-GB", TEMPLATES, article)
    assert (found.method, found.licence) == ("How we know", "Licence")
    name = Path(place).name
    assert carried.content(article)[name] == (tmp_path / place).read_bytes()
    assert any(one.endswith(name) for one in cluster.parcel(article, TEMPLATES).files)


def test_a_slip_in_an_authors_own_catalogue_is_a_problem_of_the_article(tmp_path: Path) -> None:
    article = drop(tmp_path / "drop")
    (article / "words.en.po").write_text(own(("method", "Method", "{}")), encoding="utf-8")
    with pytest.raises(ContentError, match=r"words.en.po:2:1: wrong-value `method` is `\{\}`"):
        inspection.checked(article, TEMPLATES)


def test_an_author_may_bring_a_language(tmp_path: Path) -> None:
    article = drop(tmp_path / "drop", language="ga")
    path = tmp_path / "words.ga.po"
    found = translating.renewed(path, TEMPLATES)
    assert found.empty == len(words.fields()) - 1  # a dot needs no short word
    path.write_bytes(found.text)
    with pytest.raises(ContentError, match=r"missing-field `about` is missing\n    Translate “about \{\}”"):
        inspection.checked(article, TEMPLATES)
    path.write_text(_translated(found.text.decode()), encoding="utf-8")
    assert words.words("ga", TEMPLATES, article).chosen.format(Count(3, "3"), Count(9, "9")) == "3 of 9 form 3"


def _translated(text: str) -> str:
    """A catalogue of which each word is its English, and each form its number."""
    lines, source = text.splitlines(), ""
    for index, line in enumerate(lines):
        if line.startswith("msgid"):
            source = line.partition(" ")[2]
        elif line == 'msgstr ""' and index > 20:
            lines[index] = f"msgstr {source}"
        elif line.startswith("msgstr["):
            shown = source.strip('"').split(" events; all")[0] + f" form {line[7]}"
            lines[index] = line.replace('""', f'"{shown}"')
    return "\n".join(lines) + "\n"


# Catalogues are brought up to date.


def test_new_words_come_empty_removed_ones_go_and_nothing_translated_is_lost(folder: Path) -> None:
    path, templates = folder / "words" / "de.po", Templates((folder,))
    text = path.read_text(encoding="utf-8")
    text = text.replace('msgctxt "method"\nmsgid "Method"\nmsgstr "Arbeitsweise"\n\n', "")
    path.write_text(text + 'msgctxt "gone"\nmsgid "Gone"\nmsgstr "Weg"\n', encoding="utf-8")
    edited(folder, "licence", 'msgid "Licence"\nmsgstr "Licence"', 'msgid "Its licence"\nmsgstr "Its licence"')
    found = translating.renewed(path, templates)
    assert (found.empty, found.fuzzy) == (1, 1)
    new = found.text.decode()
    assert 'msgctxt "method"\nmsgid "Method"\nmsgstr ""' in new
    assert 'msgctxt "licence"\nmsgid "Its licence"\nmsgstr "Lizenz"' in new
    assert "gone" not in new
    path.write_bytes(found.text)
    assert translating.renewed(path, templates) == found


def test_a_word_that_gets_a_count_keeps_its_translation(folder: Path) -> None:
    path = edited(folder, "sources_count", 'msgid_plural "{}, listed at the end"\n', "", "de")
    text = path.read_text(encoding="utf-8").replace('msgstr[0] "{}, am Ende', 'msgstr "{}, am Ende')
    path.write_text(text.replace('msgstr[1] "{}, am Ende verzeichnet"\n', ""), encoding="utf-8")
    assert "has a count, and one form for all numbers\n    Bring the file up to date: triptych words" in said(
        folder, "de"
    )
    found = translating.renewed(path, Templates((folder,)))
    assert 'msgstr[1] "{}, am Ende verzeichnet"' in found.text.decode()
    assert found.fuzzy == 1


def test_a_word_of_the_model_without_english_is_named(folder: Path) -> None:
    path = folder / "words" / "en.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('msgctxt "method"\nmsgid "Method"\nmsgstr "Method"\n', ""), encoding="utf-8")
    with pytest.raises(StyleError, match="the word `method` of the model is missing"):
        translating.renewed(path, Templates((folder,)))


def test_a_file_that_names_no_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"words\.xyzzy\.po names no language"):
        translating.renewed(tmp_path / "words.xyzzy.po", TEMPLATES)


def test_a_catalogue_that_only_changes_words_stays_so(tmp_path: Path) -> None:
    path = tmp_path / "words.de.po"
    path.write_text(own(METHOD), encoding="utf-8")
    assert translating.renewed(path, TEMPLATES).text.count(b"msgctxt") == 1
    assert translating.renewed(tmp_path / "words.fr.po", TEMPLATES).text.count(b"msgctxt") > 100


def test_a_program_for_translators_may_rewrite_it(article_copy: ArticleCopy) -> None:
    """Poedit breaks long lines and adds a head of its own."""
    text = 'msgid ""\nmsgstr ""\n"X-Generator: Poedit 3.4\\n"\n\n' + own(("method", "Method", "x"))
    broken = text.replace('msgstr "x"', 'msgstr ""\n"How we "\n"know"')
    (article_copy.folder / "words.en.po").write_text(broken, encoding="utf-8")
    assert words.words("en-GB", TEMPLATES, article_copy.folder).method == "How we know"
