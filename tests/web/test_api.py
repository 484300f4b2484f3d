"""The API: what it answers, in which forms, page after page."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from communique.reading import Reading
from communique.store import open_store, questions
from communique.store.questions.forms import harmless
from tests.web.conftest import client_of

LISTS = [
    "articles",
    "events?status=all",
    "events?corrected=true",
    "timeline",
    "density",
    "kinds",
    "claims",
    "claims?corrected=true",
    "disputes",
    "actors",
    "actors/iso:JPN/partners",
    "actors/JPN/roles",
    "actors/JPN/acts",
    "pairs",
    "network",
    "pairs/JPN/PRK",
    "upcoming?since=2024-01",
    "happenings",
    "publishers",
    "coverage",
    "countries",
    "places",
    "search?q=talks",
]


def fields(app: FastAPI, path: str, of_rows: bool = True) -> list[str]:
    """The fields of a row as the description of an operation has them."""
    described = app.openapi()
    place = path.partition("?")[0]
    template = next(
        p
        for p in described["paths"]
        if len(p.split("/")) == len(place.split("/"))
        and all(a == b or a.startswith("{") for a, b in zip(p.split("/"), place.split("/"), strict=True))
    )
    schemas = described["components"]["schemas"]
    schema = described["paths"][template]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    if of_rows:
        schema = schemas[schema["properties"]["rows"]["items"]["$ref"].rpartition("/")[2]]
    # What is there only where it is asked for.
    extra = set() if "corrected=true" in path else {"corrected"}
    return [name for name in schema["properties"] if name not in extra]


@pytest.mark.parametrize("path", LISTS)
def test_rows_have_the_fields_that_are_described(app: FastAPI, client: TestClient, path: str) -> None:
    answer = client.get(f"/api/v1/{path}").json()
    known = fields(app, f"/api/v1/{path}")
    assert all(set(row) == set(known) for row in answer["rows"])
    if path not in ("coverage", "actors/JPN/roles"):
        assert answer["rows"], "nothing was compared"


@pytest.mark.parametrize("path", LISTS)
def test_pages_follow_each_other_to_the_end(client: TestClient, path: str) -> None:
    mark = "&" if "?" in path else "?"
    whole = client.get(f"/api/v1/{path}{mark}limit=10000").json()["rows"]
    address: str | None = f"/api/v1/{path}{mark}limit={max(1, -(-len(whole) // 3))}"
    rows: list[Any] = []
    while address is not None:
        answer = client.get(address)
        body = answer.json()
        rows += body["rows"]
        address = body["next"]
        assert answer.headers.get("link") == (f'<{address}>; rel="next"' if address else None)
        assert body["total"] in (None, len(whole))
    assert rows == whole


def test_a_cursor_fits_no_other_list(client: TestClient) -> None:
    following = client.get("/api/v1/events?limit=1").json()["next"]
    cursor = following.partition("cursor=")[2]
    for path in (f"/api/v1/events?type=CONSULT&cursor={cursor}", f"/api/v1/claims?cursor={cursor}"):
        answer = client.get(path)
        assert (answer.status_code, answer.json()["title"]) == (404, "Not found")
        assert answer.json()["detail"].startswith("cursor: there is no such page of this list")
    assert client.get(f"/api/v1/events?limit=7&cursor={cursor}").json()["rows"], "limit may change"


@pytest.mark.parametrize("path", LISTS)
def test_the_forms_say_the_same(client: TestClient, path: str) -> None:
    mark = "&" if "?" in path else "?"
    rows = client.get(f"/api/v1/{path}{mark}limit=10000").json()["rows"]
    lines = client.get(f"/api/v1/{path}{mark}format=ndjson")
    assert lines.headers["content-type"] == "application/x-ndjson"
    assert [json.loads(line) for line in lines.text.splitlines()] == rows
    table = client.get(f"/api/v1/{path}", headers={"accept": "text/csv"})
    assert table.headers["content-type"].startswith("text/csv")
    assert "attachment" in table.headers["content-disposition"]
    head, *cells = csv.reader(io.StringIO(table.text))
    assert len(cells) == len(rows) and all(len(c) == len(head) for c in cells)
    for row, line in zip(rows, cells, strict=True):
        assert head == list(row)
        for value, cell in zip(row.values(), line, strict=True):
            if isinstance(value, (str, int)) and not isinstance(value, bool) and "\r" not in cell:
                assert cell in (str(value), f"'{value}")


def test_accept_is_weighed_and_format_stands_above_it(client: TestClient) -> None:
    def kind(accept: str, form: str = "") -> str:
        answer = client.get(f"/api/v1/kinds{form}", headers={"accept": accept})
        return answer.headers["content-type"].partition(";")[0]

    assert kind("text/csv;q=0.2, application/x-ndjson;q=0.9") == "application/x-ndjson"
    assert kind("text/csv;q=0, */*") == "application/json"
    assert kind("text/csv;q=oops, image/png") == "application/json"
    assert kind("text/csv", "?format=json") == "application/json"


def test_no_cell_is_a_formula() -> None:
    assert [harmless(v) for v in ("=1+1", "+a", "-a", "@a", "\ta", "a=1", -1.5, None)] == [
        *("'=1+1", "'+a", "'-a", "'@a", "'\ta", "a=1"),
        *(-1.5, None),
    ]


def test_filters_are_those_of_the_questions(client: TestClient, examples_store: Path) -> None:
    query = (
        "actor=JPN&recipient=PRK&since=2024-01&until=2024-03-31&type=CONSULT&type=request&status=all"
        "&quad=1&min_confidence=0.4&historical=false"
    )
    with open_store(examples_store, read_only=True) as store:
        found = questions.events(
            store,
            actor="JPN",
            recipient="PRK",
            since="2024-01",
            until="2024-03-31",
            type=["CONSULT", "REQUEST"],
            status=questions.STATUSES,
            quad=1,
            min_confidence=0.4,
            historical=False,
            limit=0,
        )
    answer = client.get(f"/api/v1/events?{query}").json()
    assert answer["total"] == found.total and found.total
    assert [row["words"] for row in answer["rows"]] == [row["words"] for row in found.rows]


def test_between_is_of_two(client: TestClient) -> None:
    assert client.get("/api/v1/events?between=JPN&between=PRK").json()["total"] > 0
    answer = client.get("/api/v1/events?between=JPN")
    assert (answer.status_code, answer.json()["title"]) == (400, "A request of no sense")


@pytest.mark.parametrize(
    ("query", "status", "detail"),
    [
        ("since=2024-13", 400, "since in the query: a day is 2024, 2024-01 or 2024-01-15"),
        ("since=2023-02-29", 400, "since in the query: "),
        ("limit=0", 400, "limit in the query: "),
        ("limit=10001", 400, "limit in the query: "),
        ("min_confidence=nan", 400, "min_confidence in the query: "),
        ("status=done", 400, "status.0 in the query: "),
        ("format=xml", 400, "format in the query: "),
        ("actor=" + "a" * 201, 400, "actor.0 in the query: "),
        ("type=CONSLT", 422, "did you mean CONSULT?"),
        ("country=Jappan", 422, "country: there is no country “Jappan”"),
        ("actor=%20", 422, "actor is empty; give a word or name"),
        ("since=2025&until=2024", 422, "since (2025-01-01) is after until (2024-12-31)"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(
    client: TestClient, query: str, status: int, detail: str
) -> None:
    answer = client.get(f"/api/v1/events?{query}")
    assert answer.status_code == status and answer.headers["content-type"] == "application/problem+json"
    assert detail in answer.json()["detail"]


def test_an_article_comes_with_its_text_and_its_reading(client: TestClient, examples_store: Path) -> None:
    row = client.get("/api/v1/articles/2").json()
    answer = client.get("/api/v1/articles/2/reading")
    with open_store(examples_store, read_only=True) as store:
        assert answer.text == store.reading(2).to_json()
    reading = Reading.from_json(answer.text)
    assert reading.article.text == row["text"] and len(reading.events) == row["events"]
    for path in ("articles/99", "articles/99/reading", "happenings/99", "actors/~nobody"):
        missing = client.get(f"/api/v1/{path}")
        assert missing.status_code == 404 and missing.json()["title"] == "Not found"


def test_an_actor_is_found_by_its_key_and_a_country_by_its_code(client: TestClient) -> None:
    keys = [row["key"] for row in client.get("/api/v1/actors?limit=200").json()["rows"]]
    assert "iso:JPN" in keys and any(key.startswith("~") for key in keys)
    for key in keys:
        answer = client.get(f"/api/v1/actors/{key}")
        assert answer.status_code == 200 and answer.json()["articles"] > 0
    state, country = (client.get(f"/api/v1/actors/{key}").json() for key in ("iso:JPN", "JPN"))
    assert state["names"] == ["Japan"] and len(country["names"]) > 5


def test_a_pair_is_of_two(client: TestClient) -> None:
    answer = client.get("/api/v1/pairs/JPN/Japan")
    assert answer.status_code == 404 and "the same" in answer.json()["detail"]


def test_types_are_those_of_plover_and_the_store(app: FastAPI) -> None:
    parameters = {p["name"]: p for p in app.openapi()["paths"]["/api/v1/events"]["get"]["parameters"]}
    assert "CONSULT" in parameters["type"]["schema"]["items"]["enum"]
    assert "visit" in parameters["mode"]["schema"]["items"]["enum"]


def test_the_guide_lists_every_operation(app: FastAPI, client: TestClient) -> None:
    page = client.get("/api").text
    described = app.openapi()["paths"]
    assert all(f"GET {path}" in page or f"POST {path}" in page for path in described)
    for address in re.findall(r'href="(/api/v1/[^"]+)">Example', page):
        assert client_of(app).get(address).status_code in (200, 404)
