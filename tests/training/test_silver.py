"""Unlabelled texts in several forms, and what several networks say of them together."""

import gzip

import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")

import numpy as np

from training.corpora import read_texts
from training.silver import mean


def test_texts_of_tables_marked_up_files_and_articles(tmp_path):
    table, marked, plain = tmp_path / "stories.csv.gz", tmp_path / "local.xml", tmp_path / "one.txt"
    with gzip.open(table, "wt", encoding="utf-8") as out:
        out.write('text,label\n"Rome spoke, Paris listened.",CONSULT\n')
    marked.write_text("<articles><article><text><![CDATA[A mayor resigned.]]></text></article></articles>")
    plain.write_text("Peru and Chile signed a treaty on Monday.")
    found = [list(read_texts(path)) for path in (table, marked, plain)]
    assert found[0] == [("stories.csv-0", "Rome spoke, Paris listened.")]
    assert found[1] == [("local.xml-0", "A mayor resigned.")]
    assert [text for _, text in found[2]] == ["Peru and Chile signed a treaty on Monday."]


def scores(chance, odds):
    event = np.log(np.array([[1 - chance, chance]], np.float32))
    return event, np.full((1, 2), odds, np.float32), np.full((2, 1, 1), odds, np.float32)


def test_the_mean_is_one_of_probabilities_and_heeds_weights():
    given = [scores(0.2, 0.0), scores(0.8, 4.0)]
    event, status, roles = mean(given)
    assert np.exp(event[0, 1]) == pytest.approx(0.5)
    assert status[0, 0] == pytest.approx(2.0)
    assert 1 / (1 + np.exp(-roles[0, 0, 0])) == pytest.approx((0.5 + 1 / (1 + np.exp(-4))) / 2)
    assert np.exp(mean(given, [3, 1])[0][0, 1]) == pytest.approx(0.35)
