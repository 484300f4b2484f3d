"""From a text and what is known of it to an ``Article``: the step that all readers share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from communique.article import Article
from communique.errors import EmptyInput, InputError, NotEnglish
from communique.intake.dates import PartialDate, as_date, url_date
from communique.intake.heading import read_heading
from communique.intake.lines import Line, lines_of
from communique.intake.paragraphs import find_blocks, furniture
from communique.language.detect import detect, language_name

__all__ = ["MAX_CHARACTERS", "build", "from_text"]

MAX_CHARACTERS = 1_000_000  # of one article; a newspaper page has some 10,000
_WORD = re.compile(r"[^\W_]")


def from_text(
    text: str,
    *,
    published: date | str | None = None,
    title: str | None = None,
    author: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    id: str | None = None,
    where: str | None = None,
) -> Article:
    """An article from its text.

    Args:
        text: the text as it is, of any layout; kept to the letter (a lone surrogate, which no
            encoding can write, becomes U+FFFD).
        published: day of publication, a ``date`` or text ('2024-02-15'); without it the text's own
            date line or dateline is taken.
        title, author, publisher, url: what is known of it; title and author are else read from the
            top lines, when the layout shows them.
        id: the article's id; else a hash of the text.
        where: place to name in errors.

    Raises:
        EmptyInput: if there is no word in it.
        NotEnglish: if it is in another language.
        BadDate: if ``published`` is no date.
        InputError: if it has more than ``MAX_CHARACTERS`` characters.
    """
    return build(
        text,
        option=as_date(published, where),
        title=title,
        author=author,
        publisher=publisher,
        url=url,
        id=id,
        where=where,
    )


def build(
    text: str,
    *,
    option: date | None = None,
    stated: date | PartialDate | None = None,
    title: str | None = None,
    author: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    id: str | None = None,
    where: str | None = None,
) -> Article:
    """As ``from_text``; ``option`` is the user's date, ``stated`` that of the metadata."""
    if not isinstance(text, str):
        raise TypeError(f"an article's text is str, not {type(text).__name__}")
    if not text:
        raise EmptyInput("is empty", where)
    if not _WORD.search(text):
        raise EmptyInput("holds no words", where)
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            f"has {len(text):,} characters, and an article may have {MAX_CHARACTERS:,} at most; "
            "give many articles as JSON lines or as one file each",
            where,
        )
    text = _without_surrogates(text)
    language = detect(text)
    if language != "en":
        name = language_name(language)
        shown = f"{name} ({language})" if name else f"a language with the code “{language}”"
        raise NotEnglish(f"is written in {shown}; only English is read", where)
    lines = lines_of(text)
    title = _clean(title)
    heading = read_heading(lines, title)
    day, origin = _published(option, stated, url, heading.date)
    return Article(
        text=text,
        id=_without_surrogates(id) if id else "",
        title=title or heading.title,
        author=_clean(author) or heading.author,
        publisher=_clean(publisher),
        url=_clean(url),
        published=day,
        published_from=origin,
        language=language,
        blocks=_blocks(lines, heading.used),
    )


def _blocks(lines: Sequence[Line], heading: set[int]) -> tuple[tuple[int, int], ...]:
    out = heading | furniture(lines, heading)
    # A text that is furniture throughout is still what the user wants read.
    for left_out in (out, heading, set[int]()):
        blocks = find_blocks(lines, left_out)
        if blocks:
            return blocks
    return ()


def _published(
    option: date | None, stated: date | PartialDate | None, url: str | None, own: PartialDate | None
) -> tuple[date | None, str | None]:
    if option is not None:
        return option, "option"
    if isinstance(stated, date):
        return stated, "metadata"
    if own is not None and (day := own.completed(None)) is not None:
        return day, "text"
    if isinstance(stated, PartialDate) and own is not None and (day := own.completed(stated)) is not None:
        return day, "text"
    if (day := url_date(url)) is not None:
        return day, "metadata"
    return None, None


def _clean(value: str | None) -> str | None:
    return _without_surrogates(" ".join(value.split())) or None if value else None


def _without_surrogates(text: str) -> str:
    """Half characters, as a careless JSON writer leaves them, as U+FFFD: offsets stay as they are."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return re.sub(r"[\ud800-\udfff]", "\ufffd", text)
    return text
