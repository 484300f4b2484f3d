"""Who may be meant by a pronoun: the entities, and those without a name, that were mentioned before it,
each with what speaks for it.

A ranking of mentions with few features, as Denis and Baldridge (2008) have it. Several who stand together
("Chad and Niger") may be meant at once.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from communique.coding.bindings import ahead, aside, barred, role, says, subjects
from communique.coding.clauses import base
from communique.coding.naming import Register
from communique.coding.people import Draft
from communique.coding.pronounfeatures import About, Known, Pronoun, Seen, features
from communique.coding.unnamed import BODY, MANY, ONE, THING, THINGS
from communique.language.quotes import find_quotes

__all__ = ["CLASSES", "TOGETHER", "Candidate", "Pronoun", "Ranker"]

CLASSES = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
}
TOGETHER = "together"  # the kind of several entities that are meant at once
KINDS = {
    "he": ("person", ONE),
    "she": ("person", ONE),
    "they": ("group", "organization", "state", "media", MANY, ONE, THINGS, BODY, TOGETHER),
    "it": ("state", "organization", "group", "media", "place", "other", THING, BODY),
}
FARTHEST = 3  # sentences
_MEMBERS = frozenset({"person", "state", "organization", "group", "media", "place", MANY, ONE})
_WHOLE = frozenset({"among", "of", "between"})


@dataclass(slots=True)
class Candidate:
    """An entity that may be meant, with what speaks for it."""

    draft: Draft
    features: dict[str, float] = field(default_factory=dict)


class Ranker:
    """The pronouns of an article, each with its candidates in text order; what is settled is added by
    ``mean``.

    Args:
        register: entities by name and title.
        others: those without a name, who become entities where a pronoun means them.
    """

    def __init__(self, register: Register, others: Sequence[Draft] = ()) -> None:
        self.register = register
        # Who is meant once becomes an entity, of another kind; what was learned of it holds on.
        self.others = {id(d): d.kind for d in others}
        self.members: dict[int, list[Draft]] = {}
        self.sentences = register.analysis.sentences
        self.starts = [s.start for s in self.sentences]
        self.quotes = _quotes(register.text)
        self.opens = [a for a, _ in self.quotes]
        self.seen: list[Seen] = []
        for draft in (*register.drafts, *others):
            for mention in draft.mentions:
                self._note(draft, mention.start, mention.end, mention.form)
        self._together()
        self.seen.sort(key=lambda s: (s.start, s.word))
        self.order = [s.start for s in self.seen]
        self.places: dict[int, list[int]] = {}
        for one in self.seen:
            self.places.setdefault(id(one.draft), []).append(one.start)
        self.early = {id(s.draft) for s in self.seen[:12] if s.number <= 1}

    def pronouns(self, classes: Mapping[str, str] = CLASSES) -> Iterator[Pronoun]:
        """The pronouns that may mean an entity."""
        for number, sentence in enumerate(self.sentences):
            for word in sentence.words:
                kind = classes.get(word.text.lower())
                if kind and word.upos in ("PRON", "DET") and word.deprel != "expl":
                    yield Pronoun(number, word, kind, self.quote_at(word.start))

    def quote_at(self, place: int) -> int:
        """The quotation in which a place of the text stands, -1 for none."""
        at = bisect_right(self.opens, place) - 1
        return at if at >= 0 and place < self.quotes[at][1] else -1

    def mean(self, pronoun: Pronoun, draft: Draft) -> None:
        """Note that the pronoun means that entity, or all of several."""
        word = pronoun.word
        for one in self.members.get(id(draft), [draft]):
            one.add(word.start, word.end, "pronoun")
        if draft.kind in ("person", ONE) and pronoun.kind in ("he", "she"):
            draft.female = pronoun.kind == "she"
        at = bisect_right(self.order, word.start)
        self.order.insert(at, word.start)
        seen = Seen(draft, pronoun.number, word.index, word.start, "pronoun", pronoun.quote, pronoun.kind)
        self.seen.insert(at, seen)
        insort(self.places.setdefault(id(draft), []), word.start)

    def candidates(self, pronoun: Pronoun) -> list[Candidate]:
        """Who was mentioned in this sentence before the pronoun or in the three before it, last mentioned
        first; then the subject before which it stands in front ("In her speech, Merkel said")."""
        before: dict[int, list[Seen]] = {}
        for k in range(bisect_left(self.order, pronoun.word.start) - 1, -1, -1):
            one = self.seen[k]
            if pronoun.number - one.number > FARTHEST:
                break
            if self._kind(one.draft) not in KINDS[pronoun.kind] or self._unfit(one.draft, pronoun):
                continue
            before.setdefault(id(one.draft), []).append(one)
        about = self._about(pronoun)
        for key in [k for k, mentions in before.items() if self._barred(pronoun, mentions, about)]:
            del before[key]
        out = []
        for rank, mentions in enumerate(before.values()):
            last = mentions[0]
            known = self._known(pronoun, last.draft)
            told = features(self.sentences, pronoun, mentions, rank, about, known)
            out.append(Candidate(last.draft, told))
        self._ahead(pronoun, out)
        return out

    def _ahead(self, pronoun: Pronoun, found: list[Candidate]) -> None:
        """Note of whom the sentence goes on to tell; add them, where nothing before speaks of them."""
        subject = ahead(self.sentences[pronoun.number], pronoun.word)
        if subject is None:
            return
        kind = pronoun.kind
        for one in self.seen[bisect_left(self.order, pronoun.word.end) :]:
            if one.start > subject.start:
                break
            if one.word != subject.index or self._kind(one.draft) not in KINDS[kind]:
                continue
            if self._unfit(one.draft, pronoun):
                continue
            candidate = next((c for c in found if c.draft is one.draft), None)
            if candidate is None:
                known = self._known(pronoun, one.draft)
                candidate = Candidate(one.draft, {f"{kind} is {known.kind}": 1.0, "only ahead": 1.0})
                found.append(candidate)
            group = self._known(pronoun, one.draft).group
            candidate.features |= {"ahead": 1.0, f"{kind} ahead": 1.0, f"{group} ahead": 1.0}

    def nobody(self, pronoun: Pronoun, count: int) -> dict[str, float]:
        """What speaks for nobody of them."""
        kind = pronoun.kind
        out = {f"{kind} none": 1.0, f"{kind} none of {min(count, 6)}": 1.0}
        if pronoun.quote >= 0:
            out["quoted none"] = 1.0
            out[f"{kind} quoted none"] = 1.0
        out[f"{kind} {role(self.sentences[pronoun.number], pronoun.word)} none"] = 1.0
        return out

    def speakers(self, quote: int) -> list[Draft]:
        """Whose words a quotation is: the subjects of the verbs that tell beside it; none for -1."""
        if quote < 0:
            return []
        start, end = self.quotes[quote]
        first, last = bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1) - 1
        found: dict[int, Draft] = {}
        low, high = self.sentences[first].start, self.sentences[last].end
        for one in self.seen[bisect_left(self.order, low) : bisect_left(self.order, high)]:
            sentence = self.sentences[one.number]
            if one.number in (first, last) and one.quote < 0 and says(sentence, sentence.words[one.word]):
                found[id(one.draft)] = one.draft
        return list(found.values())

    def _kind(self, draft: Draft) -> str:
        return self.others.get(id(draft), draft.kind)

    def _unfit(self, draft: Draft, pronoun: Pronoun) -> bool:
        female = draft.female
        return pronoun.kind in ("he", "she") and female is not None and female != (pronoun.kind == "she")

    def _barred(self, pronoun: Pronoun, mentions: list[Seen], about: About) -> bool:
        """Does grammar rule the candidate out: "Kim embraced him", "a few of them", "Carlsberg, its rival",
        a main subject whom only a relative clause beside it names; or is it named nowhere but in the
        quotation of which the pronoun is the speaker?"""
        here = {m.word for m in mentions if m.number == pronoun.number}
        if not here or about.reflexive:
            return False
        if pronoun.quote < 0 and about.says and all(m.quote >= 0 for m in mentions):
            return True
        if about.role == "main" and all(m.number == pronoun.number for m in mentions):
            sentence = self.sentences[pronoun.number]
            if all(aside(sentence, index, pronoun.word.index) for index in here):
                return True
        return bool(here & about.barred)

    def _about(self, pronoun: Pronoun) -> About:
        sentence, word = self.sentences[pronoun.number], pronoun.word
        case = sentence.child(word.index, "case")
        return About(
            role(sentence, word),
            word.text.lower().endswith("self") or word.text.lower().endswith("selves"),
            subjects(sentence, word),
            case is not None and case.text.lower() in _WHOLE,
            says(sentence, word),
            {id(d) for d in self.speakers(pronoun.quote)},
            barred(sentence, word),
        )

    def _known(self, pronoun: Pronoun, draft: Draft) -> Known:
        group = "u" if id(draft) in self.others else "t" if draft.kind == TOGETHER else "n"
        often = math.log(1 + bisect_left(self.places[id(draft)], pronoun.word.start))
        return Known(self._kind(draft), group, often, id(draft) in self.early)

    def _note(self, draft: Draft, start: int, end: int, form: str) -> None:
        number = bisect_right(self.starts, start) - 1
        if number < 0:
            return
        inside = [w for w in self.sentences[number].words if start <= w.start and w.end <= end]
        if inside:
            heads = [w for w in inside if not any(v.index == w.head for v in inside)]
            index = (heads or inside)[0].index
            self.seen.append(Seen(draft, number, index, start, form, self.quote_at(start)))

    def _together(self) -> None:
        """Add those who stand together: joined by "and", or meant by the same words ("both sides")."""
        by_word: dict[tuple[int, int], list[Seen]] = {}
        for one in self.seen:
            by_word.setdefault((one.number, one.word), []).append(one)
        made: dict[frozenset[int], Draft] = {}
        for (number, index), ones in list(by_word.items()):
            drafts = list({id(s.draft): s.draft for s in ones}.values())
            if len(drafts) < 2:
                drafts = self._joined(number, index, by_word)
            if len(drafts) < 2 or not all(d.kind in _MEMBERS for d in drafts):
                continue
            key = frozenset(id(d) for d in drafts)
            draft = made.get(key)
            if draft is None:
                draft = made[key] = Draft(" and ".join(d.name for d in drafts), TOGETHER)
                self.members[id(draft)] = drafts
            first = ones[0]
            self.seen.append(Seen(draft, number, index, first.start, first.form, first.quote))

    def _joined(self, number: int, index: int, at: dict[tuple[int, int], list[Seen]]) -> list[Draft]:
        sentence = self.sentences[number]
        head = sentence.words[index]
        if base(head.deprel) in ("conj", "amod", "compound", "flat"):
            return []
        rest = [i for i in sentence.children(index) if sentence.words[i].deprel == "conj"]
        links = {w.text.lower() for i in rest if (w := sentence.child(i, "cc")) is not None}
        if not rest or not links <= {"and", "&"} or not links:
            return []
        found = [at.get((number, i)) for i in (index, *rest)]
        drafts = {id(f[0].draft): f[0].draft for f in found if f}
        return list(drafts.values()) if all(found) else []


def _quotes(text: str) -> list[tuple[int, int]]:
    """The quotations of a text, paragraph by paragraph."""
    blocks, at = [], 0
    for part in text.split("\n\n"):
        blocks.append((at, at + len(part)))
        at += len(part) + 2
    return find_quotes(text, blocks)
