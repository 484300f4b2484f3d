"""What is found ahead: the columns of the store, and the pages that filter nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.errors import StoreMissing
from communique.store import Store
from communique.web import create_app
from communique.web.app import close
from communique.web.settings import Settings
from communique.web.warming import warm
from tests.web.conftest import client_of

PAGES = ("/", "/sources", "/map", "/network", "/pairs", "/actors", "/timeline", "/claims", "/disputes")


def test_pages_without_filters_ask_nothing_any_more(
    examples_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(Settings(examples_store))
    warm(app)
    with app.state.stores.reading() as store:
        assert store.held is not None

    def refused(self: object, seconds: float | None = None) -> Store:
        raise AssertionError("the store is asked")

    monkeypatch.setattr(type(app.state.stores), "reading", refused)
    client = client_of(app)
    for path in PAGES:
        assert client.get(path).status_code == 200, path
    assert client.get("/map?quad=2").status_code == 500
    monkeypatch.undo()
    close(app)


def test_without_a_store_there_is_nothing_to_find(tmp_path: Path) -> None:
    app = create_app(Settings(tmp_path / "none.duckdb"))
    with pytest.raises(StoreMissing):
        warm(app)
    close(app)
