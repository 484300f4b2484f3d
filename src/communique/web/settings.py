"""How the server is set up: what it serves, to whom, and the bounds of a request."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Settings", "is_loopback"]


@dataclass(frozen=True)
class Settings:
    """What the server serves, to whom, and the bounds of a request.

    Attributes:
        store: the file.
        edit: readers may correct what the machine read.
        host: address that is listened on.
        port: its port.
        token: what a request must bring along; None where nobody but this machine can ask.
        editor: the name under which corrections are stored; None: the account's.
        idle: seconds after which an unused store is let go of, so that another program may write it.
        query_seconds: the longest a question may take.
        longest_query: bytes of an address's query.
        largest_body: bytes of a request.
        read_seconds: the longest that reading one may take.
        read_waiting: requests to read that may wait for their turn.
        reads_a_minute: of one address.
        streams: clients that may listen for what is new at once.
        stream_seconds: after which such a client must ask again.
        cached_rows: that answers kept in memory hold together.
        kept_bytes: that pages kept as they were sent hold together; 0 keeps none.
    """

    store: Path
    edit: bool = False
    host: str = "127.0.0.1"
    port: int = 8765
    token: str | None = None
    editor: str | None = None
    idle: float = 2.0
    query_seconds: float = 5.0
    longest_query: int = 8192
    largest_body: int = 1_000_000
    read_seconds: float = 60.0
    read_waiting: int = 4
    reads_a_minute: int = 30
    streams: int = 16
    stream_seconds: float = 3600.0
    cached_rows: int = 200_000
    kept_bytes: int = 32_000_000


def is_loopback(host: str) -> bool:
    """Whether an address or name is this machine's own, which no other can reach."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
