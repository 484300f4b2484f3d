"""Every format against its golden file, and read back as the public readers of that format do."""

from __future__ import annotations

import csv
import json
import re
from datetime import date, datetime

import pytest

from communique.exports.codes import columns, table
from tests.exports.made import FILES, GOLDEN, evidence_of, exported, made

WITH_EVIDENCE = ["polecat", "gdelt-events", "icews", "acled-like"]


def rows(name: str, **how: object) -> list[list[str]]:
    """A golden file by Python's csv, with its own rules of quoting unless told otherwise."""
    encoding = str(how.pop("encoding", "utf-8"))
    with (GOLDEN / name).open(encoding=encoding, newline="") as stream:
        return list(csv.reader(stream, **how))  # type: ignore[arg-type]


@pytest.mark.parametrize("form", FILES)
def test_the_same_readings_give_the_same_bytes(form: str) -> None:
    assert exported(form).encode() == (GOLDEN / FILES[form]).read_bytes()
    assert exported(form) == exported(form)


@pytest.mark.parametrize("form", WITH_EVIDENCE)
def test_the_evidence_gives_the_same_bytes(form: str) -> None:
    golden = GOLDEN / f"{FILES[form].rpartition('.')[0]}_evidence.tsv"
    assert evidence_of(form).encode() == golden.read_bytes()


@pytest.mark.parametrize("form", sorted(set(FILES) - {"polecat", "acled-like"}))
def test_no_line_is_broken_for_readers_that_end_lines_elsewhere(form: str) -> None:
    text = (GOLDEN / FILES[form]).read_text(encoding="utf-8")
    if form != "citron-json":  # whose text is the article's own, with its line separators
        assert "\x00" not in text and len(text.splitlines()) == text.count("\n")


def test_polecat_by_position_as_a_graph_benchmark_reads_it() -> None:
    edges = []
    for row in rows("polecat.txt", delimiter="\t", encoding="ISO-8859-1")[1:]:
        when, relation, head, tail = row[1], row[2], row[7], row[15]
        if not when or any("None" in cell for cell in (when, relation, head, tail)):
            continue
        edges.append((datetime.strptime(when, "%Y-%m-%d").date(), head, relation, tail))
    assert edges == [
        (date(2024, 2, 13), "Ines Lukasz", "CONSULT", "Omar Nasr"),
        (date(2024, 2, 12), "Police", "ASSAULT", "7 protesters"),
        (date(2024, 3, 10), "United Nations; European Union", "SUPPORT", "Kenya"),
    ]


def test_polecat_by_name_as_a_script_for_country_months_reads_it() -> None:
    with (GOLDEN / "polecat.txt").open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream, delimiter="\t"))
    assert all(None not in row and None not in row.values() for row in found)
    assert {row["Quad Code"] for row in found} <= {
        "VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT",
    }  # fmt: skip
    numbers = {
        int(number)
        for row in found
        for number in f"{row['Actor COW']}; {row['Recipient COW']}".split("; ")
        if number != "None"
    }
    assert numbers == {220, 651, 501, 500, 360}
    assert [float(row["Intensity"]) for row in found][:2] == [2.5, -9.0]
    assert len({row["Event ID"].split("_")[0] for row in found}) == 3  # one an article
    assert len({row["Event ID"] for row in found}) == len(found)


def test_polecat_has_its_forty_columns_and_nothing_but_ascii() -> None:
    found = rows("polecat.txt", delimiter="\t")
    assert len(found[0]) == 40 and {len(row) for row in found} == {40}
    assert (GOLDEN / "polecat.txt").read_bytes().isascii()
    assert not any(cell == "" for row in found for cell in row)


@pytest.mark.parametrize(("form", "width"), [("gdelt-events", 61), ("gdelt-mentions", 16)])
def test_gdelt_by_position_with_the_types_of_its_columns(form: str, width: int) -> None:
    types = [str(column).rsplit(" ", 1)[1] for column in table("columns")[form]]
    assert len(types) == width
    readers = {"I": int, "F": float, "S": str}
    found = rows(FILES[form], delimiter="\t", quoting=csv.QUOTE_NONE)
    assert found and {len(row) for row in found} == {width}
    for row in found:
        for kind, cell, name in zip(types, row, columns(form), strict=True):
            if kind == "I" or cell:
                readers[kind](cell)
            else:
                assert kind == "S" or name.endswith(("_Lat", "_Long", "Tone")), name


def test_gdelt_dates_codes_and_scales() -> None:
    row = dict(zip(columns("gdelt-events"), rows(FILES["gdelt-events"], delimiter="\t")[1], strict=True))
    assert (row["SQLDATE"], row["MonthYear"], row["Year"], row["FractionDate"]) == (
        "20240212", "202402", "2024", "2024.1151",
    )  # fmt: skip
    assert (row["Actor1Code"], row["Actor1CountryCode"], row["Actor1Type1Code"]) == ("EGYCOP", "EGY", "COP")
    assert (row["EventCode"], row["EventBaseCode"], row["EventRootCode"]) == ("193", "193", "19")
    assert (row["QuadClass"], row["GoldsteinScale"]) == ("4", "-10.0")
    assert (row["ActionGeo_Type"], row["ActionGeo_CountryCode"]) == ("4", "EG")
    assert (row["DATEADDED"], row["SOURCEURL"]) == ("20240215000000", "https://tide.example/talks")


def test_gdelt_mentions_point_at_the_words_and_at_the_events() -> None:
    events = {row[0] for row in rows(FILES["gdelt-events"], delimiter="\t")}
    found = rows(FILES["gdelt-mentions"], delimiter="\t")
    assert {row[0] for row in found} == events and len(events) == len(found)
    text = made()[0].article.text
    first, second, action = (int(cell) for cell in found[1][7:10])
    assert text[first:].startswith("Police") and text[second:].startswith("7 protesters")
    assert text[action:].startswith("shot dead")
    assert found[2][8] == "-1"  # a march has no recipient


def test_icews_by_name_and_type_without_quoting() -> None:
    with (GOLDEN / "icews.tab").open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert list(found[0]) == columns("icews") and len(found[0]) == 20
    for row in found:
        assert None not in row and None not in row.values()
        assert all(0 < int(row[name]) < 2**31 for name in ("Event ID", "Story ID", "Sentence Number"))
        date.fromisoformat(row["Event Date"])
        float(row["Intensity"])
    assert len({(row["Event ID"], row["Event Date"]) for row in found}) == len(found)
    assert found[0]["CAMEO Code"] == "040"
    assert found[0]["Target Sectors"] == "Government,Military"


def test_icews_has_what_two_sides_do_to_each_other_once_each_way() -> None:
    found = [
        (row[2], row[8], row[6]) for row in rows("icews.tab", delimiter="\t", quoting=csv.QUOTE_NONE)[1:]
    ]
    assert ("Inés Łukasz", "Omar Nasr", "040") in found and ("Omar Nasr", "Inés Łukasz", "040") in found
    traders = {(a, b) for a, b, code in found if code == "061"}
    assert len(traders) == 6 and all((b, a) in traders for a, b in traders)
    assert ("Police", "7 protesters", "193") in found and ("7 protesters", "Police", "193") not in found


def test_acled_like_by_name() -> None:
    with (GOLDEN / "acled_like.csv").open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream))
    assert list(found[0]) == columns("acled-like") and len(found[0]) == 31
    shots = found[0]
    assert shots["sub_event_type"] == "Excessive force against protesters"
    assert shots["disorder_type"] == "Political violence; Demonstrations"
    assert (shots["inter1"], shots["inter2"]) == ("State forces", "Protesters")
    assert (shots["interaction"], shots["civilian_targeting"]) == (
        "State forces-Protesters", "Civilian targeting",
    )  # fmt: skip
    assert (shots["iso"], shots["region"], shots["country"]) == ("818", "Northern Africa", "Egypt")
    assert (int(shots["fatalities"]), shots["time_precision"], shots["geo_precision"]) == (7, "1", "1")
    assert int(shots["timestamp"]) == 1707955200
    assert found[1]["fatalities"] == ""  # none are told, which is not none
    assert found[1]["notes"].startswith('A crowd of "Fox Tail"')


def test_plover_records_have_the_manuals_fields() -> None:
    fields = {
        "id",
        "has_event",
        "date",
        "time",
        "enddate",
        "endtime",
        "actor",
        "recipient",
        "event",
        "event_loc",
        "event_text",
        "quad_code",
        "event_scale",
        "mode",
        "context",
        "link",
        "text",
        "text_info",
        "cite_info",
        "coder",
        "coded_date",
        "coded_time",
        "comment",
    }
    records = [json.loads(line) for line in (GOLDEN / "plover.jsonl").read_text("utf-8").splitlines()]
    assert all(set(record) <= fields for record in records)
    required = {"id", "date", "actor", "event"}
    assert all(required <= set(record) for record in records)
    shots = records[1]
    assert (shots["event"], shots["mode"], shots["quad_code"]) == (["ASSAULT"], ["firearms"], 4)
    text = made()[0].article.text
    assert text[shots["text_info"]["start"] : shots["text_info"]["end"]] == shots["event_text"] == "shot dead"
    assert shots["actor"][0]["code"] == "EGY" and shots["event_loc"]["resolved_place"] == "Giza"
    assert shots["comment"].endswith("told inside 2 claims")


def test_ftm_entities_refer_to_each_other() -> None:
    entities = [json.loads(line) for line in (GOLDEN / "ftm.jsonl").read_text("utf-8").splitlines()]
    ids = [entity["id"] for entity in entities]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[0-9A-Za-z.-]+", one) for one in ids)
    for entity in entities:
        assert set(entity) == {"id", "schema", "properties"}
        assert all(isinstance(values, list) and values for values in entity["properties"].values())
        for name in ("organizer", "involved", "proof", "document", "entity"):
            assert set(entity["properties"].get(name, [])) <= set(ids)
    schemas = [entity["schema"] for entity in entities]
    assert {
        "Article",
        "Person",
        "PublicBody",
        "Organization",
        "LegalEntity",
        "Event",
        "Documentation",
    } == set(schemas)


def test_the_evidence_shows_the_words_and_the_chain_from_the_article_inward() -> None:
    with (GOLDEN / "icews_evidence.tsv").open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    table_ids = [row[0] for row in rows("icews.tab", delimiter="\t", quoting=csv.QUOTE_NONE)[1:]]
    assert [row["Event ID"] for row in found] == table_ids
    shots = next(row for row in found if row["Trigger"] == "shot dead")
    text = made()[0].article.text
    for words, spans in (("Trigger", "Trigger Span"), ("Actor Words", "Actor Spans"),
                         ("Recipient Words", "Recipient Spans"), ("Time Words", "Time Span"),
                         ("Place Words", "Place Span")):  # fmt: skip
        start, end = (int(n) for n in shots[spans].split("-"))
        assert text[start:end] == shots[words]
    assert shots["Claim Chain"] == "article > Daily Tide (said) > a doctor (citing)"
    assert shots["Claim Certainties"] == "0.9; 0.8"
    assert (shots["Status"], shots["Historical"], shots["Confidence"]) == ("occurred", "false", "0.74")
