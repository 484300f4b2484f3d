"""Reading a text that is sent in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import communique
from communique.errors import NotEnglish
from communique.web import create_app
from communique.web.app import close
from communique.web.reading import Broken, Busy, Readers, TooLong
from communique.web.settings import Settings
from tests.web.conftest import client_of

TEXT = "The minister met the envoy of Japan on Monday. She denied that 12 ferries sank last month."

GERMAN = "Der Minister traf gestern den Botschafter in Paris und sagte nichts dazu. " * 3


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    readers = Readers(seconds=120, waiting=4)
    yield readers
    readers.close()


def test_a_text_is_read_as_everywhere(client: TestClient) -> None:
    answer = client.post("/api/v1/read", json={"text": TEXT, "published": "2024-02-15", "title": "Ferries"})
    assert answer.status_code == 200
    assert answer.text == communique.read(TEXT, published="2024-02-15", title="Ferries").to_json()


@pytest.mark.parametrize(
    ("body", "status", "detail"),
    [
        ({"text": "   "}, 422, "the text "),
        ({"text": GERMAN}, 422, "German"),
        ({"text": TEXT, "published": "yesterday"}, 400, "published in the body: a day is written as"),
        ({"text": TEXT, "published": 0}, 400, "published in the body: "),
        ({"text": TEXT, "path": "/etc/passwd"}, 400, "path in the body: "),
        ({"text": "a" * 200_001}, 400, "text in the body: "),
        ({}, 400, "text in the body: "),
        ([TEXT], 400, "in the body: "),
    ],
)
def test_what_cannot_be_read_is_told(client: TestClient, body: object, status: int, detail: str) -> None:
    answer = client.post("/api/v1/read", json=body)
    assert answer.status_code == status and detail in answer.json()["detail"]


def test_what_is_no_json_is_told(client: TestClient) -> None:
    answer = client.post("/api/v1/read", content=b"{", headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["detail"]) == (
        400,
        'the body is no JSON; send an object such as {"text": "…"}',
    )
    form = client.post("/api/v1/read", data={"text": TEXT})
    assert form.status_code == 400, "a form of another site cannot send JSON"


def test_so_many_a_minute_are_read(examples_store: Path) -> None:
    app = create_app(Settings(examples_store, reads_a_minute=2))
    client = client_of(app)
    answers = [client.post("/api/v1/read", json={"text": "  "}) for _ in range(3)]
    assert [a.status_code for a in answers] == [422, 422, 429]
    assert 0 < int(answers[2].headers["retry-after"]) <= 60
    assert "send the next in" in answers[2].json()["detail"]
    close(app)


def test_a_text_that_takes_too_long_is_given_up_and_the_next_is_read(readers: Readers) -> None:
    assert json.loads(readers.read(TEXT))["events"]
    readers._seconds = 0.0
    with pytest.raises(TooLong, match="longer than 0 seconds; send a shorter one"):
        readers.read(TEXT * 200)
    readers._seconds = 120
    assert json.loads(readers.read(TEXT))["events"]


def test_faults_come_through_from_the_process(readers: Readers) -> None:
    with pytest.raises(NotEnglish):
        readers.read(GERMAN)


def test_a_process_that_dies_is_no_fault_of_the_text(readers: Readers) -> None:
    readers.read(TEXT)
    readers._idle[-1]._process.kill()
    with pytest.raises(Broken):
        readers.read(TEXT)
    assert readers.read(TEXT)


def test_too_many_at_once_are_sent_away() -> None:
    readers = Readers(seconds=5, waiting=0)
    while readers._places.acquire(blocking=False):
        pass
    with pytest.raises(Busy, match="send this one again in a while"):
        readers.read(TEXT)
