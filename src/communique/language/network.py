"""The trained network: run once over an article, all heads at once.

A window is a run of consecutive sentences; it is run by itself, so its answer depends on nothing
but its own words, whatever else is read and however many workers read it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
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
        self,
        sentences: Sequence[Sequence[str]],
        vectors: bool = False,
        quoted: Sequence[Sequence[int]] | None = None,
    ) -> Iterator[Tagged]:
        """Tag, parse and find names in consecutive sentences.

        Args:
            sentences: the words of each sentence, at least one and at most ``LONGEST_SENTENCE`` pieces each.
            vectors: whether ``scores`` shall also have 'vectors', ``[W, D]``.
            quoted: for each word 1 where it stands in quotation marks, else 0; left out, none does.

        Returns:
            One answer a sentence, in order, as they come: what is made of the first windows can be made
            while others run.
        """
        coded = [[self.wordpiece.pieces(word) for word in words] for words in sentences]
        groups = list(pack([sum(map(len, c)) for c in coded]))

        def window(group: list[int]) -> list[Tagged]:
            marks = [m for k in group for m in (quoted[k] if quoted else [0] * len(sentences[k]))]
            return self._window([coded[k] for k in group], [sentences[k] for k in group], vectors, marks)

        run_all = self._pool.map if self.threads > 1 and len(groups) > 1 else map
        return (tagged for answer in run_all(window, groups) for tagged in answer)

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(self.threads, thread_name_prefix="window")

    def _window(
        self,
        coded: list[list[tuple[int, ...]]],
        sentences: Sequence[Sequence[str]],
        vectors: bool,
        quoted: list[int],
    ) -> list[Tagged]:
        import numpy as np

        pieces, cases, first, last, sentence = [self.wordpiece.cls], [0], [], [], []
        for k, (words, groups) in enumerate(zip(sentences, coded, strict=True)):
            for word, ids in zip(words, groups, strict=True):
                first.append(len(pieces))
                pieces.extend(ids)
                cases.extend([case_class(word)] * len(ids))
                last.append(len(pieces) - 1)
                sentence.append(k)
        pieces.append(self.wordpiece.sep)
        cases.append(0)
        given = {
            "pieces": [pieces],
            "cases": [cases],
            "first": first,
            "last": last,
            "sentence": [sentence],
            "quoted": [quoted],
        }
        session = self._ready()
        wanted = [o for o in self._outputs if vectors or o != "vectors"]
        answers = session.run(wanted, {name: np.array(value, np.int64) for name, value in given.items()})
        by_name = {o: a[0] for o, a in zip(wanted, answers, strict=True)}
        out, at = [], 0
        for words in sentences:
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
