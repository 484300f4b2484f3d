"""What is new, as a stream of events."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from communique.web import create_app
from communique.web.app import close
from communique.web.settings import Settings
from tests.web.conftest import client_of


def events(text: str) -> list[dict[str, str]]:
    """The events of a stream; comments are left out."""
    out = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if "event" in fields:
            out.append(fields)
    return out


def test_articles_after_the_one_that_is_known_are_told_in_order(examples_store: Path) -> None:
    app = create_app(Settings(examples_store, stream_seconds=0.5))
    client = client_of(app)
    answer = client.get("/api/v1/new?since=6")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["cache-control"] == "no-store"
    told = events(answer.text)
    assert [(e["event"], e["id"]) for e in told] == [("article", "7"), ("article", "8"), ("article", "9")]
    rows = client.get("/api/v1/articles").json()["rows"]
    assert json.loads(told[2]["data"]) == next(row for row in rows if row["article"] == 9)
    again = client.get("/api/v1/new", headers={"last-event-id": "8"})
    assert [e["id"] for e in events(again.text)] == ["9"]
    assert events(client.get("/api/v1/new").text) == [], "without a number, from now on"
    close(app)


def test_so_many_may_listen(examples_store: Path) -> None:
    app = create_app(Settings(examples_store, streams=1, stream_seconds=0.1))
    client = client_of(app)
    assert app.state.streams.enter()
    answer = client.get("/api/v1/new")
    assert answer.status_code == 503 and answer.headers["retry-after"] == "30"
    app.state.streams.leave()
    assert client.get("/api/v1/new").status_code == 200
    assert client.get("/api/v1/new").status_code == 200, "whoever went away has left his place"
    close(app)


def test_a_server_that_ends_ends_its_streams(examples_store: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(examples_store, tmp_path / "own.duckdb"))
    app = create_app(Settings(path))
    app.state.streams.ending.set()
    assert events(client_of(app).get("/api/v1/new?since=8").text) == []
    close(app)
