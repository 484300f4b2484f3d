"""``communique read``, with a reader that needs no network."""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.cli.main import run
from communique.cli.read import as_json, as_line
from communique.reading import Reading
from tests.samples import FakeReader, sample

Answer = tuple[int, str, str]


@pytest.fixture
def command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., Answer]:
    monkeypatch.setattr("communique.pipeline.shared_pipeline", FakeReader)
    monkeypatch.chdir(tmp_path)

    def answer(*arguments: str) -> Answer:
        status = run(["read", *arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return answer


def write(name: str, text: str = "The minister met the envoy.") -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def test_a_table_is_what_a_person_gets(command: Callable[..., Answer]) -> None:
    status, out, err = command(write("a.txt"), "--published", "2024-02-15")
    assert (status, err) == (0, "")
    assert "15 Feb 2024 (as given)" in out
    assert "EVENTS none" in out


def test_tables_of_several_articles_are_parted_by_a_rule(command: Callable[..., Answer]) -> None:
    out = command(write("a.txt"), write("b.txt", "The king met the envoy."))[1]
    assert out.count("\n\n" + "─" * 80 + "\n\n") == 1


def test_json_of_one_article_is_an_object_and_of_more_an_array(command: Callable[..., Answer]) -> None:
    one = command(write("a.txt"), "--format", "json")[1]
    assert json.loads(one)["article"]["text"] == "The minister met the envoy."
    two = command("a.txt", write("b.txt", "The king met the envoy."), "--format", "json")[1]
    assert [r["article"]["text"][:8] for r in json.loads(two)] == ["The mini", "The king"]
    assert one.strip() in two


def test_json_lines_hold_one_article_a_line(command: Callable[..., Answer]) -> None:
    rows = "".join(
        json.dumps({"id": f"r{i}", "text": f"Envoy number {i} met the king."}) + "\n" for i in range(4)
    )
    status, out, _ = command(write("rows.jsonl", rows), "--format", "jsonl")
    assert status == 0
    assert [Reading.from_json(line).article.id for line in out.splitlines()] == ["r0", "r1", "r2", "r3"]


def test_citron_json_holds_the_claims(command: Callable[..., Answer]) -> None:
    status, out, _ = command(
        write("a.txt", "The minister said the talks would go on."), "--format", "citron-json"
    )
    assert status == 0
    row = json.loads(out)
    assert set(row) == {"text", "quotes", "coreference_groups"}


def test_faults_come_at_the_end_one_sentence_each(command: Callable[..., Answer]) -> None:
    write("a.txt"), write("b.txt", ""), write("c.txt", "STUMBLE over this article."), write("d.txt")
    status, out, err = command("a.txt", "b.txt", "c.txt", "gone.txt", "d.txt", "--format", "jsonl")
    assert status == 1
    assert len(out.splitlines()) == 2
    told = err.splitlines()
    assert told[0] == "3 of 5 could not be read:"
    assert [line[:9] for line in told[1:]] == ["  b.txt: ", "  article", "  gone.tx"]
    assert "Traceback" not in err


def test_a_single_fault_is_one_line(command: Callable[..., Answer]) -> None:
    assert command("gone\x1b.txt") == (1, "", "Error: gone\\x1b.txt: does not exist\n")


def test_a_damaged_installation_is_one_sentence(command: Callable[..., Answer]) -> None:
    assert command(write("a.txt", "DAMAGED weights of the press.")) == (
        1,
        "",
        "Error: the weights are damaged\n",
    )


def test_wrong_usage_is_status_two(command: Callable[..., Answer]) -> None:
    write("a.txt")
    assert command()[0] == 2
    assert command("a.txt", "--format", "xml")[0] == 2
    assert command("a.txt", "--workers", "0")[0] == 2
    status, _, err = command("a.txt", "--published", "2024-02-31")
    assert status == 2
    assert "--published" in err and "2024-02-31" in err


def test_output_names_the_format_and_appears_whole(command: Callable[..., Answer]) -> None:
    status, out, _ = command(write("a.txt"), "--output", "readings.jsonl")
    assert (status, out) == (0, "")
    assert json.loads(Path("readings.jsonl").read_text(encoding="utf-8"))["format"] == "communique/1"
    command("a.txt", "--output", "page.txt")
    assert "EVENTS none" in Path("page.txt").read_text(encoding="utf-8")


def test_no_output_is_made_where_nothing_was_read(command: Callable[..., Answer]) -> None:
    Path("out.json").write_text("old", encoding="utf-8")
    assert command(write("a.txt", ""), "--output", "out.json")[0] == 1
    assert Path("out.json").read_text(encoding="utf-8") == "old"
    assert sorted(os.listdir()) == ["a.txt", "out.json"]


def test_a_place_that_cannot_be_written_is_told_before_reading(command: Callable[..., Answer]) -> None:
    status, _, err = command(write("a.txt"), "--output", "no/such/folder.json")
    assert status == 2
    assert "no/such/folder.json cannot be written: No such file or directory" in err


def test_ctrl_c_ends_quietly(command: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: FakeReader, article: object) -> Reading:
        raise KeyboardInterrupt

    monkeypatch.setattr(FakeReader, "read", interrupted)
    status, out, err = command(write("a.txt"), "--output", "out.json")
    assert (status, out, err.strip()) == (130, "", "")
    assert os.listdir() == ["a.txt"]


@pytest.mark.parametrize("finish", [as_line, as_json])
def test_what_workers_do_can_be_sent_to_them_and_read_back(finish: Callable[[Reading], str]) -> None:
    reading = sample()
    assert Reading.from_json(pickle.loads(pickle.dumps(finish))(reading)) == reading
