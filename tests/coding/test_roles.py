"""Whose a title is: held or left, its bearer's own or another's."""

from __future__ import annotations

import communique
from communique.coding.entities import Entities
from communique.reading import Entity, Reading
from tests.helpers import reading_of


def entities(text: str, *tables: str) -> tuple[Reading, dict[str, Entity]]:
    """The reading after the step, and its entities by name."""
    reading = Entities()(reading_of(text, *tables))
    return reading, {e.name: e for e in reading.entities}


def said(reading: Reading, entity: Entity) -> list[str]:
    """The words of an entity's mentions."""
    return [reading.evidence(m) for m in entity.mentions]


def office(before: str, name: str, title: str) -> str:
    """A sentence in which the bearer of a title spoke: words before the title, a surname or none."""
    words = before.split()
    noun = len(words) + (2 if name else 1)
    rows = []
    for word in words:
        det = word.lower() in ("the", "another")
        label = " *NORP" if word == "Libyan" else ""
        rows.append(f"{word} {'DET DT' if det else 'ADJ JJ'} {noun} {'det' if det else 'amod'}{label}")
    rows.append(f"{title} NOUN NN {noun if name else noun + 1} {'compound' if name else 'nsubj'}")
    if name:
        rows.append(f"{name} PROPN NNP {noun + 1} nsubj *Person")
    return "\n".join([*rows, "spoke VERB VBD 0 root speak", f". PUNCT . {noun + 1} punct"])


def test_the_president_is_not_a_former_one() -> None:
    reading, found = entities(
        "President Lopez spoke. Former President Perez spoke. "
        "The president spoke. The former president spoke.",
        office("", "Lopez", "President"),
        office("Former", "Perez", "President"),
        office("The", "", "president"),
        office("The former", "", "president"),
    )
    assert said(reading, found["Lopez"]) == ["Lopez", "president"]
    assert said(reading, found["Perez"]) == ["Perez", "former president"]


def test_a_former_president_of_that_name_is_not_the_president() -> None:
    reading, found = entities(
        "President Bauer spoke. Former President Karl Bauer spoke.",
        office("", "Bauer", "President"),
        """
        Former ADJ JJ 3 amod
        President NOUN NN 3 compound
        Karl PROPN NNP 5 nsubj *Person
        Bauer PROPN NNP 3 flat +
        spoke VERB VBD 0 root speak
        . PUNCT . 5 punct
        """,
    )
    assert said(reading, found["Bauer"]) == ["Bauer"]
    assert (found["Karl Bauer"].role, found["Karl Bauer"].sectors) == ("Former President", ["ELI"])


def test_a_states_leader_is_not_that_of_its_opposition() -> None:
    reading, found = entities(
        "Opposition leader Okello spoke. The Libyan leader spoke.",
        "Opposition NOUN NN 3 compound\nleader NOUN NN 3 compound\nOkello PROPN NNP 4 nsubj *Person\n"
        "spoke VERB VBD 0 root speak\n. PUNCT . 4 punct",
        office("The Libyan", "", "leader"),
    )
    assert said(reading, found["Okello"]) == ["Okello"]


def test_after_another_judge_the_judge_may_be_either() -> None:
    reading, found = entities(
        "Judge Weber spoke. Another federal judge spoke. The judge spoke.",
        office("", "Weber", "Judge"),
        office("Another federal", "", "judge"),
        office("The", "", "judge"),
    )
    assert said(reading, found["Weber"]) == ["Weber"]


def test_two_offices_share_the_former_before_them() -> None:
    _, found = entities(
        "Carl Weiss, a former general and minister, left.",
        """
        Carl PROPN NNP 10 nsubj *Person
        Weiss PROPN NNP 1 flat +
        , PUNCT , 1 punct
        a DET DT 8 det
        former ADJ JJ 8 amod
        general NOUN NN 8 compound
        and CCONJ CC 8 cc
        minister NOUN NN 1 appos
        , PUNCT , 1 punct
        left VERB VBD 0 root leave
        . PUNCT . 10 punct
        """,
    )
    assert found["Carl Weiss"].sectors == ["ELI"]


def titled(text: str, words: str) -> list[str]:
    """Whose mention by title those words are."""
    reading = communique.read(text, published="2024-02-15")
    return [e.name for e in reading.entities for m in e.mentions if text[m.start : m.end] == words]


def test_a_title_in_the_headline_is_of_whom_the_lead_names() -> None:
    text = "Court jails governor\n\nA court in Lagos jailed Governor Karl Holm on Monday. He denied it."
    assert titled(text, "governor") == ["Karl Holm"]


def test_a_leader_of_a_country_is_its_president() -> None:
    text = "President Vladimir Putin of Russia spoke on Monday. The Russian leader then left."
    assert titled(text, "Russian leader") == ["Vladimir Putin"]


def test_an_earlier_governor_is_not_the_governor() -> None:
    text = "Governor Karl Holm freed a man whom an earlier governor had jailed. The governor then left."
    assert titled(text, "governor")[-1:] == ["Karl Holm"]
