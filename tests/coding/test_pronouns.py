import pytest

import communique


def meant(text: str, pronoun: str) -> str | None:
    """The name of the entity that the first such pronoun is a mention of."""
    reading = communique.read(text, published="2024-02-15")
    at = text.index(f" {pronoun} ") + 1
    for entity in reading.entities:
        if any((m.start, m.end) == (at, at + len(pronoun)) for m in entity.mentions):
            return entity.name
    return None


@pytest.mark.parametrize(
    ("text", "pronoun", "name"),
    [
        ("Marta Kovic met reporters in Geneva. On Monday she flew to Cairo.", "she", "Marta Kovic"),
        ("Tomas Berg, the envoy, arrived late. Later he left for Oslo with Anna Holm.", "he", "Tomas Berg"),
        ("The World Bank approved the loan. On Friday it asked for more data.", "it", "World Bank"),
    ],
)
def test_the_one_who_fits_is_meant(text: str, pronoun: str, name: str) -> None:
    assert meant(text, pronoun) == name


def test_a_pronoun_that_means_nobody_is_left_alone() -> None:
    assert meant("Marta Kovic said that now it rained in Geneva.", "it") is None


def test_a_man_is_no_she() -> None:
    assert meant("Mr Berg met the press. On Monday she left.", "she") != "Berg"


def all_meant(text: str, pronoun: str, after: int = 0) -> set[str]:
    """The names of all entities that a pronoun is a mention of."""
    at = text.index(f" {pronoun}", after) + 1
    reading = communique.read(text, published="2024-02-15")
    span = (at, at + len(pronoun))
    return {e.name for e in reading.entities for m in e.mentions if (m.start, m.end) == span}


def test_several_who_stand_together_are_meant_at_once() -> None:
    text = "Kenya and Uganda signed a treaty on Monday. They recalled their envoys from Rome."
    assert all_meant(text, "They") == {"Kenya", "Uganda"}


def test_whom_somebody_meets_is_not_himself() -> None:
    text = "Tomas Berg met the press. On Friday Karl Holm embraced him."
    assert "Karl Holm" not in all_meant(text, "him")


def test_a_reflexive_is_its_own_subject() -> None:
    text = "The miners armed themselves with stones."
    assert all_meant(text, "themselves") == {"miners"}


def test_i_is_who_speaks() -> None:
    text = 'Anna Holm met Marta Kovic. "The law was right, and I signed it," Marta Kovic told reporters.'
    assert all_meant(text, "I") == {"Marta Kovic"}


def test_who_is_only_quoted_does_not_speak() -> None:
    text = 'Tomas Berg opened the talks. "Nobody trusted Karl Holm," he said.'
    assert "Karl Holm" not in all_meant(text, "he")


@pytest.mark.parametrize(
    ("text", "pronoun", "name"),
    [
        ("In her opening speech, Marta Kovic thanked the envoys.", "her", "Marta Kovic"),
        ("Before his trip to Oslo, Tomas Berg met the press.", "his", "Tomas Berg"),
    ],
)
def test_whom_the_sentence_goes_on_to_tell_of(text: str, pronoun: str, name: str) -> None:
    assert meant(text, pronoun) == name
