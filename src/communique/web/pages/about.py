"""About: what the pages show, how sure it is, and where it is from."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from communique.ontology import event_types
from communique.store.questions.overview import overview
from communique.web.cache import cached
from communique.web.pages.common import page

__all__ = ["router"]

router = APIRouter()


@router.get("/about")
def about(request: Request) -> Response:
    """The page about these pages."""
    return page(request, "about.html", known=cached(request, overview), types=list(event_types().values()))
