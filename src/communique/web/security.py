"""The door: what every request must be like before anything is asked, and what every answer carries.

- A request must name this server as its host. A page of another site that makes its own name point here (DNS
  rebinding) does not.
- Where a token is set, it comes as ``Authorization: Bearer``, or as the cookie got for it by those who
  gave it in the form of a refusal, or opened the address that has it.
- A request that changes something must come from a page of this server, if it comes from a page at all.
- Bounds on the length of the query and the size of the body.
- No answer may run a script, load a thing from elsewhere, or be shown inside another page.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import logging
import socket
import threading
import time
from collections import deque
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from fastapi import HTTPException
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from communique.web.problems import problem
from communique.web.settings import Settings, is_loopback

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["HEADERS", "Door", "Rate", "cookie_name", "cookie_value"]

_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "content-security-policy": _CSP,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not no-referrer: browsers then send "Origin: null" with the forms of our own pages.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_SAFE = ("GET", "HEAD", "OPTIONS")
_TOO_LARGE = "a request may have {} bytes; send less"
_WRONG_TOKENS = 10  # a minute, of one address
_TOKEN_PATH = "/token"  # to which the form of a refusal sends the token
_FORM = 8000  # bytes of that form at most
_ASKS = {"www-authenticate": 'Bearer realm="communique"'}
_LOG = logging.getLogger("communique.web")


class Rate:
    """So many a minute of one address.

    Args:
        most: in a minute.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._seen: dict[str, deque[float]] = {}

    def wait(self, who: str, count: bool = True) -> float:
        """Seconds until one more is let through; 0 lets it through, and counts it if told to."""
        now = time.monotonic()
        with self._lock:
            seen = self._seen.setdefault(who, deque())
            while seen and now - seen[0] > 60:
                seen.popleft()
            if len(seen) >= self._most:
                return 60 - (now - seen[0])
            if count:
                seen.append(now)
            if len(self._seen) > 10_000:
                self._seen = {w: s for w, s in self._seen.items() if s}
            return 0


class Door:
    """The outermost layer of the application, see above.

    Args:
        app: what is within.
        settings: see there.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._wrong = Rate(_WRONG_TOKENS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "websocket":
                return
            await self._app(scope, receive, send)
            return
        head = scope["method"] == "HEAD"
        if head and scope["path"] != "/api/v1/new":
            # Every address that can be got has a head.
            scope = {**scope, "method": "GET"}
        began, came = False, time.perf_counter()

        async def out(message: Message) -> None:
            nonlocal began
            if message["type"] == "http.response.start":
                began = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers["server-timing"] = f"total;dur={1000 * (time.perf_counter() - came):.1f}"
                if "cache-control" not in headers:
                    headers["cache-control"] = "private, no-cache"
            elif head:
                message = {**message, "body": b""}
            await send(message)

        request = Request(scope)
        refusal = self._refusal(request)
        if refusal is None and self._is_form(request):
            refusal = await self._let_in(Request(scope, _Body(receive, _FORM).receive))
        if refusal is not None:
            await refusal(scope, receive, out)
            return
        body = _Body(receive, self._settings.largest_body)
        try:
            await self._app(scope, body.receive, out)
        except Exception as error:
            if began:
                raise
            _LOG.error("%s %r", request.method, request.url.path, exc_info=error)
            answer = problem(
                request,
                500,
                "The server made a mistake",
                "this request met a fault of the program; the log of the server says which",
            )
            await answer(scope, receive, out)

    def _refusal(self, request: Request) -> Response | None:
        settings, headers = self._settings, request.headers
        if not _is_host(headers.get("host", ""), settings):
            return problem(
                request,
                421,
                "Not this server",
                "the Host header names another server; ask by the address that communique serve printed",
            )
        if len(request.scope["query_string"]) > settings.longest_query:
            return problem(
                request,
                414,
                "The address is too long",
                f"the query may have {settings.longest_query} bytes; give fewer or shorter filters",
            )
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or int(length) > settings.largest_body:
            return _too_large(request, settings)
        if request.method not in _SAFE and not _own_page(headers):
            return problem(
                request,
                403,
                "From another page",
                "the request comes from a page of another site; send it from a page of this server",
            )
        return self._unknown(request)

    def _unknown(self, request: Request) -> Response | None:
        """What is answered to somebody who does not know the token."""
        token = self._settings.token
        if token is None or request.url.path.startswith("/static/") or self._is_form(request):
            # What stands still is part of the package, and the page that asks for the token needs it.
            return None
        given, by_address = _given(request)
        if given is None:
            try:
                cookie = SimpleCookie(request.headers.get("cookie", "")).get(cookie_name(self._settings))
            except CookieError:
                cookie = None
            if cookie is not None and hmac.compare_digest(
                cookie.value.encode(), cookie_value(token).encode()
            ):
                return None
            return problem(
                request,
                401,
                "A token is needed",
                "this server answers those who know the token that communique serve printed; type it in on "
                "a page, or send it as Authorization: Bearer",
                _ASKS,
                to=_without_token(request),
            )
        refusal = self._checked(request, given, _without_token(request))
        if refusal is not None or not by_address:
            return refusal
        # The token leaves the address at once, so that it stays in no history and no bookmark.
        return self._with_cookie(_without_token(request))

    def _checked(self, request: Request, given: str, to: str) -> Response | None:
        """What is answered to a token that is wrong, or comes after too many such; None if it is right."""
        who = request.client.host if request.client else ""
        if wait := self._wrong.wait(who, count=False):
            return problem(
                request,
                429,
                "Too many wrong tokens",
                f"wait {wait:.0f} seconds before the next token",
                {"retry-after": str(int(wait) + 1)},
            )
        if hmac.compare_digest(given.encode(), (self._settings.token or "").encode()):
            return None
        self._wrong.wait(who)
        detail = "take the token that communique serve printed"
        return problem(request, 401, "The token is wrong", detail, _ASKS, to=to)

    def _is_form(self, request: Request) -> bool:
        """Whether a request is the form that a refusal shows."""
        return (
            self._settings.token is not None and request.method == "POST" and request.url.path == _TOKEN_PATH
        )

    async def _let_in(self, request: Request) -> Response:
        """The answer to the form: the cookie and the way to the page asked for, or the form again."""
        try:
            sent = (await request.body()).decode("utf-8", "replace")
        except HTTPException as error:
            return problem(request, error.status_code, "The request is too large", error.detail)
        except ClientDisconnect:
            return Response(status_code=400)
        try:
            form = parse_qs(sent, max_num_fields=10)
        except ValueError:
            form = {}
        # On this server, whatever the form says.
        to = "/" + form.get("to", ["/"])[0].lstrip("/\\")
        return self._checked(request, form.get("token", [""])[0].strip(), to) or self._with_cookie(to)

    def _with_cookie(self, to: str) -> Response:
        """Somebody knows the token: from now on his browser brings the proof along."""
        answer = RedirectResponse(to, 303)
        answer.set_cookie(
            cookie_name(self._settings),
            cookie_value(self._settings.token or ""),
            httponly=True,
            samesite="lax",
            path="/",
        )
        return answer


class _Body:
    """Counts the bytes of a body as it comes."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._most = self._left = most

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._left -= len(message.get("body", b""))
            if self._left < 0:
                raise HTTPException(413, _TOO_LARGE.format(self._most))
        return message


def cookie_name(settings: Settings) -> str:
    """The cookie of a server; browsers do not tell two ports of one host apart."""
    return f"communique-{settings.port}"


def cookie_value(token: str) -> str:
    """What the cookie holds: proof of the token, not the token."""
    return hmac.new(token.encode(), b"communique cookie", hashlib.sha256).hexdigest()


def _given(request: Request) -> tuple[str | None, bool]:
    """The token that a request brings along, and whether in its address."""
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return value.strip(), False
    if request.method in ("GET", "HEAD"):
        value = request.query_params.get("token", "")
        if value:
            return value, True
    return None, False


def _without_token(request: Request) -> str:
    """The address of a request on this server, without the token."""
    if request.method not in ("GET", "HEAD") or request.url.path == _TOKEN_PATH:
        return "/"
    left = [(k, v) for k, v in parse_qsl(request.url.query, keep_blank_values=True) if k != "token"]
    return "/" + request.url.path.lstrip("/") + (f"?{urlencode(left)}" if left else "")


def _own_page(headers: Headers) -> bool:
    """Whether a request comes from a page of this server, or from no page, as from curl."""
    origin = headers.get("origin")
    if origin is not None:
        try:
            return urlsplit(origin).netloc.lower() == headers.get("host", "").lower()
        except ValueError:
            return False
    return headers.get("sec-fetch-site", "none") in ("none", "same-origin")


def _is_host(value: str, settings: Settings) -> bool:
    try:
        parts = urlsplit(f"//{value}")
        name, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return False
    if parts.netloc != value or not name or parts.username is not None:
        return False
    if is_loopback(settings.host):
        return is_loopback(name) and port in (settings.port, None if settings.port != 80 else 80)
    if name == settings.host.strip("[]").lower() or name in _own_names() or is_loopback(name):
        return True
    try:
        # No name at all, and so none that somebody else could point here.
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _own_names() -> tuple[str, ...]:
    name = socket.gethostname().lower()
    return (name, f"{name}.local", f"{name}.lan")


def _too_large(request: Request, settings: Settings) -> Response:
    return problem(request, 413, "The request is too large", _TOO_LARGE.format(settings.largest_body))
