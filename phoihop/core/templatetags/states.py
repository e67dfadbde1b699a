"""Statuses as word and shape; colour comes last."""

from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext

register = template.Library()

_SHAPES = {
    "accepted": "good", "locked": "good", "submitted": "warn", "returned": "bad", "published": "good", "frozen": "good",
}  # fmt: skip


@register.filter
def statetag(thing: Any) -> str:
    """The shape of a report's or review's state; none for one that waits to begin."""
    return _SHAPES.get(str(getattr(thing, "state", thing)), "")


@register.filter
def is_late(report: Any, day: date) -> bool:
    """Past its deadline and not yet in."""
    return report.first_submitted_at is None and report.deadline < day


@register.filter
def narrativepart(key: str) -> str:
    """The four parts of a report in words; any other keeps its own name."""
    parts = {
        "results": gettext("Results"),
        "shortcomings": gettext("Shortcomings"),
        "causes": gettext("Causes"),
        "proposals": gettext("Proposals"),
    }
    return parts.get(key, key)
