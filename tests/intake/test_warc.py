"""WARC files, made here byte by byte."""

from __future__ import annotations

import gzip
import sys
from datetime import date

import pytest

from communique.article import Article
from communique.errors import BadRow, EmptyInput, MissingExtra, NoArticle, NotText
from communique.intake import read_articles

pytest.importorskip("warcio")

FRENCH = (
    "Le gouvernement a décidé de rouvrir une ambassade dans la capitale du pays voisin, dit le ministre. " * 3
)


def page(body, second, stamp=""):
    head = f"<head><title>A title of news</title>{stamp}</head>"
    return f"<html>{head}<body><article><p>{body}</p><p>{second}</p></article></body></html>"


def record(url, body, head="Content-Type: text/html; charset=utf-8", status="200 OK", kind="response"):
    answer = f"HTTP/1.1 {status}\r\n{head}\r\n\r\n".encode() + body
    top = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n"
        f"WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-1234567890ab>\r\n"
        f"WARC-Date: 2024-02-15T08:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return top.encode() + answer + b"\r\n\r\n"


@pytest.fixture
def records(body, second):
    one, two = page(body, second), page(second, body, '<meta name="date" content="2023-03-03">')
    return [
        record("https://a.example/1", one.encode()),
        record("https://a.example/p.png", b"\x89PNG", "Content-Type: image/png"),
        record("https://a.example/gone", one.encode(), status="404 Not Found"),
        record("https://a.example/menu", b"<html><body><a href='/'>Home</a></body></html>"),
        record("https://a.example/fr", page(FRENCH, FRENCH).encode()),
        record("https://a.example/1", b"", kind="request"),
        record("https://a.example/2", two.encode()),
    ]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_articles_and_one_fault_that_counts_the_rest(tmp_path, body, records, name):
    packed = [gzip.compress(r) if name.endswith("gz") else r for r in records]
    (tmp_path / name).write_bytes(b"".join(packed))
    first, last, passed = read_articles([tmp_path / name])
    assert body in first.text and first.url == "https://a.example/1"
    assert (first.published, first.published_from) == (date(2024, 2, 15), "metadata")
    assert (last.url, last.published) == ("https://a.example/2", date(2023, 3, 3))
    assert isinstance(passed, NoArticle)
    assert "of 4 pages 1 without an article and 1 in another language than English" in str(passed)


def test_bodies_packed_chunked_or_in_an_old_encoding(tmp_path, body, second):
    markup = page(body.replace("minister", "ministér"), second)
    packed = gzip.compress(markup.encode())
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    old = markup.encode("latin-1")
    data = [
        record("https://a.example/1", packed, "Content-Type: text/html\r\nContent-Encoding: gzip"),
        record(
            "https://a.example/2",
            chunked,
            "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip",
        ),
        record("https://a.example/3", old, "Content-Type: text/html; charset=iso-8859-1"),
    ]
    (tmp_path / "a.warc").write_bytes(b"".join(data))
    found = list(read_articles([tmp_path / "a.warc"]))
    assert [a.url[-1] for a in found] == ["1", "2", "3"]
    assert all("ministér" in a.text for a in found)


@pytest.mark.parametrize("left", [0.03, 0.2, 0.4, 0.6, 0.8, 0.95])
@pytest.mark.parametrize("packed", [False, True])
def test_a_file_that_breaks_off_gives_what_came_before(tmp_path, body, second, left, packed):
    one, two = (record(f"https://a.example/{n}", page(body, second).encode()) for n in (1, 2))
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    if packed:
        one, two = gzip.compress(one), gzip.compress(two)
    path.write_bytes(one + two[: int(left * len(two))])
    article, broken = read_articles([path])
    assert article.url == "https://a.example/1"
    assert isinstance(broken, NotText) and "breaks off" in str(broken)


def test_a_damaged_record_is_one_fault(tmp_path, body, second, capfd):
    one = record("https://a.example/1", page(body, second).encode())
    (tmp_path / "a.warc").write_bytes(one + b"no record at all\r\n\r\n" + one)
    article, broken = read_articles([tmp_path / "a.warc"])
    assert isinstance(article, Article) and "damaged" in str(broken)
    (tmp_path / "b.warc").write_bytes(one[:-2] + one)
    assert [type(x) for x in read_articles([tmp_path / "b.warc"])] == [Article, Article]
    assert capfd.readouterr() == ("", "")


def test_a_page_that_unpacks_without_end(tmp_path, monkeypatch, body, second):
    monkeypatch.setattr("communique.intake.warc.MAX_FILE", 2 * 1024**2)
    bomb = gzip.compress(b"a" * 64 * 1024**2)
    head = "Content-Type: text/html\r\nContent-Encoding: gzip"
    data = record("https://a.example/b", bomb, head) + record(
        "https://a.example/1", page(body, second).encode()
    )
    (tmp_path / "a.warc").write_bytes(data)
    large, article = read_articles([tmp_path / "a.warc"])
    assert isinstance(large, BadRow) and "2 MiB" in str(large) and large.where.endswith("https://a.example/b")
    assert article.url == "https://a.example/1"


def test_a_file_without_pages(tmp_path, fault):
    (tmp_path / "a.warc").write_bytes(record("https://a.example/p", b"x", "Content-Type: image/png"))
    assert isinstance(fault(tmp_path / "a.warc"), EmptyInput)


def test_without_warcio_the_line_that_installs_it_is_named(tmp_path, monkeypatch, records):
    (tmp_path / "a.warc").write_bytes(records[0])
    monkeypatch.setitem(sys.modules, "warcio.archiveiterator", None)
    with pytest.raises(MissingExtra, match=r'pip install "communique\[warc\]"'):
        list(read_articles([tmp_path / "a.warc"]))
