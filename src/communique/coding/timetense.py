"""Whether the words around a time expression speak of the past or of what is to come."""

from __future__ import annotations

from bisect import bisect_right

from communique.coding.clauses import base
from communique.coding.timegrammar import BREAK, Grammar, Words
from communique.language.analysis import Analysis, Parsed, Word

__all__ = ["Tenses"]

_REACH = 14  # words to either side; a verb farther off seldom governs the expression


class Tenses:
    """Answers 'past', 'future', 'near' (whichever is nearer) or None for an expression.

    Args:
        grammar: for the lists of words that show a tense.
        words: the words of the text.
        analysis: the language network's view of the text; without it the nearest telling word
            decides.
    """

    def __init__(self, grammar: Grammar, words: Words, analysis: Analysis | None = None) -> None:
        self._words = words
        self._sentences = analysis.sentences if analysis is not None else []
        self._starts = [parsed.start for parsed in self._sentences]
        self._future = grammar.listed("future_words")
        self._expecting = grammar.listed("expecting_words")
        self._intending = self._expecting | grammar.listed("intending_words")
        self._past = grammar.listed("past_words")
        self._meeting = grammar.listed("meeting_words")
        self._modal = grammar.listed("modal_words")
        self._wishing = grammar.listed("wishing_words")
        self._calling = grammar.listed("calling_words")
        self._arranged = grammar.listed("arranged_words")
        self._planning = grammar.listed("planning_nouns")
        self._done = grammar.listed("done_nouns")
        self._helping = grammar.listed("helping_verbs")
        self._denying = grammar.listed("denying_words")
        self._links = grammar.listed("time_links")

    def of(self, first: int, last: int) -> str | None:
        """The tense around the words ``first`` to ``last`` (exclusive)."""
        lead = [w.lower() for w in self._words.words[max(0, first - 3) : first]]
        if lead[-1:] == ["since"] or "did" in lead[-2:]:
            return "past"  # "he would veto it, as he did in May"
        if lead[-1:] in (["for"], ["effective"]) or lead[-2:] in (["soon", "as"], ["early", "as"]):
            return "future"  # "called elections for May 5", "set for Friday"
        if "until" in lead or "till" in lead:
            # "postponed until Friday", but "until Friday they had not called"
            return "past" if self._had(first) else "future"
        if self._sentences:
            found = self._by_tree(self._words.starts[first], self._words.ends[last - 1])
            if found:
                return found
        found = self._by_words(first, last)
        owner = self._words.words[last] in ("'s", "’s") if last < len(self._words.words) else False
        return "future" if found is None and lead[-1:] == ["before"] and not owner else found

    def _had(self, place: int) -> bool:
        """Does the clause that begins with the expression at ``place`` tell what had been?"""
        classes, words = self._words.classes, self._words.words
        if place > 1 and classes[place - 2] != BREAK:
            return False
        end = next((i for i in range(place, len(words)) if classes[i] == BREAK), len(words))
        verbs = [w.lower() for w in words[place : min(end, place + _REACH)]]
        return next((w in ("had", "was", "were") for w in verbs if w in self._helping), False)

    def _by_words(self, first: int, last: int) -> str | None:
        words, classes = self._words.words, self._words.classes
        near: list[tuple[int, str]] = []
        for n, i in enumerate(range(first - 1, max(-1, first - 1 - _REACH), -1)):
            if classes[i] == BREAK:
                break
            if cue := self._cue(i):
                near.append((n, cue))
                break
        for n, i in enumerate(range(last, min(len(words), last + _REACH))):
            if classes[i] == BREAK:
                break
            if cue := self._cue(i):
                # the verb tends to stand before the expression: what follows counts half
                near.append((2 * n + 2, cue))
                break
        return min(near)[1] if near else None

    def _cue(self, i: int) -> str | None:
        word = self._words.words[i].lower()
        if word in self._future:
            return "future"
        before = self._words.words[i - 1].lower() if i else ""
        if word in self._expecting or (word == "to" and before in self._intending):
            return "future"
        if word in self._past or (len(word) > 4 and word.endswith("ed")):
            return "past"
        return None

    def _by_tree(self, start: int, end: int) -> str | None:
        place = bisect_right(self._starts, start) - 1
        if place < 0 or start >= self._sentences[place].end:
            return None
        parsed = self._sentences[place]
        inside = {w.index for w in parsed.words if w.start < end and w.end > start}
        tops = [w for w in parsed.words if w.index in inside and w.head not in inside]
        tops.sort(key=lambda w: w.upos == "DET")
        if not tops:
            return None
        found = self._climb(parsed, tops[0])
        governor = parsed.words[tops[0].head] if tops[0].head >= 0 else None
        if found != "future" and governor is not None and self._names(tops[0], governor):
            # "the November election": past or ahead, whichever is nearer; of "the vote in November" the verb
            # tells first
            return "near" if tops[0].index < governor.index else found or "near"
        return found

    def _could_not(self, parsed: Parsed, verb: Word, aux: list[Word]) -> bool:
        """ "could not be reached on Friday": told of what was tried."""
        if verb.xpos != "VBN" or not any(w.text.lower() == "could" for w in aux):
            return False
        return any(w.text.lower() in self._denying for w in parsed.words[: verb.index])

    def _present(self, verb: Word, aux: list[Word]) -> bool:
        if verb.xpos in ("VBZ", "VBP"):
            return True
        return verb.xpos == "VBN" and any(w.text.lower() in ("is", "are") for w in aux)

    def _names(self, top: Word, noun: Word) -> bool:
        """Does the expression tell which meeting or election is meant?"""
        return base(top.deprel) in ("compound", "amod", "nmod") and noun.lemma.lower() in self._meeting

    def _climb(self, parsed: Parsed, top: Word) -> str | None:
        owner = top.deprel == "nmod:poss"
        if owner and top.head >= 0 and parsed.words[top.head].lemma.lower() in self._done:
            return "past"  # "will be tried for Monday's attack"
        for verb in parsed.ancestors(top.index):
            tag = verb.xpos
            helpers = [parsed.words[i] for i in parsed.children(verb.index)]
            aux = [w for w in helpers if w.upos == "AUX"]
            if any(w.text.lower() in ("will", "shall", "'ll", "’ll", "wo") for w in aux):
                return "future"
            led = any(w.text.lower() == "to" for w in helpers)
            ahead = verb.lemma.lower() in self._calling or verb.text.lower() in self._expecting
            if tag == "VBN" and verb.deprel in ("acl", "advcl") and not (led or ahead or aux):
                return "past"  # "the decision announced Wednesday"
            if tag == "VBG" and any(w.lemma.lower() == "after" for w in helpers):
                return "past"  # "after promising in July"
            if owner and verb.upos in ("VERB", "AUX"):
                # "Wednesday's ruling" is past for all that is ahead, "Wednesday's vote" may not be
                return None if parsed.words[top.head].lemma.lower() in self._meeting else "past"
            modal = any(w.text.lower() in self._modal for w in aux)
            if modal and not any(w.lemma == "have" for w in aux):
                return "past" if self._could_not(parsed, verb, aux) else "future"  # "must leave by Friday"
            if any(w.text.lower() == "had" for w in aux) and any(
                w.text.lower() in self._expecting for w in (verb, *helpers)
            ):
                return "past"  # "had been due to expire on Friday"
            if any(w.text.lower() in self._links for w in helpers) and self._present(verb, aux):
                return "future"  # "when the case is heard in May"
            if tag == "VB" and any(w.text.lower() in self._expecting for w in helpers):
                return "future"  # "were due to leave on Saturday"
            if tag == "VB" and led and any(w.text.lower() in ("is", "are") for w in aux):
                return "future"  # "is to meet on Tuesday"
            if led and tag == "VBN" and any(w.text.lower() == "be" for w in aux):
                return "future"  # "a round of talks to be held on Sunday"
            if tag == "VBD" and verb.lemma.lower() in self._calling:
                return "future"  # "invited them to a meeting on Friday"
            if tag in ("VBZ", "VBP") and verb.lemma.lower() in self._arranged and not aux:
                return "future"  # "leaves office in June"
            if verb.text.lower() in self._expecting and tag.startswith(("VB", "JJ")):
                return "future"
            if tag == "VBD" or any(w.xpos == "VBD" for w in aux):
                return "past"
            if tag == "VBN" and any(w.text.lower() in ("has", "have", "'s", "'ve", "’ve") for w in aux):
                return "past"
            if tag == "VB" and led:
                # "agreed to meet on Friday", but "failed to meet on Friday"
                governor = parsed.words[verb.head] if verb.head >= 0 else None
                if governor is not None and (
                    governor.text.lower() in self._intending
                    or governor.lemma.lower() in self._wishing
                    or governor.lemma.lower() in self._planning
                ):
                    return "future"
        return None
