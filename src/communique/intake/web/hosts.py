"""Which machine an address leads to, and whether it may be asked.

A page, a feed or a redirect may name a machine of the user's own network. So a name is resolved once,
all that it stands for is checked, and the connection goes to a checked address: what the name stands
for a moment later does not matter.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from communique.errors import AddressRefused, NotFetched

__all__ = ["Resolve", "Target", "addresses_of", "target_of"]

Resolve = Callable[..., Iterable[Any]]
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_PORTS = {"http": 80, "https": 443}
_LONGEST = 4096  # characters of an address


class Target(NamedTuple):
    """An address taken apart: ``path`` holds the query, ``site`` scheme, host and port."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def site(self) -> str:
        default = self.port == _PORTS[self.scheme]
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if default else f":{self.port}")


def target_of(address: str, where: str) -> Target:
    """An address taken apart; its fragment is dropped, other letters are percent-encoded.

    Args:
        address: the address.
        where: the address that the user knows, to name in errors.

    Raises:
        AddressRefused: if it is not of http or https, or carries a name and password.
        NotFetched: if it is no address.
    """
    from urllib3.exceptions import LocationParseError
    from urllib3.util import parse_url

    shown = address if len(address) <= 100 else address[:99] + "…"
    of = "" if address == where else f": {shown}"
    if len(address) > _LONGEST:
        raise NotFetched(f"is an address of more than {_LONGEST} characters{of}", where)
    try:
        url = parse_url(_ascii_host(address.strip()))
    except (LocationParseError, ValueError):  # UnicodeError is a ValueError
        raise NotFetched(f"is no address that can be asked{of}", where) from None
    if url.scheme not in _PORTS:
        raise AddressRefused(
            f"leads to {url.scheme or 'no scheme'}, and only http and https are fetched{of}", where
        )
    if url.auth:
        raise AddressRefused(f"carries a name and password, which are not sent{of}", where)
    host = (url.host or "").strip("[]").rstrip(".")
    if not host:
        raise NotFetched(f"is an address without a host{of}", where)
    port = url.port or _PORTS[url.scheme]
    path = (url.path or "/") + (f"?{url.query}" if url.query else "")
    return Target(url._replace(fragment=None).url, url.scheme, host, port, path)


def _ascii_host(address: str) -> str:
    """The address with a host of other scripts as the names of machines are written (“xn--…”)."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if host.isascii():
        return address
    ascii_host = host.encode("idna").decode("ascii")
    at = parts.netloc.lower().rfind(host)
    if at < 0:
        return address
    netloc = parts.netloc[:at] + ascii_host + parts.netloc[at + len(host) :]
    return urlunsplit(parts._replace(netloc=netloc))


def addresses_of(target: Target, allow_private: bool, resolve: Resolve | None, where: str) -> list[str]:
    """The IP addresses of a host, in the order in which they should be tried.

    Args:
        target: what is to be fetched.
        allow_private: let addresses pass that are not of the public internet.
        resolve: as ``socket.getaddrinfo``, which is used where it is None.
        where: address to name in errors.

    Raises:
        AddressRefused: if one of them is private, loopback, link-local, reserved or multicast.
        NotFetched: if the name is not known.
    """
    try:
        found = list((resolve or socket.getaddrinfo)(target.host, target.port, type=socket.SOCK_STREAM))
    except (OSError, UnicodeError):
        raise NotFetched(f"has a host that is not found: {target.host}", where) from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not addresses:
        raise NotFetched(f"has a host that is not found: {target.host}", where)
    for address in addresses:
        if not allow_private and not _is_public(address):
            host = target.host if target.host == address else f"{target.host} ({address})"
            raise AddressRefused(
                f"leads to {host}, which is not on the public internet; "
                "allow private addresses if it is meant",
                where,
            )
    return addresses


def _is_public(address: str) -> bool:
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        # An IPv4 address may be carried inside one of IPv6.
        inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in _NAT64:
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        if any(i is not None and not _is_public(str(i)) for i in inner):
            return False
        if ip.ipv4_mapped is not None:
            return True
    return ip.is_global and not ip.is_multicast
