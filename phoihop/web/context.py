from typing import Any

from django.conf import settings
from django.http import HttpRequest

from phoihop.core import clock


def page(request: HttpRequest) -> dict[str, Any]:
    """What every page shows: the system's day, and whether it is a demonstration."""
    return {"today": clock.today(), "is_demo": settings.DEMO, "is_demo_clock": clock.is_demo_clock()}
