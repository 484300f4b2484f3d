"""From scores to trees and names."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from communique.language.decode import decode_names, decode_tree
from communique.language.lemmas import apply_rule, lemma_rule, mended


def brute_force(arcs: np.ndarray) -> float:
    """The best score over all single-rooted trees, by trying every one."""
    n = len(arcs)
    best = -np.inf
    for heads in product(range(n + 1), repeat=n):
        if heads.count(0) != 1:
            continue
        if all(_reaches_root(heads, i) for i in range(n)):
            best = max(best, sum(arcs[i, h] for i, h in enumerate(heads)))
    return float(best)


def _reaches_root(heads: tuple[int, ...], i: int) -> bool:
    for _ in range(len(heads) + 1):
        if heads[i] == 0:
            return True
        i = heads[i] - 1
    return False


@pytest.mark.parametrize("seed", range(40))
def test_tree_is_the_best_one(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = 2 + seed % 4
    arcs = rng.normal(size=(n, n + 1)).astype(np.float32)
    arcs[np.arange(n), np.arange(1, n + 1)] = -1e4
    heads, _ = decode_tree(arcs)
    assert heads.count(-1) == 1
    assert all(_reaches_root(tuple(h + 1 for h in heads), i) for i in range(n))
    # Only the three likeliest roots are tried; with up to three words that is all of them.
    if n <= 3:
        assert sum(arcs[i, h + 1] for i, h in enumerate(heads)) == pytest.approx(brute_force(arcs), abs=1e-4)


def test_names_follow_the_best_path() -> None:
    labels = ("O", "B-Person", "I-Person", "B-Location", "I-Location")
    certain = np.log(
        np.array([[0.1, 0.8, 0.04, 0.03, 0.03], [0.05, 0.05, 0.4, 0.05, 0.45], [0.9, 0.04, 0.02, 0.02, 0.02]])
    )
    found = decode_names(certain.astype(np.float32), labels)
    assert [(n.first, n.last, n.label) for n in found] == [(0, 1, "Person")]
    assert 0 < found[0].confidence < 1


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("Talks", "talk"),
        ("was", "be"),
        ("running", "run"),
        ("Kishida", "Kishida"),
        ("went", "go"),
        ("better", "good"),
    ],
)
def test_lemma_rules_are_undone(word: str, lemma: str) -> None:
    assert apply_rule(lemma_rule(word, lemma), word) == lemma


def test_a_rule_that_does_not_fit_leaves_the_word() -> None:
    assert apply_rule("l4+", "as") == "as"


@pytest.mark.parametrize(
    ("word", "told", "lemma"),
    [
        ("abducted", "abducte", "abduct"),
        ("quashed", "quashe", "quash"),
        ("embezzled", "embezzle", "embezzle"),
        ("enforced", "enforce", "enforce"),
        ("leaves", "leavave", "leave"),
    ],
)
def test_a_verb_that_is_no_word_is_mended(word: str, told: str, lemma: str) -> None:
    assert mended(told, word, {"leave"}, verb=True) == lemma
