"""From files, pages and rows to articles.

``read_articles`` reads anything that a path may name, ``from_text`` one text, ``parse_date`` a date.
"""

from __future__ import annotations

from communique.intake.batch import count_articles, read_articles
from communique.intake.building import MAX_CHARACTERS, from_text
from communique.intake.dates import parse_date

__all__ = ["MAX_CHARACTERS", "count_articles", "from_text", "parse_date", "read_articles"]
