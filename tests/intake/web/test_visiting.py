"""Politeness: robots.txt, pauses, back-off. The clock is the test's own."""

from __future__ import annotations

import pytest

from communique.errors import AddressRefused, NotFetched
from communique.intake.web import Visitor


def test_robots_txt_is_kept_to_and_asked_for_once(site, visitor):
    site.put("/robots.txt", "User-agent: communique\nDisallow: /private/\n\nUser-agent: *\nDisallow: /\n")
    site.put("/a", "here")
    site.put("/private/a", "there")
    assert visitor.fetch(f"{site.base}/a").body == b"here"
    with pytest.raises(AddressRefused, match=r"robots\.txt forbids it"):
        visitor.fetch(f"{site.base}/private/a")
    assert visitor.fetch(f"{site.base}/a").body == b"here"
    assert site.paths == ["/robots.txt", "/a", "/a"]


def test_a_redirect_to_what_robots_txt_forbids(site, visitor):
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/")
    site.put("/a", status=302, Location="/private/a")
    with pytest.raises(AddressRefused, match="forbids"):
        visitor.fetch(f"{site.base}/a")
    assert "/private/a" not in site.paths


def test_robots_txt_is_fetched_again_after_a_day(site, visitor, clock):
    site.put("/a", "here")
    visitor.fetch(f"{site.base}/a")
    clock.now += 3600
    visitor.fetch(f"{site.base}/a")
    clock.now += 24 * 3600
    visitor.fetch(f"{site.base}/a")
    assert site.paths.count("/robots.txt") == 2


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (429, False)])
def test_robots_txt_that_is_not_there_allows_and_one_that_fails_forbids(site, visitor, status, allowed):
    site.put("/robots.txt", status=status)
    site.put("/a", "here")
    if allowed:
        assert visitor.fetch(f"{site.base}/a").status == 200
    else:
        with pytest.raises(AddressRefused, match="cannot be had now"):
            visitor.fetch(f"{site.base}/a")
        assert site.paths == ["/robots.txt"]


def test_a_pause_between_two_requests_to_a_host(site, clock):
    visitor = Visitor(allow_private=True, robots=False, delay=2.0, clock=clock, sleep=clock.sleep)
    site.put("/a", "here")
    for _ in range(3):
        visitor.fetch(f"{site.base}/a")
    assert clock.slept == [2.0, 2.0]
    clock.now += 10
    visitor.fetch(f"{site.base}/a")
    assert clock.slept == [2.0, 2.0]


def test_a_crawl_delay_stands_above_the_pause(site, visitor, clock):
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 7")
    site.put("/a", "here")
    visitor.fetch(f"{site.base}/a")
    visitor.fetch(f"{site.base}/a")
    assert clock.slept == [1.0, 7.0]


def test_a_busy_host_is_asked_again_when_it_says(site, visitor, clock):
    answers = [(503, {"Retry-After": "30"}, b""), (429, {}, b""), (200, {}, b"here")]
    site.pages["/a"] = lambda _: answers.pop(0)
    assert visitor.fetch(f"{site.base}/a").body == b"here"
    assert clock.slept == [1.0, 30.0, 4.0]


def test_a_host_that_asks_for_long_is_left_for_later(site, visitor, clock):
    site.put("/a", status=429, Retry_After="900")
    with pytest.raises(NotFetched, match=r"answered with 429 \(Too Many Requests\)") as caught:
        visitor.fetch(f"{site.base}/a")
    assert (caught.value.status, caught.value.retry_after) == (429, 900)
    asked = len(site.asked)
    with pytest.raises(NotFetched, match="left alone for 900 seconds") as caught:
        visitor.fetch(f"{site.base}/b")
    assert caught.value.retry_after == 900 and len(site.asked) == asked and max(clock.slept) < 60


def test_what_is_not_there_is_not_asked_for_again(site, visitor):
    with pytest.raises(NotFetched, match=r"/gone: is answered with 404 \(Not Found\)") as caught:
        visitor.fetch(f"{site.base}/gone")
    assert caught.value.status == 404 and site.paths.count("/gone") == 1


def test_a_host_that_does_not_answer_is_tried_three_times(clock):
    visitor = Visitor(allow_private=True, robots=False, clock=clock, sleep=clock.sleep)
    with pytest.raises(NotFetched, match="cannot be reached"):
        visitor.fetch("http://127.0.0.1:1/")
    assert clock.slept == [2.0, 4.0]


def test_what_is_no_address_or_redirects_for_ever_is_not_tried_again(site, visitor, clock):
    site.put("/a", status=302, Location="/a")
    with pytest.raises(NotFetched, match="for ever"):
        visitor.fetch(f"{site.base}/a")
    assert site.paths.count("/a") == 1


def test_private_addresses_are_refused_unless_allowed(site, clock):
    visitor = Visitor(clock=clock, sleep=clock.sleep)
    with pytest.raises(
        AddressRefused, match=r"/a: leads to 127\.0\.0\.1, which is not on the public internet"
    ):
        visitor.fetch(f"{site.base}/a")
    assert site.asked == []


def test_why_a_site_cannot_be_asked_is_told_of_the_page(clock):
    visitor = Visitor(allow_private=True, clock=clock, sleep=clock.sleep)
    with pytest.raises(NotFetched, match=r"^http://127\.0\.0\.1:1/a: cannot be reached: connection refused"):
        visitor.fetch("http://127.0.0.1:1/a")
    assert clock.slept == [2.0, 4.0]


def test_what_has_not_changed(site, visitor):
    site.pages["/f"] = lambda headers: (304 if headers.get("If-None-Match") else 200, {"ETag": '"1"'}, b"")
    first = visitor.fetch(f"{site.base}/f")
    assert visitor.fetch(f"{site.base}/f", etag=first.etag).status == 304
