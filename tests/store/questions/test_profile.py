"""An actor: by its key, with its roles, partners and claims."""

from __future__ import annotations

from datetime import date

import pytest

from communique.errors import BadQuestion
from communique.store import Store
from communique.store.questions import events, said
from communique.store.questions.parties import is_key
from communique.store.questions.profile import acts, introduced, keys_named, partners, profile, roles

HOLM = "person:jpn-ada-holm"


def test_a_key_of_who_is_who_means_that_actor_alone(store: Store) -> None:
    row = profile(store, HOLM).rows[0]
    assert (row["name"], row["kind"], row["country"]) == ("Ada Holm", "person", "JPN")
    assert (row["articles"], row["claims"]) == (1, 1)
    assert row["first"] == row["last"] == date(2024, 2, 6)


def test_a_name_after_a_tilde_means_those_without_an_id(store: Store) -> None:
    assert profile(store, "~Ada Holm").rows[0]["articles"] == 2
    assert profile(store, "~Ada").rows == []
    assert {r["article"] for r in events(store, actor="~Ada Holm", limit=0).rows} == {2}
    assert {r["article"] for r in events(store, actor="Ada Holm", limit=0).rows} == {1, 2}


def test_a_country_is_all_that_is_of_it(store: Store) -> None:
    assert profile(store, "JPN").rows[0]["articles"] == 3


def test_nobody_is_no_row(store: Store) -> None:
    assert profile(store, "person:nobody").rows == []
    with pytest.raises(BadQuestion):
        profile(store, " ")


def test_roles_have_their_days(store: Store) -> None:
    day = date(2024, 2, 6)
    assert roles(store, HOLM).rows == [{"role": "mayor", "articles": 1, "first": day, "last": day}]
    assert roles(store, "~Ivo Brandt").rows == []


def test_partners_of_both_directions(store: Store) -> None:
    rows = {r["key"]: r for r in partners(store, "~Ivo Brandt").rows}
    # The meeting is one happening; each telling has Ada Holm under another key.
    assert (rows[HOLM]["did"], rows[HOLM]["had_done"]) == (0, 1)
    assert (rows["~ada holm"]["did"], rows["~ada holm"]["had_done"]) == (2, 1)
    assert rows["~ada holm"]["last"] == date(2024, 5, 1)
    assert rows["~ada holm"]["happenings"] == 3
    limited = partners(store, "~Ivo Brandt", limit=1)
    assert [r["key"] for r in limited.rows] == ["~ada holm"]
    assert limited.total == 2


def test_partners_of_a_country_are_not_of_it(store: Store) -> None:
    assert {r["country"] for r in partners(store, "JPN").rows} == {"PRK"}


def test_acts_and_claims_by_key(store: Store) -> None:
    assert acts(store, HOLM).rows == [{"act": "deny", "claims": 1, "articles": 1}]
    assert [r["words"] for r in said(store, HOLM).rows] == ["that 12 ferries sank"]
    assert said(store, "~Ada Holm").rows == []


def test_keys_of_a_name(store: Store) -> None:
    rows = keys_named(store, "Ada Holm").rows
    assert [(r["key"], r["articles"]) for r in rows] == [("~ada holm", 2), (HOLM, 1)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        *(("person:x", True), ("iso:JPN", True), ("~Ada Holm", True)),
        *(("JPN", False), ("~", False), ("Note: x", False)),
    ],
)
def test_what_a_key_looks_like(value: str, expected: bool) -> None:
    assert is_key(value) is expected


@pytest.mark.parametrize("key", [HOLM, "~Ivo Brandt", "JPN", "person:nobody"])
def test_introduced_is_all_three(key: str, store: Store) -> None:
    found = introduced(store, key)
    assert [a.rows for a in found] == [q(store, key).rows for q in (profile, roles, acts)]
