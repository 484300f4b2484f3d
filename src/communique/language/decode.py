"""From the network's scores to one tree and one set of names a sentence."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from communique.language.analysis import NameSpan

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["decode_names", "decode_tree"]

NEVER = -1e9


def decode_tree(arcs: NDArray[np.float32]) -> tuple[list[int], bool]:
    """The best tree with a single root.

    Args:
        arcs: score of each head for each word, ``[W, W + 1]``; column 0 is the root.

    Returns:
        The head of each word (-1 for the root), and whether these are the best-scored heads as they
        stood (else some were changed to make a tree, by Chu-Liu and Edmonds' algorithm).
    """
    heads = (arcs.argmax(axis=1) - 1).tolist()
    if heads.count(-1) == 1 and not _cycle(heads):
        return heads, True
    return _spanning(arcs), False


def _cycle(heads: list[int]) -> list[int]:
    """One cycle of the head graph, or an empty list."""
    colour = [0] * len(heads)
    for begin in range(len(heads)):
        path, at = [], begin
        while at >= 0 and colour[at] == 0:
            colour[at] = begin + 1
            path.append(at)
            at = heads[at]
        if at >= 0 and colour[at] == begin + 1 and at in path:
            return path[path.index(at) :]
    return []


def _spanning(arcs: NDArray[np.float32]) -> list[int]:
    """Maximum spanning tree with one root: the best over the likeliest roots."""
    import numpy as np

    n = len(arcs)
    scores = np.full((n + 1, n + 1), NEVER, np.float64)  # scores[dependent, head], node 0 is the root
    scores[1:, :] = arcs
    np.fill_diagonal(scores, NEVER)
    best: tuple[float, list[int]] | None = None
    for root in np.argsort(-arcs[:, 0], kind="stable")[:3]:
        single = scores.copy()
        single[1:, 0] = NEVER
        single[root + 1, 0] = scores[root + 1, 0]
        # No tree scores more than its words' best heads together.
        if best is not None and float(single[1:].max(axis=1).sum()) <= best[0]:
            continue
        heads = _edmonds(single)
        total = float(sum(single[d, heads[d]] for d in range(1, n + 1)))
        if best is None or total > best[0]:
            best = total, [h - 1 for h in heads[1:]]
    assert best is not None
    return best[1]


def _edmonds(scores: NDArray[np.float64]) -> list[int]:
    """Chu-Liu/Edmonds on ``scores[dependent, head]``; node 0 is the root. Heads by node, 0 at the root."""
    import numpy as np

    n = len(scores)
    heads = scores.argmax(axis=1)
    heads[0] = 0
    cycle = np.array([c + 1 for c in _cycle([h - 1 for h in heads[1:].tolist()])], np.int64)
    if not len(cycle):
        found: list[int] = heads.tolist()
        return found
    inside = np.zeros(n, bool)
    inside[cycle] = True
    rest = np.flatnonzero(~inside)
    gain = scores[cycle, heads[cycle]]
    # Contract the cycle to one node, the last of the smaller graph.
    small = np.full((len(rest) + 1, len(rest) + 1), NEVER, np.float64)
    small[:-1, :-1] = scores[np.ix_(rest, rest)]
    into = scores[np.ix_(cycle, rest)] - gain[:, None]
    small[-1, :-1] = into.max(axis=0)
    enters = into.argmax(axis=0)
    out = scores[np.ix_(rest, cycle)]
    small[:-1, -1] = out.max(axis=1)
    leaves = out.argmax(axis=1)
    small[0, :] = NEVER
    solved = _edmonds(small)
    result = heads.copy()
    for i, node in enumerate(rest[1:], start=1):
        h = solved[i]
        result[node] = cycle[leaves[i]] if h == len(rest) else rest[h]
    entry = solved[-1]
    result[cycle[enters[entry]]] = rest[entry]
    answer: list[int] = result.tolist()
    return answer


@cache
def _forbidden(labels: tuple[str, ...]) -> NDArray[np.float32]:
    """Penalty of going from one BIO label to the next, ``[L, L]``."""
    import numpy as np

    table = np.zeros((len(labels), len(labels)), np.float32)
    for j, label in enumerate(labels):
        if label.startswith("I-"):
            for i, before in enumerate(labels):
                if before[2:] != label[2:]:
                    table[i, j] = NEVER
    return table


def decode_names(scores: NDArray[np.float32], labels: tuple[str, ...]) -> list[NameSpan]:
    """The names on the best BIO path (Viterbi).

    Args:
        scores: log-probabilities, ``[W, L]``.
        labels: the BIO labels, 'O' first.
    """
    import numpy as np

    path = scores.argmax(axis=1)
    if not path.any():
        return []
    marks = [labels[k] for k in path.tolist()]
    if any(m[0] == "I" and (i == 0 or marks[i - 1][2:] != m[2:]) for i, m in enumerate(marks)):
        path = _viterbi(scores, labels)
        marks = [labels[k] for k in path.tolist()]
    chances = np.exp(scores[np.arange(len(path)), path])
    out: list[NameSpan] = []
    for i, mark in enumerate(marks):
        if mark[0] == "B":
            out.append(NameSpan(i, i, mark[2:], float(chances[i])))
        elif mark[0] == "I" and out:
            out[-1].last = i
            out[-1].confidence = min(out[-1].confidence, float(chances[i]))
    return out


def _viterbi(scores: NDArray[np.float32], labels: tuple[str, ...]) -> NDArray[np.int64]:
    import numpy as np

    table = _forbidden(labels)
    best = scores[0].copy()
    best[[label.startswith("I-") for label in labels]] = NEVER
    back = np.zeros(scores.shape, np.int64)
    for t in range(1, len(scores)):
        ways = best[:, None] + table
        back[t] = ways.argmax(axis=0)
        best = ways.max(axis=0) + scores[t]
    path = [int(best.argmax())]
    for t in range(len(scores) - 1, 0, -1):
        path.append(int(back[t, path[-1]]))
    return np.array(path[::-1], np.int64)
