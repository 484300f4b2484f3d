"""Searching: what may be typed, and an index that follows the store."""

from __future__ import annotations

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from communique.errors import BadQuestion, StoreError
from communique.store import open_store
from communique.store.questions.searching import search
from communique.store.questions.wording import wording
from communique.store.textindex import TextIndex, cache_folder
from communique.web import create_app
from communique.web.app import close
from communique.web.settings import Settings
from tests.web.conftest import client_of


@pytest.fixture
def own(examples_store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(examples_store, tmp_path / "own.duckdb"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("talks", '(("talks"))'),
        ("talks in Beijing", '(("talks") AND ("in") AND ("Beijing"))'),
        ('"prime minister" -Kishida', '(("prime minister")) NOT "Kishida"'),
        ("abduct* OR kidnap*", '(("abduct"* OR "kidnap"*))'),
        ("OR talks OR", '(("OR") AND ("talks"))'),
        ('talks "unfinished', '(("talks") AND ("unfinished"))'),
        ("a'b; DROP TABLE words --", '(("a\'b;") AND ("DROP") AND ("TABLE") AND ("words"))'),
        ("NEAR(a b) ^c title:d {e}", '(("NEAR(a") AND ("b)") AND ("^c") AND ("title:d") AND ("{e}"))'),
        ("well-known * -- ...", '(("well-known"))'),
        ("nul\0byte", '(("nul byte"))'),
    ],
)
def test_what_is_typed_is_words_and_nothing_else(typed: str, meant: str) -> None:
    found = wording(typed)
    assert found.expression == meant
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.execute("CREATE VIRTUAL TABLE w USING fts5(a)")
        memory.execute("SELECT * FROM w WHERE w MATCH ?", (found.expression,))
        memory.execute("SELECT * FROM w WHERE w MATCH ?", (found.any_of,))


@pytest.mark.parametrize("typed", ["...", '"', "-talks", "* - OR"[:3], " ".join("abcdefghijklmnop" * 3)])
def test_a_search_for_nothing_is_refused(typed: str) -> None:
    with pytest.raises(BadQuestion, match=r"nothing to search for|may have 32 words"):
        wording(typed)


def test_articles_are_found_in_any_form_of_the_word_and_shown_by_sentence(own: Path) -> None:
    with open_store(own, read_only=True) as store:
        found = search(store, "abducting", limit=0)
        texts = dict(store.connection.execute("SELECT article, text FROM articles").fetchall())
    assert found.rows and found.total == len(found.rows)
    for row in found.rows:
        assert "abduct" in texts[row["article"]]
        for passage in row["passages"]:
            assert texts[row["article"]][passage["start"] : passage["stop"]] == passage["words"]
            marks = passage["marks"]
            spans = list(zip(marks[::2], marks[1::2], strict=True))
            assert spans and all(passage["words"][a:b].lower().startswith("abduct") for a, b in spans)


def test_a_search_takes_filters_and_an_order(own: Path) -> None:
    with open_store(own, read_only=True) as store:
        every = search(store, "Kishida", order="published", limit=0).rows
        days = [row["published"] for row in every]
        assert days == sorted(days, reverse=True)
        some = search(store, "Kishida", since="2024-03", type="CONSULT", status="planned", limit=0).rows
        assert 0 < len(some) < len(every) and all(str(row["published"]) >= "2024-03" for row in some)
        pages = [search(store, "Kishida", limit=3, offset=n).rows for n in range(0, 9, 3)]
        assert [row for page in pages for row in page] == search(store, "Kishida", limit=0).rows


def test_the_index_takes_in_what_is_new_and_leaves_out_what_is_gone(own: Path) -> None:
    index = TextIndex(own)
    assert index.path == own.with_name("own.search.sqlite") and index.count() == 0
    with open_store(own) as store:
        assert index.update(store, 4) == 5
        assert index.count() == 4
        assert index.update(store) == 0
        assert index.find('"kishida"')
        with store.transaction():
            store.connection.execute("DELETE FROM articles WHERE article > 2")
        index.update(store)
        assert index.count() == 2 and set(index.find('"kishida"')) <= {1, 2}


def test_an_index_of_many_articles_that_are_gone_is_made_anew(own: Path) -> None:
    index = TextIndex(own)
    with open_store(own) as store:
        index.update(store)
        with store.transaction():
            store.connection.execute("UPDATE articles SET hash = hash || 'x' WHERE article <= 4")
        assert index.update(store) == 0 and index.count() == 9
        with store.transaction():
            store.connection.execute("DELETE FROM articles WHERE article > 5")
        index.update(store)
        assert index.count() == 5 and set(index.find('"japan"')) <= {1, 2, 3, 4, 5}
    with closing(sqlite3.connect(index.path)) as inside:
        assert inside.execute("SELECT max(row) FROM articles").fetchone()[0] <= 9, "no rows of what is gone"


def test_servers_over_one_store_take_turns(own: Path) -> None:
    def take_in(_: int) -> int:
        with open_store(own, read_only=True) as store:
            return TextIndex(own).update(store)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(take_in, range(4))) == [0] * 4
    assert TextIndex(own).count() == 9


def test_a_damaged_index_is_made_anew_and_another_programs_file_is_left_alone(own: Path) -> None:
    index = TextIndex(own)
    with open_store(own, read_only=True) as store:
        index.update(store)
        whole = index.path.read_bytes()
        index.path.write_bytes(whole[:200] + b"\0" * 4000)
        index.update(store)
        assert index.count() == 9
        for end in ("-wal", "-shm"):
            index.path.with_name(index.path.name + end).unlink(missing_ok=True)
        index.path.write_text("somebody's notes, which are no index\n" * 100)
        with pytest.raises(StoreError, match="the index for searching cannot be used"):
            index.update(store)
    assert index.path.read_text().startswith("somebody's notes")


def test_where_nothing_can_be_written_the_index_is_in_the_cache(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("os.access", lambda path, mode: False)
    index = TextIndex(own)
    assert index.path.parent == cache_folder() == tmp_path / "cache" / "communique"
    with open_store(own, read_only=True) as store:
        assert search(store, "talks").rows


def test_the_server_makes_the_index_and_follows_the_store(own: Path) -> None:
    app = create_app(Settings(own, idle=0.0))
    client: TestClient = client_of(app)
    before = client.get("/api/v1/search?q=Kishida").json()["total"]
    assert before and client.get("/api/v1/store").json()["searchable"] == 9
    assert app.state.stores.wait_released(10)
    with open_store(own) as store, store.transaction():
        store.connection.execute("DELETE FROM articles WHERE article = 1")
    assert app.state.searching.wait(30)
    assert client.get("/api/v1/search?q=Kishida").json()["total"] == before - 1
    close(app)
