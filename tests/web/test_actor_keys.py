"""An actor has one page, whatever the spelling; a pronoun has none that a list leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from communique.store import open_store
from communique.web import create_app
from communique.web.app import close
from communique.web.settings import Settings
from tests.store.asked import make
from tests.web.conftest import client_of


@pytest.fixture(scope="module", params=["statements", "memory"])
def reader(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[TestClient]:
    """A store in which one actor is spelled in two ways, and another has only a pronoun."""
    path: Path = make(tmp_path_factory.mktemp("keys") / "news.duckdb")
    with open_store(path) as store:
        for table in ("entities", "parties"):
            store.connection.execute(f"UPDATE {table} SET name = 'Rebels' WHERE name = 'Ivo Brandt'")
            store.connection.execute(
                f"UPDATE {table} SET name = 'the rebels' WHERE name = 'Rebels' AND article = 3"
            )
            store.connection.execute(
                f"UPDATE {table} SET name = 'They' WHERE name = 'Ada Holm' AND article = 2"
            )
    app = create_app(Settings(path))
    if request.param == "memory":
        app.state.stores.hold()
    yield client_of(app)
    close(app)


def test_actors_are_listed_once_by_their_commonest_name(reader: TestClient) -> None:
    page = reader.get("/actors").text
    assert re.findall(r'href="(/actors/[^"]*)"><bdi>([^<]*)<', page) == [
        ("/actors/~rebels", "Rebels"),
        ("/actors/~ada%20holm", "Ada Holm"),
        ("/actors/~daily%20wire", "Daily Wire"),
    ]
    assert "3 actors" in page


@pytest.mark.parametrize("key", ["~rebels", "~Rebels", "~the%20rebels", "~The%20REBELS"])
def test_old_addresses_lead_to_the_same_page(reader: TestClient, key: str) -> None:
    known = reader.get("/actors/~rebels")
    answer = reader.get(f"/actors/{key}")
    assert answer.status_code == 200 and answer.text == known.text
    assert "Rebels did" in answer.text and "Others" not in answer.text
    assert reader.get(f"/pairs/{key}/JPN").text == reader.get("/pairs/~rebels/JPN").text


@pytest.mark.parametrize("key", ["~rebels", "~Rebels", "~the rebels"])
@pytest.mark.parametrize(
    "path", ["actors/{}", "actors/{}/partners", "events?actor={}", "timeline?recipient={}", "pairs/{}/JPN"]
)
def test_parameters_in_another_spelling_mean_the_same(reader: TestClient, key: str, path: str) -> None:
    answer, known = (reader.get(f"/api/v1/{path.format(k)}") for k in (key, "~rebels"))
    assert answer.status_code == known.status_code == 200
    rows, same = (a.json().get("rows", a.json()) for a in (answer, known))
    if path.startswith("pairs"):
        rows, same = (
            [{k: v for k, v in r.items() if k not in ("actor", "recipient")} for r in x] for x in (rows, same)
        )
    assert rows == same and rows


def test_who_has_only_a_pronoun_has_no_page_to_go_to(reader: TestClient) -> None:
    for path in (
        "/",
        "/actors",
        "/actors/~rebels",
        "/pairs?of=actors",
        "/network",
        "/timeline",
        "/articles/2",
    ):
        assert not re.search(r'href="/actors/~[Tt]hey"', reader.get(path).text), path
    assert '<span class="nobody">They</span>' in reader.get("/articles/2").text
    assert "1 actor<" in reader.get("/articles/2").text
    assert "~they" not in reader.get("/api/v1/actors?name=they").text
    assert "~they" not in reader.get("/api/v1/pairs?of=actors").text
