"""`make screenshots`: a picture of every page at 1280 px (light and dark) and at 400 px.

    python bench/screenshots.py [--source SOURCE] [--out FOLDER] [PAGE[?QUERY] …]

Starts a server of its own and writes to var/screenshots. The README's picture is one of them.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
DEFAULT = ("", "outcomes", "outcomes?outcome=O1", "products", "products?product=P01",
           "my_product", "my_product?product=P01", "focus", "partners", "gaps", "gaps?gap=OUT01:O2",
           "weekly_review", "what_if", "data", "method")
LOOKS = {"light": (1280, "light"), "dark": (1280, "dark"), "phone": (400, "light")}
README_PICTURE = ROOT / ".github" / "overview.png"
TALLEST = 6_000
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync")
DONE = "[data-testid=stApp][data-test-script-state=notRunning]"


@contextmanager
def serving(source: str | None = None, script: str = "dashboard.py",
            seeded: bool = False, clock: Path | None = None,
            store: str | None = None, production: bool = False) -> Iterator[str]:
    """The address of a dashboard of our own, ready to answer; stopped at the end. Its store is the
    one of an URL, else empty, or holds the eight weeks of the demo. What each run of a script
    takes is written to `clock`. In `production` it is served as `make serve` does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tempfile.TemporaryDirectory()
    environment = dict(os.environ, ORGDATA_STORE=store or f"sqlite:///{folder.name}/store.sqlite",
                       **({"ORGDATA_SOURCE": source} if source else {}))
    if seeded:
        subprocess.run([sys.executable, "-m", "orgdata.demo.weeks"], cwd=ROOT, env=environment,
                       check=True)
    streamlit = ("bench.timed", str(clock)) if clock else ("streamlit",)
    command = ("orgdata.serve", f"--port={port}") if production else (
        *streamlit, "run", script, "--server.headless=true", f"--server.port={port}",
        "--server.address=127.0.0.1")
    server = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/_stcore/health", server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)
        folder.cleanup()


def _wait_for(url: str, server: subprocess.Popen[bytes], seconds: int = 120) -> None:
    for _ in range(10 * seconds):
        if server.poll() is not None:
            raise RuntimeError("the dashboard did not start")
        try:
            urllib.request.urlopen(url, timeout=1)
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the dashboard did not answer within {seconds} s")


def installed() -> str | None:
    """Where a Chromium is installed; none: Playwright's own is to be used."""
    return next(filter(None, map(shutil.which, (
        "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium: an installed one, else Playwright's own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=list(QUIET))
        yield browser
        browser.close()


def settled(page: Page, seconds: float = 60) -> Page:
    """The page once its script has run and its charts are drawn."""
    page.wait_for_selector(DONE, timeout=seconds * 1000)
    page.wait_for_selector("[data-testid=stSkeleton]", state="detached", timeout=seconds * 1000)
    page.wait_for_timeout(1200)
    page.wait_for_selector(DONE, timeout=seconds * 1000)
    return page


def picture(browser: Browser, url: str, path: Path, width: int, scheme: str) -> None:
    """A picture of the whole page, as tall as its content."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(url)
    settled(page)
    for _ in range(2):  # charts get their height once they are in sight
        tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({"width": width, "height": min(max(900, tall + 20), TALLEST)})
        page.wait_for_timeout(700)
    page.screenshot(path=path)
    context.close()


def main() -> None:
    """Take the pictures and print their paths."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", default=DEFAULT)
    parser.add_argument("--source")
    parser.add_argument("--out", type=Path, default=ROOT / "var" / "screenshots")
    parser.add_argument("--looks", nargs="*", choices=LOOKS, default=list(LOOKS))
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    with serving(asked.source, seeded=not asked.source) as address, chromium() as browser:
        first = browser.new_page()  # its menu is wider: that of the pages folder, and not ours
        first.goto(address)
        settled(first)
        for page in asked.pages:
            name = "".join(c if c.isalnum() else "_" for c in page or "overview")
            for look in asked.looks:
                width, scheme = LOOKS[look]
                path = asked.out / f"{name}_{look}.png"
                picture(browser, f"{address}/{page}", path, width, scheme)
                print(path)
    if asked.pages == DEFAULT and not asked.source:
        README_PICTURE.parent.mkdir(exist_ok=True)
        shutil.copyfile(asked.out / "overview_light.png", README_PICTURE)
        print(README_PICTURE)


if __name__ == "__main__":
    main()
