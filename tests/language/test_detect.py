from __future__ import annotations

import subprocess
import sys

import pytest

from communique.language.detect import detect, language_name

FRENCH = (
    "La ministre des affaires étrangères a déclaré lundi que son gouvernement rouvrirait l'ambassade dans la "
    "capitale du pays voisin. Les responsables des deux pays ont salué cette décision."
)
DUTCH = (
    "De minister van Buitenlandse Zaken zei maandag dat de regering de ambassade in de hoofdstad van het "
    "buurland weer opent, maar hij was niet van plan om over geld te spreken. We zullen zien of het lukt."
)
ENGLISH = (
    "The foreign minister said on Monday that her government would reopen its embassy in the capital of the "
    "neighbouring country, and that officials of both sides had welcomed the step."
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ENGLISH, "en"),
        (ENGLISH.upper(), "en"),
        (FRENCH, "fr"),
        (DUTCH, "nl"),
        ("Министр заявила в понедельник, что посольство откроется вновь.", "ru"),
        ("外交部长周一表示，大使馆将重新开放。双方官员对此表示欢迎。", "zh"),
    ],
)
def test_languages(text, code):
    assert detect(text) == code


def test_the_short_and_the_wordless_have_the_benefit_of_the_doubt():
    assert detect("Lind Brandt Arenburg") == "en"
    assert detect("2024 – 15:30 …") == "en"
    assert detect("") == "en"


def test_long_quotations_in_another_language_leave_an_article_english():
    lines = [ENGLISH, f"“{FRENCH}”", ENGLISH, f"“{FRENCH}”"]
    assert detect("\n".join(lines)) == "en"
    assert detect("\n".join([ENGLISH[:60], FRENCH, FRENCH, FRENCH])) == "fr"


def test_only_quotations():
    assert detect("“We will not go,” “You will have to.” “Then we shall see who is right about it.”") == "en"


def test_names_of_languages():
    assert language_name("fr") == "French"
    assert language_name("qq") is None


def test_plain_english_does_not_load_the_model():
    program = (
        "import sys; from communique.language.detect import detect; "
        f"detect({ENGLISH!r}); sys.exit('py3langid' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_every_language_the_model_can_tell_has_a_name():
    import py3langid.langid as model

    model.classify("a")
    codes = {str(code) for code in model.IDENTIFIER.nb_classes} - {"zxx"}
    assert len(codes) > 90
    assert not [code for code in codes if language_name(code) is None]
