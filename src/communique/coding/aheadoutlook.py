"""Is what a sentence tells of ahead: does its verb, and what stands over it, look to the future?"""

from __future__ import annotations

from communique.coding.clauses import base
from communique.coding.status import status_of
from communique.language.analysis import Parsed, Word

__all__ = ["NEW_DAY", "WILL", "Outlook"]

PAST_AUX = {"was", "were", "had", "did"}
WILL = {"will", "shall", "'ll", "’ll"}
MODALS = WILL | {"may", "might", "could", "can", "should", "must", "would"}
PRESENT_BE = {"is", "are", "am", "'re", "’re", "'s", "’s", "'m", "’m"}
NEGATIONS = ("not", "n't", "never", "no")
NEW_DAY = ("for", "until", "till", "to")


class Outlook:
    """The tense, aspect and modality around one time of a sentence.

    Args:
        sentence: the sentence.
        time: the words of the time, in lower case.
        lists: of ``data/schedule.yaml``.
    """

    def __init__(self, sentence: Parsed, time: list[str], lists: dict[str, frozenset[str]]) -> None:
        self.sentence, self.words = sentence, sentence.words
        self.time, self.lists = time, lists

    def ahead(self, told: Word, head: Word, case: str, begun: bool) -> bool:
        """Will what is told come at the time?

        Args:
            told: the word that tells of it.
            head: the time's head.
            case: the word that leads the time in.
            begun: does the time run already?
        """
        if status_of(self.sentence, told) == "negated" or self._negated(told):
            return False
        if any(w.lemma in self.lists["cancelling"] for w in self.chain(told)):
            return False
        if told.upos in ("NOUN", "PROPN"):
            if any("had" in {h.text.lower() for h in self.helpers(w)} for w in self._above(told)):
                return False
            if case == "for" and not begun and base(head.deprel) == "obl":
                return True  # "organized a march for Tuesday"
            verb = next((w for w in self.sentence.ancestors(told.index) if w.upos in ("VERB", "AUX")), None)
            if begun:
                return verb is not None and self._future(verb) and self.time[0] not in ("earlier", "early")
            if any(c.isdigit() for word in self.time for c in word):
                return True
            led = self.sentence.child(told.index, "case")
            if led is not None and led.lemma.lower() in ("ahead", "before", "for", "until", "to", "towards"):
                return True
            return verb is None or not self._past(verb) or status_of(self.sentence, told) == "planned"
        if begun:
            done = told.xpos == "VBN" and told.deprel == "acl" and told.lemma not in self.lists["arranging"]
            return self._future(told) and not done  # "the warrant issued this week will help"
        return self._verb_ahead(told, case)

    def chain(self, told: Word) -> list[Word]:
        """The word and those that say how sure or planned it is."""
        out, word = [told], told
        for _ in range(4):
            if word.head < 0 or base(word.deprel) not in ("xcomp", "nsubj", "obj", "ccomp", "conj", "acl"):
                break
            word = self.words[word.head]
            out.append(word)
        return out

    def _above(self, told: Word) -> list[Word]:
        return [told, *self.sentence.ancestors(told.index)][:2]

    def helpers(self, word: Word) -> list[Word]:
        """Auxiliaries, copulas, conjunctions and adverbs of a word."""
        return [
            self.words[i]
            for i in self.sentence.children(word.index)
            if base(self.words[i].deprel) in ("aux", "cop", "mark", "advmod")
            and not (i > word.index and base(self.words[i].deprel) == "aux")  # an error of the tree
        ]

    def _negated(self, told: Word) -> bool:
        return any(h.lemma.lower() in NEGATIONS for w in self.chain(told)[:2] for h in self.helpers(w))

    def _future(self, verb: Word) -> bool:
        """Is there a verb of future over it: "will", "is to", "expected to"?"""
        for word in self.chain(verb):
            texts = {h.text.lower() for h in self.helpers(word)}
            if texts & {"had", "earlier"}:
                return False
            if texts & WILL or word.lemma in self.lists["expected"]:
                return True
            if word.lemma in ("schedule", "set", "due", "slate", "plan") and word.upos != "NOUN":
                return word is not verb or word.xpos in ("VBN", "JJ")
            if "to" in texts and texts & {"is", "are"}:
                return True
        return False

    def _past(self, verb: Word) -> bool:
        helpers = {h.text.lower() for h in self.helpers(verb)}
        if helpers & {"have", "has", "had", "'ve", "’ve"}:
            return True
        return verb.xpos == "VBD" or bool(helpers & {"was", "were", "did"})

    def _verb_ahead(self, verb: Word, case: str) -> bool:
        chain = self.chain(verb)
        helpers = {h.text.lower() for h in self.helpers(verb)}
        if any(self._stands_past(w) for w in chain):
            return False
        if base(verb.deprel) == "conj" and not helpers & {"will", "would", "to"} and verb.xpos == "VB":
            return self._verb_ahead(self.words[verb.head], case) if verb.head >= 0 else False
        modal = helpers & MODALS
        if verb.xpos == "VB" and self._due(verb):
            return True
        if modal:
            return not helpers & {"have", "had"} and not ("would" in modal and self._conditional(verb))
        arranged = verb.lemma in self.lists["arranging"] and case in (*NEW_DAY, "on", "in", "at")
        if verb.xpos == "VB":
            obliged = verb.head >= 0 and self.words[verb.head].lemma in self.lists["obliging"]
            planned = status_of(self.sentence, verb) in ("planned", "hypothetical")
            return planned or (obliged and case in self.lists["deadline"])
        if verb.xpos == "VBG" and (not helpers & PRESENT_BE or helpers & self.lists["going_on"]):
            return False
        if verb.xpos == "VBN" and not helpers:
            return arranged  # "the convention, scheduled for July"
        if self._past(verb):
            return arranged and case in NEW_DAY
        return True

    def _due(self, verb: Word) -> bool:
        """ "due to meet", however the tree has it."""
        return [w.text.lower() for w in self.words[max(0, verb.index - 2) : verb.index]] == ["due", "to"]

    def _stands_past(self, word: Word) -> bool:
        """ "had been due to", "was due to … but": a plan of the past."""
        helpers = {h.text.lower() for h in self.helpers(word)}
        if "had" in helpers:
            return True
        joined = [self.words[i] for i in self.sentence.children(word.index) if self.words[i].deprel == "conj"]
        return bool(helpers & PAST_AUX) and any(self._past(w) for w in joined)

    def _conditional(self, verb: Word) -> bool:
        """Under an "if" whose verb is in the past."""
        for i in self.sentence.children(verb.index):
            mark = self.sentence.child(i, "mark")
            if base(self.words[i].deprel) == "advcl" and mark is not None and mark.lemma.lower() == "if":
                return True
        return False
