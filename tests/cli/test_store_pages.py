"""The tables that people see: events, timeline, dyad, said, disputes, upcoming."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.cli.main import run
from tests.store.asked import make


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("pages") / "s.duckdb")


@pytest.fixture
def page(path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> object:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("COMMUNIQUE_STORE", str(path))

    def shown(*arguments: str) -> str:
        assert run(list(arguments)) == 0
        return capfd.readouterr().out

    return shown


def test_events(page) -> None:  # type: ignore[no-untyped-def]
    lines = page("events", "--type", "CONSULT").splitlines()
    assert lines[1].split("  ")[0] == "20 Feb 2024*"
    assert "Ada Holm → Ivo Brandt" in lines[1] and lines[1].endswith("an aide")
    assert lines[2] == " " * 14 + "Ada Holm met Ivo Brandt, an aide said.  — Évening Mail"
    assert "CONSULT visit" in lines[3] and lines[3].endswith("the article")
    assert lines[-1] == "* day of the article; the text names none"
    assert "— Harbour Gazette and 1 more" in page("events", "--happenings")


def test_timeline(page) -> None:  # type: ignore[no-untyped-def]
    lines = page("timeline", "--by", "month", "--status", "all").splitlines()
    assert [line.split("  ")[0] for line in lines] == [
        *("2024-02", "5 Feb 2024", "20 Feb 2024*", ""),
        *("2024-03", "4 Mar 2024", "", "2024-05", "May 2024"),
        "* day of the article; the text names none",
    ]
    assert "Ada Holm → Ivo Brandt: “met” (2 articles)" in lines[1]
    assert lines[5].endswith("AGREE, planned")


def test_dyad(page) -> None:  # type: ignore[no-untyped-def]
    out = page("dyad", "JPN", "PRK")
    there, back = out.split("\n\n")
    lines = there.splitlines()
    assert lines[0] == "JPN → PRK  1 happening"
    assert lines[1] == "score ▆···"
    assert lines[2].split() == ["2024-02", "│" + "░" * 34, "0", "1", "+5.0"]
    assert lines[3].split() == ["2024-03", "│", "0", "0"]
    assert back.splitlines()[5].split() == ["2024-05", "█" * 34 + "│", "1", "0", "-9.0"]
    assert page("dyad", "JPN", "PRK", "--limit", "1").count("2024-") == 2


def test_said(page) -> None:  # type: ignore[no-untyped-def]
    out = page("said", "Holm")
    assert "6 Feb 2024*" in out and "deny" in out and "that 12 ferries sank" in out
    assert "— told by Daily Wire, Harbour Gazette" in out


def test_disputes(page) -> None:  # type: ignore[no-untyped-def]
    lines = page("disputes", "--kind", "denial").splitlines()
    assert lines[1].split(maxsplit=3) == ["denial", "the", "article", "12 ferries sank"]
    assert lines[2].strip() == "— Harbour Gazette, 6 Feb 2024"
    assert "Ada Holm, told by" in lines[3] and "12 ferries sank" in lines[3]


def test_upcoming(page) -> None:  # type: ignore[no-untyped-def]
    lines = page("upcoming", "--from", "2024-02").splitlines()
    assert "4 Mar 2024" in lines[1] and "sign the fishing treaty" in lines[1]
    assert lines[1].endswith("Évening Mail and 1 more")
    assert lines[2].startswith("9 Jun 2024") and "elect a council" in lines[2]


def test_calendar(page, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    from icalendar import Calendar

    ics = tmp_path / "ahead.ics"
    page("upcoming", "--from", "2024-02", "--ics", str(ics))
    before = ics.read_bytes()
    treaty, council = Calendar.from_ical(before).walk("VEVENT")
    assert (str(treaty["summary"]), str(council["summary"])) == ("sign the fishing treaty", "elect a council")
    assert "On 2024-02-20 and 1 more" in str(treaty["description"])
    assert str(council["dtstart"].dt) == "2024-06-09"
    page("upcoming", "--from", "2024-02", "--ics", str(ics))
    assert ics.read_bytes() == before
