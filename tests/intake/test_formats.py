"""One format a test, from the file to the article."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from datetime import date

import pytest

from communique.errors import BadDate, BadRow, EmptyInput, InputError, NoArticle, NotEnglish
from communique.intake import read_articles
from communique.intake.rows import article_of

DAY = date(2024, 2, 15)
PAGE = """<!DOCTYPE html><html lang="en"><head>
<title>Arendia to reopen embassy in Belmark | Arendia Post</title>
<meta property="og:title" content="Arendia to reopen embassy in Belmark | Arendia Post">
<meta property="og:site_name" content="Arendia Post">
<meta name="author" content="Anna Berg">
<meta property="article:published_time" content="2024-02-15T09:30:00Z">
<link rel="canonical" href="https://post.example/world/embassy">
</head><body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Arendia to reopen embassy in Belmark</h1>
<p>{body}</p><p>{second}</p><p>The embassy was closed when the two countries fell out over fishing rights.</p>
</article><footer>Contact us</footer></body></html>"""


def rows(path, *lines):
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return path


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a", "a.unknown"])
def test_plain_text(tmp_path, one, body, name):
    path = tmp_path / name
    path.write_bytes(body.replace(". ", ".\r\n").encode())
    assert one(path).text == body.replace(". ", ".\r\n")


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a", "a.txt", "a.html.gz"])
def test_html(tmp_path, one, body, second, name):
    data = PAGE.format(body=body, second=second).encode()
    path = tmp_path / name
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    article = one(path)
    assert article.title == "Arendia to reopen embassy in Belmark"
    assert (article.author, article.publisher) == ("Anna Berg", "Arendia Post")
    assert (article.published, article.published_from) == (DAY, "metadata")
    assert article.url == "https://post.example/world/embassy"
    blocks = [article.text[s:e] for s, e in article.blocks]
    assert blocks[:2] == [body, second] and len(blocks) == 3


def test_an_html_page_in_an_old_encoding(tmp_path, one, body, second):
    page = PAGE.format(body=body.replace("minister", "ministér"), second=second)
    page = page.replace("<head>", '<head><meta charset="iso-8859-1">')
    (tmp_path / "a.html").write_bytes(page.encode("latin-1"))
    assert "ministér" in one(tmp_path / "a.html").text


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><nav><a href='/'>Home</a><a href='/a'>World</a></nav></body></html>",
        "<html><head><title>Log in</title></head><body><form>Name <input></form></body></html>",
        "<html>",
        "<html><body><p>Page not found.</p></body></html>",
        "no page at all",
    ],
)
def test_html_without_an_article(tmp_path, fault, page):
    (tmp_path / "a.html").write_text(page)
    assert isinstance(fault(tmp_path / "a.html"), NoArticle)


def test_our_own_rows(tmp_path, body, second):
    row = {
        "id": 7,
        "text": body,
        "title": " A  title ",
        "published": "2024-02-15",
        "publisher": None,
        "url": "",
    }
    path = rows(tmp_path / "a.jsonl", row, "", {"text": second})
    first, other = read_articles([str(path)])
    assert (first.id, first.title, first.publisher, first.url) == ("7", "A title", None, None)
    assert (first.published, first.published_from) == (DAY, "metadata")
    assert (other.text, other.published) == (second, None)


def test_rows_gzipped_with_a_mark_or_in_utf_16(tmp_path, one, body):
    line = json.dumps({"text": body}) + "\n"
    for name, data in {
        "a.jsonl.gz": gzip.compress(line.encode()),
        "b.jsonl": line.encode("utf-8-sig"),
        "c.jsonl": line.encode("utf-16"),
    }.items():
        (tmp_path / name).write_bytes(data)
        assert one(tmp_path / name).text == body


def test_a_broken_row_does_not_stop_the_others(tmp_path, body, second):
    path = rows(
        tmp_path / "a.jsonl",
        {"text": body},
        '{"text": "cut off',
        "[1, 2]",
        {"title": "No text"},
        {"text": 5},
        {"text": "  "},
        {"text": body, "published": "2024-02-31"},
        {"text": body, "title": {"a": 1}},
        {"text": "Le gouvernement a décidé de rouvrir une ambassade dans la capitale du pays voisin."},
        {"text": second},
    )
    found = list(read_articles([str(path)]))
    kinds = [type(x) for x in found[1:-1]]
    assert kinds == [BadRow, BadRow, BadRow, BadRow, EmptyInput, BadDate, BadRow, NotEnglish]
    assert [x.where for x in found[1:-1]] == [f"{path}:{n}" for n in range(2, 10)]
    assert (found[0].text, found[-1].text) == (body, second)
    assert "unterminated string" in str(found[1]) and "column 10" in str(found[1])
    assert "is a list" in str(found[2])
    assert "“title”" in str(found[3])
    assert "2024-02-31" in str(found[6])


def test_an_option_stands_above_a_rows_bad_date(body):
    article = article_of({"text": body, "published": "2024-02-31"}, published=DAY)
    assert (article.published, article.published_from) == (DAY, "option")


def test_a_row_too_long_is_skipped_and_the_limit_named(tmp_path, monkeypatch, body):
    monkeypatch.setattr("communique.intake.json_lines.MAX_LINE", 1024**2)
    path = rows(tmp_path / "a.jsonl", {"text": "a " * 1024**2}, {"text": body})
    long, article = read_articles([str(path)])
    assert isinstance(long, BadRow) and "1 MiB" in str(long) and long.where == f"{path}:1"
    assert article.text == body


def test_half_a_character_in_json(tmp_path, one, body):
    path = rows(tmp_path / "a.jsonl", '{"text": "\\ud800 ' + body + ' \\ud83d\\ude00", "id": "x"}')
    article = one(path)
    assert article.text == f"\ufffd {body} \U0001f600"
    article.text.encode("utf-8")


def test_deep_nesting_is_a_fault(tmp_path, fault):
    assert isinstance(fault(rows(tmp_path / "a.jsonl", "[" * 200_000)), BadRow)


NEWS_PLEASE = {
    "title": "Arendia to reopen embassy",
    "authors": ["Anna Berg", "Otto Brandt"],
    "date_publish": "2024-02-15 09:30:00",
    "source_domain": "post.example",
    "url": "https://post.example/embassy",
    "language": "en",
    "description": None,
}


@pytest.mark.parametrize("indent", [None, 2])
def test_news_please(tmp_path, one, body, indent):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(NEWS_PLEASE | {"maintext": body}, indent=indent))
    article = one(path)
    assert (article.text, article.title) == (body, "Arendia to reopen embassy")
    assert (article.author, article.publisher) == ("Anna Berg; Otto Brandt", "post.example")
    assert (article.published, article.published_from) == (DAY, "metadata")


def test_a_list_of_dicts_and_rows_under_the_wrong_suffix(tmp_path, body, second):
    path = tmp_path / "a.json"
    path.write_text(json.dumps([NEWS_PLEASE | {"maintext": body}, NEWS_PLEASE, {"text": second}]))
    first, bad, last = read_articles([str(path)])
    assert (first.text, last.text) == (body, second)
    assert isinstance(bad, BadRow) and bad.where == f"{path}, item 2"
    lines = rows(tmp_path / "b.json", {"text": body}, "{", {"text": second})
    first, bad, last = read_articles([str(lines)])
    assert (first.text, last.text, bad.where) == (body, second, f"{lines}:2")


@pytest.mark.parametrize(
    ("content", "said"),
    [("[]", "empty list"), ("  ", "is empty"), ("{]", "no valid JSON"), ("7", "a number")],
)
def test_json_that_holds_no_article(tmp_path, fault, content, said):
    path = tmp_path / "a.json"
    path.write_text(content)
    assert said in str(fault(path))


def test_text_and_rows_do_not_load_the_page_reader(tmp_path, body):
    path = rows(tmp_path / "a.jsonl", {"text": body})
    program = (
        "import sys; from communique.intake import read_articles; "
        f"print(len(list(read_articles([{str(path)!r}])))); sys.exit('trafilatura' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False, capture_output=True).returncode == 0


def test_faults_survive_a_worker_process(fault, tmp_path):
    import pickle

    found = fault(tmp_path / "none.txt")
    again = pickle.loads(pickle.dumps(found))
    assert isinstance(again, InputError) and str(again) == str(found)
