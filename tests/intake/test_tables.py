"""CSV, TSV and Parquet."""

from __future__ import annotations

import csv
import gzip
import io
from datetime import date, datetime

import pytest

from communique.article import Article
from communique.errors import BadDate, BadRow, EmptyInput, InputError, NotEnglish
from communique.intake import count_articles, read_articles
from communique.intake.columns import fields_of

DAY = date(2024, 2, 15)


def table(path, *rows, encoding="utf-8", **options):
    buffer = io.StringIO(newline="")
    csv.writer(buffer, **options).writerows(rows)
    path.write_bytes(buffer.getvalue().encode(encoding))
    return path


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_row_is_an_article(tmp_path, one, body, delimiter, encoding):
    text = f"{body}\n\nHe spoke, she said, of “peace”; no more."
    head = ("ID", "Headline", "Body", "Pub Date", "Source URL", "authors", "Outlet", "notes")
    row = ("7", "Arendia, again", text, "15 Feb 2024", "https://post.example/a", "Anna Bérg", "Post", "x")
    path = table(tmp_path / "a.csv", head, row, encoding=encoding, delimiter=delimiter)
    article = one(path)
    assert (article.id, article.title, article.author) == ("7", "Arendia, again", "Anna Bérg")
    assert (article.publisher, article.url) == ("Post", "https://post.example/a")
    assert (article.published, article.published_from) == (DAY, "metadata")
    assert article.text == text


@pytest.mark.parametrize("name", ["text", "Body", "content", "main_text", "maintext", "Article Body"])
def test_names_of_the_column_of_text(tmp_path, one, body, name):
    assert fields_of([name, "x"], "a.csv") == {"text": [0]}
    assert one(table(tmp_path / "a.tsv", (name,), (body,), delimiter="\t")).text == body


def test_of_two_columns_the_likelier_that_is_filled_counts(tmp_path, body, second):
    path = table(tmp_path / "a.csv", ("content", "text", "date"), (body, second, ""), (body, " ", ""))
    assert [a.text for a in read_articles([path])] == [second, body]


def test_a_table_without_a_column_of_text_names_its_columns(tmp_path, fault):
    path = table(tmp_path / "a.csv", ("id", "date", "what"), ("1", "2024-02-15", "nothing"))
    found = fault(path)
    assert isinstance(found, BadRow)
    assert "no column of text (its columns: “id”, “date”, “what”)" in str(found)
    many = fault(table(tmp_path / "b.csv", [f"c{n}" for n in range(100)]))
    assert "and 88 more" in str(many)


def test_a_bad_row_does_not_stop_the_others(tmp_path, body, second):
    path = table(
        tmp_path / "a.csv",
        ("text", "date"),
        (body, "2024-02-15"),
        (),
        ("", "2024-02-15"),
        (body, "31 February 2024"),
        ("Le gouvernement a décidé de rouvrir une ambassade dans la capitale du pays voisin.", ""),
        (second,),
    )
    first, *bad, last = read_articles([path])
    assert [type(x) for x in bad] == [BadRow, BadDate, NotEnglish]
    assert [x.where for x in bad] == [f"{path}:{n}" for n in (4, 5, 6)]
    assert (first.text, last.text) == (body, second)
    assert count_articles([path]) == 5


def test_a_quotation_mark_that_is_never_closed_costs_one_row(tmp_path, body, second):
    (tmp_path / "a.csv").write_text(f'title,text\nOne,{second}\nTwo,"{body}\nThree,{body}\nFour,{second}\n')
    first, bad, third, fourth = read_articles([tmp_path / "a.csv"])
    assert isinstance(bad, BadRow) and "never closed" in str(bad) and bad.where.endswith("a.csv:3")
    assert [first.title, third.title, fourth.title] == ["One", "Three", "Four"]


def test_a_row_that_goes_on_for_ever(tmp_path, monkeypatch, body):
    monkeypatch.setattr("communique.intake.table_rows.MAX_ROW", 1024**2)
    (tmp_path / "a.csv").write_text("text\n" + "a " * 1024**2 + f"\n{body}\n")
    long, article = read_articles([tmp_path / "a.csv"])
    assert isinstance(long, BadRow) and "1 MiB" in str(long) and article.text == body
    (tmp_path / "b.csv").write_text(f'text\n"{body}\n' + f"{body}\n" * 6000)
    long, *articles = read_articles([tmp_path / "b.csv"])
    assert "not closed" in str(long) and long.where.endswith("b.csv:2")
    assert len(articles) == 6000 and all(isinstance(a, Article) for a in articles)


def test_line_ends_of_old(tmp_path, body, second):
    (tmp_path / "a.csv").write_bytes(f"text\r{body}\r{second}\r".encode())
    assert [a.text for a in read_articles([tmp_path / "a.csv"])] == [body, second]


@pytest.mark.parametrize(
    ("data", "said"), [("", "is empty"), ("\n\n", "is empty"), ("text,date\n", "no other")]
)
def test_a_table_with_nothing_in_it(tmp_path, fault, data, said):
    (tmp_path / "a.csv").write_text(data)
    found = fault(tmp_path / "a.csv")
    assert isinstance(found, EmptyInput) and said in str(found)


def parquet(path, select):
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"copy ({select}) to '{path}' (format parquet)")
    return path


@pytest.fixture
def rows(body, second):
    return (
        f"select * from (values ('x', '{body}', timestamp '2024-02-15 08:00:00', ['Anna Berg', 'Otto']), "
        f"('y', null, null, []), ('z', '{second}', null, null)) t(id, content, \"Date Published\", authors)"
    )


def test_parquet(tmp_path, body, second, rows):
    path = parquet(tmp_path / "a.parquet", rows)
    first, bad, last = read_articles([path])
    assert (first.id, first.text, first.author) == ("x", body, "Anna Berg; Otto")
    assert (first.published, first.published_from) == (DAY, "metadata")
    assert (last.id, last.text, last.published) == ("z", second, None)
    assert isinstance(bad, BadRow) and bad.where == f"{path}, row 2"
    assert count_articles([path]) == 3


def test_parquet_packed_named_like_a_pattern_or_under_another_name(tmp_path, body, rows):
    data = parquet(tmp_path / "a.parquet", rows).read_bytes()
    (tmp_path / "a.parquet.gz").write_bytes(gzip.compress(data))
    (tmp_path / "a[1].parquet").write_bytes(data)
    (tmp_path / "a.dat").write_bytes(data)
    for name in ("a.parquet.gz", "a[1].parquet", "a.dat"):
        first, _, last = read_articles([tmp_path / name])
        assert first.text == body and last.id == "z", name


def test_parquet_that_is_damaged_or_has_no_text(tmp_path, fault, rows):
    path = parquet(tmp_path / "a.parquet", "select 1 as id, 'x' as what")
    assert "its columns: “id”, “what”" in str(fault(path))
    data = parquet(tmp_path / "b.parquet", rows).read_bytes()
    (tmp_path / "b.parquet").write_bytes(data[: len(data) // 2])
    assert "damaged Parquet" in str(fault(tmp_path / "b.parquet"))
    assert isinstance(fault(parquet(tmp_path / "c.parquet", "select 'x' as text where false")), EmptyInput)


def test_ids_and_dates_of_other_types(tmp_path, one, body):
    id = "uuid '12345678-1234-1234-1234-1234567890ab'"
    select = f"select {id} as id, date '2024-02-15' as date, '{body}' as text"
    article = one(parquet(tmp_path / "a.parquet", select))
    assert article.id == "12345678-1234-1234-1234-1234567890ab"
    assert article.published == datetime(2024, 2, 15).date()


def test_a_gzip_file_that_unpacks_without_end(tmp_path, monkeypatch, fault):
    monkeypatch.setattr("communique.intake.files._BOMB_SIZE", 1024**2)
    for name in ("a.csv.gz", "a.jsonl.gz", "a.txt.gz"):
        (tmp_path / name).write_bytes(gzip.compress(b"\n" * 8 * 1024**2))
        found = fault(tmp_path / name)
        assert isinstance(found, InputError) and "250 times its size" in str(found), name
