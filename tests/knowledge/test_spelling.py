import pytest

from communique.knowledge.spelling import folded, sound


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Erdoğan", "erdogan"),
        ("Nguyễn Phú Trọng", "nguyen phu trong"),
        ("Binalı Yıldırım", "binali yildirim"),
        ("Lech Wałęsa", "lech walesa"),
        ("N’Djamena", "ndjamena"),
        ("Ould-Abdel Aziz", "ould abdel aziz"),
        ("İlham Əliyev", "ilham aliyev"),
        ("  U.  Thant ", "u thant"),
        ("", ""),
    ],
)
def test_a_name_in_plain_letters(name: str, plain: str) -> None:
    assert folded(name) == plain


@pytest.mark.parametrize(
    "spellings",
    [
        ("Gaddafi", "Qaddafi", "Kadafi", "Gadhafi", "Qadhafi"),
        ("Zelensky", "Zelenskyy", "Zelenskiy", "Zelenski"),
        ("Lukashenko", "Loukachenko"),
        ("Yeltsin", "Eltsin"),
        ("al-Assad", "Assad"),
        ("Hussein", "Husain"),
    ],
)
def test_spellings_of_one_name_sound_alike(spellings: tuple[str, ...]) -> None:
    assert len({sound(s) for s in spellings}) == 1, {s: sound(s) for s in spellings}


@pytest.mark.parametrize(
    ("one", "other"), [("Bush", "Blair"), ("Kim", "Kan"), ("Putin", "Medvedev"), ("Assad", "Abbas")]
)
def test_other_names_do_not(one: str, other: str) -> None:
    assert sound(one) != sound(other)
