"""Who cannot be on a side, by the tree alone; who is nobody; and what a group is called."""

from __future__ import annotations

import pytest

import communique
from communique.coding.paths import paths_from
from communique.coding.sides import cannot_act, joined
from communique.language.analyse import analyse
from communique.reading import Reading

PUBLISHED = "2024-02-15"


def sides(reading: Reading, word: str) -> tuple[list[str], list[str]]:
    names = {e.id: e.name for e in reading.entities}
    event = next(e for e in reading.events if reading.evidence(e) == word)
    return [names[i] for i in event.actors], [names[i] for i in event.recipients]


def read(text: str) -> Reading:
    return communique.read(text, published=PUBLISHED, min_confidence=0.0)


@pytest.mark.parametrize(
    ("text", "word", "actors"),
    [
        # a participle before its noun: the noun does it, and nobody else
        ("Texas police were sent after protesting legislators on Monday.", "protesting", ["legislators"]),
        ("The governor of Texas threatened protesting teachers with arrest.", "protesting", ["teachers"]),
        # whoever stands against it
        ("Police in Cairo dispersed protests against Mubarak.", "protests", []),
        ("The police crackdown on protests against Lukashenko in Minsk went on.", "protests", []),
        # one of those to whom it is done
        ("Many clerks were beaten on Monday, including two deputies from the opposition.", "beaten", []),
        # the place where it happened
        ("The minister was assassinated in Tehran.", "assassinated", []),
        ("The party was banned in Turkey.", "banned", ["Turkey"]),
        # what describes a noun
        ("Pro-democracy protests drove Mubarak from power.", "protests", []),
        ("The U.S.-led invasion of Iraq began in 2003.", "invasion", ["United States"]),
    ],
)
def test_who_does_it(text: str, word: str, actors: list[str]) -> None:
    assert sides(read(text), word)[0] == actors


@pytest.mark.parametrize(
    ("text", "trigger", "barred"),
    [
        ("Envoys freed by Iran on Friday flew home.", "freed", ["Envoys"]),
        ("The king has tried to put down the rebellion in the north.", "rebellion", ["king"]),
        ("The king has put the rebellion behind him.", "rebellion", []),
        ("Ruiz served ten years in jail and was freed by Iran.", "freed", ["Ruiz"]),
        (
            "Turkey pressed Syria to end a crackdown on protests.",
            "protests",
            ["Turkey", "Syria"],
        ),
    ],
)
def test_what_the_tree_rules_out(text: str, trigger: str, barred: list[str]) -> None:
    sentence = analyse(text).sentences[0]
    told = next(w for w in sentence.words if w.text == trigger)
    near = paths_from(sentence, told)
    nouns = [w for w in sentence.words if w.upos in ("NOUN", "PROPN") and w.index in near]
    assert [w.text for w in nouns if cannot_act(sentence, told, w.index, near[w.index])] == barred


@pytest.mark.parametrize(
    "text",
    [
        "Reporter Ann Lee accused Belarus of spying.",
        "Secretary of State Ann Lee accused Belarus of spying.",
        "Sweden's minister of justice, Ann Lee, accused Belarus of spying.",
    ],
)
def test_a_title_is_nobody_beside_its_bearer(text: str) -> None:
    assert sides(read(text), "accused") == (["Ann Lee"], ["Belarus"])


def test_those_who_stand_together_are_on_one_side() -> None:
    sentence = analyse("Miller and Jones have refused the offer.").sentences[0]
    word = {w.text: w for w in sentence.words}
    miller, jones, offer = ((word[t], 0.8) for t in ("Miller", "Jones", "offer"))
    told = word["refused"]
    assert joined(sentence, told, [miller], [jones, offer]) == ([miller, jones], [offer])
    both = [miller, jones]
    assert joined(sentence, told, both, both) == (both, both)


def test_those_named_within_a_thing_are_themselves() -> None:
    reading = read("The court will investigate the killing of the journalist by Saudi agents.")
    assert sides(reading, "killing") == (["Saudi agents"], ["journalist"])


@pytest.mark.parametrize(
    ("text", "word", "old"),
    [
        ("The general crushed the uprising in Homs.", "crushed", False),
        ("Despite sanctions imposed on Iran over its programme, the economy grew.", "sanctions", False),
        ("NATO bombed Serbia in 1999.", "bombed", True),
    ],
)
def test_history_needs_a_time_long_past(text: str, word: str, old: bool) -> None:
    reading = read(text)
    event = next(e for e in reading.events if reading.evidence(e) == word)
    assert event.historical is old


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("The UN told Israel to stop attacking hospitals in Gaza.", "attacking", "ongoing"),
        ("The minister urged the militia to halt its attacks on Kenyan police.", "attacks", "ongoing"),
        ("Brussels called for an end to the bombing of Aleppo by Russia.", "bombing", "ongoing"),
        ("France asked Serbia to cease shelling Bosnian villages.", "shelling", "ongoing"),
        ("The rebels stopped attacking Kenyan convoys in March.", "attacking", "occurred"),
        ("Police prevented the crowd from attacking the embassy of France.", "attacking", "negated"),
    ],
)
def test_what_is_to_end_goes_on(text: str, word: str, status: str) -> None:
    reading = read(text)
    assert next(e.status for e in reading.events if reading.evidence(e) == word) == status
