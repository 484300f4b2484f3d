"""Articles and addresses that want to do harm: nothing of them runs, nothing leaks, nothing is changed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from communique.web import create_app, pages
from communique.web.app import close
from communique.web.settings import Settings
from tests.web.conftest import client_of
from tests.web.hostile import MARK, VALUES, fill

_ADDRESSES = ("href", "src", "action", "formaction", "data", "poster", "xlink:href", "cite")
# Marks that turn the direction of writing, and controls: nobody can see them, so a page spells them out.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_FILTERS = (
    *("actor", "recipient", "between", "since", "until", "type", "mode", "status", "quad", "country", "text"),
    *("min-confidence", "min_confidence", "by", "limit", "cursor", "q", "who", "about", "act", "kind"),
    *("name", "order", "publisher", "format", "of", "historical", "at", "from", "token", "month", "place"),
)


class _Page(HTMLParser):
    """What a browser would see in a page, as far as it can run or load something."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.data: list[str] = []
        self._json = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._json = tag == "script" and given.get("type") == "application/json"
        if tag == "script" and not self._json and not given.get("src", "").startswith("/static/"):
            self.wrong.append(f"a script of its own: {given}")
        if tag in ("style", "iframe", "object", "embed", "base", "math", "template", "foreignobject"):
            self.wrong.append(f"<{tag}> {given}")
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh" and "url" in given["content"]:
            self.wrong.append(f"leads away: {given}")
        for name, value in given.items():
            if name.startswith("on") or name in ("style", "srcdoc", MARK):
                self.wrong.append(f"<{tag} {name}={value!r}>")
            if name in _ADDRESSES and not self._fits(tag, value):
                self.wrong.append(f"<{tag} {name}={value!r}>")

    def handle_data(self, data: str) -> None:
        if self._json:
            self.data.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._json = False

    @staticmethod
    def _fits(tag: str, value: str) -> bool:
        if value.startswith("//") or "\\" in value[:2]:
            return False
        if tag == "a":
            return value.startswith(("/", "#", "?", "https://", "http://"))
        return value == "" or value.startswith(("/", "#", "?"))


def checked(text: str) -> list[str]:
    """What is wrong with a page."""
    page = _Page()
    page.feed(text)
    page.close()
    for data in page.data:
        json.loads(data)
    wrong = page.wrong
    if found := _UNSEEN.search(text):
        around = text[found.start() - 60 : found.end() + 20]
        wrong.append(f"an unseen character, {found.group()!r}, in {around!r}")
    return wrong


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("hostile") / "hostile.duckdb")


@pytest.fixture(scope="module")
def app(path: Path) -> Iterator[FastAPI]:
    app = create_app(Settings(path, query_seconds=60, stream_seconds=0.01))
    yield app
    close(app)


@pytest.fixture(scope="module")
def client(app: FastAPI) -> TestClient:
    return client_of(app)


def addresses(app: FastAPI) -> list[str]:
    """Every page and every operation that is asked with GET, with its parameters open."""
    routes = [
        route.path
        for router in pages.routers()
        for route in router.routes
        if "GET" in (getattr(route, "methods", None) or ())
    ]
    return [*routes, *(p for p, of in app.openapi()["paths"].items() if "get" in of)]


def filled(path: str, value: str) -> str:
    return re.sub(r"\{[^}]+\}", lambda _: quote(value, safe=""), path)


def looked_at(client: TestClient, address: str, folder: Path) -> list[str]:
    """Ask, and say what is wrong with the answer."""
    answer = client.get(address)
    wrong = []
    if answer.status_code >= 500:
        wrong.append(f"status {answer.status_code}")
    if "set-cookie" in answer.headers or "evil.example" in answer.headers.get("location", ""):
        wrong.append(f"headers {dict(answer.headers)}")
    if any(secret in answer.text for secret in ("root:x:", "Traceback", str(folder), "duckdb.")):
        wrong.append("it leaks")
    kind = answer.headers.get("content-type", "")
    if kind.startswith("text/html"):
        wrong += checked(answer.text)
    elif kind.startswith("application/") and kind.endswith("json"):
        json.loads(answer.text)
    if answer.headers.get("x-content-type-options") != "nosniff" or "script-src 'self'" not in (
        answer.headers.get("content-security-policy", "")
    ):
        wrong.append("without its headers")
    return [f"{address[:200]}: {one}" for one in wrong]


def test_the_check_sees_what_runs() -> None:
    for value in VALUES[:18]:
        if value.startswith(("javascript", "JaVa", "data")):
            assert checked(f'<a href="{value}">x</a>'), value
        elif not value.startswith(("<!--", "<form", "<link")):
            assert (
                checked(f"<p>{value}</p>")
                or checked(f"<input value='{value}'>")
                or checked(f'<input value="{value}">')
            ), value
    assert checked("<form action=//evil.example>") and checked("<link href=//evil.example>")
    assert checked("\u202e")
    assert not checked('<a href="/articles/1">x</a><script src="/static/x.js"></script>')


@pytest.mark.parametrize("number", range(1, len(VALUES) + 1))
def test_an_article_is_shown_and_runs_nothing(client: TestClient, path: Path, number: int) -> None:
    wrong = []
    for address in (f"/articles/{number}", f"/happenings/{number}", f"/search?q={quote(VALUES[number - 1])}"):
        wrong += looked_at(client, address, path.parent)
    key = quote(f"~{VALUES[number - 1]}", safe="")
    wrong += looked_at(client, f"/actors/{key}", path.parent)
    assert wrong == []


def test_every_list_with_all_of_them_runs_nothing(app: FastAPI, client: TestClient, path: Path) -> None:
    wrong = []
    for address in addresses(app):
        if "{" not in address:
            wrong += looked_at(client, f"{address}?limit=200&status=all&from=2024-01&q=said", path.parent)
            wrong += looked_at(client, f"{address}?since=2024-01&until=2024-12&q=said", path.parent)
    assert wrong == []


def test_no_value_in_an_address_runs_leaks_or_breaks(app: FastAPI, client: TestClient, path: Path) -> None:
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    wrong = []
    for i, value in enumerate(VALUES):
        for j, address in enumerate(addresses(app)):
            # Every value meets every address, and in turn every filter.
            some = [_FILTERS[(i + j + k) % len(_FILTERS)] for k in (0, 11, 22)]
            query = "&".join(f"{name}={quote(value, safe='')}" for name in some)
            wrong += looked_at(client, f"{filled(address, value)}?{query}", path.parent)
    assert wrong == []
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert client.get("/api/v1/store").json()["articles"] == len(VALUES)


@pytest.mark.parametrize("name", _FILTERS)
def test_no_filter_runs_leaks_or_breaks(client: TestClient, path: Path, name: str) -> None:
    wrong = []
    for i, value in enumerate(VALUES):
        address = ("/timeline", "/api/v1/events")[i % 2]
        wrong += looked_at(client, f"{address}?{name}={quote(value, safe='')}", path.parent)
    assert wrong == []


@pytest.mark.parametrize(
    "address",
    [
        "/static/../settings.py",
        "/static/%2e%2e/settings.py",
        "/static/..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/static//etc/passwd",
        "/static/css/%00",
        "/static/css",
        "/articles/..%2f..%2fetc%2fpasswd",
        "/articles/99999999999999999999",
        "/articles/-1",
        "/articles/1e3",
        "/happenings/0",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/api/v1/articles/%00",
        "/api/v1/articles/2147483648",
        "//evil.example/",
        "/actors/",
        "/pairs/JPN/JPN",
        "/ahead.ics?from=9999-12-31",
        "/api/v1/pairs/JPN/PRK?by=day&since=1000&until=9999",
        "/pairs/JPN/PRK?by=day&since=1000&until=9999",
        "/timeline?by=day&since=1000&until=9999",
        "/map?since=1000&until=9999",
        "/network?since=1000&until=9999",
    ],
)
def test_no_path_leads_out_and_no_bound_breaks(client: TestClient, path: Path, address: str) -> None:
    assert looked_at(client, address, path.parent) == []
