"""The events that filters let through, and each happening once: the first half of every statement on events.

What a statement goes on with is a table ``once``: ``article`` and ``n`` of an event, its ``day``, its
``happening`` and the number of articles that tell it (``tellings``). Of the tellings of a happening that the
filters let through, the one counts that names a day, is surest, and came first. The choice is packed into one
number (``rank``), for the smallest number of a group is found many times as fast as its first row.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from communique.store.failing import told
from communique.store.questions.filters import Filters, chosen_all
from communique.store.questions.parties import contains, wanted
from communique.store.questions.statements import Values

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = ["DAY", "JOINED", "RANK", "checked", "conditions", "found", "party_events", "words_at"]

# The day at which an event stands: its own, else that on which the article was published.
DAY = "coalesce(e.from_day, a.published)"
# Flags of what is not known, a share in thousandths, the article, and the number of the event in it.
RANK = (
    f"((({DAY} IS NULL)::BIGINT << 59) | ((e.from_day IS NULL)::BIGINT << 58) "
    "| (round(1000 - 1000 * e.confidence)::BIGINT << 48) | (e.article::BIGINT << 16) | e.n)"
)
JOINED = (
    "events e JOIN articles a USING (article) LEFT JOIN tellings t ON t.article = e.article AND t.event = e.n"
)


def checked(store: Store, filters: Filters) -> Filters:
    """The filters, their types and modes in the spelling of PLOVER or of the store's own codebook.

    Raises:
        BadQuestion: if one is neither PLOVER's nor in the store.
    """
    from communique.ontology import event_types

    if not (filters.type or filters.mode):
        return filters
    plover = event_types()
    types, modes = list(plover), [m for t in plover.values() for m in t.modes]
    if store.held is not None:
        own = store.held.own
    else:
        with told(store.path):
            own = store.connection.execute("SELECT DISTINCT type, mode FROM events ORDER BY ALL").fetchall()
    types += [t for t, _ in own]
    modes += [m for _, m in own if m]
    return replace(
        filters,
        type=chosen_all(filters.type, dict.fromkeys(types), "type"),
        mode=chosen_all(filters.mode, dict.fromkeys(modes), "mode"),
    )


def conditions(filters: Filters, values: Values) -> list[str]:
    """What an event ``e`` of an article ``a`` must meet."""
    out = []
    for side in ("actor", "recipient"):
        if given := getattr(filters, side):
            out.append(f"(e.article, e.n) IN ({party_events(side, given, values)})")
    if between := tuple(filters.between):
        out.append(f"(e.article, e.n) IN ({_between(between, values)})")
    if filters.since is not None:
        out.append(f"{DAY} >= {values.add(filters.since)}")
    if filters.until is not None:
        out.append(f"{DAY} <= {values.add(filters.until)}")
    for column, given in (("type", filters.type), ("mode", filters.mode), ("status", filters.status)):
        if given:
            out.append(values.any_of(f"e.{column}", given))
    if filters.quad:
        assert isinstance(filters.quad, tuple), "filters are checked when they are made"
        out.append(values.any_of("e.quad_code", filters.quad))
    if filters.country:
        some = values.any_of("country", filters.country)
        out.append(f"(e.article, e.place) IN (SELECT (article, n) FROM places WHERE {some})")
    if filters.place:
        some = values.any_of("name", filters.place)
        some = f"{some} OR {values.any_of('geonames::TEXT', filters.place)}"
        out.append(f"(e.article, e.place) IN (SELECT (article, n) FROM places WHERE {some})")
    if filters.min_confidence is not None:
        out.append(f"e.confidence >= {values.add(filters.min_confidence)}")
    if filters.historical is not None:
        out.append("e.historical" if filters.historical else "NOT e.historical")
    if filters.text is not None:
        # The articles first: their text is looked through much faster as a whole than sentence by sentence.
        said = contains(words_at("a.text", "s.start", "s.stop"), filters.text, values)
        out.append(
            "(e.article, e.sentence) IN (SELECT (s.article, s.n) FROM sentences s JOIN "
            f"(SELECT article, text FROM articles a WHERE {contains('a.text', filters.text, values)}) a "
            f"USING (article) WHERE {said})"
        )
    return out


def party_events(side: str, names: tuple[str, ...], values: Values) -> str:
    """The statement that gives article and event wherever one of some parties stands on a side."""
    alternatives = " OR ".join(wanted(name).condition("p", values) for name in names)
    return f"SELECT (p.article, p.event) FROM parties p WHERE p.side = '{side}' AND ({alternatives})"


def _between(names: tuple[str, ...], values: Values) -> str:
    one, two = (wanted(name).condition("p", values) for name in names)
    ways = (
        f"bool_or(p.side = 'actor' AND {who}) AND bool_or(p.side = 'recipient' AND {whom})"
        for who, whom in ((one, two), (two, one))
    )
    return (
        f"SELECT (p.article, p.event) FROM parties p WHERE {one} OR {two} "
        f"GROUP BY p.article, p.event HAVING {' OR '.join(ways)}"
    )


def words_at(text: str, start: str, stop: str) -> str:
    """The SQL for the words of a span."""
    return f"substr({text}, {start} + 1, {stop} - {start})"


def found(filters: Filters, values: Values, happenings: bool) -> str:
    """The tables ``found`` and ``once``, to stand after WITH.

    Args:
        filters: checked ones.
        values: takes the values.
        happenings: each happening once, else each of its tellings.
    """
    where = " AND ".join(conditions(filters, values)) or "true"
    if not happenings:
        return (
            f"once AS MATERIALIZED (SELECT e.article, e.n, {DAY} AS day, t.happening, 1 AS tellings\n"
            f"  FROM {JOINED}\n  WHERE {where})"
        )
    return (
        f"found AS MATERIALIZED (SELECT e.article, e.n, {DAY} AS day, t.happening, {RANK} AS rank\n"
        f"  FROM {JOINED}\n  WHERE {where}),\n"
        "once AS MATERIALIZED (\n"
        "  SELECT article, n, day, happening, 1 AS tellings FROM found WHERE happening IS NULL\n"
        "  UNION ALL\n"
        "  SELECT (min(rank) >> 16) & 4294967295, min(rank) & 65535, min_by(day, rank), happening,\n"
        "    count(DISTINCT article) FROM found WHERE happening IS NOT NULL GROUP BY happening)"
    )
