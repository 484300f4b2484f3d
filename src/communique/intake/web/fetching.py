"""One request and its redirects: each checked, none for ever, nothing read beyond a limit."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from communique.errors import NotFetched
from communique.intake.web.hosts import Resolve, Target, addresses_of, target_of

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, HTTPConnectionPool

__all__ = ["MAX_BODY", "Fetched", "Unreached", "agent", "fetch"]

MAX_BODY = 32 * 1024 * 1024  # bytes of what is fetched, unpacked
_REDIRECTS = 5
_TRIED = 4  # addresses of one host
_BLOCK = 65536  # bytes read at once
_DEADLINE = 6  # times the timeout, for all of a body: a server may send a byte a second


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered.

    Attributes:
        status: 200, 304, 404 and so on.
        body: the bytes, unpacked.
        content_type: such as 'text/html', in lower case, or None.
        final_url: the address after all redirects.
        etag, last_modified: to be given with the next request, or None.
        encoding: the charset that the server named, or None.
        retry_after: seconds that the server asks to wait, or None.
        max_age: seconds for which the answer stays good (Cache-Control), or None.
    """

    status: int
    body: bytes
    content_type: str | None
    final_url: str
    etag: str | None = None
    last_modified: str | None = None
    encoding: str | None = None
    retry_after: float | None = None
    max_age: float | None = None


class Unreached(NotFetched):
    """A server that did not answer, or broke off: it may answer the next time."""


def agent() -> str:
    """The name under which pages are asked for."""
    from communique import __version__

    return f"communique/{__version__}"


def fetch(
    address: str,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    allow_private: bool = False,
    timeout: float = 20.0,
    limit: int = MAX_BODY,
    resolve: Resolve | None = None,
    before: Callable[[Target, str], None] | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Fetched:
    """Fetch an address, once: no robots.txt, no pauses; ``Visitor.fetch`` has both.

    Args:
        address: of http or https.
        etag, last_modified: of the answer before; the server may then say that nothing has changed (304).
        allow_private: also ask machines that are not on the public internet.
        timeout: seconds to connect, and between two parts of the answer.
        limit: bytes of the body, packed or unpacked.
        resolve: as ``socket.getaddrinfo``, which is the default.
        before: called with each target, redirects included, before it is asked; it may raise.
        clock: seconds, for the time that all of a body may take.

    Returns:
        The last answer, of any status that is no redirect.

    Raises:
        AddressRefused: if it is private, not of http or https, or a redirect leads to such.
        NotFetched: if it cannot be reached, redirects for ever, is too large or breaks off.
    """
    target = target_of(address, address)
    asked: list[str] = []
    headers = {"User-Agent": agent(), "Accept-Encoding": "gzip, deflate", "Accept": "*/*"}
    if etag:
        headers["If-None-Match"] = _one_line(etag)
    if last_modified:
        headers["If-Modified-Since"] = _one_line(last_modified)
    while True:
        if target.url in asked or len(asked) > _REDIRECTS:
            raise NotFetched(f"redirects for ever (after {len(asked)} addresses, to {target.url})", address)
        asked.append(target.url)
        if before is not None:
            before(target, address)
        answer, body = _asked(target, headers, address, allow_private, timeout, limit, resolve, clock)
        place = answer.headers.get("Location")
        if answer.status not in {301, 302, 303, 307, 308} or not place:
            return _fetched(answer, body, target)
        target = target_of(_joined(target.url, place, address), address)


def _joined(url: str, place: str, address: str) -> str:
    try:
        return urljoin(url, place)
    except ValueError:
        raise NotFetched(f"redirects to what is no address: {place[:100]}", address) from None


def _asked(
    target: Target,
    headers: dict[str, str],
    address: str,
    allow_private: bool,
    timeout: float,
    limit: int,
    resolve: Resolve | None,
    clock: Callable[[], float],
) -> tuple[BaseHTTPResponse, bytes]:
    """One request to the first address of the host that answers."""
    from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, SSLError

    places = addresses_of(target, allow_private, resolve, address)[:_TRIED]
    for last, place in zip([False] * (len(places) - 1) + [True], places, strict=True):
        with _pool(target, place, timeout) as pool:
            try:
                answer = pool.urlopen(
                    "GET",
                    target.path,
                    headers=headers | {"Host": target.site.partition("://")[2]},
                    retries=False,
                    redirect=False,
                    assert_same_host=False,
                    preload_content=False,
                )
                try:
                    return answer, _body(answer, limit, clock() + _DEADLINE * timeout, clock, address)
                finally:
                    answer.close()
            except (NewConnectionError, ConnectTimeoutError) as error:
                if last:
                    raise Unreached(f"cannot be reached: {_said(error)}", address) from None
            except SSLError as error:
                wrong = f"could not be fetched: its certificate does not hold ({str(error)[:160]})"
                raise NotFetched(wrong, address) from None
            except (HTTPError, OSError, ValueError) as error:
                raise Unreached(f"could not be fetched: {_said(error)}", address) from None
    raise Unreached("cannot be reached", address)


def _pool(target: Target, place: str, timeout: float) -> HTTPConnectionPool:
    """A connection to the checked address; the certificate must be that of the host's name."""
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout

    options: dict[str, Any] = {"timeout": Timeout(connect=timeout, read=timeout), "maxsize": 1}
    if target.scheme == "http":
        return HTTPConnectionPool(place, target.port, **options)
    import certifi

    return HTTPSConnectionPool(
        place,
        target.port,
        server_hostname=target.host,
        assert_hostname=target.host,
        cert_reqs="CERT_REQUIRED",
        ca_certs=certifi.where(),
        **options,
    )


def _body(
    answer: BaseHTTPResponse, limit: int, until: float, clock: Callable[[], float], address: str
) -> bytes:
    stated = answer.headers.get("Content-Length", "")
    too_large = f"is larger than {_size(limit)}, the limit for what is fetched"
    if stated.isdigit() and int(stated) > limit:
        raise NotFetched(too_large, address, answer.status)
    parts: list[bytes] = []
    size = 0
    for part in answer.stream(_BLOCK, decode_content=True):
        size += len(part)
        if size > limit:
            raise NotFetched(too_large, address, answer.status)
        if clock() > until:
            raise NotFetched("is sent so slowly that it was broken off", address, answer.status)
        parts.append(part)
    return b"".join(parts)


def _fetched(answer: BaseHTTPResponse, body: bytes, target: Target) -> Fetched:
    head = answer.headers
    kind, _, more = head.get("Content-Type", "").partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", more, re.IGNORECASE)
    age = re.search(r"(?<![\w-])max-age\s*=\s*(\d{1,9})", head.get("Cache-Control", ""), re.IGNORECASE)
    return Fetched(
        status=answer.status,
        body=body,
        content_type=kind.strip().lower() or None,
        final_url=target.url,
        etag=head.get("ETag"),
        last_modified=head.get("Last-Modified"),
        encoding=charset[1].lower() if charset else None,
        retry_after=_wait(head.get("Retry-After")),
        max_age=float(age[1]) if age else None,
    )


def _wait(value: str | None) -> float | None:
    """Retry-After in seconds; it may also be a moment."""
    if not value:
        return None
    if re.fullmatch(r"\s*\d{1,9}\s*", value):
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None


def _one_line(value: str) -> str:
    return re.sub(r"[\r\n\0]+", " ", value).strip()


def _size(limit: int) -> str:
    return f"{limit // 1024**2} MiB" if limit >= 1024**2 else f"{limit:,} bytes"


def _said(error: BaseException) -> str:
    """The plainest part of what urllib3 says."""
    from urllib3.exceptions import (
        ConnectTimeoutError,
        IncompleteRead,
        NewConnectionError,
        ProtocolError,
        ReadTimeoutError,
    )

    text = " ".join(str(error).split())
    if "[Errno" in text:
        return text.rpartition("] ")[2][:160].rstrip(" .)'\"").lower()
    if isinstance(error, ReadTimeoutError) or (
        isinstance(error, ConnectTimeoutError) and not isinstance(error, NewConnectionError)
    ):
        return "the server does not answer in time"
    if isinstance(error, (IncompleteRead, ProtocolError)):
        return "the server breaks off its answer"
    return text[:160] or type(error).__name__
