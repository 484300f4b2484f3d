"""To whom it is done, where the sentence's own words may not tell.

The network names the recipient of an event among the words of the event's own sentence. Whose demand is
"rejected", at whom a crowd shouts, often stands sentences before, and it shows in the whole article: in who
answers whom, who was accused last, of whom the article speaks. The weights (``data/recipients.csv``) are
learned by ``training/choosing.py``. Who does it is told by the sentence nearly always, and stays.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.coding.clauses import base
from communique.coding.layered import layered
from communique.coding.parties import MUTUAL
from communique.coding.ranking import likeliest

if TYPE_CHECKING:
    from communique.coding.parties import Who
    from communique.coding.tellings import Told
    from communique.language.analysis import Word
    from communique.reading import Reading

__all__ = ["Chooser", "Option"]

NEAR, BEFORE, MOST = 3, 12, 12  # sentences back where all count; where the oft-named do; candidates at most
OFTEN = 3  # mentions of the oft-named
UNSURE = 0.2  # the chance of a telling below which nobody is sought: it will hardly be shown
LIKELY = -1.0  # log odds of a word before from which on it may become an entity
PARTIES = ("person", "state", "organization", "group", "media", "place")
Parties = tuple[list[str], list[str]]


@dataclass(slots=True)
class Option:
    """Who may be the recipient: entities, and what speaks for them."""

    entities: list[str]
    features: dict[str, float]


@dataclass(slots=True)
class _Past:
    """An event told before."""

    sentence: int
    type: str
    parties: Parties


@dataclass(frozen=True, slots=True)
class _Now:
    """What holds for the event in question: whose words it stands in, and how entities stood in events
    before, as recipients and as actors."""

    source: str | None
    got: dict[str, set[str]]
    did: dict[str, set[str]]


class Chooser:
    """Chooses the recipients of the events of one article, which are given in the order of the text.

    Args:
        reading: the article's, with entities.
        who: whose words are whose.
    """

    def __init__(self, reading: Reading, who: Who) -> None:
        self.reading, self.who = reading, who
        self.starts = [s.start for s in reading.sentences]
        self.past: list[_Past] = []
        self._now = _Now(None, {}, {})
        self.entities = {e.id: e for e in reading.entities if e.kind in PARTIES}
        self.seen: dict[str, list[tuple[int, str]]] = {
            e.id: sorted((self._sentence(m.start), m.form) for m in e.mentions)
            for e in self.entities.values()
        }
        self.leading = sorted(self.seen, key=lambda e: (-len(self.seen[e]), e))[:3]

    def add(self, told: Told, parties: Parties) -> None:
        """Remember an event that was told."""
        self.past.append(_Past(told.sentence, told.type, parties))

    def recipients(self, told: Told, parties: Parties) -> list[str]:
        """The likeliest recipients of an event.

        Args:
            told: the word that tells of the event; ``chosen`` is set where they are others than those of
                ``parties``.
            parties: actors and recipients that its sentence names.
        """
        if told.type in MUTUAL and len(parties[0]) + len(parties[1]) > 1:
            return parties[1]  # they do it with one another
        if told.chance < UNSURE:
            return parties[1]
        return self.choice(told, self.options(told, parties))

    def choice(self, told: Told, options: list[Option]) -> list[str]:
        """The entities of the likeliest option."""
        if len(options) > 1:
            own, *others = layered("recipients").scores([o.features for o in options])
            best, share = likeliest(others, own)
            if others[best] > own:
                told.chosen = share
                return options[best + 1].entities
        return options[0].entities

    def options(self, told: Told, parties: Parties) -> list[Option]:
        """First those that the sentence names, or nobody; then other words of it, then those named before.

        Args:
            told: the word that tells of the event.
            parties: both sides as they stand.
        """
        actors, mine = parties
        claim = self.reading.innermost(told.word.start)
        self._now = _Now(claim.source.entity if claim else None, *self._history(told, actors))
        taken = {*actors, *mine}
        named = {w.index for w, _ in told.parties[1]}
        own = self._common(told, mine[:1], actors) | {"kept": 1.0}
        first = max(told.parties[1], key=lambda x: x[1], default=None)
        if mine and first is not None:
            given = next(((net, path) for w, net, path in told.options if w is first[0]), None)
            own |= self._word(told, first[0], given)
            own["chance"] = first[1]
            if len(mine) > 1:
                own["several"] = 1.0
        elif not mine:
            own["nobody"] = own[f"{told.type} nobody"] = 1.0
        out = [Option(mine, own)]
        for rank, (word, net, path) in enumerate(told.options):
            entity = self.who.named_by(told.sentence, word) if word.index not in named else None
            if entity is None or entity in taken:
                continue
            taken.add(entity)
            features = self._common(told, [entity], actors) | self._word(told, word, (net, path))
            out.append(Option([entity], features | {"here": 1.0, "rank": rank / 4}))
        near = self._in_window(told)
        called = [e for e in near if e not in taken and e not in self.seen and near[e] > LIKELY]
        for entity in [*self._elsewhere(told.sentence, taken), *called]:
            features = self._common(told, [entity], actors) | self._far(told, entity)
            if entity in near:
                features["far net"] = max(near[entity], -8.0) / 4
            else:
                features["out of sight"] = 1.0
            out.append(Option([entity], features))
        if near:
            own["best far"] = max(max(near.values()), -8.0) / 4
        return out

    def _sentence(self, at: int) -> int:
        return max(0, bisect_right(self.starts, at) - 1)

    def _in_window(self, told: Told) -> dict[str, float]:
        """The log odds of those whom the network can see in the sentences before."""
        assert self.reading.analysis is not None
        sentences = self.reading.analysis.sentences
        row = sentences[told.sentence].scores["recipient_before"][told.word.index]
        out: dict[str, float] = {}
        number, end = told.sentence, len(row)
        while end > 0:
            number -= 1
            words = sentences[number].words
            end -= len(words)
            for word, odds in zip(words, row[end : end + len(words)].tolist(), strict=True):
                entity = self.who.is_(word)
                if entity is None and odds > LIKELY:
                    entity = self.who.named_by(number, word)
                if entity is not None:
                    out[entity] = max(odds, out.get(entity, odds))
        return out

    def _elsewhere(self, here: int, taken: set[str]) -> list[str]:
        """Entities named before, not here; in the headline those of the sentence behind it."""
        parties = {e for p in self.past[-8:] for side in p.parties for e in side}
        found = []
        for entity, seen in self.seen.items():
            if entity in taken or any(s == here for s, _ in seen):
                continue
            if here == 0:
                if any(s == 1 for s, _ in seen):
                    found.append((1, -len(seen), entity))
                continue
            before = [s for s, _ in seen if s < here]
            if not before:
                continue
            back = here - before[-1]
            often = len(before) >= OFTEN or entity in self.leading or entity in parties
            if back <= NEAR or often or before[0] <= 1:
                found.append((min(back, BEFORE), -len(seen), entity))
        return [e for _, _, e in sorted(found)[:MOST]]

    def _common(self, told: Told, ids: list[str], actors: list[str]) -> dict[str, float]:
        """What is known of an entity, whatever names it."""
        if not ids:
            return {}
        entity, kind = ids[0], told.type
        sort = self.who.kinds.get(entity, "group") + (" public" if entity in self.who.public_ids else "")
        plain = [f"is {sort}", f"{kind} is {sort}"]
        plain += sorted(self._now.got.get(entity, set()) | self._now.did.get(entity, set()))
        if entity in self.leading:
            plain.append(f"leads {self.leading.index(entity)}")
        known = self.entities.get(entity)
        against = self.entities.get(actors[0]) if actors else None
        if known is not None and against is not None and known.country and against.country:
            same = "same country" if known.country == against.country else "other country"
            plain += [same, f"{kind} {same}"]
        if self._now.source == entity:
            plain += ["source", f"{kind} source"]
        return {"mentions": min(len(self.seen.get(entity, ())), 12) / 6} | dict.fromkeys(plain, 1.0)

    def _history(self, told: Told, actors: list[str]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """How entities stood in the events told before: as recipients, of the same actors or of others; and
        as actors, against these actors or others."""
        got: dict[str, set[str]] = {}
        did: dict[str, set[str]] = {}
        mine = set(actors)
        for past in self.past[-30:]:
            does, gets = past.parties
            near = "near" if told.sentence - past.sentence <= 2 else "far"
            as_recipient = {f"was {near}"} | ({f"was {near} same"} if past.type == told.type else set())
            if not mine.isdisjoint(does):
                as_recipient |= {f"was theirs {near}"}
                as_recipient |= {"was theirs same"} if past.type == told.type else set()
            as_actor = {f"acted {near}"}
            if not mine.isdisjoint(gets):
                as_actor |= {f"acted on them {near}", f"{told.type} acted on them {near}"}
            for entity in gets:
                got.setdefault(entity, set()).update(as_recipient)
            for entity in does:
                did.setdefault(entity, set()).update(as_actor)
        return got, did

    def _word(self, told: Told, word: Word, odds: tuple[float, float] | None) -> dict[str, float]:
        """How a word of the event's own sentence stands to it."""
        kind, path = told.type, told.near.get(word.index, "?")
        out = {"words away": min(abs(word.index - told.word.index), 20) / 10}
        if odds is not None:
            out["net"], out["path"] = max(odds[0], -7.0) / 4, odds[1] / 4
        plain = [f"path={path}", f"{told.word.upos} path={path}", f"{kind} path={path}", f"tag={word.upos}"]
        plain += ["before" if word.index < told.word.index else "behind", f"rel={base(word.deprel)}"]
        plain.append(f"lemma={word.lemma.lower()}")
        return out | dict.fromkeys(plain, 1.0)

    def _far(self, told: Told, entity: str) -> dict[str, float]:
        """How an entity of another sentence stands to the event."""
        before = [(s, form) for s, form in self.seen.get(entity, ()) if s < told.sentence]
        plain = ["elsewhere", f"{told.type} elsewhere"]
        if before:
            last, form = before[-1]
            back = told.sentence - last
            far = back if back <= 3 else 4 if back <= 6 else 7
            plain += [f"back={far}", f"form={form}", f"back={min(back, 2)} form={form}"]
            plain.append(f"since {min(before[0][0], 2)}")
        else:
            plain.append("ahead")
        return {"named before": min(len(before), 8) / 4} | dict.fromkeys(plain, 1.0)
