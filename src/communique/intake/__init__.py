"""From files, pages and rows to articles.

``read_articles`` reads anything that a path or an address may name (``read_placed`` says where each
article stands), ``from_text`` one text, ``parse_date`` a date.
"""

from __future__ import annotations

from communique.intake.batch import Placed, count_articles, files_of, read_articles, read_placed
from communique.intake.building import MAX_CHARACTERS, from_text
from communique.intake.dates import parse_date
from communique.intake.files import is_address

__all__ = [
    "MAX_CHARACTERS",
    "Placed",
    "count_articles",
    "files_of",
    "from_text",
    "is_address",
    "parse_date",
    "read_articles",
    "read_placed",
]
