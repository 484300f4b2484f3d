"""Contexts and sectors."""

from __future__ import annotations

import pytest

from communique import ontology


def test_plovers_contexts_are_all_there() -> None:
    assert len(ontology.contexts()) == 37
    assert all(cues and all(cue == cue.lower() for cue in cues) for cues in ontology.contexts().values())


@pytest.mark.parametrize(
    ("clause", "contexts"),
    [
        ("the envoy fly home after the summit", ["diplomatic"]),
        ("the earthquake destroy a hospital", ["health", "disasters"]),
        ("the court sentence he for embezzlement", ["legal", "corruption"]),
        ("the mayor cut a ribbon", []),
    ],
)
def test_contexts_of_lemmas(clause: str, contexts: list[str]) -> None:
    assert ontology.contexts_of(clause.split()) == contexts


def test_the_context_with_most_cues_comes_first() -> None:
    words = ["missile", "troop", "navy", "embassy"]
    assert ontology.contexts_of(words) == ["military", "diplomatic"]
    assert ontology.contexts_of(["embassy", "envoy", "missile"]) == ["diplomatic", "military"]


def test_words_of_a_longer_cue_are_not_read_twice() -> None:
    assert ontology.contexts_of(["the", "world", "health", "organization", "meet"]) == ["health"]
    assert "peacekeeping" in ontology.contexts_of(["peacekeeping", "force"])
    assert ontology.contexts_of(["food", "aid"]) == ["human_security"]


def test_a_set_of_words_will_do() -> None:
    assert ontology.contexts_of({"tariff", "export"}) == ["economic"]


def test_sectors_have_labels_groups_and_cues() -> None:
    state = {"COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK"}
    society = set(ontology.sectors()) - state - {"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"}
    assert len(ontology.sectors()) == 32
    assert state == {code for code, one in ontology.sectors().items() if one.group == "state"}
    assert society == {code for code, one in ontology.sectors().items() if one.group == "society"}
    assert ontology.sector("MIL").group == "state"
    assert ontology.sector("UNO").group == "body"
    assert all(one.label and one.definition.endswith(".") and one.cues for one in ontology.sectors().values())


def test_the_longest_title_decides_the_sector() -> None:
    assert ontology.sectors_of(["opposition", "leader"])[0] == "OPP"
    assert ontology.sectors_of(["former", "prime", "minister"])[0] == "ELI"
    assert ontology.sectors_of(["chief", "executive"])[0] == "BUS"
    assert ontology.sectors_of(["neighbour"]) == []


def test_an_unknown_sector_lists_the_choices() -> None:
    with pytest.raises(KeyError, match="GOV, LEG"):
        ontology.sector("XYZ")
