"""What grammar says of who is on which side of an event, where it leaves no doubt.

The network and the tree's paths weigh who does it and to whom; of a few constructions the tree alone is
sure: a passive's subject does not do it, nor does whoever crushes a revolt revolt.
"""

from __future__ import annotations

from communique.coding.clauses import base
from communique.coding.eventwords import event_words
from communique.coding.unnamed import somebody
from communique.language.analysis import Parsed, Word

__all__ = ["Named", "by_its_doer", "cannot_act", "joined"]

Named = list[tuple[Word, float]]
PASSIVE_SUBJECT = (">nsubj:pass", ">nsubj:pass>conj")
SHARED_SUBJECT = ("<conj>nsubj", "<conj>nsubj>conj", "<conj>nsubj:pass")  # "served ten years and was freed"
# From a verb to those who stand against its object: its subject, and all that is further up.
AGAINST = (">nsubj", "<")
AGENT = (">obl:agent", ">obl:by")  # of a passive
# From a noun to whose it is: "Assad's crackdown", "police crackdown".
OWNING = (">nmod:poss", ">nmod:by", ">compound", ">amod")


def cannot_act(sentence: Parsed, trigger: Word, index: int, path: str) -> bool:
    """Does the tree say that a word does not name who does what the trigger tells?

    Args:
        sentence: the sentence of both.
        trigger: the word that tells of the event.
        index: the word that may name a party.
        path: how the tree leads there from the trigger (``paths_from``).
    """
    return _suffers(sentence, trigger, index, path) or _opposes(sentence, trigger, path)


def by_its_doer(sentence: Parsed, trigger: Word, actors: Named, recipients: Named) -> tuple[Named, Named]:
    """The sides of "protesting students": the noun that the participle stands before does it, and nobody
    else; of other triggers as they are."""
    doer = _doer(sentence, trigger)
    head = [(word, chance) for word, chance in (*actors, *recipients) if word.index == doer]
    if not head:
        return actors, recipients
    return [max(head, key=lambda x: x[1])], [x for x in recipients if x[0].index != doer]


def joined(sentence: Parsed, trigger: Word, actors: Named, recipients: Named) -> tuple[Named, Named]:
    """The sides, with those who stand together in the subject on one of them: "Ruiz and Lee refused"; where
    all of them stand on both, they do it to one another."""
    subject = sentence.child(trigger.index, "nsubj")
    on = [{w.index for w, _ in side} for side in (actors, recipients)]
    if subject is None or subject.deprel == "nsubj:pass" or subject.index not in on[0] - on[1]:
        return actors, recipients
    rest = {i for i in sentence.children(subject.index) if sentence.words[i].deprel == "conj"}
    moved = [x for x in recipients if x[0].index in rest and x[0].index not in on[0]]
    return [*actors, *moved], [x for x in recipients if x[0].index not in rest]


def _doer(sentence: Parsed, trigger: Word) -> int | None:
    """The noun before which a participle tells what it does."""
    if trigger.xpos != "VBG":
        return None
    if base(trigger.deprel) == "amod":
        return trigger.head
    # Trees take "threatened protesting workers" for a verb and its object; one protests against cuts, not
    # against a bare plural of people.
    after = sentence.words[trigger.index + 1] if trigger.index + 1 < len(sentence.words) else None
    if after is None or (after.deprel, after.head, after.xpos) != ("obj", trigger.index, "NNS"):
        return None
    crowd = event_words().strong.get(trigger.lemma) == "PROTEST" and somebody(after)
    return after.index if crowd else None


def _suffers(sentence: Parsed, trigger: Word, index: int, path: str) -> bool:
    """Is it done to the word: "envoys were freed", "targets hit on Friday"?"""
    if trigger.xpos != "VBN":
        return False
    children = [sentence.words[i].deprel for i in sentence.children(trigger.index)]
    if path in PASSIVE_SUBJECT or _included(sentence, trigger, index):
        return "aux:pass" in children
    if path in SHARED_SUBJECT:
        return "aux:pass" in children and "nsubj:pass" not in children
    reduced = trigger.deprel == "acl" and not {base(rel) for rel in children} & {"aux", "nsubj"}
    return reduced and index == trigger.head


def _included(sentence: Parsed, trigger: Word, index: int) -> bool:
    """Is the word one of those already named: "were beaten, including two deputies"?"""
    way = [sentence.words[index], *sentence.ancestors(index)]
    below = way[: next((n for n, w in enumerate(way) if w.index == trigger.index), 0)]
    cases = (sentence.child(w.index, "case") for w in below)
    return any(case is not None and case.lemma.lower() == "include" for case in cases)


def _opposes(sentence: Parsed, trigger: Word, path: str) -> bool:
    """Does the word stand against what the trigger tells: who crushes, condemns or faces a protest?"""
    if trigger.upos == "VERB" or trigger.head < 0:
        return False
    above = sentence.words[trigger.head]
    particle = sentence.child(above.index, "compound:prt")
    lemma = f"{above.lemma} {particle.text}" if particle is not None else above.lemma
    if lemma.lower() not in event_words().opposing:
        return False
    if base(trigger.deprel) not in ("obj", "nsubj", "obl", "nmod") or not path.startswith("<"):
        return False
    rest = path[next((n for n in range(1, len(path)) if path[n] in "<>"), len(path)) :]
    if above.upos == "VERB":
        return rest.startswith(AGAINST) or (above.xpos == "VBN" and rest.startswith(AGENT))
    # "Pressure on the king to end a crackdown on protests": all above act in it.
    return rest.startswith((*OWNING, "<obj")) or rest.removesuffix(">conj").endswith(">nsubj")
