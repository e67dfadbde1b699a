"""The system's one clock. A demonstration sets its day with PHOIHOP_TODAY; nothing else asks for the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_pinned: ContextVar[datetime | None] = ContextVar("pinned", default=None)


@contextmanager
def pinned(instant: datetime) -> Iterator[None]:
    """Run a part of the program at a given instant: how a demonstration's past is lived, and tests stay still."""
    token = _pinned.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _pinned.reset(token)


def now() -> datetime:
    """The present instant, UTC; on a demo clock the real time of day on the demo day, or as many days after it as have
    passed since the real day it stands for.
    """
    if (instant := _pinned.get()) is not None:
        return instant
    real = datetime.now(UTC)
    if not settings.TODAY:
        return real
    local, day = real.astimezone(VIETNAM), date.fromisoformat(settings.TODAY)
    if settings.TODAY_IS:
        day += local.date() - date.fromisoformat(settings.TODAY_IS)
    return datetime.combine(day, local.timetz()).astimezone(UTC)


def today() -> date:
    """The day in Viet Nam."""
    return now().astimezone(VIETNAM).date()


def day_of(instant: datetime) -> date:
    """The Vietnamese day an instant falls on."""
    return instant.astimezone(VIETNAM).date()


def is_demo_clock() -> bool:
    return bool(settings.TODAY)
