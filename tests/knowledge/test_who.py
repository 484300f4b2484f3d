import json
from datetime import date

import pytest

from communique.cli.main import run
from communique.knowledge.people import everybody, holders, named
from communique.knowledge.who import candidates, context_of


@pytest.mark.parametrize(
    ("name", "day", "near", "id_"),
    [
        ("Kishida", date(2024, 2, 15), "Japanese prime minister", "person:jpn-fumio-kishida"),
        ("Zelenskiy", date(2022, 3, 1), "Ukrainian president", "person:ukr-volodymyr-zelensky"),
        ("Gadhafi", date(2011, 3, 1), "Libyan leader", "person:lby-muammar-gaddafi"),
        ("Kim", date(2018, 6, 12), "North Korean leader", "person:prk-kim-jong-un"),
        ("Kim", date(2000, 6, 13), "South Korean president", "person:kor-kim-dae-jung"),
        ("Bush", date(1991, 1, 17), "US president", "person:usa-george-h-w-bush"),
        ("Bush", date(2003, 3, 20), "US president", "person:usa-george-w-bush"),
        ("Khomeini", date(1985, 1, 17), "Iranian leader", "person:irn-ruhollah-khomeini"),
        ("Sadat", date(1979, 3, 20), "Egyptian president", "person:egy-anwar-sadat"),
        ("Merkel", date(2010, 1, 1), "German chancellor", "person:deu-angela-merkel"),
        ("Erdogan", date(2010, 1, 1), "Turkish prime minister", "person:tur-recep-tayyip-erdogan"),
        ("Erdogan", date(2020, 1, 1), "Turkish president", "person:tur-recep-tayyip-erdogan"),
    ],
)
def test_the_right_person_comes_first(name: str, day: date, near: str, id_: str) -> None:
    best = candidates(name, day, near)[0]
    assert best.person.id == id_
    assert any(o.on(day) for o in best.offices)


def test_words_beside_a_name_tell_country_and_office() -> None:
    found = context_of("the South Korean foreign minister's")
    assert found.countries == ("KOR",) and found.kinds == ("FM",)
    assert context_of("Deputy prime minister of France").kinds == ("VP",)
    assert context_of("").countries == ()


def test_nobody_of_such_a_name() -> None:
    assert candidates("Qwrtzplk") == []
    assert candidates("   ") == []


def test_who_holds_an_office_on_a_day() -> None:
    (found,) = holders("GBR", ("HOG",), date(2022, 10, 1))
    assert found.name == "Liz Truss"


def test_ids_are_one_a_person_and_offices_have_days() -> None:
    people = everybody()
    assert len(people) > 2000
    assert len({p.id for p in people}) == len(people)
    for person in people:
        assert person.id.startswith("person:")
        for office in person.offices:
            assert office.end is None or office.start <= office.end + "-99", (person.id, office)
            assert office.title == office.title.lower()


def test_the_table_has_enough_terms_of_high_offices() -> None:
    terms = [o for p in everybody() for o in p.offices if o.kind in ("HOS", "HOG", "LEAD", "FM")]
    assert len(terms) >= 2500


def test_the_command_prints_candidates_best_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["who", "Kishida", "--on", "2024-02-15", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows[0]["name"] == "Fumio Kishida" and rows[0]["country"] == "JPN"
    assert set(rows[0]) == {"name", "country", "offices", "kb", "score"}
    assert {"title", "from", "to"} == set(rows[0]["offices"][0])
    assert run(["who", "Kishida"]) == 0
    assert "prime minister" in capsys.readouterr().out


def test_the_command_says_so_where_nobody_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["who", "Qwrtzplk", "--format", "json"]) == 1
    told = capsys.readouterr()
    assert json.loads(told.out) == [] and "Nobody called" in told.err


def test_a_date_that_is_none_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["who", "Kishida", "--on", "yesterdayish"]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_parts_of_a_name_find_it() -> None:
    assert any(p.id == "person:chn-xi-jinping" for p in named("Xi"))
    assert any(p.id == "person:chn-xi-jinping" for p in named("Jinping"))


def test_the_end_of_a_style_is_enough_beside_a_country_and_an_office() -> None:
    first = candidates("Jordan", date(2010, 7, 1), "Jordanian king")[0]
    assert first.person.id == "person:jor-abdullah-ii"
