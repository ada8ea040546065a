"""Saves an article repeatedly while Chromium shows its preview, and times each update."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

QUIET = [f"--disable-{what}" for what in ("gpu", "background-networking", "component-update", "sync")]

SHOWN = """([name, before]) => new Promise((resolve, reject) => {
    const sheet = document.querySelector(`#${name} .page:first-child .sheet`);
    const told = () => sheet.getAttribute("data-shown") !== before && resolve(sheet.getAttribute("data-shown"));
    setTimeout(() => reject(new Error("no pages after a minute")), 60_000);
    new MutationObserver(told).observe(sheet, { attributeFilter: ["data-shown"] });
    told();
})"""
"""Waits until the page has another moment at which it was drawn: by an event, since looking again takes time itself."""


def main(article: str, saves: str, *documents: str) -> None:
    """Print the seconds of each save, by document."""
    with tempfile.TemporaryDirectory(prefix="triptych-") as folder:
        copy = Path(shutil.copytree(article, Path(folder) / Path(article).name))
        command = [sys.executable, "-m", "triptych", "preview", str(copy), "--port", "0", "--no-browser"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout
            address = server.stdout.readline().strip()
            try:
                print(json.dumps(timed(address, copy / "article.md", int(saves), documents)))
            finally:
                server.terminate()


def timed(address: str, prose: Path, saves: int, documents: tuple[str, ...]) -> dict[str, list[float]]:
    """Seconds from each save to the pixels of the document in view."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    found = {}
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=["--no-sandbox", "--no-first-run", *QUIET])
        screen = browser.new_page(viewport={"width": 1280, "height": 800})
        screen.goto(address)
        for name in documents:
            screen.locator(f"[name=show][value={name}]").check()
            found[name] = [_save(screen, prose, name, number, documents) for number in range(saves)]
        browser.close()
    return found


def _save(screen: Any, prose: Path, name: str, number: int, documents: tuple[str, ...]) -> float:
    """Seconds from a change of the version number, which every document prints, to the pixels."""
    for other in documents:
        screen.locator(f'#{other}[data-phase="proven"]').wait_for(state="attached", timeout=60_000)
    before = screen.locator(f"#{name} .sheet").first.get_attribute("data-shown")
    text = prose.read_text(encoding="utf-8")
    start = time.time()
    prose.write_text(re.sub(r"(?m)^version: .*$", f'version: "{number + 1}.{len(name)}"', text), encoding="utf-8")
    return float(screen.evaluate(SHOWN, [name, before])) / 1000 - start


if __name__ == "__main__":
    main(*sys.argv[1:])
