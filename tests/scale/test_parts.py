"""A part: rows that are of use alone, the same bytes each time, and no article that stops the others."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from communique.article import Article
from communique.errors import CommuniqueError, InstallationError
from communique.reading import Reading
from communique.scale import Coded, Failed, Job, Part, code_part, read_folder, readings_of
from communique.scale.layout import Folder, tables
from communique.scale.rows import rows_of
from tests.samples import TEXT, sample
from tests.scale.conftest import bytes_of, write_rows
from tests.scale.readers import SampleReader


def part_of(path: Path) -> Part:
    told = path.stat()
    return Part(str(path), told.st_size, told.st_mtime_ns)


@pytest.fixture
def reader(tmp_path: Path) -> SampleReader:
    return SampleReader(tmp_path / "deaths", 0)


def coded(part: Part, out: Path, reader: Any) -> Coded:
    outcome = code_part(part, Job(str(out), "1", "by hand"), lambda: reader)
    assert isinstance(outcome, Coded), outcome
    return outcome


def test_the_rows_have_the_columns_that_are_told() -> None:
    found = dict(rows_of(sample(), "k"))
    assert {table: list(row) for table, row in found.items()} == {
        table: list(columns) for table, columns in tables().items() if table in found
    }
    assert set(tables()) - set(found) == {"disputes", "quantities", "faults"}


def test_an_event_row_says_all_by_itself(tmp_path: Path, reader: SampleReader) -> None:
    coded(part_of(write_rows(tmp_path / "a.jsonl", range(1))), tmp_path / "out", reader)
    with duckdb.connect() as connection:
        met, gave_up, treaty = connection.execute(
            "SELECT day, type, mode, actors, recipients, said_by, said_chain, words, sentence, url "
            f"FROM '{tmp_path}/out/events/*.parquet' ORDER BY n"
        ).fetchall()
    assert str(met[0]) == "2031-02-17"
    assert met[1:5] == ("CONSULT", "visit", ["Norvania"], ["Ostria"])
    assert (met[5], met[6], met[7]) == (None, [], "met")
    assert met[8] == "Envoys of Norvania met Ostrian officials on Monday."
    assert str(gave_up[0]) == "2031-02-18"  # the text gives no day: that of publication
    assert gave_up[5:7] == ("Ada Holm", ["Daily Wire", "Ada Holm"])
    assert treaty[9] == "https://port.example/0"


def test_every_table_is_there_also_where_nothing_is_in_it(tmp_path: Path, reader: SampleReader) -> None:
    marker = coded(part_of(write_rows(tmp_path / "a.jsonl", range(2))), tmp_path / "out", reader).marker
    with duckdb.connect() as connection:
        for table, columns in tables().items():
            found = connection.execute(
                f"DESCRIBE SELECT * FROM '{tmp_path}/out/{table}/*.parquet'"
            ).fetchall()
            assert {x[0]: x[1] for x in found} == columns
            rows = connection.execute(f"SELECT count(*) FROM '{tmp_path}/out/{table}/*.parquet'").fetchall()
            assert rows[0][0] == marker.counts[table]
    assert marker.counts["events"] == 6
    assert marker.counts["disputes"] == 0


def test_the_same_part_gives_the_same_bytes_and_is_not_coded_again(
    tmp_path: Path, reader: SampleReader
) -> None:
    part = part_of(write_rows(tmp_path / "a.jsonl", range(5)))
    assert coded(part, tmp_path / "one", reader).fresh
    assert coded(part, tmp_path / "two", reader).fresh
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two") != {}
    assert not coded(part, tmp_path / "one", None).fresh


def test_a_bad_article_is_a_row_of_faults(tmp_path: Path, reader: SampleReader) -> None:
    path = write_rows(tmp_path / "a.jsonl", range(4), r1="FOREIGN", r2="STUMBLE")
    with path.open("a") as file:
        file.write("{no json\n")
    marker = coded(part_of(path), tmp_path / "out", reader).marker
    assert (marker.counts["articles"], marker.faults) == (2, 3)
    with read_folder(tmp_path / "out") as connection:
        faults = connection.execute("SELECT place, kind, message FROM faults ORDER BY kind").fetchall()
    assert [x[1] for x in faults] == ["BadRow", "InputError", "NotEnglish"]
    assert faults[0][0] == "a.jsonl:5"
    assert "KeyError" in faults[1][2]


def test_a_day_that_the_database_does_not_know_and_a_zero_character_stop_nothing(tmp_path: Path) -> None:
    class Odd:
        def read(self, article: Article) -> Reading:
            reading = sample(f"{TEXT} An odd \x00 character.", id=article.id)
            reading.times[0].start_day = "12031-02-17"
            reading.times[0].end_day = "not a day"
            return reading

    coded(part_of(write_rows(tmp_path / "a.jsonl", range(1))), tmp_path / "out", Odd())
    with read_folder(tmp_path / "out") as connection:
        row = connection.execute("SELECT to_day, type FROM events WHERE n = 1").fetchone()
        text = connection.execute("SELECT text FROM articles").fetchone()
    assert row == (None, "CONSULT")
    assert text is not None and "\x00" in text[0]


def test_the_readings_come_back_whole(tmp_path: Path, reader: SampleReader) -> None:
    path = write_rows(tmp_path / "a.jsonl", range(3))
    coded(part_of(path), tmp_path / "out", reader)
    found = list(readings_of(tmp_path / "out"))
    from communique.intake import read_articles

    expected = [reader.read(a) for a in read_articles([path]) if isinstance(a, Article)]
    assert [r.to_json() for _, r in found] == [r.to_json() for r in expected]
    assert [r.article.blocks for _, r in found] == [r.article.blocks for r in expected]
    assert all(r.article.blocks for r in expected)


def test_a_file_that_is_gone_or_changes_meanwhile_is_told(tmp_path: Path, reader: SampleReader) -> None:
    path = write_rows(tmp_path / "a.jsonl", range(2))
    part = part_of(path)

    class Changing:
        def read(self, article: Article) -> Reading:
            path.touch()
            write_rows(path, range(3))
            return reader.read(article)

    job = Job(str(tmp_path / "out"), "1", "by hand")
    told = code_part(part, job, Changing)
    assert isinstance(told, Failed) and "changed while" in told.message
    assert list(Folder(tmp_path / "out").markers()) == []
    path.unlink()
    told = code_part(part, job, lambda: reader)
    assert isinstance(told, Failed) and "no such file" in told.message
    assert bytes_of(tmp_path / "out") == {}
    assert not list((tmp_path / "out" / "unfinished").iterdir())


def test_where_nothing_can_be_written_or_read_the_run_ends(tmp_path: Path, reader: SampleReader) -> None:
    part = part_of(write_rows(tmp_path / "a.jsonl", range(2)))
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(CommuniqueError, match="file cannot be written"):
        code_part(part, Job(str(tmp_path / "file"), "1", "by hand"), lambda: reader)

    def broken() -> SampleReader:
        raise InstallationError("the weights are damaged")

    with pytest.raises(InstallationError):
        code_part(part, Job(str(tmp_path / "out"), "1", "by hand"), broken)


def test_a_marker_that_cannot_be_read_is_none(tmp_path: Path, reader: SampleReader) -> None:
    part = part_of(write_rows(tmp_path / "a.jsonl", range(2)))
    marker = coded(part, tmp_path / "out", reader).marker
    place = Folder(tmp_path / "out").marker_file(marker.part)
    assert json.loads(place.read_text())["hash"] == marker.hash
    place.write_text('{"part": "')
    assert coded(part, tmp_path / "out", reader).fresh


def test_a_web_archive_is_a_part_like_any_other(tmp_path: Path) -> None:
    pytest.importorskip("warcio")

    class Bare:
        def read(self, article: Article) -> Reading:
            return Reading(sample().producer, article)

    def record(number: int) -> bytes:
        words = "".join(
            f"<p>{TEXT} Paragraph {k} of page {number} goes on about the port.</p>" for k in range(4)
        )
        page = (
            f"<html><head><title>Page {number}</title></head><body><article>{words}</article></body></html>"
        )
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}".encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0-{number}>\r\n"
            f"WARC-Date: 2031-02-18T00:00:00Z\r\nWARC-Target-URI: https://port.example/{number}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        return gzip.compress(head.encode() + answer + b"\r\n\r\n", mtime=0)

    path = tmp_path / "CC-NEWS-20310218000000-00001.warc.gz"
    path.write_bytes(record(1) + record(2))
    marker = coded(part_of(path), tmp_path / "out", Bare()).marker
    assert marker.part.startswith("part-CC-NEWS-20310218000000-00001-")
    with read_folder(tmp_path / "out") as connection:
        found = connection.execute("SELECT url FROM articles ORDER BY url").fetchall()
    assert found == [("https://port.example/1",), ("https://port.example/2",)]
