"""What the tree says of a pronoun and of those whom it may mean: where they stand, whom grammar rules out.

The binding conditions, as far as a dependency tree shows them: "Kim met him" is not Kim's meeting himself.
"""

from __future__ import annotations

from communique.coding.clauses import base
from communique.coding.cues import report_cues
from communique.language.analysis import Parsed, Word

__all__ = ["ahead", "aside", "barred", "determiner", "fellow", "role", "says", "subjects"]


def role(sentence: Parsed, word: Word) -> str:
    """What the word does in its sentence: 'main' is the subject of the main clause."""
    relation = base(word.deprel)
    if relation == "conj" and word.head >= 0:
        return role(sentence, sentence.words[word.head])
    if relation == "nsubj":
        verb = sentence.words[word.head] if word.head >= 0 else None
        return "main" if verb is not None and verb.head < 0 else "nsubj"
    if relation == "nmod":
        return "poss" if word.deprel == "nmod:poss" else "nmod"
    return relation if relation in ("obj", "obl", "appos", "root", "compound") else "else"


def subjects(sentence: Parsed, word: Word) -> list[int]:
    """The subjects of the clauses in which a word stands, the innermost first; a clause without one of its
    own has that of the clause it is joined to."""
    out: list[int] = []
    for above in sentence.ancestors(word.index):
        subject = sentence.child(above.index, "nsubj")
        if subject is None or subject.index == word.index:
            continue
        if word.index in sentence.subtree(subject.index):
            continue
        if subject.lemma in ("who", "which", "that") and base(above.deprel) == "acl" and above.head >= 0:
            out.append(above.head)
        else:
            out.append(subject.index)
    return out


def aside(sentence: Parsed, index: int, other: int) -> bool:
    """Does a word stand in a relative clause in which the other does not?"""
    for at in (sentence.words[index], *sentence.ancestors(index)):
        if at.deprel == "acl:relcl":
            return other not in sentence.subtree(at.index)
    return False


def fellow(sentence: Parsed, word: Word, head: Word) -> bool:
    """Do both depend on one verb ("Kim met him")?"""
    return word.head >= 0 and word.head == head.head and base(word.deprel) != "conj"


def barred(sentence: Parsed, word: Word) -> set[int]:
    """The words of a sentence that a pronoun that is no reflexive cannot mean: its verb's subject, the noun
    that it hangs on, the one beside which what it owns stands."""
    if word.head < 0:
        return set()
    above, relation = sentence.words[word.head], base(word.deprel)
    if word.deprel == "nmod:poss":
        return {above.head} if base(above.deprel) == "appos" else set()
    if relation == "nmod":
        return {above.index}
    if relation not in ("obj", "iobj", "obl"):
        return set()
    for _ in range(3):
        subject = sentence.child(above.index, "nsubj")
        if subject is not None:
            both = [subject, *(sentence.words[i] for i in sentence.children(subject.index))]
            return {w.index for w in both if w is subject or w.deprel == "conj"}
        if base(above.deprel) != "conj" or above.head < 0:
            return set()
        above = sentence.words[above.head]
    return set()


def says(sentence: Parsed, word: Word) -> bool:
    """Is the word the subject of a verb that tells ("said he")?"""
    if base(word.deprel) != "nsubj" or word.head < 0:
        return False
    return sentence.words[word.head].lemma in report_cues().verbs


def determiner(sentence: Parsed, head: Word) -> str:
    """How a noun is introduced: 'definite', 'indefinite', 'counted', 'owned' or 'bare'."""
    det = sentence.child(head.index, "det")
    if det is not None:
        low = det.text.lower()
        return "definite" if low in ("the", "this", "that", "these", "those", "both") else "indefinite"
    if sentence.child(head.index, "nummod") is not None:
        return "counted"
    return "owned" if sentence.child(head.index, "nmod:poss") is not None else "bare"


def ahead(sentence: Parsed, word: Word) -> Word | None:
    """The subject of the main clause, where a word stands in a phrase or clause put before it ("In her first
    speech, the chancellor said"); None elsewhere."""
    root = next((w for w in sentence.words if w.head < 0), None)
    if root is None or root.index <= word.index:
        return None
    subject = sentence.child(root.index, "nsubj")
    if subject is None or subject.index <= word.index:
        return None
    for at in (word, *sentence.ancestors(word.index)):
        if at.head == root.index:
            return subject if base(at.deprel) in ("obl", "advcl", "nmod") else None
    return None
