"""The API does what its description says: cases are made from the description, fitting and unfitting ones.

``python -m benchmarks.openapi`` makes a thousand of them for each operation.
"""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI

from benchmarks.openapi import run

# One address for each set of filters: the others take the same.
BOUNDS = r"/(events|articles/\{article\}|claims|actors|upcoming|search|read|new|store|publishers)$"


def test_every_operation_keeps_to_the_description(app: FastAPI, examples_store: Path) -> None:
    found = run(examples_store, cases=4, cursors=1, bounds=BOUNDS)
    assert found.faults == []
    described = {
        f"{method.upper()} {path}"
        for path, operations in app.openapi()["paths"].items()
        for method in operations
    }
    assert set(found.requests) == described
    # Each was answered as it should be at least once, and not refused alone.
    assert {label for label, statuses in found.statuses.items() if statuses[200] == 0} == set()
    assert {s for statuses in found.statuses.values() for s in statuses if s >= 500} == set()
