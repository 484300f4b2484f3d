"""Who is meant by a country, a person or an organisation in a question, and where such a one stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from communique.errors import BadQuestion
from communique.knowledge.countries import gazetteer
from communique.knowledge.organizations import find_organization
from communique.store.questions.statements import Values

__all__ = [
    "KEY",
    "NAMED",
    "Wanted",
    "contains",
    "country_code",
    "is_key",
    "likely_country",
    "plainly_contained",
    "wanted",
]

_SHORT = 3  # characters of a name that must stand as a word of its own: "Oz" is not in "Ozawa"
_CODE = re.compile(r"[A-Z]{2,3}")
_KB = re.compile(r"[a-z]+:\S+")

# The SQL for an actor's key: the id in the tables of who is who, else its name after a tilde. ``{0}`` is a
# row of ``parties`` or ``entities``.
KEY = "coalesce({0}.kb, '~' || {0}.name)"

# The SQL for a party that one can speak of beyond its article: "they" of one is not "they" of another.
NAMED = (
    "({0}.kb IS NOT NULL OR lower({0}.name) NOT IN ('i', 'we', 'us', 'you', 'he', 'she', 'it', 'they', "
    "'them', 'who', 'which', 'this', 'that', 'these', 'those', 'one', 'some', 'many', 'all', 'somebody'))"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is looked for: a country's code (all that is of it), an id of the tables of who is who, or both of
    id and name, or a name alone. ``label`` is how the party is called in an answer; of one that was given by
    its key (``exact``) neither other ids nor parts of the name are meant."""

    label: str
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
            return f"({row}.name = {values.add(self.label)} AND {row}.kb IS NULL)"
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
            return Wanted(value[1:], exact=True)
        return Wanted(value, kb=value, exact=True)
    code = _country(value)
    if code is not None:
        return Wanted(code, country=code)
    body = find_organization(value)
    return Wanted(value, kb=body.id if body else None)


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
