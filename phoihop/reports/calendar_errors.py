"""Refusals about deadlines and the closing of a window."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from phoihop.areas.enums import Level
from phoihop.core import clock
from phoihop.core.errors import Conflict, DomainError
from phoihop.reports.errors import period_named, written

if TYPE_CHECKING:
    from phoihop.reports.models import Report, ReportingPeriod


def reason_needed() -> DomainError:
    return DomainError(_("Give the reason; everyone concerned reads it."))


def deadline_not_later(old: date, new: date) -> DomainError:
    return DomainError(
        _("%(new)s is not after the deadline %(old)s. A deadline only moves to a later day.")
        % {"new": written(new), "old": written(old)}
    )


def no_deadline_of(period: "ReportingPeriod", level: str) -> DomainError:
    names = ", ".join(str(Level(each).label) for each in period.deadlines)
    return DomainError(
        _("No report of the level “%(level)s” is due for %(period)s. Choose one of: %(levels)s.")
        % {
            "level": Level(level).label if level in Level.values else level,
            "period": period_named(period.code),
            "levels": names,
        }
    )


def deadline_has_passed(period: "ReportingPeriod", old: date) -> Conflict:
    return Conflict(
        _(
            "The deadline of %(period)s passed on %(day)s and is not moved any more: late stays late. "
            "Grant single units an exception instead; what they then submit is taken and counts as late."
        )
        % {"period": period_named(period.code), "day": written(old)}
    )


def exception_in_the_past(day: date) -> DomainError:
    return DomainError(_("%(day)s has passed already. Choose today or a later day.") % {"day": written(day)})


def already_in(report: "Report") -> Conflict:
    return Conflict(
        _("The report of %(organisation)s was submitted already; it needs no more time.")
        % {"organisation": report.organisation.name_vi}
    )


def already_closed(period: "ReportingPeriod") -> Conflict:
    return Conflict(_("%(period)s is closed already.") % {"period": period_named(period.code)})


def not_closed(period: "ReportingPeriod") -> Conflict:
    return Conflict(_("%(period)s is not closed.") % {"period": period_named(period.code)})


def closed_for_reports(report: "Report") -> Conflict:
    return Conflict(
        _(
            "%(period)s was closed on %(day)s, and no first report is taken any more. Your draft is kept. "
            "The central desk can grant your unit an exception."
        )
        % {
            "period": period_named(report.period.code),
            "day": written(clock.day_of(report.period.closed_at)) if report.period.closed_at else "",
        }
    )


def waiting_to_be_decided(period: "ReportingPeriod", count: int) -> Conflict:
    return Conflict(
        _(
            "%(count)s submitted reports of %(period)s still wait for a decision. Accept or return them, then close."
        )
        % {"count": count, "period": period_named(period.code)}
    )


def before_every_deadline(period: "ReportingPeriod", last: date) -> Conflict:
    return Conflict(
        _("%(period)s can be closed from the day after its last deadline, %(day)s.")
        % {"period": period_named(period.code), "day": written(last)}
    )
