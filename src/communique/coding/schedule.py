"""What the article says will come: times after its publication, with what is to happen then."""

from __future__ import annotations

from communique.coding.clauses import base, span_of, trimmed
from communique.language.analysis import Parsed, Word
from communique.reading import Reading, Schedule, Time

__all__ = ["Ahead"]

DEADLINE = ("by", "until", "before")
EXPECTED = {
    "expect",
    "likely",
    "may",
    "could",
    "might",
    "possible",
    "possibly",
    "hope",
    "forecast",
    "predict",
    "would",
}
LONGEST = 12  # words of a description


class Ahead:
    """Fills the schedule from times that lie after the day of publication."""

    reads = frozenset({"sentences", "times", "events"})
    writes = frozenset({"schedule"})

    def __call__(self, reading: Reading) -> Reading:
        """Fill ``reading.schedule``; empty where the day of publication is not known."""
        published = reading.article.published
        if published is None or reading.analysis is None:
            return reading
        today = published.isoformat()
        for time in reading.times:
            if time.start_day is None or time.end_day is None or time.end_day <= today or time.type == "set":
                continue
            if time.start_day <= today and time.end_day[:4] == today[:4] and len(time.value or "") < 8:
                continue  # "this month", "this year" have begun
            sentence = next((s for s in reading.analysis.sentences if s.start <= time.start < s.end), None)
            if sentence is None:
                continue
            entry = _entry(sentence, time, reading)
            if entry is not None:
                entry.id = f"k{len(reading.schedule) + 1}"
                reading.schedule.append(entry)
        return reading


def _entry(sentence: Parsed, time: Time, reading: Reading) -> Schedule | None:
    inside = [w for w in sentence.words if time.start <= w.start < time.end]
    indices = {w.index for w in inside}
    head = next((w for w in inside if w.head not in indices), None)
    if head is None or head.head < 0:
        return None
    case = sentence.child(head.index, "case")
    told = _told(sentence, sentence.words[head.head])
    words = [
        i
        for i in span_of(
            sentence,
            told,
            without=("acl", "parataxis", "advcl", "conj", "punct", "cop", "aux", "case", "mark", "det"),
        )
        if i not in indices
    ]
    words = [i for i in words if case is None or i != case.index]
    if told.upos == "VERB":
        words = [i for i in words if i >= told.index]
    words = _run_around(words, told.index)[:LONGEST]
    words = trimmed(sentence, words)
    if not words:
        return None
    start, end = sentence.words[words[0]].start, sentence.words[words[-1]].end
    event = next((e.id for e in reading.events if e.time == time.id), None)
    chain = {w.lemma.lower() for w in (told, *sentence.ancestors(told.index))} | {
        sentence.words[i].lemma.lower()
        for i in sentence.children(told.index)
        if base(sentence.words[i].deprel) in ("aux", "advmod")
    }
    status = (
        "deadline"
        if case is not None and case.lemma in DEADLINE
        else "expected"
        if chain & EXPECTED
        else "scheduled"
    )
    what = " ".join(reading.article.text[start:end].split())
    return Schedule("", time.id, event, what, start, end, status)


def _told(sentence: Parsed, head: Word) -> Word:
    """What is to happen: the subject of "is scheduled for", else the word that the time hangs on."""
    if head.upos in ("VERB", "ADJ") and (
        head.lemma in ("schedule", "set", "due", "slate", "plan", "expect", "take", "begin", "start", "open")
    ):
        subject = sentence.child(head.index, "nsubj")
        if subject is not None and subject.upos in ("NOUN", "PROPN"):
            return subject
    return head


def _run_around(indices: list[int], index: int) -> list[int]:
    """The unbroken run of indices around one of them."""
    known = set(indices)
    low = high = index
    while low - 1 in known:
        low -= 1
    while high + 1 in known:
        high += 1
    return list(range(low, high + 1))
