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
