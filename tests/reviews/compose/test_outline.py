import pytest

from phoihop.reviews.compose.outline import heading, outline_sections
from phoihop.reviews.compose.text import Text
from tests.reviews.world import OUTLINE


@pytest.mark.parametrize(
    ("vi", "en", "number", "title"),
    [
        ("Phần thứ nhất: KẾT QUẢ", "Part One: Results", "Phần thứ nhất", Text("KẾT QUẢ", "Results")),
        ("II. Công tác lãnh đạo", "II. Leadership", "II", Text("Công tác lãnh đạo", "Leadership")),
        ("9. Chuyển đổi số", "9. Digital", "9", Text("Chuyển đổi số", "Digital")),
        ("KIẾN NGHỊ, ĐỀ XUẤT", "Proposals", "", Text("KIẾN NGHỊ, ĐỀ XUẤT", "Proposals")),
        ("", "", "", Text("", "")),
    ],
)
def test_heading_is_its_number_and_its_title(vi: str, en: str, number: str, title: Text) -> None:
    found = heading(Text(vi, en))

    assert (found.number, found.title) == (number, title)


def test_sections_come_in_reading_order_under_their_parents() -> None:
    assert [(each.key, each.parent_key) for each in outline_sections(OUTLINE)] == [
        ("part-one", ""), ("leadership", "part-one"), ("results", "part-one"), ("content-1", "results"),
        ("part-two", ""), ("limits", "part-two"), ("causes", "part-two"),
    ]  # fmt: skip
