"""Scripts and interviews: whose turn it is, and that what is said in it is the speaker's."""

from __future__ import annotations

import pytest

import communique
from communique.coding.script import turns
from communique.reading import Claim, Reading

SCRIPT = (
    "HALE: We closed the port on Sunday. The cranes are broken.\n\n"
    "OKORO: Who told you that the cranes are broken?\n\n"
    "HALE: The harbour master. I think we can open in May."
)


def source(reading: Reading, claim: Claim) -> str:
    return " ".join(reading.evidence(s) for s in claim.source.spans)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (SCRIPT, ["HALE", "OKORO", "HALE"]),
        ("Q: Who opened it?\nA: The mayor did.", ["Q", "A"]),
        ("Gazette: Did you sign?\n\nMr. Ruiz: I signed nothing.", ["Gazette", "Mr. Ruiz"]),
        ("Venue: Geneva\nHost: Bern\nLanguage: French", []),
        ("Photo: a bridge.\nRead more: the dam.\nPhoto: a dam.", []),
        ("The minister had one wish: peace.", []),
        ("", []),
    ],
)
def test_turns(text: str, labels: list[str]) -> None:
    assert [text[slice(*t.label)] for t in turns(text)] == labels


def test_the_last_turn_ends_with_its_paragraph() -> None:
    text = SCRIPT + "\n\nThe port lies in the south."
    assert text[turns(text)[-1].start : turns(text)[-1].end].endswith("open in May.")


def test_all_of_a_turn_is_its_speakers() -> None:
    reading = communique.read(SCRIPT)
    outer = [c for c in reading.claims if c.within is None]
    assert [source(reading, c) for c in outer] == ["HALE", "OKORO", "HALE"]
    assert "The cranes are broken" in " ".join(reading.evidence(s) for s in outer[0].content)
    assert "we can open in May" in " ".join(reading.evidence(s) for s in outer[2].content)
    assert outer[0].source.entity == outer[2].source.entity is not None


def test_i_within_a_turn_is_the_speaker() -> None:
    reading = communique.read(
        "REPORTER: Did the ministry confirm the raid?\n"
        "MR. CARNEY: We confirmed it. I told the council that the town is calm."
    )
    inner = next(c for c in reading.claims if source(reading, c) == "I")
    speaker = reading.entity(inner.source.entity)
    assert speaker is not None and speaker.name.casefold().endswith("carney")
    assert inner.within is not None


def test_who_says_it_is_who_is_meant() -> None:
    reading = communique.read("The minister sacked Bob Hall, who said the bridge was unsafe.")
    entity = reading.entity(next(c for c in reading.claims if source(reading, c) == "who").source.entity)
    assert entity is not None and entity.name == "Bob Hall"
