"""Claims become problems of tracing: numbers, dates, names and quotations that their passages do not contain."""

from collections.abc import Iterator

from triptych.check import contrasts, dated, names, number_words, numbered, quantities, quotations, reporting, turns
from triptych.check.moments import moments
from triptych.check.months import knows
from triptych.check.names import NAMES_BY_CAPITALS, Known
from triptych.content import claims, prose
from triptych.content.claims import Claim, Evidence, rests_on_all
from triptych.content.errors import Problem
from triptych.content.files import Files
from triptych.content.model import Style


def unchecked(files: Files) -> str:
    """What of an article is not compared with passages, since we do not know enough of its language.

    Empty where everything is compared, or where nothing is: an article without named passages is not traced.
    """
    language = files.article.front.language
    if not claims.evidence(files.article).passages:
        return ""
    kinds = {
        "names": language.split("-")[0] in NAMES_BY_CAPITALS,
        "months in words": knows(language),
        "numbers in words": number_words.known(language),
        "negations": bool(turns.of(language)),
    }
    lacking = [kind for kind, known in kinds.items() if not known]
    return f"`{language}`: {' and '.join(lacking)} are not compared with passages in this language" if lacking else ""


def untraced(files: Files, style: Style) -> Iterator[Problem]:
    """Every number, date, name and quotation of a claim that its evidence does not contain.

    The evidence of a claim: the passages that it names, and the records of its sources.
    """
    article = files.article
    known = claims.evidence(article)
    everything = _everything(files, known)
    for claim in claims.claims(article):
        if not (known.passages if rests_on_all(claim) else _has_evidence(claim, known)):
            continue  # `references` reports that; an article without named passages is not traced
        yield from numbered.unsaid(files, claim, known)
        yield from dated.undated(files, claim, known)
        yield from dated.unsaid(files, claim, known)
        yield from _quotations(files, claim, known)
        yield from _names(files, claim, known, style, everything)
        yield from _contrasts(files, claim, known)
    yield from _two_values(files)


def _has_evidence(claim: Claim, known: Evidence) -> bool:
    """Whether a claim names a passage, and every passage and source that it names exists."""
    known_names = all(name in known.passages for name in claim.passages) and all(
        key in known.sources for key in claim.sources
    )
    return bool(claim.passages) and known_names


def _language(files: Files) -> str:
    return files.article.front.language


def _quotations(files: Files, claim: Claim, known: Evidence) -> Iterator[Problem]:
    found = known.of(claim).all
    for field, text in claim.texts.items():
        for quoted in quotations.missing(text, found):
            yield reporting.untraced(files, claim, field, "untraced-quotation", f"the quotation “{quoted}”", known)


def _names(files: Files, claim: Claim, known: Evidence, style: Style, everything: Known) -> Iterator[Problem]:
    language = _language(files)
    if language.split("-")[0] not in NAMES_BY_CAPITALS:
        return
    free = (files.article.front.title, files.article.front.publisher or "", *style.titles)
    found = [names.known(text, language) for text in (known.of(claim).all, *free)]
    for field, text in claim.texts.items():
        if field == "value":
            continue
        plain = _without_quantities(prose.plain(text), language)
        missing = names.missing(plain, [*found, names.calendar(language)], everything, language)
        if missing:
            what = f"the name{'s' if len(missing) > 1 else ''} {', '.join(f'`{name}`' for name in missing)}"
            yield reporting.untraced(files, claim, field, "untraced-name", what, known)


def _without_quantities(text: str, language: str) -> str:
    """A text without its quantities: number words are no names, nor are the letters of a unit such as US dollars."""
    for one in quantities.quantities(text, language):
        if one.has_unit or not one.written[:1].isdigit():
            text = text[: one.start] + "¦" * (one.end - one.start) + text[one.end :]
    return text


def _everything(files: Files, known: Evidence) -> Known:
    """The words of the prose and of all claims: what stands there in small letters is no name."""
    texts = " · ".join(text for claim in claims.claims(files.article) for text in claim.texts.values())
    return names.known(f"{known.prose} · {texts}", _language(files))


def _contrasts(files: Files, claim: Claim, known: Evidence) -> Iterator[Problem]:
    """What may say the opposite of its passage, for a person to judge."""
    if rests_on_all(claim):
        return
    language = _language(files)
    said = tuple(moments(known.passages[name].text, language).rest for name in claim.passages)
    for field, text in ((field, text) for field, text in claim.texts.items() if field in numbered.SENTENCES):
        for found in contrasts.contrasts(moments(prose.plain(text), language).rest, said, language):
            message = f"{claim.title} says “{found.claimed}”, and its passage “{found.said}”: {found.why}"
            yield reporting.look(files, claim, field, message)


def _two_values(files: Files) -> Iterator[Problem]:
    """Figures with the same label and date as an earlier one, but another value."""
    seen: dict[tuple[str, str], str] = {}
    for index, figure in enumerate(files.article.figures):
        date = figure.date.edtf if figure.date else ""
        key = prose.plain(figure.label).casefold(), date
        first = seen.setdefault(key, figure.value)
        if first != figure.value:
            message = f"`{figure.label}` is `{figure.value}` here and `{first}` above, both of {date or 'no date'}"
            hint = "Correct one of them, or say in each label what it counts."
            yield files.problem("figures.yaml", ("figures", index, "value"), "two-values", message, hint)
