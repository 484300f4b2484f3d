"""Who does it, and to whom: the parties of an event, from the tree to the entities."""

from __future__ import annotations

from collections.abc import Iterable

from communique.coding.clauses import agent_of, base, conjuncts, span_of, subject_of
from communique.coding.eventwords import event_words
from communique.language.analysis import Parsed, Word
from communique.reading import Reading

__all__ = ["Who", "parties_of"]

ACTORS = {"person", "state", "organization", "group", "media"}
# Prepositions that bring the other party in, by how surely they do.
TOWARDS = (
    "with",
    "against",
    "to",
    "on",
    "between",
    "toward",
    "towards",
    "from",
    "at",
    "for",
    "among",
    "into",
    "upon",
    "over",
    "of",
    "in",
)


class Who:
    """Which entity a word of the article belongs to.

    Args:
        reading: its entities' mentions are looked up by place in the text.
    """

    def __init__(self, reading: Reading) -> None:
        self.at: dict[int, str] = {}
        kinds = {e.id: e.kind for e in reading.entities}
        spans = [(m.end - m.start, m.start, m.end, e.id) for e in reading.entities for m in e.mentions]
        for _, start, end, entity in sorted(spans, reverse=True):  # the shortest mention has the last word
            if kinds[entity] in ACTORS:
                for at in range(start, end):
                    self.at[at] = entity

    def is_(self, word: Word) -> str | None:
        """The entity whose mention the word is part of."""
        return self.at.get(word.start)

    def phrase(self, sentence: Parsed, word: Word, deep: bool = True) -> list[str]:
        """The entities that a phrase and what is joined to it name: the head's, else a qualifier's."""
        out: list[str] = []
        for one in conjuncts(sentence, word):
            found = self.is_(one)
            if found is None and deep:
                found = self._qualifier(sentence, one)
            if found and found not in out:
                out.append(found)
        return out

    def _qualifier(self, sentence: Parsed, word: Word) -> str | None:
        inside = span_of(sentence, word, without=("acl", "conj", "appos", "advcl", "parataxis"))
        first = {"nmod:poss": 0, "compound": 1, "amod": 1, "nmod": 2, "flat": 1}

        def rank(i: int) -> tuple[int, int]:
            child = sentence.words[i]
            return (first.get(child.deprel, 3 if child.head != word.index else 2), abs(i - word.index))

        for i in sorted((i for i in inside if i != word.index), key=rank):
            found = self.is_(sentence.words[i])
            if found:
                return found
        return None


def parties_of(sentence: Parsed, trigger: Word, who: Who) -> tuple[list[str], list[str]]:
    """Actors and recipients of the event that a word tells of; either may be empty.

    Args:
        sentence: the sentence.
        trigger: the verb or noun that tells of the event.
        who: the look-up of entities.
    """
    if trigger.upos == "VERB":
        actors, recipients = _of_verb(sentence, trigger, who)
    else:
        actors, recipients = _of_noun(sentence, trigger, who)
    return actors, [r for r in recipients if r not in actors]


def _of_verb(sentence: Parsed, verb: Word, who: Who) -> tuple[list[str], list[str]]:
    passive = sentence.child(verb.index, "nsubj:pass")
    if (
        passive is not None
        and sentence.child(verb.index, "obj")
        and not sentence.child(verb.index, "aux:pass")
    ):
        passive = None  # "had kidnapped 13 people": the subject does it, whatever its relation is called
    participle = (
        verb.xpos == "VBN" and base(verb.deprel) == "acl" and not sentence.child(verb.index, "aux", "nsubj")
    )
    if passive is not None or participle:
        agent = agent_of(sentence, verb)
        target = passive if passive is not None else sentence.words[verb.head]
        return (who.phrase(sentence, agent) if agent else []), who.phrase(sentence, target)
    subject = subject_of(sentence, verb)
    actors = who.phrase(sentence, subject) if subject is not None else []
    return actors, _towards(sentence, verb, who, exclude=actors)


def _of_noun(sentence: Parsed, noun: Word, who: Who) -> tuple[list[str], list[str]]:
    actors: list[str] = []
    for i in sentence.children(noun.index):
        child = sentence.words[i]
        preposition = _case(sentence, child)
        if child.deprel in ("nmod:poss", "compound", "amod") or preposition == "by":
            actors = actors or who.phrase(sentence, child)
        elif preposition in ("between", "among"):
            both = who.phrase(sentence, child)
            if len(both) > 1 or both and who.is_(child):
                return both, []
    recipients = _towards(sentence, noun, who, exclude=actors)
    while (
        base(noun.deprel) == "nmod"
        and noun.head >= 0
        and sentence.words[noun.head].lemma in event_words().containers
    ):
        noun = sentence.words[noun.head]
    verb = sentence.words[noun.head] if noun.head >= 0 else None
    if verb is not None and verb.upos == "VERB" and base(noun.deprel) in ("obj", "obl"):
        subject = subject_of(sentence, verb)
        doers = (
            who.phrase(sentence, subject)
            if subject is not None and not sentence.child(verb.index, "nsubj:pass")
            else []
        )
        if not actors:
            actors = doers
        elif not recipients:
            recipients = [d for d in doers if d not in actors]
        if not recipients and base(noun.deprel) == "obj":
            recipients = _towards(sentence, verb, who, exclude=[*actors, *who.phrase(sentence, noun)])
    elif verb is not None and verb.upos == "VERB" and noun.deprel == "nsubj:pass":
        agent = agent_of(sentence, verb)
        actors = actors or (who.phrase(sentence, agent) if agent else [])
        recipients = recipients or _towards(sentence, verb, who, exclude=actors)
    return actors, recipients


def _towards(sentence: Parsed, word: Word, who: Who, exclude: Iterable[str]) -> list[str]:
    """The other party: the object, else the phrase whose preposition points to it."""
    best: list[tuple[int, int, list[str]]] = []
    shut = set(exclude)
    for i in sentence.children(word.index):
        child = sentence.words[i]
        rel = base(child.deprel)
        if child.deprel in ("obj", "iobj"):
            deep = word.lemma not in event_words().direct
            found, rank = who.phrase(sentence, child, deep), 0 if who.is_(child) else 2
        elif rel in ("obl", "nmod") and child.deprel not in (
            "nmod:poss",
            "obl:agent",
            "obl:tmod",
            "obl:unmarked",
            "nmod:unmarked",
        ):
            preposition = _case(sentence, child)
            if preposition not in TOWARDS:
                continue
            found, rank = who.phrase(sentence, child), 1 + TOWARDS.index(preposition)
        elif rel == "xcomp" and child.upos in ("VERB", "NOUN", "ADJ"):
            found, rank = _towards(sentence, child, who, shut), 9
        else:
            continue
        found = [f for f in found if f not in shut]
        if found:
            best.append((rank, i, found))
    return min(best)[2] if best else []


def _case(sentence: Parsed, word: Word) -> str:
    found = sentence.child(word.index, "case")
    return found.lemma.lower() if found is not None else ""
