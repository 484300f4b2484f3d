"""How a coded folder is laid out: where a part's files and its completion marker are.

    DIR/<table>/part-<stem>-<hash>.parquet    one a table and part
    DIR/complete/part-<stem>-<hash>.json      the marker: written last, so where it is, all is
    DIR/unfinished/…                          what is being written; nothing there is of use

A part is named by its input's name and content, so that a folder that was moved, or is mounted elsewhere, is
not coded again; two inputs with the same name and content are one part.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import socket
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["FORMAT", "Folder", "Marker", "part_key", "part_name", "tables"]

FORMAT = "communique-part/1"
_HASH_DIGITS = 16
_STEM_LENGTH = 80  # characters of the input's name that a part's name keeps


@cache
def tables() -> dict[str, dict[str, str]]:
    """The tables, each with its columns and their types, in order (``columns.yaml``)."""
    from communique.coding.lexicons import load_yaml

    rows = load_yaml(Path(__file__).with_name("columns.yaml"))
    return {table: {name: kind for name, (kind, _) in columns.items()} for table, columns in rows.items()}


def part_name(path: str, hash: str, rows: tuple[int, int] | None = None) -> str:
    """What a part is called.

    Args:
        path: the input file.
        hash: SHA-256 of its bytes.
        rows: first and last line, where the part is not the whole file.
    """
    stem = re.sub(r"\.gz$", "", os.path.basename(path), flags=re.IGNORECASE).rpartition(".")
    shown = re.sub(r"[^A-Za-z0-9._-]+", "_", stem[0] or stem[2])[:_STEM_LENGTH].lstrip(".") or "input"
    return f"part-{shown}-{part_key(hash, rows)}"


def part_key(hash: str, rows: tuple[int, int] | None = None) -> str:
    """The end of a part's name, with which the keys of its articles begin."""
    return hash[:_HASH_DIGITS] + (f"-{rows[0]:09}" if rows else "")


@dataclass(slots=True)
class Marker:
    """Says that a part is complete, from what it was made, and what is in it.

    Attributes:
        part: its name.
        inputs: path of each input with this content to its [size in bytes, time of change in ns].
        hash: SHA-256 of the input's bytes.
        rows: first and last line of the input, where the part is not all of it.
        lines: lines of the whole input, where they were counted.
        version, model, settings: what coded it, and how; where one differs, it is coded again.
        counts: rows by table.
        bytes: size of the file by table.
        faults: articles that could not be read.
        seconds: how long it took.
    """

    part: str
    inputs: dict[str, list[int]]
    hash: str
    rows: list[int] | None
    lines: int | None
    version: str
    model: str
    settings: dict[str, Any]
    counts: dict[str, int] = field(default_factory=dict)
    bytes: dict[str, int] = field(default_factory=dict)
    faults: int = 0
    seconds: float = 0.0
    format: str = FORMAT


class Folder:
    """A coded folder.

    Args:
        root: its path; made when something is first written.
    """

    def __init__(self, root: str | os.PathLike[str]) -> None:
        self.root = Path(root)

    def table_file(self, table: str, part: str) -> Path:
        """Where the rows of a part in a table are."""
        return self.root / table / f"{part}.parquet"

    def marker_file(self, part: str) -> Path:
        """Where the marker of a part is."""
        return self.root / "complete" / f"{part}.json"

    def marker(self, part: str) -> Marker | None:
        """The marker of a part; None where there is none, or one that cannot be read."""
        return _marker(self.marker_file(part))

    def markers(self) -> Iterator[Marker]:
        """All markers, by name."""
        for path in sorted(self.root.glob("complete/part-*.json")):
            found = _marker(path)
            if found is not None:
                yield found

    def is_whole(self, marker: Marker) -> bool:
        """Are the files of a part there, of the size that the marker tells?"""
        try:
            return all(
                self.table_file(table, part=marker.part).stat().st_size == size
                for table, size in marker.bytes.items()
            )
        except OSError:
            return False

    def write_marker(self, marker: Marker) -> None:
        """Write a marker: whole or not at all, and on the disk when this returns."""
        path = self.marker_file(marker.part)
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{_token()}")
        with open(temporary, "w", encoding="utf-8") as stream:
            json.dump(asdict(marker), stream, ensure_ascii=False, indent=1)
            stream.write("\n")
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, path)
        sync_folder(path.parent)

    def take_in(self, file: Path, table: str, part: str) -> int:
        """Move a finished file to its place, safely on the disk; its size in bytes."""
        place = self.table_file(table, part)
        place.parent.mkdir(parents=True, exist_ok=True)
        with open(file, "rb+") as stream:
            os.fsync(stream.fileno())
        size = file.stat().st_size
        os.replace(file, place)
        sync_folder(place.parent)
        return size

    def unmark(self, part: str) -> None:
        """Take a part's marker away: it is complete no more."""
        with contextlib.suppress(FileNotFoundError):
            self.marker_file(part).unlink()

    def remove(self, part: str) -> None:
        """Take a part away: its marker first, so that a half is never taken for a whole."""
        self.unmark(part)
        for table in tables():
            with contextlib.suppress(FileNotFoundError):
                self.table_file(table, part).unlink()

    @contextlib.contextmanager
    def workspace(self, part: str) -> Iterator[Path]:
        """An empty folder for what is being written; gone afterwards."""
        path = self.root / "unfinished" / f"{part}.{_token()}"
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)

    def clear(self) -> None:
        """Take away what processes of this machine that live no more have left unfinished."""
        here = socket.gethostname().replace(".", "_")
        for path in [*self.root.glob("unfinished/*"), *self.root.glob("complete/.part-*")]:
            host, _, process = path.name.rpartition(".")[2].rpartition("-")
            if host == here and process.isdigit() and not _lives(int(process)):
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def sync_folder(path: Path) -> None:
    """Make a rename in a folder last, where the system can (Windows cannot)."""
    with contextlib.suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _token() -> str:
    return f"{socket.gethostname().replace('.', '_')}-{os.getpid()}"


def _lives(process: int) -> bool:
    if process == os.getpid() or os.name == "nt":  # Windows has no signal that only asks
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _marker(path: Path) -> Marker | None:
    try:
        found = Marker(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return found if found.format == FORMAT else None
