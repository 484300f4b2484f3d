"""PLOVER to CAMEO and back."""

from __future__ import annotations

import pytest

from communique import ontology


def pairs() -> list[tuple[str, str | None]]:
    return [(t.name, mode) for t in ontology.event_types().values() for mode in (None, *t.modes)]


@pytest.mark.parametrize(("name", "mode"), pairs())
def test_every_type_and_mode_has_a_code_of_the_table(name: str, mode: str | None) -> None:
    assert ontology.cameo(name, mode) in ontology.cameo_codes()


def test_the_table_of_codes_is_whole() -> None:
    codes = ontology.cameo_codes()
    assert {f"{n:02}" for n in range(1, 21)} <= codes
    assert all(code.isdigit() and 2 <= len(code) <= 4 for code in codes)
    assert all(code[:-1] in codes for code in codes if len(code) > 2)


def test_every_code_leads_to_a_known_type_mode_and_context() -> None:
    for code in ontology.cameo_codes():
        found = ontology.plover_of(code)
        if code.startswith(("01", "02")):
            assert found.type is None, code
            continue
        assert found.type is not None, code
        kind = ontology.event_type(found.type)
        assert found.mode is None or found.mode in kind.modes, code
        assert set(found.contexts) <= set(ontology.contexts()), code


@pytest.mark.parametrize(
    ("code", "kind", "mode"),
    [
        ("0842", "RETREAT", "release"),
        ("085", "RETREAT", None),
        ("1321", "THREATEN", "restrict"),
        ("1712", "ASSAULT", "destroy"),
        ("186", "ASSAULT", "targeted"),
        ("175", "ASSAULT", None),
        ("1722", "COERCE", "restrict"),
        ("163", "COERCE", "restrict"),
        ("116", "SANCTION", "convict"),
    ],
)
def test_the_crosswalks_faults_are_settled(code: str, kind: str, mode: str | None) -> None:
    found = ontology.plover_of(code)
    assert (found.type, found.mode) == (kind, mode)


def test_old_context_names_are_renamed() -> None:
    assert ontology.plover_of("073").contexts == ("human_security",)
    assert ontology.plover_of("082").contexts == ("pro_democracy",)
    assert ontology.plover_of("091").contexts == ("crime", "corruption")


def test_codes_keep_their_leading_zero_and_their_four_digits() -> None:
    assert ontology.cameo("CONSULT", "visit") == "042"
    assert ontology.cameo("RETREAT", "ceasefire") == "0871"
    assert ontology.cameo("COERCE", "martial-law") == "1724"


def test_what_is_planned_is_an_intent() -> None:
    assert ontology.cameo("CONSULT", status="planned") == "036"
    assert ontology.cameo("CONSULT", "visit", status="planned") == "036"
    assert ontology.cameo("RETREAT", "release", status="planned") == "0353"
    assert ontology.cameo("ASSAULT", "aerial", status="planned") == "195"


def test_contexts_refine_the_code() -> None:
    assert ontology.cameo("AID", contexts=["election", "military"]) == "072"
    assert ontology.cameo("AID", contexts=["election"]) == "070"
    assert ontology.cameo("ACCUSE", "investigate", contexts=["corruption"]) == "091"


def test_unknown_names_list_the_choices() -> None:
    with pytest.raises(KeyError, match="choices: AGREE"):
        ontology.cameo("FIGHT")
    with pytest.raises(KeyError, match="visit"):
        ontology.cameo("CONSULT", "riot")
    with pytest.raises(KeyError, match="two to four digits"):
        ontology.plover_of("36")


def test_crosswalk_names_no_type_or_mode_that_types_lack() -> None:
    from communique.ontology.crosswalk import _table

    table = _table()
    known = {f"{name} {mode}" for name, mode in pairs() if mode} | set(ontology.event_types())
    assert {n if m == "any" else f"{n} {m}" for n, modes in table["to_cameo"].items() for m in modes} == known
    assert set(table["by_context"]) <= known
    finer = [code for codes in table["by_context"].values() for code in codes.values()]
    planned = [
        c for row in table["planned"].values() for c in ([row] if isinstance(row, str) else row.values())
    ]
    assert set(finer) | set(planned) <= ontology.cameo_codes()
    assert {context for codes in table["by_context"].values() for context in codes} <= set(
        ontology.contexts()
    )
