import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from phoihop.core.yaml_files import parse_yaml
from phoihop.indicators.checks import refusal_of
from phoihop.indicators.checks.shapes import CatalogueFile
from tests.indicators.small_catalogue import CATALOGUE

TOPICS = parse_yaml(CATALOGUE, name="c.yaml").checked(CatalogueFile).refused

REFUSED = [
    ("Số tin báo tiếp nhận", "tin báo"),
    ("Nguồn TỐ GIÁC của quần chúng", "tố giác"),
    ("Tips received", "tips"),
    ("Nghi phạm bị bắt", "nghi phạm"),
    ("Người lầm lỗi được giúp đỡ", "người lầm lỗi"),
    ("Offenders helped", "offenders"),
    ("Đơn thư đã giải quyết", "đơn thư"),
    ("Mức đóng góp theo hộ  gia đình", "hộ gia đình"),
    ("Members by religion", "by religion"),
    ("Người dân tộc thiểu số tham gia", "dân tộc thiểu số"),
    ("Camera lắp trong ngõ", "ngõ"),
    ("To\u0302\u0301 gia\u0301c", "tố giác"),  # the same letters, taken apart
]
ALLOWED = [
    "Ý kiến góp ý tiếp nhận",
    "Tin, bài đăng, phát",
    "Tipping points",
    "Ngõng cửa",
    "Khu dân cư được công nhận",
]


@pytest.mark.parametrize(("name", "word"), REFUSED)
def test_a_refused_topic_is_named_with_its_reason(name: str, word: str) -> None:
    with translation.override("en"):
        sentence = refusal_of(name, TOPICS)
    assert sentence is not None
    assert sentence.startswith(f"“{word}” is not counted in this system. ")


@pytest.mark.parametrize("name", ALLOWED)
def test_words_match_whole(name: str) -> None:
    assert refusal_of(name, TOPICS) is None


def test_the_reason_is_given_in_the_readers_language() -> None:
    with translation.override("vi"):
        assert refusal_of("tin báo", TOPICS) == (
            "Hệ thống này không đếm “tin báo”. Gây sức ép. Hãy bỏ nội dung này khỏi tệp."
        )


@given(
    st.sampled_from([word for topic in TOPICS for word in (*topic.words_vi, *topic.words_en)]), st.booleans()
)
def test_every_listed_word_is_found_whatever_its_case(word: str, upper: bool) -> None:
    text = f"Số {word.upper() if upper else word}, cả năm"
    assert refusal_of(text, TOPICS) is not None
