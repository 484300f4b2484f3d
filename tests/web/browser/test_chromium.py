"""The script that finds Chromium, or says in one sentence what to do."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

SCRIPT = Path(__file__).parents[3] / "tools" / "chromium.sh"


def run(**environment: str) -> subprocess.CompletedProcess[str]:
    shell = shutil.which("sh")
    assert shell is not None
    return subprocess.run([shell, str(SCRIPT)], env=environment, capture_output=True, text=True, check=False)


def test_one_that_is_named_is_taken(tmp_path: Path) -> None:
    own = tmp_path / "own-browser"
    own.write_text("#!/bin/sh\n", encoding="ascii")
    own.chmod(0o755)
    found = run(PATH=str(tmp_path), CHROMIUM=str(own))
    assert (found.returncode, found.stdout.strip()) == (0, str(own))


def test_one_on_the_path_is_found(tmp_path: Path) -> None:
    browser = tmp_path / "google-chrome"
    browser.write_text("#!/bin/sh\n", encoding="ascii")
    browser.chmod(0o755)
    found = run(PATH=str(tmp_path))
    assert (found.returncode, found.stdout.strip()) == (0, str(browser))


def test_without_one_a_sentence_says_what_to_do(tmp_path: Path) -> None:
    found = run(PATH=str(tmp_path))
    assert found.returncode == 1 and found.stdout == ""
    assert found.stderr.count("\n") == 1 and "apt-get install chromium" in found.stderr
