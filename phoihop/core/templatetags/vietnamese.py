"""Numbers and dates as Vietnamese and English write them."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from markdown_it import MarkdownIt

from phoihop.core.clock import VIETNAM
from phoihop.periods import format_day

register = template.Library()
MISSING = "–"
_WORDS = MarkdownIt("zero", {"html": False, "breaks": True}).enable(["list", "emphasis", "newline"])


@register.filter
def number(value: Decimal | int | str | None, decimals: int | None = None) -> str:
    """1.234,5 in Vietnamese, 1,234.5 in English; a missing value is a dash, never 0."""
    if value is None or value == "":
        return MISSING
    exact = Decimal(str(value))
    places = decimals if decimals is not None else max(0, -int(exact.normalize().as_tuple().exponent))
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(exact, format=pattern, locale=get_language() or "vi")


@register.filter
def day(value: date | datetime | None) -> str:
    """dd/mm/yyyy, in Viet Nam's time for an instant."""
    if value is None:
        return MISSING
    local = value.astimezone(VIETNAM) if isinstance(value, datetime) else value
    return format_day(local)


@register.filter
def moment(value: datetime | None) -> str:
    """14:05 23/11/2026, Viet Nam's time."""
    return MISSING if value is None else f"{value.astimezone(VIETNAM):%H:%M} {day(value)}"


@register.filter
def localname(thing: object, field: str = "name") -> str:
    """The name of a bilingual object in the page's language: its `<field>_vi` (or `<field>`) or `<field>_en`."""
    language = "en" if (get_language() or "vi").startswith("en") else "vi"
    own = getattr(thing, f"{field}_vi", "") or getattr(thing, field, "")
    return str(getattr(thing, f"{field}_{language}", "") or own)


@register.filter
def areaname(area: Any) -> str:
    """An area as pages call it: the nation by what it is, every other unit by its full name."""
    return gettext("The whole country") if area.level == "nation" else str(area.full_name)


@register.filter
def lightwords(text: str | None) -> SafeString:
    """Paragraphs, points, bold and italic; everything else, HTML, links and pictures included, stays as text."""
    shown: SafeString = mark_safe(_WORDS.render(str(text or "")))  # noqa: S308  html is off: it is escaped
    return shown


@register.filter
def lastday(value: date | None) -> str:
    """The last day of a run of days kept with an exclusive end."""
    return MISSING if value is None else day(value - timedelta(days=1))
