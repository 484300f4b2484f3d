"""Filters in an address, and the addresses that keep them."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from communique.errors import BadQuestion
from communique.web.pages.common import asked_of, filters_of, page_number


def request_of(query: str, path: str = "/timeline") -> Request:
    return Request(
        {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": query.encode(),
            "headers": [(b"host", b"127.0.0.1:8765")],
            "server": ("127.0.0.1", 8765),
            "scheme": "http",
        }
    )


def test_filters_are_those_of_the_command_line() -> None:
    query = "actor=JPN&actor=Kishida&type=consult&min-confidence=0.5&text=&since=2024-01&by=week"
    asked = filters_of(request_of(query))
    assert asked and asked.filters.actor == ("JPN", "Kishida")
    assert asked.filters.min_confidence == 0.5 and asked.filters.since is not None
    assert asked.given == {
        "actor": ("JPN", "Kishida"),
        "type": ("consult",),
        "min-confidence": ("0.5",),
        "since": ("2024-01",),
        "by": ("week",),
    }
    assert not filters_of(request_of("by=week&limit=5&unknown=1")), "how it is shown is no filter"


def test_addresses_keep_the_filters() -> None:
    asked = filters_of(request_of("actor=JPN&actor=A%26B&cursor=50"))
    assert asked.address() == "/timeline?actor=JPN&actor=A%26B&cursor=50"
    changed = asked.address(cursor=None, min_confidence=0.5)
    assert changed == "/timeline?actor=JPN&actor=A%26B&min-confidence=0.5"
    assert asked.address("/map", actor=["PRK"], cursor=None) == "/map?actor=PRK"
    assert asked.api("events", "csv") == "/api/v1/events?actor=JPN&actor=A%26B&format=csv"
    found = asked.api("events", "json", min_confidence=1)
    assert found.endswith("&format=json&min_confidence=1"), "names as the API has them"


@pytest.mark.parametrize(
    "query, complaint",
    [
        ("type=CONSLT", None),  # types are checked by the question, which knows those of the store
        ("status=done", "there is no status"),
        ("since=2024-13", "since"),
        ("since=2024&since=2025", "since is given 2 times"),
        ("min-confidence=2", "min_confidence"),
        ("text=" + "a" * 201, "text is longer than 200 characters"),
        ("&".join(f"actor=a{i}" for i in range(21)), "actor is given 21 times"),
    ],
)
def test_what_is_wrong_is_told(query: str, complaint: str | None) -> None:
    if complaint is None:
        assert filters_of(request_of(query)).given
        return
    with pytest.raises(BadQuestion, match=complaint):
        filters_of(request_of(query))


def test_other_filters() -> None:
    asked = asked_of(request_of("q=a&status=scheduled&status=expected&type=x"), ("q",), ("status",))
    assert asked.given == {"q": ("a",), "status": ("scheduled", "expected")}
    assert asked.many("status") == ("scheduled", "expected") and asked.one("none", "-") == "-"
    with pytest.raises(BadQuestion, match="q is given 2 times"):
        asked_of(request_of("q=a&q=b"), ("q",))


def test_pages_of_rows() -> None:
    assert page_number(filters_of(request_of(""))) == (50, 0)
    assert page_number(filters_of(request_of("limit=7&cursor=14"))) == (7, 14)
    for query in ("limit=0", "limit=201", "limit=x", "limit=٣", "cursor=-1", "cursor=99999999999999999999"):
        with pytest.raises(BadQuestion, match="whole number"):
            page_number(filters_of(request_of(query)))
