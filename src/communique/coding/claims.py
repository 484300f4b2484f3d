"""Who said so: claims with their source, cue and content, and which claim is reported in which.

The network finds what is said in a sentence (``coding/attribution.py``). Here a claim is carried on over
the sentences that follow, gets its manner from the quotation marks, its source's entity, and its place
among the others.
"""

from __future__ import annotations

from communique.coding import clauses
from communique.coding.attribution import Found, claim_settings, find_in_sentence, told_on
from communique.coding.certainty import certainty_of, hear
from communique.coding.cues import report_cues
from communique.coding.script import Turn, turns
from communique.coding.sources import anonymity, load_sources
from communique.language.analysis import Parsed
from communique.language.quotes import overlap
from communique.reading import Claim, Mention, Reading, Source, Span

__all__ = ["Claims"]

RELATIVE = ("who", "that", "which")
FIRST = ("i", "me", "my", "mine", "myself")
Named = tuple[int, int, int, str]


class Claims:
    """Finds claims and which claim is reported in which."""

    reads = frozenset({"sentences", "entities", "times"})
    writes = frozenset({"claims", "entities"})

    def prepare(self) -> None:
        """Load the tables."""
        report_cues()
        claim_settings()
        load_sources()

    def __call__(self, reading: Reading) -> Reading:
        """Fill ``reading.claims``, in text order of their contents."""
        assert reading.analysis is not None
        text = reading.article.text
        quotes = reading.analysis.quotes
        found: list[Found] = []
        last: Found | None = None  # the claim that the sentence before ended with
        script = _Script(turns(text))
        for number, sentence in enumerate(reading.analysis.sentences):
            mine = find_in_sentence(number, sentence, reading.analysis.labels)
            if script.turns and script.takes(number, sentence, mine):
                found.extend(mine)
                last = None
            elif mine:
                found.extend(mine)
                last = max(mine, key=lambda f: sum(b - a for a, b in f.content))
            elif last is not None and not _carried_on(sentence, last, quotes):
                last = None
        found.sort(key=lambda f: (min(s for s, _ in f.content), f.anchor.start))
        named = _named(reading)
        reading.claims = [_claim(f"c{i}", f, quotes, reading, named) for i, f in enumerate(found, start=1)]
        _nest(reading.claims)
        ids = {f.anchor.start: c.id for f, c in zip(found, reading.claims, strict=True)}
        for one, claim in zip(found, reading.claims, strict=True):
            if one.outer is not None:
                claim.within = ids[one.outer]
        _own_words(reading)
        _first_persons(reading, quotes)
        return reading


class _Script:
    """The turns of a dialogue: whatever is said in one is its speaker's claim."""

    def __init__(self, given: list[Turn]) -> None:
        self.turns = given
        self.at = 0
        self.claim: Found | None = None

    def takes(self, number: int, sentence: Parsed, mine: list[Found]) -> bool:
        """Is the sentence said in a turn? Then the turn's claim, which joins ``mine`` if new, holds it."""
        words = [w for w in sentence.words if w.upos != "PUNCT"]
        if not words:
            return False
        end = words[-1].start
        while self.at < len(self.turns) and self.turns[self.at].end <= end:
            self.at, self.claim = self.at + 1, None
        if self.at == len(self.turns) or self.turns[self.at].start > end:
            return False
        turn = self.turns[self.at]
        said = clauses.spans_of(sentence, [w.index for w in sentence.words if w.start >= turn.start])
        if self.claim is not None:
            self.claim.content.extend(said)
            return True
        colon = next((w for w in reversed(sentence.words) if w.start < turn.start), None)
        if colon is None or colon.text != ":":
            return False
        mine[:] = [f for f in mine if f.anchor is not colon]
        heard = hear(sentence, colon, [colon.index], [w.index for w in words if w.start >= turn.start])
        speaker = next((w.start for w in reversed(words) if turn.label[0] <= w.start < turn.label[1]), None)
        self.claim = Found(
            number, colon, [turn.label], [], said, heard.act, certainty_of(heard), speaker, 1.0
        )
        mine.append(self.claim)
        return True


def _own_words(reading: Reading) -> None:
    """Whoever says "I think" or "we think" within what another claim tells is that claim's source."""
    claims = {c.id: c for c in reading.claims}
    for claim in reading.claims:
        words = " ".join(reading.evidence(s).lower() for s in claim.source.spans)
        outer = claims.get(claim.within or "")
        if words in ("i", "we") and outer is not None and outer.source.entity is not None:
            claim.source.entity = outer.source.entity
            claim.source.anonymous = outer.source.anonymous


def _first_persons(reading: Reading, quotes: list[Span]) -> None:
    """ "I" and "my" in a quotation are its source's."""
    assert reading.analysis is not None
    for sentence in reading.analysis.sentences:
        for word in sentence.words:
            if word.upos not in ("PRON", "DET") or word.text.lower() not in FIRST:
                continue
            span = (word.start, word.end)
            claim = reading.innermost(word.start)
            if claim is None or not overlap(span, quotes):
                continue
            speaker = reading.entity(claim.source.entity)
            if speaker is None or speaker.kind != "person":
                continue
            if not any((m.start, m.end) == span for m in speaker.mentions):
                speaker.mentions.append(Mention(*span, "pronoun"))
                speaker.mentions.sort(key=lambda m: (m.start, m.end))


def _carried_on(sentence: Parsed, last: Found, quotes: list[Span]) -> bool:
    """Does the sentence go on with the claim before it? Then its words become part of it."""
    words = told_on(sentence)
    if not words:
        return False
    last.content.extend(_with_marks(clauses.spans_of(sentence, words), quotes))
    return True


def _with_marks(spans: list[Span], quotes: list[Span]) -> list[Span]:
    """Spans that start or end just inside a quotation take its mark along."""
    out = []
    for start, end in spans:
        for a, b in quotes:
            start = a if a <= start <= a + 1 else start
            end = b if b - 1 <= end <= b else end
        out.append((start, end))
    return out


def _claim(claim_id: str, found: Found, quotes: list[Span], reading: Reading, named: list[Named]) -> Claim:
    content = _with_marks(found.content, quotes)
    length = sum(b - a for a, b in content)
    quoted = sum(overlap(span, quotes) for span in content)
    manner = "direct" if quoted >= 0.9 * length else "mixed" if quoted else "indirect"
    entity = _speaker(reading, found, named)
    assert reading.analysis is not None
    sentence = reading.analysis.sentences[found.sentence]
    anonymous, count = anonymity(sentence, found.source, reading.entity(entity))
    source = Source(entity, found.source, anonymous, count)
    time = next((t.id for t in reading.times if any(0 <= t.start - e <= 12 for _, e in found.cue)), None)
    return Claim(claim_id, source, found.cue, content, manner, found.act, found.certainty, time=time)


def _named(reading: Reading) -> list[Named]:
    """Length, span and entity of each mention that can be a source, the shortest first."""
    return sorted(
        (m.end - m.start, m.start, m.end, e.id)
        for e in reading.entities
        if e.kind != "place"
        for m in e.mentions
    )


def _speaker(reading: Reading, found: Found, named: list[Named]) -> str | None:
    """The entity whose mention holds the source's head word; else the first one named in its words."""
    if found.speaker is not None:
        at = _meant(reading, found, found.speaker)
        for _, start, end, entity in named:
            if start <= at < end:
                return entity
    # A state that only qualifies the source ("the “One China” policy") is not the source.
    states = {e.id for e in reading.entities if e.kind == "state"}
    inside = [
        (start, entity)
        for a, b in found.source
        for _, start, end, entity in named
        if a <= start and end <= b and entity not in states
    ]
    return min(inside)[1] if inside else None


def _meant(reading: Reading, found: Found, at: int) -> int:
    """Of "who" and "that" before a verb of saying, where the word stands that they are said of."""
    assert reading.analysis is not None
    sentence = reading.analysis.sentences[found.sentence]
    word = next((w for w in sentence.words if w.start == at), None)
    if word is None or word.lemma not in RELATIVE or word.head < 0:
        return at
    verb = sentence.words[word.head]
    return sentence.words[verb.head].start if verb.deprel == "acl:relcl" and verb.head >= 0 else at


def _nest(claims: list[Claim]) -> None:
    """``within``: the innermost claim whose content holds this one's cue (or, without cue, its content)."""
    for claim in claims:
        at = claim.cue[0] if claim.cue else claim.content[0]
        size = sum(b - a for a, b in claim.content)
        around = [
            (sum(b - a for a, b in other.content), other.id)
            for other in claims
            if other is not claim and any(a <= at[0] and at[1] <= b for a, b in other.content)
        ]
        around = [x for x in around if x[0] > size or x[1] < claim.id]
        if around:
            claim.within = min(around)[1]
