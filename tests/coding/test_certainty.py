"""How sure what is said is made to sound, and the act, from the shipped network and tables."""

from __future__ import annotations

import pytest

import communique
from communique.coding.certainty import Heard, certainty_of, levels
from communique.coding.cues import report_cues
from communique.reading import Claim


def claim(text: str, cue: str) -> Claim:
    reading = communique.read(text)
    return next(c for c in reading.claims if cue in " ".join(reading.evidence(s) for s in c.cue))


def test_all_values_are_shares() -> None:
    table = levels()
    values = [*table.cues.values(), *table.groups.values(), *table.negated.values(), *table.marks.values()]
    assert all(0 <= v <= 1 for v in (*values, table.modal, table.unsourced, table.passive))
    # Every group of the list of cues has a value, and every cue an act that there is.
    cues = report_cues()
    groups = {f"{c.act} {c.certainty:g}" for c in (*cues.verbs.values(), *cues.nouns.values())}
    assert {g for g in groups if not g.startswith(("deny", "doubt"))} <= set(table.groups) | {"assert 0.4"}


@pytest.mark.parametrize(
    ("surer", "less"),
    [
        ("confirmed", "claimed"),
        ("said", "suggested"),
        ("announced", "insisted"),
        ("knew", "hoped"),
        ("believed", "feared"),
    ],
)
def test_some_cues_sound_surer(surer: str, less: str) -> None:
    told = [claim(f"The minister {v} that the dam had burst.", v).certainty for v in (surer, less)]
    assert told[0] > told[1]


def test_modals_and_ifs_weaken() -> None:
    plain = claim("Officials said that the bridge had collapsed.", "said").certainty
    might = claim("Officials said that the bridge might have collapsed.", "said").certainty
    asked = claim("Officials asked whether the bridge had collapsed.", "asked").certainty
    assert might <= plain / 2
    assert asked < plain


@pytest.mark.parametrize(
    ("text", "cue", "act", "least", "most"),
    [
        ("The minister denied that the army had fled.", "denied", "deny", 0.9, 1.0),
        ("The minister did not say that the army had fled.", "say", "other", 0.0, 0.2),
        ("The minister did not believe that the army had fled.", "believe", "doubt", 0.3, 0.7),
        ("The clerk did not know that the army had fled.", "know", "other", 0.2, 1.0),
        ("Police suspect that the driver had fled.", "suspect", "believe", 0.0, 0.5),
    ],
)
def test_negation_turns_the_act(text: str, cue: str, act: str, least: float, most: float) -> None:
    found = claim(text, cue)
    assert found.act == act
    assert least <= found.certainty <= most


def test_a_cue_that_is_in_no_list_has_the_value_of_the_unknown() -> None:
    heard = Heard("other", "other murmurate", None, "", (), False, "")
    assert heard.group == "unknown"
    assert certainty_of(heard) == levels().groups["unknown"]
