"""The API for people: its addresses, what each takes, and an example to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from communique.web.pages.common import page

__all__ = ["router"]

router = APIRouter()

# What stands in an example for what is open in its address.
_FILLED = {"{article}": "1", "{happening}": "1", "{key}": "JPN", "{a}": "JPN", "{b}": "PRK"}
_LONG = 8  # choices that are listed


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the API.

    Attributes:
        method, path: as they are asked.
        summary, about: what it gives.
        parameters: rows of name, what it may be, what it is.
        example: an address to look at, or None.
    """

    method: str
    path: str
    summary: str
    about: str
    parameters: list[tuple[str, str, str]]
    example: str | None


@router.get("/api")
def guide(request: Request) -> Response:
    """The page of the API."""
    return page(request, "api.html", operations=operations(request.app.openapi()))


def operations(described: dict[str, Any]) -> list[Operation]:
    """The operations of a description, in its order."""
    out = []
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            parameters = operation.get("parameters", ())
            needed = [p["name"] for p in parameters if p["in"] == "query" and p["required"]]
            example = path
            for name, value in _FILLED.items():
                example = example.replace(name, value)
            query = "&".join(f"{name}=treaty" for name in needed)
            looked_at = method == "get" and not path.endswith("/new")
            out.append(
                Operation(
                    method=method.upper(),
                    path=path,
                    summary=operation.get("summary", ""),
                    about=operation.get("description", ""),
                    parameters=[_row(p) for p in parameters if p["in"] != "header"],
                    example=f"{example}?{query}".rstrip("?") if looked_at else None,
                )
            )
    return out


def _row(parameter: dict[str, Any]) -> tuple[str, str, str]:
    schema = parameter["schema"]
    several = schema.get("type") == "array"
    kind = _kind(schema["items"] if several else schema)
    if several:
        kind += ", may be given again" if schema.get("maxItems") != 2 else ", two of them"
    return parameter["name"], kind, parameter.get("description", "")


def _kind(schema: dict[str, Any]) -> str:
    """What a value may be, in words."""
    if "enum" in schema:
        choices = [str(choice) for choice in schema["enum"]]
        return ", ".join(choices[:_LONG]) + (f" and {len(choices) - _LONG} more" if choices[_LONG:] else "")
    if "anyOf" in schema:
        return "a day, month or year"
    bounds = [schema.get("minimum"), schema.get("maximum")]
    if None not in bounds:
        return f"{bounds[0]} to {bounds[1]}"
    return {"integer": "a whole number", "number": "a number"}.get(schema.get("type", ""), "text")
