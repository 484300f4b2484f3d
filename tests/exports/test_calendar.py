"""What is ahead, as a calendar, read back by the library other programs read it with."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar

import communique
from communique.cli.main import run
from communique.exports.calendar import as_calendar, entries_of

TEXT = """\
Ruritania will hold a general election on May 12, the interior ministry said on Monday.
Talks between the two governments are expected to resume next week in Oslo.
Parliament must pass the budget by Friday.
"""
DAY = date(2024, 4, 22)


def entries(text: str = TEXT) -> list[dict[str, object]]:
    reading = communique.read(text, published=DAY)
    calendar = Calendar.from_ical(as_calendar(entries_of(reading)))
    return [dict(c.items()) for c in calendar.walk("VEVENT")]


def test_every_entry_of_the_schedule_is_a_day_in_the_calendar() -> None:
    reading = communique.read(TEXT, published=DAY)
    found = entries()
    assert len(found) == len(reading.schedule) == 3
    vote = next(e for e in found if "election" in str(e["SUMMARY"]))
    assert (vote["DTSTART"].dt, vote["DTEND"].dt) == (date(2024, 5, 12), date(2024, 5, 13))
    assert str(vote["STATUS"]) == "CONFIRMED"
    assert "Ruritania will hold a general election on May 12" in str(vote["DESCRIPTION"])


def test_what_is_only_expected_is_tentative_and_a_deadline_says_so() -> None:
    found = entries()
    talks = next(e for e in found if "alks" in str(e["SUMMARY"]))
    assert str(talks["STATUS"]) == "TENTATIVE"
    budget = next(e for e in found if "budget" in str(e["SUMMARY"]))
    assert str(budget["SUMMARY"]).startswith("Deadline: ")
    assert budget["DTSTART"].dt == date(2024, 4, 26)


def test_the_hour_stands_where_it_is_told() -> None:
    (one,) = entries("The Security Council will vote on the resolution at 3 p.m. on Thursday.")
    assert one["DTSTART"].dt == datetime(2024, 4, 25, 15, 0)


def test_the_same_schedule_gives_the_same_bytes_and_ids_differ() -> None:
    assert as_calendar(entries_of(communique.read(TEXT, published=DAY))) == as_calendar(
        entries_of(communique.read(TEXT, published=DAY))
    )
    assert len({str(e["UID"]) for e in entries()}) == 3


def test_read_writes_it_beside_the_output_with_any_number_of_workers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for n in (1, 2):
        (tmp_path / f"{n}.txt").write_text(TEXT.replace("May 12", f"May {n}"), encoding="utf-8")
    written = []
    for workers in ("1", "2"):
        target = tmp_path / f"w{workers}.ics"
        files = [str(tmp_path / "1.txt"), str(tmp_path / "2.txt")]
        options = ["--published", "2024-04-22", "--format", "jsonl", "--workers", workers]
        assert run(["read", *files, *options, "--calendar", str(target)]) == 0
        assert len(capsys.readouterr().out.splitlines()) == 2
        written.append(target.read_bytes())
    assert written[0] == written[1]
    assert written[0].count(b"BEGIN:VEVENT") == 6


def test_a_calendar_that_cannot_be_written_is_told_before_anything_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    target = tmp_path / "none" / "a.ics"
    assert run(["read", str(tmp_path / "a.txt"), "--calendar", str(target)]) == 2
    said = capsys.readouterr().err
    assert "--calendar" in said and "cannot be written" in said
