from datetime import UTC, date, datetime, timedelta

import time_machine

from phoihop.core import clock


def test_today_is_the_day_in_viet_nam_not_in_utc():
    with clock.pinned(datetime(2026, 11, 22, 18, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 11, 23)


def test_demo_clock_keeps_the_demo_day_at_every_hour(settings):
    settings.TODAY = "2026-11-23"
    assert clock.today() == date(2026, 11, 23)
    assert clock.is_demo_clock()


def test_a_demo_day_that_stands_for_a_real_one_is_followed_by_its_next(settings):
    settings.TODAY, settings.TODAY_IS = "2026-06-16", "2026-11-30"
    midnight = datetime(2026, 11, 30, 17, tzinfo=UTC)  # in Viet Nam
    with time_machine.travel(midnight - timedelta(seconds=1), tick=False):
        before = clock.now()
    with time_machine.travel(midnight, tick=False):
        assert clock.now() - before == timedelta(seconds=1)
        assert clock.today() == date(2026, 6, 17)


def test_pinned_instant_ends_with_its_block(settings):
    settings.TODAY = "2026-11-23"
    with clock.pinned(datetime(2019, 3, 11, 1, tzinfo=UTC)):
        assert clock.today() == date(2019, 3, 11)
    assert clock.today() == date(2026, 11, 23)
