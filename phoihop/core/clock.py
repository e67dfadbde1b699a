"""The system's one clock. A demonstration sets its day with PHOIHOP_TODAY; nothing else asks for the time."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The present instant, UTC; on a demo clock the real time of day on the demo day."""
    real = datetime.now(UTC)
    if not settings.TODAY:
        return real
    local: time = real.astimezone(VIETNAM).timetz()
    return datetime.combine(date.fromisoformat(settings.TODAY), local).astimezone(UTC)


def today() -> date:
    """The day in Viet Nam."""
    return now().astimezone(VIETNAM).date()


def day_of(instant: datetime) -> date:
    """The Vietnamese day an instant falls on."""
    return instant.astimezone(VIETNAM).date()


def is_demo_clock() -> bool:
    return bool(settings.TODAY)
