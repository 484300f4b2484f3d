"""What readers corrected shows in the lists, in the API where it is asked for, and is said beside counts."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from communique.cli.main import run
from communique.web import create_app
from communique.web.app import close
from communique.web.settings import Settings
from tests.store.asked import make
from tests.web.conftest import HOST, client_of

CHARTS = ("/timeline", "/actors", "/actors/~ada%20holm", "/pairs", "/pairs/JPN/PRK", "/map", "/network", "/")
LISTS = ("/", "/timeline", "/actors/~ada%20holm", "/pairs/JPN/PRK", "/map")
NOTE = "Numbers and charts count what the machine read."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("corrected") / "news.duckdb")


@pytest.fixture
def client(made: Path, tmp_path: Path) -> Iterator[TestClient]:
    app = create_app(Settings(Path(shutil.copy(made, tmp_path / "news.duckdb")), edit=True, editor="Ada"))
    yield client_of(app)
    close(app)


def post(client: TestClient, number: int, **form: str) -> None:
    answer = client.post(f"/articles/{number}/corrections", data=form, headers={"origin": HOST})
    assert answer.status_code == 303


def line(page: str, article: int, of: str) -> str:
    """The entry of a list that leads to an event or claim of an article."""
    link = f'href="/articles/{article}#{of}"'
    entries = re.findall(r"<article class=.*?</article>", page, re.DOTALL)
    return next(entry for entry in entries if link in entry)


@pytest.mark.parametrize("path", LISTS)
def test_a_mended_event_is_marked_and_leads_to_its_evidence(client: TestClient, path: str) -> None:
    before = line(client.get(path).text, 2, "e2")
    assert "corrected" not in before and "Ivo Brandt" in before
    post(client, 2, of="e2", do="mend", type="COERCE", status="ongoing")
    after = line(client.get(path).text, 2, "e2")
    assert 'href="/articles/2#list-e2">corrected' in after and "type, status" in after
    assert "ongoing" in after
    assert 'id="list-e2"' in client.get("/articles/2").text, "where the mark leads"


@pytest.mark.parametrize("path", LISTS)
def test_a_rejected_event_is_struck_through(client: TestClient, path: str) -> None:
    post(client, 2, of="e2", do="reject")
    entry = line(client.get(path).text, 2, "e2")
    assert "is-rejected" in entry and 'href="/articles/2#corrections">rejected' in entry
    assert 'id="corrections"' in client.get("/articles/2").text
    undo = re.findall(r'name="undo" value="(\w+)"', client.get("/articles/2").text)[0]
    post(client, 2, undo=undo)
    assert "is-rejected" not in client.get(path).text


def test_claims_disputes_and_tellings_are_marked(client: TestClient) -> None:
    post(client, 1, of="c2", do="mend", act="doubt")
    assert "how it is said" in line(client.get("/claims").text, 1, "c2")
    post(client, 1, of="c2", do="reject")
    assert "is-rejected" in line(client.get("/claims").text, 1, "c2")
    disputes = client.get("/disputes").text
    assert disputes.count('<article class="dispute-card is-rejected"') == 2
    post(client, 1, of="e1", do="mend", status="planned")
    assert 'href="/articles/1#list-e1">corrected' in client.get("/happenings/7").text


@pytest.mark.parametrize("path", CHARTS)
def test_whose_counts_they_are_is_said_where_something_is_corrected(client: TestClient, path: str) -> None:
    assert NOTE not in client.get(path).text
    post(client, 2, of="e2", do="confirm")
    assert NOTE in client.get(path).text
    undo = re.findall(r'name="undo" value="(\w+)"', client.get("/articles/2").text)[0]
    post(client, 2, undo=undo)
    assert NOTE not in client.get(path).text


def _rows(client: TestClient, path: str) -> Any:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200
    return answer.json()


def test_the_api_has_corrections_where_they_are_asked_for(client: TestClient) -> None:
    machine = _rows(client, "events")
    post(client, 3, of="e1", do="mend", status="ongoing")
    post(client, 2, of="e2", do="reject")
    assert _rows(client, "events") == machine == _rows(client, "events?corrected=false")
    found = _rows(client, "events?corrected=true")
    rows = {(r["article"], r["event"]): r for r in found["rows"]}
    assert (rows[3, 1]["status"], rows[3, 1]["corrected"]) == ("ongoing", ["status"])
    assert len(rows) == len(machine["rows"]) - 1 and (2, 2) not in rows
    assert found["total"] == machine["total"], "of what the machine read"
    table = client.get("/api/v1/events?corrected=true&format=csv").text
    first = next(csv.DictReader(io.StringIO(table)))
    assert (first["event"], first["status"], first["corrected"]) == ("1", "ongoing", "status")
    post(client, 1, of="c2", do="mend", act="doubt")
    claims = _rows(client, "claims?corrected=true")["rows"]
    assert [(r["act"], r["corrected"][0]) for r in claims if r["corrected"]] == [("doubt", "act")]
    assert all("corrected" not in r for r in _rows(client, "claims")["rows"])


def test_pages_of_the_api_go_on_where_rows_are_left_out(client: TestClient) -> None:
    machine = [(r["article"], r["event"]) for r in _rows(client, "events")["rows"]]
    post(client, 3, of="e1", do="reject")
    post(client, 1, of="e1", do="reject")
    seen, address = [], "/api/v1/events?corrected=true&limit=1"
    while address:
        answer = client.get(address).json()
        seen += [(r["article"], r["event"]) for r in answer["rows"]]
        address = answer["next"]
    assert seen == [key for key in machine if key not in {(3, 1), (1, 1)}]


def test_the_command_line_has_them_too(client: TestClient, capsys: pytest.CaptureFixture[str]) -> None:
    store = str(client.app.state.settings.store)  # type: ignore[attr-defined]
    post(client, 3, of="e1", do="mend", status="ongoing")
    post(client, 2, of="e2", do="reject")
    post(client, 1, of="c2", do="reject")

    def asked(*words: str) -> list[dict[str, Any]]:
        assert run([*words, "--store", store, "--format", "jsonl"]) == 0
        return [json.loads(text) for text in capsys.readouterr().out.splitlines()]

    machine, mended = asked("events"), asked("events", "--corrected")
    assert len(mended) == len(machine) - 1 and "corrected" not in machine[0]
    assert next(r for r in mended if r["article"] == 3)["status"] == "ongoing"
    assert len(asked("said", "Holm", "--corrected")) == len(asked("said", "Holm")) - 1
    assert run(["events", "--store", store, "--corrected"]) == 0
    shown = capsys.readouterr()
    assert "corrected" in shown.out and "more" not in shown.err
