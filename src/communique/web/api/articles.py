"""Articles, one of them, and its reading."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response

from communique.errors import StoreError
from communique.store import Store
from communique.store.questions.articles import articles, listed
from communique.web.api import models
from communique.web.api.asking import Day, Paging, Word, Words, listing, of_json, of_row, reply
from communique.web.api.reading_model import Reading
from communique.web.cache import cached
from communique.web.problems import NotFound

__all__ = ["router"]

router = APIRouter(tags=["articles"])
Number = Annotated[int, Path(ge=1, le=2**31 - 1, description="The article's number.")]


@router.get("/articles", summary="Articles, the latest first", responses=listing(models.Article))
def many(
    request: Request,
    asked: Paging,
    text: Annotated[Word | None, Query(description="Words that stand in the title or text.")] = None,
    publisher: Words = (),
    actor: Annotated[tuple[Word, ...], Query(max_length=20, description="Whom the article names.")] = (),
    since: Annotated[Day | None, Query(description="First day of publication.")] = None,
    until: Annotated[Day | None, Query(description="Last day of publication.")] = None,
    order: Annotated[Literal["published", "added"], Query(description="Which day counts.")] = "published",
) -> Response:
    """What came in, and how much each article tells."""
    given = {"text": text, "publisher": publisher, "actor": actor, "since": since, "until": until}
    return reply(request, asked, cached(request, articles, **given, order=order, **asked.page))


@router.get(
    "/articles/{article}", summary="An article with its text", responses={200: {"model": models.ArticleText}}
)
def one(request: Request, article: Number) -> Response:
    """The row of the article, and its text; offsets of events and claims count its code points."""
    row = cached(request, _one, number=article)
    if row is None:
        raise NotFound(f"the store has no article {article}")
    return of_json(row)


@router.get(
    "/articles/{article}/reading",
    summary="All that was read in an article",
    responses={200: {"model": Reading}},
)
def reading(request: Request, article: Number) -> Response:
    """The reading in the format communique/1, as ``communique read --format json`` prints it."""
    text = cached(request, _reading, number=article)
    if text is None:
        raise NotFound(f"the store has no article {article}")
    return Response(text.encode(), media_type="application/json")


def _one(store: Store, number: int) -> dict[str, Any] | None:
    found = listed(store, [number]).rows
    if not found:
        return None
    text = store.connection.execute("SELECT text FROM articles WHERE article = ?", [number]).fetchall()[0][0]
    return {**of_row(found[0]), "text": text}


def _reading(store: Store, number: int) -> str | None:
    try:
        return store.reading(number).to_json()
    except StoreError:
        if listed(store, [number]).rows:
            raise
        return None
