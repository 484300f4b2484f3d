"""What is answered when something is wrong: one sentence, as a page to people and as RFC 9457 to programs."""

from __future__ import annotations

import html
import json
import logging
from http import HTTPStatus
from importlib import import_module
from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from communique.errors import (
    BadCorrection,
    BadQuestion,
    CommuniqueError,
    InputError,
    StoreError,
    StoreInUse,
    StoreMissing,
)
from communique.web.reading import Busy, TooLong
from communique.web.stores import TooSlow

if TYPE_CHECKING:
    from fastapi import FastAPI

__all__ = ["MEDIA_TYPE", "NotFound", "install", "problem"]

MEDIA_TYPE = "application/problem+json"
_AGAIN = 2  # seconds after which a store in use is asked for again
_LOG = logging.getLogger("communique.web")


class NotFound(CommuniqueError):
    """There is no such article, actor or happening; the message says what there is instead."""


def problem(
    request: Request,
    status: int,
    title: str,
    detail: str,
    headers: dict[str, str] | None = None,
    to: str | None = None,
) -> Response:
    """The answer to a request that cannot be met.

    Args:
        request: to which it is.
        status: of HTTP.
        title: what kind of fault, in a few words.
        detail: one sentence: what, where, what to do.
        headers: besides.
        to: the page then asks for the token, and leads to this address of the server when it is right.
    """
    if not _for_people(request):
        body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        return Response(json.dumps(body, ensure_ascii=False), status, headers, media_type=MEDIA_TYPE)
    return _page(request, status, title, detail, headers or {}, to)


def install(app: FastAPI) -> None:
    """Make every error of this package, and of a request, such an answer."""
    app.add_exception_handler(CommuniqueError, _told)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)


async def _told(request: Request, error: Exception) -> Response:
    again = {"retry-after": str(_AGAIN)}
    # What the user of the server knows of his files is no business of those who ask.
    if isinstance(error, NotFound):
        return problem(request, 404, "Not found", str(error))
    if isinstance(error, BadQuestion):
        return problem(request, 422, "A question that cannot be asked", str(error))
    if isinstance(error, BadCorrection):
        return problem(request, 422, "A correction that cannot be made", str(error))
    if isinstance(error, TooLong):
        return problem(request, 503, "It takes too long", str(error), again)
    if isinstance(error, Busy):
        return problem(request, 503, "The server is busy", str(error), {"retry-after": "10"})
    if isinstance(error, InputError):
        return problem(request, 422, "The text cannot be read", f"the text {error.message}")
    if isinstance(error, TooSlow):
        return problem(request, 503, "It takes too long", str(error), again)
    if isinstance(error, StoreInUse):
        detail = "another program is writing into the store; wait until it has ended and ask again"
        return problem(request, 503, "The store is in use", detail, again)
    if isinstance(error, StoreMissing):
        detail = "the store is not where it was; make one with communique ingest, or put it back"
        return problem(request, 503, "The store is missing", detail, again)
    _LOG.error("%s", error)
    what = "The store cannot be read" if isinstance(error, StoreError) else "The server cannot do this"
    return problem(request, 503, what, "the log of the server says why", again)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    title = HTTPStatus(error.status_code).phrase
    detail = error.detail
    if error.status_code == 404:
        where = "API, whose addresses are listed in /api" if _is_api(request) else "site"
        detail = f"there is nothing at this address of the {where}"
    elif error.status_code == 405:
        allowed = (error.headers or {}).get("Allow", "")
        detail = f"this address does not take {request.method[:10]}; use {allowed or 'GET'}"
    return problem(request, error.status_code, title, detail, dict(error.headers or {}))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first: dict[str, Any] = error.errors()[0]
    place, *names = [str(part) for part in first["loc"]]
    name = ".".join(names) or "it"
    message = first["msg"].removeprefix("Value error, ")
    what = message[:1].lower() + message[1:]
    if first["type"] == "json_invalid":
        detail = 'the body is no JSON; send an object such as {"text": "…"}'
    else:
        where = {"path": "in the address", "query": "in the query", "body": "in the body"}.get(place, "")
        detail = f"{name[:40]} {where}: {what}; /api says what it takes"
    return problem(request, 400, "A request of no sense", detail)


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _for_people(request: Request) -> bool:
    if _is_api(request):
        return False
    accepted = request.headers.get("accept", "*/*")
    return "text/html" in accepted or "json" not in accepted


def _page(
    request: Request, status: int, title: str, detail: str, headers: dict[str, str], to: str | None
) -> Response:
    try:
        common = import_module("communique.web.pages.common")
        again = headers.get("retry-after")
        answer: Response = common.error_page(
            request,
            status,
            title,
            f"{detail[:1].upper()}{detail[1:]}.",
            again=int(again) if again else None,
            to=to,
        )
        answer.headers.update(headers)
        return answer
    except Exception as error:
        # A fault must be told even where the pages cannot be drawn, as within the door.
        _LOG.debug("no page for a fault", exc_info=error)
    retry = headers.get("retry-after")
    again = f'<meta http-equiv="refresh" content="{int(retry)}">' if retry and retry.isdigit() else ""
    text = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{again}<title>{html.escape(title)}'
        f"</title></head><body><main><h1>{html.escape(title)}</h1><p>{html.escape(detail)}</p></main></body>"
        "</html>"
    )
    return Response(text, status, headers, media_type="text/html")
