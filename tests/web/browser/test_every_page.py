"""Every page of the application, in light and dark, wide and narrow: nothing is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from playwright.sync_api import Browser, Page

from communique.store import open_store
from communique.web import pages
from tests.web.browser.conftest import Site, accessible, looking

HEAVIEST = 700 * 1024  # bytes of a page's first view, unpacked
# Pages in a state of their own, beside those that the application lists.
STATES = (
    "/articles/2?correct=e1#list-e1",
    "/articles/2?hide=said,actor&voice=own",
    "/articles/2?as=machine",
    "/search?q=Japan&type=CONSULT",
    "/search?q=%22",
    "/claims?who=JPN&act=deny",
    "/ahead?from=2024",
    "/ahead?from=2100",
    "/nothing-here",
    "/articles/4096",
    "/api",
)
# What stands for the parts of an address.
PARTS = {"/articles": "2", "/actors": "iso:JPN", "/pairs": "JPN/PRK"}


@cache
def listed() -> tuple[str, ...]:
    """The addresses of all pages, with something for each of their parts."""
    out = []
    for router in pages.routers():
        for route in router.routes:
            if "GET" in route.methods and not route.path.endswith(".ics"):  # type: ignore[attr-defined]
                out.append(route.path)  # type: ignore[attr-defined]
    return tuple(out)


def address(path: str, site: Site) -> str:
    """A path with its parts filled in."""
    room, _, rest = path.partition("/{")
    if not rest:
        return path
    return f"{room}/{disputed(site) if room == '/happenings' else PARTS[room]}"


def disputed(site: Site) -> int:
    """The number of a happening whose tellings do not agree."""
    with open_store(site.store, read_only=True) as store:
        rows = store.connection.execute("SELECT min(happening) FROM differences").fetchall()
    assert rows[0][0], "the articles of the store must tell one happening in two ways"
    return int(rows[0][0])


@pytest.fixture(scope="session", params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Page]:
    """A page in each of the two schemes of colours."""
    with looking(browser, site, color_scheme=request.param) as page:
        yield page


@pytest.mark.parametrize("path", [*listed(), *STATES])
def test_a_page(path: str, page: Page, site: Site) -> None:
    weight: list[int] = []
    note = lambda response: weight.append(len(response.body()) if response.status == 200 else 0)  # noqa: E731
    site.complaints.clear()
    site.outside.clear()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("about:blank")
    page.on("response", note)
    answer = page.goto(address(path, site), wait_until="networkidle")
    page.remove_listener("response", note)
    assert answer is not None and answer.status < 500
    expected = {"/nothing-here": 404, "/articles/4096": 404, "/search?q=%22": 422}.get(path, 200)
    assert answer.status == expected
    assert page.title().endswith("communique") or path == "/api"
    assert page.locator("h1").count() == 1, "one heading says what the page is"
    assert not site.outside, "no other host is asked"
    told = [c for c in site.complaints if expected == 200 or f"status of {expected}" not in c]
    assert not told, "the console is clean"
    assert sum(weight) <= HEAVIEST
    accessible(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, "nothing hangs over on a telephone"
    if page.evaluate("matchMedia('(prefers-color-scheme: light)').matches"):
        # Colours were looked at above; what is narrow is the same in either.
        accessible(page)
