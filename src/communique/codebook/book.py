"""The codebook: a YAML file of event types, each with a definition and example sentences.

In an example the word that tells of the event may stand in square brackets; where none does, the network
looks for the likeliest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from communique.errors import BadCodebook

__all__ = ["FEWEST", "MOST", "Codebook", "Example", "Problem", "UserType", "check", "load", "template"]

FEWEST, MOST = 8, 64
_MARK = re.compile(r"\[([^\[\]]*)\]")
_NAME = re.compile(r"[A-Z][A-Z0-9_]*")

TEMPLATE = """\
# A codebook: your own types of events. Fill it in, then:
#   communique codebook check {name}.yaml
#   communique codebook train {name}.yaml
#   communique read ARTICLE --codebook {name}.model
name: {name}
types:
  LAYOFF:                       # capital letters, digits and _
    definition: A firm or an authority dismisses workers.
    quad_code: 4                # cooperation: 1 in words, 2 in deeds; conflict: 3 in words, 4 in deeds
    intensity: -4               # -10 (conflict) to 10 (cooperation)
    needs_recipient: true       # leave events out where the text names nobody whom it is done to
    examples:                   # {fewest} to {most} sentences; the word that tells of it in [brackets]
      - The carmaker [dismissed] 400 workers at its plant in Turin.
      - Postal services in Denmark announced the [layoff] of a fifth of their drivers.
  HIRING:
    definition: A firm or an authority takes workers on.
    quad_code: 2
    intensity: 4
    needs_recipient: true
    examples:
      - The ministry [hired] two thousand nurses for the northern districts.
"""


@dataclass(frozen=True, slots=True)
class Example:
    """An example without its brackets; ``mark`` is ``[start, end)`` of the word that tells, or None."""

    text: str
    mark: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class UserType:
    """One type of a codebook; ``quad_code`` and ``intensity`` as PLOVER's types have them."""

    name: str
    definition: str
    examples: tuple[Example, ...]
    quad_code: int
    intensity: float = 0.0
    needs_recipient: bool = True


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a codebook: where, what, and whether training must wait for it."""

    where: str
    what: str
    fatal: bool


@dataclass(slots=True)
class Codebook:
    """A user's event types, in the order of the file."""

    name: str
    types: list[UserType] = field(default_factory=list)


def template(name: str) -> str:
    """The text of a codebook to fill in."""
    return TEMPLATE.format(name=name, fewest=FEWEST, most=MOST)


def load(path: Path) -> Codebook:
    """The codebook of a file.

    Raises:
        BadCodebook: if the file cannot be read, is no YAML, or has a problem that training must wait for.
    """
    book, problems = check(path)
    fatal = [p for p in problems if p.fatal]
    if fatal:
        more = f" (and {len(fatal) - 1} more: communique codebook check {path.name})" if fatal[1:] else ""
        raise BadCodebook(f"{fatal[0].where}: {fatal[0].what}{more}", str(path))
    return book


def check(path: Path) -> tuple[Codebook, list[Problem]]:
    """The codebook of a file, as far as it can be understood, and what is wrong in it.

    Raises:
        BadCodebook: if the file cannot be read or is no YAML mapping.
    """
    raw = _raw(path)
    problems: list[Problem] = []
    book = Codebook(str(raw.get("name") or path.stem))
    types = raw.get("types")
    if not isinstance(types, dict) or not types:
        return book, [Problem("types", "there are none; give at least one, as in `codebook new`", True)]
    seen: dict[str, str] = {}
    for name, row in types.items():
        where = str(name)
        if not _NAME.fullmatch(where):
            problems.append(Problem(where, "a type's name has capital letters, digits and _ only", True))
        if not isinstance(row, dict):
            problems.append(Problem(where, "needs definition, quad_code and examples", True))
            continue
        book.types.append(_type(where, row, seen, problems))
    return book, problems


def _raw(path: Path) -> dict[str, Any]:
    import yaml

    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise BadCodebook(f"cannot be read: {fault.strerror}", str(path)) from None
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        line = " ".join(str(fault).split())[:160]
        raise BadCodebook(f"is no valid YAML: {line}", str(path)) from None
    if not isinstance(raw, dict):
        raise BadCodebook("holds no mapping; begin from `communique codebook new NAME`", str(path))
    return raw


def _type(name: str, row: dict[str, Any], seen: dict[str, str], problems: list[Problem]) -> UserType:
    if not str(row.get("definition") or "").strip():
        problems.append(Problem(name, "has no definition", False))
    quad = row.get("quad_code")
    if quad not in (1, 2, 3, 4):
        problems.append(Problem(name, f"quad_code is {quad!r}; choices: 1, 2, 3, 4", True))
    intensity = row.get("intensity", 0)
    if isinstance(intensity, bool) or not isinstance(intensity, (int, float)) or not -10 <= intensity <= 10:
        problems.append(Problem(name, f"intensity is {intensity!r}; it lies from -10 to 10", True))
        intensity = 0
    given = row.get("examples")
    given = given if isinstance(given, list) else []
    read = [_example(f"{name}, example {i}", text, problems) for i, text in enumerate(given, 1)]
    examples = [e for e in read if e is not None]
    for example in examples:
        other = seen.setdefault(example.text, name)
        if other != name or sum(e.text == example.text for e in examples) > 1:
            problems.append(Problem(name, f"“{example.text[:50]}…” stands twice (also under {other})", True))
    if not FEWEST <= len(examples) <= MOST:
        what = f"has {len(examples)} examples; {FEWEST} to {MOST} are needed"
        problems.append(Problem(name, what, len(examples) < FEWEST))
    unmarked = sum(e.mark is None for e in examples)
    if unmarked:
        what = f"{unmarked} examples have no [word] marked; marked ones teach more"
        problems.append(Problem(name, what, False))
    return UserType(
        name,
        str(row.get("definition") or ""),
        tuple(examples[:MOST]),
        quad if quad in (1, 2, 3, 4) else 1,
        float(intensity),
        bool(row.get("needs_recipient", True)),
    )


def _example(where: str, text: Any, problems: list[Problem]) -> Example | None:
    if not isinstance(text, str) or not text.strip():
        problems.append(Problem(where, "is no sentence", True))
        return None
    text = " ".join(text.split())
    marks = list(_MARK.finditer(text))
    if len(marks) > 1 or (marks and not marks[0][1].strip()):
        problems.append(Problem(where, "mark one word in brackets, or none", True))
        return None
    if not marks:
        return Example(text, None)
    start = marks[0].start()
    plain = text[:start] + marks[0][1] + text[marks[0].end() :]
    return Example(plain, (start, start + len(marks[0][1])))
