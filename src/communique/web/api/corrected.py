"""Lists as people corrected them, where that is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Query, Request

from communique.store.correcting.showing import COLUMN, kept
from communique.web.api.asking import Flag
from communique.web.pages.mended import mended_rows

if TYPE_CHECKING:
    from communique.store.correcting.showing import Look
    from communique.store.questions import Answer

__all__ = ["Corrected", "as_corrected"]

Corrected = Annotated[
    Flag,
    Query(
        description="As people corrected it: rejected rows are left out, so a page may have fewer, and the "
        "column corrected names what is mended. Filters and total are of what the machine read; what people "
        "added is in exports only."
    ),
]


def as_corrected(
    request: Request,
    answer: Answer,
    mend: Callable[[list[dict[str, Any]], Look], list[dict[str, Any]]],
) -> tuple[Answer, int]:
    """A page of an answer as people corrected it, and how many of its rows are left out.

    Args:
        request: that is answered.
        answer: the page.
        mend: of ``communique.store.correcting.showing``.
    """
    rows = kept(mended_rows(request, answer.rows, mend))
    shown = replace(answer, rows=rows, columns={**answer.columns, **COLUMN})
    return shown, len(answer.rows) - len(rows)
