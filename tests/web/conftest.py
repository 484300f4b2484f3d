"""The store of the examples, read once for all tests of the web, and an application over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from communique.cli.main import run
from communique.web import create_app
from communique.web.app import close
from communique.web.settings import Settings

EXAMPLES = Path(__file__).parents[2] / "examples"
HOST = "http://127.0.0.1:8765"


@pytest.fixture(scope="session")
def examples_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the example articles and their happenings; not to be written to."""
    path = tmp_path_factory.mktemp("web") / "examples.duckdb"
    assert run(["ingest", str(EXAMPLES), "--store", str(path), "--workers", "1"]) == 0
    return path


@pytest.fixture(scope="session")
def app(examples_store: Path) -> Iterator[FastAPI]:
    """An application over the examples."""
    app = create_app(Settings(examples_store))
    yield app
    close(app)


@pytest.fixture(scope="session")
def client(app: FastAPI) -> TestClient:
    """A client of it; a fault of the program is an answer with status 500."""
    return client_of(app)


def client_of(app: FastAPI, **options: object) -> TestClient:
    """A client that names the host as a browser does."""
    return TestClient(app, base_url=HOST, follow_redirects=False, **options)  # type: ignore[arg-type]
