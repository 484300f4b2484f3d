"""A run: plan, code by an engine, and take away what a changed input has left behind."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from communique import __version__
from communique.batch import Reader, own_reader
from communique.errors import CommuniqueError
from communique.options import Options
from communique.scale.engines import Tick, engine_of
from communique.scale.layout import Folder, Marker
from communique.scale.parts import Coded, Job, Outcome, Part
from communique.scale.planning import Plan, plan

__all__ = ["PART_SIZE", "code_files"]

PART_SIZE = 2000  # lines; some ten minutes of one core


def code_files(
    paths: Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    engine: str = "local",
    workers: int | None = None,
    part_size: int = PART_SIZE,
    published: date | str | None = None,
    options: Options = Options(),
    readings: bool = True,
    make_reader: Callable[[int | None], Reader] | None = None,
    model: str | None = None,
    planned: Callable[[Plan], None] = lambda _: None,
    tick: Callable[[Tick], None] = lambda _: None,
) -> Iterator[Outcome]:
    """Code files into a folder of Parquet parts; what is complete there already is passed by.

    Args:
        paths: files of articles, folders, globs.
        out: the folder to write to; made if it is not there.
        engine: 'local' (processes of this machine) or 'ray' (a running Ray cluster).
        workers: how many parts are coded at once; None for as many as there are cores.
        part_size: lines of a file of JSON lines that make one part; 0 for the whole file.
        published: day of publication that stands above what the articles say.
        options: how to read.
        readings: also write the whole readings, from which a store can be filled.
        make_reader: another reader than the package's own; then ``model`` names it.
        planned: told what there is to do, once.
        tick: told how far a part is, at most once a second a worker.

    Yields:
        A ``Coded`` or ``Failed`` a part: first those that need no coding, then in the order of completion.

    Raises:
        ValueError: if the engine is not known, or a number is below its least.
        CommuniqueError: if nothing can be coded or written, such as a full disk.
    """
    if part_size < 0 or (workers is not None and workers < 1):
        raise ValueError(f"part_size is {part_size} and workers {workers}; at least 0 and 1 are needed")
    run = engine_of(engine)
    job = _job(out, published, options, readings, make_reader, model)
    folder = Folder(job.out)
    try:
        folder.root.mkdir(parents=True, exist_ok=True)
        folder.clear()
    except OSError as error:
        raise CommuniqueError(f"{job.out} cannot be written: {error.strerror}") from None
    todo = plan(paths, job, part_size)
    planned(todo)
    yield from todo.faults
    inputs = _Inputs(folder, todo)
    for known in todo.complete:
        inputs.take(known)
        yield known
    if todo.parts:
        for said in run(todo.parts, job, workers):
            if isinstance(said, Tick):
                tick(said)
                continue
            if isinstance(said, Coded):
                inputs.take(said)
            yield said


class _Inputs:
    """Which inputs are coded wholly: then the parts of what they held before are taken away."""

    def __init__(self, folder: Folder, todo: Plan) -> None:
        self.folder = folder
        self.before = todo.markers
        self.open = Counter(p.path for p in [*todo.parts, *(c.part for c in todo.complete)])
        self.parts: dict[str, set[str]] = {}

    def take(self, coded: Coded) -> None:
        path, marker = coded.part.path, coded.marker
        self._name_input(coded.part, marker)
        self.parts.setdefault(path, set()).add(marker.part)
        self.open[path] -= 1
        if self.open[path]:
            return
        for old in self.before.get(path, []):
            if old.part not in self.parts[path]:
                self._forget(path, old.part)

    def _name_input(self, part: Part, marker: Marker) -> None:
        """The marker shall name each input with this content, so that the next run need not read it."""
        if marker.inputs.get(part.path) != [part.size, part.modified]:
            marker.inputs[part.path] = [part.size, part.modified]
            self.folder.write_marker(marker)

    def _forget(self, path: str, part: str) -> None:
        old = self.folder.marker(part)
        if old is None:
            return
        old.inputs.pop(path, None)
        if old.inputs:
            self.folder.write_marker(old)
        else:
            self.folder.remove(part)


def _job(
    out: str | os.PathLike[str],
    published: date | str | None,
    options: Options,
    readings: bool,
    make_reader: Callable[[int | None], Reader] | None,
    model: str | None,
) -> Job:
    if isinstance(published, str):
        from communique.intake import parse_date

        published = parse_date(published)
    if model is None:
        from communique.language.network import Network

        model = Network().name
    settings = {
        "published": published.isoformat() if published else None,
        "readings": readings,
        **{name: _content(value) for name, value in asdict(options).items()},
    }
    return Job(
        out=os.path.abspath(out),
        version=__version__,
        model=model,
        settings=settings,
        published=published,
        whole=readings,
        make_reader=make_reader or partial(own_reader, options=options),
    )


def _content(value: Any) -> Any:
    """A file that reading depends on counts by its content, wherever it lies."""
    if not isinstance(value, str):
        return value
    try:
        return f"{Path(value).name} {hashlib.sha256(Path(value).read_bytes()).hexdigest()[:16]}"
    except OSError as error:
        raise CommuniqueError(f"{value} cannot be read: {error.strerror}") from None
