"""From the inputs to the parts: what there is to code, and what is coded already."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from communique.errors import InputError
from communique.scale.layout import Folder, Marker, part_name
from communique.scale.lines import count_lines
from communique.scale.parts import Coded, Failed, Job, Part

__all__ = ["Plan", "plan"]


@dataclass(slots=True)
class Plan:
    """What a run has before it.

    Attributes:
        parts: to be coded, in input order.
        complete: coded already by the same job.
        faults: inputs that cannot be parts.
        markers: by path of an input, the markers that name it.
    """

    parts: list[Part] = field(default_factory=list)
    complete: list[Coded] = field(default_factory=list)
    faults: list[Failed] = field(default_factory=list)
    markers: dict[str, list[Marker]] = field(default_factory=dict)


def plan(paths: Iterable[str | os.PathLike[str]], job: Job, part_size: int) -> Plan:
    """The parts of the inputs.

    A file that has the size and time of change that a marker tells is taken for the same, as make and rsync
    do, and is not read.

    Args:
        paths: files, folders, globs.
        job: what is to be done with them.
        part_size: lines of a file of JSON lines that make one part; 0 for the whole file.
    """
    folder = Folder(job.out)
    found = Plan()
    for marker in folder.markers():
        for path in marker.inputs:
            found.markers.setdefault(path, []).append(marker)
    seen: set[str] = set()
    for item in _inputs(paths, folder):
        if isinstance(item, Failed):
            found.faults.append(item)
        elif item.path not in seen:
            seen.add(item.path)
            _divide(item, job, part_size, folder, found)
    return found


def _divide(file: Part, job: Job, part_size: int, folder: Folder, found: Plan) -> None:
    known = [m for m in found.markers.get(file.path, []) if m.inputs[file.path] == [file.size, file.modified]]
    file = replace(file, hash=known[0].hash if known else None)
    if part_size and _is_json_lines(file.path):
        lines = next((m.lines for m in known if m.lines is not None), None)
        if lines is None:
            try:
                hash, lines = count_lines(file.path)
            except OSError as error:
                found.faults.append(Failed(file, f"cannot be read: {(error.strerror or str(error)).lower()}"))
                return
            file = replace(file, hash=hash, lines=lines)
        file = replace(file, lines=lines)
    for part in _cut(file, part_size):
        marker = None
        if part.hash is not None:
            name = part_name(part.path, part.hash, part.rows)
            marker = next((m for m in known if m.part == name), None)
        if marker is not None and job.made(marker) and folder.is_whole(marker):
            found.complete.append(Coded(part, marker, fresh=False))
        else:
            found.parts.append(part)


def _cut(file: Part, part_size: int) -> Iterator[Part]:
    if not part_size or file.lines is None or file.lines <= part_size:
        yield file
        return
    for first in range(1, file.lines + 1, part_size):
        yield replace(file, rows=(first, min(first + part_size - 1, file.lines)))


def _is_json_lines(path: str) -> bool:
    from communique.intake.files import kind_of, open_input, peek

    try:
        with open_input(path) as stream:
            return kind_of(path, peek(stream, path)) == "jsonl"
    except InputError:
        return False


def _inputs(paths: Iterable[str | os.PathLike[str]], folder: Folder) -> Iterator[Part | Failed]:
    from communique.intake.batch import files_of

    out = os.path.realpath(folder.root) + os.sep
    for given in paths:
        path = os.fspath(given)
        if path == "-" or path.startswith(("http://", "https://")):
            yield Failed(
                Part(path, 0, 0), "is no file; files, folders and globs are coded, so fetch it first"
            )
            continue
        for item in files_of(path):
            if isinstance(item, InputError):
                yield Failed(Part(item.where or path, 0, 0), item.message)
                continue
            whole = os.path.abspath(item)
            if os.path.realpath(whole).startswith(out):
                continue  # a folder that holds its own output
            try:
                told = os.stat(whole)
            except OSError as error:
                yield Failed(Part(whole, 0, 0), f"cannot be read: {(error.strerror or str(error)).lower()}")
                continue
            yield Part(whole, told.st_size, told.st_mtime_ns)
