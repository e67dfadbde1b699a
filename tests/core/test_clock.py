from datetime import UTC, date, datetime

from phoihop.core import clock


def test_today_is_the_day_in_viet_nam_not_in_utc():
    with clock.pinned(datetime(2026, 11, 22, 18, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 11, 23)


def test_demo_clock_keeps_the_demo_day_at_every_hour(settings):
    settings.TODAY = "2026-11-23"
    assert clock.today() == date(2026, 11, 23)
    assert clock.is_demo_clock()


def test_pinned_instant_ends_with_its_block(settings):
    settings.TODAY = "2026-11-23"
    with clock.pinned(datetime(2019, 3, 11, 1, tzinfo=UTC)):
        assert clock.today() == date(2019, 3, 11)
    assert clock.today() == date(2026, 11, 23)
