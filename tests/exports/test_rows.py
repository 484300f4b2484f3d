"""Which events are told, under which names, and what becomes of text that cells cannot hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from communique.exports.cells import ascii_text, cell, joined, one_line
from communique.exports.codes import country_codes, goldstein, table
from communique.exports.rows import Selection, Tally, article_key, dyads, number, tellings
from communique.ontology import event_types
from communique.ontology.tables import load
from communique.reading import Reading
from communique.store import text_hash
from tests.exports.made import exported, made


def told(reading: Reading, **selection: object) -> list[str]:
    return [t.event.id for t in tellings(reading, Selection(**selection))]  # type: ignore[arg-type]


def test_only_what_happened_is_told_unless_all_is_asked_for() -> None:
    talks = made()[0]
    assert told(talks) == ["e1", "e2", "e6"]
    assert told(talks, all_statuses=True) == ["e1", "e2", "e3", "e4", "e5", "e6"]
    assert told(talks, min_confidence=0.8) == ["e1", "e6"]


def test_what_is_left_out_is_counted_with_its_reason() -> None:
    tally = Tally()
    list(tellings(made()[0], Selection(min_confidence=0.8), tally))
    assert tally.left_out == {
        "planned, hypothetical or negated": 2,
        "long before the article": 1,
        "below --min-confidence": 1,
    }


def test_an_events_name_rests_on_text_words_and_type_alone() -> None:
    talks = made()[0]
    names = {t.event.id: t.id for t in tellings(talks)}
    talks.events[1].confidence, talks.events[1].mode, talks.events[1].id = 0.5, None, "e99"
    talks.entities[2].name = "Police of Giza"
    talks.producer.version = "9.9"
    assert {t.id for t in tellings(talks)} == set(names.values())
    talks.events[1].type = "COERCE"
    assert names["e2"] not in {t.id for t in tellings(talks)}


def test_two_events_of_one_type_on_the_same_words_have_two_names() -> None:
    talks = made()[0]
    talks.events.append(replace(talks.events[1], id="e7", recipients=[]))
    names = [t.id for t in tellings(talks)]
    assert len(set(names)) == len(names) == 4


def test_an_article_has_the_name_it_has_in_a_store() -> None:
    article = made()[1].article
    assert article_key(article) == text_hash(article.text)


def test_numbers_stay_within_their_bits() -> None:
    found = [number(f"event {n}", 31) for n in range(2000)]
    assert min(found) > 0 and max(found) < 2**31
    assert number("event 1", 31) == found[1]


def test_dyads_pair_each_with_each_and_those_who_act_together() -> None:
    pact = made()[2]
    together, thanks = tellings(pact)
    pairs = [(d.actor and d.actor.name, d.recipient and d.recipient.name) for d in dyads(together, True)]
    assert pairs == [("Kenya", "Uganda"), ("Kenya", "Romania"), ("Uganda", "Romania")]
    assert [(d.actor is not None, d.recipient is None) for d in dyads(together)] == [(True, True)] * 3
    assert len({d.id for d in dyads(thanks)}) == 2


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\tb\r\nc\x00d", "a b c d"),
        ("line\u2028break\u0085here", "line break here"),
        ('say "no"', "say 'no'"),
        ("half \ud800", "half ?"),
        (None, ""),
    ],
)
def test_a_cell_is_one_line_without_quotation_marks(text: str | None, kept: str) -> None:
    assert cell(text) == kept


def test_what_parts_values_is_in_no_value() -> None:
    assert joined(["a; b", None, "c", "a; b"]) == "a, b; c"
    assert joined(["a, b", "c"], by=",") == "a  b,c"
    assert joined([], "None") == "None"


def test_ascii_takes_accents_off_and_spells_letters_out() -> None:
    assert ascii_text("Erdoğan, Łódź, Ærø – “Straße”…") == "Erdogan, Lodz, AEro - 'Strasse'..."
    assert ascii_text("\U0001f600 Путин") == "? ?????"
    assert one_line("  x\u00a0y ") == "x y"


def test_codes_of_countries() -> None:
    germany, romania = country_codes("DEU"), country_codes("ROU")
    assert (germany.alpha2, germany.numeric, germany.fips, germany.cow) == ("DE", "276", "GM", "255")
    assert (romania.cameo, germany.cameo) == ("ROM", "DEU")
    assert country_codes("RUS").icews == "Russian Federation"
    assert country_codes("NAM").alpha2 == "NA"  # and not a missing value
    assert country_codes(None).fips == country_codes("???").fips == ""


def test_goldsteins_tables_differ_and_have_every_code_that_events_get() -> None:
    assert (goldstein("016", "gdelt"), goldstein("016", "icews")) == (-2.0, -5.0)
    assert goldstein("1214") == goldstein("121")
    assert goldstein("99") is None
    crosswalk = load("cameo")
    codes = {kind.cameo[mode] for kind in event_types().values() for mode in kind.cameo}
    codes |= {code for finer in crosswalk["by_context"].values() for code in finer.values()}
    for source in ("gdelt", "icews"):
        assert all(goldstein(code, source) is not None for code in codes)
    with pytest.raises(ValueError, match="choices: gdelt, icews"):
        goldstein("040", "mine")


def test_the_likeness_of_acled_names_only_types_and_modes_that_there_are() -> None:
    for kind, modes in table("acled_like")["events"].items():
        assert set(modes) - {"any"} <= set(event_types()[kind].modes)


def test_all_statuses_are_marked_where_a_format_can() -> None:
    all_told = Selection(all_statuses=True)
    plover = exported("plover-jsonl", all_told)
    assert '"mode":["future"]' in plover and '"mode":["expel","negation"]' in plover
    assert '"mode":["historical"]' in plover
    assert '"keywords":["SANCTION","planned"]' in exported("ftm-json", all_told)
    assert len(exported("polecat", all_told).splitlines()) == len(exported("polecat").splitlines()) + 3
