"""Jinja as the pages have it: everything escaped, days and numbers as people write them, links made safe."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlsplit

import jinja2
from markupsafe import Markup, escape

from communique import __version__
from communique.store.correcting.showing import is_rejected
from communique.store.questions.answer import plain
from communique.store.questions.filters import QUADS
from communique.store.questions.parties import is_named
from communique.web.pages.mended import mended_parts
from communique.web.pages.where import NAVIGATION

__all__ = ["actor_path", "count", "day", "outside", "seen", "span", "static", "templates"]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SUSPECT = re.compile("[^\n\t\x20-\x7e\xa0-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]")
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
# Before the dash of a wire story: places, a day, the agency in brackets; few words have a small letter first.
_DATELINE = re.compile(r"(?P<before>.{0,100}?)\([A-Z][\w .&/]{1,24}\)\s*[-–—]+\s*(?=\S)")
_SMALL = frozenset(("am", "pm", "of", "and", "by", "in", "the"))
_REPEATED = 120  # characters of what a page is likely to print again
_SENTENCE = 100  # characters of a sentence that is a heading
_SHAPES = {1: "○", 2: "●", 3: "△", 4: "▲"}  # cooperation round, conflict pointed; in deeds filled


@cache
def templates() -> jinja2.Environment:
    """The environment of all templates."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("communique.web", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=seen,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(
        day=day,
        longday=longday,
        span=span,
        count=count,
        number=number,
        actor_path=actor_path,
        outside=outside,
        host=host,
        short=short,
        after=after,
        opened=opened,
        monthname=monthname,
        headline=headline,
        named=named,
        point=point,
        coming=coming,
        undated=undated,
        unquoted=unquoted,
        quoted=quoted,
        plain=plain,
        seen=seen,
        mended_parts=mended_parts,
    )
    made.tests.update(rejected=is_rejected)
    made.globals.update(
        navigation=NAVIGATION,
        static=static,
        version=__version__,
        quads=QUADS,
        shapes=_SHAPES,
        type_label=type_label,
        type_about=type_about,
        quad_of=quad_of,
        country_name=country_name,
    )
    return made


def seen(value: Any) -> Any:
    """A value as a page prints it: what nobody can see (controls, marks that turn the direction of writing)
    is spelled out as ``\\u202e``."""
    if value is None:
        return ""
    if type(value) is str:
        return _printed(value) if len(value) <= _REPEATED else _SUSPECT.sub(_spelled, value)
    if isinstance(value, str) and not isinstance(value, Markup):
        return _SUSPECT.sub(_spelled, value)
    return value


@lru_cache(maxsize=8192)
def _printed(value: str) -> Markup:
    """A short text, escaped: a page prints the same names, labels and addresses hundreds of times."""
    return escape(_SUSPECT.sub(_spelled, value))


def _spelled(found: re.Match[str]) -> str:
    character = found.group()
    if character == "\u00ad" or character == "\r" or unicodedata.category(character) not in _UNSEEN:
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def day(value: date | str | None, year: bool = True) -> str:
    """A day as '9 Feb 2024'; '' for None, and what is no day as it is."""
    known = _date(value)
    if known is None:
        return str(value or "")
    return f"{known.day} {_MONTHS[known.month - 1]}" + (f" {known.year}" if year else "")


def longday(value: date | str | None) -> str:
    """A day as 'Friday, 9 February 2024'."""
    known = _date(value)
    if known is None:
        return str(value or "")
    return f"{known:%A}, {known.day} {_LONG[known.month - 1]} {known.year}"


def span(first: date | str | None, last: date | str | None) -> str:
    """From one day to another, in few words: a day, month, year or range."""
    from communique.cli.words import stretch

    if first is None and last is None:
        return ""
    start, end = (_iso(first if first is not None else last), _iso(last if last is not None else first))
    return stretch(start, end)


def _iso(value: date | str | None) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _date(value: date | str | None) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def count(number_of: int, one: str, many: str | None = None) -> str:
    """'1 article', '9 articles', '1,204 articles'."""
    return f"{number_of:,} {one if number_of == 1 else many or one + 's'}"


def number(value: float | None) -> str:
    """A number as people write it: thousands parted, no zeros at the end."""
    if value is None:
        return "–"
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def actor_path(key: str) -> str:
    """The address of an actor's page. A key is an id, a country's code, or '~' and a name."""
    return "/actors/" + quote(key, safe="~:")


def outside(url: str | None) -> str:
    """The address if it is one of the web that a link may go to, else ''."""
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return ""
    return url.strip() if url and parts.scheme in ("http", "https") and parts.netloc else ""


def host(url: str | None) -> str:
    """The name of the site of an address."""
    try:
        return (urlsplit(outside(url)).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def short(text: str | None, width: int) -> str:
    """The text on one line, cut at a word where it is longer than ``width`` characters."""
    line = " ".join((text or "").split())
    if len(line) <= width:
        return line
    cut = line[: width - 1]
    if " " in cut[width // 2 :]:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip(" ,;:–—-….") + "…"


def after(text: str | None, beginning: str | None) -> str:
    """The text without the title at its beginning."""
    line, head = " ".join((text or "").split()), " ".join((beginning or "").split())
    return line[len(head) :].lstrip(" .:–—-") if head and line.startswith(head) else line


def opened(text: str | None) -> str:
    """The text with a capital at its beginning, as a heading has it."""
    line = " ".join((text or "").split())
    return line[:1].upper() + line[1:]


def headline(title: str | None, beginning: str | None, width: int) -> str:
    """The title of an article; where it has none, the beginning of its text without the dateline of a wire
    story, cut at a word."""
    if title:
        return short(title, width)
    # Stars of a list, as Markdown escapes them.
    line = (beginning or "").lstrip("\\* \n").replace("\\*", "·")
    return short(undated(line), width)


def undated(text: str | None) -> str:
    """The text on one line, without the dateline of a wire story."""
    line = " ".join((text or "").split())
    found = _DATELINE.match(line)
    if found and all(w in _SMALL or not w[:1].islower() for w in found["before"].split()):
        return line[found.end() :]
    return line


def named(name: str | None) -> str | None:
    """The name, or None where it is a pronoun or a verb that was taken for one."""
    return name if name is not None and is_named(name) else None


def point(row: Mapping[str, Any]) -> str:
    """What a row of ``questions.disputes`` is about, as a heading."""
    about = short(row["about"], 90)
    one, two = (named(next(iter(row[f"said_by_{side}"]), None)) for side in "ab")
    if row["kind"] == "denial":
        # In the past, which is the same of one and of many.
        if one and two and one != two:
            return opened(f"{short(two, 45)} denied what {short(one, 45)} said")
        return opened(f"{short(two or one, 60)}: a denial") if two or one else f"A denial: {about}"
    if row["kind"] == "number":
        sides = [" ".join((row.get(f"words_{side}") or "").split()) for side in "ab"]
        told = all(0 < len(words) <= 40 for words in sides) and sides[0] != sides[1]
        return f"How many: {sides[0]} or {sides[1]}?" if told else f"How many: {about}"
    if row["kind"] == "status":
        return f"Did it happen: “{about}”?"
    return opened(about)


def unquoted(text: str | None) -> str:
    """The text without the quotation marks around it, which the page sets itself."""
    line = " ".join((text or "").split())
    return line.strip("\"“”„'‘’ ") or line


def coming(row: Mapping[str, Any]) -> str:
    """What a row of ``questions.upcoming`` announces, as a heading: its sentence, which says with whom, where
    that is short or the words are but one or two."""
    told = undated(row["sentence"]).lstrip("\"“”„'‘’`-–—,;: ")
    if told and (len(told) <= _SENTENCE or len(row["what"].split()) <= 2):
        return opened(told)
    return opened(row["what"])


def monthname(value: date) -> str:
    """A month as 'April 2024'."""
    return f"{_LONG[value.month - 1]} {value.year}"


def quoted(text: str) -> str:
    """A part of an address, with everything that means something there written otherwise."""
    return quote(text, safe="")


def type_label(name: str) -> str:
    """An event type as one writes it in a sentence; a codebook's own as it is."""
    from communique.ontology import event_types

    known = event_types().get(name)
    return known.label if known else name.replace("_", " ").capitalize()


def type_about(name: str) -> str:
    """What an event type means; '' for a codebook's own."""
    from communique.ontology import event_types

    known = event_types().get(name)
    return known.definition.replace(" - ", " – ") if known else ""


def quad_of(name: str) -> int:
    """The quad code of an event type; 0 for a codebook's own."""
    from communique.ontology import event_types

    known = event_types().get(name)
    return known.quad_code if known else 0


def country_name(code: str | None) -> str:
    """The name of a country by its code."""
    from communique.knowledge.countries import gazetteer

    known = gazetteer().countries.get(code or "")
    return known.name if known else code or ""


@cache
def static(path: str) -> str:
    """The address of a file of ``static/``; it changes with the file, so that a browser may keep it."""
    data = files("communique.web").joinpath("static", *path.split("/")).read_bytes()
    return f"/static/{path}?v={hashlib.sha256(data).hexdigest()[:10]}"
