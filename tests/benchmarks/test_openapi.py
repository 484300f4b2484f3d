"""What counts as a fault of the API."""

from __future__ import annotations

import pytest

from benchmarks.openapi import _unwritten

MESSAGE = "Invalid component: parameters `actor`, `until` in query\n  - violates `type` at /properties/actor"


@pytest.mark.parametrize(
    ("query", "nothing"),
    [
        ("actor=null&limit=4", True),
        ("limit=4", True),
        ("actor=null&until=soon", False),
        ("actor=&limit=4", False),
        ("actor=null&actor=null", False),
    ],
)
def test_what_no_address_can_tell_is_no_fault(query: str, nothing: bool) -> None:
    assert _unwritten(MESSAGE, f"curl -X GET 'http://testserver/api/v1/density?{query}'") is nothing


def test_other_faults_stay() -> None:
    assert not _unwritten("Undocumented content type", "curl -X GET 'http://testserver/api/v1/density'")
