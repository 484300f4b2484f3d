"""Who is meant by a country, a person or an organisation in a question, and where such a one stands."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from communique.errors import BadQuestion
from communique.knowledge.countries import gazetteer
from communique.knowledge.organizations import find_organization
from communique.store.questions.statements import Values

__all__ = [
    "KEY",
    "NAMED",
    "Wanted",
    "called",
    "contains",
    "country_code",
    "folded",
    "is_key",
    "is_named",
    "likely_country",
    "plainly_contained",
    "wanted",
]

_SHORT = 3  # characters of a name that must stand as a word of its own: "Oz" is not in "Ozawa"
_CODE = re.compile(r"[A-Z]{2,3}")
_KB = re.compile(r"[a-z]+:\S+")

# The SQL for a name as keys have it, see ``folded``. ``{0}`` is a row of ``parties`` or ``entities``.
_FOLDED = (
    "CASE WHEN starts_with(lower({0}.name), 'the ') AND NOT starts_with(lower({0}.name), 'the the ') "
    "THEN substr(lower({0}.name), 5) ELSE lower({0}.name) END"
)

# The SQL for an actor's key: the id in the tables of who is who, else its folded name after a tilde.
KEY = f"coalesce({{0}}.kb, '~' || {_FOLDED})"

# Capitals that DuckDB makes small one by one, and Python by what stands beside them, or as two characters.
_ALONE = str.maketrans({"İ": "i", "Σ": "σ"})


@cache
def _nobody() -> frozenset[str]:
    """The words that name nobody beyond their article (``data/nobody.csv``)."""
    text = files("communique.store.questions").joinpath("data", "nobody.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(row["word"] for row in rows)


_WORDS = ", ".join(f"'{word}'" for word in sorted(_nobody()))
_LONGEST = max(map(len, _nobody())) + 2  # bytes; a dotted capital has one more
# The SQL for a party that one can speak of beyond its article, see ``is_named``. Most names are longer than
# any pronoun, which DuckDB knows without reading them.
NAMED = (
    f"({{0}}.kb IS NOT NULL OR strlen({{0}}.name) > {_LONGEST} OR lower({{0}}.name) NOT IN ({_WORDS}) "
    f"OR (length({{0}}.name) BETWEEN 2 AND {_SHORT} AND {{0}}.name = upper({{0}}.name)))"
)


def is_named(name: str, kb: str | None = None) -> bool:
    """Can one speak of a party beyond its article? "They" of one are not "they" of another; an abbreviation
    such as WHO is no pronoun."""
    if kb is not None or _small(name) not in _nobody():
        return True
    return 2 <= len(name) <= _SHORT and name == name.upper()


def folded(name: str) -> str:
    """A name as keys have it: in small letters, and without "the" before it. So "The Rebels" and "rebels" are
    one actor; what is folded stays as it is."""
    small = _small(name)
    return small[4:] if small.startswith("the ") and not small.startswith("the the ") else small


def _small(name: str) -> str:
    return name.translate(_ALONE).lower()


def called(row: str, name: str, values: Values) -> str:
    """The condition that a row with ``name`` is called so, see ``folded``.

    Args:
        row: the table's name in the statement.
        name: the whole name, in any spelling.
        values: takes the values.
    """
    small = folded(name)
    forms = [small] if small.startswith("the ") else [small, f"the {small}"]
    same = values.any_of(f"lower({row}.name)", forms)
    if not small.isascii():
        return same
    # DuckDB knows how many bytes a text has without reading it. Of what becomes ASCII only a dotted I has
    # more (and the sign for kelvin, of which no name is made).
    sizes = sorted({len(form) + dotted for form in forms for dotted in range(form.count("i") + 1)})
    return f"{values.any_of(f'strlen({row}.name)', sizes)} AND {same}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is looked for: a country's code (all that is of it), an id of the tables of who is who, or both of
    id and name, or a name alone. ``label`` is how the party is called in an answer; of one that was given by
    its key (``exact``) neither other ids nor parts of the name are meant. ``name`` is the name by which it is
    found, folded where it is given whole: who has the same is the same, whatever the label."""

    label: str = field(compare=False)
    name: str | None = None
    country: str | None = None
    kb: str | None = None
    exact: bool = False

    def condition(self, row: str, values: Values) -> str:
        """The condition that a row with ``name``, ``country`` and ``kb`` is of this party.

        Args:
            row: the table's name in the statement.
            values: takes the values.
        """
        if self.country is not None:
            return f"{row}.country = {values.add(self.country)}"
        if self.exact:
            if self.kb is not None:
                return f"{row}.kb = {values.add(self.kb)}"
            return f"({row}.kb IS NULL AND {called(row, self.label, values)})"
        named = contains(f"{row}.name", self.label, values)
        if self.kb is not None:
            return f"({row}.kb = {values.add(self.kb)} OR {named})"
        return named


def wanted(value: str) -> Wanted:
    """Who is meant: a country where the value is the code or name of one, else whoever has it in the name.

    Codes are ISO 3166-1, of three letters in either case, or of two in capitals. An actor's key (see
    ``is_key``) means that actor alone.
    """
    if is_key(value):
        if value.startswith("~"):
            return Wanted(value[1:], folded(value[1:]), exact=True)
        return Wanted(value, kb=value, exact=True)
    code = _country(value)
    if code is not None:
        return Wanted(code, country=code)
    body = find_organization(value)
    return Wanted(value, value, kb=body.id if body else None)


def is_key(value: str) -> bool:
    """Is it the key of an actor: ``person:jpn-fumio-kishida``, ``iso:JPN``, or ``~the name``?"""
    return (value.startswith("~") and len(value) > 1) or _KB.fullmatch(value) is not None


def country_code(value: str, name: str) -> str:
    """The code of a country.

    Args:
        value: its code or name.
        name: of the filter, for the message.

    Raises:
        BadQuestion: if there is no such country; the likeliest are named.
    """
    code = _country(str(value))
    if code is None:
        near = likely_country(str(value))
        hint = f"; did you mean {near}?" if near else "; give a code such as JPN, or a name such as Japan"
        raise BadQuestion(f"{name}: there is no country “{str(value)[:40]}”{hint}")
    return code


def likely_country(value: str) -> str | None:
    """Countries that a wrong code or name may mean, as 'JPN (Japan)'; None if none is near."""
    countries = gazetteer().countries.values()
    names = {c.name.lower(): c.alpha3 for c in countries} | {c.alpha3.lower(): c.alpha3 for c in countries}
    codes = dict.fromkeys(names[n] for n in get_close_matches(value.strip().lower(), names, n=3))
    found = [f"{code} ({gazetteer().countries[code].name})" for code in codes]
    return " or ".join(found) or None


def plainly_contained(value: str) -> bool:
    """Is a text that contains a value (see ``contains``) one that has its folded letters in it, no more?"""
    return len(value) > _SHORT or not value.isascii()


def contains(column: str, value: str, values: Values) -> str:
    """The condition that a text contains a value, capitals and accents aside; one of a few letters must be a
    word of its own there, and an abbreviation in capitals."""
    if len(value) <= _SHORT and value.isupper() and value.isascii():
        # An abbreviation: "UN" is not in "Kim Jong Un".
        return f"regexp_matches({column}, '\\b' || regexp_escape({values.add(value)}) || '\\b')"
    folded = f"lower(strip_accents({values.add(value)}))"
    place = f"lower(strip_accents({column}))"
    if len(value) <= _SHORT and value.isascii():
        return f"regexp_matches({place}, '\\b' || regexp_escape({folded}) || '\\b')"
    return f"contains({place}, {folded})"


def _country(value: str) -> str | None:
    known = gazetteer()
    given = value.strip()
    if given.upper() in known.countries:
        return given.upper()
    if found := known.country(given):
        return found.alpha3
    if _CODE.fullmatch(given) and find_organization(given) is None:
        return next((c.alpha3 for c in known.countries.values() if c.alpha2 == given), None)
    return None
