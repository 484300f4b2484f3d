"""``communique serve``: whom it serves, where, and how it begins and ends."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.cli.main import run
from communique.cli.serve import _address, _listener, _token
from communique.store import open_store
from communique.web.settings import Settings

Answer = tuple[int, str]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "news.duckdb"
    open_store(path).close()
    return path


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    def answer(*arguments: str) -> Answer:
        status = run(["serve", *arguments])
        return status, capsys.readouterr().err.strip().splitlines()[-1]

    return answer


def test_a_store_that_cannot_be_served_is_told_in_a_sentence(
    refused: Callable[..., Answer], tmp_path: Path, store: Path
) -> None:
    none = str(tmp_path / "none.duckdb")
    assert refused(none) == (
        1,
        f"Error: {none}: there is no such store; make one with communique ingest, or name another",
    )
    (tmp_path / "notes.txt").write_text("nothing but notes, and no store")
    status, said = refused(str(tmp_path / "notes.txt"))
    assert status == 1 and said.endswith("is no store: it is not a DuckDB file")
    with open_store(store) as opened, opened.transaction():
        opened.connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    status, said = refused(str(store))
    assert status == 1 and "upgrade communique" in said


def test_a_store_in_use_is_told(refused: Callable[..., Answer], store: Path) -> None:
    code = (
        "from communique.store import open_store\n"
        f"with open_store({str(store)!r}): print('open', flush=True), input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        status, said = refused(str(store))
        writer.communicate(b"\n")
    assert status == 1 and "is in use by" in said and "wait until it has ended" in said


def test_a_port_that_is_taken_is_told(refused: Callable[..., Answer], store: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert refused(str(store), "--port", str(port)) == (
            1,
            f"Error: port {port} is taken by another program; choose another --port, or none",
        )


def test_an_address_of_another_machine_is_refused(refused: Callable[..., Answer], store: Path) -> None:
    status, said = refused(str(store), "--host", "192.0.2.1")
    assert status == 1 and "is no address of this machine" in said
    status, said = refused(str(store), "--host", "no such name")
    assert status == 2 and "there is no address" in said


def test_without_a_port_a_free_one_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr("communique.cli.serve._PORT", taken.getsockname()[1])
        listener, port = _listener("127.0.0.1", None)
        with listener:
            assert port not in (0, taken.getsockname()[1])


def test_other_machines_need_a_token(refused: Callable[..., Answer], store: Path) -> None:
    assert _token("127.0.0.1", None) is None
    made = _token("0.0.0.0", None)
    assert made is not None and len(made) >= 32 and made != _token("0.0.0.0", None)
    assert _token("127.0.0.1", "sixteen-and-more") == "sixteen-and-more"
    for bad in ("short", "has a blank in its middle", "zwölf zwölf zwölf"):
        status, said = refused(str(store), "--token", bad)
        assert status == 2 and "16 or more" in said


def test_the_address_is_one_to_open_here() -> None:
    shown = {
        "127.0.0.1": "http://127.0.0.1:9/",
        "0.0.0.0": "http://127.0.0.1:9/",
        "::": "http://[::1]:9/",
        "::1": "http://[::1]:9/",
        "news.example": "http://news.example:9/",
    }
    assert {host: _address(Settings(Path("x"), host=host, port=9)) for host in shown} == shown
    with_token = Settings(Path("x"), host="0.0.0.0", port=9, token="sixteen-and-more")
    assert _address(with_token) == "http://127.0.0.1:9/?token=sixteen-and-more"


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_and_ends_clean_with_a_listener_on_the_line(store: Path, how: signal.Signals) -> None:
    command = [sys.executable, "-m", "communique", "serve", str(store), "--port", "0", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        found = re.search(r"(http://127\.0\.0\.1:\d+/)$", server.stdout.readline().strip())
        assert found
        with urllib.request.urlopen(f"{found[1]}api/v1/store", timeout=60) as answer:
            assert json.load(answer)["name"] == "news.duckdb"
        with urllib.request.urlopen(f"{found[1]}api/v1/new?since=0", timeout=60) as stream:
            assert stream.readline() == b"retry: 3000\n"
            server.send_signal(how)
            _, said = server.communicate(timeout=60)
        assert server.returncode == {signal.SIGINT: 130, signal.SIGTERM: -15}[how]
        # Click ends the line on which a terminal has shown ^C.
        assert said.strip() == "Ctrl-C ends the server."
