"""Killed at random moments and started again, ingest loses nothing and stores nothing twice."""

from __future__ import annotations

import random
import signal
import subprocess
from pathlib import Path

import pytest

from tests.store.killing import NEVER, held, news, run, started

KILLS = 10


def test_killed_at_random_moments_it_holds_what_an_unkilled_run_holds(tmp_path: Path) -> None:
    paths = news(tmp_path)
    assert run(tmp_path / "whole.duckdb", paths, NEVER)
    whole = held(tmp_path / "whole.duckdb")
    assert len(whole["articles"]) == 30 + 13
    assert len(whole["sources"]) == 45 + 14
    assert len(whole["faults"]) == 2
    chance = random.Random(7)
    kills = stores = 0
    while kills < KILLS:
        store = tmp_path / f"{stores}.duckdb"
        stores += 1
        while kills < KILLS and not run(store, paths, chance.randrange(1, 150), kills % 2 == 1):
            kills += 1
            texts = [row[0] for row in held(store)["articles"]]
            assert len(texts) == len(set(texts))
        assert run(store, paths, NEVER)
        assert held(store) == whole


def test_stopped_by_ctrl_c_it_stores_what_it_told(tmp_path: Path) -> None:
    paths = news(tmp_path)
    child = started(tmp_path / "s.duckdb", paths, subprocess.DEVNULL)
    assert child.stdout is not None
    with child, child.stdout:
        said = [next(child.stdout).strip() for _ in range(30)]
        child.send_signal(signal.SIGINT)
        said += [line.strip() for line in child.stdout]
    if "end" in said:
        pytest.skip("it was done before the signal came")
    assert len(held(tmp_path / "s.duckdb")["articles"]) >= said.count("new") - 1
    assert run(tmp_path / "s.duckdb", paths, NEVER)
    assert len(held(tmp_path / "s.duckdb")["articles"]) == 43
