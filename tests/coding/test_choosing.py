"""To whom an event is done, where its sentence may not tell."""

from __future__ import annotations

from communique.article import Article
from communique.coding.choosing import Chooser, Option
from communique.coding.events import Events, parties_of
from communique.coding.parties import Who
from communique.coding.tellings import PloverTypes, Told, tellings
from communique.language.analyse import analyse, shared_network
from communique.pipeline import Pipeline
from communique.reading import Reading

TEXT = (
    "Kenya accused Uganda of shelling a border town on Monday. The cabinet met for two hours. "
    "Prime Minister Ana Ruiz rejected the charge."
)


def read() -> Reading:
    pipeline = Pipeline()
    pipeline.steps = [s for s in pipeline.steps if not isinstance(s, Events)][:5]
    return pipeline.read(Article(TEXT))


def telling(reading: Reading, word: str) -> Told:
    assert reading.analysis is not None
    labels = reading.analysis.labels
    found = (tellings(n, s, labels, PloverTypes()) for n, s in enumerate(reading.analysis.sentences))
    return next(t for here in found for t in here if t.word.text == word)


def chosen_from(reading: Reading, word: str) -> tuple[Chooser, Told, list[Option]]:
    who = Who(reading)
    chooser = Chooser(reading, who)
    told = telling(reading, word)
    return chooser, told, chooser.options(told, parties_of(told, who))


def test_the_sentence_comes_first_and_those_named_before_follow() -> None:
    reading = read()
    _, told, options = chosen_from(reading, "rejected")
    ids = {e.name: e.id for e in reading.entities}
    named = [tuple(o.entities) for o in options]
    assert "kept" in options[0].features
    assert (ids["Kenya"],) in named[1:]
    assert (ids["Uganda"],) in named[1:]
    far = next(o for o in options if o.entities == [ids["Kenya"]])
    assert far.features["elsewhere"] == 1.0
    assert far.features["back=2"] == 1.0
    # Whoever rejects does not stand on the other side too.
    assert (ids["Ana Ruiz"],) not in named
    assert len(told.options) <= 5


def test_who_was_party_before_is_known() -> None:
    reading = read()
    who = Who(reading)
    chooser = Chooser(reading, who)
    accused, rejected = telling(reading, "accused"), telling(reading, "rejected")
    ids = {e.name: e.id for e in reading.entities}
    chooser.add(accused, ([ids["Kenya"]], [ids["Ana Ruiz"]]))
    options = chooser.options(rejected, ([ids["Ana Ruiz"]], []))
    kenya = next(o for o in options if o.entities == [ids["Kenya"]])
    uganda = next(o for o in options if o.entities == [ids["Uganda"]])
    assert kenya.features["acted on them near"] == 1.0
    assert "acted on them near" not in uganda.features


def test_what_is_alone_is_kept() -> None:
    reading = read()
    chooser, told, options = chosen_from(reading, "rejected")
    assert chooser.choice(told, options[:1]) == options[0].entities
    assert told.chosen == 0.0


def test_the_network_sees_the_sentences_of_its_window() -> None:
    text = "Chile attacked Peru. Bolivia protested. " + "It said so in a long letter. " * 30
    analysis = analyse(text, network=shared_network())
    first, second, *rest = analysis.sentences
    words = len(first.words)
    assert first.scores["recipient_before"].shape == (words, 0)
    assert second.scores["recipient_before"].shape == (len(second.words), words)
    # A later window begins anew.
    assert any(s.scores["recipient_before"].shape[1] == 0 for s in rest)
    for at, sentence in enumerate(analysis.sentences):
        width = sentence.scores["recipient_before"].shape[1]
        while width > 0:
            at -= 1
            width -= len(analysis.sentences[at].words)
        assert width == 0
