"""Adding an event that the machine did not read, on the page of its article."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from communique.errors import BadCorrection
from communique.store.corrections import Corrections, apply
from communique.web import create_app
from communique.web.app import close
from communique.web.pages.correcting import made_of, told_as
from communique.web.settings import Settings
from tests.store.asked import SECOND, at, make, second
from tests.web.conftest import HOST, client_of

FORM = {"of": "new", "do": "add", "words": "plan to sign", "type": "CONSULT/visit", "status": "planned"}
FORM |= {"actor:new": "n1", "recipient:new": "n2", "time": "t1", "note": "", "who": "Ada"}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    app = create_app(Settings(make(tmp_path / "news.duckdb"), edit=True, editor="Desk"))
    yield client_of(app, raise_server_exceptions=False)
    close(app)


def post(client: TestClient, **changes: str) -> tuple[int, str]:
    form = {**FORM, **changes}
    answer = client.post("/articles/2/corrections", data=form, headers={"origin": HOST})
    return answer.status_code, answer.text or answer.headers.get("location", "")


def test_a_form_adds_an_event_that_the_page_shows(client: TestClient) -> None:
    page = client.get("/articles/2").text
    assert 'href="/articles/2?correct=new#list-new"' in page and 'id="m-new-words"' not in page
    assert 'name="words"' in client.get("/articles/2?correct=new").text
    assert post(client) == (303, "/articles/2?corrected=1#corrections")
    store = client.app.state.settings.store  # type: ignore[attr-defined]
    (made,) = Corrections.beside(store).all()
    assert (made.kind, made.verdict, made.who, made.target.words) == ("event", "add", "Ada", "plan to sign")
    page = client.get("/articles/2").text
    assert 'id="list-e3"' in page and "event added: CONSULT" in page and "is-planned" in page
    event = apply(second(), [made]).events[-1]
    assert (event.type, event.mode, event.status) == ("CONSULT", "visit", "planned")
    assert (event.actors, event.recipients, event.time) == (["n1"], ["n2"], "t1")
    assert (event.start, event.end) == at("plan to sign", SECOND)


@pytest.mark.parametrize(
    "words, nth, start",
    [
        ("Ada  Holm", "", SECOND.index("Ada Holm of")),  # the first that tells no event: within no trigger
        ("Ivo Brandt", "1", SECOND.index("Ivo Brandt accused")),
        ("Ivo Brandt", "0", SECOND.index("Ivo Brandt,")),
        ("Ivo Brandt", "9", SECOND.index("Ivo Brandt,")),
        ("Ivo Brandt", "x", SECOND.index("Ivo Brandt,")),
    ],
)
def test_of_several_places_that_is_meant_which_was_pointed_at(words: str, nth: str, start: int) -> None:
    reading = second()
    # As if the first mention were the trigger of an event already.
    if not nth:
        reading.events[0].start, reading.events[0].end = at("Ada Holm met", SECOND)
    (made,) = made_of(reading, {**FORM, "words": words, "nth": nth}, "Ada")
    assert made.value["start"] == start


@pytest.mark.parametrize(
    "changes, told",
    [
        ({"words": ""}, "give the words"),
        ({"words": "a zeppelin"}, "stand nowhere"),
        ({"words": "x" * 301}, "301 characters"),
        ({"words": "(.*"}, "stand nowhere"),
        ({"type": ""}, "type"),
        ({"type": "DANCE"}, "DANCE"),
        ({"type": "AGREE/visit"}, "visit"),
        ({"status": "done"}, "status"),
        ({"actor:new": "", "recipient:new": ""}, "actor or a recipient"),
        ({"actor:new": "n99"}, "n99"),
        ({"time": "t99"}, "t99"),
    ],
)
def test_what_is_no_event_is_told_and_the_form_keeps_the_rest(
    client: TestClient, changes: dict[str, str], told: str
) -> None:
    with pytest.raises(BadCorrection, match=told):
        made_of(second(), {**FORM, **changes}, "Ada")
    status, page = post(client, **changes)
    assert status == 400 and 'role="alert"' in page and "Traceback" not in page
    if "status" not in changes:
        assert "<option selected>planned</option>" in page
    if "words" not in changes:
        assert 'value="plan to sign"' in page


def test_words_in_the_address_stand_in_the_form_as_text(client: TestClient) -> None:
    page = client.get("/articles/2?correct=new&words=%22%3E%3Cscript%3Ealert(1)&nth=%22%3E").text
    assert "<script>alert" not in page and "&#34;&gt;&lt;script&gt;alert(1)" in page


def test_who_may_not_correct_has_no_form(tmp_path: Path) -> None:
    app = create_app(Settings(Path(shutil.copy(make(tmp_path / "a.duckdb"), tmp_path / "news.duckdb"))))
    page = client_of(app).get("/articles/2?correct=new").text
    assert "m-new-words" not in page and "data-new-event" not in page
    close(app)


def test_an_added_event_is_told_in_words() -> None:
    (made,) = made_of(second(), FORM, "Ada")
    assert told_as(made) == "event added: CONSULT"
