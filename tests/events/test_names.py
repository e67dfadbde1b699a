import pytest

from phoihop.events.names import names_suspected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nhà ông Nguyễn Văn An, thôn 2", ["ông Nguyễn Văn An"]),
        ("Ông Bảy chủ trì", ["ông Bảy"]),
        ("Trần Thị Mai phát biểu", ["Trần Thị Mai"]),
        ("Liên hệ 0912 345 678", ["0912 345 678"]),
        ("Số định danh 079123456789", ["079123456789"]),
        ("Trường THCS Nguyễn Văn Trỗi", []),
        ("đường Trần Hưng Đạo", []),
        ("Học tập tư tưởng Hồ Chí Minh", []),
        ("Hội trường tỉnh Bà Rịa - Vũng Tàu", []),
        ("Nhà văn hóa thôn 2, xã Đăk Hà", []),
        ("Phòng, chống ma túy năm 2026", []),
    ],
)
def test_what_looks_like_a_citizen_is_named(text: str, found: list[str]) -> None:
    assert names_suspected(text) == found
