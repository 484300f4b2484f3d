"""From the network's scores to what is said in a sentence: cue, source and content of each claim.

A word may head a cue; for such a word the network scores every word of the sentence as part of the cue, of
the source, of what is said. Those scores become stretches of words; ``coding/certainty.py`` tells the act and
how sure it sounds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from communique.coding import clauses
from communique.coding.certainty import certainty_of, cue_of, hear
from communique.coding.clauses import base
from communique.coding.cues import report_cues
from communique.coding.lexicons import DATA, load_yaml
from communique.coding.mentions import head_of
from communique.language.analysis import Parsed, Word
from communique.reading import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Found", "claim_settings", "find_in_sentence", "together", "told_on"]

# Acts that a claim inside a claim may be, the fewest words it says, and the pronouns that may say it.
SAYING = ("assert", "deny", "promise", "threaten", "demand")
FEW = 3
CUE_REACH = 12  # words from a cue's head; what stands farther off is a byline or another cue
ALIKE = 0.8  # two claims of one source that share so much are one
INTERVIEWS = ("interview", "conversation", "briefing", "account")
CITING = ("cite", "quote")
DEEDS = ("AID", "RETREAT", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "COOPERATE")
THIRD = ("he", "she", "they", "it")


@dataclass(slots=True)
class Found:
    """A claim before it has an id: spans of source, cue and content, and what the cue tells.

    Attributes:
        anchor: the word that heads the cue.
        speaker: where the source's head word begins, or None.
        chance: how sure the network is that it is a cue.
        outer: where the anchor of the claim begins in whose words this one is reported, where its own
            cue does not stand in them.
    """

    sentence: int
    anchor: Word
    source: list[Span]
    cue: list[Span]
    content: list[Span]
    act: str
    certainty: float
    speaker: int | None
    chance: float
    outer: int | None = None


@cache
def claim_settings() -> dict[str, Any]:
    """Thresholds, from ``data/claims.yaml``."""
    found: dict[str, Any] = load_yaml(DATA / "claims.yaml")
    return found


def find_in_sentence(number: int, sentence: Parsed, labels: dict[str, list[str]]) -> list[Found]:
    """The claims of one sentence, in order of their cues; ``labels`` are the network's."""
    if "claim" not in sentence.scores:
        return []
    settings = claim_settings()
    heads = sentence.scores["claim"][:, 0]
    out: list[Found] = []
    for i in (heads > settings["cue_head"]).nonzero()[0].tolist():
        made = _found(number, sentence, i, float(heads[i]), labels["event"])
        if made is not None:
            out.append(made)
    out = _without_doubles(out)
    out += [f for outer in out for f in _within(number, sentence, outer)]
    out += [f for outer in out if (f := _cited(number, sentence, outer)) is not None]
    adverbs = [w for w in sentence.words if w.upos == "ADV"]
    out += [f for word in adverbs if (f := _unsourced(number, sentence, word)) is not None]
    return sorted(_without_doubles(out), key=lambda f: f.anchor.index) if out else out


def _within(number: int, sentence: Parsed, outer: Found) -> list[Found]:
    """What is reported inside a claim ("the paper reported that the minister said …"): the network marks
    the outermost, the tree tells the others."""
    cues = report_cues()
    out = []
    for verb in sentence.words:
        cue = cues.verbs.get(verb.lemma.lower()) if verb.upos == "VERB" else None
        if cue is None or cue.act not in SAYING or not any(a <= verb.start < b for a, b in outer.content):
            continue
        subject, clause = sentence.child(verb.index, "nsubj"), sentence.child(verb.index, "ccomp")
        if subject is None or clause is None or clause.index < verb.index:
            continue
        group = [w.index for w in clauses.verb_group(sentence, verb)]
        content = [i for i in sentence.subtree(clause.index) if i > verb.index and i not in group]
        if len(content) < FEW or subject.upos == "PRON" and subject.lemma.lower() not in THIRD:
            continue
        source = clauses.span_of(sentence, subject, without=("acl", "parataxis", "ccomp", "advcl"))
        act, certainty = _told(sentence, verb, group, content)
        who, cue_spans, said = (clauses.spans_of(sentence, part) for part in (source, group, content))
        out.append(Found(number, verb, who, cue_spans, said, act, certainty, subject.start, outer.chance))
    return out


def _cited(number: int, sentence: Parsed, outer: Found) -> Found | None:
    """ "Citing nine clerks, the agency reported that …": what is said is the clerks' word, too."""
    for i in sentence.children(outer.anchor.index):
        verb = sentence.words[i]
        whom = _asked(sentence, i) if verb.lemma == "base" else sentence.child(i, "obj")
        citing = verb.lemma.lower() in CITING or verb.lemma == "base"
        if citing and base(verb.deprel) == "advcl" and whom is not None:
            phrase = clauses.span_of(sentence, whom, without=("acl", "parataxis", "ccomp", "advcl"))
            own = {*range(i, max(phrase) + 1)}
            said = [
                w.index
                for w in sentence.words
                if w.index not in own and any(a <= w.start < b for a, b in outer.content)
            ]
            outer.content = clauses.spans_of(sentence, said) or outer.content
            phrase = [k for k in phrase if base(sentence.words[k].deprel) != "case"]
            return Found(
                number,
                verb,
                clauses.spans_of(sentence, phrase),
                [(verb.start, verb.end)],
                [*outer.content],
                outer.act,
                outer.certainty,
                whom.start,
                0.5,
                outer.anchor.start,
            )
    return None


def _asked(sentence: Parsed, verb: int) -> Word | None:
    """ "Based on interviews with nine clerks": the clerks."""
    for word in sentence.words[verb + 1 : verb + 8]:
        i = word.index
        if word.text == ",":
            return None
        if word.lemma.lower() in INTERVIEWS:
            for k in sentence.children(i):
                case = sentence.child(k, "case")
                if (
                    base(sentence.words[k].deprel) == "nmod"
                    and case is not None
                    and case.lemma in ("with", "by")
                ):
                    return sentence.words[k]
    return None


def _unsourced(number: int, sentence: Parsed, word: Word) -> Found | None:
    """Of an adverb, "reportedly": somebody says so, the article does not say who."""
    if word.lemma.lower() not in claim_settings()["unsourced"] or word.head < 0:
        return None
    head = sentence.words[word.head]
    if head.upos not in ("VERB", "NOUN", "ADJ", "AUX"):
        return None
    content = [i for i in sentence.subtree(head.index) if i != word.index]
    spans = clauses.spans_of(sentence, content)
    if not spans:
        return None
    act, certainty = _told(sentence, word, [word.index], content)
    return Found(number, word, [], [(word.start, word.end)], spans, act, certainty, None, 0.5)


def _found(number: int, sentence: Parsed, at: int, odds: float, labels: list[str]) -> Found | None:
    settings = claim_settings()
    word = sentence.words[at]
    parts = {
        part: together(
            sentence.scores[f"claim_{part}"][at] + settings[part]["offset"], settings[part]["switch"]
        )
        for part in ("cue", "source", "content")
    }
    own = [i for i in parts["cue"] if abs(i - at) <= CUE_REACH]
    cue = _without_loose_ends(sentence, sorted({at, *own}), at)
    known = cue_of(word, " ".join(sentence.words[i].lemma.lower() for i in cue))
    if known is None and (odds < settings["unknown_cue"] or _is_deed(sentence, at, labels)):
        return None
    content = [i for i in parts["content"] if i not in cue]
    source = _one_phrase(
        sentence,
        [i for i in parts["source"] if i not in cue and i not in content],
        sentence.scores["claim_source"][at] + settings["source"]["offset"],
    )
    if word.upos == "VERB" and (done_to := sentence.child(at, "nsubj:pass")) is not None:
        # Of whom it is said says it not himself ("members have been accused of fraud").
        source = [] if done_to.index in source else source
    spans = clauses.spans_of(sentence, content)
    if not spans:
        return None
    speaker = head_of(sentence, source[0], source[-1]) if source else None
    act, certainty = _told(sentence, word, cue, content)
    return Found(
        number,
        word,
        clauses.spans_of(sentence, source),
        clauses.spans_of(sentence, cue),
        spans,
        act,
        certainty,
        speaker.start if speaker is not None else None,
        1 / (1 + math.exp(-odds)),
    )


def _is_deed(sentence: Parsed, at: int, labels: list[str]) -> bool:
    """Does the network take the word for a deed rather than something said ("arrested the editor")?"""
    chances = sentence.scores["event"][at]
    return labels[int(chances.argmax())] in DEEDS


def _one_phrase(sentence: Parsed, words: list[int], odds: NDArray[np.float32]) -> list[int]:
    """The run of words that together are the likeliest; runs a word apart are one. Prepositions before it
    and an article left over at its end are none of it."""
    runs: list[list[int]] = []
    for i in words:
        if runs and i - runs[-1][-1] <= 2:
            runs[-1] += list(range(runs[-1][-1] + 1, i + 1))
        else:
            runs.append([i])
    best = max(runs, key=lambda run: (float(odds[run].sum()), -run[0]), default=[])
    while len(best) > 1 and sentence.words[best[0]].upos in ("ADP", "PUNCT"):
        best = best[1:]
    while len(best) > 1 and sentence.words[best[-1]].upos in ("ADP", "PUNCT", "DET"):
        best = best[:-1]
    return best


def _without_loose_ends(sentence: Parsed, cue: list[int], at: int) -> list[int]:
    """A preposition at the end goes where its phrase is not part of the cue ("reported *on* Tuesday")."""
    last = sentence.words[cue[-1]]
    if last.index != at and base(last.deprel) == "case" and last.head >= 0:
        phrase = sentence.words[last.head]
        if phrase.index not in cue and phrase.lemma.lower() in claim_settings()["days"]:
            return cue[:-1]
    return cue


def together(scores: NDArray[np.float32], switch: float) -> list[int]:
    """The words of the likeliest stretches: each word's log odds, less ``switch`` for each beginning and end
    (Viterbi 1967)."""
    # No stretch begins or ends with a word that lowers its sum.
    raising = (scores >= 0).nonzero()[0].tolist()
    if not raising:
        return []
    out, in_ = 0.0, -math.inf
    back: list[tuple[bool, bool]] = []
    for x in scores[raising[0] : raising[-1] + 1].tolist():
        # [best ending outside, best ending inside], with where each came from
        left, entered = in_ - switch, out - switch
        leaves, stays = left > out, in_ >= entered
        back.append((leaves, stays))
        if leaves:
            out = left
        in_ = (in_ if stays else entered) + x
    inside = in_ - switch > out
    words = []
    for i in range(len(back) - 1, -1, -1):
        if inside:
            words.append(raising[0] + i)
        inside = back[i][1] if inside else back[i][0]
    return words[::-1]


def told_on(sentence: Parsed) -> list[int]:
    """The words of a sentence without a cue that go on with what was said before; none where the network
    thinks the article speaks again."""
    if "claim" not in sentence.scores:
        return []
    odds = sentence.scores["claim"][:, 1]
    settings = claim_settings()["told"]
    words = together(odds, settings["switch"])
    return words if len(words) >= settings["share"] * len(sentence.words) else []


def _told(sentence: Parsed, word: Word, cue: Sequence[int], content: Sequence[int]) -> tuple[str, float]:
    heard = hear(sentence, word, cue, content)
    return heard.act, certainty_of(heard)


def _without_doubles(found: list[Found]) -> list[Found]:
    """Of two cues for the same words ("was quoted as saying"), the surer."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: -f.chance):
        if not any(_same(one, other) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: f.anchor.index)


def _same(one: Found, other: Found) -> bool:
    if any(a <= one.anchor.start < b for a, b in other.cue) and one.anchor is not other.anchor:
        return True
    alike = _alike(one.content, other.content)
    return alike == 1.0 and not one.source or alike > ALIKE and one.source == other.source


def _alike(one: list[Span], other: list[Span]) -> float:
    """What two contents share, of both together."""
    both = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    size = sum(b - a for a, b in one) + sum(d - c for c, d in other) - both
    return both / max(size, 1)
