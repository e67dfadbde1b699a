"""A section as lines and back: nothing that was not touched changes, and each kind of line is what it says."""

from typing import Any

import pytest

from phoihop.reviews.pages.writing import blocks_from, lines_of

BLOCKS: list[dict[str, Any]] = [
    {"kind": "sentence", "key": "a", "vi": "Một [[B01]].", "en": "One [[B01]].", "figures": ["B01"]},
    {"kind": "paragraph_break", "key": "b"},
    {"kind": "bullet", "key": "c", "vi": "Hai", "en": "Two", "figures": []},
    {"kind": "table", "key": "d", "table": "by_unit"},
    {"kind": "chart", "key": "e", "chart": "trend-B01"},
    {"kind": "quote", "key": "f", "vi": "Lời", "en": "Words", "source": {"vi": "Nguồn", "en": "Source"}},
    {"kind": "placeholder", "key": "g", "vi": "Nêu ý", "en": "Write"},
]  # fmt: skip


def again(vi: str | None = None, en: str | None = None) -> list[dict[str, Any]]:
    written = lines_of(BLOCKS, "vi") if vi is None else vi
    return blocks_from(BLOCKS, written, lines_of(BLOCKS, "en") if en is None else en)


def test_lines_name_everything_in_its_place() -> None:
    assert lines_of(BLOCKS, "vi").split("\n") == [
        "Một [[B01]].", "", "- Hai", "{bảng: by_unit}", "{biểu đồ: trend-B01}", "> Lời || Nguồn", "[Nêu ý]",
    ]  # fmt: skip
    assert lines_of(BLOCKS, "en").split("\n") == ["One [[B01]].", "- Two", "> Words || Source", "[Write]"]


def test_untouched_text_gives_the_same_blocks() -> None:
    assert again() == BLOCKS


def test_changed_line_keeps_its_key_and_its_neighbours() -> None:
    blocks = again(lines_of(BLOCKS, "vi").replace("- Hai", "- Hai rưỡi"))
    assert [block["key"] for block in blocks] == [block["key"] for block in BLOCKS]
    assert (blocks[2]["vi"], blocks[2]["en"]) == ("Hai rưỡi", "Two")
    assert blocks[:2] + blocks[3:] == BLOCKS[:2] + BLOCKS[3:]


def test_line_taken_out_is_gone_in_both_languages() -> None:
    blocks = again(lines_of(BLOCKS, "vi").replace("- Hai\n", ""))
    assert "c" not in [block["key"] for block in blocks]
    assert "Two" not in [block.get("en") for block in blocks]


def test_new_lines_find_their_english_in_order() -> None:
    blocks = again(f"{lines_of(BLOCKS, 'vi')}\nBa.\n- Bốn", f"{lines_of(BLOCKS, 'en')}\nThree.\n- Four")
    assert [(block["kind"], block["vi"], block["en"]) for block in blocks[-2:]] == [
        ("sentence", "Ba.", "Three."), ("bullet", "Bốn", "Four"),
    ]  # fmt: skip
    assert "key" not in blocks[-1]


def test_new_line_without_english_has_none() -> None:
    assert again(f"{lines_of(BLOCKS, 'vi')}\nBa.")[-1]["en"] == ""


@pytest.mark.parametrize(
    ("line", "kind"),
    [("[[B01]] cuộc", "sentence"), ("[Nêu]", "placeholder"), ("> Lời", "quote"), ("{bảng: x}", "table"), ("-5 độ", "sentence")],
)  # fmt: skip
def test_line_begins_what_it_says(line: str, kind: str) -> None:
    assert blocks_from([], line, "")[0]["kind"] == kind


def test_changed_english_alone_keeps_the_vietnamese() -> None:
    blocks = again(en=lines_of(BLOCKS, "en").replace("- Two", "- Two and a half"))
    assert (blocks[2]["vi"], blocks[2]["en"], blocks[2]["key"]) == ("Hai", "Two and a half", "c")
