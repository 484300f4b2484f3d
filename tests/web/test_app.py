"""The application as a whole: what it answers when all is well and when it is not."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from communique.errors import (
    BadCorrection,
    BadQuestion,
    CommuniqueError,
    InstallationError,
    NotEnglish,
    StoreError,
)
from communique.store import open_store
from communique.web import create_app
from communique.web.app import close
from communique.web.cache import cached
from communique.web.problems import NotFound
from communique.web.reading import Busy, TooLong
from communique.web.security import HEADERS
from communique.web.settings import Settings
from communique.web.stores import TooSlow
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


@pytest.mark.parametrize(
    ("fault", "status", "detail"),
    [
        (NotFound("there is no such thing"), 404, "there is no such thing"),
        (BadQuestion("it is of no sense"), 422, "it is of no sense"),
        (BadCorrection("it is of nothing"), 422, "it is of nothing"),
        (NotEnglish("is written in Latin", "/home/somebody/notes.txt"), 422, "the text is written in Latin"),
        (TooSlow("it took long; ask for less"), 503, "it took long; ask for less"),
        (TooLong("it took long; send less"), 503, "it took long; send less"),
        (Busy("many wait; send it again"), 503, "many wait; send it again"),
        (StoreError("/home/somebody/news.duckdb: a fault"), 503, "the log of the server says why"),
        (InstallationError("/usr/lib/weights are gone"), 503, "the log of the server says why"),
    ],
)
def test_a_fault_is_told_in_one_sentence_without_a_path(
    app: FastAPI, fault: CommuniqueError, status: int, detail: str
) -> None:
    broken = create_app(app.state.settings)

    @broken.get("/broken")
    def raises() -> None:
        raise fault

    answer = client_of(broken).get("/broken", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["detail"]) == (status, detail)
    assert ("retry-after" in answer.headers) == (status == 503)
    close(broken)


def test_a_question_that_took_too_long_is_not_asked_again_by_those_who_wait(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, begun, another_waits = [], threading.Event(), threading.Event()

    class Lock:
        def __init__(self) -> None:
            self._lock = threading.Lock()

        def __enter__(self) -> None:
            if self._lock.locked():
                another_waits.set()
            self._lock.acquire()

        def __exit__(self, *_: object) -> None:
            self._lock.release()

    class Turn:
        def __init__(self) -> None:
            self.lock = Lock()
            self.fault: TooSlow | None = None

    def slow(store: object) -> None:
        asked.append(1)
        begun.set()
        assert another_waits.wait(60)
        raise TooSlow("it took long")

    def ask() -> str:
        try:
            cached(app, slow)
        except TooSlow as fault:
            return str(fault)
        return "answered"

    monkeypatch.setattr("communique.web.cache._Turn", Turn)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(ask)
        assert begun.wait(60)
        second = pool.submit(ask)
        assert (first.result(), second.result()) == ("it took long", "it took long")
    assert asked == [1]


def test_every_address_that_can_be_got_has_a_head(client: TestClient) -> None:
    for path in ("/", "/api/v1/events", "/nothing"):
        head, whole = client.head(path), client.get(path)
        assert (head.status_code, head.content) == (whole.status_code, b"") and whole.content
    assert client.head("/api/v1/new").status_code == 405, "a stream has no end to wait for"


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
