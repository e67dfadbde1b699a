from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from .errors import instant_without_zone, not_a_day

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def today_in_vietnam(now_utc: datetime) -> date:
    """The day in Viet Nam at an instant: from 17:00 UTC on it is already tomorrow there."""
    if now_utc.tzinfo is None:
        raise instant_without_zone(now_utc)
    return now_utc.astimezone(VIETNAM).date()


def refuse_instant(day: date) -> None:
    """A datetime passes for a date but equals none, so a holiday would be missed in silence."""
    if isinstance(day, datetime):
        raise not_a_day(day)
