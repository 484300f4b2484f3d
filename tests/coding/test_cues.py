"""Cues of claims and of event status."""

from __future__ import annotations

import pytest

from communique.coding import cues
from communique.errors import InstallationError

CASES = {
    "for",
    "on",
    "to",
    "toward",
    "towards",
    "of",
    "about",
    "against",
    "with",
    "from",
    "out",
    "in",
    "unmarked",
}
RELATIONS = {
    "xcomp",
    "ccomp",
    "advcl",
    "acl",
    "obj",
    "obl",
    "nmod",
    "nsubj",
    "nsubj:pass",
    "csubj",
    "compound",
}


def test_reporting_verbs_by_act() -> None:
    found = cues.report_cues()
    assert len(found.verbs) >= 180
    assert {cue.act for cue in found.verbs.values()} == set(cues.ACTS)
    assert found.verbs["say"].act == "assert"
    assert found.verbs["deny"].act == "deny"
    assert found.verbs["vow"].act == "promise"
    assert found.verbs["call for"].act == "demand"
    assert (
        found.nouns["rumour"].certainty < found.nouns["claim"].certainty < found.nouns["statement"].certainty
    )


def test_words_that_report_only_with_a_clause() -> None:
    verbs = cues.report_cues().verbs
    assert verbs["add"].needs_content and verbs["find"].needs_content
    assert not verbs["announce"].needs_content


def test_phrases_mark_where_the_source_stands() -> None:
    phrases = cues.report_cues().phrases
    assert {"according to X", "in the words of X", "as X put it"} <= set(phrases)
    assert all(pattern.replace("'s", "").split().count("X") == 1 for pattern in phrases)


def test_hedges_lower_and_boosters_raise() -> None:
    found = cues.report_cues()
    assert found.hedges["allegedly"] < found.hedges["likely"] < 1
    assert all(value == 1 for value in found.boosters.values())
    assert not set(found.hedges) & set(found.boosters)


@pytest.mark.parametrize(
    ("lemma", "upos", "relation", "status", "when_negated"),
    [
        ("plan", "VERB", "xcomp", "planned", "negated"),
        ("seek", "VERB", "obj", "planned", "negated"),
        ("push", "VERB", "obl:for", "planned", "negated"),
        ("call", "VERB", "obl:for", "hypothetical", "negated"),
        ("possibility", "NOUN", "nmod:of", "hypothetical", "negated"),
        ("refuse", "VERB", "xcomp", "negated", "hypothetical"),
        ("fail", "VERB", "xcomp", "negated", "occurred"),
        ("cancel", "VERB", "obj", "negated", "hypothetical"),
        ("manage", "VERB", "xcomp", "occurred", "negated"),
        ("continue", "VERB", "xcomp", "ongoing", "negated"),
        ("unwilling", "ADJ", "xcomp", "negated", "planned"),
    ],
)
def test_governors(lemma: str, upos: str, relation: str, status: str, when_negated: str) -> None:
    found = cues.status_cues().governor(lemma, upos, relation)
    assert found == cues.Governor(status, when_negated)


def test_a_verb_governs_only_by_its_relation() -> None:
    assert cues.status_cues().governor("seek", "VERB", "nsubj") is None
    assert cues.status_cues().governor("eat", "VERB", "xcomp") is None


def test_relations_are_universal_dependencies() -> None:
    for _, upos, relation in cues.status_cues().governors:
        assert upos in ("VERB", "NOUN", "ADJ")
        base, _, case = relation.partition(":")
        assert relation in RELATIONS or (base in ("obl", "nmod", "advcl") and case in CASES), relation


def test_markers_and_their_order() -> None:
    found = cues.status_cues()
    assert found.markers["not", "advmod"] == "negated"
    assert found.markers["without", "mark"] == "negated"
    assert found.markers["may", "aux"] == "hypothetical"
    assert found.markers["will", "aux"] == "planned"
    assert sorted(found.order) == sorted(cues.STATUSES)
    assert found.order[0] == "negated"


def test_verb_forms_tell_the_progressive_from_the_past() -> None:
    forms = cues.status_cues().verb_forms

    def first(auxiliaries: set[str], tag: str) -> str:
        return next(status for aux, tags, status in forms if aux <= auxiliaries and tag in tags)

    assert first({"be"}, "VBG") == "ongoing"
    assert first({"have"}, "VBN") == "occurred"
    assert first(set(), "VBD") == "occurred"


@pytest.mark.parametrize(
    ("reader", "table", "message"),
    [
        ("report_cues", {"verbs": [{"act": "sing", "certainty": 1, "lemmas": "hum"}]}, "no act 'sing'"),
        ("report_cues", {"verbs": [{"act": "deny", "certainty": 3, "lemmas": "hum"}]}, "not within 0 and 1"),
        (
            "status_cues",
            {"governors": [{"status": "done", "lemmas": "x", "upos": "VERB", "relations": ["obj"]}]},
            "no status 'done'",
        ),
        (
            "status_cues",
            {
                "governors": [
                    {"status": "planned", "lemmas": "x", "upos": "VERB", "relations": ["obj"]},
                    {"status": "negated", "lemmas": "x", "upos": "VERB", "relations": ["obj"]},
                ]
            },
            "under two statuses",
        ),
    ],
)
def test_a_bad_patch_is_named(
    monkeypatch: pytest.MonkeyPatch, reader: str, table: dict[str, object], message: str
) -> None:
    monkeypatch.setattr(cues, "load_yaml", lambda path: table)
    with pytest.raises(InstallationError, match=message):
        getattr(cues, reader).__wrapped__()
