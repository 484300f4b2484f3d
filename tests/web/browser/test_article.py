"""The page of an article: text and list light each other up, by pointer and keyboard; and without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browser.conftest import Site, looking


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    with looking(browser, site) as page:
        page.goto("/articles/2")
        yield page


@pytest.fixture
def plain(browser: Browser, site: Site) -> Iterator[Page]:
    """A page without scripts."""
    with looking(browser, site, java_script_enabled=False) as page:
        yield page


LIT = re.compile(r"(^|\s)lit(\s|$)")


def test_pointing_at_words_lights_their_entry(page: Page) -> None:
    words = page.locator("#text a.m-event").first
    key = words.get_attribute("data-a")
    entry = page.locator(f"#list-{key}")
    expect(entry).not_to_have_class(LIT)
    words.hover()
    expect(entry).to_have_class(LIT)
    page.mouse.move(5, 5)
    expect(entry).not_to_have_class(LIT)


def test_pointing_at_an_entry_lights_its_words_and_softly_its_parties(page: Page) -> None:
    entry = page.locator("#events .entry[data-with*='n']").first
    key = entry.get_attribute("data-for")
    entry.locator(".told").first.hover()
    expect(page.locator(f"#text [data-a='{key}']").first).to_have_class(LIT)
    expect(page.locator("#text .lit-too").first).to_be_visible()


def test_the_keyboard_does_what_the_pointer_does(page: Page) -> None:
    words = page.locator("#text a.m-event").nth(1)
    key = words.get_attribute("data-a")
    words.focus()
    expect(page.locator(f"#list-{key}")).to_have_class(LIT)
    expect(page.locator(f"#list-{key}")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.locator("#text a.m-event").nth(2).focus()
    page.keyboard.press("Escape")
    page.locator("[data-layer]").first.focus()
    expect(page.locator(f"#list-{key}")).not_to_have_class(LIT)
    link = page.locator(f"#events #list-{key} a.jump").first
    link.focus()
    expect(page.locator(f"#text #{key}")).to_have_class(LIT)


def test_a_click_chooses_and_another_lets_go(page: Page) -> None:
    words = page.locator("#text a.m-event").first
    key = words.get_attribute("data-a")
    words.click()
    page.mouse.move(5, 5)
    page.locator("[data-layer]").first.focus()
    expect(page.locator(f"#list-{key}")).to_have_class(LIT)
    expect(page).to_have_url(re.compile(f"#{key}$"))
    page.keyboard.press("Escape")
    expect(page.locator(f"#list-{key}")).not_to_have_class(LIT)


def test_a_link_to_words_finds_them_lit(page: Page) -> None:
    page.goto("/articles/2#c5")
    expect(page.locator("#text [data-a='c5']").first).to_have_class(LIT)
    expect(page.locator("#list-c5")).to_be_in_viewport()


def test_the_address_keeps_what_is_switched_off(page: Page) -> None:
    event = page.locator("#text .m-event").first
    line = "getComputedStyle(e).borderBottomStyle"
    assert event.evaluate(f"e => {line}") != "none"
    page.locator("[data-layer='event']").uncheck()
    page.locator("[data-voice='own']").check()
    assert event.evaluate(f"e => {line}") == "none"
    expect(page).to_have_url(re.compile(r"hide=event&voice=own"))
    page.reload()
    expect(page.locator("[data-layer='event']")).not_to_be_checked()
    expect(page.locator("[data-voice='own']")).to_be_checked()


def test_without_scripts_the_article_is_whole(plain: Page) -> None:
    plain.goto("/articles/2")
    text = plain.locator("#text").inner_text()
    assert "Prime Minister Fumio Kishida told a parliamentary committee on Friday" in text
    plain.locator("[data-layer='actor']").uncheck()
    decoration = plain.locator("#text .m-actor").first.evaluate("e => getComputedStyle(e).textDecorationLine")
    assert decoration == "none", "layers are switched by style alone"
    key = plain.locator("#text a.m-event").first.get_attribute("data-a")
    plain.locator("#text a.m-event").first.click()
    expect(plain.locator(f"#list-{key}")).to_be_in_viewport()
    plain.locator(f"#list-{key} a.jump").first.click()
    expect(plain.locator(f"#text #{key}")).to_be_in_viewport()


def test_all_of_the_text_is_there_to_the_letter(plain: Page, site: Site) -> None:
    from communique.store import open_store

    with open_store(site.store, read_only=True) as store:
        for number, reading in store.readings():
            plain.goto(f"/articles/{number}")
            shown = plain.locator("#text").evaluate(
                "e => { e.querySelectorAll('.ref').forEach(r => r.remove()); return e.textContent }"
            )
            text = reading.article.text.replace("\u202e", "\\u202e").replace("\u202c", "\\u202c")
            assert "".join(shown.split()) == "".join(text.split()), number


def test_hostile_articles_do_nothing(browser: Browser, site: Site) -> None:
    with looking(browser, site) as page:
        site.complaints.clear()
        page.goto("/articles?text=ladnacs")
        page.goto("/articles")
        hostile = page.get_by_role("link", name=re.compile("onerror"))
        expect(hostile).to_have_count(1)
        hostile.click()
        expect(page.locator("h1")).to_contain_text("<img src=x onerror=")
        expect(page.locator("h1")).to_contain_text("\\u202e")
        assert page.locator("#text img, #text svg, #text script, main [onmouseover]").count() == 0
        assert page.locator("a[href^='javascript:']").count() == 0
        for path in ("/", "/claims", "/search?q=minister", "/sources"):
            page.goto(path)
            assert "run" not in page.title()
        assert not site.complaints
