"""A real Chromium, and a server over a store made for looking at: the examples, and articles that disagree.

Where no Chromium can be had the tests are skipped with the reason; with CI or COMMUNIQUE_BROWSER=1 they fail.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from communique.cli.main import run
from communique.web import create_app
from communique.web.settings import Settings

ROOT = Path(__file__).parents[3]
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
# Two outlets tell one happening with other numbers; one headline is hostile.
ARTICLES = [
    {
        "title": "Troops fire on a march in Abeche",
        "publisher": "Southern Herald",
        "published": "2024-03-12",
        "url": "https://southernherald.example/abeche",
        "text": "Troops of Chad killed 12 protesters in Abeche on 11 March 2024, the Red Cross said. "
        "The army denied that it had killed anybody. "
        "President Mahamat Deby will visit the town on 15 March 2024.",
    },
    {
        "title": "Shots in Abeche",
        "publisher": "Lake Chad Times",
        "published": "2024-03-12",
        "url": "https://laketimes.example/abeche",
        "text": "Troops of Chad killed 30 protesters in Abeche on 11 March 2024, Amnesty International said. "
        "The regime shamelessly called them terrorists.",
    },
    {
        "title": "<img src=x onerror=\"document.title='run'\"> \u202eladnacs",
        "publisher": "</script><script>document.title='run'</script>",
        "published": "2024-03-13",
        "url": "javascript:document.title='run'",
        "text": "The minister of Chad said <script>document.title='run'</script> on Tuesday that the "
        "\u202earmy\u202c had attacked <svg onload=\"document.title='run'\"> the town. "
        "\"' onmouseover=document.title='run' x='\" he said.",
    },
]


@dataclass
class Site:
    """A server under test, and the pages that looked at it."""

    address: str
    store: Path
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    weight: dict[str, int] = field(default_factory=dict)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium."""
    found = subprocess.run(
        ["sh", str(ROOT / "tools" / "chromium.sh")], capture_output=True, text=True, check=False
    )
    if found.returncode == 0:
        return found.stdout.strip()
    reason = (found.stderr.strip().splitlines() or ["no Chromium was found"])[-1]
    if os.environ.get("CI") or os.environ.get("COMMUNIQUE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Chromium, started once."""
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def looked_at(examples_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the examples and of the articles above."""
    folder = tmp_path_factory.mktemp("looked-at")
    store, rows = folder / "news.duckdb", folder / "rows.jsonl"
    shutil.copy(examples_store, store)
    rows.write_text("".join(json.dumps(row) + "\n" for row in ARTICLES), encoding="utf-8")
    assert run(["ingest", str(rows), "--store", str(store), "--workers", "1"]) == 0
    return store


@pytest.fixture(scope="session")
def site(looked_at: Path) -> Iterator[Site]:
    """A server over that store, that takes corrections."""
    with served(looked_at, edit=True, editor="Ada Holm") as address:
        yield Site(address, looked_at)


@contextmanager
def served(store: Path, **settings: object) -> Iterator[str]:
    """A server in a thread of its own; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = create_app(Settings(store, port=port, **settings))  # type: ignore[arg-type]
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", ws="none", lifespan="on")
    )
    started = threading.Event()
    startup = server.startup

    async def told(*arguments: object, **named: object) -> None:
        await startup(*arguments, **named)  # type: ignore[arg-type]
        started.set()

    server.startup = told  # type: ignore[method-assign]
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        assert started.wait(30), "the server did not start"
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(15)


def accessible(page: Page) -> None:
    """Axe has no complaint, its rule on the size of targets (WCAG 2.2) among the rules."""
    found = Axe().run(page, options={"rules": {"target-size": {"enabled": True}}})
    assert found.violations_count == 0, found.generate_report()


@contextmanager
def looking(browser: Browser, site: Site, **options: object) -> Iterator[Page]:
    """A page in a context of its own; what it asks for and complains of is noted in ``site``."""
    size = {"width": 1280, "height": 900}
    context = browser.new_context(base_url=site.address, viewport=size, **options)  # type: ignore[arg-type]
    page = context.new_page()
    page.on("console", lambda m: site.complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: site.complaints.append(str(error)))
    page.on("request", lambda r: _noted(site, r.url))
    try:
        yield page
    finally:
        context.close()


def _noted(site: Site, address: str) -> None:
    if not address.startswith((site.address, "data:")):
        site.outside.append(address)
