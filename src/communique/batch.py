"""Many articles: in input order, in one process or several, with flat memory.

    paths → articles and faults → (read, here or by workers) → readings and faults, in the same order

A fault stands in the place of what could not be read and never stops what follows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from communique.article import Article
from communique.errors import CommuniqueError, InputError
from communique.reading import Reading

if TYPE_CHECKING:
    import os

    from communique.pipeline import Options

__all__ = ["Reader", "name_of", "own_reader", "process", "read_article", "read_paths"]

T = TypeVar("T")


class Reader(Protocol):
    """What reads one article: a ``communique.pipeline.Pipeline``."""

    def read(self, article: Article) -> Reading: ...


def own_reader(threads: int | None = None, options: Options | None = None) -> Reader:
    """The package's own pipeline; without a number of threads, the one that this process shares."""
    from communique.pipeline import Options, Pipeline, default_steps, shared_pipeline

    options = options or Options()
    if threads is None:
        return shared_pipeline(options)
    return Pipeline(partial(default_steps, options=options), threads)


def read_paths(
    paths: Iterable[str | os.PathLike[str]],
    *,
    published: date | None = None,
    workers: int | None = None,
    options: Options | None = None,
) -> Iterator[Reading | InputError]:
    """The readings of all that the paths name, in input order; see ``communique.read_many``."""
    from communique.intake import read_articles

    reader = partial(own_reader, options=options)
    return process(read_articles(paths, published=published), without_analysis, workers, reader)


def process(
    items: Iterable[Article | InputError],
    finish: Callable[[Reading], T],
    workers: int | None = None,
    make_reader: Callable[[int | None], Reader] = own_reader,
) -> Iterator[T | InputError]:
    """Read each article and finish its reading, in order.

    Args:
        items: articles, and faults that pass through.
        finish: what to make of a reading; with several workers it runs in theirs, so it and its
            answer are things that can be pickled.
        workers: cores that read, each its own process; with 1 no process is started. None: this process
            alone, with as many threads as help it.
        make_reader: given a number of threads (None: as it likes), what reads; called once a process.

    Raises:
        ValueError: if ``workers`` is below 1.
        CommuniqueError: if no article can be read here at all, such as ``InstallationError``.
    """
    if workers is not None and workers < 1:
        raise ValueError(f"workers is {workers}, and at least 1 is needed")
    if workers is not None and workers > 1:
        from communique.workers import process_in_workers

        return process_in_workers(items, finish, workers, make_reader)
    return _process_here(items, finish, partial(make_reader, workers))


def _process_here(
    items: Iterable[Article | InputError],
    finish: Callable[[Reading], T],
    make_reader: Callable[[], Reader],
) -> Iterator[T | InputError]:
    reader: Reader | None = None
    for item in items:
        if isinstance(item, InputError):
            yield item
        else:
            # Made when the first article comes: where all inputs are faults, they are told at once.
            reader = reader or make_reader()
            yield read_article(item, finish, reader)


def read_article(article: Article, finish: Callable[[Reading], T], reader: Reader) -> T | InputError:
    """Read one article of many: what goes wrong with it alone is an ``InputError``, returned.

    Raises:
        CommuniqueError: if it is not the article's fault.
    """
    try:
        return finish(reader.read(article))
    except InputError as fault:
        return fault if fault.where else type(fault)(fault.message, name_of(article))
    except CommuniqueError:
        raise
    except Exception as error:
        # A step that stumbles over one article of a hundred thousand must not cost the others.
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        mistake = InputError(
            f"could not be read, by a mistake in communique ({what}); please report it", name_of(article)
        )
        mistake.__cause__ = error
        return mistake


def name_of(article: Article) -> str:
    """What a person knows the article by."""
    return article.url or article.title or f"article {article.id}"


def without_analysis(reading: Reading) -> Reading:
    """The reading less the network's view of the text, which is large and no part of its JSON."""
    reading.analysis = None
    return reading
