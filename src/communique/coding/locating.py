"""Which place of a name is meant: by its people, the country and state in context, and what lies near.

After the usual features of toponym resolution (Leidner 2008): the name of the state or country that follows
("Paris, Texas"), countries and states that the article names, nearness to its other places, and population.
One place a name and article.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from communique.knowledge import gazetteer
from communique.knowledge.own_places import OwnPlaces
from communique.knowledge.towns import Town, american_states, is_american_state, towns_named
from communique.reading import Candidate, Place, Reading

__all__ = ["locate"]

FOLLOWS = re.compile(r"\s*,\s*((?:[A-Z][\w.'’-]*)(?:\s+[A-Z][\w.'’-]*){0,2})")
NEAR = 200.0  # kilometres
SAME = 25.0  # kilometres within which two places of one name are told apart by nobody
EARTH = 6371.0
SPREAD = 1.3  # what a difference of scores is worth; fitted on LGL, see benchmarks/LOG.md
INSIDE, STATE, COUNTRY, BESIDE, OWN = 8.0, 2.0, 0.75, 3.0, 1.0
# World news means by its name a capital whose country the article names often enough, and a state among other
# states; by a state's name alone rather the town.
CAPITAL, TOLD, STATEHOOD, ALONE = 7.0, 3, 2.0, -1.0
# Names that towns have too, but are never meant by in news.
NO_TOWNS = frozenset(("white house", "capitol hill", "mars", "venus", "moon", "koran", "big bang"))
PEOPLE, ROUNDS, MOST, KEPT = 1.0, 3, 3.0, 12
BEFORE = (
    r"^(?:(?:the\s+)?city of|historic|downtown|central|"
    r"(?:north|south|east|west)(?:ern|east|west|eastern|western)?)\s+(?:part of\s+)?"
)


@dataclass(slots=True)
class _Named:
    """The places of one name in the article, what may be meant, and what the text says it lies in."""

    places: list[Place]
    towns: tuple[Town, ...]
    country: str | None = None
    capital: tuple[float, float] | None = None  # of the capital of that name
    states: int = 0  # names of American states in the article beside this one
    inside: Counter[tuple[str, str]] = field(default_factory=Counter)  # (country, division or "")
    ranked: list[tuple[float, Town]] = field(default_factory=list)


def locate(reading: Reading, places: Iterable[Place], own: OwnPlaces | None = None) -> None:
    """Give places without coordinates those of the town that is likeliest meant, with GeoNames' id and the
    country, and what else may be meant; what no table knows keeps none. A user's own places go before all."""
    text = reading.article.text
    places = list(places)
    # A capital has the coordinates of our table, but "Athens" may be another.
    states = {(m.start, m.end) for e in reading.entities if e.kind == "state" for m in e.mentions}
    open_ = {
        p.id
        for p in places
        if p.latitude is None or ((p.start, p.end) not in states and _is_city(text[p.start : p.end]))
    }
    countries = Counter(
        {e.country: len(e.mentions) for e in reading.entities if e.country and e.kind in ("state", "person")}
    )
    groups: dict[str, _Named] = {}
    divisions: set[str] = set()
    for place in places:
        words = " ".join(text[place.start : place.end].split())
        named = groups.get(words.lower())
        if named is None:
            named = groups[words.lower()] = _Named(
                [], (own and own.named(words)) or _towns(words), place.country
            )
        named.places.append(place)
        within = words.partition(",")[2].strip()
        match = FOLLOWS.match(text, place.end, place.end + 40)
        if within or match is not None:
            inside = _container(within or (match[1] if match else ""))
            if inside is not None:
                named.inside[inside] += 1
                countries[inside[0]] += 1
                if inside[1]:
                    divisions.add(inside[1])
        divisions |= {t.division for t in named.towns if is_american_state(t)}
    stately = {name for name, n in groups.items() if any(is_american_state(t) for t in n.towns)}
    for name, named in groups.items():
        named.states = len(stately - {name})
        city = gazetteer().capital(name)
        named.capital = (city.latitude, city.longitude) if city is not None else None
    wanted = [n for n in groups.values() if n.towns and any(p.id in open_ for p in n.places)]
    known = [
        (p.latitude, p.longitude)
        for n in groups.values()
        for p in n.places[:1]
        if p.latitude is not None and p.longitude is not None and p.id not in open_
    ]
    for named in wanted:
        scores = [(_score(t, named, countries, divisions), t) for t in named.towns]
        named.ranked = sorted(scores, key=lambda x: (-x[0], x[1].id))
    alone = [n.ranked for n in wanted]
    for _ in range(ROUNDS):
        before = [_shares(n.ranked) for n in wanted]
        for k, named in enumerate(wanted):
            others = [one for i, one in enumerate(before) if i != k]
            scores = [(score + _beside(t, others, known), t) for score, t in alone[k]]
            named.ranked = sorted(scores, key=lambda x: (-x[0], x[1].id))
    for named in wanted:
        probability, second = _doubt(named.ranked)
        for place in named.places:
            if place.id not in open_:
                continue
            town = named.ranked[0][1]
            place.latitude, place.longitude = town.latitude, town.longitude
            place.country, place.geonames = town.country or place.country, _geonames(town)
            place.probability, place.second = probability, second


def _doubt(ranked: list[tuple[float, Town]]) -> tuple[float | None, Candidate | None]:
    """How probably the first is meant, and the next that lies elsewhere."""
    best, first = ranked[0]
    weights = [math.exp((score - best) / SPREAD) for score, _ in ranked]
    here = [_apart(t, (first.latitude, first.longitude)) < SAME for _, t in ranked]
    if all(here):
        return None, None
    total = sum(weights)
    k = here.index(False)
    town = ranked[k][1]
    other = Candidate(
        town.name,
        town.country or None,
        town.latitude,
        town.longitude,
        _geonames(town),
        round(weights[k] / total, 3),
    )
    return round(sum(w for w, same in zip(weights, here, strict=True) if same) / total, 3), other


def _geonames(town: Town) -> int | None:
    return town.id if town.id > 0 else None


def _is_city(name: str) -> bool:
    return gazetteer().capital(" ".join(name.split())) is not None


def _towns(words: str) -> tuple[Town, ...]:
    """What a name may mean: itself; a state's abbreviation; what is left without "northern" or "city of"."""
    state = _state(words)
    if state is not None:
        return (state,)
    region = gazetteer().region(words)
    if words.lower() in NO_TOWNS or (region is not None and region.country is None):
        return ()  # "Middle East" is also a part of Baltimore
    shapes = [words, words.split(",")[0]]
    shapes += [re.sub(r"\bcounties$", "County", shape) for shape in shapes]
    shapes += [re.sub(BEFORE, "", shape, flags=re.I) for shape in shapes]
    shapes += [re.sub(r"\s+City$", "", shape) for shape in shapes]
    return next((found for shape in dict.fromkeys(shapes) if shape and (found := towns_named(shape))), ())


def _state(words: str) -> Town | None:
    """The American state that an abbreviation stands for."""
    bare = words.replace(".", "").replace(" ", "")
    return american_states().get(bare) or american_states().get(bare.lower()) if "." in words else None


def _score(
    town: Town,
    named: _Named,
    countries: Counter[str],
    divisions: set[str],
) -> float:
    total = PEOPLE * math.log10(town.population + 10)
    if named.inside:
        total += INSIDE * bool(
            named.inside[(town.country, town.division)] or named.inside[(town.country, "")]
        )
    most = max(countries.values(), default=0)
    if most:
        total += COUNTRY * math.sqrt(countries[town.country] / most)
    if named.country == town.country:
        total += OWN
    if town.country == "USA" and town.division in divisions:
        total += STATE
    if is_american_state(town):
        total += STATEHOOD * min(named.states, MOST) if named.states else ALONE
    if countries[town.country] >= TOLD and named.capital and _apart(town, named.capital) < SAME:
        total += CAPITAL * countries[town.country] / most
    return total


def _shares(ranked: list[tuple[float, Town]]) -> list[tuple[float, Town]]:
    """How probably each is meant, the likelier ones."""
    weights = [math.exp((score - ranked[0][0]) / SPREAD) for score, _ in ranked[:KEPT]]
    return [(w / sum(weights), t) for w, (_, t) in zip(weights, ranked, strict=False)]


def _beside(town: Town, others: list[list[tuple[float, Town]]], known: list[tuple[float, float]]) -> float:
    """How many of the article's other places lie near, those in doubt by how probable they are."""
    close = float(sum(_within(town, point, NEAR) for point in known))
    for one in others:
        close += sum(p for p, t in one if t is not town and _within(town, (t.latitude, t.longitude), NEAR))
    return BESIDE * min(close, MOST)


def _container(words: str) -> tuple[str, str] | None:
    """The country, or country and division, that a name after a comma stands for."""
    world = gazetteer()
    parts = words.split()
    for size in range(min(3, len(parts)), 0, -1):
        name = " ".join(parts[:size])
        # "Paris, TX" needs no full stop: what follows a comma is a state.
        state = _state(name) or (american_states().get(name) if name.isupper() else None)
        state = state or next((t for t in towns_named(name) if is_american_state(t)), None)
        if state is not None:
            return ("USA", state.division)
        country = world.country(name)
        if country is not None:
            return (country.alpha3, "")
    return None


def _within(town: Town, point: tuple[float, float], limit: float) -> bool:
    """Does a place lie nearer than that? Often its latitude alone tells that it does not."""
    if EARTH * math.radians(abs(town.latitude - point[0])) > limit + 1:
        return False
    return _apart(town, point) < limit


def _apart(town: Town, point: tuple[float, float]) -> float:
    """Kilometres between a town and a place."""
    a, b = math.radians(town.latitude), math.radians(point[0])
    c = math.radians(town.longitude - point[1])
    inner = math.sin((a - b) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(c / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(inner)))
