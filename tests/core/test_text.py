import unicodedata

import pytest

from phoihop.core.text import fold_vi, sort_key_vi, struck


def test_fold_drops_every_mark_and_the_stroke_of_d():
    assert fold_vi("Đại đoàn  kết toàn DÂN") == "dai doan ket toan dan"


def test_fold_is_the_same_for_composed_and_decomposed_text():
    text = "Quảng Ngãi"
    assert fold_vi(unicodedata.normalize("NFD", text)) == fold_vi(text) == "quang ngai"


def test_sort_follows_the_vietnamese_alphabet_then_the_tones():
    names = [
        "Đà Nẵng",
        "Đắk Lắk",
        "Cà Mau",
        "Cần Thơ",
        "Cao Bằng",
        "An Giang",
        "Đồng Nai",
        "Hà Nội",
        "Điện Biên",
    ]
    assert sorted(names, key=sort_key_vi) == [
        "An Giang", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Điện Biên", "Đồng Nai", "Hà Nội",
    ]  # fmt: skip


def test_sort_puts_tones_in_dictionary_order():
    words = ["mạ", "má", "mã", "mả", "mà", "ma"]
    assert sorted(words, key=sort_key_vi) == ["ma", "mà", "mả", "mã", "má", "mạ"]


def test_sort_puts_d_with_stroke_after_d():
    assert min(["Đa", "Da", "E"], key=sort_key_vi) == "Da"
    assert sorted(["Đa", "E", "Dy"], key=sort_key_vi) == ["Dy", "Đa", "E"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Theo bà Trần Thị B, 0901234567.", "Theo […]."),
        ("bà  Trần\nThị B, 0901234567", "[…]"),
        ("bà Trần Thị B, 0901234567; bà Trần Thị B, 0901234567", "[…]; […]"),
        ("bà Trần Thị C, 0901234567", "bà Trần Thị C, 0901234567"),
        ("", ""),
    ],
)
def test_a_passage_is_struck_however_its_lines_are_broken(text: str, left: str) -> None:
    assert struck(text, "bà Trần Thị B, 0901234567", "[…]") == left


@pytest.mark.parametrize(
    ("passage", "left"),
    [("Đã làm", "Đã làm xong"), (" Đã  làm xong ", "[…]"), ("", "Đã làm xong"), ("  ", "Đã làm xong")],
)
def test_a_short_passage_is_struck_only_where_it_is_the_whole_text(passage: str, left: str) -> None:
    assert struck("Đã làm xong", passage, "[…]") == left


def test_a_passage_is_found_in_either_form_of_unicode() -> None:
    assert struck(unicodedata.normalize("NFD", "Ông Nguyễn Văn Ất nói"), "Ông Nguyễn Văn Ất", "*") == "* nói"


def test_a_text_without_the_passage_is_left_as_it_was_written() -> None:
    written = unicodedata.normalize("NFD", "Đã tổ chức tuyên truyền")
    assert struck(written, "Ông Nguyễn Văn Ất", "*") == written
