"""What happened is counted in one way: the same store has the same numbers on every page and in the API."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import client_of


def _numbers(text: str, pattern: str) -> list[int]:
    found = re.search(pattern, text, re.DOTALL)
    assert found, pattern
    return [int(n.replace(",", "")) for n in found.groups()]


def _columns(rows: list[dict[str, Any]]) -> list[int]:
    sides = (("verbal_cooperation", "material_cooperation"), ("verbal_conflict", "material_conflict"))
    return [sum(row[name] for row in rows for name in side) for side in sides]


@pytest.mark.parametrize("held", [False, True])
def test_start_timeline_and_api_count_the_same(app: Any, held: bool) -> None:
    client: TestClient = client_of(app)
    if held:
        app.state.stores.hold()
    start = client.get("/").text
    timeline = client.get("/timeline").text
    strip = _numbers(start, r"([\d,]+) of cooperation</span>.*?([\d,]+) of conflict</span>")
    lead = _numbers(timeline, r"([\d,]+) of cooperation above the line, ([\d,]+) of conflict below it")
    rows = client.get("/api/v1/density?by=day&limit=10000").json()["rows"]
    listed = client.get("/api/v1/timeline?historical=false").json()["total"]
    assert strip == lead == _columns(rows)
    assert sum(strip) == listed > 20
    shown = _numbers(start, r"Happenings over time.*?: ([\d,]+) of cooperation, ([\d,]+) of conflict")
    assert shown == strip
