from __future__ import annotations

import pytest

import communique
from communique.coding.entities import Entities
from communique.coding.places import Places
from communique.reading import Entity, Reading
from tests.helpers import reading_of


def entities(text: str, *tables: str) -> tuple[Reading, dict[str, Entity]]:
    """The reading after the step, and its entities by name."""
    reading = Entities()(reading_of(text, *tables))
    assert len({e.name for e in reading.entities}) == len(reading.entities)
    return reading, {e.name: e for e in reading.entities}


def said(reading: Reading, entity: Entity, form: str | None = None) -> list[str]:
    """The words of an entity's mentions, of one form or of all."""
    return [reading.evidence(m) for m in entity.mentions if form in (None, m.form)]


PRIME_MINISTER = """
    Japanese ADJ JJ 4 amod *NORP
    Prime PROPN NNP 3 compound
    Minister PROPN NNP 4 compound
    Fumio PROPN NNP 6 nsubj *Person
    Kishida PROPN NNP 4 flat +
    met VERB VBD 0 root meet
    reporters NOUN NNS 6 obj reporter
    . PUNCT . 6 punct
"""
HE_SPOKE = """
    He PRON PRP 2 nsubj he
    left VERB VBD 0 root leave
    . PUNCT . 2 punct
"""


def test_title_and_country_before_a_name() -> None:
    _, found = entities("Japanese Prime Minister Fumio Kishida met reporters.", PRIME_MINISTER)
    kishida = found["Fumio Kishida"]
    assert (kishida.kind, kishida.role, kishida.country, kishida.sectors) == (
        "person",
        "Prime Minister",
        "JPN",
        ["GOV"],
    )
    japan = found["Japan"]
    assert (japan.kind, japan.country, japan.kb) == ("state", "JPN", "iso:JPN")


def test_surname_pronoun_and_title_are_the_same_person() -> None:
    text = "Japanese Prime Minister Fumio Kishida met reporters. He left. "
    text += "Mr. Kishida thanked the prime minister's staff."
    reading, found = entities(
        text,
        PRIME_MINISTER,
        HE_SPOKE,
        """
        Mr. PROPN NNP 2 compound
        Kishida PROPN NNP 3 nsubj *Person
        thanked VERB VBD 0 root thank
        the DET DT 6 det
        prime ADJ JJ 6 amod
        minister NOUN NN 8 nmod
        's PART POS 6 case
        staff NOUN NN 3 obj
        . PUNCT . 3 punct
        """,
    )
    kishida = found["Fumio Kishida"]
    assert said(reading, kishida) == ["Fumio Kishida", "He", "Kishida", "prime minister"]
    assert [m.form for m in kishida.mentions] == ["name", "pronoun", "name", "title"]


def test_ids_follow_first_mention_and_mentions_are_in_order() -> None:
    reading, _ = entities("Japanese Prime Minister Fumio Kishida met reporters.", PRIME_MINISTER)
    assert [(e.id, e.name) for e in reading.entities] == [
        ("n1", "Japan"),
        ("n2", "Fumio Kishida"),
        ("n3", "reporters"),
    ]


def test_of_two_candidates_the_one_of_that_sex_is_meant() -> None:
    reading, found = entities(
        "Anna Boron met Boris Tak. He left.",
        """
        Anna PROPN NNP 3 nsubj *Person
        Boron PROPN NNP 1 flat +
        met VERB VBD 0 root meet
        Boris PROPN NNP 3 obj *Person
        Tak PROPN NNP 4 flat +
        . PUNCT . 3 punct
        """,
        HE_SPOKE,
    )
    assert not said(reading, found["Anna Boron"], "pronoun")
    assert said(reading, found["Boris Tak"], "pronoun") == ["He"]


def test_she_is_no_man() -> None:
    reading, found = entities(
        "Monica Ardelean told Peter Unger. She left.",
        """
        Monica PROPN NNP 3 nsubj *Person
        Ardelean PROPN NNP 1 flat +
        told VERB VBD 0 root tell
        Peter PROPN NNP 3 obj *Person
        Unger PROPN NNP 4 flat +
        . PUNCT . 3 punct
        """,
        HE_SPOKE.replace("He", "She"),
    )
    assert said(reading, found["Monica Ardelean"], "pronoun") == ["She"]


KIMS = """
    Kim PROPN NNP 4 nsubj *Person
    Jong PROPN NNP 1 flat +
    {} PROPN NNP 1 flat +
    spoke VERB VBD 0 root speak
    . PUNCT . 4 punct
"""
KIM = "Kim PROPN NNP 2 nsubj *Person\nspoke VERB VBD 0 root speak\n. PUNCT . 2 punct"


def test_a_surname_is_the_most_recent_bearer_and_then_stays_with_him() -> None:
    reading, found = entities(
        "Kim Jong Il spoke. Kim Jong Un spoke. Kim spoke. Kim Jong Il spoke. Kim spoke.",
        KIMS.format("Il"),
        KIMS.format("Un"),
        KIM,
        KIMS.format("Il"),
        KIM,
    )
    assert said(reading, found["Kim Jong Un"]) == ["Kim Jong Un", "Kim", "Kim"]
    assert said(reading, found["Kim Jong Il"]) == ["Kim Jong Il", "Kim Jong Il"]


def test_hyphens_do_not_make_another_person_and_a_later_full_name_counts() -> None:
    reading, found = entities(
        "Kim spoke. Kim Jong-un spoke. Kim Jong Un spoke.",
        KIM,
        "Kim PROPN NNP 3 nsubj *Person\nJong-un PROPN NNP 1 flat +\nspoke VERB VBD 0 root\n. PUNCT . 3 punct",
        KIMS.format("Un"),
    )
    (kim,) = found.values()
    assert said(reading, kim) == ["Kim", "Kim Jong-un", "Kim Jong Un"]


def test_apposition_gives_a_former_role() -> None:
    _, found = entities(
        "Carla Stein, a former CIA official, warned Pyongyang.",
        """
        Carla PROPN NNP 9 nsubj *Person
        Stein PROPN NNP 1 flat +
        , PUNCT , 1 punct
        a DET DT 7 det
        former ADJ JJ 7 amod
        CIA PROPN NNP 7 compound *Organization
        official NOUN NN 1 appos
        , PUNCT , 1 punct
        warned VERB VBD 0 root warn
        Pyongyang PROPN NNP 9 obj *Location
        . PUNCT . 9 punct
        """,
    )
    stein = found["Carla Stein"]
    assert (stein.role, stein.country, stein.sectors) == ("former CIA official", "USA", ["ELI"])
    assert found["Central Intelligence Agency"].kb == "org:cia"


def test_a_title_of_observers_takes_no_country_from_what_they_watch() -> None:
    _, found = entities(
        "Carla Stein, a Japan analyst, left.",
        """
        Carla PROPN NNP 8 nsubj *Person
        Stein PROPN NNP 1 flat +
        , PUNCT , 1 punct
        a DET DT 6 det
        Japan PROPN NNP 6 compound *Location
        analyst NOUN NN 1 appos
        , PUNCT , 1 punct
        left VERB VBD 0 root leave
        . PUNCT . 8 punct
        """,
    )
    assert (found["Carla Stein"].country, found["Carla Stein"].sectors) == (None, ["EDU"])


def test_government_with_a_nationality_is_the_state() -> None:
    reading, found = entities(
        "The Japanese government spoke.",
        """
        The DET DT 3 det
        Japanese ADJ JJ 3 amod *NORP
        government NOUN NN 4 nsubj
        spoke VERB VBD 0 root speak
        . PUNCT . 4 punct
        """,
    )
    (japan,) = found.values()
    assert [(reading.evidence(m), m.form) for m in japan.mentions] == [
        ("Japanese", "name"),
        ("Japanese government", "description"),
    ]


def test_officials_without_a_name_are_a_group_of_their_country() -> None:
    reading, found = entities(
        "Six unnamed Japanese government officials spoke. The officials left.",
        """
        Six NUM CD 5 nummod
        unnamed ADJ JJ 5 amod
        Japanese ADJ JJ 5 amod *NORP
        government NOUN NN 5 compound
        officials NOUN NNS 6 nsubj official
        spoke VERB VBD 0 root speak
        . PUNCT . 6 punct
        """,
        "The DET DT 2 det\nofficials NOUN NNS 3 nsubj official\nleft VERB VBD 0 root\n. PUNCT . 3 punct",
    )
    group = found["Six unnamed Japanese government officials"]
    assert (group.kind, group.country, group.sectors) == ("group", "JPN", ["GOV"])
    assert said(reading, group, "description") == ["Six unnamed Japanese government officials", "officials"]


def test_groups_of_different_number_are_two() -> None:
    def counted(number: str) -> str:
        people = f"{number} NUM CD 2 nummod\ncivilians NOUN NNS 3 nsubj civilian"
        return f"{people}\nfled VERB VBD 0 root flee\n. PUNCT . 3 punct"

    _, found = entities("Nine civilians fled. Forty civilians fled.", counted("Nine"), counted("Forty"))
    assert {"Nine civilians", "Forty civilians"} == set(found)


def test_believers_and_parties_are_groups_and_nations_are_states() -> None:
    _, found = entities(
        "Muslims, Democrats and Danes met.",
        """
        Muslims PROPN NNPS 6 nsubj *NORP
        , PUNCT , 3 punct
        Democrats PROPN NNPS 1 conj *NORP
        and CCONJ CC 5 cc
        Danes PROPN NNPS 1 conj *NORP
        met VERB VBD 0 root meet
        . PUNCT . 6 punct
        """,
    )
    assert (found["Muslims"].kind, found["Muslims"].sectors) == ("group", ["REL"])
    assert (found["Democrats"].kind, found["Democrats"].sectors) == ("group", ["PTY"])
    assert (found["Denmark"].kind, found["Denmark"].kb) == ("state", "iso:DNK")


def test_dates_and_products_are_no_entities() -> None:
    _, found = entities(
        "Veltrax sold on Monday.",
        """
        Veltrax PROPN NNP 2 nsubj *Product
        sold VERB VBD 0 root sell
        on ADP IN 4 case
        Monday PROPN NNP 2 obl *Date
        . PUNCT . 2 punct
        """,
    )
    assert found == {}


def test_he_is_not_one_whom_only_a_relative_clause_names() -> None:
    reading, found = entities(
        "Peter Unger spoke. Citing the treaty, which Kurt Adler opposed, he left.",
        "Peter PROPN NNP 3 nsubj *Person\nUnger PROPN NNP 1 flat +\nspoke VERB VBD 0 root speak\n"
        ". PUNCT . 3 punct",
        """
        Citing VERB VBG 11 advcl cite
        the DET DT 3 det
        treaty NOUN NN 1 obj
        , PUNCT , 8 punct
        which PRON WDT 8 obj
        Kurt PROPN NNP 8 nsubj *Person
        Adler PROPN NNP 6 flat +
        opposed VERB VBD 3 acl:relcl oppose
        , PUNCT , 3 punct
        he PRON PRP 11 nsubj he
        left VERB VBD 0 root leave
        . PUNCT . 11 punct
        """,
    )
    assert said(reading, found["Peter Unger"], "pronoun") == ["he"]
    assert said(reading, found["Kurt Adler"], "pronoun") == []


def test_a_body_before_a_name_is_nobody() -> None:
    _, found = entities(
        "Navy Lund spoke.",
        """
        Navy PROPN NNP 2 compound *Person
        Lund PROPN NNP 3 nsubj *Person
        spoke VERB VBD 0 root speak
        . PUNCT . 3 punct
        """,
    )
    assert (found["Navy"].kind, found["Navy"].sectors) == ("organization", ["MIL"])


def test_an_article_without_sentences() -> None:
    reading = Places()(Entities()(reading_of("")))
    assert reading.entities == [] and reading.places == []


@pytest.mark.parametrize("before", ["H E", "H.E.", "Miss"])
def test_how_one_is_addressed_is_no_part_of_the_name(before: str) -> None:
    reading = communique.read(f"On Monday {before} Omar Tahir spoke in Geneva.")
    (who,) = (e for e in reading.entities if e.kind == "person")
    assert who.name == "Omar Tahir" and reading.evidence(who.mentions[0]) == "Omar Tahir"
