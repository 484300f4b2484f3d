"""Who and what the article speaks of: names told apart and merged, countries resolved, titles read.

Four passes in text order: names; nouns of role that act without one ("Japanese officials", "the prime
minister"); what is named again by what it is ("the party", "the two countries"); pronouns. At last the bodies
whose names several countries have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.coding.bodies import hint, settle
from communique.coding.homes import add_homes
from communique.coding.identity import link
from communique.coding.mentions import find_names
from communique.coding.naming import Register
from communique.coding.nouns import add_nouns
from communique.coding.pronouns import add_pronouns
from communique.coding.retold import add_descriptions
from communique.knowledge import find_organization, gazetteer, titles
from communique.knowledge.overlay import using
from communique.knowledge.people import named
from communique.reading import Entity, Mention, Reading

if TYPE_CHECKING:
    from communique.knowledge.own import Actors

__all__ = ["Entities"]

_FORMS = {"name": 0, "metonym": 1, "title": 2, "description": 3, "pronoun": 4}


class Entities:
    """The step. Writes ``reading.entities`` in order of first mention, ids n1, n2 …

    Sectors are PLOVER's codes; ``kb`` is "iso:JPN" for states and former states' names have none,
    "org:…", "media:…" and "person:…" for what the tables know.

    Args:
        actors: a user's own, which stand before the tables.
    """

    reads = frozenset({"sentences"})
    writes = frozenset({"entities"})

    def __init__(self, actors: Actors | None = None) -> None:
        self.actors = actors

    def prepare(self) -> None:
        """Load the tables."""
        gazetteer()
        titles()
        find_organization("")
        named("")

    def __call__(self, reading: Reading) -> Reading:
        if reading.analysis is None:
            reading.entities = []
            return reading
        text = reading.article.text
        found = find_names(reading.analysis, text)
        with using(self.actors):
            register = Register(reading.analysis, text, found)
            register.day = reading.article.published
            link(register, register.day)
            add_nouns(register)
        add_descriptions(register)
        add_pronouns(register)
        hint(register.drafts)
        add_homes(register.drafts, [s.start for s in reading.analysis.sentences])
        settle(register.drafts, register.mentioned)
        drafts = [d for d in register.drafts if d.mentions]
        for draft in drafts:
            by_span: dict[tuple[int, int], Mention] = {}
            for mention in sorted(draft.mentions, key=lambda m: (m.start, m.end, _FORMS[m.form])):
                by_span.setdefault((mention.start, mention.end), mention)
            draft.mentions = list(by_span.values())
        drafts.sort(key=lambda d: (d.mentions[0].start, d.mentions[0].end))
        reading.entities = [
            Entity(f"n{i}", d.name, d.kind, d.country, d.sectors, d.role, d.kb, d.mentions)
            for i, d in enumerate(drafts, 1)
        ]
        return reading
