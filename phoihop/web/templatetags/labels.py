"""Codes as the words people use for them."""

from typing import Any

from django import template
from django.utils.translation import get_language

from phoihop.areas.enums import Level
from phoihop.core.templatetags.vietnamese import localname
from phoihop.indicators.enums import Rule, WindowKind
from phoihop.orgs.enums import PartyKind
from phoihop.periods import PeriodError, parse_period
from phoihop.rollup.enums import FigureState
from phoihop.web.trail import short_name

register = template.Library()


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
def windowkind(code: str) -> str:
    return _label(WindowKind, code)


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
def programmename(programme: Any) -> str:
    return short_name(programme)


@register.filter
def claimname(claim: Any) -> str:
    """What a published figure counts: the indicator's name, or its own words where none matches."""
    if claim.indicator is None:
        return localname(claim, "measure")
    versions = sorted(claim.indicator.versions.all(), key=lambda version: version.number)
    return localname(versions[-1])


def _label(choices: Any, code: str) -> str:
    return str(choices(code).label) if code in choices.values else str(code)
