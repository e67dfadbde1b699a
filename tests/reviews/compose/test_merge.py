"""Composing again over what a person wrote."""

from typing import Any

from phoihop.reviews.compose.merge import merged

VALUES = {"B01": "10", "B02": "20"}


def made(key: str, vi: str = "mới") -> dict[str, Any]:
    return {"kind": "sentence", "key": key, "vi": vi, "en": vi, "figures": ["B01"], "is_edited": False}


def written(key: str, seen: dict[str, str] | None = None) -> dict[str, Any]:
    return {
        "kind": "sentence", "key": key, "vi": "tay", "en": "hand", "figures": ["B01"], "is_edited": True,
        "seen": {"B01": "10"} if seen is None else seen,
    }  # fmt: skip


def keys(blocks: list[dict[str, Any]]) -> list[str]:
    return [block["key"] for block in blocks]


def test_block_nobody_edited_is_replaced() -> None:
    assert merged([made("a", "cũ")], [made("a")], [], VALUES) == [made("a")]


def test_edited_block_stays_and_is_unmarked_while_its_figures_stand() -> None:
    assert merged([written("a")], [made("a"), made("b")], [], VALUES) == [written("a"), made("b")]


def test_edited_block_is_marked_where_a_figure_changed_since() -> None:
    [block] = merged([written("a")], [made("a")], [], {"B01": "11"})

    assert block["changed"] == ["B01"]
    assert block["vi"] == "tay"


def test_mark_goes_where_the_figure_comes_back() -> None:
    marked = {**written("a"), "changed": ["B01"]}

    assert merged([marked], [made("a")], [], VALUES) == [written("a")]


def test_edited_block_names_the_figures_that_are_gone() -> None:
    [block] = merged([written("a")], [made("a")], [], {"B02": "20"})

    assert block["unknown"] == ["B01"]


def test_block_taken_out_stays_out() -> None:
    assert keys(merged([made("b")], [made("a"), made("b")], ["a"], VALUES)) == ["b"]


def test_own_block_keeps_its_place_after_what_it_followed() -> None:
    old = [made("a"), written("own-1"), made("b")]

    assert keys(merged(old, [made("a"), made("new"), made("b")], [], VALUES)) == ["a", "own-1", "new", "b"]


def test_own_blocks_keep_their_order_where_what_they_followed_is_gone() -> None:
    old = [made("gone"), written("own-1"), written("own-2")]

    assert keys(merged(old, [made("a")], [], VALUES)) == ["own-1", "own-2", "a"]


def test_edited_block_no_longer_composed_stays() -> None:
    assert keys(merged([made("a"), written("old")], [made("a")], [], VALUES)) == ["a", "old"]
