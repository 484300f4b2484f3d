"""An article: its text with everything marked in place, and beside it a list that lights up its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from communique.ontology import event_types
from communique.reading import Reading
from communique.store.corrections import Corrections
from communique.store.questions import ACTS, STATUSES
from communique.store.questions.actors import ENTITY_KINDS
from communique.store.questions.around import Around, around
from communique.web.cache import cached
from communique.web.pages.article_view import View, view_of
from communique.web.pages.common import page
from communique.web.pages.correcting import Said, editor, mended
from communique.web.pages.marking import LAYERS, Mark, Paragraph, paragraphs
from communique.web.problems import NotFound

if TYPE_CHECKING:
    from communique.store import Store

__all__ = ["Whole", "article_page", "router", "shown_of", "whole", "whole_of"]

router = APIRouter()

# What can be switched on and off above the text: layers, and how they are called.
SWITCHES = (
    ("event", "events"),
    ("said", "who says it"),
    ("actor", "actors"),
    ("time", "times"),
    ("place", "places"),
    ("number", "numbers"),
    ("loaded", "loaded words"),
)
_AT = re.compile(r"(\d{1,8})-(\d{1,8})", re.ASCII)  # words that are pointed at, in code points


@dataclass(frozen=True)
class Whole:
    """An article with all that its page shows; ``said`` is what people said of it."""

    view: View
    around: Around
    marks: list[Mark]
    paragraphs: list[Paragraph]
    said: Said = field(default_factory=Said)

    def __len__(self) -> int:
        # What it counts in the cache, in rows.
        return 20 + sum(len(p.tokens) for p in self.paragraphs) // 4


def whole(store: Store, number: int) -> Whole | None:
    """An article as the machine read it; None if there is none of that number.

    Raises:
        StoreError: if the store cannot be read.
    """
    near = around(store, number)
    return whole_of(store.reading(number), near) if near is not None else None


def whole_of(reading: Reading, near: Around) -> Whole:
    """A reading as its page shows it."""
    view = view_of(reading)
    others = [
        Mark(d.start, d.stop, "dispute", f"x{i}", (), f"told otherwise elsewhere: {d.kind}")
        for i, d in enumerate(near.differing, 1)
    ]
    marks = [*view.marks, *others]
    return Whole(view, near, marks, paragraphs(reading.article.text, reading.article.blocks, marks))


def shown_of(request: Request, number: int, machine: bool = False) -> Whole | None:
    """An article as it is shown: with people's corrections, if there are any and they are wanted.

    Args:
        request: of which the application's store is asked.
        number: of the article.
        machine: as the machine read it.
    """
    path = str(request.app.state.settings.store)
    mark = "" if machine else Corrections.beside(path).mark
    if not mark:
        return cached(request, whole, number=number)
    found = cached(request, mended, number=number, path=path, mark=mark)
    return None if found is None else replace(found[0], said=found[1])


@router.get("/articles/{number}")
def article(request: Request, number: int) -> Response:
    """The page of an article."""
    query = request.query_params
    words = {name: query.get(name, "")[:300] for name in ("words", "nth")}
    return article_page(request, number, correct=query.get("correct", "")[:20], given=words)


def article_page(
    request: Request,
    number: int,
    *,
    correct: str = "",
    problem: str = "",
    status: int = 200,
    given: Mapping[str, str] | None = None,
) -> Response:
    """The page of an article.

    Args:
        request: that is answered.
        number: of the article.
        correct: id of the event or claim whose form is open, or ``adding.NEW``.
        problem: what was wrong with what the form held.
        status: of HTTP.
        given: what the form for a new event holds already.

    Raises:
        NotFound: if there is no such article.
    """
    machine = request.query_params.get("as") == "machine"
    found = shown_of(request, number, machine)
    if found is None:
        raise NotFound(f"there is no article {number} in this store; the list has all there are")
    shown = found.paragraphs
    reading = found.view.reading
    if at := _AT.fullmatch(request.query_params.get("at", "")):
        pointed = Mark(int(at[1]), int(at[2]), "at", "at", (), "the words you came for")
        shown = paragraphs(reading.article.text, reading.article.blocks, [*found.marks, pointed])
    hidden = {name for value in request.query_params.getlist("hide") for name in value.split(",")}
    return page(
        request,
        "article.html",
        status=status,
        number=number,
        whole=found,
        paragraphs=shown,
        view=found.view,
        reading=reading,
        switches=SWITCHES,
        hidden=hidden & set(LAYERS),
        voice=request.query_params.get("voice", "all"),
        machine=machine,
        said=found.said,
        correct=correct,
        problem=problem,
        given=given or {},
        stored="corrected" in request.query_params,
        choices=_choices(request, reading, found.view) if request.app.state.settings.edit else None,
    )


def _choices(request: Request, reading: Reading, view: View) -> dict[str, Any]:
    """What the form for a correction can choose from."""
    types = [(name, kind.label) for name, kind in event_types().items()]
    own = dict.fromkeys(e.type for e in reading.events if e.type not in event_types())
    return {
        "who": editor(request),
        "types": [*types, *((name, name) for name in own)],
        "modes": {
            name: [(f"{name}/{mode}", f"{kind.label}: {mode.replace('-', ' ')}") for mode in kind.modes]
            for name, kind in event_types().items()
        },
        "statuses": STATUSES,
        "acts": ACTS,
        "kinds": [(kind, kind) for kind in ENTITY_KINDS],
        "entities": [(n.id, n.name) for n in reading.entities],
        "times": [(t["id"], f"{t['words']} ({t['days'] or t['type']})") for t in view.times],
    }
