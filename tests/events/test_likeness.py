"""The table is the specification: what is offered for merging, and what is not."""

from fractions import Fraction

import pytest

from phoihop.events.likeness import are_alike, likeness

ALIKE = [
    ("Phòng, chống ma túy", "phong chong ma tuy"),
    ("Tuyên truyền phòng, chống ma túy", "Phòng chống ma tuý trong thanh niên"),
    ("Phòng chống lừa đảo qua mạng", "Tuyên truyền phòng, chống lừa đảo trên không gian mạng"),
    ("Ngày hội Toàn dân bảo vệ an ninh Tổ quốc", "Ngày hội toàn dân bảo vệ ANTQ năm 2026 an ninh Tổ quốc"),
    ("Luật Căn cước", "Phổ biến Luật Căn cước cho nhân dân"),
]
NOT_ALIKE = [
    ("Phòng, chống ma túy", "Phòng, chống lừa đảo"),
    ("Luật Căn cước", "Luật Giao thông đường bộ"),
    ("Phòng cháy, chữa cháy", "Phòng, chống bạo lực gia đình"),
    ("", "Phòng, chống ma túy"),
    ("", ""),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_subjects_of_one_event_are_alike(one: str, other: str) -> None:
    assert are_alike(one, other)
    assert likeness(one, other) == likeness(other, one)


@pytest.mark.parametrize(("one", "other"), NOT_ALIKE)
def test_subjects_of_two_events_are_not(one: str, other: str) -> None:
    assert not are_alike(one, other)


def test_likeness_is_exact() -> None:
    assert likeness("Phòng, chống ma túy", "Phòng, chống lừa đảo") == Fraction(1, 2)
    assert likeness("Ma túy", "MA TÚY") == 1


def test_words_that_only_say_something_was_held_count_only_where_nothing_else_is_said() -> None:
    assert likeness("Buổi tuyên truyền ma túy", "Hội nghị về ma túy") == 1
    assert likeness("Tuyên truyền", "Buổi tuyên truyền") == Fraction(4, 5)
