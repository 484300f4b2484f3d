"""From addresses to articles."""

from __future__ import annotations

import gzip
import json
from datetime import date

import pytest

from communique.article import Article
from communique.errors import AddressRefused, EmptyInput, InputError, NoArticle, NotEnglish, NotFetched
from communique.intake import Placed, count_articles, files_of, is_address, read_articles, read_placed
from communique.intake.web import poll

DAY = date(2024, 2, 15)


@pytest.fixture
def page(body, second):
    return (
        "<html><head><title>Arendia returns</title></head><body><article>"
        f"<h1>Arendia returns</h1><p>{body}</p><p>{second}</p></article></body></html>"
    )


@pytest.fixture
def feed(site, body, second):
    """A feed of one entry with its text and two links, one of them to nowhere."""
    items = (
        f"<item><title>One</title><link>{site.base}/1</link><description>A lead.</description>"
        "<pubDate>Thu, 15 Feb 2024 08:00:00 GMT</pubDate></item>"
        f"<item><title>Two</title><link>/2</link><content:encoded><![CDATA[<p>{body}</p><p>{second}</p>]]>"
        "</content:encoded></item>"
        "<item><title>Three</title><link>/3</link></item>"
    )
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Arendia Post</title><ttl>30</ttl>{items}</channel></rss>"
    )


def read(site, path, visitor, **options):
    return list(read_articles([site.base + path], visitor=visitor, **options))


def test_a_page(site, visitor, page, body):
    site.put(
        "/a.php?x=1",
        page.replace("minister", "ministér").encode("latin-1"),
        Content_Type="text/html; charset=latin-1",
    )
    (article,) = read(site, "/a.php?x=1", visitor)
    assert body.replace("minister", "ministér") in article.text
    assert article.url == f"{site.base}/a.php?x=1" and article.title == "Arendia returns"


def test_a_feed_and_the_pages_that_it_names(site, visitor, feed, page, body, second):
    site.put("/feed", feed, Content_Type="application/rss+xml")
    site.put("/1", page, Content_Type="text/html")
    one, two, three = read(site, "/feed", visitor)
    assert (one.url, one.published, one.title) == (f"{site.base}/1", DAY, "Arendia returns")
    assert (two.text, two.url, two.publisher) == (f"{body}\n{second}", f"{site.base}/2", "Arendia Post")
    assert isinstance(three, NotFetched) and three.where == f"{site.base}/3" and three.status == 404
    assert site.paths == ["/robots.txt", "/feed", "/1", "/3"]


def test_what_is_known_is_not_fetched_again(site, visitor, feed):
    site.put("/feed", feed)
    found = read(site, "/feed", visitor, known=lambda url: url.endswith(("/1", "/2")))
    assert [x.where for x in found] == [f"{site.base}/3"] and "/1" not in site.paths


def test_sitemaps_of_sitemaps(site, visitor, page):
    news = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    site.put(
        "/index.xml",
        f"<sitemapindex><sitemap><loc>{site.base}/a.xml.gz</loc></sitemap><sitemap><loc>{site.base}/gone.xml"
        f"</loc></sitemap><sitemap><loc>{site.base}/index.xml</loc></sitemap></sitemapindex>",
    )
    urls = (
        f"<url><loc>{site.base}/1</loc><news:news><news:publication_date>2024-02-15</news:publication_date>"
        f"</news:news></url><url><loc>{site.base}/1</loc></url><url><loc>{site.base}/fr</loc><news:news>"
        "<news:publication><news:language>fr</news:language></news:publication></news:news></url>"
    )
    site.put("/a.xml.gz", gzip.compress(f"<urlset {news}>{urls}</urlset>".encode()))
    site.put("/1", page, Content_Type="text/html")
    article, gone, foreign = read(site, "/index.xml", visitor)
    assert (article.url, article.published, article.published_from) == (f"{site.base}/1", DAY, "metadata")
    assert isinstance(gone, NotFetched) and gone.where.endswith("/gone.xml")
    assert isinstance(foreign, NotEnglish) and "a page in another language" in str(foreign)
    assert site.paths.count("/index.xml") == site.paths.count("/1") == 1 and "/fr" not in site.paths


def test_files_of_other_kinds(site, visitor, body, second):
    site.put(
        "/rows.jsonl.gz",
        gzip.compress(f"{json.dumps({'text': body})}\n{json.dumps({'text': second})}".encode()),
    )
    site.put("/rows", f'text,date\n"{body}",2024-02-15\n', Content_Type="text/csv")
    site.put("/a.txt", body, Content_Type="text/plain")
    site.put("/picture", b"\x89PNG\r\n\x1a\n\0\0", Content_Type="image/png")
    assert [a.text for a in read(site, "/rows.jsonl.gz", visitor)] == [body, second]
    assert [a.published for a in read(site, "/rows", visitor)] == [DAY]
    assert [(a.text, a.url) for a in read(site, "/a.txt", visitor)] == [(body, f"{site.base}/a.txt")]
    assert "PNG image" in str(read(site, "/picture", visitor)[0])


def test_a_fault_is_one_sentence_and_stops_nothing(site, visitor, page, tmp_path, body):
    (tmp_path / "a.txt").write_text(body)
    site.put("/menu", "<html><body><a href='/'>Home</a></body></html>", Content_Type="text/html")
    paths = [f"{site.base}/menu", f"{site.base}/gone", "http://", str(tmp_path / "a.txt")]
    found = list(read_articles(paths, visitor=visitor))
    assert [type(x) for x in found] == [NoArticle, NotFetched, NotFetched, Article]
    assert all(isinstance(x, Article) or "\n" not in str(x) and not str(x).endswith(".") for x in found)


def test_without_a_visitor_private_addresses_are_refused(site):
    (found,) = read_articles([f"{site.base}/a"])
    assert isinstance(found, AddressRefused) and site.asked == []


def test_links_of_a_feed_in_a_file_are_followed_only_with_a_visitor(site, visitor, feed, page, tmp_path):
    (tmp_path / "a.xml").write_text(feed.replace("<link>/", f"<link>{site.base}/"))
    site.put("/1", page, Content_Type="text/html")
    without = list(read_articles([tmp_path / "a.xml"]))
    assert [type(x) for x in without] == [Article, InputError] and site.asked == []
    found = list(read_articles([tmp_path / "a.xml"], visitor=visitor))
    assert [type(x) for x in found] == [Article, Article, NotFetched]


def test_places(site, visitor, feed, page, tmp_path, body):
    site.put("/feed", feed)
    site.put("/1", page, Content_Type="text/html")
    (tmp_path / "b.jsonl").write_text(f"{json.dumps({'text': body})}\n{{\n")
    (tmp_path / "a.txt").write_text(body)
    found = list(read_placed([f"{site.base}/feed", tmp_path, "none.txt"], visitor=visitor))
    assert all(isinstance(x, Placed) for x in found)
    assert [(x.number, x.place) for x in found] == [
        (1, f"{site.base}/1"),
        (2, f"{site.base}/2"),
        (3, f"{site.base}/3"),
        (1, f"{tmp_path}/a.txt"),
        (1, f"{tmp_path}/b.jsonl, item 1"),
        (2, f"{tmp_path}/b.jsonl:2"),
        (1, "none.txt"),
    ]
    assert [x.path for x in found[:1] + found[4:5]] == [f"{site.base}/feed", f"{tmp_path}/b.jsonl"]


def test_addresses_are_told_from_files():
    assert is_address("https://a.example") and is_address("HTTP://a.example") and not is_address("http.txt")
    assert list(files_of("https://a.example/*?[x]")) == ["https://a.example/*?[x]"]
    assert count_articles(["https://a.example/"]) is None


def test_a_feed_looked_at_again(site, visitor, feed, page):
    site.put("/1", page, Content_Type="text/html")
    site.pages["/feed"] = lambda headers: (
        (304, {}, b"")
        if headers.get("If-None-Match") == '"1"'
        else (200, {"ETag": '"1"', "Cache-Control": "max-age=60"}, feed.encode())
    )
    first = poll(f"{site.base}/feed", visitor=visitor)
    assert (first.changed, first.etag, first.wait, first.fault) == (True, '"1"', 1800.0, None)
    assert "/1" not in site.paths  # pages are fetched as they are asked for
    assert [type(x.found) for x in first.found] == [Article, Article, NotFetched]
    again = poll(f"{site.base}/feed", visitor=visitor, etag=first.etag, last_modified=first.last_modified)
    assert (again.changed, again.etag, list(again.found)) == (False, '"1"', [])


def test_a_feed_that_cannot_be_had_or_has_no_entries(site, visitor):
    site.put("/feed", status=503, Retry_After="600")
    found = poll(f"{site.base}/feed", visitor=visitor, etag='"1"')
    assert (found.changed, found.etag, found.wait, list(found.found)) == (False, '"1"', 600, [])
    assert isinstance(found.fault, NotFetched)


def test_a_feed_without_entries_is_no_fault_when_it_is_looked_at_again(site, visitor):
    site.put("/feed", "<rss version='2.0'><channel><title>Empty</title></channel></rss>")
    assert list(poll(f"{site.base}/feed", visitor=visitor).found) == []
    assert isinstance(read(site, "/feed", visitor)[0], EmptyInput)
