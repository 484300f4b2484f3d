"""One request: what is refused, what is bounded, what comes back."""

from __future__ import annotations

import gzip
import pickle
import socket

import pytest

from communique import __version__
from communique.errors import AddressRefused, NotFetched
from communique.intake.web import fetch
from communique.intake.web.hosts import target_of


def resolver(**names):
    """A resolver that knows these names, each with its addresses in turn, one list a call."""

    def resolve(host, port, **_):
        if host not in names:
            raise socket.gaierror("no such name")
        addresses = names[host].pop(0) if isinstance(names[host][0], list) else names[host]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in addresses]

    return resolve


def test_what_comes_back(site):
    address = site.put(
        "/a?b=c",
        "Grüße",
        Content_Type="Text/HTML; Charset=UTF-8",
        ETag='"1"',
        Last_Modified="Thu, 15 Feb 2024 08:00:00 GMT",
        Cache_Control="public, s-maxage=5, max-age=600",
    )
    found = fetch(f"{address}#part", allow_private=True)
    assert (found.status, found.body.decode(), found.content_type) == (200, "Grüße", "text/html")
    assert (found.encoding, found.etag, found.max_age) == ("utf-8", '"1"', 600)
    assert (found.final_url, found.last_modified) == (address, "Thu, 15 Feb 2024 08:00:00 GMT")
    ((path, headers),) = site.asked
    assert path == "/a?b=c" and headers["User-Agent"] == f"communique/{__version__}"
    assert headers["Host"] == site.base.partition("//")[2]


def test_what_has_not_changed(site):
    site.pages["/feed"] = lambda headers: (304 if headers.get("If-None-Match") == '"1"' else 200, {}, b"")
    found = fetch(f"{site.base}/feed", etag='"1"', last_modified="x\r\nEvil: yes", allow_private=True)
    assert (found.status, found.body) == (304, b"")
    assert site.asked[0][1]["If-Modified-Since"] == "x Evil: yes" and "Evil" not in site.asked[0][1]


def test_redirects_are_followed_and_counted(site):
    site.put("/end", "here")
    for n in range(5):
        site.put(f"/{n}", status=302, Location=f"/{n + 1}" if n < 4 else "/end")
    found = fetch(f"{site.base}/0", allow_private=True)
    assert (found.body, found.final_url) == (b"here", f"{site.base}/end")
    for n in range(9):
        site.put(f"/{n}", status=301, Location=f"/{n + 1}")
    with pytest.raises(NotFetched, match=r"/0: redirects for ever \(after 6 addresses"):
        fetch(f"{site.base}/0", allow_private=True)
    site.put("/loop", status=307, Location="/pool")
    site.put("/pool", status=308, Location="/loop")
    with pytest.raises(NotFetched, match="redirects for ever"):
        fetch(f"{site.base}/loop", allow_private=True)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[fe80::1]",
        "[fd00::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]",
        "[2002:7f00:1::]",
        "[64:ff9b::7f00:1]",
    ],
)
def test_addresses_of_no_public_machine_are_refused(address):
    with pytest.raises(AddressRefused, match="not on the public internet"):
        fetch(f"http://{address}/")


@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f.1", "127.1"])
def test_private_addresses_under_other_names(host):
    with pytest.raises((AddressRefused, NotFetched)):
        fetch(f"http://{host}:1/")


def test_one_private_address_among_public_ones_is_enough():
    resolve = resolver(**{"a.example": ["93.184.216.34", "10.0.0.1"]})
    with pytest.raises(AddressRefused, match=r"a\.example \(10\.0\.0\.1\)"):
        fetch("https://a.example/", resolve=resolve)


def test_a_redirect_to_a_private_address_is_refused(site, monkeypatch):
    # The first address passes as public, so that the server can be asked at all.
    monkeypatch.setattr("communique.intake.web.hosts._is_public", lambda address: address == "127.0.0.1")
    for place in ("http://10.0.0.1/secret", "http://inside.example/", "//192.168.0.1/x"):
        address = site.put("/a", status=302, Location=place)
        with pytest.raises(AddressRefused, match="not on the public internet"):
            fetch(
                address,
                resolve=resolver(
                    **{
                        "127.0.0.1": ["127.0.0.1"],
                        "10.0.0.1": ["10.0.0.1"],
                        "192.168.0.1": ["192.168.0.1"],
                        "inside.example": ["10.0.0.2"],
                    }
                ),
            )


def test_a_name_is_resolved_once_so_that_it_cannot_change_between_check_and_use(site):
    calls = []

    def resolve(host, port, **_):
        calls.append(host)
        address = "127.0.0.1" if len(calls) == 1 else "10.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    site.put("/a", "here")
    found = fetch(f"http://pages.example:{site.port}/a", resolve=resolve, allow_private=True)
    assert found.body == b"here" and calls == ["pages.example"]
    assert site.asked[0][1]["Host"] == f"pages.example:{site.port}"


def test_the_next_address_of_a_host_is_tried(site):
    site.put("/a", "here")
    resolve = resolver(**{"pages.example": ["127.9.9.9", "127.0.0.1"]})
    assert fetch(f"http://pages.example:{site.port}/a", resolve=resolve, allow_private=True).body == b"here"


@pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://a.example/x", "gopher://127.0.0.1:70/"])
def test_other_schemes_are_refused(site, place):
    with pytest.raises(AddressRefused, match="only http and https"):
        fetch(place)
    with pytest.raises(AddressRefused, match="only http and https"):
        fetch(site.put("/a", status=302, Location=place), allow_private=True)


def test_what_is_no_address(site):
    with pytest.raises(AddressRefused, match="name and password"):
        fetch("http://user:secret@a.example/")
    for address in ("http://", "http://a.example:99999999/", "http://[::1/", "http://" + "a" * 5000):
        with pytest.raises(NotFetched):
            fetch(address)
    with pytest.raises(NotFetched, match=r"host that is not found: no\.such\.example"):
        fetch("http://no.such.example/", resolve=resolver())
    with pytest.raises(NotFetched, match="cannot be reached"):
        fetch("http://127.0.0.1:1/", allow_private=True)


def test_bodies_too_large_packed_or_not(site):
    site.put("/plain", b"a" * 2000)
    site.put("/bomb", gzip.compress(b"\0" * 50_000_000), Content_Encoding="gzip")
    site.pages["/endless"] = (200, {"Content-Length": "999999999999"}, b"a")
    for path in ("/plain", "/bomb", "/endless"):
        with pytest.raises(NotFetched, match="is larger than 1,000 bytes"):
            fetch(site.base + path, limit=1000, allow_private=True)
    assert len(fetch(f"{site.base}/bomb", limit=50_000_000, allow_private=True).body) == 50_000_000


def test_an_answer_that_breaks_off_or_takes_for_ever(site, clock):
    site.pages["/short"] = (200, {"Content-Length": "1000", "Connection": "close"}, b"a")
    with pytest.raises(NotFetched, match="breaks off its answer"):
        fetch(f"{site.base}/short", allow_private=True)
    address = site.put("/slow", b"a" * 200_000)

    def hours():
        clock.now += 3600
        return clock.now

    with pytest.raises(NotFetched, match="so slowly"):
        fetch(address, allow_private=True, clock=hours)


def test_names_of_other_scripts_and_odd_letters():
    target = target_of("HTTP://Bücher.Example:80/a b/ü?q=“x”#part", "x")
    assert target.host == "xn--bcher-kva.example" and target.site == "http://xn--bcher-kva.example"
    assert target.path == "/a%20b/%C3%BC?q=%E2%80%9Cx%E2%80%9D" and "#" not in target.url


def test_faults_travel_between_processes():
    fault = NotFetched("is busy", "http://a.example/", 503, 30.0)
    again = pickle.loads(pickle.dumps(fault))
    assert (str(again), again.status, again.retry_after) == (str(fault), 503, 30.0)
