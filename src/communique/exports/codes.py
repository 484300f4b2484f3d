"""The code tables of the older formats: columns, countries, actor types, Goldstein's values.

All stand in ``data/``, each with its source; they are read when first asked for.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from communique.errors import InstallationError

__all__ = ["Codes", "actor_codes", "columns", "country_codes", "country_name", "goldstein", "table"]

FOLDER = Path(__file__).parent / "data"
GOLDSTEINS = ("gdelt", "icews")
_NO_CODES = ""


@dataclass(frozen=True, slots=True)
class Codes:
    """What a country is called in other codes; '' where it has none.

    Attributes:
        alpha3: ISO 3166-1 alpha-3.
        alpha2: ISO 3166-1 alpha-2.
        numeric: ISO 3166-1 number without leading zeros.
        fips: FIPS 10-4, which GDELT's places have.
        cow: number of the Correlates of War project.
        cameo: code in CAMEO's actors.
        icews: name in ICEWS.
        region: region in ACLED.
    """

    alpha3: str
    alpha2: str = ""
    numeric: str = ""
    fips: str = ""
    cow: str = ""
    cameo: str = ""
    icews: str = ""
    region: str = ""


@cache
def table(name: str) -> dict[str, Any]:
    """The table ``name.yaml`` of the data folder.

    Raises:
        InstallationError: if it is missing or is no YAML mapping.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        found = yaml.load(_text(f"{name}.yaml"), Loader=loader)
    except yaml.YAMLError as error:
        raise _damaged(f"{name}.yaml", f"no YAML: {' '.join(str(error).split())}") from None
    if not isinstance(found, dict):
        raise _damaged(f"{name}.yaml", "the file is no mapping")
    return found


def columns(name: str) -> list[str]:
    """Names of a format's columns, in their order.

    Args:
        name: 'polecat', 'gdelt-events', 'gdelt-mentions', 'icews' or 'acled-like'.
    """
    listed: list[str] = table("columns")[name]
    return [column.rsplit(" ", 1)[0] for column in listed] if name.startswith("gdelt") else list(listed)


def actor_codes(kind: str) -> dict[str, str]:
    """A part of ``actors.yaml``: 'cameo', 'group', 'country', 'icews' or 'symmetric'."""
    found: dict[str, str] = table("actors")[kind]
    return found


def country_codes(alpha3: str | None) -> Codes:
    """The codes of a country; empty ones where there is no country or it is unknown."""
    return _countries().get(alpha3 or _NO_CODES) or Codes(alpha3 or "")


def country_name(alpha3: str | None) -> str:
    """Its English name, '' where there is none."""
    from communique.knowledge.countries import gazetteer

    found = gazetteer().countries.get(alpha3 or "")
    return found.name if found else ""


def goldstein(code: str, source: str = "gdelt") -> float | None:
    """Goldstein's value of a CAMEO code, or of the code above it where the table lacks it.

    Args:
        code: CAMEO code with its leading zero.
        source: whose table, 'gdelt' or 'icews'; there is no single one.
    """
    values = _goldsteins(source)
    while len(code) > 1:
        if code in values:
            return values[code]
        code = code[:-1]
    return None


@cache
def _countries() -> dict[str, Codes]:
    rows = [Codes(**row) for row in _rows("countries.csv")]
    return {
        row.alpha3: Codes(
            row.alpha3,
            row.alpha2,
            row.numeric,
            row.fips,
            row.cow,
            row.cameo or row.alpha3,
            row.icews or country_name(row.alpha3),
            row.region,
        )
        for row in rows
    }


@cache
def _goldsteins(source: str) -> dict[str, float]:
    if source not in GOLDSTEINS:
        raise ValueError(f"no Goldstein table {source!r}; choices: {', '.join(GOLDSTEINS)}")
    return {row["code"]: float(row["value"]) for row in _rows(f"goldstein_{source}.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    lines = [line for line in _text(name).splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def _text(name: str) -> str:
    try:
        return (FOLDER / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise _damaged(name, "the file is missing; reinstall communique") from None


def _damaged(name: str, what: str) -> InstallationError:
    return InstallationError(f"exports/data/{name}: {what}")
