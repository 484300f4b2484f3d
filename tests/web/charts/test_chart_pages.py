"""The pages with charts: what their tables say, where their links lead, and that hostile names stay text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import html

from communique.store import open_store, questions
from communique.store.questions.density import density
from communique.store.questions.mapping import by_country
from communique.store.questions.network import network
from communique.web import create_app
from communique.web.app import close
from communique.web.settings import Settings
from tests.store.asked import make
from tests.web.conftest import client_of

PAGES = (
    "/timeline",
    "/timeline?actor=JPN&by=week",
    "/actors",
    "/actors/JPN",
    "/actors/iso:JPN",
    "/actors/person:jpn-fumio-kishida",
    "/pairs",
    "/pairs?of=actors",
    "/pairs/JPN/PRK",
    "/pairs/iso%3APRK/iso%3AJPN?by=month",
    "/map",
    "/map?view=world&country=CHN",
    "/network",
    "/network?of=countries",
    "/sources",
    "/happenings/1",
)


def tree(client: TestClient, path: str) -> html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return html.fromstring(answer.text)


def cells(page: html.HtmlElement, caption: str) -> list[list[str]]:
    """The rows of the table whose caption has some words."""
    table = next(t for t in page.iter("table") if caption in t.findtext("caption"))
    return [[" ".join(c.text_content().split()) for c in row] for row in table.find("tbody")]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_its_sql_and_its_downloads_have_rows(path: str, client: TestClient) -> None:
    page = tree(client, path)
    assert page.xpath("//details/summary[text()='SQL']"), "how it was found is told"
    assert not page.xpath("//*[@style] | //script[not(@src)] | //style"), "nothing that the policy forbids"
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = page.xpath("//div[@class='found']//a[starts-with(@href, '/api/v1/')]/@href")
    assert links
    for link in links:
        answer = client.get(link)
        assert answer.status_code == 200, link
        if "format=json" in link and "happenings/" not in link:
            assert answer.json()["rows"] or path == "/sources", link


def test_the_timeline_says_what_the_store_says(client: TestClient, examples_store: Path) -> None:
    page = tree(client, "/timeline?actor=JPN&by=month&since=2024-01&until=2024-04")
    with open_store(examples_store, read_only=True) as store:
        rows = density(store, actor="JPN", since="2024-01", until="2024-04").rows
    found = cells(page, "Most happened")
    assert [(r[0], r[5]) for r in found] == [(str(r["period"]), str(r["happenings"])) for r in rows]
    assert [float(r[6]) for r in found] == [pytest.approx(r["score"], abs=0.01) for r in rows]
    # The drawing has a link for each, twice: wide and narrow.
    assert len(page.xpath("//*[local-name()='a'][@data-part='behind']")) == 2 * len(rows)


def test_a_column_leads_to_what_is_behind_it(client: TestClient, examples_store: Path) -> None:
    page = tree(client, "/pairs/JPN/PRK?by=month&since=2023")
    link = next(a for a in page.xpath("//*[@data-part='behind']/@href") if "at=2024-03-01" in a)
    behind = tree(client, link.partition("#")[0]).get_element_by_id("behind")
    with open_store(examples_store, read_only=True) as store:
        events = questions.events(
            store,
            happenings=True,
            limit=0,
            between=("JPN", "PRK"),
            since="2024-03",
            until="2024-03",
            status=("occurred", "ongoing"),
            historical=False,
        )
    assert len(behind.xpath(".//article")) == events.total
    assert f"Mar 2024: {events.total} happenings" in behind.text_content()
    assert behind.xpath(f".//a[@href='/articles/{events.rows[0]['article']}#e{events.rows[0]['event']}']")


def test_a_pair_counts_as_the_dyad(client: TestClient, examples_store: Path) -> None:
    page = tree(client, "/pairs/JPN/PRK?by=month&since=2023")
    with open_store(examples_store, read_only=True) as store:
        rows = [r for r in questions.dyad(store, "JPN", "PRK", since="2023").rows if r["happenings"]]
    names = {"JPN": "Japan", "PRK": "North Korea"}
    assert [r[:3] + r[7:8] for r in cells(page, " did ")] == [
        [str(r["period"]), names[r["actor"]], names[r["recipient"]], str(r["happenings"])] for r in rows
    ]


def test_an_actor_has_its_offices_and_partners(client: TestClient) -> None:
    page = tree(client, "/actors/person:jpn-fumio-kishida")
    offices = cells(page, "Terms of office")
    assert ["prime minister", "2021-10-04", "2024-10-01"] in offices
    assert ["Prime Minister", "8"] in [[r[0], r[2]] for r in cells(page, "Roles by")]
    assert "Kim Jong Un" in {r[0] for r in cells(page, "part")}
    assert page.xpath("//a[starts-with(@href, '/pairs/person%3Ajpn-fumio-kishida/')]")


def test_the_map_has_all_countries_in_its_table(client: TestClient, examples_store: Path) -> None:
    page = tree(client, "/map")
    with open_store(examples_store, read_only=True) as store:
        rows = [r for r in by_country(store).rows if r["country"]]
    assert [r[2] for r in cells(page, "conflict to the left")] == [str(r["happenings"]) for r in rows]
    chosen = tree(client, "/map?country=CHN")
    assert "China" in chosen.get_element_by_id("behind-title").text_content()
    assert chosen.xpath("//*[local-name()='a'][contains(@class, 'land-link on')]")


def test_a_place_filters_the_list_and_its_download(client: TestClient) -> None:
    page = tree(client, "/map")
    link = next(a for a in page.xpath("//a/@href") if "place=1816670" in a)
    chosen = tree(client, link.partition("#")[0])
    title = chosen.get_element_by_id("behind-title").text_content()
    told = re.search(r"Beijing in China: (\d+) happening", title)
    assert told is not None and int(told[1]) > 0
    rows = next(a for a in chosen.get_element_by_id("behind").xpath(".//a/@href") if "format=json" in a)
    assert client.get(rows).json()["total"] == int(told[1])


def test_the_network_lists_every_tie(client: TestClient, examples_store: Path) -> None:
    with open_store(examples_store, read_only=True) as store:
        answer = network(store)
    rows = cells(tree(client, "/network"), "tie")
    assert [r[:2] for r in rows] == [[r["actor_name"], r["recipient_name"]] for r in answer.rows[:30]]
    second = cells(tree(client, "/network?cursor=30"), "tie")
    assert [r[:2] for r in second] == [[r["actor_name"], r["recipient_name"]] for r in answer.rows[30:60]]


def test_a_name_leads_to_whom_it_means(client: TestClient) -> None:
    answer = client.get("/actors/~Fumio%20Kishida?since=2024")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/actors/person:jpn-fumio-kishida?since=2024"
    assert client.get("/actors/jpn").status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/actors/~nobody%20at%20all", 404),
        ("/pairs/JPN/JPN", 404),
        ("/pairs/JPN", 404),
        ("/pairs/JPN/PRK/CHN", 404),
        ("/happenings/99999", 404),
        ("/happenings/99999999999", 404),
        ("/timeline?by=hour", 422),
        ("/timeline?at=soon", 422),
        ("/map?view=moon", 422),
        ("/network?of=cities", 422),
        ("/sources?since=x", 422),
        ("/timeline?since=2024&until=2023", 422),
        ("/timeline?cursor=-1", 422),
    ],
)
def test_what_is_of_no_sense_is_told(path: str, status: int, client: TestClient) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("path", ["/timeline?type=AID&actor=CUB", "/map?text=zebra", "/network?text=zebra"])
def test_nothing_is_said_in_words(path: str, client: TestClient) -> None:
    page = tree(client, path)
    assert page.xpath("//div[@class='nothing']")
    assert not page.xpath("//*[local-name()='svg'][@data-chart]")


def test_an_empty_store_has_good_pages(tmp_path: Path) -> None:
    path = tmp_path / "empty.duckdb"
    open_store(path).close()
    app = create_app(Settings(path))
    empty = client_of(app)
    for page in ("/timeline", "/actors", "/pairs", "/pairs/JPN/PRK", "/map", "/network", "/sources"):
        assert tree(empty, page).xpath("//div[@class='nothing']"), page
    assert empty.get("/actors/JPN").status_code == 404
    close(app)


EVIL = "</script><script>alert(1)</script>\"' onload=alert(2) <svg/onload=alert(3)> a/b?c#d \u202etxt"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A store in which every name is hostile."""
    path = make(tmp_path_factory.mktemp("hostile") / "s.duckdb")
    with open_store(path) as store:
        run = store.connection.execute
        run("UPDATE parties SET name = $1 || name", [EVIL])
        run("UPDATE entities SET name = $1 || name, role = $1", [EVIL])
        run("UPDATE places SET name = $1", [EVIL])
        run("UPDATE articles SET publisher = $1 || article, title = $1", [EVIL])
        run(
            "INSERT INTO happenings VALUES (7, 'CONSULT', $1, 'occurred', NULL, NULL, 'JPN', $1, [$1], [$1], "
            "2, 0.9)",
            [EVIL],
        )
    app = create_app(Settings(path))
    yield client_of(app)
    close(app)


def test_hostile_names_stay_text(hostile: TestClient) -> None:
    seen = 0
    waiting = ["/timeline", "/actors", "/pairs?of=actors", "/map", "/network", "/sources", "/happenings/7"]
    known = set(waiting)
    while waiting:
        path = waiting.pop()
        answer = hostile.get(path)
        assert answer.status_code in (200, 303), (path, answer.status_code)
        page = html.fromstring(answer.text or "<p/>")
        assert not page.xpath("//script[not(@src)] | //*[@onload] | //*[local-name()='svg'][@onload]"), path
        assert "alert(1)</script>" not in answer.text and "\u202e" not in answer.text
        seen += "alert(1)" in unescape(answer.text)
        for link in page.xpath("//a/@href | //*[local-name()='a']/@href"):
            target = link.partition("#")[0]
            # One level: the actors, pairs and places that these pages lead to.
            if re.match(r"/(actors|pairs)/|/map\?", target) and target not in known and len(known) < 40:
                known.add(target)
                waiting.append(target)
    assert seen >= 7, "the names are shown, as text"
    assert any(path.startswith("/pairs/") for path in known)
