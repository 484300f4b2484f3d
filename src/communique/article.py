"""The article: text that never changes, and what is known of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date

__all__ = ["Article"]


@dataclass(frozen=True, slots=True)
class Article:
    """A piece of news as it came in.

    Every offset in a reading counts Unicode code points of ``text``, so ``text`` is kept to the
    letter; what an intake reader understands of its layout stands beside it in ``blocks``.

    Attributes:
        text: the article as read; never altered after this object is made.
        id: the input row's own id, else a hash of the text.
        title: headline, or None.
        author: byline, or None.
        publisher: name or host of the outlet, or None.
        url: where the article stands, or None.
        published: the date that relative dates are resolved against, or None.
        published_from: where that date comes from: 'option', 'metadata', 'text' or None.
        language: ISO 639-1 code; only 'en' is read today.
        blocks: ``[start, end)`` spans of the paragraphs, in order, with page furniture (running
            heads, contact lines) left out. A paragraph that a PDF split in two is one block.
    """

    text: str
    id: str = ""
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: date | None = None
    published_from: str | None = None
    language: str = "en"
    blocks: tuple[tuple[int, int], ...] = field(default=())

    def __post_init__(self) -> None:
        if not self.id:
            digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
            object.__setattr__(self, "id", digest[:16])
