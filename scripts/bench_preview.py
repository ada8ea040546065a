"""Times the preview: from a save to the pixels in Chromium, for each document, and prints the medians."""

import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import sync_playwright

EDITS = 9
PROJECT = Path(__file__).resolve().parents[1]
DOCUMENTS = ("factsheet", "poster", "briefing")


def main() -> None:
    """Start a preview on a copy of an article, edit a line, and wait for the page that is in view."""
    article = PROJECT / "content" / (sys.argv[1] if len(sys.argv) > 1 else "himtoo")
    with tempfile.TemporaryDirectory(prefix="triptych-") as folder:
        copy = Path(shutil.copytree(article, Path(folder) / article.name))
        command = [sys.executable, "-m", "triptych", "preview", str(copy), "--port", "0", "--no-browser"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - ours
            assert server.stdout
            address = server.stdout.readline().strip()
            try:
                _timed(address, copy / "article.md")
            finally:
                server.terminate()


def _timed(address: str, prose: Path) -> None:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        screen = browser.new_page(viewport={"width": 1280, "height": 800})
        screen.goto(address)
        print("document   median  least  most, in s from save to pixels")
        for name in DOCUMENTS:
            screen.locator(f"[name=show][value={name}]").check()
            times = [_edit(screen, prose, name, number) for number in range(EDITS)]
            print(f"{name:10} {median(times):6.2f} {min(times):6.2f} {max(times):5.2f}")
        browser.close()


def _edit(screen: Any, prose: Path, name: str, number: int) -> float:
    """Seconds from a change of the version, which every document prints, to the pixels."""
    for other in DOCUMENTS:
        screen.locator(f'#{other}[data-phase="proven"]').wait_for(state="attached", timeout=60_000)
    before = screen.locator(f"#{name} .sheet").first.get_attribute("data-shown")
    text = prose.read_text(encoding="utf-8")
    start = time.time()
    prose.write_text(re.sub(r"(?m)^version: .*$", f'version: "{number + 1}.{len(name)}"', text), encoding="utf-8")
    shown = screen.locator(f'#{name} .page:first-child .sheet[data-shown]:not([data-shown="{before}"])')
    shown.wait_for(timeout=60_000)
    return float(shown.get_attribute("data-shown")) / 1000 - start


if __name__ == "__main__":
    main()
