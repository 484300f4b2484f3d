"""PLOVER to CAMEO and back, from ``cameo.yaml``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from communique.ontology.tables import damaged, load

__all__ = ["Code", "cameo", "cameo_codes", "plover_of"]

ANY = "any"


@dataclass(frozen=True, slots=True)
class Code:
    """What a CAMEO code is in PLOVER: ``type`` is None for CAMEO's statements and appeals (01, 02)."""

    type: str | None
    mode: str | None = None
    contexts: tuple[str, ...] = ()


def cameo(
    name: str, mode: str | None = None, *, status: str = "occurred", contexts: Iterable[str] = ()
) -> str:
    """The CAMEO code nearest to a PLOVER type and mode.

    Args:
        name: PLOVER event type.
        mode: its mode, or None.
        status: of the event; what is 'planned' gets CAMEO's code of intent (03) where there is one.
        contexts: of the event; they may refine the code (AID with 'military' is 072).

    Raises:
        KeyError: for an unknown type or mode.
    """
    table = _table()
    codes = table["to_cameo"].get(name)
    if codes is None:
        raise KeyError(f"no event type {name!r}; choices: {', '.join(table['to_cameo'])}")
    code = codes.get(ANY if mode is None else mode)
    if code is None:
        raise KeyError(
            f"{name} has no mode {mode!r}; choices: {', '.join(m for m in codes if m != ANY) or 'none'}"
        )
    if status == "planned" and name in table["planned"]:
        planned = table["planned"][name]
        return str(planned if isinstance(planned, str) else planned.get(mode, planned[ANY]))
    finer = table["by_context"].get(name if mode is None else f"{name} {mode}", {})
    return str(next((finer[context] for context in contexts if context in finer), code))


def plover_of(code: str) -> Code:
    """What a CAMEO code is in PLOVER, by the repaired crosswalk.

    Args:
        code: CAMEO code with its leading zero, '036'.

    Raises:
        KeyError: for a code that CAMEO does not have.
    """
    try:
        return _codes()[code]
    except KeyError:
        raise KeyError(
            f"no CAMEO code {code!r}; they have two to four digits, as in '04', '036', '1056'"
        ) from None


def cameo_codes() -> frozenset[str]:
    """All CAMEO codes of the table, those of statements and appeals too."""
    return frozenset(_codes())


@cache
def _table() -> dict[str, Any]:
    table = load("cameo")
    for part in ("to_cameo", "planned", "by_context", "from_cameo", "dropped", "contexts"):
        if part not in table:
            raise damaged("cameo", f"the part {part!r} is missing")
    return table


@cache
def _codes() -> dict[str, Code]:
    table = _table()
    contexts: dict[str, list[str]] = {}
    for context, listed in table["contexts"].items():
        for code in str(listed).split():
            contexts.setdefault(code, []).append(context)
    out: dict[str, Code] = {code: Code(None) for code in str(table["dropped"]).split()}
    for name, modes in table["from_cameo"].items():
        for mode, listed in modes.items():
            for code in str(listed).split():
                if code in out:
                    raise damaged("cameo", f"the code {code} stands twice in from_cameo")
                out[code] = Code(name, None if mode == ANY else mode, tuple(contexts.get(code, ())))
    return out
