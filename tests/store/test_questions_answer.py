"""An answer in columns: Arrow, pandas, polars and Parquet, without the store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from communique.errors import MissingExtra
from communique.store.questions import Answer, plain

COLUMNS = {
    "n": "INTEGER",
    "day": "DATE",
    "names": "VARCHAR[]",
    'an "odd" one': "VARCHAR",
    "yes": "BOOLEAN",
    "score": "DOUBLE",
    "place": "STRUCT(name VARCHAR, codes INTEGER[])",
}
ROWS: list[dict[str, Any]] = [
    {
        "n": 1,
        "day": date(2024, 2, 5),
        "names": ["Ada, Holm", 'a "quoted" one', "it's"],
        'an "odd" one': "two\nlines \\ 日本",
        "yes": True,
        "score": -2.5,
        "place": {"name": "Kobe", "codes": [1, None]},
    },
    dict.fromkeys(COLUMNS),
]


@pytest.fixture
def answer() -> Answer:
    return Answer(COLUMNS, ROWS, "SELECT 1")


def test_arrow(answer: Answer) -> None:
    pytest.importorskip("pyarrow")
    assert answer.arrow().to_pylist() == ROWS
    assert Answer(COLUMNS, [], "").arrow().schema == answer.arrow().schema


def test_pandas(answer: Answer) -> None:
    pytest.importorskip("pandas")
    frame = answer.pandas()
    assert list(frame.columns) == list(COLUMNS)
    assert frame["day"][0].date() == date(2024, 2, 5)
    assert list(frame["names"][0]) == ROWS[0]["names"]
    assert frame["score"].sum() == -2.5


def test_polars(answer: Answer) -> None:
    pytest.importorskip("polars")
    pytest.importorskip("pyarrow")
    assert answer.polars().to_dicts() == ROWS


def test_parquet(answer: Answer, tmp_path: Path) -> None:
    import duckdb

    path = tmp_path / "it's.parquet"
    answer.write_parquet(path)
    assert duckdb.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall() == [
        tuple(row.values()) for row in ROWS
    ]
    with pytest.raises(OSError, match="nowhere"):
        answer.write_parquet(tmp_path / "nowhere" / "a.parquet")


def test_many_rows_stay_in_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import duckdb

    monkeypatch.setattr("communique.store.questions.answer._AT_ONCE", 10)
    path = tmp_path / "a.parquet"
    Answer({"n": "BIGINT"}, [{"n": i} for i in range(95)], "").write_parquet(path)
    found = duckdb.execute("SELECT n FROM read_parquet(?)", [str(path)]).fetchall()
    assert found == [(i,) for i in range(95)]


@pytest.mark.parametrize(
    ("package", "extra", "ask"),
    [
        ("pyarrow", "arrow", Answer.arrow),
        ("pandas", "pandas", Answer.pandas),
        ("polars", "polars", Answer.polars),
    ],
)
def test_a_missing_package_is_named_with_its_extra(
    answer: Answer,
    monkeypatch: pytest.MonkeyPatch,
    package: str,
    extra: str,
    ask: Callable[[Answer], Any],
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == package else object())
    with pytest.raises(MissingExtra, match=rf'{package} is not installed.*"communique\[{extra}\]"'):
        ask(answer)


def test_values_as_json_has_them() -> None:
    given = {"day": date(2024, 2, 5), "at": datetime(2024, 2, 5, 8), "list": [float("nan"), 1.5, None, b"x"]}
    assert plain(given) == {
        "day": "2024-02-05",
        "at": "2024-02-05T08:00:00",
        "list": [None, 1.5, None, "b'x'"],
    }
