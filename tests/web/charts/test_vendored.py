"""What is vendored is what the list says, and all that pages load is on it."""

from __future__ import annotations

import hashlib
import re
from importlib.resources import files

from communique.web.charts.scripts import SCRIPTS

FOLDER = files("communique.web") / "static" / "vendor"
LISTED = re.compile(r"^\| ([\w-]+) \| ([\d.]+) \| ([\w-]+) \| [^|]+ \| (\d+) \| `([0-9a-f]{64})` \|$", re.M)


def test_every_file_is_listed_with_its_hash_and_licence() -> None:
    listed = {}
    for name, version, licence, size, mark in LISTED.findall((FOLDER / "VENDORED.md").read_text()):
        data = (FOLDER / f"{name}-{version}.js").read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (int(size), mark), name
        assert licence in ("ISC", "BSD-3-Clause", "MIT")
        assert "Copyright" in (FOLDER / f"{name}-{version}.LICENSE").read_text()
        listed[f"{name}-{version}.js"] = data
    assert set(listed) == set(SCRIPTS) == {f.name for f in FOLDER.iterdir() if f.name.endswith(".js")}


def test_no_script_looks_outside() -> None:
    for name in SCRIPTS:
        text = (FOLDER / name).read_text()
        assert "sourceMappingURL" not in text
        assert not re.search(r"(src|fetch\(|import\()\s*=?\s*[\"']https?:", text)
