"""``communique mcp`` as a client starts it: a process that is spoken to on standard input and output."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import anyio
import pytest

pytest.importorskip("mcp")

from mcp import Client
from mcp.client.stdio import StdioServerParameters

from communique.cli.main import run
from communique.store import open_store
from tests.store.asked import make
from tests.store.whole import whole

TEXT = "Japan's prime minister met North Korean envoys in Beijing on Monday, the foreign ministry said."


def command(path: Path) -> list[str]:
    return ["-m", "communique", "mcp", str(path)]


def test_the_sdks_client_finds_and_ingest_can_write_between(tmp_path: Path) -> None:
    path = make(tmp_path / "news.duckdb")

    async def go() -> None:
        async with Client(StdioServerParameters(command=sys.executable, args=command(path))) as client:
            assert client.server_info.name == "communique"
            before = await client.call_tool("events", {})
            with open_store(path) as store:
                store.add(whole(), place="row 4")
                busy = await client.call_tool("events", {})
            after = await client.call_tool("evidence", {"id": "4/e1"})
            assert not before.is_error and before.structured_content["total"] == 5
            assert busy.is_error and "is in use by" in busy.content[0].text
            assert after.structured_content["sentence"]["words"].startswith("Envoys of Norvania met")

    anyio.run(go)


def test_nothing_but_the_protocol_is_on_standard_output(tmp_path: Path) -> None:
    path = make(tmp_path / "news.duckdb")
    process = subprocess.Popen(
        [sys.executable, *command(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdin and process.stdout

    def send(**message: Any) -> None:
        process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")  # type: ignore[union-attr]
        process.stdin.flush()  # type: ignore[union-attr]

    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "0"}}
    calls = [
        ("initialize", hello),
        ("tools/list", {}),
        ("tools/call", {"name": "search", "arguments": {"words": "ferries"}}),
        ("tools/call", {"name": "events", "arguments": {"limit": 0}}),
        # The network is loaded, and tables are read.
        ("tools/call", {"name": "read_text", "arguments": {"text": TEXT, "published": "2024-02-15"}}),
        ("tools/call", {"name": "article", "arguments": {"article": 99}}),
    ]
    lines = []
    for id_, (method, params) in enumerate(calls, start=1):
        send(id=id_, method=method, params=params)
        lines.append(process.stdout.readline())
        if method == "initialize":
            send(method="notifications/initialized")
    rest, errors = process.communicate(timeout=60)
    answers = [json.loads(line) for line in lines]
    assert [(a["jsonrpc"], a["id"]) for a in answers] == [("2.0", n) for n in range(1, 7)]
    assert [a["result"].get("isError", False) for a in answers] == [False, False, False, True, False, True]
    assert answers[4]["result"]["structuredContent"]["events"][0]["type"] == "CONSULT"
    assert (rest, process.returncode) == ("", 0)
    assert "Traceback" not in errors


@pytest.fixture
def fresh() -> list[str]:
    """What a process that has asked for the help has imported."""
    code = (
        "import sys; from communique.cli.main import run; "
        "assert run(['mcp', '--help']) == 0; print(*sorted(sys.modules), file=sys.stderr)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return told.stderr.split()


def test_the_sdk_is_imported_only_when_it_runs(fresh: list[str]) -> None:
    assert "communique.cli.mcp" in fresh
    assert not {"mcp", "mcp.server", "pydantic", "duckdb", "onnxruntime"}.intersection(fresh)


def test_without_the_sdk_the_line_that_installs_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert run(["mcp", str(tmp_path / "news.duckdb")]) == 1
    assert 'mcp is not installed; it comes with: pip install "communique[mcp]"' in capsys.readouterr().err


def test_a_store_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["mcp", str(tmp_path / "none.duckdb")]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert (
        told.err
        == f"Error: {tmp_path / 'none.duckdb'}: there is no such store; make one with communique ingest\n"
    )
