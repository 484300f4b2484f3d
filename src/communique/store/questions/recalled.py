"""Pages of events and of claims from the columns that a store holds in memory: rows as the statements give
them, and from DuckDB no more than the texts of their articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from communique.store.failing import told
from communique.store.questions.chains import DEEPEST
from communique.store.questions.counting_articles import about
from communique.store.questions.parties import plainly_contained, wanted
from communique.store.questions.picking import (
    NO_DAY,
    Flags,
    Numbers,
    among,
    day_number,
    day_of,
    of_whom,
    plain_letters,
)

if TYPE_CHECKING:
    from communique.store.held import Held
    from communique.store.questions.details import Key
    from communique.store.store import Store

__all__ = [
    "claims_told",
    "events_told",
    "parties_of",
    "said_rows",
    "speaker_of",
    "speakers_of",
    "texts_of",
]

Rows = list[dict[str, Any]]


def events_told(store: Store, keys: Sequence[Key]) -> Rows | None:
    """The rows of some events, as ``details`` gives them; None if the store does not hold them.

    Args:
        store: that is asked.
        keys: as ``details`` has them.
    """
    held = store.held
    if held is None or not keys:
        return None
    rows = held.at([key[0] for key in keys], [key[1] for key in keys]).tolist()
    if min(rows) < 0:
        return None
    texts = texts_of(store, (key[0] for key in keys))
    return [_event(held, row, key, texts[key[0]]) for row, key in zip(rows, keys, strict=True)]


def _event(held: Held, row: int, key: Key, text: str) -> dict[str, Any]:
    article, n, day, happening, tellings = key
    from_day, claim, place = day_of(int(held.from_day[row])), int(held.claim[row]), int(held.place[row])
    start, stop, first = int(held.start[row]), int(held.stop[row]), int(held.sentence_start[row])
    mode = int(held.mode[row])
    where = held.places[place] if place >= 0 else (None, None)
    actors, recipients = parties_of(held, row)
    return {
        "article": article,
        "event": n,
        "day": day,
        "day_from": "text" if from_day else "published" if day else None,
        "from_day": from_day,
        "to_day": day_of(int(held.to_day[row])),
        "actors": actors,
        "type": held.types[held.type[row]],
        "mode": held.modes[mode] if mode >= 0 else None,
        "recipients": recipients,
        "status": held.statuses[held.status[row]],
        "historical": bool(held.historical[row]),
        "contexts": list(held.context_lists[held.contexts[row]]),
        "quad_code": int(held.quad[row]),
        "intensity": float(held.intensity[row]),
        "confidence": float(held.confidence[row]),
        "place": where[0],
        "place_country": where[1],
        "said_by": speakers_of(held, claim),
        "words": text[start:stop],
        "sentence": text[first : held.sentence_stop[row]] if first >= 0 else None,
        "start": start,
        "stop": stop,
        "sentence_start": first if first >= 0 else None,
        **about(held, int(held.article_at[row])),
        "happening": happening,
        "tellings": tellings,
    }


def parties_of(held: Held, row: int) -> tuple[list[str], list[str]]:
    """The names of those who do an event, and of those to whom it is done."""
    low, high = np.searchsorted(held.party_row, [row, row + 1]).tolist()
    out: tuple[list[str], list[str]] = ([], [])
    for did, who in zip(held.party_did[low:high].tolist(), held.party_who[low:high].tolist(), strict=True):
        out[0 if did else 1].append(held.who[who][0])
    return out


def said_rows(
    store: Store, who: str | None, acts: tuple[str, ...], first: date | None, last: date | None
) -> Numbers | None:
    """Which of the claims that a store holds ``said`` gives, in its order; None if it holds none, or that
    must be left to DuckDB.

    Args:
        store: that is asked.
        who, acts: as ``said`` has them.
        first, last: day.
    """
    if store.held is None:
        return None
    claims = store.held.claims
    fits = np.ones(len(claims), bool)
    if who is not None:
        by = _sources(store, store.held, who)
        if by is None:
            return None
        fits &= by
    if acts:
        fits &= among(claims.act, [i for i, act in enumerate(claims.acts) if act in acts])
    if first is not None:
        fits &= (claims.day >= day_number(first)) & (claims.day != NO_DAY)
    if last is not None:
        fits &= claims.day <= day_number(last)  # no day is after all
    return np.flatnonzero(fits)


def _sources(store: Store, held: Held, who: str) -> Flags | None:
    """The claims of somebody, by his name or by the words for a source whom no entity stands for."""
    claims, meant = held.claims, wanted(who)
    mine = of_whom(store, meant)
    if mine is None:
        return None
    out: Flags = np.append(mine[held.entities.who], False)[claims.source]
    if meant.exact:
        return out
    if plainly_contained(who):
        part = plain_letters(store, who)
        fits = [part in words for words in claims.folded]
    else:
        # DuckDB also looks at what stands beside the words.
        word = re.compile(rf"\b{re.escape(who.lower())}\b", re.ASCII)
        return None if any(map(word.search, claims.folded)) else out
    unnamed = np.append(np.asarray(fits, bool), False)[claims.words] & ~claims.sourced
    return out | unnamed


def claims_told(store: Store, held: Held, rows: Sequence[int]) -> Rows:
    """The rows of some claims, by where they stand, as ``said`` gives them."""
    numbers = held.articles.number[held.claims.article[list(rows)]].tolist()
    texts = texts_of(store, numbers)
    return [_claim(held, row, number, texts[number]) for row, number in zip(rows, numbers, strict=True)]


def _claim(held: Held, row: int, article: int, text: str) -> dict[str, Any]:
    claims, entities = held.claims, held.entities
    day, source, within = day_of(int(claims.day[row])), int(claims.source[row]), int(claims.within[row])
    number = int(claims.number[row])
    country = role = kb = None
    if source >= 0:
        _, country, kb = held.who[entities.who[source]]
        role = entities.roles[entities.role[source]] if entities.role[source] >= 0 else None
    cue = claims.cue[claims.cue_at[row] : claims.cue_at[row + 1]].tolist()
    content = claims.content[claims.content_at[row] : claims.content_at[row + 1]].tolist()
    return {
        "article": article,
        "claim": int(claims.n[row]),
        "day": day,
        "day_from": "text" if claims.dated[row] else "published" if day else None,
        "who": speaker_of(held, row),
        "country": country,
        "role": role,
        "kb": kb,
        "anonymous": bool(claims.anonymous[row]),
        "number": None if number < 0 else number,
        "act": claims.acts[claims.act[row]],
        "manner": claims.manners[claims.manner[row]],
        "certainty": float(claims.certainty[row]),
        "cue": _parts(text, cue),
        "words": _parts(text, content),
        "told_by": speakers_of(held, within),
        "start": content[0] if content else None,
        "stop": content[-1] if content else None,
        **about(held, int(claims.article[row])),
    }


def _parts(text: str, spans: list[int]) -> str:
    return " … ".join(text[a:b] for a, b in zip(spans[::2], spans[1::2], strict=False))


def speaker_of(held: Held, row: int) -> str | None:
    """Who makes a claim, as ``chains.speaker`` has it."""
    claims = held.claims
    if claims.source[row] >= 0:
        return str(held.who[held.entities.who[claims.source[row]]][0])
    words = claims.worded[claims.words[row]] if claims.words[row] >= 0 else ""
    return words or ("anonymous" if claims.anonymous[row] else None)


def speakers_of(held: Held, row: int) -> list[str | None]:
    """Whose word the claim at a place is, from the inside out, as ``chains`` has it; of none nobody's."""
    out: list[str | None] = []
    for depth in range(DEEPEST):
        if row < 0:
            break
        name = speaker_of(held, row)
        if name is not None or depth == 0:
            out.append(name)
        row = int(held.claims.within[row])
    return out


def texts_of(store: Store, articles: Iterable[int]) -> dict[int, str]:
    """The texts of some articles, by their numbers."""
    some = ", ".join(str(int(number)) for number in sorted(set(articles)))
    if not some:
        return {}
    with told(store.path):
        sql = f"SELECT article, text FROM articles WHERE article IN ({some})"
        return dict(store.connection.execute(sql).fetchall())
