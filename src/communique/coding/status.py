"""Whether it happened: the status of an event from its verb's form, markers, and the words above it.

The cues stand in ``data/status.yaml``. A marker of the event word itself outranks the words above; going
up, a negated or hypothetical word keeps whatever is below it from having occurred.
"""

from __future__ import annotations

from communique.coding.clauses import base
from communique.coding.cues import StatusCues, status_cues
from communique.language.analysis import Parsed, Word

__all__ = ["ending", "status_of"]

HOPS = 4
CLAUSAL = {"ccomp", "conj", "acl", "advcl"}
FINITE = ("VBD", "VBZ", "VBP", "MD")
# What holds for the word above holds for the one below: "will hold talks", "did not seek a summit".
SHARED = {"obj", "nsubj:pass", "xcomp"}


def status_of(sentence: Parsed, trigger: Word) -> str:
    """'occurred', 'ongoing', 'planned', 'hypothetical' or 'negated'."""
    cues = status_cues()
    marked = _marker(sentence, trigger, cues)
    if marked == "negated":
        return marked
    found = marked or _form(sentence, trigger, cues)
    word = trigger
    for _ in range(HOPS):
        if word.head < 0:
            break
        above = sentence.words[word.head]
        rel = base(word.deprel)
        if rel == "conj" and word.upos == above.upos and not _finite(sentence, word):
            word = above
            continue
        # A finite clause of its own ("X said that Y attacked Z", "…, which bans …") tells its own status.
        if word.deprel == "acl:relcl" or (rel in CLAUSAL and _finite(sentence, word)):
            break
        governor = cues.governor(above.lemma, above.upos, _relation(sentence, word))
        over = _marker(sentence, above, cues)
        if governor is not None:
            status = (governor.when_negated or found) if over == "negated" else governor.status
            found = _combined(found, status)
            if over in ("hypothetical", "planned"):
                found = _combined(found, over)
        elif word.deprel in SHARED and above.upos == "VERB":
            found = _combined(found, over or _form(sentence, above, cues))
        elif rel == "advcl" and above.upos == "VERB":
            # "could turn away to strike a deal": what serves a mere possibility is none the surer.
            found = "hypothetical" if over == "hypothetical" else found
        else:
            break
        word = above
    return found or "occurred"


def ending(sentence: Parsed, trigger: Word) -> str | None:
    """Status of an event whose end is told: 'occurred' where it has come, 'ongoing' where it is asked for,
    planned or refused ("told them to stop attacking"); None where no end is told."""
    word = trigger
    while word.head >= 0 and base(word.deprel) == "conj" and not _finite(sentence, word):
        word = sentence.words[word.head]
    if word.head < 0:
        return None
    above = sentence.words[word.head]
    if (above.lemma.lower(), above.upos, _relation(sentence, word)) not in status_cues().ceasing:
        return None
    return "occurred" if status_of(sentence, above) == "occurred" else "ongoing"


def _relation(sentence: Parsed, word: Word) -> str:
    """The relation as the cues have it: 'obj', 'nsubj:pass', 'obl:for' with the case word."""
    rel = base(word.deprel)
    if rel in ("obl", "nmod", "advcl"):
        case = sentence.child(word.index, "case", "mark")
        return f"{rel}:{case.lemma.lower()}" if case is not None else rel
    return word.deprel if word.deprel == "nsubj:pass" else rel


def _finite(sentence: Parsed, word: Word) -> bool:
    return word.xpos in FINITE or any(
        base(sentence.words[i].deprel) in ("aux", "cop") and sentence.words[i].xpos in FINITE
        for i in sentence.children(word.index)
    )


def _combined(below: str | None, above: str | None) -> str | None:
    if above is None or above == "occurred":
        return below or above
    if below in (None, "occurred", "ongoing") or above == "negated":
        return above
    return "hypothetical" if "hypothetical" in (below, above) else below


def _marker(sentence: Parsed, word: Word, cues: StatusCues) -> str | None:
    """Status by negation, modal, conjunction or adverb below the word; the cues' order decides."""
    found = set()
    for i in sentence.children(word.index):
        child = sentence.words[i]
        status = cues.markers.get((child.lemma.lower(), base(child.deprel)))
        if status is not None:
            found.add(status)
    return next((s for s in cues.order if s in found), None)


def _form(sentence: Parsed, word: Word, cues: StatusCues) -> str | None:
    """Status by tense and aspect; None where the form says nothing."""
    if word.upos not in ("VERB", "AUX"):
        return None
    children = [sentence.words[i] for i in sentence.children(word.index)]
    if word.xpos == "VB" and any(base(c.deprel) == "mark" and c.lemma == "to" for c in children):
        # "a decision to withdraw": told as an aim, unless a word above says that it came about.
        return None if base(word.deprel) == "xcomp" else "planned"
    auxiliaries = {c.lemma.lower() for c in children if base(c.deprel) == "aux"}
    return next(
        (status for needed, tags, status in cues.verb_forms if needed <= auxiliaries and word.xpos in tags),
        None,
    )
