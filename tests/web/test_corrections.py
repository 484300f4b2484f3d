"""Correcting on the page: what a form does, and what hostile forms do not."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from communique.cli.main import run
from communique.store import open_store
from communique.store.corrections import Corrections
from communique.web import create_app
from communique.web.app import close
from communique.web.settings import Settings
from tests.web.conftest import HOST, client_of

FORM = {"of": "e1", "do": "reject", "who": "Ada", "note": ""}
HERE = {"origin": HOST}


@pytest.fixture
def store(examples_store: Path, tmp_path: Path) -> Path:
    """A copy of the examples, with no corrections yet."""
    return Path(shutil.copy(examples_store, tmp_path / "news.duckdb"))


@pytest.fixture
def client(store: Path) -> Iterator[TestClient]:
    """A client of a server that takes corrections; a fault of the program is an answer with status 500."""
    app = create_app(Settings(store, edit=True, editor="Desk"))
    yield client_of(app, raise_server_exceptions=False)
    close(app)


def send(client: TestClient, article: int = 1, headers: dict[str, str] = HERE, **changes: Any) -> Any:
    form = {k: v for k, v in {**FORM, **changes}.items() if v is not None}
    return client.post(f"/articles/{article}/corrections", data=form, headers=headers)


def test_a_correction_shows_on_the_page_in_exports_and_after_recoding(
    client: TestClient, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_store(store, read_only=True) as opened:
        event = opened.reading(1).events[0]
    answer = send(client, do="mend", status="planned", note="as the headline has it")
    assert (answer.status_code, answer.headers["location"]) == (303, "/articles/1?corrected=1#list-e1")
    page = client.get("/articles/1").text
    assert "as the headline has it" in page and "Ada" in page
    out = store.with_name("out.jsonl")
    assert run(["export", "plover-jsonl", str(store), "--all-statuses", "--corrected", "-o", str(out)]) == 0
    first = json.loads(out.read_text(encoding="utf-8").splitlines()[0])
    assert first["text_info"]["start"] == event.start
    assert "future" in json.dumps(first)
    assert run(["corrections", "list", "--store", str(store), "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["who"], row["of"], row["now"], row["state"]) == ("Ada", "e1", "planned", "holds")
    assert send(client, do=None, undo=row["id"]).status_code == 303
    assert Corrections.beside(store).counts() == {}


def test_a_rejected_event_is_gone_from_the_page_and_back_when_it_is_undone(
    client: TestClient, store: Path
) -> None:
    assert 'id="e1"' in client.get("/articles/1").text
    send(client)
    assert 'id="e1"' not in client.get("/articles/1").text
    send(client, do=None, undo=Corrections.beside(store).all()[0].id)
    assert 'id="e1"' in client.get("/articles/1").text


HOSTILE: list[dict[str, Any]] = [
    {"of": "e99"},
    {"of": "<script>alert(1)</script>"},
    {"of": "e1' OR '1'='1"},
    {"of": "../../etc/passwd"},
    {"of": "x" * 100_000},
    {"of": None},
    {"do": "smell"},
    {"do": None},
    {"do": "mend"},
    {"do": "mend", "status": "<img src=x onerror=alert(1)>"},
    {"do": "mend", "type": "HUG"},
    {"do": "mend", "type": "AID/visit"},
    {"do": "mend", "type": ""},
    {"do": "mend", "time": "t999"},
    {"do": "mend", "time": "2024-02-30"},
    {"do": "mend", "actor:new": "n999"},
    {"do": "mend", "recipient:new": "e1"},
    {"do": "mend", "actor:new": '{"start": -5, "end": 1e99}'},
    {"note": "x" * 2001},
    {"note": "x" * 900_000},
    {"note": "\x00"},
    {"note": "\x1b[2J"},
    {"note": "\u202egnp"},
    {"who": "x" * 101},
    {"who": "Ada\x00"},
    {"who": "\u202eadA"},
    {"of": "c1", "do": "mend", "act": "swear"},
    {"of": "c1", "do": "mend", "source": "n999"},
    {"do": None, "undo": "000000"},
    {"do": None, "undo": "x" * 10_000},
    {"do": None, "undo": "' OR 1=1 --"},
    {f"f{n}": "x" for n in range(200)},
]


@pytest.mark.parametrize(
    "changes", HOSTILE, ids=lambda c: " ".join(f"{k}={str(v)[:20]!r}" for k, v in c.items())[:60]
)
def test_what_cannot_be_is_refused_on_the_page_and_stores_nothing(
    client: TestClient, store: Path, changes: dict[str, Any]
) -> None:
    answer = send(client, **changes)
    assert answer.status_code == 400
    for bad in ("<script>alert", "<img src=x", "Traceback", "onerror=alert(1)>", "\x1b", "\u202e"):
        assert bad not in answer.text
    assert len(answer.text) < 300_000
    assert Corrections.beside(store).all() == []


def test_what_is_stored_is_shown_as_text(client: TestClient, store: Path) -> None:
    bad = "</textarea><script>alert(1)</script><b>"
    assert send(client, do="confirm", who=f"Ada {bad}", note=bad).status_code == 303
    (one,) = Corrections.beside(store).all()
    assert (one.who, one.note) == (f"Ada {bad}", bad)
    for address in ("/articles/1", "/articles/1?correct=e1", "/"):
        assert "<script>alert" not in client.get(address).text


@pytest.mark.parametrize("number", ["99", "0", "-1", "1e3", "9" * 40, "%00", "1%2f..%2f2"])
def test_an_article_that_is_not_there(client: TestClient, store: Path, number: str) -> None:
    answer = client.post(f"/articles/{number}/corrections", data=FORM, headers=HERE)
    assert answer.status_code in (400, 404)
    assert "Traceback" not in answer.text
    assert Corrections.beside(store).all() == []


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:9999"])
def test_a_form_of_another_site_is_turned_away(client: TestClient, store: Path, origin: str) -> None:
    assert send(client, headers={"origin": origin}).status_code == 403
    assert Corrections.beside(store).all() == []


@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b"&&&===", b"%zz=%zz", b"", b"[1]" * 1000])
def test_bodies_that_are_no_form(client: TestClient, store: Path, body: bytes) -> None:
    kind = {**HERE, "content-type": "application/x-www-form-urlencoded"}
    answer = client.post("/articles/1/corrections", content=body, headers=kind)
    assert answer.status_code == 400
    assert Corrections.beside(store).all() == []


def test_too_much_of_a_body_is_not_taken(client: TestClient, store: Path) -> None:
    assert send(client, note="x" * 2_000_000).status_code == 413
    assert Corrections.beside(store).all() == []


def test_without_edit_nothing_is_taken(store: Path) -> None:
    app = create_app(Settings(store))
    reader = client_of(app, raise_server_exceptions=False)
    assert send(reader).status_code in (403, 404, 405)
    assert not Path(Corrections.beside(store).path).exists()
    close(app)


def test_a_file_of_corrections_that_is_damaged_is_told_without_its_place(
    client: TestClient, store: Path
) -> None:
    Path(Corrections.beside(store).path).write_bytes(b"no database" * 100)
    for answer in (client.get("/articles/1"), send(client)):
        assert answer.status_code == 503
        assert "Traceback" not in answer.text and str(store.parent) not in answer.text
