"""What the store has."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from communique.store import Store
from communique.store.textindex import TextIndex
from communique.web.api import models
from communique.web.api.asking import of_json, of_row
from communique.web.cache import cached

__all__ = ["counts", "router"]

router = APIRouter(tags=["store"])


@router.get("/store", summary="What the store has", responses={200: {"model": models.Store}})
def store(request: Request) -> Response:
    """How many articles, events and claims, and of which time."""
    path = request.app.state.settings.store
    row = cached(request, counts)
    return of_json({"name": path.name, **of_row(row), "searchable": TextIndex(path).count()})


def counts(store: Store) -> dict[str, Any]:
    """How many of each there are, and the days of the first and last article."""
    result = store.connection.execute(
        "SELECT count(*) AS articles, (SELECT count(*) FROM events) AS events, "
        "(SELECT count(*) FROM claims) AS claims, (SELECT count(*) FROM happenings) AS happenings, "
        "min(published) AS first, max(published) AS last, max(added) AS added FROM articles"
    )
    names = [column[0] for column in result.description or ()]
    return dict(zip(names, result.fetchall()[0], strict=True))
