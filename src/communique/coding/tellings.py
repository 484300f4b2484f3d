"""Words that tell of an event: their type, status and parties, from the network's scores.

The types are PLOVER's, or a user's own codebook's; everything else about an event is read alike.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from communique import ontology
from communique.coding.clauses import agent_of, base, subject_of
from communique.coding.eventwords import event_words
from communique.coding.lexicons import DATA, load_yaml
from communique.coding.paths import path_odds, paths_from
from communique.coding.sides import Named, by_its_doer, cannot_act, joined
from communique.coding.status import ending, status_of
from communique.language.analysis import Parsed, Word

if TYPE_CHECKING:
    from communique.codebook import CodebookModel

__all__ = ["Around", "PloverTypes", "Told", "Types", "UserTypes", "features", "load_settings", "tellings"]

TELLING = ("VERB", "NOUN", "PROPN", "ADJ", "AUX")  # "the government must resign"
PLACING = (":in", ":at", ":near")
UNNAMING = ("PUNCT", "ADP", "AUX", "CCONJ", "SCONJ", "PART", "ADV", "NUM")
FINITE = ("VB", "VBD", "VBP", "VBZ")  # verbs that name nobody; "the killed" may
# Types that need no second party: a crowd protests, an army mobilizes, a minister resigns.
ALONE = {"PROTEST", "MOBILIZE", "RETREAT", "CONCEDE"}
# What is done by law: "banned in Turkey" is banned by Turkey, "killed in Turkey" is not.
LAWFUL = {"COERCE", "SANCTION"}
ROLES = ("actor", "recipient")
MOST = 5  # words among which the recipient is chosen
Options = list[tuple[Word, float, float]]


@dataclass(slots=True)
class Told:
    """A word that tells of an event, as the network sees it.

    Attributes:
        sentence: number of its sentence.
        word: the word.
        type: the likeliest type.
        chance: that type's probability.
        status: the likeliest status; ``historical`` as the network has it.
        parties: words that name the actors, words that name the recipients, each with its probability.
        options: the words that may name the recipient, likeliest first, each with the network's log odds and
            those of the tree's path.
        near: how the tree leads from it to the words around (``paths_from``).
        chosen: the probability of the recipient that was chosen (``choosing.py``) in place of what
            ``parties`` names; 0 where none was.
    """

    sentence: int
    word: Word
    type: str
    chance: float
    status: str
    historical: bool
    parties: tuple[list[tuple[Word, float]], list[tuple[Word, float]]]
    options: list[tuple[Word, float, float]]
    near: dict[int, str]
    chosen: float = 0.0


@dataclass(frozen=True, slots=True)
class Around:
    """Who takes part in what is told, and where it stands.

    Attributes:
        actors, recipients: shares of them that are public: states, bodies, office-holders, forces.
        politics: share of the article's mentions that are of such.
        facts: what else is known of such tellings, as a score (``eventfacts``).
    """

    actors: float
    recipients: float
    politics: float
    facts: float = 0.0


class Types(Protocol):
    """What is known of a set of event types."""

    def scores(self, sentence: Parsed, labels: dict[str, list[str]]) -> tuple[Sequence[str], Any]:
        """Names, the first for "no event", and log-probabilities a word, ``[W, K]``."""

    def confidence(self, told: Told, around: Around) -> float:
        """The probability that type and parties are right."""

    def needs_recipient(self, kind: str) -> bool:
        """Is it no event where the text names nobody to whom it is done?"""

    def mode_of(self, kind: str, lemmas: list[str]) -> str | None: ...

    def quad_code(self, kind: str) -> int: ...

    def intensity(self, kind: str, mode: str | None) -> float: ...

    def cameo(self, kind: str, mode: str | None, status: str, contexts: list[str]) -> str | None: ...


class PloverTypes:
    """PLOVER's sixteen types, by the network's own head."""

    def scores(self, sentence: Parsed, labels: dict[str, list[str]]) -> tuple[Sequence[str], Any]:
        return labels["event"], sentence.scores["event"]

    def confidence(self, told: Told, around: Around) -> float:
        """A logistic on what the network says and who takes part (Platt 1999), with an offset a type."""
        c = load_settings()["calibration"]
        total = sum(w * x for w, x in zip(c["weights"], features(told, around), strict=True))
        total += c["offset"] + c["types"].get(told.type, 0.0)
        return 1 / (1 + math.exp(-total))

    def needs_recipient(self, kind: str) -> bool:
        return ontology.event_type(kind).recipient_required

    def mode_of(self, kind: str, lemmas: list[str]) -> str | None:
        return ontology.mode_of(kind, lemmas)

    def quad_code(self, kind: str) -> int:
        return ontology.quad_code(kind)

    def intensity(self, kind: str, mode: str | None) -> float:
        return ontology.intensity(kind, mode)

    def cameo(self, kind: str, mode: str | None, status: str, contexts: list[str]) -> str | None:
        return ontology.cameo(kind, mode, status=status, contexts=contexts)


class UserTypes:
    """The types of a trained codebook, learned on the frozen network; without modes and CAMEO codes."""

    def __init__(self, model: CodebookModel) -> None:
        self.model = model
        self.names = ["NONE", *(t.name for t in model.types)]
        self.by_name = {t.name: t for t in model.types}

    def scores(self, sentence: Parsed, labels: dict[str, list[str]]) -> tuple[Sequence[str], Any]:
        return self.names, self.model.chances(sentence)

    def confidence(self, told: Told, around: Around) -> float:
        """The type's probability, as the codebook's temperature has it."""
        return told.chance

    def needs_recipient(self, kind: str) -> bool:
        return self.by_name[kind].needs_recipient

    def mode_of(self, kind: str, lemmas: list[str]) -> str | None:
        return None

    def quad_code(self, kind: str) -> int:
        return self.by_name[kind].quad_code

    def intensity(self, kind: str, mode: str | None) -> float:
        return self.by_name[kind].intensity

    def cameo(self, kind: str, mode: str | None, status: str, contexts: list[str]) -> str | None:
        return None


_SETTINGS: dict[str, Any] = {}


def load_settings() -> dict[str, Any]:
    """Thresholds and calibration, from ``data/calibration.yaml``."""
    if not _SETTINGS:
        _SETTINGS.update(load_yaml(DATA / "calibration.yaml"))
    return _SETTINGS


def tellings(number: int, sentence: Parsed, labels: dict[str, list[str]], types: Types) -> list[Told]:
    """The words of a sentence that tell of an event of one of the types, in order."""
    settings = load_settings()
    names, scores = types.scores(sentence, labels)
    out = []
    proposed = (scores[:, 0] < math.log(1 - settings["proposed"])).nonzero()[0].tolist()
    for i in proposed:
        word = sentence.words[i]
        if word.upos not in TELLING or _leaves_it(sentence, word, proposed) or _of_nature(sentence, word):
            continue
        if word.upos == "NOUN" and word.lemma.lower() in event_words().sport or _figure(sentence, word):
            continue
        best = int(scores[i, 1:].argmax()) + 1
        near = paths_from(sentence, word)
        status = sentence.scores["status"][i].copy()
        # The tree tells tense, modals and negation well, the network what the words around them mean.
        status[labels["status"].index(status_of(sentence, word))] += settings["rule"]
        options = [_options(sentence, word, role, near) for role in ROLES]
        out.append(
            Told(
                number,
                word,
                names[best],
                math.exp(float(scores[i, best])),
                ending(sentence, word) or labels["status"][int(status[:-1].argmax())],
                bool(status[-1] > 0),
                _parties(sentence, word, near, names[best], options),
                options[1][:MOST],
                near,
            )
        )
    return out


def _of_nature(sentence: Parsed, word: Word) -> bool:
    """Does nobody do it: an earthquake, a fire, a disease?"""
    subject = subject_of(sentence, word) if word.upos == "VERB" else None
    by = agent_of(sentence, word) if word.upos == "VERB" else None
    return any(w is not None and w.lemma.lower() in event_words().nature for w in (subject, by))


def _figure(sentence: Parsed, word: Word) -> bool:
    """Is it, or what it is done with, a figure of speech: a trade war, "waged a trade war"?"""
    below = [sentence.words[i] for i in sentence.children(word.index)]
    if word.upos == "VERB":
        return any(w.upos == "NOUN" and base(w.deprel) == "obj" and _figure(sentence, w) for w in below)
    return any(w.lemma.lower() in event_words().figures.get(word.lemma.lower(), ()) for w in below)


def _leaves_it(sentence: Parsed, verb: Word, proposed: list[int]) -> bool:
    """Does a light verb leave the telling to its object ("hold talks", "issue a warning")?"""
    return verb.lemma in event_words().light and any(
        i in proposed and sentence.words[i].upos == "NOUN"
        for i in sentence.children(verb.index)
        if sentence.words[i].deprel in ("obj", "nsubj:pass")
    )


def _parties(
    sentence: Parsed, word: Word, near: dict[int, str], kind: str, options: Sequence[Options]
) -> tuple[Named, Named]:
    """The words that name actors and recipients, as network, paths and tree have it."""
    actors = _named(options[0], "actor", near, placed=kind in LAWFUL)
    sure = kind in load_settings()["party"]["recipient"]["sure"]
    sides = actors, _named(options[1], "recipient", near, placed=True, sure=sure)
    return joined(sentence, word, *by_its_doer(sentence, word, *sides))


def _options(sentence: Parsed, trigger: Word, role: str, near: dict[int, str]) -> Options:
    """The words that may name a party, likeliest first: network and tree's path together."""
    settings = load_settings()["party"][role]
    row = sentence.scores[role][trigger.index]
    dates = {i for name in sentence.names if name.label == "Date" for i in range(name.first, name.last + 1)}
    out = []
    # Where the network is very sure that it is none, no path makes it one.
    for i in (row > settings["floor"]).nonzero()[0].tolist():
        word = sentence.words[i]
        if i == trigger.index or i in dates or word.upos in UNNAMING:
            continue
        if word.upos == "VERB" and word.xpos in FINITE:
            continue
        path = near.get(i, "?")
        if role == "actor" and cannot_act(sentence, trigger, i, path):
            continue
        weighed = settings["path"] * path_odds(role, trigger.upos == "VERB", path)
        out.append((word, float(row[i]), weighed))
    out.sort(key=lambda x: (-x[1] - x[2], x[0].index))
    return out


def _named(options: Options, role: str, near: dict[int, str], placed: bool, sure: bool = False) -> Named:
    """The words that name a party, surest first. Where nobody else is named, what stands after "in" is a
    party if ``placed``, else the place; where none is likelier than not, the likeliest unless ``sure``."""
    settings = load_settings()["party"][role]
    out = []
    for word, net, weighed in options:
        odds = net + weighed
        if odds > settings["lone"]:
            chance = 1 / (1 + math.exp(settings["least"] - odds))
            out.append((word, chance, near.get(word.index, "?").endswith(PLACING)))
    # A party that is none too sure is better than none, where it is the likeliest.
    likely = [x for x in out if x[1] > 0.5] or ([] if sure else out[:1])
    named = [x for x in likely if not x[2]] or (likely if placed else [])
    return [(word, chance) for word, chance, _ in named]


def features(told: Told, around: Around) -> list[float]:
    """What the confidence stands on: log odds of the type, chances of the parties, whether it is a noun,
    whether nobody is named to whom a deed is done that needs somebody, how public parties and article are,
    and what is known of such tellings."""
    chance = min(max(told.chance, 1e-4), 1 - 1e-4)
    actor, recipient = (max((p for _, p in side), default=0.0) for side in told.parties)
    recipient = told.chosen or recipient
    return [
        math.log(chance / (1 - chance)),
        actor,
        recipient,
        float(told.word.upos != "VERB"),
        float(recipient == 0.0 and told.type not in ALONE),
        around.actors,
        around.recipients,
        around.politics,
        around.facts,
    ]
