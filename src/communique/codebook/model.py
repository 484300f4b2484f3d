"""Learning a codebook: one linear layer on what the frozen network makes of a word, in seconds on a CPU.

That is the word's vector and how likely the network holds it to tell of each type it knows: what is surely
another type's is rarely the user's, and what the user means is often near one that is known. The words that
tell of an event in the examples are the positives; the negatives are the other verbs and nouns of the
examples and those of ``background.txt``, sentences of news of every kind. The background may hold what the
user means, too: what a first fit takes for one of the types is left out of a second (after Liu et al.
2003). A multinomial logistic regression with a penalty, whose temperature is set by cross-validation over
the examples (Guo et al. 2017), so that its probabilities are not over-sure.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communique.codebook.book import Codebook, Example, UserType
from communique.errors import BadCodebook

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from communique.language.analysis import Parsed
    from communique.language.network import Network

    Array = NDArray[np.float64]

__all__ = ["CodebookModel", "learn"]

FORMAT = "communique-codebook/2"
PENALTY = 0.02
# How much more one known type's probability counts than one number of a vector (benchmarks/LOG.md).
KNOWN = 3.0
# Below this a log-probability says no more.
UNLIKELY = -6.0
ROUNDS = 400
FOLDS = 4
BACKGROUND = Path(__file__).with_name("background.txt")
TELLING = ("VERB", "NOUN", "PROPN", "ADJ")


@dataclass(slots=True)
class CodebookModel:
    """A learned codebook.

    Attributes:
        name: the codebook's.
        network: name of the network that it was learned on.
        types: the types, without their examples.
        weights: ``[F + 1, K + 1]``; column 0 is "no event", the last row the offset.
        centre, scale: by which the features are made alike, ``[F]``.
        temperature: by which scores are divided.
        quality: type to F1 over the examples, in cross-validation.
    """

    name: str
    network: str
    types: list[UserType]
    weights: Array
    centre: Array
    scale: Array
    temperature: float
    quality: dict[str, float]

    def chances(self, sentence: Parsed) -> Array:
        """Log-probabilities of "no event" and each type, ``[W, K + 1]``, of a sentence read with vectors."""
        x = _extended((_features(sentence) - self.centre) / self.scale)
        return _log_softmax(x @ self.weights / self.temperature)

    def save(self, path: Path) -> None:
        """Write it to a file."""
        import numpy as np

        about = {
            "format": FORMAT,
            "name": self.name,
            "network": self.network,
            "temperature": self.temperature,
            "quality": self.quality,
            "types": [
                [t.name, t.definition, t.quad_code, t.intensity, t.needs_recipient] for t in self.types
            ],
        }
        with path.open("wb") as out:
            np.savez(
                out,
                about=np.array(json.dumps(about)),
                weights=self.weights,
                centre=self.centre,
                scale=self.scale,
            )

    @classmethod
    def load(cls, path: Path, network: str) -> CodebookModel:
        """The model of a file.

        Raises:
            BadCodebook: if it is none, or was learned on another network.
        """
        import numpy as np

        try:
            with np.load(path, allow_pickle=False) as held:
                about = json.loads(str(held["about"]))
                weights, centre, scale = held["weights"], held["centre"], held["scale"]
        except OSError as fault:
            raise BadCodebook(f"cannot be read: {fault.strerror or fault}", str(path)) from None
        except (ValueError, KeyError, EOFError) as fault:
            raise BadCodebook(
                "is no trained codebook; make one with `communique codebook train FILE.yaml`", str(path)
            ) from fault
        if about.get("format") != FORMAT or about["network"] != network:
            raise BadCodebook(
                f"was trained for {about.get('network')}, and this is {network}; train it again", str(path)
            )
        types = [UserType(n, d, (), q, i, r) for n, d, q, i, r in about["types"]]
        return cls(
            about["name"], network, types, weights, centre, scale, about["temperature"], about["quality"]
        )


def learn(book: Codebook, network: Network) -> CodebookModel:
    """Learn a codebook's types from its examples; the same examples give the same model.

    Args:
        book: at least one type with examples.
        network: the shipped network; it is not changed.
    """
    import numpy as np

    rows, labels, groups = [], [], []
    for k, kind in enumerate(book.types, start=1):
        for n, example in enumerate(kind.examples):
            vectors, teller = _words(example, network)
            for i, vector in vectors:
                rows.append(vector)
                labels.append(k if i == teller else 0)
                groups.append(n % FOLDS)
    sentences = BACKGROUND.read_text(encoding="utf-8").splitlines()
    for n, text in enumerate(sentences):
        for _, vector in _words(Example(text, (0, 0)), network)[0]:
            rows.append(vector)
            labels.append(-1)
            groups.append(n % FOLDS)
    x, y, fold = np.array(rows, np.float64), np.array(labels), np.array(groups)
    given, y = y >= 0, np.maximum(y, 0)
    centre, scale = x.mean(axis=0), x.std(axis=0) + 1e-6
    scale[x.shape[1] - len(network.labels["event"]) :] /= KNOWN
    x = _extended((x - centre) / scale)
    count = len(book.types) + 1
    first = np.exp(_log_softmax(x @ _fit(x, y, count)))
    kept = given | (first[:, 0] > 0.5)
    x, y, fold, given = x[kept], y[kept], fold[kept], given[kept]
    held = np.zeros((len(x), count))
    for k in range(FOLDS):
        mine = fold == k
        if mine.any() and not mine.all():
            held[mine] = x[mine] @ _fit(x[~mine], y[~mine], count)
    temperature = min((0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0), key=lambda t: _loss(held[given] / t, y[given]))
    guess = held.argmax(axis=1)
    quality = {}
    for k, kind in enumerate(book.types, start=1):
        right = int(((guess == k) & (y == k)).sum())
        quality[kind.name] = round(2 * right / max(int((guess == k).sum() + (y == k).sum()), 1), 3)
    return CodebookModel(
        book.name, network.name, book.types, _fit(x, y, count), centre, scale, temperature, quality
    )


def _words(example: Example, network: Network) -> tuple[list[tuple[int, Any]], int]:
    """Vectors of the words that might tell of an event, and which of them does."""
    from communique.language.analyse import analyse

    analysis = analyse(example.text, (), network, vectors=True)
    found: list[tuple[int, Any]] = []
    best: float = float("-inf")
    teller, at = -1, 0
    for sentence in analysis.sentences:
        features = _features(sentence)
        for word in sentence.words:
            marked = example.mark is not None and word.start < example.mark[1] and word.end > example.mark[0]
            if word.upos in TELLING or marked:
                found.append((at, features[word.index]))
                score = _eventful(sentence, word.index) if example.mark is None else float(marked)
                if score > best:
                    teller, best = at, score
            at += 1
    return found, teller


def _features(sentence: Parsed) -> Array:
    """Of each word its vector and the log-probabilities of the types that the network knows, ``[W, F]``."""
    import numpy as np

    known = np.maximum(sentence.scores["event"], UNLIKELY)
    return np.concatenate([sentence.scores["vectors"], known], axis=1).astype(np.float64)


def _eventful(sentence: Parsed, index: int) -> float:
    return -float(sentence.scores["event"][index, 0])


def _extended(x: Any) -> Array:
    import numpy as np

    return np.concatenate([x, np.ones((len(x), 1))], axis=1)


def _log_softmax(scores: Any) -> Array:
    import numpy as np

    shifted = scores - scores.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))


def _loss(scores: Any, y: Any) -> float:
    return -float(_log_softmax(scores)[range(len(y)), y].mean())


def _fit(x: Array, y: Any, count: int) -> Array:
    """Weights of the regression, by accelerated gradient descent (Nesterov 1983); classes weigh alike but for
    "no event", which weighs as much as all the types together."""
    import numpy as np

    gold = np.eye(count)[y]
    sizes = np.maximum(gold.sum(axis=0), 1)
    share = np.full(count, 0.5 / max(count - 1, 1))
    share[0] = 0.5
    each = (share / sizes)[y][:, None]
    weights = np.zeros((x.shape[1], count))
    ahead = weights
    step = 2.0 / (float(np.linalg.norm(x * np.sqrt(each), 2)) ** 2 + 2 * PENALTY)
    for n in range(ROUNDS):
        chances = np.exp(_log_softmax(x @ ahead))
        gradient = x.T @ (each * (chances - gold)) + PENALTY * ahead
        after = ahead - step * gradient
        ahead = after + n / (n + 3) * (after - weights)
        weights = after
    return weights
