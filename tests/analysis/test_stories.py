"""Articles grouped by their main happening; words and groups, by which it is done."""

from __future__ import annotations

import pytest

from communique.analysis.grouping import average_link, components
from communique.analysis.matching import party_match
from communique.analysis.rules import rules
from communique.analysis.stories import stories
from communique.analysis.tellings import read
from communique.analysis.words import WordWeights, cosine, stem, stems
from tests.analysis.telling_readings import Told, reading

FERRY = (
    "A ferry with ninety passengers ran aground off the island of Skarn in thick fog.",
    "Lifeboats brought all passengers of the ferry that ran aground off Skarn ashore.",
)
VOTE = (
    "Velland's parliament voted to lower the tax on grain after a night of debate.",
    "After a long debate lawmakers in Velland voted for a lower grain tax.",
)


def test_articles_that_begin_alike_are_one_story() -> None:
    readings = [
        reading(str(i), "2031-02-18", Told(s, s.split()[0], "CONSULT"))
        for i, s in enumerate((FERRY[0], VOTE[0], FERRY[1], VOTE[1]))
    ]
    assert stories(readings) == [[0, 2], [1, 3]]
    assert stories([]) == []


@pytest.mark.parametrize(
    ("forms", "one"),
    [(("meeting", "met", "meets", "Meet"), "meet"), (("talks", "talk", "talked"), "talk")],
)
def test_forms_of_a_word_have_one_stem(forms: tuple[str, ...], one: str) -> None:
    assert {stem(f) for f in forms} == {one}
    assert stem("crisis") == "crisis" and stem("Japan’s") == "japan"


def test_rare_words_weigh_more_than_common_ones() -> None:
    weights = WordWeights([stems(f"said the ferry {i}") for i in range(300)])
    assert weights["skarn"] > weights["ferry"] >= 0
    assert weights["the"] == 0
    vector = weights.vector({"skarn": 1, "fog": 2})
    assert cosine(vector, vector) == pytest.approx(1) and cosine(vector, {}) == 0


def test_a_chain_is_not_one_group() -> None:
    pairs = {(0, 1): 0.9, (1, 2): 0.9, (2, 3): 0.9, (0, 2): 0.0, (1, 3): 0.0, (0, 3): 0.0}
    assert average_link(range(4), pairs, 0.5) == [[0, 1], [2, 3]]
    assert components(5, pairs) == [[0, 1, 2, 3]]


def test_what_cannot_be_one_never_comes_together() -> None:
    alike: dict[tuple[int, int], float | None] = {(0, 1): 0.95, (1, 2): 0.9, (0, 2): None}
    assert average_link(range(3), alike, 0.3) == [[0, 1], [2]]
    assert average_link(range(3), {**alike, (0, 2): 0.8}, 0.3) == [[0, 1, 2]]


def test_parties_match_by_who_is_who_by_name_and_by_sort() -> None:
    words = "They met in Brisk"
    names = ("Norvania", "Ostria", "Ada Holm", "demonstrators", "protesters", "police", "Orla Venn", "Venn")
    tellings, _ = read([(1, reading("a", None, Told(words, "met", "CONSULT", names)))])
    party = {p.name: p for p in tellings[0].actors}
    weights = WordWeights([])

    def match(one: str, other: str) -> float:
        assert party_match(party[one], party[other], weights) == party_match(
            party[other], party[one], weights
        )
        return party_match(party[one], party[other], weights)

    assert match("Norvania", "Norvania") == 1
    assert match("Norvania", "Ostria") == -1
    assert 0 < match("Norvania", "Ada Holm") < 0.5
    assert match("demonstrators", "protesters") > 0 > match("demonstrators", "police")
    assert match("Orla Venn", "Venn") > 0.5 and match("Orla Venn", "Ada Holm") < 0


def test_the_rules_name_what_there_is() -> None:
    from communique.ontology import event_types

    types = event_types()
    modes = {m for t in types.values() for m in t.modes}
    assert set(rules().near_types) | rules().mutual | rules().deniable <= set(types)
    assert set(rules().once) <= modes
