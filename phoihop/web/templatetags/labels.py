"""Codes as the words people use for them."""

from datetime import date, timedelta
from typing import Any

from django import template
from django.utils.translation import get_language, gettext

from phoihop.areas.enums import Level
from phoihop.core import clock
from phoihop.core.templatetags.vietnamese import MISSING, day, localname, number
from phoihop.indicators.enums import Rule
from phoihop.orgs.enums import PartyKind, Role
from phoihop.periods import PeriodError, parse_period
from phoihop.rollup.enums import FigureState
from phoihop.rollup.protection import mark
from phoihop.rollup.queries import Figure, FigureIndicator
from phoihop.web.queries.unlike_coverage import unlike_change_words
from phoihop.web.trail import short_name

register = template.Library()
ONE_DAY = timedelta(days=1)


@register.filter
def level(code: str) -> str:
    return _label(Level, code)


@register.filter
def party(code: str) -> str:
    return _label(PartyKind, code)


@register.filter
def rule(code: str) -> str:
    return _label(Rule, code)


@register.filter
def figurestate(code: str) -> str:
    return _label(FigureState, code)


@register.filter
def window(period: Any) -> str:
    """A reporting window by its name: 6 tháng đầu năm 2026."""
    code = str(getattr(period, "code", period))
    try:
        return parse_period(code).short_label(get_language() or "vi")
    except PeriodError:
        return code


@register.filter
def reporter(report: Any) -> str:
    """The organisation that reports, as it was called on the last day of its report."""
    if (get_language() or "vi").startswith("en"):
        return localname(report.organisation)
    return str(report.organisation.name_on(report.covers_until - ONE_DAY))


@register.filter
def daysto(day: date) -> int:
    """Days from today until a day; below 0 where it has passed."""
    return (day - clock.today()).days


@register.filter
def programmename(programme: Any) -> str:
    return short_name(programme)


@register.filter
def claimname(claim: Any) -> str:
    """What a published figure counts: the indicator's name, or its own words where none matches."""
    if claim.indicator is None:
        return localname(claim, "measure")
    versions = sorted(claim.indicator.versions.all(), key=lambda version: version.number)
    return localname(versions[-1])


@register.filter
def figurevalue(figure: Figure, indicator: FigureIndicator) -> str:
    """The number, the mark of a protected one, or a dash."""
    return mark(figure) if figure.hidden else number(figure.value, indicator.decimals)


@register.filter
def changewords(item: Any) -> str:
    """tăng 12,5 % so với 1.234 (15/12/2020 – 14/06/2023); nothing where the terms cannot be compared."""
    unlike = unlike_change_words(item.change) if item.change and item.change.same_windows else ""
    return "; ".join(filter(None, (_moved_words(item), unlike)))


def _moved_words(item: Any) -> str:
    change = item.change
    if change is None or change.absolute is None or not change.same_windows:
        return gettext("no figure of the term before")
    base = {
        "value": figurevalue(change.before, item.indicator),
        "first": day(item.before.start),
        "last": day(item.before.last),
    }
    against = gettext("against %(value)s (%(first)s – %(last)s)") % base
    if change.absolute == 0:
        return gettext("unchanged") + " " + against
    if change.percent is None:
        return against
    way = gettext("up %(percent)s %%") if change.absolute > 0 else gettext("down %(percent)s %%")
    return f"{way % {'percent': number(abs(change.percent), 1)}} {against}"


@register.filter
def spanwords(asked: Any) -> str:
    return str(asked.span.label(get_language() or "vi")).capitalize()


@register.filter
def areaaddress(asked: Any, key: str) -> str:
    return str(asked.area_url(key))


@register.filter
def dashboardaddress(asked: Any, key: str) -> str:
    return str(asked.dashboard_url(area=key))


@register.filter
def rolename(code: str) -> str:
    return _label(Role, code)


@register.filter
def saidbefore(text: str) -> str:
    """An earlier value beside a cell: a dash where none was reported."""
    return gettext("not applicable") if text == "na" else text or MISSING


@register.filter
def standingword(code: str) -> str:
    """How a report due stands; a late one stays late."""
    words = {
        "missing": gettext("not handed in"),
        "late": gettext("late"),
        "open": gettext("not due yet"),
        "on_time": gettext("on time"),
    }
    return words.get(code, code)


@register.filter
def standingtag(code: str) -> str:
    return {"missing": "bad", "late": "warn", "on_time": "good"}.get(code, "")


@register.filter
def magnitude(value: int) -> int:
    return abs(value)


@register.filter
def lookup(found: Any, key: str) -> Any:
    """What a mapping holds under a key that is itself a variable; nothing where there is no mapping."""
    return found.get(key) if hasattr(found, "get") else None


def _label(choices: Any, code: str) -> str:
    return str(choices(code).label) if code in choices.values else str(code)
