"""The network: the same each time, nothing outside, no name on another."""

from __future__ import annotations

from typing import Any

from communique.web.charts.graph import Graph, graph


def tie(one: str, two: str, coop: int = 0, conf: int = 0) -> dict[str, Any]:
    who = {"actor": one, "recipient": two, "actor_name": one.title(), "recipient_name": two.title()}
    counts = {"verbal_cooperation": coop, "material_cooperation": 0, "verbal_conflict": 0}
    return who | counts | {"material_conflict": conf, "happenings": coop + conf}


MANY = [tie(f"~a{i}", f"~b{(i * 7) % 12}", i % 4, 1 + i % 3) for i in range(60)]


def made(rows: list[dict[str, Any]], **given: Any) -> Graph:
    return graph(rows, link=lambda a, b: f"/pairs/{a}/{b}", node_link=lambda k: f"/actors/{k}", **given)


def test_a_picture_is_the_same_each_time() -> None:
    assert made(MANY) == made(list(MANY))


def test_all_stand_within_and_no_names_overlap() -> None:
    for width, height, most in ((960, 640, 36), (372, 520, 16)):
        drawn = made(MANY, width=width, height=height, most=most)
        assert 2 <= len(drawn.nodes) <= most
        boxes = []
        for node in drawn.nodes:
            assert 0 < node.x < width and 0 < node.y + node.radius + 12 < height
            half = 3.6 * len(node.name)
            boxes.append((node.x - half, node.x + half, node.y + node.radius + 2, node.y + node.radius + 12))
        for i, a in enumerate(boxes):
            for b in boxes[i + 1 :]:
                assert not (a[0] < b[1] and b[0] < a[1] and a[2] < b[3] and b[2] < a[3])


def test_both_directions_are_one_line() -> None:
    drawn = made([tie("iso:JPN", "iso:PRK", 1, 8), tie("iso:PRK", "iso:JPN", 0, 3)])
    (line,) = drawn.ties
    assert (line.happenings, line.mood, line.link) == (12, "conf", "/pairs/iso:JPN/iso:PRK")
    assert "1 cooperation, 11 conflict" in line.text and "9 by Iso:Jpn, 3 by Iso:Prk" in line.text
    assert {node.kind for node in drawn.nodes} == {"iso"}


def test_what_prevails() -> None:
    moods = {t.happenings: t.mood for t in made([tie("~a", "~b", 4, 1), tie("~a", "~c", 2, 2)]).ties}
    assert moods == {5: "coop", 4: "mixed"}


def test_who_has_no_partner_left_is_not_drawn() -> None:
    drawn = made([tie("~a", "~b", 9), tie("~c", "~d", 5), tie("~e", "~a", 1)], most=3)
    assert {n.key for n in drawn.nodes} == {"~a", "~b"}
    assert made([]).nodes == ()
