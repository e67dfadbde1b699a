from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from phoihop.core.tables.shapes import Page

SIZES = (50, 100)


def page_of(
    request: HttpRequest, things: Sequence[Any] | QuerySet[Any], param: str = "page"
) -> tuple[list[Any], Page]:
    """The things of the asked page; a page past the end is the last one."""
    size = size_of(request)
    total = things.count() if isinstance(things, QuerySet) else len(things)
    count = max(1, -(-total // size))
    number = min(max(1, whole(request.GET.get(param, ""), 1)), count)
    return list(things[(number - 1) * size : number * size]), Page(number, count, total, size, param)


def size_of(request: HttpRequest) -> int:
    asked = whole(request.GET.get("size", ""), SIZES[0])
    return asked if asked in SIZES else SIZES[0]


def whole(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else default
