"""Pages of disputes and the tellings of a happening from the columns that a store holds in memory: rows as
the statements give them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from communique.store.failing import told
from communique.store.questions.counting import Rows
from communique.store.questions.counting_articles import about
from communique.store.questions.picking import NO_DAY, Numbers, among, day_number, day_of
from communique.store.questions.recalled import parties_of, speaker_of, speakers_of, texts_of

if TYPE_CHECKING:
    from communique.store.held import Held
    from communique.store.store import Store

__all__ = ["differing", "dispute_rows", "disputes_told", "tellings_told"]


def dispute_rows(held: Held, kinds: tuple[str, ...], first: date | None, last: date | None) -> Numbers:
    """Which of the disputes that a store holds ``disputes`` gives, in its order."""
    disputes = held.disputes
    fits = np.ones(len(disputes.day), bool)
    if kinds:
        fits &= among(disputes.kind, [i for i, kind in enumerate(disputes.kinds) if kind in kinds])
    if first is not None:
        fits &= (disputes.day >= day_number(first)) & (disputes.day != NO_DAY)
    if last is not None:
        fits &= disputes.day <= day_number(last)  # no day is after all
    return np.flatnonzero(fits)


def disputes_told(store: Store, held: Held, rows: Sequence[int]) -> Rows:
    """The rows of some disputes, by where they stand: ``happening``, ``kind``, ``about``, ``day``, and of
    each side (``_a``, ``_b``) ``said_by``, ``words``, ``article``, ``start``, ``stop``, ``published``,
    ``publisher``, ``title`` and ``url``."""
    disputes, numbers = held.disputes, held.articles.number
    texts = texts_of(store, numbers[disputes.article[list(rows)].ravel()].tolist())
    out = []
    for row in rows:
        happening = int(disputes.happening[row])
        known: dict[str, Any] = {
            "happening": None if happening < 0 else happening,
            "kind": disputes.kinds[disputes.kind[row]],
            "about": disputes.abouts[disputes.about[row]],
            "day": day_of(int(disputes.day[row])),
        }
        for side, name in enumerate("ab"):
            place = int(disputes.article[row, side])
            number = int(numbers[place])
            start, stop = (
                None if v < 0 else int(v) for v in (disputes.start[row, side], disputes.stop[row, side])
            )
            one = {
                "said_by": speakers_of(held, int(disputes.claim[row, side])),
                "words": None if start is None or stop is None else texts[number][start:stop],
                "article": number,
                "start": start,
                "stop": stop,
                **about(held, place),
            }
            known |= {f"{what}_{name}": value for what, value in one.items()}
        out.append(known)
    return out


def differing(store: Store, held: Held, happening: int) -> Rows:
    """The rows of the differences between the tellings of a happening, as ``disputes_told`` has them, in the
    order of ``questions.differing``."""
    rows = np.flatnonzero(held.disputes.happening == happening).tolist()
    found = disputes_told(store, held, rows)
    names = ("kind", "article_a", "start_a", "article_b", "start_b")
    return sorted(found, key=lambda row: tuple(row[name] for name in names))


def tellings_told(store: Store, held: Held, happening: int) -> Rows:
    """As ``questions.telling``."""
    rows = np.flatnonzero(held.happening == happening)
    place = held.article_at[rows]
    # What has no day is after all.
    rows = rows[np.lexsort((held.n[rows], place, held.articles.published[place]))]
    numbers = held.article[rows].tolist()
    texts = texts_of(store, numbers)
    counted, judged = _marked(store, numbers, texts)
    out = []
    for row, number in zip(rows.tolist(), numbers, strict=True):
        text, claim, where = texts[number], int(held.claim[row]), int(held.place[row])
        first, last = int(held.sentence_start[row]), int(held.sentence_stop[row])
        start, stop, mode = int(held.start[row]), int(held.stop[row]), int(held.mode[row])
        actors, recipients = parties_of(held, row)
        known = about(held, int(held.article_at[row]))
        out.append(
            {
                "article": number,
                "event": int(held.n[row]),
                **{name: known[name] for name in ("publisher", "published", "title", "url")},
                "actors": actors,
                "recipients": recipients,
                "type": held.types[held.type[row]],
                "mode": held.modes[mode] if mode >= 0 else None,
                "status": held.statuses[held.status[row]],
                "quad_code": int(held.quad[row]),
                "intensity": float(held.intensity[row]),
                "from_day": day_of(int(held.from_day[row])),
                "to_day": day_of(int(held.to_day[row])),
                "place": held.places[where][0] if where >= 0 else None,
                "said_by": (speaker_of(held, claim) or "anonymous") if claim >= 0 else None,
                "numbers": [words for a, b, words in counted[number] if 0 <= first <= a and b <= last],
                "loaded": [words for a, b, words in judged[number] if 0 <= first <= a and b <= last],
                "words": text[start:stop],
                "sentence": text[first:last] if first >= 0 else None,
                "start": start,
                "stop": stop,
                "sentence_start": first if first >= 0 else None,
                "confidence": float(held.confidence[row]),
            }
        )
    return out


_Marked = dict[int, list[tuple[int, int, str]]]


def _marked(store: Store, numbers: list[int], texts: dict[int, str]) -> tuple[_Marked, _Marked]:
    """The numbers and the loaded words of some articles: start, stop, and how they are shown, in order."""
    counted: _Marked = defaultdict(list)
    judged: _Marked = defaultdict(list)
    if not numbers:
        return counted, judged
    some = ", ".join(str(number) for number in sorted(set(numbers)))
    with told(store.path):
        run = store.connection.execute
        quantities = run(
            f"SELECT article, start, stop, unit FROM quantities WHERE article IN ({some})"
        ).fetchall()
        loaded = run(
            f"SELECT article, start, stop FROM language WHERE article IN ({some}) AND kind = 'loaded'"
        ).fetchall()
    for number, start, stop, unit in sorted(quantities, key=lambda row: row[:2]):
        words = texts[number][start:stop]
        counted[number].append((start, stop, words if unit is None else f"{words} {unit}"))
    for number, start, stop in sorted(loaded, key=lambda row: row[:2]):
        judged[number].append((start, stop, texts[number][start:stop]))
    return counted, judged
