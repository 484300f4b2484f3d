"""PDF: the text that its pages hold, by pypdf; its layout is then read as that of any plain text.

A date of making is no date of publication (a page may be printed years later), so it counts only where
neither the user nor the text gives one.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO

from communique.article import Article
from communique.errors import EmptyInput, NotText
from communique.intake.building import MAX_CHARACTERS, build
from communique.intake.files import read_all

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

__all__ = ["MAX_PDF", "read"]

MAX_PDF = 128 * 1024 * 1024  # bytes
_SHORTEST = 20  # letters a page, on average; scans may carry a stamp or a page number
_NO_TITLE = re.compile(
    r"(?i)(?:untitled.*|microsoft (?:word|powerpoint) - .*|.*\.(?:pdf|docx?|indd|qxd|rtf|odt|html?|tex|pmd)|"
    r"\W*|document\d*|title|[\d_-]+)"
)


def read(stream: BinaryIO, where: str, published: date | None = None) -> Iterator[Article]:
    """The article in a PDF file.

    Raises:
        EmptyInput: if it holds images only, or nothing.
        NotText: if it is damaged or locked.
        InputError: if it is too large, or its text cannot be read.
    """
    data = read_all(stream, where, MAX_PDF)
    document = _document(data, where)
    try:
        pages = _pages(document)
        images = False if _has_text(pages) else any(_has_image(page) for page in document.pages)
        title, made = _title(document), _made(document)
    except Exception as error:  # a broken PDF breaks pypdf in ways without number
        raise _damaged(error, where) from None
    if not _has_text(pages):
        number = f"{len(pages)} page" + ("s" if len(pages) != 1 else "")
        if images:
            raise EmptyInput(
                f"has no text, only images ({number}); run OCR first, such as ocrmypdf FILE.pdf OUT.pdf",
                where,
            )
        raise EmptyInput(f"is a PDF without text ({number})", where)
    article = build(_joined(pages), option=published, title=title, where=where)
    if article.published is None and made is not None:
        article = replace(article, published=made, published_from="metadata")
    yield article


def _document(data: bytes, where: str) -> PdfReader:
    import logging

    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # the user gets one sentence instead
    try:
        document = PdfReader(io.BytesIO(data), strict=False)
        # Many are locked against changes only, and open with no password.
        locked = document.is_encrypted and not document.decrypt("")
        if not locked:
            len(document.pages)
    except DependencyError:
        raise NotText(
            'is an encrypted PDF, which needs one more package: pip install "communique[pdf]"', where
        ) from None
    except Exception as error:
        raise _damaged(error, where) from None
    if locked:
        raise NotText("is a PDF locked by a password; save it without one", where)
    return document


def _damaged(error: Exception, where: str) -> NotText:
    from pypdf.errors import LimitReachedError

    if isinstance(error, (LimitReachedError, MemoryError)):
        return NotText("is a PDF that unpacks to far more than any text; check where it is from", where)
    return NotText(
        "is a damaged PDF; fetch it anew, or extract its text (pdftotext FILE.pdf FILE.txt)", where
    )


def _pages(document: PdfReader) -> list[str]:
    """The text of each page; none is looked at beyond what an article may have."""
    pages: list[str] = []
    size = 0
    for page in document.pages:
        text = page.extract_text() if size <= MAX_CHARACTERS else ""
        size += len(text)
        pages.append(text)
    return pages


def _has_text(pages: list[str]) -> bool:
    return sum(sum(map(str.isalpha, page)) for page in pages) >= _SHORTEST * max(1, len(pages))


def _has_image(page: PageObject) -> bool:
    resources: Any = page.get("/Resources")
    objects: Any = resources.get_object().get("/XObject") if resources is not None else None
    if objects is None:
        return False
    kinds = {thing.get_object().get("/Subtype") for thing in objects.get_object().values()}
    return "/Image" in kinds or "/Form" in kinds  # a form is drawn as an image is, and often holds one


def _joined(pages: list[str]) -> str:
    """The pages' text without the lines that stand at the top or foot of most of them."""
    rows = [page.strip().splitlines() for page in pages]
    rows = [[line for line in page if line.strip()] for page in rows]
    edges: Counter[str] = Counter()
    for page in rows:
        edges.update({_bare(page[at]) for at in (0, 1, -1, -2) if -len(page) <= at < len(page)})
    often = {line for line, times in edges.items() if times >= 3 and times * 2 > len(rows)}
    texts = []
    for lines in rows:
        kept = [
            line
            for at, line in enumerate(lines)
            if not (_bare(line) in often and (at < 2 or at >= len(lines) - 2))
        ]
        texts.append("\n".join(line.rstrip() for line in kept))
    return "\n\n".join(text for text in texts if text)


def _bare(line: str) -> str:
    """A line with its numbers away: running heads carry the number of the page."""
    return re.sub(r"\d+", "#", " ".join(line.split()))


def _title(document: PdfReader) -> str | None:
    title = document.metadata.title if document.metadata else None
    return title if isinstance(title, str) and not _NO_TITLE.fullmatch(title.strip()) else None


def _made(document: PdfReader) -> date | None:
    try:
        made = document.metadata.creation_date if document.metadata else None
    except (ValueError, TypeError):
        return None
    return made.date() if made is not None and 1990 <= made.year <= 2200 else None
