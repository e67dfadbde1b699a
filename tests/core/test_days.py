from datetime import UTC, date, datetime

import pytest

from phoihop.core.templatetags.vietnamese import day, lastday, moment
from phoihop.periods import format_day


@pytest.mark.parametrize("on", [date(2025, 7, 1), date(2026, 2, 5), date(2026, 12, 14)])
def test_pages_write_days_as_messages_and_labels_do(on: date) -> None:
    assert day(on) == format_day(on)


def test_instant_is_written_by_its_vietnamese_day() -> None:
    assert moment(datetime(2025, 6, 30, 17, 5, tzinfo=UTC)) == "00:05 01/07/2025"
    assert day(datetime(2025, 6, 30, 17, 5, tzinfo=UTC)) == "01/07/2025"


def test_last_day_is_the_one_before_an_exclusive_end() -> None:
    assert lastday(date(2025, 7, 1)) == "30/06/2025"
    assert (day(None), lastday(None), moment(None)) == ("–", "–", "–")
