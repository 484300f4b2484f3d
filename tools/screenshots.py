"""Take the README's screenshots of the web pages, from the example articles.

    python tools/screenshots.py            # needs Chromium, see tools/chromium.sh, and the extra `dev`

Writes WebP files into ``docs/images``; together they may weigh 600 KB. The pages are those that
``communique serve`` shows of a store with ``examples/``, read anew.
"""

from __future__ import annotations

import base64
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

ROOT = Path(__file__).parent.parent
OUT = ROOT / "docs" / "images"
HEAVIEST = 600_000  # bytes of all
QUALITY = 82  # of WebP, 0 to 100
SHARP = 1.5  # pixels of the picture a pixel of the page
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)


def lit(page: Page) -> None:
    """Choose the words of an event, so that the list shows it."""
    page.locator("#text a.m-event").nth(2).click()
    page.mouse.move(4, 4)


@dataclass(frozen=True)
class Picture:
    """A picture: its name, the page, and how it is looked at."""

    name: str
    path: str
    scheme: str = "light"
    width: int = 1280
    height: int = 860
    before: Callable[[Page], None] | None = None


PICTURES = (
    Picture("start", "/"),
    Picture("article", "/articles/2", before=lit),
    Picture("article-dark", "/articles/2#d1", scheme="dark"),
    Picture("timeline", "/timeline"),
    Picture("pair", "/pairs/JPN/PRK"),
    Picture("start-narrow", "/", width=390, height=844),
)


@contextmanager
def served(store: Path) -> Iterator[str]:
    """A server over a store; its address."""
    command = [sys.executable, "-m", "communique", "serve", str(store), "--port", "0", "--no-open"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=store.parent)
    assert server.stdout is not None
    try:
        told = server.stdout.readline().strip()
        address = told.rpartition(" ")[2]
        if not address.startswith("http"):
            raise SystemExit(f"the server did not start; it said {told!r}")
        yield address.rstrip("/")
    finally:
        server.terminate()
        server.wait(20)


def taken(page: Page) -> bytes:
    """What the window shows, as WebP."""
    session = page.context.new_cdp_session(page)
    answer = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    return base64.b64decode(answer["data"])


def main() -> None:
    found = subprocess.run(["sh", str(ROOT / "tools" / "chromium.sh")], stdout=subprocess.PIPE, text=True)
    if found.returncode:
        raise SystemExit(found.returncode)
    OUT.mkdir(parents=True, exist_ok=True)
    total = 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = Path(folder) / "communique.duckdb"
        ingest = [sys.executable, "-m", "communique", "ingest", str(ROOT / "examples"), "--store", str(store)]
        subprocess.run(ingest, check=True, stdout=subprocess.DEVNULL)
        browser = playwright.chromium.launch(executable_path=found.stdout.strip(), args=list(ARGUMENTS))
        with served(store) as address:
            for one in PICTURES:
                context = browser.new_context(
                    viewport={"width": one.width, "height": one.height},
                    device_scale_factor=SHARP,
                    color_scheme=one.scheme,  # type: ignore[arg-type]
                    reduced_motion="reduce",
                )
                page = context.new_page()
                answer = page.goto(address + one.path, wait_until="networkidle")
                if answer is None or not answer.ok:
                    raise SystemExit(f"{one.path} cannot be shown")
                if one.before:
                    one.before(page)
                data = taken(page)
                (OUT / f"{one.name}.webp").write_bytes(data)
                total += len(data)
                print(f"{one.name}.webp  {len(data) / 1000:.0f} KB")
                context.close()
        browser.close()
    if total > HEAVIEST:
        raise SystemExit(f"the pictures weigh {total / 1000:.0f} KB together; {HEAVIEST / 1000:.0f} may be")


if __name__ == "__main__":
    main()
