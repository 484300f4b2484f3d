"""PDF files, made here with pypdf."""

from __future__ import annotations

from datetime import date

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject

from communique.errors import EmptyInput, NotText
from communique.intake import read_articles

LINES = [
    "The foreign minister of Arendia said on Monday that her government",
    "would reopen its embassy in the capital of Belmark. Officials in both",
    "countries welcomed the step, which follows two years of talks, and they",
    "said that the first staff would arrive before the end of the summer.",
]


def page(writer, lines=(), image=False):
    made = writer.add_blank_page(612, 792)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    resources = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})})
    drawn = b"BT /F1 11 Tf 72 720 Td 14 TL " + b"".join(b"(%s) Tj T* " % x.encode() for x in lines) + b"ET"
    if image:
        picture = DecodedStreamObject()
        picture.set_data(b"\x80" * 16)
        for key, value in (("Width", 4), ("Height", 4), ("BitsPerComponent", 8)):
            picture[NameObject(f"/{key}")] = NumberObject(value)
        picture[NameObject("/Type")] = NameObject("/XObject")
        picture[NameObject("/Subtype")] = NameObject("/Image")
        picture[NameObject("/ColorSpace")] = NameObject("/DeviceGray")
        name = DictionaryObject({NameObject("/Im1"): writer._add_object(picture)})
        resources[NameObject("/XObject")] = name
        drawn += b" q 500 0 0 700 50 50 cm /Im1 Do Q"
    content = DecodedStreamObject()
    content.set_data(drawn)
    made[NameObject("/Resources")] = resources
    made[NameObject("/Contents")] = writer._add_object(content)


def pdf(path, *pages, password=None, algorithm=None, **metadata):
    writer = PdfWriter()
    for lines in pages:
        page(writer, lines or (), image=lines is None)
    if metadata:
        writer.add_metadata({f"/{key}": value for key, value in metadata.items()})
    if algorithm:
        writer.encrypt(user_password=password or "", owner_password="owner", algorithm=algorithm)
    with open(path, "wb") as file:
        writer.write(file)
    return path


def test_a_pdf_is_read_as_wrapped_text(tmp_path, one):
    path = pdf(
        tmp_path / "a.pdf", LINES, Title="Arendia returns to Belmark", CreationDate="D:20240215120000Z"
    )
    article = one(path)
    assert article.title == "Arendia returns to Belmark"
    assert (article.published, article.published_from) == (date(2024, 2, 15), "metadata")
    (block,) = article.blocks
    assert article.text[slice(*block)].split() == " ".join(LINES).split()


def test_the_texts_own_date_stands_above_that_of_the_file(tmp_path, one):
    path = pdf(tmp_path / "a.pdf", ["March 3, 2023", "", *LINES], CreationDate="D:20240215120000Z")
    assert (one(path).published, one(path).published_from) == (date(2023, 3, 3), "text")
    day = date(2020, 1, 1)
    assert one(path, published=day).published == day


@pytest.mark.parametrize("title", ["Microsoft Word - draft3.doc", "untitled", "page1.indd", " "])
def test_a_title_that_is_none(tmp_path, one, title):
    assert one(pdf(tmp_path / "a.pdf", LINES, Title=title)).title is None


def test_running_heads_are_left_out(tmp_path, one):
    pages = [["The Arendia Post", *LINES[n:], *LINES[:n], f"Page {n + 1} of 4"] for n in range(4)]
    text = one(pdf(tmp_path / "a.pdf", *pages)).text
    assert "Arendia Post" not in text and "of 4" not in text
    assert text.count("foreign minister") == 4


def test_a_pdf_of_images_only(tmp_path, fault):
    found = fault(pdf(tmp_path / "a.pdf", None, None, None))
    assert isinstance(found, EmptyInput)
    assert "has no text, only images (3 pages); run OCR first" in str(found)


def test_a_pdf_of_blank_pages(tmp_path, fault):
    assert "a PDF without text (1 page)" in str(fault(pdf(tmp_path / "a.pdf", [])))


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_locks(tmp_path, one, fault, algorithm):
    pytest.importorskip("cryptography")
    assert "embassy" in one(pdf(tmp_path / "a.pdf", LINES, algorithm=algorithm)).text
    found = fault(pdf(tmp_path / "b.pdf", LINES, password="secret", algorithm=algorithm))
    assert isinstance(found, NotText) and "locked by a password" in str(found)


def test_a_damaged_pdf_stops_nothing(tmp_path, body):
    data = pdf(tmp_path / "a.pdf", LINES).read_bytes()
    (tmp_path / "a.pdf").write_bytes(data[:200])
    (tmp_path / "b.txt").write_text(body)
    bad, good = read_articles([tmp_path])
    assert isinstance(bad, NotText) and "damaged PDF" in str(bad)
    assert good.text == body


def test_a_pdf_under_another_name(tmp_path, one):
    assert "embassy" in one(pdf(tmp_path / "a", LINES)).text
