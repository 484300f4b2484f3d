"""The description of the API: FastAPI's, with the errors as they are, and the types that this store has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi.openapi.utils import get_openapi

from communique.errors import CommuniqueError
from communique.ontology import event_types
from communique.store import Store
from communique.web.api.models import Problem
from communique.web.cache import cached
from communique.web.problems import MEDIA_TYPE

if TYPE_CHECKING:
    from fastapi import FastAPI

__all__ = ["describe"]

# Which errors are answered, and what they mean.
_ERRORS = {
    400: "The request does not fit this description.",
    401: "A token is needed, or is wrong.",
    403: "The request comes from a page of another site.",
    404: "There is no such thing in the store, or no such page of a list.",
    413: "The request is too large.",
    414: "The query is too long.",
    421: "The Host header names another server.",
    422: "The request fits this description but has no answer: a day after another, no word to search for, "
    "a text that is not English.",
    429: "Too many requests to read, or wrong tokens, in a minute.",
    503: "The store is being written or is missing, or the answer takes too long; Retry-After says when to "
    "ask again.",
}
_HEADERS = {
    "Retry-After": {"description": "Seconds.", "schema": {"type": "string"}, "required": False},
}


def describe(app: FastAPI) -> None:
    """Let an application give this description of itself."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _made(app)
        types, modes = _words(app)
        schema = app.openapi_schema
        for parameter in _parameters(schema):
            if parameter["name"] in ("type", "mode"):
                items = parameter["schema"]["items"]
                items.clear()
                items.update(type="string", enum=types if parameter["name"] == "type" else modes)
        return schema

    app.openapi = described  # type: ignore[method-assign]


def _made(app: FastAPI) -> dict[str, Any]:
    schema = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        tags=app.openapi_tags,
    )
    parts = schema.setdefault("components", {})
    parts.setdefault("schemas", {})["Problem"] = Problem.model_json_schema()
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    parts["responses"] = {
        f"Problem{status}": {
            "description": text,
            "content": content,
            **({"headers": _HEADERS} if status in (429, 503) else {}),
        }
        for status, text in _ERRORS.items()
    }
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            answers = operation["responses"]
            for status in _ERRORS:
                if status == 429 and not path.endswith("/read") and app.state.settings.token is None:
                    continue
                if status == 401 and app.state.settings.token is None:
                    continue
                answers[str(status)] = {"$ref": f"#/components/responses/Problem{status}"}
            if app.state.settings.token is not None:
                operation["security"] = [{"token": []}]
    for unused in ("HTTPValidationError", "ValidationError"):
        parts["schemas"].pop(unused, None)
    if app.state.settings.token is not None:
        parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    for parameter in _parameters(schema):
        known = parameter["schema"]
        # As Python has it; a query cannot say null.
        kinds = [k for k in known.get("anyOf", []) if k.get("type") != "null"]
        if len(kinds) < len(known.get("anyOf", [])):
            left = {k: v for k, v in known.items() if k != "anyOf"}
            parameter["schema"] = {**left, **(kinds[0] if len(kinds) == 1 else {"anyOf": kinds})}
    return schema


def _parameters(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        parameter
        for operations in schema["paths"].values()
        for operation in operations.values()
        for parameter in operation.get("parameters", ())
    ]


def _words(app: FastAPI) -> tuple[list[str], list[str]]:
    """PLOVER's types and modes, and those of the codebook that the store was coded with."""
    plover = event_types()
    types, modes = list(plover), [mode for kind in plover.values() for mode in kind.modes]
    try:
        own = cached(app, _own)
    except CommuniqueError:
        # The store is in use, or missing; the description need not be.
        own = []
    types += [kind for kind, _ in own]
    modes += [mode for _, mode in own if mode]
    return list(dict.fromkeys(types)), list(dict.fromkeys(modes))


def _own(store: Store) -> list[tuple[str, str | None]]:
    return store.connection.execute("SELECT DISTINCT type, mode FROM events ORDER BY ALL").fetchall()
