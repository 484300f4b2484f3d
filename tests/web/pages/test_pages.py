"""The pages without a browser: what they answer, what they hold, and what they take."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from communique.errors import BadCorrection
from communique.store import open_store
from communique.store.corrections import Corrections
from communique.web import create_app
from communique.web.app import close
from communique.web.pages.correcting import corrected, made_of, told_as
from communique.web.settings import Settings
from tests.samples import sample
from tests.store.asked import make
from tests.web.conftest import HOST, client_of


@pytest.fixture(scope="module")
def asked_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three articles, one happening that two of them tell with other numbers."""
    return make(tmp_path_factory.mktemp("pages") / "news.duckdb")


@pytest.fixture(scope="module")
def reader(asked_store: Path) -> Iterator[TestClient]:
    app = create_app(Settings(asked_store))
    yield client_of(app)
    close(app)


@pytest.fixture
def writer(asked_store: Path, tmp_path: Path) -> Iterator[TestClient]:
    """A client of a server that takes corrections, over a store of its own."""
    store = shutil.copy(asked_store, tmp_path / "news.duckdb")
    app = create_app(Settings(Path(store), edit=True, editor="Ada"))
    yield client_of(app)
    close(app)


def words(body: str) -> str:
    """The text of a page, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", body)).split())


@pytest.mark.parametrize(
    "path, shown",
    [
        ("/", "3 articles tell of"),
        ("/articles", "Harbour Gazette"),
        ("/articles?publisher=Harbour", "1 article that fit"),
        ("/articles?order=added", "as they came in"),
        ("/claims", "Ada Holm"),
        ("/claims?act=deny", "denied"),
        ("/disputes", "How many: 12 ferries or"),
        ("/disputes?kind=status", "No dispute fits"),
        ("/ahead?from=2024-01", "Sign the fishing treaty"),
        ("/ahead?from=2100", "lies ahead"),
        ("/search", "All words must be there"),
        ("/search?q=ferries", "12 ferries sank"),
        ("/search?q=zeppelin", "No article has these words"),
        ("/about", "cooperation in words"),
    ],
)
def test_pages_show_what_they_are_for(reader: TestClient, path: str, shown: str) -> None:
    answer = reader.get(path)
    assert answer.status_code == 200
    assert shown.lower() in words(answer.text).lower()


@pytest.mark.parametrize(
    "path, told",
    [
        ("/claims?act=shout", "there is no act"),
        ("/claims?since=soon", "since"),
        ("/disputes?kind=size", "there is no kind"),
        ("/ahead?status=done", "there is no status"),
        ("/ahead?from=2024&until=2023", "is after"),
        ("/articles?order=size", "there is no order"),
        ("/articles?limit=0", "limit is a whole number from 1 to 200"),
        ("/articles?limit=1&limit=2", "limit is given 2 times"),
        ("/search?q=%22", "words"),
    ],
)
def test_a_question_of_no_sense_is_told_in_a_sentence(reader: TestClient, path: str, told: str) -> None:
    answer = reader.get(path)
    assert answer.status_code == 422 and answer.headers["content-type"].startswith("text/html")
    assert told.lower() in words(answer.text).lower()
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("number", ["0", "-1", "99", "99999999999999999999"])
def test_there_is_no_such_article(reader: TestClient, number: str) -> None:
    answer = reader.get(f"/articles/{number}")
    assert answer.status_code == 404 and f"no article {number}" in words(answer.text)


def test_an_article_has_its_words_marked(reader: TestClient) -> None:
    body = reader.get("/articles/1").text
    assert re.search(r'<a class="m m-event q1 is-occurred" href="#list-e1"[^>]* id="e1">met</a>', body)
    assert body.count(' id="e1"') == 1 and body.count(' id="list-e1"') == 1
    assert "Who says it" in body and 'id="x1"' in body, "what another article tells otherwise"


def test_words_that_are_pointed_at_are_lit(reader: TestClient) -> None:
    body = reader.get("/articles/1?at=0-8").text
    assert re.search(r'<span class="m m-at"[^>]* id="at"', body)
    for wrong in ("8-0", "0-99999", "x-y", "1-2-3"):
        answer = reader.get(f"/articles/1?at={wrong}")
        assert answer.status_code == 200 and 'id="at"' not in answer.text


def test_layers_are_switched_by_the_address(reader: TestClient) -> None:
    body = reader.get("/articles/1?hide=actor,time,%3Cscript%3E&voice=own").text
    off = {name for name, rest in re.findall(r'data-layer="(\w+)"([^>]*)>', body) if "checked" not in rest}
    assert off == {"actor", "time"} and "<script>" not in body
    assert re.search(r'data-voice="own" checked', body)


def test_the_calendar_is_one(reader: TestClient) -> None:
    answer = reader.get("/ahead.ics?from=2024-01")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert "DTSTART;VALUE=DATE:20240304" in answer.text and answer.text.count("BEGIN:VEVENT") == 2


def test_nothing_stands_in_a_page_that_the_policy_forbids(reader: TestClient) -> None:
    for path in ("/", "/articles/1", "/claims", "/disputes", "/ahead?from=2024", "/search?q=a", "/about"):
        body = reader.get(path).text
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", body), path
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", body)), path


def test_lists_lead_to_the_same_rows_in_the_api(reader: TestClient) -> None:
    lists = ("/articles?publisher=Harbour", "/claims?act=deny", "/disputes", "/ahead?from=2024")
    for path in (*lists, "/search?q=a"):
        links = re.findall(r'href="(/api/v1/[^"]+format=(?:csv|json)[^"]*)"', reader.get(path).text)
        assert len(links) == 2, path
        for link in links:
            answer = reader.get(unescape(link))
            assert answer.status_code == 200, link


def post(client: TestClient, number: int, **form: str) -> int:
    answer = client.post(f"/articles/{number}/corrections", data=form, headers={"origin": HOST})
    return answer.status_code


def test_corrections_are_stored_and_shown(writer: TestClient) -> None:
    settings = writer.app.state.settings  # type: ignore[attr-defined]
    assert post(writer, 1, of="e1", do="confirm") == 303
    assert post(writer, 1, of="e1", do="mend", status="planned", note="only a plan", who="Bo  Lind") == 303
    made = Corrections.beside(settings.store).all()
    assert [(c.kind, c.verdict, c.who, c.note) for c in made] == [
        ("event", "confirm", "Ada", ""),
        ("status", "mend", "Bo Lind", "only a plan"),
    ]
    body = writer.get("/articles/1").text
    assert "mended by Bo Lind" in body and "✓ Ada" in body and "is-planned" in body
    machine = writer.get("/articles/1?as=machine").text
    assert "mended by" not in machine and re.search(r'is-occurred" href="#list-e1"', machine)
    assert post(writer, 1, undo=made[1].id) == 303
    assert "mended by" not in writer.get("/articles/1").text
    with open_store(settings.store, read_only=True) as store:
        assert store.reading(1).events[0].status == "occurred", "the machine's own stays"


@pytest.mark.parametrize(
    "form, told",
    [
        ({"of": "e99", "do": "confirm"}, "no event, claim or party"),
        ({"of": "e1", "do": "praise"}, "say whether"),
        ({"of": "e1", "do": "mend"}, "nothing is changed"),
        ({"of": "e1", "do": "mend", "status": "done"}, "status"),
        ({"of": "e1", "do": "mend", "type": "DANCE"}, "dance"),
        ({"of": "e1", "do": "mend", "actor:new": "n99"}, "n99"),
        ({"of": "e1", "do": "confirm", "who": "a" * 101}, "100"),
        ({"undo": "none"}, "no id of a correction"),
        ({}, "no event, claim or party"),
    ],
)
def test_a_correction_of_no_sense_is_told(writer: TestClient, form: dict[str, str], told: str) -> None:
    answer = writer.post("/articles/1/corrections", data=form, headers={"origin": HOST})
    assert answer.status_code == 400
    if form.get("of") == "e1":
        assert 'role="alert"' in answer.text and told in words(answer.text).lower()
    assert Corrections.beside(writer.app.state.settings.store).all() == []  # type: ignore[attr-defined]


def test_only_own_pages_and_editors_correct(reader: TestClient, writer: TestClient) -> None:
    form = {"of": "e1", "do": "confirm"}
    for client, origin in ((writer, "https://elsewhere.example"), (writer, "null"), (reader, HOST)):
        answer = client.post("/articles/1/corrections", data=form, headers={"origin": origin})
        assert answer.status_code == 403
    assert "Right</button>" in writer.get("/articles/1").text
    assert "Right</button>" not in reader.get("/articles/1").text
    many = {f"f{i}": "" for i in range(200)}
    answer = writer.post("/articles/1/corrections", data=many, headers={"origin": HOST})
    assert answer.status_code == 400
    assert post(writer, 99, **form) == 404


def test_a_form_says_what_changed_and_nothing_else() -> None:
    reading = sample()
    event = reading.events[0]
    party = event.actors[0]
    form = {
        "of": event.id,
        "do": "mend",
        "type": f"{event.type}/{event.mode}" if event.mode else event.type,
        "status": event.status,
        "time": "",
        f"actor:{party}": "n3",
        "recipient:new": "n4",
        **{f"recipient:{i}": i for i in event.recipients},
    }
    made = made_of(reading, form, "Ada")
    said = [(c.kind, c.verdict) for c in made]
    assert said == [("time", "reject"), ("actor", "mend"), ("recipient", "add")]
    assert [told_as(c) for c in made] == ["no such time", "actor: Ada Holm", "recipient: Daily Wire as well"]
    mended, shown = corrected(reading, made)
    assert mended.events[0].actors == ["n3"] and "n4" in mended.events[0].recipients
    assert [row["of"] for row in shown.rows] == [event.id] * 3 and shown.mended == {event.id: ["Ada"]}


def test_parties_are_mended_too() -> None:
    reading = sample()
    form = {"of": "n4", "do": "mend", "name": "Daily Wire", "kind": "organization", "country": "NOR"}
    (made,) = made_of(reading, form, "Ada")
    assert (made.kind, told_as(made)) == ("party", "party: kind organization, country NOR")
    mended, said = corrected(reading, [made])
    assert (mended.entities[3].kind, mended.entities[3].country) == ("organization", "NOR")
    assert said.mended == {"n4": ["Ada"]}
    with pytest.raises(BadCorrection):
        made_of(reading, {**form, "country": "Nowhere"}, "Ada")


def test_claims_are_mended_too() -> None:
    reading = sample()
    claim = reading.claims[0]
    made = made_of(reading, {"of": claim.id, "do": "mend", "act": "deny", "source": "anonymous"}, "Ada")
    assert [told_as(c) for c in made] == ["act: deny", "source: somebody unnamed"]
    mended, _ = corrected(reading, made)
    assert mended.claims[0].act == "deny" and mended.claims[0].source.anonymous
    with pytest.raises(BadCorrection, match="nothing is changed"):
        made_of(reading, {"of": claim.id, "do": "mend", "act": claim.act}, "Ada")
