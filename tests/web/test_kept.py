"""Pages that are kept: the same as made anew, and made anew when anything changes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from communique.store.corrections import Corrections
from communique.web import create_app
from communique.web.app import close
from communique.web.settings import Settings
from tests.web.conftest import client_of

KEPT = ("/", "/timeline?type=CONSULT", "/articles/1", "/map", "/ahead.ics")


@pytest.fixture
def own(examples_store: Path, tmp_path: Path) -> Iterator[FastAPI]:
    """An application over a store of its own."""
    path = tmp_path / "own.duckdb"
    shutil.copy(examples_store, path)
    app = create_app(Settings(path))
    yield app
    close(app)


@pytest.fixture
def made(own: FastAPI, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that are rendered, in order."""
    from communique.web.pages import common

    out: list[str] = []
    templates = common.templates()
    known = templates.get_template

    class Counting:
        def get_template(self, name: str) -> object:
            out.append(name)
            return known(name)

    monkeypatch.setattr(common, "templates", Counting)
    return out


@pytest.mark.parametrize("address", KEPT)
def test_the_second_answer_is_the_first(own: FastAPI, address: str) -> None:
    client = client_of(own)
    first, second = client.get(address), client.get(address)
    own_headers = ("server-timing", "date")
    assert first.status_code == 200
    assert second.content == first.content
    assert {k: v for k, v in second.headers.items() if k not in own_headers} == {
        k: v for k, v in first.headers.items() if k not in own_headers
    }


def test_a_page_is_made_once_for_as_long_as_nothing_changes(own: FastAPI, made: list[str]) -> None:
    client = client_of(own)
    client.get("/claims")
    client.get("/claims")
    assert made == ["claims.html"]
    client.get("/claims?limit=10")
    assert made == ["claims.html"] * 2


def test_correcting_makes_it_anew(own: FastAPI, made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(own)
    client.get("/claims")
    monkeypatch.setattr(Corrections, "mark", "00000002")
    client.get("/claims")
    assert made == ["claims.html"] * 2


def test_another_store_makes_it_anew(own: FastAPI, made: list[str]) -> None:
    client = client_of(own)
    client.get("/claims")
    path = own.state.settings.store
    changed = path.with_suffix(".changed")
    shutil.copy(path, changed)
    changed.replace(path)
    client.get("/claims")
    assert made == ["claims.html"] * 2


def test_faults_and_the_api_are_not_kept(own: FastAPI) -> None:
    client = client_of(own)
    assert client.get("/articles/999999").status_code == 404
    client.get("/api/v1/events")
    kept = _kept(client)
    assert not kept._pages


def test_forms_are_not_kept(examples_store: Path) -> None:
    app = create_app(Settings(examples_store, edit=True))
    client = client_of(app)
    client.get("/articles/1")
    assert not _kept(client)._pages
    close(app)


def test_the_least_used_is_forgotten_first(examples_store: Path) -> None:
    app = create_app(Settings(examples_store, kept_bytes=40_000))
    client = client_of(app)
    for number in range(1, 9):
        client.get(f"/articles/{number}")
    kept = _kept(client)
    assert 0 < sum(len(p.body) for p in kept._pages.values()) == kept._size <= 40_000
    close(app)


def test_a_head_is_no_page(own: FastAPI) -> None:
    client = client_of(own)
    client.get("/claims")
    assert client.head("/claims").content == b""
    assert client.get("/claims").content


def _kept(client: TestClient) -> object:
    layer = client.app.middleware_stack  # type: ignore[attr-defined]
    while type(layer).__name__ != "Kept":
        layer = getattr(layer, "_app", None) or layer.app
    return layer
