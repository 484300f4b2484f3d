"""The door: who is let in, and what a request may be like."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from communique.web import create_app
from communique.web.security import Rate, cookie_value
from communique.web.settings import Settings, is_loopback
from tests.web.conftest import HOST, client_of

TOKEN = "a-token-of-some-length"


@pytest.fixture(scope="module")
def guarded(examples_store: Path) -> TestClient:
    return client_of(create_app(Settings(examples_store, token=TOKEN)))


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1:1", "127.0.0.1.evil.example:8765", "", "a@127.0.0.1:8765", "[::1"]
)
def test_a_request_must_name_this_server(client: TestClient, host: str) -> None:
    answer = client.get("/api/v1/store", headers={"host": host})
    assert (answer.status_code, answer.json()["title"]) == (421, "Not this server")


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST:8765", "[::1]:8765"])
def test_its_own_names_are_known(client: TestClient, host: str) -> None:
    assert client.get("/api/v1/store", headers={"host": host}).status_code == 200


def test_a_server_for_other_machines_is_asked_by_number_or_own_name(examples_store: Path) -> None:
    client = client_of(create_app(Settings(examples_store, host="0.0.0.0", token=TOKEN)))
    own = {"authorization": f"Bearer {TOKEN}"}
    assert client.get("/api/v1/store", headers={**own, "host": "192.0.2.7:8765"}).status_code == 200
    assert client.get("/api/v1/store", headers={**own, "host": "evil.example:8765"}).status_code == 421


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:1", "http://[", "file://"]
)
def test_nothing_is_changed_from_the_page_of_another_site(client: TestClient, origin: str) -> None:
    answer = client.post("/api/v1/read", json={"text": "x"}, headers={"origin": origin})
    assert (answer.status_code, answer.json()["title"]) == (403, "From another page")
    answer = client.post("/api/v1/read", json={"text": "x"}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


def test_an_own_page_and_a_program_may_send(client: TestClient) -> None:
    for headers in ({"origin": HOST}, {"sec-fetch-site": "same-origin"}, {}):
        assert client.post("/api/v1/read", json={}, headers=headers).status_code == 400, "it has no text"


def test_without_the_token_there_is_no_answer(guarded: TestClient) -> None:
    for path in ("/", "/api/v1/store", "/api", "/nothing", "/api/v1/openapi.json"):
        answer = guarded.get(path)
        assert answer.status_code == 401 and answer.headers["www-authenticate"].startswith("Bearer")
    assert guarded.get("/static/css/communique.css").status_code == 200


def test_the_token_is_taken_as_a_header(guarded: TestClient) -> None:
    assert guarded.get("/api/v1/store", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    wrong = guarded.get("/api/v1/store", headers={"authorization": "Bearer no"})
    assert (wrong.status_code, wrong.json()["title"]) == (401, "The token is wrong")


def test_the_token_in_the_address_becomes_a_cookie_and_leaves_the_address(examples_store: Path) -> None:
    client = client_of(create_app(Settings(examples_store, token=TOKEN)))
    answer = client.get(f"/claims?about=ferries&token={TOKEN}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/claims?about=ferries")
    cookie = answer.headers["set-cookie"]
    assert TOKEN not in cookie and "HttpOnly" in cookie and "SameSite=lax" in cookie
    assert client.get("/claims").status_code == 200
    client.cookies.set("communique-8765", cookie_value("another"))
    assert client_of(client.app, cookies={"communique-8765": "no"}).get("/").status_code == 401  # type: ignore[arg-type]


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example", "//evil.example/%2f.."])
def test_the_token_leads_to_no_other_site(examples_store: Path, path: str) -> None:
    client = client_of(create_app(Settings(examples_store, token=TOKEN)))
    answer = client.get(f"{HOST}{path}?token={TOKEN}")
    to = answer.headers["location"]
    assert to.startswith("/") and not to.startswith(("//", "/\\"))


def test_the_page_that_refuses_asks_for_the_token_and_leads_on(examples_store: Path) -> None:
    client = client_of(create_app(Settings(examples_store, token=TOKEN)))
    refusal = client.get("/claims?about=ferries&token=")
    assert refusal.status_code == 401 and '<form class="token" action="/token" method="post">' in refusal.text
    assert '<input type="hidden" name="to" value="/claims?about=ferries">' in refusal.text
    answer = client.post("/token", data={"token": f" {TOKEN} ", "to": "/claims?about=ferries"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/claims?about=ferries")
    cookie = answer.headers["set-cookie"]
    assert TOKEN not in cookie and "HttpOnly" in cookie and "SameSite=lax" in cookie
    assert client.get("/claims?about=ferries").status_code == 200


def test_a_wrong_token_in_the_form_is_asked_for_again_and_not_shown(examples_store: Path) -> None:
    client = client_of(create_app(Settings(examples_store, token=TOKEN)))
    answer = client.post("/token", data={"token": "no-such-token", "to": "/ahead"})
    assert answer.status_code == 401 and "The token is wrong" in answer.text
    assert 'name="to" value="/ahead"' in answer.text and "no-such-token" not in answer.text
    assert "set-cookie" not in answer.headers
    seen = [client.post("/token", data={"token": str(n)}).status_code for n in range(11)]
    assert seen == [401] * 9 + [429] * 2, "the form is no way around the bound"
    assert client.post("/token", data={"token": TOKEN}).status_code == 429


@pytest.mark.parametrize(
    "to", ["//evil.example/", "/\\evil.example", "http://evil.example/", "\\\\evil.example", "/\t/e"]
)
def test_the_form_leads_to_no_other_site(examples_store: Path, to: str) -> None:
    client = client_of(create_app(Settings(examples_store, token=TOKEN)))
    location = client.post("/token", data={"token": TOKEN, "to": to}).headers["location"]
    assert location.startswith("/") and not location.startswith(("//", "/\\")) and "\t" not in location


def test_the_form_is_taken_from_own_pages_only_and_is_short(examples_store: Path) -> None:
    client = client_of(create_app(Settings(examples_store, token=TOKEN)))
    other = client.post("/token", data={"token": TOKEN}, headers={"origin": "http://evil.example"})
    assert (other.status_code, "set-cookie" in other.headers) == (403, False)
    assert client.post("/token", data={"token": "x" * 9000}).status_code == 413
    assert client.post("/token", content=b"&".join([b"a=1"] * 50)).status_code == 401
    assert client.post("/claims", data={"token": TOKEN}).status_code == 401, "no other address takes it"


def test_where_no_token_is_needed_there_is_no_form(client: TestClient) -> None:
    assert client.post("/token", data={"token": TOKEN}).status_code in (404, 405)


def test_programs_are_told_without_a_form(guarded: TestClient) -> None:
    answer = guarded.get("/api/v1/store")
    assert answer.json()["title"] == "A token is needed" and "form" not in answer.headers["content-type"]


def test_tokens_cannot_be_tried_at_will(examples_store: Path) -> None:
    client = client_of(create_app(Settings(examples_store, token=TOKEN)))
    seen = [
        client.get("/api/v1/store", headers={"authorization": f"Bearer {n}"}).status_code for n in range(12)
    ]
    assert seen == [401] * 10 + [429] * 2


@pytest.mark.parametrize("length", ["2000000", "-1", "many", "²"])
def test_a_body_that_is_too_large_is_not_read(client: TestClient, length: str) -> None:
    headers = {"content-length": length.encode("latin-1"), "content-type": "application/json"}
    answer = client.post("/api/v1/read", content=b"{}", headers=headers)  # type: ignore[arg-type]
    assert (answer.status_code, answer.json()["title"]) == (413, "The request is too large")


def test_a_body_without_a_length_is_counted_as_it_comes(client: TestClient) -> None:
    parts = (b" " * 100_000 for _ in range(20))
    answer = client.post("/api/v1/read", content=parts, headers={"content-type": "application/json"})
    assert answer.status_code == 413


def test_a_rate_lets_so_many_through_and_says_how_long_to_wait() -> None:
    rate = Rate(2)
    assert [rate.wait("a"), rate.wait("a"), rate.wait("b")] == [0, 0, 0]
    assert 0 < rate.wait("a") <= 60


def test_the_own_machine_is_known_by_all_its_names() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.0.2.7", "localhost.example", "")))
