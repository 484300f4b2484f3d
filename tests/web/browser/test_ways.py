"""Ways through the pages: from Start to the evidence, through corrections, and without a store to read."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from communique.store import open_store
from communique.store.corrections import Corrections
from tests.web.browser.conftest import Site, accessible, looking, served


def test_from_start_to_a_disputed_number_in_three_clicks(browser: Browser, site: Site) -> None:
    with looking(browser, site) as page:
        page.goto("/")
        dispute = page.locator(".dispute-card", has_text="30 protesters")
        clicks = 0

        def click(what: object) -> None:
            nonlocal clicks
            what.click()  # type: ignore[attr-defined]
            clicks += 1

        click(dispute.get_by_role("link", name=re.compile("How many")))
        expect(page).to_have_url(re.compile("/disputes#"))
        side = page.locator(".dispute-card:target .versus-side", has_text="30 protesters")
        expect(side).to_contain_text("Amnesty International")
        click(side.get_by_role("link", name=re.compile("^Evidence")))
        words = page.locator("#text .m-at")
        expect(words).to_have_text("30 protesters")
        expect(words).to_be_in_viewport()
        expect(page.locator("#disputes")).to_contain_text("12 protesters")
        assert clicks <= 3


def test_the_evidence_is_one_click_from_start_without_scripts(browser: Browser, site: Site) -> None:
    with looking(browser, site, java_script_enabled=False) as page:
        page.goto("/")
        side = page.locator(".versus-side", has_text="30 protesters")
        side.get_by_role("link", name=re.compile("^Evidence")).click()
        expect(page.locator("#text .m-at")).to_have_text("30 protesters")
        expect(page.locator("#text .m-at")).to_be_in_viewport()


def test_search_leads_to_the_words(browser: Browser, site: Site) -> None:
    with looking(browser, site) as page:
        page.goto("/")
        page.get_by_role("searchbox").fill("protesters")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"/search\?q=protesters"))
        page.locator(".passage a", has_text="30 protesters").click()
        expect(page.locator("#text .m-at").first).to_be_in_viewport()


def test_the_calendar_leads_to_its_day_and_can_be_taken_away(browser: Browser, site: Site) -> None:
    with looking(browser, site) as page:
        page.goto("/ahead?from=2024-03-13")
        page.get_by_role("link", name=re.compile("^Friday, 15 March 2024")).click()
        expect(page.locator("#day-2024-03-15")).to_be_in_viewport()
        with page.expect_download() as taken:
            page.get_by_role("link", name=re.compile("calendar")).click()
        text = Path(taken.value.path()).read_text(encoding="utf-8")
        assert "BEGIN:VCALENDAR" in text and "DTSTART;VALUE=DATE:20240315" in text


def test_colours_are_kept(browser: Browser, site: Site) -> None:
    with looking(browser, site, color_scheme="light") as page:
        page.goto("/")
        paper = "getComputedStyle(document.body).backgroundColor"
        light = page.evaluate(paper)
        page.get_by_role("button", name="Use dark colours").click()
        expect(page.get_by_role("button", name="Use light colours")).to_be_visible()
        dark = page.evaluate(paper)
        assert dark != light
        page.goto("/about")
        assert page.evaluate(paper) == dark


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_corrections(browser: Browser, site: Site, scripts: bool) -> None:
    number = 4 if scripts else 5
    corrections = Corrections.beside(site.store)
    before = len(corrections.all())
    with looking(browser, site, java_script_enabled=scripts) as page:
        page.goto(f"/articles/{number}")
        first, second = (page.locator("#events .entry").nth(i).get_attribute("data-for") for i in (0, 1))

        page.locator(f"#list-{first}").get_by_role("button", name=re.compile("^Right")).click()
        expect(page.locator(f"#list-{first} .verdict")).to_have_text("✓ Ada Holm")
        expect(page.get_by_role("status")).to_contain_text("Stored")

        page.locator(f"#list-{second}").get_by_role("link", name=re.compile("^Mend")).click()
        form = page.get_by_role("form", name=re.compile("^Mend"))
        found = form.get_by_label("Status").input_value()
        wanted = "negated" if found != "negated" else "occurred"
        form.get_by_label("Status").select_option(wanted)
        form.get_by_label("Why").fill("as the second paragraph says")
        form.get_by_label("Your name").fill("Bo Lind")
        if scripts:
            accessible(page)
        form.get_by_role("button", name="Save").click()
        expect(page.locator(f"#list-{second} .verdict")).to_have_text("mended by Bo Lind")
        expect(page.locator("#corrections")).to_contain_text("as the second paragraph says")
        if scripts:
            accessible(page)

        made = corrections.all()[before:]
        assert [(c.kind, c.verdict, c.who) for c in made] == [
            ("event", "confirm", "Ada Holm"),
            ("status", "mend", "Bo Lind"),
        ]
        assert made[1].value["status"] == wanted and made[1].target.said["status"] == found

        page.locator("#corrections").get_by_role("link", name="As the machine read it").click()
        expect(page.locator(f"#list-{second} .verdict")).to_have_count(0)
        page.locator("#corrections").get_by_role("link", name="With what people mended").click()
        page.locator("#corrections").get_by_role("button", name=re.compile("^Undo.*status")).click()
        expect(page.locator(f"#list-{second} .verdict")).to_have_count(0)

        claims = page.locator("#chain .entry.claim").count()
        page.locator("#chain .entry.claim").last.get_by_role("button", name=re.compile("^Wrong")).click()
        expect(page.locator("#corrections")).to_contain_text("no such claim")
        expect(page.locator("#chain .entry.claim")).to_have_count(claims - 1)

        page.goto("/claims?until=2999&limit=200")
        struck = page.locator(".claim-line.is-rejected", has=page.locator(f"a[href^='/articles/{number}#c']"))
        expect(struck.locator(".evidence")).to_have_css("text-decoration-line", "line-through")
        expect(struck.locator(".corrected")).to_have_css("text-decoration-line", "none")
        if scripts:
            accessible(page)
        struck.get_by_role("link", name=re.compile("^rejected")).click()
        expect(page.locator("#corrections")).to_contain_text("no such claim")

        if scripts:
            page.locator("#text p").nth(1).dblclick(position={"x": 12, "y": 10})
        page.get_by_role("link", name="Add an event").click()
        form = page.get_by_role("form", name="Add an event")
        words = form.get_by_label("Words that tell it")
        if scripts:
            expect(words).not_to_have_value("")
            accessible(page)
        words.fill("a zeppelin")
        form.get_by_role("button", name="Add", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("stand nowhere")
        expect(words).to_have_value("a zeppelin")


def test_a_form_that_changes_nothing_says_so(browser: Browser, site: Site) -> None:
    with looking(browser, site) as page:
        page.goto("/articles/6?correct=e1#list-e1")
        page.get_by_role("form", name=re.compile("^Mend")).get_by_role("button", name="Save").click()
        expect(page.get_by_role("alert")).to_contain_text("nothing is changed", ignore_case=True)
        accessible(page)


def test_other_sites_and_readers_correct_nothing(browser: Browser, site: Site, looked_at: Path) -> None:
    form = {"of": "e1", "do": "reject"}
    before = len(Corrections.beside(looked_at).all())
    with looking(browser, site) as page:
        foreign = {"Origin": "https://elsewhere.example"}
        assert page.request.post("/articles/1/corrections", form=form, headers=foreign).status == 403
        with served(looked_at) as closed:
            page.goto(f"{closed}/articles/1")
            assert page.get_by_role("button", name=re.compile("^(Right|Wrong)")).count() == 0
            own = {"Origin": closed}
            assert page.request.post(f"{closed}/articles/1/corrections", form=form, headers=own).status == 403
    assert len(Corrections.beside(looked_at).all()) == before


def test_an_empty_store_says_what_to_do(browser: Browser, tmp_path: Path) -> None:
    store = tmp_path / "empty.duckdb"
    open_store(store).close()
    with served(store) as address, looking(browser, Site(address, store)) as page:
        page.goto("/")
        expect(page.locator("h1")).to_have_text("No articles yet")
        expect(page.locator("pre")).to_contain_text("communique ingest")
        accessible(page)
        for path in ("/articles", "/claims", "/disputes", "/ahead", "/search?q=a", "/about"):
            answer = page.goto(path)
            assert answer is not None and answer.status == 200, path
            accessible(page)


def test_a_store_in_use_is_waited_for(browser: Browser, tmp_path: Path) -> None:
    store = tmp_path / "busy.duckdb"
    open_store(store).close()
    writer = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from communique.store import open_store\n"
            "with open_store(sys.argv[1]): print('open', flush=True); sys.stdin.read()",
            str(store),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert writer.stdin is not None and writer.stdout is not None
    try:
        assert writer.stdout.readline() == b"open\n"
        with served(store) as address, looking(browser, Site(address, store)) as page:
            answer = page.goto("/")
            assert answer is not None and answer.status == 503 and answer.headers["retry-after"]
            expect(page.locator("h1")).to_have_text("The store is in use")
            expect(page.locator("[data-again]")).to_contain_text("looks again")
            accessible(page)
            writer.stdin.close()
            writer.wait(30)
            expect(page.locator("h1")).to_have_text("No articles yet", timeout=30_000)
    finally:
        writer.kill()
        writer.wait(30)
        writer.stdout.close()


def test_a_store_that_is_not_there_says_so(browser: Browser, tmp_path: Path) -> None:
    store = tmp_path / "none.duckdb"
    with served(store) as address, looking(browser, Site(address, store)) as page:
        answer = page.goto("/claims")
        assert answer is not None and answer.status == 503
        expect(page.locator("h1")).to_have_text("The store is missing")
        assert str(tmp_path) not in page.content()
