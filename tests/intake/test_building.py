from __future__ import annotations

from datetime import date

import pytest

from communique.errors import BadDate, EmptyInput, InputError, NotEnglish
from communique.intake import MAX_CHARACTERS, from_text
from communique.intake.building import build
from communique.intake.dates import PartialDate

DAY = date(2024, 2, 15)


def test_the_text_is_kept_to_the_letter(body):
    text = f"\r\n  {body} It cost \\$5 — *a lot*.\t\x07\u202eabc\u202c \xa0\n"
    article = from_text(text)
    assert article.text == text
    start, end = article.blocks[0]
    assert text[start:end].startswith("The foreign") and text[start:end].endswith("\u202c")


@pytest.mark.parametrize("text", ["", " \n\t\xa0\r\n", "\ufeff\u200b", "… — !?", "\x00\x01\x02"])
def test_nothing_to_read(text):
    with pytest.raises(EmptyInput, match=r"is empty|holds no words"):
        from_text(text)


def test_another_language_is_named():
    text = "La ministre a déclaré lundi que son gouvernement rouvrirait une ambassade dans le pays voisin."
    with pytest.raises(NotEnglish) as caught:
        from_text(text, where="a.txt")
    assert str(caught.value) == "a.txt: is written in French (fr); only English is read"


def test_the_limit_is_named(body):
    with pytest.raises(InputError) as caught:
        from_text("a" * (MAX_CHARACTERS + 1))
    assert "1,000,001" in str(caught.value) and "1,000,000 at most" in str(caught.value)
    assert len(from_text((body + " ") * 20).blocks) == 1


def test_text_of_only_quotations():
    text = "“We will not go,” “You will have to.”\n“Then we shall see who is right.”"
    article = from_text(text)
    assert [text[s:e] for s, e in article.blocks] == text.split("\n")


def test_lone_surrogates_keep_their_place(body):
    article = from_text(f"\ud800{body}\udc00", title="A \ud800 title", id="\udfff")
    assert article.text == f"\ufffd{body}\ufffd"
    assert (article.title, article.id) == ("A \ufffd title", "\ufffd")


def test_which_date_counts(body):
    text = f"ARENBURG, Feb. 16, 2024 (Agency) — {body}"
    url = "https://post.example/2024/02/17/embassy"
    option, stated = date(2024, 2, 14), date(2024, 2, 15)

    def dates(**options):
        article = build(options.pop("text", text), **options)
        return article.published, article.published_from

    assert dates(option=option, stated=stated, url=url) == (option, "option")
    assert dates(stated=stated, url=url) == (stated, "metadata")
    assert dates(url=url) == (date(2024, 2, 16), "text")
    assert dates(text=body, url=url) == (date(2024, 2, 17), "metadata")
    assert dates(text=body) == (None, None)
    bare = f"ARENBURG, Feb. 16 (Agency) — {body}"
    assert dates(text=bare) == (None, None)
    assert dates(text=bare, stated=PartialDate(2024, None, None)) == (date(2024, 2, 16), "text")
    assert dates(text=body, stated=PartialDate(2024, 2, None)) == (None, None)


def test_published_may_be_text(body):
    assert from_text(body, published="15 February 2024").published == DAY
    with pytest.raises(BadDate, match="February 2024 has 29 days"):
        from_text(body, published="2024-02-31")


def test_what_is_no_text():
    with pytest.raises(TypeError, match="not bytes"):
        from_text(b"abc")  # type: ignore[arg-type]


def test_the_same_text_has_the_same_id(body, second):
    assert from_text(body).id == from_text(body, title="Other").id != from_text(second).id
    assert from_text(body, id="a-1").id == "a-1"
