"""``communique ingest``, with a reader that needs no network."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from communique.cli.main import run
from communique.store import Store, open_store
from tests.store.invented import Stub, story

Answer = tuple[int, str, str]


@pytest.fixture
def command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., Answer]:
    monkeypatch.setattr("communique.pipeline.shared_pipeline", lambda options: Stub())
    monkeypatch.chdir(tmp_path)

    def answer(*arguments: str) -> Answer:
        status = run(["ingest", *arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return answer


def rows(*seeds: int) -> str:
    text = "".join(json.dumps({"text": story(seed)}) + "\n" for seed in seeds)
    Path("rows.jsonl").write_text(text, encoding="utf-8")
    return "rows.jsonl"


def asked(sql: str, place: str = "communique.duckdb") -> list[tuple[Any, ...]]:
    with open_store(place) as store:
        return store.connection.execute(sql).fetchall()


def test_the_last_line_says_what_came_in(command: Callable[..., Answer]) -> None:
    status, out, err = command(rows(1, 2, 1), "--no-happenings")
    assert (status, err) == (0, "")
    assert out.startswith(
        "communique.duckdb: 2 new, 1 copies (1 same text, 0 same address, 0 near), 0 faults; "
    )
    assert asked("SELECT count(*) FROM articles") == [(2,)]
    assert command("rows.jsonl", "--no-happenings")[1].startswith(
        "communique.duckdb: 0 new, 0 copies, 3 there already, 0 faults; "
    )


def test_faults_are_listed_and_the_status_says_so(command: Callable[..., Answer]) -> None:
    status, out, err = command(rows(1), "none.txt", "--store", "own.duckdb", "--no-happenings")
    assert status == 1
    assert out.startswith("own.duckdb: 1 new, 0 copies, 1 faults; ")
    assert err == "1 could not be read:\n  none.txt: does not exist\n"
    assert asked("SELECT message FROM faults", "own.duckdb") == [("does not exist",)]


def test_happenings_are_brought_up_to_date_at_the_end(
    command: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def update(store: Store) -> int:
        seen.extend(store.connection.execute("SELECT count(*) FROM articles").fetchall()[0])
        return 0

    module = ModuleType("communique.analysis.happenings")
    module.update = update  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    assert command(rows(1, 2))[0] == 0
    assert command(rows(1, 2, 3), "--no-happenings")[0] == 0
    assert seen == [2]


def test_ctrl_c_says_how_far_it_came(command: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch) -> None:
    stub = Stub()
    read = stub.read

    def interrupted(article: Any) -> Any:
        if len(stub.read_so_far) == 2:
            raise KeyboardInterrupt
        return read(article)

    stub.read = interrupted  # type: ignore[method-assign]
    monkeypatch.setattr("communique.pipeline.shared_pipeline", lambda options: stub)
    status, out, err = command(rows(1, 2, 3, 4))
    assert (status, err) == (130, "Stopped; the same command goes on from here.\n")
    assert out.startswith("communique.duckdb: 2 new, ")
    assert asked("SELECT count(*) FROM articles") == [(2,)]


def test_following_needs_an_address(command: Callable[..., Answer]) -> None:
    status, _, err = command(rows(1), "--follow")
    assert status == 2
    assert "--follow needs an address" in err


def test_a_feed_is_followed_until_ctrl_c(
    command: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    from communique.article import Article
    from communique.intake import Placed
    from communique.intake.web import Polled

    def poll(url: str, **_: Any) -> Polled:
        found = [Placed(url, 1, Article(story(1)), "https://a.example/1")]
        return Polled(url, True, "e", None, None, None, iter(found))

    def sleep(seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("communique.intake.web.poll", poll)
    monkeypatch.setattr("communique.store.following.time.sleep", sleep)
    status, out, err = command("https://a.example/feed.xml", "--follow", "--no-happenings")
    assert status == 130
    assert err.startswith("https://a.example/feed.xml: 1 new; next look in 8 minutes\n")
    assert out.startswith("communique.duckdb: 1 new, ")
    assert asked("SELECT url, etag FROM feeds") == [("https://a.example/feed.xml", "e")]


def test_a_store_that_is_none_is_one_sentence(command: Callable[..., Answer]) -> None:
    Path("notes.txt").write_text("These are notes, and no store.", encoding="utf-8")
    status, _, err = command(rows(1), "--store", "notes.txt")
    assert status == 1
    assert err.startswith("Error: ") and err.count("\n") == 1
    assert Path("notes.txt").read_text(encoding="utf-8") == "These are notes, and no store."
