import re
from typing import Any

import pytest

from phoihop.core.errors import DomainError, NotAllowed
from phoihop.reviews.actions import edit_section
from phoihop.reviews.models import Review, Section
from tests.reviews.world import ReviewWorld


@pytest.fixture
def review(world: ReviewWorld) -> Review:
    world.accept_all()
    return world.composed()


def edit(review: Review, *blocks: dict[str, Any], key: str = "content-1") -> Section:
    return edit_section(section=review.sections.get(key=key), blocks=blocks, by=None)


def sentence(vi: str, **more: Any) -> dict[str, Any]:
    return {"kind": "sentence", "vi": vi, "en": vi, **more}


def test_unchanged_block_is_not_marked_as_edited(review: Review) -> None:
    before = review.sections.get(key="content-1").blocks

    assert edit(review, *before).blocks == before


def test_changed_block_remembers_the_values_it_was_written_by(review: Review) -> None:
    key = review.sections.get(key="content-1").blocks[0]["key"]

    [block] = edit(review, sentence("Có [[B01]].", key=key)).blocks

    assert (block["is_edited"], block["figures"], block["seen"]) == (True, ["B01"], {"B01": "20"})


def test_new_blocks_get_keys_of_their_own(review: Review) -> None:
    blocks = edit(review, sentence("Một."), {"kind": "paragraph_break"}, sentence("Hai.")).blocks

    assert [block["key"] for block in blocks] == ["own-1", "own-2", "own-3"]
    assert edit(review, *blocks, sentence("Ba.")).blocks[-1]["key"] == "own-4"


@pytest.mark.parametrize(
    ("vi", "unbound"),
    [
        ("Có 20 cuộc, [[B02]].", None),
        ("Có 2.000 lượt người.", None),
        ("Có 21 cuộc, 2.001 lượt người.", ["2.001", "21"]),
        ("Đến ngày 14/6/2026, trong 6 tháng.", None),
    ],
)
def test_typed_number_that_equals_no_figure_is_flagged_and_not_refused(
    review: Review, vi: str, unbound: list[str] | None
) -> None:
    [block] = edit(review, {"kind": "sentence", "vi": vi, "en": ""}).blocks

    assert block.get("unbound") == unbound


REFUSED = [
    ({"kind": "script", "vi": "x"}, "script"),
    (sentence("Có [[X99]]."), "[[X99]]"),
    (sentence("Có [[B01|colour]]."), "[[B01|colour]]"),
    ({"kind": "sentence", "vi": "  ", "en": "Only English."}, "sentence"),
    ({"kind": "table", "table": "nowhere"}, "nowhere"),
    ({"kind": "chart", "chart": "nowhere"}, "nowhere"),
    (sentence("a" * 5001), "5001"),
]


@pytest.mark.parametrize(("block", "named"), REFUSED)
def test_block_that_cannot_be_printed_is_refused_by_name(
    review: Review, block: dict[str, Any], named: str
) -> None:
    before = review.sections.get(key="content-1").blocks

    with pytest.raises(DomainError, match=re.escape(named)):
        edit(review, block)
    assert review.sections.get(key="content-1").blocks == before


def test_one_key_stands_once(review: Review) -> None:
    [block] = review.sections.get(key="content-1").blocks

    with pytest.raises(DomainError, match=re.escape(block["key"])):
        edit(review, block, block)


def test_text_is_cleaned_to_nfc_on_one_line(review: Review) -> None:
    [block] = edit(
        review, {"kind": "sentence", "vi": "  Tie\u0302\u0301ng\n Vie\u0323\u0302t\x07. ", "en": ""}
    ).blocks

    assert block["vi"] == "Tiếng Việt."


def test_fields_that_no_block_has_are_dropped(review: Review) -> None:
    [block] = edit(review, sentence("Một.", onclick="x", changed=["B01"], is_edited=False)).blocks

    assert block.keys() == {"kind", "key", "vi", "en", "figures", "is_edited", "seen"}
    assert block["is_edited"] is True


def test_only_the_issuers_people_may_edit(world: ReviewWorld, review: Review) -> None:
    section = review.sections.get(key="content-1")

    with pytest.raises(NotAllowed):
        edit_section(section=section, blocks=[], by=world.base.officer())
    assert edit_section(section=section, blocks=[], by=world.base.central_desk).blocks == []
