"""Readers without the network, for workers of every kind: some words of the text make them fail or die."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from communique.article import Article
from communique.batch import Reader
from communique.errors import NotEnglish
from communique.reading import Reading
from tests.samples import TEXT, sample

__all__ = ["ReaderMaker", "SampleReader"]


@dataclass
class SampleReader:
    """Reads every article as ``tests.samples.sample`` does, where its text begins with ``TEXT``.

    Attributes:
        deaths: a file; each death in it is a line. The process dies at the word DIE while it has fewer lines
            than ``lives``; at the word ORPHAN it kills its parent, once, and waits for ever.
    """

    deaths: Path
    lives: int

    def read(self, article: Article) -> Reading:
        if "FOREIGN" in article.text:
            raise NotEnglish("is written in French")
        if "STUMBLE" in article.text:
            raise KeyError("a step's mistake")
        if "ORPHAN" in article.text and not self.deaths.exists():
            self.deaths.write_text(f"{os.getppid()}\n")
            os.kill(os.getppid(), signal.SIGKILL)
            signal.pause()
        if "DIE" in article.text:
            told = self.deaths.read_text() if self.deaths.exists() else ""
            if told.count("\n") < self.lives:
                self.deaths.write_text(f"{told}{os.getpid()}\n")
                os.kill(os.getpid(), signal.SIGKILL)
        assert article.text.startswith(TEXT)
        return sample(
            article.text,
            id=article.id,
            title=article.title,
            publisher=article.publisher,
            url=article.url,
            published=article.published,
            published_from=article.published_from,
            blocks=article.blocks,
        )


class ReaderMaker:
    """Makes the readers of a run; can be sent to other processes."""

    def __init__(self, folder: Path, lives: int = 0) -> None:
        self.folder = folder
        self.lives = lives

    def __call__(self, threads: int | None) -> Reader:
        with open(self.folder / "started", "a") as told:
            told.write(f"{os.getpid()} {threads}\n")
        return SampleReader(self.folder / "deaths", self.lives)
