"""The application as a whole: what it answers when all is well and when it is not."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from communique.store import open_store
from communique.web import create_app
from communique.web.app import close
from communique.web.cache import cached
from communique.web.security import HEADERS
from communique.web.settings import Settings
from tests.web.conftest import client_of


def test_an_address_that_is_none_is_told_to_programs_and_to_people(client: TestClient) -> None:
    answer = client.get("/api/v1/nothing")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert answer.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "there is nothing at this address of the API, whose addresses are listed in /api",
    }
    page = client.get("/nothing")
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "there is nothing at this address of the site" in page.text.lower()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/api/v1/events", 200),
        ("GET", "/api", 200),
        ("GET", "/static/css/communique.css", 200),
        ("GET", "/static/nothing.css", 404),
        ("GET", "/nothing", 404),
        ("GET", "/api/v1/events?since=never", 400),
        ("GET", "/api/v1/events?since=2025&until=2024", 422),
        ("DELETE", "/api/v1/events", 405),
        ("POST", "/api/v1/read", 400),
        ("GET", f"/?q={'a' * 9000}", 414),
    ],
)
def test_every_answer_carries_the_headers(client: TestClient, method: str, path: str, status: int) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert answer.headers["cache-control"] in ("private, no-cache", "no-store")


def test_a_fault_of_the_program_is_told_without_its_inside(app: FastAPI) -> None:
    broken = create_app(app.state.settings)

    @broken.get("/broken")
    def fault() -> None:
        raise RuntimeError("a secret")

    answer = client_of(broken).get("/broken", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["title"]) == (500, "The server made a mistake")
    assert "secret" not in answer.text
    assert answer.headers["content-security-policy"] == HEADERS["content-security-policy"]
    page = client_of(broken).get("/broken")
    assert page.status_code == 500 and "secret" not in page.text and "<h1" in page.text
    close(broken)


def test_what_stands_still_is_kept_where_its_address_names_a_version(client: TestClient) -> None:
    versioned = client.get("/static/css/communique.css?v=1")
    assert versioned.headers["cache-control"] == "public, max-age=31536000, immutable"
    again = client.get("/static/css/communique.css", headers={"if-none-match": versioned.headers["etag"]})
    assert again.status_code == 304


def test_a_store_that_is_missing_or_written_is_told_and_found_again(
    examples_store: Path, tmp_path: Path
) -> None:
    path = tmp_path / "later.duckdb"
    app = create_app(Settings(path, idle=0.05))
    client = client_of(app)
    answer = client.get("/api/v1/events")
    assert (answer.status_code, answer.json()["title"]) == (503, "The store is missing")
    assert str(tmp_path) not in answer.text and answer.headers["retry-after"] == "2"
    page = client.get("/timeline")
    assert page.status_code == 503 and str(tmp_path) not in page.text
    shutil.copy(examples_store, path)
    writer = subprocess.Popen(
        [sys.executable, "-c", _HOLD.format(path=str(path))], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert writer.stdin is not None and writer.stdout is not None
    try:
        assert writer.stdout.readline() == b"open\n"
        answer = client.get("/api/v1/events")
        assert (answer.status_code, answer.json()["title"]) == (503, "The store is in use")
        assert client.get("/timeline").status_code == 503
    finally:
        writer.communicate(b"\n")
    assert client.get("/api/v1/events").json()["total"] > 0
    close(app)


_HOLD = """
from communique.store import open_store
with open_store({path!r}) as store:
    print('open', flush=True)
    input()
"""


def test_the_answer_changes_with_the_store(examples_store: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(examples_store, tmp_path / "own.duckdb"))
    app = create_app(Settings(path, idle=0.0))
    client = client_of(app)
    assert client.get("/api/v1/store").json()["articles"] == 9
    app.state.stores.release()
    with open_store(path) as store, store.transaction():
        store.connection.execute("DELETE FROM articles WHERE article = 9")
    assert client.get("/api/v1/store").json()["articles"] == 8
    close(app)


def test_what_was_found_is_kept_until_the_store_changes(app: FastAPI) -> None:
    asked = []

    def counted(store: object, limit: int) -> list[int]:
        asked.append(limit)
        return [limit]

    for limit in (1, 1, 2, 1):
        assert cached(app, counted, limit=limit) == [limit]
    assert asked == [1, 2]
