"""The event types and modes of the ontology."""

from __future__ import annotations

import pytest

from communique import ontology
from communique.errors import InstallationError
from communique.ontology import plover

QUADS = {
    1: ["AGREE", "CONSULT", "SUPPORT", "CONCEDE"],
    2: ["COOPERATE", "AID", "RETREAT"],
    3: ["REQUEST", "ACCUSE", "REJECT", "THREATEN"],
    4: ["PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"],
}


def test_the_sixteen_types_stand_in_plovers_quads() -> None:
    found = {quad: [n for n, t in ontology.event_types().items() if t.quad_code == quad] for quad in QUADS}
    assert found == QUADS


@pytest.mark.parametrize("name", [name for names in QUADS.values() for name in names])
def test_every_type_can_be_read_by_a_person(name: str) -> None:
    kind = ontology.event_type(name)
    assert kind.name == name
    assert kind.label.upper() == name
    assert len(kind.definition.split()) >= 6
    assert len(set(kind.examples)) == 2
    assert all(example[0].isupper() and example.endswith(".") for example in kind.examples)


def test_cooperation_scores_above_zero_and_conflict_below() -> None:
    for kind in ontology.event_types().values():
        for score in (kind.intensity, *(mode.intensity for mode in kind.modes.values())):
            assert -10 <= score <= 10
            if kind.quad_code <= 2:
                assert score > 0
            elif kind.name != "REQUEST":  # PLOVER scores requests around zero
                assert score < 0


@pytest.mark.parametrize(
    ("name", "mode", "score"),
    [
        ("CONSULT", None, 2.5),
        ("CONSULT", "visit", 4),
        ("ACCUSE", None, -3),
        ("ASSAULT", "unconventional", -10),
        ("RETREAT", "disarm", 10),
        ("PROTEST", "vandalize", -5),  # PLOVER prints no score: the type's
    ],
)
def test_scores(name: str, mode: str | None, score: float) -> None:
    assert ontology.intensity(name, mode) == score


def test_modes_have_cues_and_meanings() -> None:
    modes = [(t.name, m) for t in ontology.event_types().values() for m in t.modes.values()]
    assert len(modes) == 67
    for name, mode in modes:
        assert mode.cues and mode.definition.endswith("."), (name, mode.name)
        assert all(cue == cue.lower() for cue in mode.cues), (name, mode.name)
        assert len(set(mode.cues)) == len(mode.cues), (name, mode.name)


def test_unknown_names_list_the_choices() -> None:
    with pytest.raises(KeyError, match=r"DEMAND.*AGREE, CONSULT.*ASSAULT"):
        ontology.event_type("DEMAND")
    with pytest.raises(KeyError, match="visit, third-party, multilateral, phone"):
        ontology.intensity("CONSULT", "riot")
    with pytest.raises(KeyError, match="no modes"):
        ontology.intensity("AID", "visit")


@pytest.mark.parametrize(
    ("name", "clause", "mode"),
    [
        ("CONSULT", "the president speak by phone with she colleague", "phone"),
        ("CONSULT", "the two side discuss the matter", None),
        ("PROTEST", "inmate begin a hunger strike", "hunger"),
        ("PROTEST", "miner strike for a third day", "strike"),
        ("ASSAULT", "a suicide bomber kill two", "suicide-attack"),
        ("REJECT", "Ankara rule out any negotiation", "meet"),
        ("COERCE", "the junta declare a state of emergency", "martial-law"),
        ("AID", "Oslo send tent", None),
    ],
)
def test_mode_of_reads_cues_in_text_order(name: str, clause: str, mode: str | None) -> None:
    assert ontology.mode_of(name, clause.split()) == mode


def test_mode_of_takes_the_mode_with_most_cues() -> None:
    assert ontology.mode_of("ASSAULT", ["gunman", "shoot", "knife"]) == "firearms"
    assert ontology.mode_of("ASSAULT", ["knife", "stab", "gunman"]) == "primitive"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"intensity": -11}, "not within -10 and 10"),
        ({"quad_code": 5}, "quad_code is 5"),
        ({"label": ...}, "lacks 'label'"),
        ({"modes": {"x": {"means": "?", "cues": "a", "score": "much"}}}, "TEST"),
    ],
)
def test_a_bad_patch_is_named(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, object], message: str
) -> None:
    row: dict[str, object] = {
        "label": "Test",
        "definition": "d",
        "examples": ["a", "b"],
        "quad_code": 1,
        "intensity": 1,
    }
    row = {key: value for key, value in {**row, **change}.items() if value is not ...}
    monkeypatch.setattr(plover, "load", lambda name: {"TEST": row})
    with pytest.raises(InstallationError, match=message):
        plover.event_types.__wrapped__()
