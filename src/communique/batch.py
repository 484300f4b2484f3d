"""Many articles: in input order, in one process or several, with flat memory.

    paths → articles and faults → (workers read) → readings and faults, in the same order

A fault stands in the place of what could not be read and never stops what follows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from communique.article import Article
from communique.errors import CommuniqueError, InputError
from communique.reading import Reading

if TYPE_CHECKING:
    import os

    from communique.pipeline import Pipeline

__all__ = ["name_of", "pipeline", "process", "read_article", "read_paths"]

T = TypeVar("T")


@cache
def pipeline() -> Pipeline:
    """The one pipeline of this process; it loads the network at its first article."""
    from communique.pipeline import Pipeline

    return Pipeline()


def read_paths(
    paths: Iterable[str | os.PathLike[str]], *, published: date | None = None, workers: int = 1
) -> Iterator[Reading | InputError]:
    """The readings of all that the paths name, in input order; see ``communique.read_many``."""
    from communique.intake import read_articles

    return process(read_articles(paths, published=published), _whole, workers)


def process(
    items: Iterable[Article | InputError], finish: Callable[[Reading], T], workers: int = 1
) -> Iterator[T | InputError]:
    """Read each article and finish its reading, in order.

    Args:
        items: articles, and faults that pass through.
        finish: what to make of a reading; with several workers it runs in theirs, so it is a
            function at the top of a module and its answer can be pickled.
        workers: processes that read; with 1 no process is started.

    Raises:
        ValueError: if ``workers`` is below 1.
        CommuniqueError: if no article can be read here at all, such as ``InstallationError``.
    """
    if workers < 1:
        raise ValueError(f"workers is {workers}, and at least 1 is needed")
    if workers > 1:
        from communique.workers import process_in_workers

        return process_in_workers(items, finish, workers)
    return _process_here(items, finish)


def _process_here(
    items: Iterable[Article | InputError], finish: Callable[[Reading], T]
) -> Iterator[T | InputError]:
    for item in items:
        yield item if isinstance(item, InputError) else read_article(item, finish)


def read_article(article: Article, finish: Callable[[Reading], T]) -> T | InputError:
    """Read one article of many: what goes wrong with it alone is an ``InputError``, returned.

    Raises:
        CommuniqueError: if it is not the article's fault.
    """
    try:
        return finish(pipeline().read(article))
    except InputError as fault:
        return fault if fault.where else type(fault)(fault.message, name_of(article))
    except CommuniqueError:
        raise
    except Exception as error:
        # A step that stumbles over one article of a hundred thousand must not cost the others.
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        fault = InputError(
            f"could not be read, by a mistake in communique ({what}); please report it", name_of(article)
        )
        fault.__cause__ = error
        return fault


def name_of(article: Article) -> str:
    """What a person knows the article by."""
    return article.url or article.title or f"article {article.id}"


def _whole(reading: Reading) -> Reading:
    # The network's view of the text is large, and no part of the reading's JSON.
    reading.analysis = None
    return reading

