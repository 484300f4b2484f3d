"""Who does it, and to whom: the parties of an event, from the tree to the entities."""

from __future__ import annotations

from collections.abc import Iterable

from communique.coding.clauses import agent_of, base, conjuncts, span_of, subject_of
from communique.coding.cues import status_cues
from communique.coding.eventwords import event_words
from communique.language.analysis import Parsed, Word
from communique.reading import Reading

__all__ = ["Who", "parties_of"]

# Types in which both sides do the same.
MUTUAL = {"CONSULT", "AGREE", "COOPERATE"}
ACTORS = {"person", "state", "organization", "group", "media"}
# Prepositions that bring the other party in, by how surely they do. "in" and "at" bring places.
TOWARDS = ("with", "against", "to", "on", "between", "toward", "towards", "from", "for", "among", "upon")
# Violence and troops reach their target by these too: "fired at", "strikes in Syria".
REACH = ("at", "into", "over", "in")
REACHING = {"ASSAULT", "MOBILIZE"}
# Types whose noun takes its object with "of": "the arrest of ministers", but "a protest of students".
OBJECT_WITH_OF = {"ASSAULT", "COERCE", "ACCUSE", "SUPPORT", "REJECT", "SANCTION"}


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


def parties_of(sentence: Parsed, trigger: Word, kind: str, who: Who) -> tuple[list[str], list[str]]:
    """Actors and recipients of the event that a word tells of; either may be empty.

    Args:
        sentence: the sentence.
        trigger: the verb or noun that tells of the event.
        kind: the event's type.
        who: the look-up of entities.
    """
    if trigger.upos == "VERB":
        actors, recipients = _of_verb(sentence, trigger, kind, who)
    else:
        actors, recipients = _of_noun(sentence, trigger, kind, who)
    return actors, [r for r in recipients if r not in actors]


def _of_verb(sentence: Parsed, verb: Word, kind: str, who: Who) -> tuple[list[str], list[str]]:
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
    return actors, _towards(sentence, verb, kind, who, exclude=actors)


def _of_noun(sentence: Parsed, noun: Word, kind: str, who: Who) -> tuple[list[str], list[str]]:
    actors: list[str] = []
    recipients: list[str] = []
    for i in sentence.children(noun.index):
        child = sentence.words[i]
        preposition = _case(sentence, child)
        if child.deprel in ("nmod:poss", "compound", "amod") or preposition == "by":
            actors = actors or who.phrase(sentence, child)
        elif preposition in ("between", "among"):
            both = who.phrase(sentence, child)
            if len(both) > 1 or (both and who.is_(child)):
                return both, []
        elif preposition == "of" and kind in OBJECT_WITH_OF:
            recipients = who.phrase(sentence, child)
        elif preposition == "of":
            actors = actors or who.phrase(sentence, child)
    recipients = recipients or _towards(sentence, noun, kind, who, exclude=actors)
    while (
        base(noun.deprel) == "nmod"
        and noun.head >= 0
        and sentence.words[noun.head].lemma in event_words().containers
    ):
        noun = sentence.words[noun.head]
    verb = sentence.words[noun.head] if noun.head >= 0 else None
    if verb is None or verb.upos != "VERB":
        return actors, recipients
    if noun.deprel == "nsubj:pass":
        agent = agent_of(sentence, verb)
        actors = actors or (who.phrase(sentence, agent) if agent else [])
        recipients = recipients or _towards(sentence, verb, kind, who, exclude=actors)
    elif _takes_part(sentence, verb, noun, kind):
        subject = subject_of(sentence, verb)
        doers = who.phrase(sentence, subject) if subject is not None else []
        if not actors:
            actors = doers
        elif not recipients:
            recipients = [d for d in doers if d not in actors]
        if not recipients and noun.deprel == "obj":
            recipients = _towards(sentence, verb, kind, who, exclude=[*actors, *who.phrase(sentence, noun)])
    return actors, recipients


def _takes_part(sentence: Parsed, verb: Word, noun: Word, kind: str) -> bool:
    """Is the verb's subject a party of the event that its object tells?

    Of "held talks", "seeks a summit", "arrived for talks" it is; of "condemned the protest" it is not.
    """
    if sentence.child(verb.index, "nsubj:pass"):
        return False
    if base(noun.deprel) == "obl":
        return verb.lemma in event_words().joins and _case(sentence, noun) in ("in", "for", "to", "at")
    governed = status_cues().governor(verb.lemma, "VERB", "obj")
    light = verb.lemma in event_words().light
    # One plans one's own deeds; one also rejects or weighs talks that one would take part in.
    own = governed is not None and (governed.status == "planned" or kind in MUTUAL)
    return noun.deprel == "obj" and (light or own)


def _towards(sentence: Parsed, word: Word, kind: str, who: Who, exclude: Iterable[str]) -> list[str]:
    """The other party: the object, else the phrase whose preposition points to it."""
    best: list[tuple[int, int, list[str]]] = []
    shut = set(exclude)
    leads = TOWARDS + REACH if kind in REACHING else TOWARDS
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
            if preposition not in leads:
                continue
            found, rank = who.phrase(sentence, child), 1 + leads.index(preposition)
        elif rel == "xcomp" and child.upos in ("VERB", "NOUN", "ADJ"):
            found, rank = _towards(sentence, child, kind, who, shut), 9
        else:
            continue
        found = [f for f in found if f not in shut]
        if found:
            best.append((rank, i, found))
    return min(best)[2] if best else []


def _case(sentence: Parsed, word: Word) -> str:
    found = sentence.child(word.index, "case")
    return found.lemma.lower() if found is not None else ""
