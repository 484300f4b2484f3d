from __future__ import annotations

import gzip

import pytest

from communique.errors import EmptyInput, NotText
from communique.intake.decoding import decode

TEXT = "The café in Zürich closed, “for good”, said the owner – and that was it."


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.encode("cp1252"),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-be", "le without mark", "be without mark", "utf-32", "cp1252"],
)
def test_encodings(data):
    assert decode(data) == TEXT


def test_latin_1():
    assert decode("El señor Núñez habló.".encode("latin-1")) == "El señor Núñez habló."


def test_line_ends_are_kept():
    assert decode(b"a\r\nb\rc\n") == "a\r\nb\rc\n"


def test_a_broken_byte_in_utf_8_is_one_sign_and_the_rest_is_read():
    data = TEXT.encode() + b" \xff End"
    assert decode(data) == TEXT + " \ufffd End"
    assert decode(TEXT.encode() + "é".encode()[:1]) == TEXT + "\ufffd"


def test_a_few_broken_bytes_do_not_change_the_encoding():
    plain = "The owner of the place said that it would be closed for good on Monday, and that was it. "
    for text in (TEXT + plain, plain * 2):
        data = text.encode()
        assert decode(data[:60] + b"\xff" + data[60:120] + b"\xfe " + data[120:]) == (
            data[:60].decode() + "\ufffd" + data[60:120].decode() + "\ufffd " + data[120:].decode()
        )
    assert decode(TEXT.encode() + "\ufffd\ufffd\ufffd".encode() + b" \xff") == TEXT + "\ufffd" * 3 + " \ufffd"


def test_letters_of_an_old_encoding_are_no_broken_bytes():
    for text in (
        "The members of Alþingi, the parliament in Reykjavik, met again on Monday.",
        "She called the place “the CAFÉ” and left on Monday, née Weber as she was.",
    ):
        assert decode(text.encode("cp1252")) == text


def test_a_page_may_say_its_encoding():
    page = '<html><head><meta charset="iso-8859-2"></head>Łódź'
    assert decode(page.encode("iso-8859-2")) == page
    assert decode(b'<meta charset="no-such">caf\xe9') == '<meta charset="no-such">café'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7 \xe2\xe3", "is a PDF"),
        (b"PK\x03\x04\x14", "zip archive"),
        (b"\x89PNG\r\n\x1a\n\x00", "PNG image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG image"),
        (b"GIF89a\x01", "GIF image"),
        (b"BZh91AY", "bzip2"),
        (b"abc\x00\x00\x00def", "binary data"),
        (b"plain text " * 600 + b"\x00\x01", "binary data"),
        (bytes(range(128, 256)) * 20, "no known encoding"),
    ],
)
def test_what_is_no_text_is_named(data, said):
    with pytest.raises(NotText) as caught:
        decode(data, "file")
    assert said in str(caught.value) and str(caught.value).startswith("file: ")


def test_nothing():
    with pytest.raises(EmptyInput):
        decode(b"")
    assert gzip.decompress(gzip.compress(b"")) == b""
