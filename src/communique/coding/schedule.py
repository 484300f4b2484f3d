"""What the article says will come: times after its publication, with what is to happen then."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from communique.coding.aheadoutlook import NEW_DAY, WILL, Outlook
from communique.coding.aheadphrases import naming
from communique.coding.clauses import base
from communique.coding.eventwords import event_words
from communique.coding.lexicons import DATA, load_yaml
from communique.language.analysis import Parsed, Word
from communique.reading import Reading, Schedule, Time

__all__ = ["Ahead"]

HOPS = 5


@cache
def _lists() -> dict[str, frozenset[str]]:
    raw = load_yaml(DATA / "schedule.yaml")
    lists = {name: frozenset(w.strip() for w in words.split(",")) for name, words in raw.items()}
    return {**lists, "nouns": lists["nouns"] | frozenset(event_words().nouns)}


@dataclass(slots=True)
class _Found:
    entry: Schedule
    time: Time
    lemma: str


class Ahead:
    """Fills the schedule from times that lie after the day of publication."""

    reads = frozenset({"sentences", "times", "events"})
    writes = frozenset({"schedule"})

    def prepare(self) -> None:
        """Load the word lists."""
        _lists()

    def __call__(self, reading: Reading) -> Reading:
        """Fill ``reading.schedule``; empty where the day of publication is not known."""
        published = reading.article.published
        if published is None or reading.analysis is None:
            return reading
        today = published.isoformat()
        kept: list[_Found] = []
        for time in reading.times:
            if time.type not in ("date", "time") or not time.start_day or not time.end_day:
                continue
            if time.end_day <= today:
                continue
            sentence = next((s for s in reading.analysis.sentences if s.start <= time.start < s.end), None)
            found = (
                _Finder(reading, sentence, time, _begun(reading, time, today)).find() if sentence else None
            )
            if found is not None:
                _add(kept, found)
        for found in kept:
            found.entry.id = f"k{len(reading.schedule) + 1}"
            reading.schedule.append(found.entry)
        return reading


def _add(kept: list[_Found], new: _Found) -> None:
    """One entry a happening and date; of times one within the other the narrower stays."""
    for n, old in enumerate(kept):
        a, b = old.time, new.time
        nested = _within(a, b) or _within(b, a)
        same_place = old.entry.start < new.entry.end and new.entry.start < old.entry.end
        if nested and (same_place or (old.lemma == new.lemma and _within(a, b) and _within(b, a))):
            if same_place and not _within(a, b):
                kept[n] = new
            return
    kept.append(new)


def _begun(reading: Reading, time: Time, today: str) -> bool:
    """Does the time run already? "Later this week" does not."""
    return (time.start_day or "") <= today and not reading.article.text[time.start :].lower().startswith(
        "later"
    )


def _within(inner: Time, outer: Time) -> bool:
    return (outer.start_day or "") <= (inner.start_day or "") and (inner.end_day or "") <= (
        outer.end_day or ""
    )


class _Finder:
    """Finds what is to happen at one time."""

    def __init__(self, reading: Reading, sentence: Parsed, time: Time, begun: bool) -> None:
        self.reading, self.sentence, self.time, self.begun = reading, sentence, time, begun
        self.words = sentence.words
        self.lists = _lists()
        inside = [w for w in self.words if w.start < time.end and w.end > time.start]
        self.inside = {w.index for w in inside}
        self.outlook = Outlook(sentence, [w.text.lower() for w in inside], self.lists)

    def find(self) -> _Found | None:
        inside = [self.words[i] for i in sorted(self.inside)]
        if not inside or inside[0].start != self.time.start or inside[-1].end != self.time.end:
            return None  # part of a word: "March 4c"
        head = next((w for w in inside if w.head not in self.inside), None)
        if head is None:
            return None
        after = self.words[inside[-1].index + 1].text if inside[-1].index + 1 < len(self.words) else ""
        if after == "|":
            return None  # the stamp of a comment
        if self.time.type == "time" and self._heads(inside[-1].index):
            return None  # "NAIROBI, 3:43 p.m.: Protesters …", of a live report
        case = self._case(head)
        if case in self.lists["not_ahead"]:
            return None
        if case in self.lists["deadline"]:
            self.begun = False  # "by the end of the month" is ahead although the month has begun
        told = self._told(head)
        if told is None or not self._near(told) or not self.outlook.ahead(told, head, case, self.begun):
            return None
        return self._entry(told, case)

    def _heads(self, last: int) -> bool:
        """Does a colon after the time set it off as a heading, with no verb before?"""
        colon = next((w.index for w in self.words[last + 1 : last + 9] if w.text == ":"), None)
        return colon is not None and all(w.upos not in ("VERB", "AUX") for w in self.words[:colon])

    def _near(self, told: Word) -> bool:
        """No other past verb stands between, and nothing parts a time that has begun from its verb."""
        first, last = min(self.inside), max(self.inside)
        between = (
            self.words[told.index + 1 : first] if told.index < first else self.words[last + 1 : told.index]
        )
        if told.index < first and any(w.xpos == "VBD" and w.upos == "VERB" for w in between):
            return False
        if not self.begun or told.upos != "VERB":
            return True
        if told.index < first:
            return all(w.text != "," for w in between)
        return first == 0 or self.words[first - 1].upos in ("PUNCT", "CCONJ", "SCONJ", "ADV")

    def _case(self, head: Word) -> str:
        """The word that leads the time in: 'by', 'on', 'no later than' as 'by'."""
        before = [w.text.lower() for w in self.words[max(0, min(self.inside) - 3) : min(self.inside)]]
        if before[-2:] == ["later", "than"]:
            return "by"
        if before[-3:] in (["as", "soon", "as"], ["as", "early", "as"]):
            return "on"
        case = self.sentence.child(head.index, "case", "mark")
        if case is not None:
            return case.lemma.lower()
        return before[-1] if before and before[-1] in self.lists["deadline"] else ""

    def _told(self, head: Word) -> Word | None:
        """The eventive noun or the verb that the time hangs on, over words that name no happening."""
        word = head
        for hop in range(HOPS):
            if word.head < 0:
                return None
            rel, above = base(word.deprel), self.words[word.head]
            if hop and rel in ("ccomp", "parataxis") or word.deprel == "acl:relcl":
                return None
            word = above
            if above.index in self.inside or above.xpos == "CD":
                continue
            if above.upos == "VERB":
                if above.xpos == "VBG" and above.lemma in self.lists["as_prepositions"] and above.head >= 0:
                    continue
                return (
                    self._had_until(above)
                    or self._arranged_to(above)
                    or self._invited_to(above)
                    or self._called_for(above)
                    or above
                )
            if above.upos in ("NOUN", "PROPN"):
                if above.lemma.lower() in self.lists["nouns"]:
                    return above
                if hop == 0 and head.index < above.index:
                    return None  # "the 2018 model"
                if self.sentence.child(above.index, "cop"):
                    return self._subject(above)  # "the date of the vote is May 5"
            elif self.sentence.child(above.index, "nsubj"):
                will = {h.text.lower() for h in self.outlook.helpers(above)} & WILL
                if will or above.lemma in self.lists["adjectives"]:
                    return above
        return None

    def _had_until(self, verb: Word) -> Word | None:
        """ "has until Friday to leave": the leaving."""
        if verb.lemma not in ("have", "give"):
            return None
        found = (self.words[i] for i in self.sentence.children(verb.index) if i > max(self.inside))
        clauses = ("xcomp", "advcl", "acl")
        return next((w for w in found if w.xpos == "VB" and base(w.deprel) in clauses), None)

    def _arranged_to(self, verb: Word) -> Word | None:
        """ "is scheduled on Friday to meet": the meeting."""
        if verb.lemma not in self.lists["arranging"] | self.lists["containers"]:
            return None
        found = self.sentence.child(verb.index, "xcomp")
        return found if found is not None and found.xpos == "VB" else None

    def _invited_to(self, verb: Word) -> Word | None:
        """ "invited them to a meeting on Friday": the meeting."""
        if verb.lemma not in self.lists["inviting"]:
            return None
        found = (self.words[i] for i in self.sentence.children(verb.index) if i < min(self.inside))
        nouns = [
            w for w in found if base(w.deprel) in ("obl", "obj") and w.lemma.lower() in self.lists["nouns"]
        ]
        return nouns[-1] if nouns else None

    def _called_for(self, verb: Word) -> Word | None:
        """ "called for a rally on February 14", "organized a march for Tuesday": the rally."""
        if verb.lemma not in self.lists["calling"]:
            return None
        for i in self.sentence.children(verb.index):
            word = self.words[i]
            if i < min(self.inside) and base(word.deprel) in ("obl", "obj"):
                case = self.sentence.child(i, "case")
                direct = case is None if word.deprel == "obj" else case is not None and case.lemma == "for"
                if direct and word.lemma.lower() in self.lists["nouns"]:
                    return word
        return None

    def _subject(self, word: Word) -> Word | None:
        """The eventive noun that is the word's subject."""
        found = self.sentence.child(word.index, "nsubj")
        return found if found is not None and found.lemma.lower() in self.lists["nouns"] else None

    def _entry(self, told: Word, case: str) -> _Found | None:
        times = [
            w.index
            for w in self.words
            if any(t.start <= w.start < t.end for t in self.reading.times if t.type in ("date", "time"))
        ]
        named = naming(self.sentence, told, times, self.lists)
        if named is None:
            return None
        word, run = named
        start, end = self.words[run[0]].start, self.words[run[-1]].end
        what = " ".join(self.reading.article.text[start:end].split())
        event = next(
            (
                e.id
                for e in self.reading.events
                if (e.time == self.time.id and e.sentence == self._sentence_id()) or start <= e.start < end
            ),
            None,
        )
        chain = {w.lemma.lower() for t in (told, word) for w in self.outlook.chain(t)}
        chain |= {h.lemma.lower() for w in self.outlook.chain(told) for h in self.outlook.helpers(w)}
        open_end = case in NEW_DAY and bool(chain & self.lists["staying"])
        unsure = case == "before" and bool(chain & self.lists["expected"])
        dead = case in self.lists["deadline"] and not (chain & self.lists["moving"] or open_end or unsure)
        status = (
            "deadline"
            if dead or word.lemma.lower() == "deadline"
            else "expected"
            if chain & self.lists["expected"]
            else "scheduled"
        )
        entry = Schedule("", self.time.id, event, what, start, end, status)
        return _Found(entry, self.time, word.lemma.lower())

    def _sentence_id(self) -> str:
        return next((s.id for s in self.reading.sentences if s.start <= self.time.start < s.end), "")
