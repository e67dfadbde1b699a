"""Paragraphs go on as official documents count them."""

import pytest

from phoihop.assignments.labels import next_label


@pytest.mark.parametrize(
    ("labels", "following"),
    [([], "1"), (["1"], "2"), (["9"], "10"), (["1", "a"], "b"), (["d"], "đ"), (["đ"], "e"), (["e"], "g"), (["2.9"], "2.10"), (["2a"], "2b"), (["y"], ""), (["*"], "")],
)  # fmt: skip
def test_the_next_label_follows_the_last(labels: list[str], following: str) -> None:
    assert next_label(labels) == following
