"""Feeds and sitemaps in files."""

from __future__ import annotations

from datetime import date

import pytest

from communique.errors import BadRow, EmptyInput, InputError
from communique.intake import read_articles
from communique.intake.feeds import entries
from communique.intake.files import kind_of, open_bytes
from communique.intake.links import Link
from communique.intake.markup import paragraphs_of
from communique.intake.sitemaps import links

DAY = date(2024, 2, 15)
RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Arendia Post</title><link>https://post.example</link>
{items}</channel></rss>"""
ITEM = """<item><title>{title}</title><link>https://post.example/{n}</link><pubDate>{day}</pubDate>
<dc:creator>Anna Berg</dc:creator><description>A lead.</description>{content}</item>"""


def item(n=1, title="Arendia &amp;amp; Belmark", day="Thu, 15 Feb 2024 23:30:00 -0500", text=None):
    content = f"<content:encoded><![CDATA[{text}]]></content:encoded>" if text else ""
    return ITEM.format(n=n, title=title, day=day, content=content)


def rss(*items, encoding="utf-8"):
    return RSS.format(encoding=encoding, items="".join(items)).encode()


@pytest.fixture
def markup(body, second):
    return (
        f'<p>{body}</p><figure><img src="x"><figcaption>A picture</figcaption></figure>'
        f"<p>{second.replace('vote', '<a href=x>vote</a>')}</p><script>run()</script>"
    )


def test_an_entry_with_its_text_is_an_article(tmp_path, one, body, second, markup):
    (tmp_path / "a.xml").write_bytes(rss(item(text=markup)))
    article = one(tmp_path / "a.xml")
    assert article.text == f"{body}\n{second}"
    assert (article.title, article.author) == ("Arendia & Belmark", "Anna Berg")
    assert (article.publisher, article.url) == ("Arendia Post", "https://post.example/1")
    assert (article.published, article.published_from) == (DAY, "metadata")  # the day where it was written


def test_atom(tmp_path, one, body, second, markup):
    (tmp_path / "a.atom").write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Arendia Post</title><entry><title>A title</title>'
        '<id>tag:1</id><link href="https://post.example/1"/><updated>2024-02-15T23:30:00-05:00</updated>'
        f'<content type="html">{markup.replace("&", "&amp;").replace("<", "&lt;")}</content></entry></feed>'
    )
    article = one(tmp_path / "a.atom")
    assert article.text == f"{body}\n{second}"
    assert (article.title, article.url, article.published) == ("A title", "https://post.example/1", DAY)


def test_entries_that_hold_a_summary_only_are_one_fault(tmp_path, markup, body):
    cut = f"<p>{body}</p><p>{body}</p><p>Continue reading</p>"
    path = tmp_path / "a.rss"
    path.write_bytes(rss(item(1), item(2, text=markup), item(3, text=cut), item(4, text="<p>Short.</p>")))
    article, fault = read_articles([path])
    assert article.url.endswith("/2")
    assert "a link and a summary for 3 of its entries" in str(fault) and "https://post.example/1" in str(
        fault
    )


@pytest.mark.parametrize("real", ["utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("said", ["utf-8", "iso-8859-1", "utf-16", "no-such-code"])
def test_a_feed_that_is_wrong_about_its_encoding(tmp_path, one, markup, real, said):
    text = rss(item(text=markup.replace("minister", "ministér”")), encoding=said).decode()
    (tmp_path / "a.xml").write_bytes(text.encode(real))
    assert "ministér”" in one(tmp_path / "a.xml").text


@pytest.mark.parametrize("day", ["yesterday", "", "Thu, 32 Feb 2024 99:99:99", "0000-00-00", "15/15/2024"])
def test_a_wrong_date_is_no_date(tmp_path, one, markup, day):
    (tmp_path / "a.xml").write_bytes(rss(item(day=day, text=markup)))
    assert one(tmp_path / "a.xml").published is None


def test_a_feed_that_breaks_off(tmp_path, markup):
    data = rss(item(1, text=markup), item(2, text=markup))
    (tmp_path / "a.xml").write_bytes(data[: len(data) - 300])
    article, *faults = read_articles([tmp_path / "a.xml"])
    assert article.url.endswith("/1")
    assert isinstance(faults[0], BadRow) and "breaks off" in str(faults[0])


def test_links_that_are_relative_are_made_whole():
    data = rss("<item><title>A</title><link>/news/1</link></item>")
    (link,) = entries(open_bytes(data), "feed", address="https://post.example/feed.xml")
    assert isinstance(link, Link) and link.url == "https://post.example/news/1"


def test_entities_are_not_blown_up(tmp_path):
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "lol">{levels}]>'
    outside = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a11 SYSTEM "file:///etc/passwd">]>'
    for head in (bomb, outside):
        (tmp_path / "a.xml").write_text(
            head + "<rss><channel><item><title>&a11;</title></item></channel></rss>"
        )
        found = list(read_articles([tmp_path / "a.xml"]))
        assert all(isinstance(x, InputError) and len(str(x)) < 400 and "root:" not in str(x) for x in found)
        (tmp_path / "b.xml").write_text(
            head.replace("rss", "urlset") + "<urlset><url><loc>https://a.example/&a11;</loc></url></urlset>"
        )
        found = list(read_articles([tmp_path / "b.xml"]))
        assert all(isinstance(x, InputError) and len(str(x)) < 400 and "root:" not in str(x) for x in found)


def test_feeds_without_entries_and_xml_of_other_kinds(tmp_path, fault):
    (tmp_path / "a.xml").write_bytes(rss())
    assert isinstance(fault(tmp_path / "a.xml"), EmptyInput)
    (tmp_path / "a.xml").write_text("<?xml version='1.0'?><book><title>A</title></book>")
    assert "neither a feed nor a sitemap (its first element is “book”)" in str(fault(tmp_path / "a.xml"))


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"<?xml version='1.0'?>\n<!-- a --><rss version='2.0'>", "feed"),
        (b"<?xml version='1.0'?><?xml-stylesheet href='x'?><feed xmlns='y'>", "feed"),
        (b"<rdf:RDF xmlns:rdf='z'>", "feed"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><urlset>", "sitemap"),
        ("<?xml version='1.0'?><sitemapindex>".encode("utf-16"), "sitemap"),
        (b"<?xml version='1.0'?><html>", "html"),
        (b"%PDF-1.7", "pdf"),
        (b"WARC/1.1\r\n", "warc"),
        (b"PAR1\x15", "parquet"),
        (b"A plain text.", "text"),
    ],
)
def test_the_first_bytes_tell_the_kind(head, kind):
    assert kind_of("a", head) == kind


SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><image:image><image:loc>https://a.example/p.png</image:loc><image:title>No</image:title></image:image>
<loc>https://a.example/1</loc><news:news><news:publication><news:name>Arendia Post</news:name>
<news:language>en</news:language></news:publication><news:publication_date>2024-02-15T08:00:00Z</news:publication_date>
<news:title>A title</news:title></news:news></url>
<url><loc>/2</loc><lastmod>2024-02-16</lastmod></url><url></url></urlset>"""


def test_a_sitemap_of_news():
    first, second = links(open_bytes(SITEMAP.encode()), "s", "https://a.example/sitemap.xml")
    assert first == Link("https://a.example/1", "A title", DAY, "Arendia Post", "en")
    assert second == Link("https://a.example/2")  # when it was changed is not when it was published


def test_a_sitemap_in_a_file_says_what_it_is(tmp_path, fault):
    (tmp_path / "a.xml").write_text(SITEMAP)
    assert "is a sitemap: it names 2 pages and holds no article" in str(fault(tmp_path / "a.xml"))
    (tmp_path / "a.xml").write_text("<urlset></urlset>")
    assert isinstance(fault(tmp_path / "a.xml"), EmptyInput)


def test_a_sitemap_that_is_broken_gives_what_came_before():
    *found, fault = links(open_bytes(SITEMAP[: SITEMAP.index("<url></url>")].encode()), "s")
    assert len(found) == 2 and isinstance(fault, InputError) and "broken" in str(fault)


def test_markup_of_many_kinds():
    assert paragraphs_of("One.<br/>Two <b>b</b>old.<ul><li>Three.</li></ul><!-- no --> Four") == (
        "One.\nTwo bold.\nThree.\nFour"
    )
    assert paragraphs_of("no markup at all") == "no markup at all"
    assert paragraphs_of("") == paragraphs_of("<script>x</script>") == ""
    deep = "<div>" * 5000 + "in" + "</div>" * 5000
    assert paragraphs_of(deep) in ("in", "")
