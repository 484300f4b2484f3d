"""``communique ingest``: articles into a store, each once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click

from communique.cli.reading_options import published_option, reading_options, workers_option

if TYPE_CHECKING:
    from communique.intake.web import Visitor
    from communique.store import Store
    from communique.store.batches import Tally
    from communique.store.following import Look
    from communique.store.ingesting import Ingest

__all__ = ["command"]

_EPILOG = """\b
Examples:
  communique ingest news/ rows.jsonl.gz
  communique ingest page.html --store libya.duckdb --published 2011-03-08
  communique ingest https://news.example.org/feed.xml --store news.duckdb
  communique ingest https://news.example.org/feed.xml --follow

\b
It may be stopped at any time and started again with the same words: nothing is lost, nothing is twice.
Exit status: 0 all well, 1 some articles could not be read, 2 wrong usage, 130 ended by Ctrl-C."""


@click.command(name="ingest", epilog=_EPILOG)
@click.argument("paths", nargs=-1, required=True, metavar="PATH|URL...")
@click.option(
    "--store",
    "place",
    type=click.Path(dir_okay=False),
    default="communique.duckdb",
    show_default=True,
    help="The database file; it is made if it is not there.",
)
@workers_option
@click.option(
    "--follow",
    is_flag=True,
    help="After all else look at the addresses, feeds for the most part, again and again until Ctrl-C.",
)
@published_option
@reading_options
@click.option(
    "--allow-private", is_flag=True, help="Fetch from private addresses too, such as this network's own."
)
@click.option(
    "--no-happenings", is_flag=True, help="Do not look for one happening told by several articles at the end."
)
def command(
    paths: tuple[str, ...],
    place: str,
    workers: int | None,
    follow: bool,
    published: date | None,
    min_confidence: float | None,
    codebook: str | None,
    actors: str | None,
    places: str | None,
    allow_private: bool,
    no_happenings: bool,
) -> int:
    """Read articles and keep what they say in a database, each article once, with all its sources.

    PATH is all that `communique read` takes; URL is a page, a feed (RSS, Atom) or a sitemap.
    """
    from communique.batch import own_reader
    from communique.cli.waiting import open_when_free
    from communique.intake import is_address
    from communique.pipeline import Options
    from communique.store.ingesting import Ingest

    addresses = [p for p in paths if is_address(p)]
    if follow and not addresses:
        raise click.UsageError("--follow needs an address, such as https://news.example.org/feed.xml.")
    visitor = None
    if addresses:
        from communique.intake.web import Visitor

        visitor = Visitor(allow_private=allow_private)
    reader = partial(own_reader, options=Options(min_confidence, codebook, actors, places))
    began = time.monotonic()
    with open_when_free(place) as store:
        ingest = Ingest(store, workers=workers, make_reader=reader)
        try:
            _take(store, ingest, [p for p in paths if not (follow and is_address(p))], published, visitor)
            if visitor is not None and follow:
                _follow(store, ingest, addresses, published, visitor, not no_happenings)
            if not no_happenings:
                _update_happenings(store)
        except KeyboardInterrupt:
            click.echo("Stopped; the same command goes on from here.", err=True)
            _report(ingest.tally, place, began)
            return 130
        except BaseException:
            _report(ingest.tally, place, began)
            raise
    _report(ingest.tally, place, began)
    return 1 if ingest.tally.faults else 0


def _take(
    store: Store, ingest: Ingest, paths: list[str], published: date | None, visitor: Visitor | None
) -> None:
    from communique.cli.progress import tracked
    from communique.intake import count_articles
    from communique.store.ingesting import inputs_of

    found = ingest.take(inputs_of(store, paths, published=published, visitor=visitor))
    for _ in tracked(found, lambda: count_articles(paths)):
        pass


def _follow(
    store: Store,
    ingest: Ingest,
    addresses: list[str],
    published: date | None,
    visitor: Visitor,
    happenings: bool,
) -> None:
    from communique.store.following import Follower

    looks: Iterator[Look] = Follower(store, ingest, addresses, visitor=visitor, published=published).looks()
    for look in looks:
        if happenings and "new" in look.articles:
            _update_happenings(store)
        _tell(look)


def _tell(look: Look) -> None:
    """One line a look: what it brought, and when the next is."""
    from communique.cli.visible import visible

    counts = ", ".join(
        f"{look.articles.count(word)} {name}"
        for word, name in (("new", "new"), ("copy", "known"), ("fault", "not readable"))
        if word in look.articles
    )
    what = str(look.fault) if look.fault else f"{look.url}: {counts or 'nothing new'}"
    click.echo(f"{visible(what)}; next look in {round(look.wait.total_seconds() / 60)} minutes", err=True)


def _update_happenings(store: Store) -> None:
    from communique.analysis.happenings import update

    update(store)


def _report(tally: Tally, place: str, began: float) -> None:
    """The faults, and what the store has now, in the last line."""
    from communique.cli.visible import visible

    if tally.faults:
        click.echo(f"{len(tally.faults)} could not be read:", err=True)
        for fault in tally.faults:
            click.echo("  " + visible(str(fault)), err=True)
    copies = tally.same_text + tally.same_address + tally.near
    parts = [f"{tally.new} new"]
    kinds = f" ({tally.same_text} same text, {tally.same_address} same address, {tally.near} near)"
    parts.append(f"{copies} copies{kinds if copies else ''}")
    if tally.fuller:
        parts.append(f"{tally.fuller} in the place of a shorter copy")
    if tally.there:
        parts.append(f"{tally.there} there already")
    parts.append(f"{len(tally.faults)} faults")
    seconds = time.monotonic() - began
    click.echo(f"{visible(place)}: {', '.join(parts)}; {seconds:.0f} s.")
