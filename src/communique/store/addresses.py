"""One page, one address: what two spellings of a web address have in common."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from urllib.parse import quote, unquote, urlsplit, urlunsplit

__all__ = ["normal_address"]

_PORTS = {"http": "80", "https": "443"}
_SAFE = "/:@!$&'()*+,;=~-._%"


def normal_address(url: str | None) -> str | None:
    """An address in the form by which addresses are compared.

    Scheme and host are in lower case (http and https are one, and so is a host with and without ``www.``),
    the default port, the fragment, a last slash and the parameters of ``addresses.yaml`` are left out, the
    other parameters stand in order.

    Args:
        url: an address, or None.

    Returns:
        The normal form; None if there is no address, or none of the web.
    """
    try:
        parts = urlsplit((url or "").strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not host:
        return None
    host = host.removeprefix("www.")
    if port is not None and str(port) not in _PORTS.values():
        host = f"{host}:{port}"
    path = quote(unquote(parts.path, errors="surrogateescape"), safe=_SAFE, errors="surrogateescape").rstrip(
        "/"
    )
    kept = sorted(p for p in parts.query.split("&") if p and not _says_whence(p.partition("=")[0].lower()))
    return urlunsplit(("https", host, path, "&".join(kept), ""))


def _says_whence(parameter: str) -> bool:
    whole, beginnings = _parameters()
    return parameter in whole or parameter.startswith(beginnings)


@cache
def _parameters() -> tuple[frozenset[str], tuple[str, ...]]:
    """The parameters left out: whole names, and beginnings of names."""
    import yaml

    with files("communique.store").joinpath("addresses.yaml").open(encoding="utf-8") as stream:
        names: list[str] = yaml.safe_load(stream)["parameters"]
    return (
        frozenset(n for n in names if not n.endswith("*")),
        tuple(n[:-1] for n in names if n.endswith("*")),
    )
