from __future__ import annotations

import pytest

from communique.store.addresses import normal_address


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example.org/a/b?id=7",
        "HTTP://News.Example.Org:80/a/b/?id=7#comments",
        "https://www.news.example.org:443/a/b?utm_source=feed&id=7&fbclid=x",
        " https://news.example.org./a/%62?id=7&UTM_Campaign=y ",
    ],
)
def test_spellings_of_one_address_are_one(url: str) -> None:
    assert normal_address(url) == "https://news.example.org/a/b?id=7"


def test_the_order_of_parameters_does_not_matter() -> None:
    assert normal_address("http://a.example/?b=2&a=1") == normal_address("http://a.example?a=1&b=2")


@pytest.mark.parametrize(
    "other", ["https://a.example/x?id=2", "https://a.example:8080/x?id=1", "https://a.example/X?id=1"]
)
def test_other_pages_stay_others(other: str) -> None:
    assert normal_address(other) != normal_address("https://a.example/x?id=1")


@pytest.mark.parametrize(
    "url", [None, "", "no address", "mailto:a@b.example", "http://", "http://[1", "http://a:b/"]
)
def test_what_is_no_address_of_the_web_has_no_normal_form(url: str | None) -> None:
    assert normal_address(url) is None
