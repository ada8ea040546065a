"""Invented articles, derived from our two: many articles, long ones, and ones with many events."""

import random
import re
import shutil
from collections import defaultdict
from pathlib import Path

from bench.measure import PROJECT
from bench.programs import ARTICLE

HARROWBY = PROJECT / "tests" / "articles" / "harrowby"
SENTENCE = "the council met and a branch opened its doors to readers of old maps on a Sunday for the first time"


def changed(path: Path, old: str, new: str) -> None:
    """Replace one text by another in a file. Raises ValueError unless the old text occurs exactly once."""
    text = path.read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise ValueError(f"`{old}` occurs {text.count(old)} times in {path.name}")
    path.write_text(text.replace(old, new), encoding="utf-8")


def copies(folder: Path, count: int) -> list[Path]:
    """This number of articles: copies of our two in alternation, each with its own name and number."""
    made = []
    for number in range(1, count + 1):
        source = (ARTICLE, HARROWBY)[number % 2]
        copy = Path(shutil.copytree(source, folder / f"{source.name}-{number}"))
        text = (copy / "article.md").read_text(encoding="utf-8")
        text = re.sub(r"(?m)^number: .*$", f"number: {number}", text, count=1)
        (copy / "article.md").write_text(re.sub(r"(?m)^version: .*$", f'version: "{number}.0"', text, count=1))
        made.append(copy)
    return made


def long(folder: Path, repeats: int) -> Path:
    """An article whose prose is repeated this many times; each passage of a repetition has a name of its own."""
    copy = Path(shutil.copytree(ARTICLE, folder / f"long-{repeats}"))
    path = copy / "article.md"
    _, _, prose = path.read_text(encoding="utf-8").split("---\n", 2)
    with path.open("a", encoding="utf-8") as file:
        for number in range(repeats):
            file.write(re.sub(r"\{#([\w-]+)", rf"{{#\1-{number}", prose))
    return copy


def eventful(folder: Path, count: int) -> Path:
    """An article with this many events in 24 years, a third of them in one year, and a passage for each hundred."""
    copy = Path(shutil.copytree(HARROWBY, folder / f"eventful-{count}"))
    chance, words, events = random.Random(count), SENTENCE.split(), ["events:\n"]
    said: dict[int, list[str]] = defaultdict(list)
    for number in range(count):
        year = 2018 if number % 3 == 0 else 2000 + number * 7 % 24
        date = f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        headline = " ".join(chance.sample(words, 6)).capitalize()
        summary = " ".join(chance.sample(words, 18)).capitalize()
        events.append(
            f"  - {{id: e{number}, date: {date}, headline: {headline}, summary: {summary}., "
            f"weight: {chance.choice([1, 2, 2, 3])}, sources: [hl-timetable], passages: [all-{number // 100}]}}\n"
        )
        said[number // 100] += [date, *(str(int(part)) for part in date.split("-")), headline, summary]
    (copy / "timeline.yaml").write_text("".join(events), encoding="utf-8")
    with (copy / "article.md").open("a", encoding="utf-8") as file:
        file.writelines(f"\n{' '.join(texts)} {{#all-{number}}}\n" for number, texts in said.items())
    return copy
