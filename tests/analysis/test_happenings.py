"""One happening told by several articles, on articles of a few invented sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.analysis.happenings import happenings, update
from communique.analysis.mainevent import main_event
from communique.analysis.tellings import read, read_store
from communique.reading import Reading
from communique.store import Store, open_store
from tests.analysis.telling_readings import Told, reading

MET = "Ada Holm met the Ostrian chancellor in the harbour town of Brisk on Monday to discuss fishing quotas."
AGAIN = "Chancellor Ferro of Ostria and Ada Holm met in Brisk, where fishing quotas were discussed."
LATER = "Ada Holm met the Ostrian chancellor in Dunmark on Friday over the disputed railway tariffs."


def met(id_: str, published: str, sentence: str, day: str | None, **more: str) -> Reading:
    told = Told(sentence, "met", "CONSULT", ["Ada Holm"], ["Ostria"], day=day, **more)
    return reading(id_, published, told)


def keys(*readings: Reading) -> list[list[tuple[str, int]]]:
    """The tellings of each happening, by the ids of their articles."""
    return [[(readings[t.article - 1].article.id, t.event) for t in h.tellings] for h in happenings(readings)]


def test_one_meeting_told_by_two_outlets_is_one_happening() -> None:
    (found,) = happenings(
        [met("a", "2031-02-18", MET, "2031-02-17"), met("b", "2031-02-18", AGAIN, "2031-02-17")]
    )
    assert (found.type, found.status, found.articles) == ("CONSULT", "occurred", 2)
    assert (str(found.first_day), str(found.last_day)) == ("2031-02-17", "2031-02-17")
    assert (found.actors, found.recipients) == (("Ada Holm",), ("Ostria",))


def test_two_meetings_of_the_same_two_on_different_days_stay_apart() -> None:
    one, other = met("a", "2031-02-18", MET, "2031-02-17"), met("b", "2031-02-22", LATER, "2031-02-21")
    assert keys(one, other) == []
    # The same even in the same words: the days are named.
    assert keys(one, met("c", "2031-02-22", MET, "2031-02-21")) == []


def test_a_third_telling_does_not_bring_two_days_together() -> None:
    monday, friday = met("a", "2031-02-18", MET, "2031-02-17"), met("b", "2031-02-18", MET, "2031-02-14")
    without_day = met("c", "2031-02-18", MET, None)
    assert all(len({i for i, _ in h} & {"a", "b"}) < 2 for h in keys(monday, friday, without_day))


def test_who_meets_whom_can_be_told_either_way() -> None:
    turned = reading(
        "b", "2031-02-18", Told(AGAIN, "met", "CONSULT", ["Ostria"], ["Ada Holm"], day="2031-02-17")
    )
    assert keys(met("a", "2031-02-18", MET, "2031-02-17"), turned) == [[("a", 1), ("b", 1)]]


def test_others_who_do_the_same_are_another_happening() -> None:
    words = "The Velland minister met envoys of Norvania in Brisk on Monday to discuss fishing quotas."
    other = reading(
        "b", "2031-02-18", Told(words, "met", "CONSULT", ["Velland"], ["Norvania"], day="2031-02-17")
    )
    assert keys(met("a", "2031-02-18", MET, "2031-02-17"), other) == []


def test_what_was_planned_and_then_happened_is_one_that_occurred() -> None:
    ahead = "Ada Holm will be met by the Ostrian chancellor in Brisk on Monday to discuss fishing quotas."
    (found,) = happenings(
        [
            met("a", "2031-02-15", ahead, "2031-02-17", status="planned"),
            met("b", "2031-02-18", MET, "2031-02-17"),
        ]
    )
    assert found.status == "occurred"


def test_what_only_may_be_is_no_happening() -> None:
    unsure = [met(i, "2031-02-18", MET, "2031-02-17", status="hypothetical") for i in "ab"]
    assert keys(*unsure) == []


def test_one_deed_told_with_a_near_type_is_one() -> None:
    words = "Police seized the trade unionist Orla Venn at the ferry dock in Brisk on Monday."
    deed = [
        reading(i, "2031-02-18", Told(words, "seized", kind, ["police"], ["Orla Venn"], day="2031-02-17"))
        for i, kind in (("a", "COERCE"), ("b", "ASSAULT"))
    ]
    assert keys(*deed) == [[("a", 1), ("b", 1)]]
    assert {h.type for h in happenings(deed)} <= {"COERCE", "ASSAULT"}


def test_two_events_of_one_sentence_are_two_also_in_a_copy() -> None:
    words = "Ostria attacked the Velland convoy and then shelled the Velland depot at Brisk on Monday."
    copies = [
        reading(
            i,
            "2031-02-18",
            Told(words, "attacked", "ASSAULT", ["Ostria"], ["Velland"], day="2031-02-17"),
            Told(words, "shelled", "ASSAULT", ["Ostria"], ["Velland"], day="2031-02-17"),
        )
        for i in "ab"
    ]
    assert keys(*copies) == [[("a", 1), ("b", 1)], [("a", 2), ("b", 2)]]


def test_a_deed_told_twice_in_one_article_is_told_by_one() -> None:
    twice = reading(
        "a",
        None,
        Told(MET, "met", "CONSULT", ["Ada Holm"], ["Ostria"]),
        Told(AGAIN, "met", "CONSULT", ["Ada Holm"], ["Ostria"]),
    )
    (found,) = happenings([twice])
    assert (len(found.tellings), found.articles) == (2, 1)


def test_articles_without_any_day_are_not_joined() -> None:
    undated = [reading(i, None, Told(MET, "met", "CONSULT", ["Ada Holm"], ["Ostria"])) for i in ("a", "b")]
    assert keys(*undated) == []


def test_the_order_of_the_articles_does_not_matter() -> None:
    some = [
        met("a", "2031-02-18", MET, "2031-02-17"),
        met("b", "2031-02-18", AGAIN, None),
        met("c", "2031-02-22", LATER, "2031-02-21"),
        met("d", "2031-02-19", MET, "2031-02-17"),
    ]

    def groups(readings: list[Reading]) -> set[frozenset[tuple[str, int]]]:
        return {frozenset(h) for h in keys(*readings)}

    assert groups(some) == groups(some[::-1]) == groups([some[2], some[0], some[3], some[1]])
    assert any(len(g) >= 2 for g in groups(some))


def test_the_main_event_is_that_of_the_headline() -> None:
    article = reading(
        "a",
        "2031-02-18",
        Told("Velland criticised Ostria last year.", "criticised", "ACCUSE", ["Velland"], ["Ostria"]),
        Told(MET, "met", "CONSULT", ["Ada Holm"], ["Ostria"], day="2031-02-17"),
        title="Ada Holm met Ostria's chancellor",
    )
    found = main_event(article)
    assert found is not None and found.id == "e2"
    assert main_event(reading("b", None)) is None


# In a store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "news.duckdb")


def tables(store: Store) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    ask = store.connection.execute
    found = ask("SELECT happening, type, status, from_day, actors, tellings FROM happenings ORDER BY 1")
    return found.fetchall(), ask("SELECT * FROM tellings ORDER BY ALL").fetchall()


def test_a_store_is_brought_up_to_date(store: Store) -> None:
    with store:
        store.add(met("a", "2031-02-18", MET, "2031-02-17"), place="a")
        store.add(met("b", "2031-02-18", AGAIN, "2031-02-17"), place="b")
        assert update(store) == 1
        (row,), tellings = tables(store)
        assert row[:3] == (1, "CONSULT", "occurred") and row[4:] == (["Ada Holm"], 2)
        assert tellings == [(1, 1, 1), (1, 2, 1)]


def test_the_tellings_of_a_store_are_those_of_its_readings(store: Store) -> None:
    words = "Ostria killed 12 people in Brisk on Monday, the Daily Wire said."
    count = [("12 people", 12.0, "people")]
    readings = [
        met("a", "2031-02-18", MET, "2031-02-17"),
        reading("b", None, Told(words, "killed", "ASSAULT", ["Ostria"], counts=count, act="assert")),
    ]
    with store:
        for one in readings:
            store.add(one, place=one.article.id)
        tellings, leads = read(enumerate(readings, start=1))
        from_store, leads_from_store = read_store(store)
    assert [str(t) for t in from_store] == [str(t) for t in tellings]
    assert leads_from_store == leads


def test_numbers_stay_when_articles_come(store: Store) -> None:
    with store:
        store.add(met("b", "2031-02-22", LATER, "2031-02-21"), place="b")
        store.add(met("c", "2031-02-22", f"{LATER} They shook hands.", "2031-02-21"), place="c")
        assert update(store) == 1
        before = tables(store)
        assert update(store) == 1 and tables(store) == before
        store.add(met("a", "2031-02-18", MET, "2031-02-17"), place="a")
        store.add(met("d", "2031-02-18", AGAIN, "2031-02-17"), place="d")
        assert update(store) == 2
        assert tables(store)[0][0] == before[0][0]
        assert [row[0] for row in tables(store)[0]] == [1, 2]


def test_an_article_read_anew_is_compared_anew(store: Store) -> None:
    with store:
        store.add(met("a", "2031-02-18", MET, "2031-02-17"), place="a")
        number = store.add(met("b", "2031-02-18", AGAIN, "2031-02-17"), place="b")
        assert update(store) == 1
        store.replace(number, met("b", "2031-02-18", AGAIN, "2031-02-10"))
        assert update(store) == 0
        assert tables(store) == ([], [])


def test_an_empty_store_has_none(store: Store) -> None:
    with store:
        assert update(store) == 0
