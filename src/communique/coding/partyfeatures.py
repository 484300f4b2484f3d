"""What speaks for a word as the one who does what is told, or to whom it is done.

Network and tree are two witnesses among others: what kind of entity the word names, on which side of the
trigger it stands, who else is there, whose words the sentence repeats.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from communique.coding.clauses import base
from communique.coding.paths import path_odds
from communique.language.analysis import Parsed, Word

__all__ = ["Candidate", "Scene", "candidates"]

ROLES = ("actor", "recipient")
UNNAMING = frozenset(("PUNCT", "ADP", "AUX", "CCONJ", "SCONJ", "PART", "ADV", "NUM", "SYM", "X", "INTJ"))
FLOOR, LIKELY = -7.0, -2.5


@dataclass(frozen=True, slots=True)
class Scene:
    """Where an event is told.

    Attributes:
        kind: its type.
        status: its status.
        entity: kind of the entity that a word names, and whether it is public; None where it names none.
        source: the words that name whose words the trigger is among.
    """

    kind: str
    status: str
    entity: Callable[[Word], tuple[str, bool] | None]
    source: tuple[int, int] | None = None


@dataclass(slots=True)
class Candidate:
    """A word that may name a party: its place in the sentence, and what speaks for it in each role."""

    index: int
    features: tuple[dict[str, float], dict[str, float]]


def candidates(sentence: Parsed, trigger: Word, near: dict[int, str], scene: Scene) -> list[Candidate]:
    """The words of a sentence that may name a party of what the trigger tells.

    Args:
        sentence: the sentence of both.
        trigger: the word that tells of the event.
        near: paths to the words (``paths_from``).
        scene: where it is told.
    """
    verb = trigger.upos == "VERB"
    rows = [sentence.scores[role][trigger.index].tolist() for role in ROLES]
    found: list[tuple[int, list[float], list[float]]] = []
    for word in sentence.words:
        i = word.index
        if i == trigger.index or word.upos in UNNAMING and not _counted(word):
            continue
        odds = [path_odds(role, verb, near.get(i, "?")) for role in ROLES]
        net = [rows[0][i], rows[1][i]]
        if max(net) > FLOOR and (max(net) > -5 or max(odds) > LIKELY):
            found.append((i, net, odds))
    if not found:
        return []
    shape = _shape(sentence, trigger)
    shared = {f"type={scene.kind}": 1.0, f"shape={shape}": 1.0, f"status={scene.status}": 1.0, "one": 1.0}
    out = []
    for i, net, odds in found:
        common = shared | _of_word(sentence, trigger, sentence.words[i], near.get(i, "?"), scene, shape)
        sides = []
        for r in (0, 1):
            rival = [max((n[k] for j, n, _ in found if j != i), default=-9.0) for k in (0, 1)]
            own, other = net[r], net[1 - r]
            features = dict(common)
            features["net"] = _cut(own)
            features["net+"] = max(own + 2, 0.0) / 4
            features["other"] = _cut(other)
            features["lead"] = _cut(own - rival[r])
            features["other lead"] = _cut(other - rival[1 - r])
            features["path"] = odds[r] / 2
            features["other path"] = odds[1 - r] / 2
            if own >= rival[r]:
                features["first"] = 1.0
            if other >= rival[1 - r]:
                features["other first"] = 1.0
            sides.append(features)
        out.append(Candidate(i, (sides[0], sides[1])))
    return out


def _cut(value: float) -> float:
    return max(-8.0, min(6.0, value)) / 4


def _counted(word: Word) -> bool:
    """Twelve "were killed"."""
    return word.upos == "NUM" and base(word.deprel) in ("nsubj", "obj", "iobj", "obl", "conj")


def _shape(sentence: Parsed, trigger: Word) -> str:
    """How the trigger is used: as an active or passive verb, a participle, a noun."""
    if trigger.upos != "VERB":
        return f"noun {base(trigger.deprel)}"
    if sentence.child(trigger.index, "aux:pass") is not None:
        return "passive"
    return f"{trigger.xpos} {base(trigger.deprel)}"


def _of_word(
    sentence: Parsed, trigger: Word, word: Word, path: str, scene: Scene, shape: str
) -> dict[str, float]:
    """What holds of a word whatever its role."""
    entity = scene.entity(word)
    kind = entity[0] if entity is not None else "none"
    side = "before" if word.index < trigger.index else "behind"
    rel = base(word.deprel)
    steps = path.count("<") + path.count(">") if path != "?" else 5
    out = {
        f"path={path}": 1.0,
        f"{shape.split()[0]} path={path}": 1.0,
        f"{scene.kind} path={path}": 1.0,
        f"upos={word.upos}": 1.0,
        f"rel={rel}": 1.0,
        f"kind={kind}": 1.0,
        f"{scene.kind} kind={kind}": 1.0,
        f"{side}": 1.0,
        f"{scene.kind} {side}": 1.0,
        f"{shape} {side}": 1.0,
        "far": min(abs(word.index - trigger.index), 30) / 10,
        "steps": steps / 4,
    }
    if entity is not None and entity[1]:
        out["public"] = 1.0
        out[f"{scene.kind} public"] = 1.0
    if word.upos in ("PRON", "DET"):
        out[f"word={word.text.lower()}"] = 1.0
    if word.xpos == "NNS":
        out["many"] = 1.0
    case = sentence.child(word.index, "case")
    if case is not None:
        out[f"case={case.lemma.lower()}"] = 1.0
        out[f"{scene.kind} case={case.lemma.lower()}"] = 1.0
    if scene.source is not None:
        out["reported"] = 1.0
        if scene.source[0] <= word.start < scene.source[1]:
            out["source"] = 1.0
            out[f"{scene.kind} source"] = 1.0
    return out
