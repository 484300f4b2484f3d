"""The charts in a browser: with the keyboard, with the mouse, on a small screen, and without scripts."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.web.browser.conftest import Site, looking

PAIR = "/pairs/JPN/PRK?by=month"


def test_the_tellings_behind_a_point_by_keyboard(browser: Browser, site: Site) -> None:
    with looking(browser, site) as page:
        page.goto(PAIR)
        links = page.locator(".wide-only .columns-drawing a")
        # One stop of the tab key; the arrow keys go from there.
        assert [links.nth(i).get_attribute("tabindex") for i in range(links.count())].count("0") == 1
        links.first.focus()
        expect(page.locator(".readout").first).to_have_text(links.first.get_attribute("aria-label") or "")
        page.keyboard.press("ArrowRight")
        expect(links.nth(1)).to_be_focused()
        page.keyboard.press("End")
        page.keyboard.press("Home")
        expect(links.first).to_be_focused()
        told = (links.first.get_attribute("aria-label") or "").partition(",")[0]
        page.evaluate("window.stays = true")
        page.keyboard.press("Enter")
        expect(page.locator("#behind-title")).to_contain_text(told)
        expect(page.locator("#behind")).to_be_focused()
        assert page.evaluate("window.stays"), "the page was not loaded anew"
        expect(page).to_have_url(re.compile(r"at=\d{4}-\d\d-\d\d"))
        page.locator("#behind .source a").first.click()
        expect(page).to_have_url(re.compile(r"/articles/\d+#e\d+"))
        page.go_back()
        expect(page.locator("#behind-title")).to_contain_text(told)


def test_back_takes_the_choice_back(browser: Browser, site: Site) -> None:
    with looking(browser, site) as page:
        page.goto(PAIR)
        before = page.locator("#behind-title").inner_text()
        column = page.locator(".wide-only .columns-drawing a").first
        column.click()
        expect(column).to_have_attribute("aria-current", "true")
        expect(page.locator("#behind-title")).not_to_have_text(before)
        page.go_back()
        expect(page.locator("#behind-title")).to_have_text(before)
        expect(column).not_to_have_attribute("aria-current", "true")


def test_without_scripts_a_point_leads_there_too(browser: Browser, site: Site) -> None:
    with looking(browser, site, java_script_enabled=False) as page:
        page.goto(PAIR)
        link = page.locator(".wide-only .columns-drawing a").first
        told = (link.get_attribute("aria-label") or "").partition(",")[0]
        link.click()
        expect(page.locator("#behind-title")).to_contain_text(told)
        page.locator(".chart-table summary").first.click()
        expect(page.locator(".chart-table table").first).to_be_visible()
        expect(page.locator(".zoom-buttons")).to_have_count(0)


def test_a_stretch_drawn_along_the_axis_becomes_the_filter(browser: Browser, site: Site) -> None:
    with looking(browser, site) as page:
        page.goto("/timeline?by=month&actor=JPN&since=2024-01&until=2024-06")
        overlay = page.locator(".wide-only .brush .overlay")
        overlay.scroll_into_view_if_needed()
        box = overlay.bounding_box()
        assert box
        y = box["y"] + box["height"] / 2
        page.mouse.move(box["x"] + box["width"] * 0.25, y)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.5, y, steps=5)
        page.mouse.up()
        expect(page).to_have_url(re.compile(r"since=2024-02-\d\d&until=2024-0[34]-\d\d"))
        expect(page.locator("#f-actor")).to_have_value("JPN")


def test_the_map_zooms_and_a_country_filters(browser: Browser, site: Site) -> None:
    with looking(browser, site) as page:
        page.goto("/map?view=world")
        inner = page.locator("[data-zoomed]")
        page.get_by_role("button", name="Zoom in").click()
        expect(inner).to_have_attribute("transform", re.compile(r"scale\(1\.6"))
        page.get_by_role("button", name="Show the whole drawing").click()
        expect(inner).to_have_attribute("transform", re.compile(r"scale\(1\)"))
        page.locator(".land-link[aria-label^='China']").focus()
        expect(page.locator(".readout")).to_contain_text("China")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("country=CHN"))
        expect(page.locator("#behind-title")).to_contain_text("China")


def test_the_network_is_the_same_each_time_and_leads_to_the_pair(browser: Browser, site: Site) -> None:
    with looking(browser, site) as page:
        pictures = []
        for _ in range(2):
            page.goto("/network?of=countries")
            pictures.append(page.locator(".wide-only .graph-drawing").evaluate("e => e.innerHTML"))
        assert pictures[0] == pictures[1]
        page.locator(".wide-only .node").first.hover()
        expect(page.locator(".wide-only .graph-drawing")).to_have_class(re.compile("lit"))
        page.locator(".wide-only .tie[aria-label^='Japan and North Korea']").focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("/pairs/JPN/PRK"))


def test_a_small_screen_has_a_drawing_of_its_own(browser: Browser, site: Site) -> None:
    with looking(browser, site) as page:
        page.set_viewport_size({"width": 390, "height": 800})
        for path in (PAIR, "/timeline", "/network", "/map", "/sources", "/actors/JPN", "/actors", "/pairs"):
            page.goto(path)
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, f"{path} is {wide} wider than the screen"
        page.goto(PAIR)
        expect(page.locator(".narrow-only .columns-drawing")).to_be_visible()
        expect(page.locator(".wide-only .columns-drawing")).to_be_hidden()


def test_paper_has_the_chart_and_not_the_buttons(browser: Browser, site: Site) -> None:
    with looking(browser, site) as page:
        page.goto("/map?view=world")
        page.emulate_media(media="print")
        expect(page.locator(".map-drawing")).to_be_visible()
        expect(page.locator(".zoom-buttons")).to_be_hidden()
        expect(page.locator(".readout")).to_be_hidden()


@pytest.mark.parametrize(
    "path",
    [
        "/pairs/JPN/PRK?by=month&at=2024-03-01",
        "/actors/person:jpn-fumio-kishida",
        "/map?view=world&country=CHN&place=1816670",
        "/network?of=countries&since=2024",
        "/timeline?by=day&actor=JPN&since=2024-03&until=2024-03",
        "/pairs?of=actors&cursor=10",
    ],
)
def test_a_chosen_view_is_open_to_all(path: str, browser: Browser, site: Site) -> None:
    with looking(browser, site) as page:
        site.complaints.clear()
        page.goto(path, wait_until="networkidle")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert not site.complaints
