"""Corrections on the page of an article: what was said of it, the form that takes more, and storing it.

Forms are plain HTML. That they come from a page of this server is checked at the door, for every POST.
"""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from communique.errors import BadCorrection, CommuniqueError
from communique.reading import Claim, Entity, Event, Reading
from communique.store.corrections import Correction, Corrections, apply, correction, placed
from communique.web.pages.adding import NEW, added
from communique.web.problems import NotFound, problem

if TYPE_CHECKING:
    from communique.store import Store

__all__ = ["Said", "corrected", "made_of", "router", "told_as"]

router = APIRouter()

_FIELDS = 100  # of a form
_VERDICTS = {"confirm": "right", "reject": "wrong"}


@dataclass(frozen=True)
class Said:
    """What people said of an article.

    Attributes:
        rows: a dict a correction, the latest first: ``of``, ``what``, ``who``, ``day``, ``note``, ``state``,
            ``id`` and the ``words`` it hangs on.
        confirmed, mended: ids of what was found right, and of what was mended; names of who did.
        who: the name under which more is stored.
    """

    rows: list[dict[str, Any]] = field(default_factory=list)
    confirmed: dict[str, list[str]] = field(default_factory=dict)
    mended: dict[str, list[str]] = field(default_factory=dict)
    who: str = ""


def corrected(reading: Reading, corrections: list[Correction]) -> tuple[Reading, Said]:
    """A reading as people mended it, and what they said.

    Args:
        reading: as the machine made it.
        corrections: of this article, also those undone.
    """
    rows: list[dict[str, Any]] = []
    confirmed: dict[str, list[str]] = {}
    mended: dict[str, list[str]] = {}
    for one in placed(reading, corrections):
        said = one.correction
        rows.append(
            {
                "of": one.of,
                "what": told_as(said),
                "who": said.who,
                "day": said.when[:10],
                "note": said.note,
                "state": one.state,
                "id": said.id,
                "words": said.target.words,
            }
        )
        if one.of and one.state == "holds":
            by = (confirmed if said.verdict == "confirm" else mended).setdefault(one.of, [])
            if said.who not in by:
                by.append(said.who)
    return apply(reading, corrections), Said(rows[::-1], confirmed, mended)


def told_as(one: Correction) -> str:
    """A correction in a few words: 'status: planned'."""
    if one.verdict == "confirm":
        return "is right" if one.kind in ("event", "claim", "party") else f"{one.kind}: is right"
    if one.verdict == "reject":
        party = (one.target.said.get("party") or {}).get("name")
        return f"no such {one.kind}" + (f": {party}" if party else "")
    value = one.value if isinstance(one.value, dict) else {"value": one.value}
    if one.verdict == "add" and one.kind in ("event", "claim"):
        return f"{one.kind} added" + (f": {value['type']}" if "type" in value else "")
    shown = value.get("name") or value.get("status") or value.get("act") or value.get("value")
    if one.kind == "type":
        shown = "/".join(v for v in (value.get("type"), value.get("mode")) if v)
    if one.kind == "party":
        shown = ", ".join(f"{name} {said or 'unknown'}" for name, said in value.items())
    if one.kind == "source" and value.get("anonymous"):
        shown = "somebody unnamed"
    return f"{one.kind}: {shown or 'other'}" + (" as well" if one.verdict == "add" else "")


def made_of(reading: Reading, form: Mapping[str, str], who: str) -> list[Correction]:
    """The corrections that a form holds.

    Args:
        reading: as the page showed it.
        form: 'of' (id of an event, claim or entity), 'do' ('confirm', 'reject' or 'mend'), 'note', and to
            mend, the fields of the form. What is as it was says nothing. An event is added where 'of' is
            ``NEW`` and 'do' is 'add'; see ``added``.
        who: the person.

    Raises:
        BadCorrection: if it holds none, or one that cannot be.
    """
    of, do, note = form.get("of", ""), form.get("do", ""), form.get("note", "").strip()
    if of == NEW and do == "add":
        return [added(reading, form, who, note)]
    things: list[Event | Claim | Entity] = [*reading.events, *reading.claims, *reading.entities]
    thing = next((t for t in things if t.id == of), None)
    if thing is None:
        raise BadCorrection(f"the article has no event, claim or party {of[:20]!r} now; look at it again")
    kind = "event" if isinstance(thing, Event) else "claim" if isinstance(thing, Claim) else "party"
    if do in _VERDICTS:
        return [correction(reading, kind, do, of=of, who=who, note=note)]
    if do != "mend":
        raise BadCorrection("say whether it is right, wrong, or how it should be")
    if isinstance(thing, Event):
        parts = _event_parts(thing, form)
    else:
        parts = _claim_parts(thing, form) if isinstance(thing, Claim) else _party_parts(thing, form)
    made = [
        correction(reading, part, verdict, of=of, party=party, value=value, who=who, note=note)
        for part, verdict, party, value in parts
    ]
    if not made:
        raise BadCorrection("nothing is changed in the form; to say that it is right, confirm it")
    return made


Part = tuple[str, str, str | None, Any]


def _event_parts(event: Event, form: Mapping[str, str]) -> Iterator[Part]:
    kind = f"{event.type}/{event.mode}" if event.mode else event.type
    if form.get("type", kind) != kind:
        yield "type", "mend", None, form["type"]
    if form.get("status", event.status) != event.status:
        yield "status", "mend", None, form["status"]
    time = form.get("time", event.time or "")
    if time != (event.time or ""):
        yield ("time", "mend", None, time) if time else ("time", "reject", None, None)
    for side, ids in (("actor", event.actors), ("recipient", event.recipients)):
        for i in ids:
            now = form.get(f"{side}:{i}", i)
            if now != i:
                yield (side, "mend", i, now) if now else (side, "reject", i, None)
        if new := form.get(f"{side}:new"):
            yield side, "add", None, new


def _claim_parts(claim: Claim, form: Mapping[str, str]) -> Iterator[Part]:
    if form.get("act", claim.act) != claim.act:
        yield "act", "mend", None, form["act"]
    before = claim.source.entity or ("anonymous" if claim.source.anonymous else "")
    source = form.get("source", before)
    if source != before:
        if source == "anonymous":
            yield "source", "mend", None, {"anonymous": True}
        else:
            yield ("source", "mend", None, source) if source else ("source", "reject", None, None)


def _party_parts(entity: Entity, form: Mapping[str, str]) -> Iterator[Part]:
    changed = {}
    for name in ("name", "kind", "country", "role"):
        before = getattr(entity, name) or ""
        now = form.get(name, before).strip()
        if now != before:
            changed[name] = now or None
    if changed:
        yield "party", "mend", None, changed


@router.post("/articles/{number}/corrections")
async def correct(request: Request, number: int) -> Response:
    """Store what a form says of an article, and show the article again."""
    if not request.app.state.settings.edit:
        return problem(
            request,
            403,
            "Corrections are off",
            "start the server with communique serve --edit to correct what was read",
        )
    body = (await request.body()).decode("utf-8", "replace")
    try:
        form = dict(parse_qsl(body, keep_blank_values=True, max_num_fields=_FIELDS))
    except ValueError:
        return problem(request, 400, "A form of no sense", f"it has more than {_FIELDS} fields")
    return await run_in_threadpool(_stored, request, number, form)


def _stored(request: Request, number: int, form: dict[str, str]) -> Response:
    from communique.web.pages.article import article_page, shown_of

    shown = shown_of(request, number)
    if shown is None:
        raise NotFound(f"there is no article {number} in this store")
    corrections = Corrections.beside(request.app.state.settings.store)
    who = " ".join(form.get("who", "").split()) or editor(request)
    of = form.get("of", "")
    try:
        if undone := form.get("undo"):
            corrections.undo(undone, who=who)
        else:
            corrections.add(*made_of(shown.view.reading, form, who))
    except BadCorrection as error:
        return article_page(request, number, correct=of, problem=_sentence(error), status=400, given=form)
    anchor = f"list-{of}" if of and form.get("do") not in ("reject", "add") else "corrections"
    return RedirectResponse(f"/articles/{number}?corrected=1#{anchor}", 303)


def editor(request: Request) -> str:
    """The name under which corrections are stored, if the form gives none."""
    name = request.app.state.settings.editor
    if name:
        return str(name)
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "somebody"


def _sentence(error: CommuniqueError) -> str:
    text = str(error)
    return text[:1].upper() + text[1:]


def mended(store: Store, number: int, path: str, mark: str) -> Any:
    """The page's view of an article as people mended it, and what they said.

    Args:
        store: that is asked.
        number: of the article.
        path: of the store, beside which the corrections are.
        mark: of the corrections; another one is another answer.

    Returns:
        A pair; None if there is no such article.
    """
    from communique.web.pages.article import whole, whole_of

    found = whole(store, number)
    if found is None:
        return None
    reading, said = corrected(found.view.reading, Corrections.beside(path).of(found.view.reading))
    if reading is found.view.reading:
        return found, said
    return whole_of(reading, found.around), said
