"""Runs on a Ray cluster of this machine (``ray start --head``): two workers, one of which is killed."""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from communique.errors import CommuniqueError, MissingExtra
from communique.scale import Job, Part
from communique.scale.engines import ray as engine
from tests.scale.conftest import Coder, bytes_of, ids, write_rows
from tests.scale.readers import ReaderMaker

HAS_RAY = importlib.util.find_spec("ray") is not None
needs_ray = pytest.mark.skipif(not HAS_RAY, reason='ray is not installed: pip install "communique[ray]"')
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a cluster with two cores that ends with the tests, and no other with it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # Sockets lie below the folder, and their paths must be short.
    words = ["--head", "--block", "--node-ip-address=127.0.0.1", f"--port={port}", "--num-cpus=2"]
    words += ["--include-dashboard=false", "--disable-usage-stats", "--object-store-memory=80000000"]
    ray = Path(sys.executable).with_name("ray")
    head = subprocess.Popen(
        [ray, "start", *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert head.stdout is not None
    said = ""
    for line in head.stdout:
        said += line
        if "Ray runtime started" in line:
            break
    else:
        pytest.fail(f"ray did not start: {said}")
    yield f"127.0.0.1:{port}"
    head.send_signal(signal.SIGTERM)
    head.communicate()


@needs_ray
def test_one_of_two_workers_is_killed_and_the_bytes_are_those_of_this_machine(
    tmp_path: Path, code: Coder, cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAY_ADDRESS", cluster)
    for k in range(4):
        write_rows(tmp_path / "in" / f"n{k}.jsonl", range(10 * k, 10 * k + 3), r11="DIE", r31="FOREIGN")
    coded, failed = code(tmp_path / "in", engine="ray", lives=1)
    assert ([c.fresh for c in coded], failed) == ([True] * 4, [])
    dead = (tmp_path / "deaths").read_text().split()
    started = [line.split()[0] for line in (tmp_path / "started").read_text().splitlines()]
    assert len(dead) == 1
    assert dead[0] in started
    assert len(set(started)) == 3  # two, and the one in the dead one's place
    code(tmp_path / "in", out=tmp_path / "here", workers=1)
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "here")
    assert len(ids(tmp_path / "out")) == 11
    coded, failed = code(tmp_path / "in", engine="ray")
    assert ([c.fresh for c in coded], failed) == ([False] * 4, [])


@needs_ray
def test_a_part_that_costs_two_workers_is_told_and_the_rest_is_coded(
    tmp_path: Path, code: Coder, cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAY_ADDRESS", cluster)
    for k in range(3):
        write_rows(tmp_path / "in" / f"n{k}.jsonl", range(10 * k, 10 * k + 3), r11="DIE")
    coded, failed = code(tmp_path / "in", engine="ray", lives=99)
    assert [Path(f.part.path).name for f in failed] == ["n1.jsonl"]
    assert "2 workers that coded it died" in failed[0].message
    assert len(coded) == 2
    assert len(ids(tmp_path / "out")) == 6


@needs_ray
def test_without_a_cluster_it_is_told_how_to_start_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = free.getsockname()[1]
    monkeypatch.setenv("RAY_ADDRESS", f"127.0.0.1:{nobody}")
    job = Job(str(tmp_path), "1", "by hand", make_reader=ReaderMaker(tmp_path))
    with pytest.raises(CommuniqueError, match="ray start --head"):
        list(engine.run([Part("x", 0, 0)], job, 1))


def test_without_ray_the_line_that_installs_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtra, match=r"pip install \"communique\[ray\]\""):
        list(engine.run([Part("x", 0, 0)], Job(str(tmp_path), "1", "by hand"), 1))
