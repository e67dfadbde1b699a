from decimal import Decimal

import pytest

from phoihop.reviews.compose.tokens import keys_in, typed_numbers, unbound_numbers, unknown_keys, unknown_uses


def test_keys_are_found_once_each_in_order() -> None:
    assert keys_in("a [[B01]] b [[B02/B01]]", "c [[B01|change]] d [[E01:ADM-2018]]") == [
        "B01", "B02/B01", "E01:ADM-2018",
    ]  # fmt: skip


def test_unknown_keys_and_uses_are_named() -> None:
    assert unknown_keys(["[[B01]] [[X99]]"], {"B01"}) == ["X99"]
    assert unknown_uses(["[[B01|change]] [[B01|colour]] [[B01|]]"]) == ["[[B01|colour]]", "[[B01|]]"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("đã tổ chức [[B01]] cuộc", []),
        ("đến ngày 14/12/2018 và 05/02/2019", []),
        ("trong 5 năm, 6 tháng đầu năm 2018, giai đoạn năm 2013-2018", []),
        ("Chương trình số 09/CTr-BCA-MTTQ và 38-CTr/BDVTW-BCA", []),
        ("Nghị định số 30/2020/NĐ-CP, Điều 8, Phụ lục 3", []),
        ("theo chỉ tiêu B01", []),
        ("tổ chức 1.390 cuộc, tăng 12,5 %", ["1.390", "12,5"]),
        ("phạt 304 trường hợp năm 2018", ["304"]),
    ],
)
def test_labels_are_no_numbers(text: str, numbers: list[str]) -> None:
    assert typed_numbers(text) == numbers


@pytest.mark.parametrize(
    ("text", "lang", "unbound"),
    [
        ("đã có 1.390 cuộc", "vi", []),
        ("held 1,390 sessions", "en", []),
        ("held 1.390 sessions", "en", ["1.390"]),
        ("đã có 1.391 cuộc", "vi", ["1.391"]),
        ("tăng 12,5 %", "vi", []),
    ],
)
def test_typed_number_is_compared_as_its_language_writes_it(text: str, lang: str, unbound: list[str]) -> None:
    assert unbound_numbers(text, lang, {Decimal(1390).normalize(), Decimal("12.5")}) == unbound
