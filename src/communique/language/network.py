"""The trained network: run once over an article, all heads at once.

A window is a run of consecutive sentences; it is run by itself, so its answer depends on nothing
but its own words, whatever else is read and however many workers read it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communique.errors import InstallationError
from communique.language.windows import pack
from communique.language.wordpiece import WordPiece, case_class

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor
    from threading import Thread

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["WEIGHTS", "Network", "Tagged"]

WEIGHTS = Path(__file__).parent / "weights"
BEST = ("upos", "xpos", "lemma", "deprel")  # heads of which the graph gives the best label, not the scores
PAIRS = (
    "actor",
    "recipient",
    "claim_cue",
    "claim_source",
    "claim_content",
)  # heads that score pairs of words
_Coded = tuple[Sequence[str], list[tuple[int, ...]], Sequence[int]]  # words, pieces of each, whether quoted
LONGEST_SENTENCE = 480  # pieces; the encoder has 512 positions, and the two marks need theirs


@dataclass(slots=True)
class Tagged:
    """What the network says of one sentence of W words.

    Attributes:
        tags: by head name ('upos', 'xpos', 'lemma', 'deprel'), the number of the best label a word, ``[W]``.
        arcs: score of each head a word, ``[W, W + 1]``; column 0 is the root.
        scores: by head name: 'names', 'event', log-probabilities of its labels, ``[W, L]``; 'status', log
            odds of its labels, the last 'historical'; 'actor', 'recipient', log odds that the column's word
            names that party of what the row's word tells, ``[W, W]``; 'recipient_before', the same of the
            words of the window's sentences before, ``[W, V]``; 'claim', log odds that the word
            heads a cue and that it is part of what somebody says, ``[W, 2]``; 'claim_cue', 'claim_source',
            'claim_content', log odds that the column's word is that part of the claim whose cue the row's
            word heads, ``[W, W]``.
    """

    tags: dict[str, NDArray[np.int64]]
    arcs: NDArray[np.float32]
    scores: dict[str, NDArray[np.float32]]


class Network:
    """The shipped network.

    Args:
        folder: where ``network.onnx``, ``vocab.txt``, ``labels.json`` and ``manifest.json`` are.
        threads: windows run at once; the answer is the same whatever their number.

    Raises:
        InstallationError: if a file is missing or cannot be read.
    """

    def __init__(self, folder: Path = WEIGHTS, threads: int | None = None) -> None:
        self.folder = folder
        self.threads = threads or min(4, os.cpu_count() or 1)
        self._loading: Thread | None = None
        try:
            self.labels: dict[str, list[str]] = json.loads(
                (folder / "labels.json").read_text(encoding="utf-8")
            )
            self.manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            self.wordpiece = WordPiece.load(folder / "vocab.txt")
        except (OSError, ValueError) as fault:
            raise InstallationError(
                f"the network's files in {folder} cannot be read ({fault}); install communique again"
            ) from fault

    @property
    def name(self) -> str:
        """Name and content hash of the weights."""
        digest = self.manifest["files"]["network.onnx"][:12]
        return f"{self.manifest['name']}-{digest}"

    def damaged(self) -> list[str]:
        """Names of the files that are not what the manifest says."""
        out = []
        for name, expected in self.manifest["files"].items():
            path = self.folder / name
            if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != expected:
                out.append(name)
        return out

    @cached_property
    def session(self) -> Any:
        """The inference session, made when first used."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        # One thread a window, several windows at once: threads that share a window wait on each other,
        # and on a busy machine two are slower than one.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # The graph is exported fused: looking for more to fuse only costs a cold start.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        try:
            return onnxruntime.InferenceSession(
                str(self.folder / "network.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as fault:
            raise InstallationError(
                f"the network's weights cannot be loaded ({fault}); install communique again"
            ) from fault

    def prepare(self) -> None:
        """Begin to load the session beside other work; the first ``run`` waits for it if need be.

        A fault in loading is not told here but by that ``run``.
        """
        from threading import Thread

        def load() -> None:
            with suppress(InstallationError):
                _ = self.session

        if "session" not in self.__dict__ and self._loading is None:
            self._loading = Thread(target=load, daemon=True)
            self._loading.start()

    def _ready(self) -> Any:
        loading = self._loading
        if loading is not None:
            loading.join()
            self._loading = None
        return self.session

    def run(
        self, sentences: Iterable[tuple[Sequence[str], Sequence[int]]], vectors: bool = False
    ) -> Iterator[Tagged]:
        """Tag, parse and find names in consecutive sentences.

        Args:
            sentences: of each the words, at least one and at most ``LONGEST_SENTENCE`` pieces, and for each
                word 1 where it stands in quotation marks, else 0.
            vectors: whether ``scores`` shall also have 'vectors', ``[W, D]``.

        Returns:
            One answer a sentence, in order, as they come: the first windows run while others are made up, and
            what is made of them can be made while others run.
        """
        groups = self._groups(sentences)
        if self.threads == 1:
            return (tagged for group in groups for tagged in self._window(group, vectors))
        begun = [self._pool.submit(self._window, group, vectors) for group in groups]
        return (tagged for one in begun for tagged in one.result())

    def _groups(self, sentences: Iterable[tuple[Sequence[str], Sequence[int]]]) -> Iterator[list[_Coded]]:
        """The sentences of each window, as soon as it is full."""
        coded: list[_Coded] = []

        def lengths() -> Iterator[int]:
            for words, quoted in sentences:
                coded.append((words, [self.wordpiece.pieces(word) for word in words], quoted))
                yield sum(map(len, coded[-1][1]))

        for group in pack(lengths()):
            yield [coded[k] for k in group]

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(self.threads, thread_name_prefix="window")

    def _window(self, sentences: Sequence[_Coded], vectors: bool) -> list[Tagged]:
        import numpy as np

        ids = [one for _, coded, _ in sentences for one in coded]
        sizes = np.array([len(one) for one in ids], np.int64)
        last = np.cumsum(sizes)  # the first piece of all is a mark
        cases = np.array([case_class(word) for words, _, _ in sentences for word in words], np.int64)
        given = {
            "pieces": [self.wordpiece.cls, *chain.from_iterable(ids), self.wordpiece.sep],
            "cases": np.concatenate([[0], np.repeat(cases, sizes), [0]]),
            "sentence": np.repeat(np.arange(len(sentences)), [len(words) for words, _, _ in sentences]),
            "quoted": [mark for _, _, quoted in sentences for mark in quoted],
        }
        inputs = {name: np.array([value], np.int64) for name, value in given.items()}
        session = self._ready()
        wanted = [o for o in self._outputs if vectors or o != "vectors"]
        answers = session.run(wanted, inputs | {"first": last - sizes + 1, "last": last})
        by_name = {o: a[0] for o, a in zip(wanted, answers, strict=True)}
        out, at = [], 0
        for words, _, _ in sentences:
            here = slice(at, at + len(words))
            arcs = by_name["arcs"][here]
            arcs = np.concatenate([arcs[:, :1], arcs[:, 1 + at : 1 + at + len(words)]], axis=1)
            tags = {name: by_name[name][here] for name in BEST}
            scores = {
                name: value[here, here] if name in PAIRS else value[here]
                for name, value in by_name.items()
                if name not in BEST and name != "arcs"
            }
            if "recipient" in by_name:
                scores["recipient_before"] = by_name["recipient"][here, :at]
            out.append(Tagged(tags, arcs, scores))
            at += len(words)
        return out

    @cached_property
    def _outputs(self) -> list[str]:
        return [o.name for o in self.session.get_outputs()]
