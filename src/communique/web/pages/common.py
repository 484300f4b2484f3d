"""What every page has: the frame around it, the filters in its address, and the answers to faults.

A page is a sync handler: it asks the store, and gives what it found to ``page``. Text of articles is escaped
by Jinja, and characters that nobody can see are spelled out, so that no headline turns a page round.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.responses import HTMLResponse

from communique.errors import BadQuestion
from communique.store.questions.filters import Filters
from communique.web.pages.frame import templates
from communique.web.pages.where import current

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

__all__ = ["FILTERS", "Asked", "asked_of", "error_page", "filters_of", "html", "page", "page_number"]

FILTERS = (
    "actor",
    "recipient",
    "between",
    "since",
    "until",
    "type",
    "mode",
    "status",
    "quad",
    "country",
    "min-confidence",
    "text",
)
_ONCE = ("since", "until", "min-confidence", "text", "by", "limit", "cursor")
_ALL = (*FILTERS, "by", "limit", "cursor")
_LONGEST = 200  # characters of a value
_MOST = 20  # values of one filter


@dataclass(frozen=True)
class Asked:
    """What an address asks for.

    Attributes:
        filters: checked, as the questions take them.
        given: the values as they stand in the address, by the name of the filter; empty ones are left out.
        path: of the page.
    """

    filters: Filters
    given: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    path: str = "/"

    def __bool__(self) -> bool:
        """Whether anything is filtered at all."""
        return any(name not in ("by", "limit", "cursor", "order") for name in self.given)

    def many(self, name: str) -> tuple[str, ...]:
        """All values of a filter, as they stand in the address."""
        return self.given.get(name, ())

    def one(self, name: str, default: str = "") -> str:
        """The first value of a filter, as it stands in the address."""
        return next(iter(self.given.get(name, ())), default)

    def query(self, **changes: Any) -> str:
        """The query string, with ``changes``: a value or list in place of a filter's, None takes it out.
        A name's dashes are underscores here. It starts with '?', or is empty."""
        values: dict[str, Any] = dict(self.given)
        for name, value in changes.items():
            values[name.replace("_", "-")] = value
        pairs = [
            (name, str(one))
            for name, value in values.items()
            for one in (value if isinstance(value, (list, tuple)) else (value,))
            if one not in (None, "")
        ]
        return "?" + _encoded(tuple(pairs)) if pairs else ""

    def address(self, path: str | None = None, **changes: Any) -> str:
        """The address of this page, or of another with the same filters."""
        return (self.path if path is None else path) + self.query(**changes)

    def api(self, path: str, form: str, **changes: Any) -> str:
        """The address of the same rows in the API.

        Args:
            path: after ``/api/v1/``, such as 'events'.
            form: 'csv', 'json' or 'ndjson'.
            changes: as ``query`` takes them.
        """
        values: dict[str, Any] = {name.replace("-", "_"): value for name, value in self.given.items()}
        values |= {"format": (form,), **changes}
        values.pop("cursor", None)
        pairs = [
            (name, str(one))
            for name, value in values.items()
            for one in (value if isinstance(value, (list, tuple)) else (value,))
            if one not in (None, "")
        ]
        return f"/api/v1/{path}?{_encoded(tuple(pairs))}"


@lru_cache(maxsize=4096)
def _encoded(pairs: tuple[tuple[str, str], ...]) -> str:
    """A query string; a page links to the same filters again and again."""
    return urlencode(pairs)


def filters_of(request: Request, *, also: tuple[str, ...] = ()) -> Asked:
    """The filters in the address of a request.

    Args:
        request: of which the query string is read.
        also: names beyond the filters that the page has (each once), such as 'q'.

    Raises:
        BadQuestion: if a value is none that there is, too long, or there are too many.
    """
    given = _given(request, (*_ALL, *also), (*_ONCE, *also))
    asked: dict[str, Any] = {}
    for name in FILTERS:
        if name in given:
            asked[name.replace("-", "_")] = given[name][0] if name in _ONCE else given[name]
    return Asked(Filters(**asked), given, request.url.path)


def asked_of(request: Request, once: tuple[str, ...], many: tuple[str, ...] = ()) -> Asked:
    """What the address of a page asks for that has other filters than those of events.

    Args:
        request: of which the query string is read.
        once: names that may be given once; 'limit' and 'cursor' are among them always.
        many: names that may be given several times.

    Raises:
        BadQuestion: if a value is too long, or there are too many.
    """
    names = (*once, "limit", "cursor")
    return Asked(Filters(), _given(request, (*names, *many), names), request.url.path)


def _given(request: Request, names: tuple[str, ...], once: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    given: dict[str, tuple[str, ...]] = {}
    for name in names:
        values = tuple(v.strip() for v in request.query_params.getlist(name) if v.strip())
        if any(len(v) > _LONGEST for v in values):
            raise BadQuestion(f"{name} is longer than {_LONGEST} characters")
        if len(values) > (1 if name in once else _MOST):
            raise BadQuestion(f"{name} is given {len(values)} times")
        if values:
            given[name] = values
    return given


def page_number(asked: Asked, default: int = 50, most: int = 200) -> tuple[int, int]:
    """Rows a page, and the row to begin with, from ``limit`` and ``cursor``.

    Raises:
        BadQuestion: if one is no such number.
    """
    out = []
    for name, fallback, low, high in (("limit", default, 1, most), ("cursor", 0, 0, 10_000_000)):
        text = asked.one(name, str(fallback))
        if not (text.isascii() and text.isdigit() and len(text) < 10 and low <= int(text) <= high):
            raise BadQuestion(f"{name} is a whole number from {low} to {high}")
        out.append(int(text))
    return out[0], out[1]


def page(request: Request, template: str, *, status: int = 200, **context: Any) -> Response:
    """A page.

    Args:
        request: that is answered.
        template: its name in ``templates/``; it extends ``base.html``.
        status: of HTTP.
        context: what the template shows.
    """
    return html(templates().get_template(template).render(**frame_of(request), **context), status)


def error_page(
    request: Request,
    status: int,
    title: str,
    text: str,
    *,
    again: int | None = None,
    detail: str | None = None,
    to: str | None = None,
) -> Response:
    """The page that tells of a fault.

    Args:
        request: that could not be answered.
        status: of HTTP.
        title: a few words.
        text: one or two sentences: what was wrong, and what to do.
        again: seconds after which the page tries again by itself.
        detail: a command or path to show, as it is.
        to: the page asks for the token, and leads to this address when it is right.
    """
    made = templates().get_template("error.html")
    frame = frame_of(request)
    if to is not None:
        # Its name is no business of those who do not know the token.
        frame["store_name"] = "a store"
    body = made.render(**frame, status=status, title=title, text=text, again=again, detail=detail, to=to)
    answer = html(body, status)
    if again is not None:
        answer.headers["Retry-After"] = str(again)
    return answer


def html(body: str, status: int = 200) -> HTMLResponse:
    """HTML as an answer."""
    return HTMLResponse(body, status)


def frame_of(request: Request) -> dict[str, Any]:
    """What the frame of every page shows: the store's name, whether it may be corrected, where one is."""
    settings = getattr(request.app.state, "settings", None)
    store = getattr(settings, "store", None)
    return {
        "store_name": getattr(store, "name", None) or "no store",
        "edit": bool(getattr(settings, "edit", False)),
        "here": current(request.url.path),
        "path": request.url.path,
    }
