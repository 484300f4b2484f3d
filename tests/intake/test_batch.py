from __future__ import annotations

import gzip
import io
import json
from datetime import date
from types import SimpleNamespace

import pytest

from communique.article import Article
from communique.errors import EmptyInput, InputError, NotText
from communique.intake import count_articles, read_articles
from communique.intake.files import MAX_FILE


@pytest.fixture
def stdin(monkeypatch):
    def give(data: bytes):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))

    return give


def test_order_is_input_order_and_faults_stand_in_it(tmp_path, body, second):
    (tmp_path / "b.txt").write_text(body)
    (tmp_path / "a.txt").write_text(second)
    paths = [str(tmp_path / n) for n in ("b.txt", "none.txt", "a.txt")]
    found = list(read_articles(paths))
    assert (found[0].text, found[2].text) == (body, second)
    assert str(found[1]) == f"{paths[1]}: does not exist"
    assert count_articles(paths) == 3


def test_a_folder_is_read_in_order_with_known_suffixes_only(tmp_path, body):
    for name in ("z.txt", "sub/b.md", "sub/a.txt.gz", "a.log", "noext", ".hidden.txt", ".git/c.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        text = f"{body} This is {name}."
        path.write_bytes(gzip.compress(text.encode()) if name.endswith("gz") else text.encode())
    texts = [a.text.rsplit(" ", 1)[1] for a in read_articles([str(tmp_path)])]
    assert texts == ["sub/a.txt.gz.", "sub/b.md.", "z.txt."]


def test_a_readme_is_about_its_folder_and_read_only_when_named(tmp_path, body):
    for name in ("README.md", "Readme.txt.gz", "readme_first.txt", "readmeow.txt", "sub/README.en.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        text = f"{body} This is {name}".encode()
        (tmp_path / name).write_bytes(gzip.compress(text) if name.endswith("gz") else text)
    assert [a.text[-12:] for a in read_articles([str(tmp_path)])] == ["readmeow.txt"]
    assert count_articles([str(tmp_path)]) == 1
    for named in (tmp_path / "README.md", tmp_path / "R*.md"):
        assert [a.text[-9:] for a in read_articles([str(named)])] == ["README.md"]


def test_a_folder_or_glob_with_nothing_in_it(tmp_path, fault):
    assert "holds no file" in str(fault(tmp_path))
    assert ".jsonl" in str(fault(tmp_path))
    assert "matches no file" in str(fault(tmp_path / "*.txt"))


def test_globs(tmp_path, body):
    for name in ("b.txt", "a.txt", "c.md"):
        (tmp_path / name).write_text(f"{body} {name}")
    assert [a.text[-5:] for a in read_articles([str(tmp_path / "*.txt")])] == ["a.txt", "b.txt"]
    deep = [a.text[-5:] for a in read_articles([str(tmp_path.parent / tmp_path.name / "**" / "*")])]
    assert deep == ["a.txt", "b.txt", " c.md"]


def test_ids_are_unique_in_a_batch(tmp_path, body, second):
    path = tmp_path / "a.jsonl"
    lines = [{"id": i, "text": t} for i, t in (("x", body), ("x", second), ("x-2", body), ("x", body))]
    path.write_text("\n".join(map(json.dumps, lines)))
    assert [a.id for a in read_articles([str(path)])] == ["x", "x-2", "x-2-2", "x-3"]
    (tmp_path / "b.txt").write_text(body)
    one, two = read_articles([str(tmp_path / "b.txt")] * 2)
    assert two.id == one.id + "-2" and two.text == one.text


def test_the_option_holds_for_all(tmp_path, body):
    (tmp_path / "a.txt").write_text(body)
    (article,) = read_articles([tmp_path], published=date(2024, 2, 15))
    assert (article.published, article.published_from) == (date(2024, 2, 15), "option")


def test_standard_input_in_each_shape(stdin, body, second):
    row = json.dumps({"text": body})
    page = f"<html><body><article><h1>A title</h1><p>{body}</p><p>{second}</p></article></body></html>"
    for data, texts in [
        (body.encode(), [body]),
        (f"“{body}”".encode("utf-16"), [f"“{body}”"]),
        (f"{row}\n{json.dumps({'text': second})}\n".encode(), [body, second]),
        (json.dumps([{"text": body}, {"text": second}]).encode(), [body, second]),
        (json.dumps({"text": body}, indent=1).encode(), [body]),
        (gzip.compress(row.encode()), [body]),
    ]:
        stdin(data)
        assert [a.text for a in read_articles(["-"])] == texts
    stdin(page.encode())
    (article,) = read_articles(["-"])
    assert body in article.text and "<p>" not in article.text
    assert count_articles(["-"]) is None


def test_empty_standard_input(stdin):
    stdin(b"")
    (found,) = read_articles(["-"])
    assert isinstance(found, EmptyInput) and str(found) == "<stdin>: is empty"


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.json", "a.html", "a"])
def test_empty_files(tmp_path, fault, name):
    (tmp_path / name).write_bytes(b"")
    assert isinstance(fault(tmp_path / name), EmptyInput)
    (tmp_path / name).write_bytes(b" \n\n ")
    assert isinstance(fault(tmp_path / name), (EmptyInput, InputError))


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.json", "a.html", "a"])
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3", "damaged PDF"),
        (b"PK\x03\x04 and so on", "zip archive"),
        (b"\x00\x01\x02\x03" * 64, "binary data"),
        (b"\x1f\x8bjunk that is no gzip at all", "damaged gzip"),
    ],
)
def test_binary_files(tmp_path, fault, name, data, said):
    (tmp_path / name).write_bytes(data)
    found = fault(tmp_path / name)
    assert isinstance(found, NotText) and said in str(found)


def test_a_gzip_file_that_breaks_off(tmp_path, body):
    lines = "".join(
        json.dumps({"text": f"{body} Number {n}, {n * 7919 % 1000}."}) + "\n" for n in range(2000)
    )
    whole = gzip.compress(lines.encode())
    (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    *articles, last = read_articles([str(tmp_path / "a.jsonl.gz")])
    assert articles and all(isinstance(a, Article) for a in articles)
    assert isinstance(last, NotText) and "breaks off" in str(last)
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(body.encode())[:-12])
    (found,) = read_articles([str(tmp_path / "b.txt.gz")])
    assert "breaks off" in str(found)
    assert count_articles([str(tmp_path / "a.jsonl.gz")]) is None


def test_twenty_megabytes_of_one_line(tmp_path, fault):
    (tmp_path / "a.txt").write_bytes(b"word " * 4_000_000)
    assert "20,000,000 characters" in str(fault(tmp_path / "a.txt"))
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "' + b"word " * 4_000_000 + b'"}')
    assert "16 MiB" in str(fault(tmp_path / "a.jsonl"))
    (tmp_path / "a.txt").write_bytes(b"a" * (MAX_FILE + 1))
    assert "32 MiB" in str(fault(tmp_path / "a.txt"))


def test_one_bad_file_never_stops_a_batch(tmp_path, body):
    (tmp_path / "1.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (tmp_path / "2.jsonl").write_text("nonsense\n")
    (tmp_path / "3.html").write_text("<html></html>")
    (tmp_path / "4.json").write_text("{")
    (tmp_path / "5.txt.gz").write_bytes(b"\x1f\x8b")
    (tmp_path / "6.txt").mkdir()
    (tmp_path / "7.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "8.txt").write_text(body)
    found = list(read_articles([str(tmp_path)]))
    assert len(found) == 7
    assert all(isinstance(x, InputError) and x.where for x in found[:-1])
    assert found[-1].text == body


def test_counting(tmp_path, body):
    row = json.dumps({"text": body})
    (tmp_path / "a.jsonl").write_text(f"{row}\n\n{row}\nbroken\n")
    (tmp_path / "b.txt").write_text(body)
    assert count_articles([str(tmp_path)]) == len(list(read_articles([str(tmp_path)]))) == 4
    (tmp_path / "c.json").write_text(f"[{row}]")
    assert count_articles([str(tmp_path)]) is None
