from phoihop.reviews.checks.figures import above_the_whole
from phoihop.reviews.models import Review

RATE = {
    "name": {"vi": "Tỷ lệ xã tổ chức Ngày hội", "en": "Share of communes"},
    "unit": {"vi": "%", "en": "%"},
    "indicator": "E04",
}
COUNT = {
    "name": {"vi": "Cuộc", "en": "Sessions"},
    "unit": {"vi": "cuộc", "en": "sessions"},
    "indicator": "B01",
}


def review(**figures: dict[str, object]) -> Review:
    return Review(composed={"figures": figures})


def test_share_above_the_whole_is_named_once() -> None:
    held = review(
        E04={**RATE, "value": "346.88"}, other={**RATE, "value": "120"}, B01={**COUNT, "value": "500"}
    )

    assert [warning.vi for warning in above_the_whole(held)] == [
        "Có tỷ lệ vượt quá 100 %: Tỷ lệ xã tổ chức Ngày hội."
    ]


def test_whole_and_missing_shares_are_no_matter() -> None:
    assert above_the_whole(review(a={**RATE, "value": "100"}, b={**RATE, "value": None})) == []
