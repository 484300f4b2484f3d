"""The whole story on one page: an article goes in, step after step reads it, a reading comes out.

sentences   the language network: sentences, words, tags, trees, names
entities    who and what the article speaks of
times       when, resolved against the date of publication
places      where
claims      who said so
events      who did what to whom; planned, done or denied
disputes    what cannot both hold
schedule    what the article says will come
quantities  how many, how much
language    where the article itself judges
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import cache, partial
from pathlib import Path
from typing import Protocol, runtime_checkable

from communique import __version__
from communique.article import Article
from communique.language.analyse import analyse, shared_network
from communique.language.network import Network
from communique.options import Options
from communique.reading import Producer, Reading, Sentence

__all__ = ["Options", "Pipeline", "Step"]


class Step(Protocol):
    """One step: reads some parts of a reading, writes others."""

    reads: frozenset[str]
    writes: frozenset[str]

    def __call__(self, reading: Reading) -> Reading: ...


@runtime_checkable
class Prepared(Protocol):
    """A step with tables to load: done while the network loads beside it."""

    def prepare(self) -> None: ...


@runtime_checkable
class Typed(Protocol):
    """The step that gives events their types, and whose they are: 'plover' or a codebook's name."""

    ontology: str


class Sentences:
    """The language network's view of the text; every other step stands on it."""

    reads: frozenset[str] = frozenset()
    writes = frozenset({"sentences"})

    def __init__(self, network: Network, vectors: bool = False) -> None:
        self.network = network
        self.vectors = vectors

    def __call__(self, reading: Reading) -> Reading:
        article = reading.article
        reading.analysis = analyse(article.text, article.blocks, self.network, self.vectors)
        reading.sentences = [
            Sentence(f"s{i}", s.start, s.end) for i, s in enumerate(reading.analysis.sentences, start=1)
        ]
        return reading


def default_steps(network: Network, options: Options = Options()) -> list[Step]:
    """The steps as they come in the package, in order."""
    from communique.coding.claims import Claims
    from communique.coding.disputes import Disputes
    from communique.coding.entities import Entities
    from communique.coding.events import Events
    from communique.coding.places import Places
    from communique.coding.quantities import Quantities
    from communique.coding.schedule import Ahead
    from communique.coding.times import Times
    from communique.coding.voice import Voice

    model = None
    if options.codebook is not None:
        from communique.codebook import CodebookModel

        model = CodebookModel.load(Path(options.codebook), network.name)
    own = None
    if options.actors is not None:
        from communique.knowledge.own import actors_of

        own = actors_of(options.actors)
    places = None
    if options.places is not None:
        from communique.knowledge.own_places import places_of

        places = places_of(options.places)
    sentences = Sentences(network, vectors=model is not None)
    events = Events(options.min_confidence, model)
    return [
        sentences,
        Entities(own),
        Times(),
        Places(places),
        Claims(),
        events,
        Disputes(),
        Ahead(),
        Quantities(),
        Voice(),
    ]


class Pipeline:
    """Reads articles.

    Args:
        steps: given the network, the steps in order; left out, the package's own.
        threads: threads the network may use; the reading is the same whatever their number.

    Raises:
        ValueError: if a step reads what no step before it writes.
        InstallationError: if the network's files are missing.
    """

    def __init__(
        self, steps: Callable[[Network], list[Step]] = default_steps, threads: int | None = None
    ) -> None:
        self.network = shared_network(threads)
        self.network.prepare()
        self.steps = steps(self.network)
        check_order(self.steps)
        for step in self.steps:
            if isinstance(step, Prepared):
                step.prepare()

    def read(self, article: Article) -> Reading:
        """The reading of one article."""
        ontology = next((s.ontology for s in self.steps if isinstance(s, Typed)), "plover")
        reading = Reading(Producer(__version__, self.network.name, ontology), article)
        for step in self.steps:
            reading = step(reading)
        return reading


def check_order(steps: list[Step]) -> None:
    """Nothing is read before it is written, and only parts of a reading are named."""
    parts = {f.name for f in fields(Reading)}
    written: set[str] = set()
    for step in steps:
        name = type(step).__name__
        if unknown := (step.reads | step.writes) - parts:
            raise ValueError(
                f"step {name} names {', '.join(sorted(unknown))}, which no reading has; "
                f"its parts are {', '.join(sorted(parts))}"
            )
        if missing := step.reads - written:
            raise ValueError(f"step {name} reads {', '.join(sorted(missing))} before any step has written it")
        written |= step.writes


@cache
def shared_pipeline(options: Options = Options()) -> Pipeline:
    """One pipeline a process and way to read, made when first needed."""
    return Pipeline(partial(default_steps, options=options))
