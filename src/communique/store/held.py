"""What happened, held in memory as columns: so a server counts without planning a statement each time.

DuckDB takes longer to plan the statements that count happenings than numpy to count them. A store that is
asked again and again (``communique.web``) has its events, parties and places in memory once; the questions
then give the same rows as their statements do. The rows of events stand in the order of ``found.RANK``: of
several tellings of a happening the first row is the one that counts.

Articles, entities, claims, disputes and the schedule have columns of their own (``held_*``), so that a page
of events or claims needs no more of DuckDB than the texts of its articles. Ten thousand articles with a
hundred thousand events and as many claims take some 75 megabytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from communique.store.failing import told
from communique.store.held_claims import HeldClaims, claims_of
from communique.store.held_columns import (
    WHO,
    HeldArticles,
    HeldEntities,
    Joined,
    Small,
    articles_of,
    coded,
    entities_of,
    found,
    keyed,
    whole,
)
from communique.store.held_disputes import HeldDisputes, disputes_of
from communique.store.held_events import events_of, parties_of, tellings_of, ties_of
from communique.store.held_rows import HeldRows, rows_of
from communique.store.held_schedule import HeldSchedule, schedule_of
from communique.store.questions.parties import KEY, NAMED, folded
from communique.store.questions.picking import Flags, Numbers

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = ["Held", "held"]

_MOST = 1_000_000  # events of a store that is held; more take too much memory


@dataclass(frozen=True, slots=True)
class Held:
    """The columns.

    Attributes:
        article, n, day (since 1970), happening (its number, or -1), type, mode, status, quad, intensity,
            confidence, historical: of the events; types, modes and statuses by their place in the lists.
        group: happenings numbered from 0, an event of none as one of its own.
        groups: how many there are.
        place: of the event, by its place among the places, or -1.
        key, row: article and number of events (see ``keyed``) in order, and where each stands.
        article_at: its article by the place among the articles.
        start, stop, sentence_start, sentence_stop: of the words and their sentence; -1 for no sentence.
        from_day, to_day: as ``day``, of the event's own time.
        contexts: by the place in ``context_lists``.
        claim: where the claim stands in whose words it is told, or -1.
        own: the types and modes of events that there are, in order.
        types, modes, statuses: the lists.
        who: name, country and id of each party and entity that there is, once; in order.
        who_plain: their names without capitals and accents.
        who_key, who_name, who_country: its key, its name as ``parties.folded`` has it, and its country, by
            their places in the lists; -1 where it has no country.
        who_named: whether one can speak of it beyond its article.
        keys, names, countries: the lists, in order.
        party_row, party_who, party_did, party_entity: which event each party takes part in, whether it does
            it, and where its entity stands, or -1; in the order of events and of their lists of parties.
        tie_row, tie_one, tie_two: each party that does it with each to whom it is done.
        places: name, country, latitude, longitude and number at GeoNames of each.
        place_country, place_group: of each place; a group is what counts as one place.
        told_happening, told_publisher, told_day: for each article of a publisher that tells a happening which
            others tell too, this, its publisher and day; in their order.
        told_on: publishers and days on which these have articles, see ``counting_sources.on_day``, in order.
        tellings: of each happening that events here tell, by its number, how many articles tell it.
        articles, entities, claims, disputes, schedule: their columns.
        rows: of the small tables of a reading, by article.
    """

    article: Numbers
    n: Numbers
    day: Numbers
    happening: Numbers
    group: Numbers
    groups: int
    type: Numbers
    mode: Numbers
    status: Numbers
    quad: Numbers
    intensity: NDArray[np.float64]
    confidence: NDArray[np.float64]
    historical: Flags
    place: Numbers
    key: Numbers
    row: Numbers
    article_at: Small
    start: Small
    stop: Small
    sentence_start: Small
    sentence_stop: Small
    from_day: Numbers
    to_day: Numbers
    contexts: Small
    context_lists: list[list[str]]
    claim: Small
    own: list[tuple[str, str | None]]
    types: list[str]
    modes: list[str]
    statuses: list[str]
    who: list[tuple[str, str | None, str | None]]
    who_plain: Joined
    who_key: Numbers
    who_name: Numbers
    who_country: Numbers
    who_named: Flags
    keys: list[str]
    names: list[str]
    countries: list[str]
    party_row: Numbers
    party_who: Numbers
    party_did: Flags
    party_entity: Small
    tie_row: Numbers
    tie_one: Numbers
    tie_two: Numbers
    places: list[tuple[Any, ...]]
    place_country: Numbers
    place_group: Numbers
    place_groups: int
    told_happening: Numbers
    told_publisher: Numbers
    told_day: Numbers
    told_on: Numbers
    articles: HeldArticles
    entities: HeldEntities
    claims: HeldClaims
    disputes: HeldDisputes
    schedule: HeldSchedule
    rows: HeldRows
    tellings: dict[int, int]

    def __len__(self) -> int:
        return len(self.article)

    def at(self, article: Any, n: Any) -> Numbers:
        """Where events of some articles and numbers stand, or -1."""
        return self.at_keys(keyed(article, n))

    def at_keys(self, keys: Numbers) -> Numbers:
        """Where events of some keys (see ``keyed``) stand, or -1."""
        return found(self.key, keys, self.row)

    def differs(self, article: int) -> bool:
        """Whether another article tells something otherwise than the article of a number."""
        place = self.articles.at([article])[0]
        across = self.disputes.article[self.disputes.happening >= 0]
        return bool((across == place).any())


def held(store: Store) -> Held | None:
    """The columns of a store.

    Returns:
        None where it has too many events, or is not as stores are (an event in two happenings, two claims of
        one number, a quad code that is none).

    Raises:
        StoreError: if the store cannot be read.
    """
    with told(store.path):
        run = store.connection.execute
        if run("SELECT count(*) FROM events").fetchall()[0][0] > _MOST:
            return None
        articles = articles_of(store)
        entities = entities_of(store, articles)
        claims = claims_of(store, articles, entities)
        events = events_of(store, articles, claims) if claims is not None else None
        if claims is None or events is None:
            return None
        who = run(
            f"SELECT w.name, w.country, w.kb, lower(strip_accents(w.name)), {NAMED.format('w')}, "
            f"{KEY.format('w')}\nFROM ({WHO}) w ORDER BY w.i"
        ).fetchall()
        places = run(
            "SELECT name, country, latitude, longitude, geonames, (article::BIGINT << 16) | n FROM places "
            "ORDER BY 6"
        ).fetchall()
        disputes = disputes_of(store, articles, claims)
        schedule = schedule_of(store, articles, entities)
        parties = parties_of(store, events["key"], events["row"], entities)
        rows = rows_of(store, articles)
        tellings = dict(run("SELECT happening, tellings FROM happenings").fetchall())
    keys, who_key = coded([w[5] for w in who])
    names, who_name = coded([folded(w[0]) for w in who])
    countries, codes = coded([*(w[1] for w in who), *(p[1] for p in places)])
    _, place_group = coded([repr((p[4], p[0] if p[4] is None else None, p[1], p[2], p[3])) for p in places])
    at = whole([p[5] for p in places])
    events["place"] = found(at, events["place"], np.arange(len(at)))
    return Held(
        **events,
        who=[w[:3] for w in who],
        who_plain=Joined.of([w[3] for w in who]),
        who_key=who_key,
        who_name=who_name,
        names=names,
        who_country=codes[: len(who)],
        who_named=np.asarray([w[4] for w in who], bool),
        keys=keys,
        countries=countries,
        **parties,
        **ties_of(parties["party_row"], parties["party_did"], parties["party_who"]),
        places=[p[:5] for p in places],
        place_country=codes[len(who) :],
        place_group=place_group,
        place_groups=int(place_group.max(initial=-1)) + 1,
        **tellings_of(articles, events["happening"], events["article_at"]),
        articles=articles,
        entities=entities,
        claims=claims,
        disputes=disputes,
        schedule=schedule,
        rows=rows,
        tellings=tellings,
    )
