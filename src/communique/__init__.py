"""communique reads political news offline and says who did what to whom, with the words that prove it.

    import communique

    reading = communique.read(text, published="2024-02-15")
    for event in reading.events:
        print(event.type, event.status, reading.evidence(event))

Nothing heavy is imported before the first article is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator
    from datetime import date

    from communique.article import Article
    from communique.errors import CommuniqueError, InputError
    from communique.reading import Reading
    from communique.store import open_store

__version__ = "0.1.0"
__all__ = [
    "Article",
    "CommuniqueError",
    "InputError",
    "Reading",
    "__version__",
    "open_store",
    "read",
    "read_many",
]

_PLACES = {
    "Article": "communique.article",
    "CommuniqueError": "communique.errors",
    "InputError": "communique.errors",
    "Reading": "communique.reading",
    "open_store": "communique.store",
}


def read(
    text: str,
    published: date | str | None = None,
    min_confidence: float | None = None,
    codebook: str | os.PathLike[str] | None = None,
    actors: str | os.PathLike[str] | None = None,
    places: str | os.PathLike[str] | None = None,
    **metadata: str | None,
) -> Reading:
    """Read one article.

    Args:
        text: the article, of any layout; offsets in the reading count its code points.
        published: the day that "last month" is resolved against, a ``date`` or text ('2024-02-15');
            without it the text's own date line or dateline is taken.
        min_confidence: events less sure than this (0 to 1) are left out; None for the default, which would
            rather miss a marginal event than tell one that is none.
        codebook: a file that ``communique codebook train`` made; its types are coded instead of PLOVER's.
        actors: a CSV file of your own actors (see docs/actors.md), which stand before the package's tables.
        places: a CSV file of your own places (see docs/when-and-where.md), likewise.
        metadata: what else is known: ``title``, ``author``, ``publisher``, ``url``, ``id``.

    Raises:
        InputError: if the text is empty, is not English, or the date is none.
        InstallationError: if the package is damaged.
    """
    from communique.intake import from_text
    from communique.pipeline import Options, shared_pipeline

    options = Options(min_confidence, *(None if p is None else str(p) for p in (codebook, actors, places)))
    return shared_pipeline(options).read(from_text(text, published=published, **metadata))


def read_many(
    paths: Iterable[str | os.PathLike[str]],
    published: date | str | None = None,
    workers: int | None = None,
    min_confidence: float | None = None,
    codebook: str | os.PathLike[str] | None = None,
    actors: str | os.PathLike[str] | None = None,
    places: str | os.PathLike[str] | None = None,
) -> Iterator[Reading | InputError]:
    """Read many articles, in input order.

    Args:
        paths: files, folders, globs, or '-' for standard input.
        published: a day that stands above what the articles say themselves.
        workers: cores that read, each its own process; 1 reads in this one. Without a number this process
            reads, on up to four cores where an article is long. The readings are the same whatever the
            number. With more than one, a script that calls this must do so under
            ``if __name__ == "__main__":``.
        min_confidence, codebook, actors, places: as for ``read``.

    Yields:
        A ``Reading`` an article, or the ``InputError`` that stands in its place.

    Raises:
        BadDate: if ``published`` is no date.
        InstallationError: if the package is damaged.
    """
    from communique.batch import read_paths
    from communique.intake import parse_date
    from communique.pipeline import Options

    day = parse_date(published) if isinstance(published, str) else published
    options = Options(min_confidence, *(None if p is None else str(p) for p in (codebook, actors, places)))
    return read_paths(paths, published=day, workers=workers, options=options)


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'communique' has no attribute {name!r}; it has {', '.join(__all__)}")
    from importlib import import_module

    value = getattr(import_module(_PLACES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
