"""Every refusal of a report, as a sentence: the value, what is allowed, what to do next."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.periods import PeriodError, format_day, parse_period
from phoihop.reports.enums import ReportState

if TYPE_CHECKING:
    from phoihop.reports.finding import Finding
    from phoihop.reports.models import Report, ReportForm, ReportingPeriod


class ChecksFailed(DomainError):
    """The figures cannot stand as they are; `findings` says which and why."""

    def __init__(self, findings: Sequence["Finding"]) -> None:
        super().__init__(" ".join(finding.sentence for finding in findings))
        self.findings = tuple(findings)


class ExplanationNeeded(ChecksFailed):
    """The figures may be right: each finding needs a note on its cell."""


class NewerVersion(Conflict):
    """Somebody wrote since; `report` is the row as it stands now."""

    def __init__(self, report: "Report") -> None:
        super().__init__(
            _(
                "The report of %(organisation)s for %(period)s was changed on another device since you opened it. "
                "Both copies are kept: compare them and choose."
            )
            % _report(report)
        )
        self.report = report


class FormChanged(Conflict):
    """What the report is asked for is no longer what was filled in."""

    def __init__(self, report: "Report") -> None:
        super().__init__(
            _(
                "What %(organisation)s is asked for in %(period)s has changed since you opened the form. Your figures "
                "are kept as a draft: open the form again, look at the cells that are new or gone, and submit."
            )
            % _report(report)
        )


def written(day: date) -> str:
    return format_day(day)


def period_named(code: str) -> str:
    """The name of a window with its days; its code is for files and commands."""
    return parse_period(code).label(get_language() or "vi")


def said(error: PeriodError) -> DomainError:
    """A refusal of `periods`, which stands below gettext, in the page's language."""
    return DomainError(error.sentence(get_language() or "vi"))


# Figures


def not_a_figure(text: str) -> DomainError:
    shown = text if len(text) <= 40 else f"{text[:40]}…"
    return DomainError(
        _("“%(text)s” is not a number. Write digits only, the English way: 1234 or 1,234.5.")
        % {"text": shown}
    )


def too_many_decimals(text: str) -> DomainError:
    return DomainError(
        _("“%(text)s” has more than 4 decimals. Round it to 4 decimals at most.") % {"text": text}
    )


def figure_too_large(text: str) -> DomainError:
    return DomainError(
        _("“%(text)s” is beyond 10,000,000,000,000. Check the unit and the number of zeros.") % {"text": text}
    )


# Periods and lists


def window_of_another_form(form: "ReportForm", code: str) -> DomainError:
    return DomainError(
        _("The form “%(form)s” is reported by “%(window)s”, and %(period)s is another kind of window. "
          "Choose a period of that kind.")
        % {"form": form.code, "window": form.get_window_display(), "period": period_named(code)}
    )  # fmt: skip


def period_not_begun(code: str, start: date) -> Conflict:
    return Conflict(
        _("The period %(period)s begins on %(start)s and can be opened from that day on.")
        % {"period": period_named(code), "start": written(start)}
    )


def already_open(form: "ReportForm", code: str) -> Conflict:
    return Conflict(
        _("The period %(period)s of the form “%(form)s” is open already. "
          "To take in a reorganisation, follow it; do not open it again.")
        % {"period": period_named(code), "form": form.code}
    )  # fmt: skip


def nobody_asked(form: "ReportForm", code: str) -> DomainError:
    return DomainError(
        _("No organisation is asked for the form “%(form)s” in the period %(period)s. "
          "Say first which party reports, at which level and under which area.")
        % {"form": form.code, "period": period_named(code)}
    )  # fmt: skip


def list_frozen(period: "ReportingPeriod") -> Conflict:
    return Conflict(
        _("The list of reports due for %(period)s was frozen at the cut-off and stands. "
          "A reorganisation after that counts from the next period on.")
        % {"period": period_named(period.code)}
    )  # fmt: skip


def before_the_cut_off(period: "ReportingPeriod", cut_off: date) -> Conflict:
    return Conflict(
        _("The list of reports due for %(period)s can be frozen from the day after the cut-off, %(day)s.")
        % {"period": period_named(period.code), "day": written(cut_off)}
    )


def only_the_centre_runs_periods() -> NotAllowed:
    return NotAllowed(_("You may not open or change a period. The central desk can."))


# Submitting and deciding


def not_possible_now(report: "Report", action: str, states: Iterable[ReportState]) -> Conflict:
    sentences = {
        "save_draft": _("Figures can be written"),
        "submit_report": _("A report can be submitted"),
        "correct_report": _("A report can be corrected"),
        "return_report": _("A report can be returned"),
        "accept_report": _("A report can be accepted"),
        "lock_reports": _("A report can be locked"),
        "withdraw_report": _("A report can be taken off the list"),
    }
    return Conflict(
        _("The report of %(organisation)s for %(period)s is now in the state “%(state)s”. "
          "%(action)s only in the state: %(states)s.")
        % {
            "organisation": report.organisation.name_vi,
            "period": period_named(report.period.code),
            "state": report.get_state_display(),
            "action": sentences[action],
            "states": ", ".join(str(state.label) for state in states),
        }
    )  # fmt: skip


def nothing_to_correct(report: "Report") -> Conflict:
    return Conflict(
        _(
            "The report of %(organisation)s for %(period)s has no accepted version to correct. Submit it instead."
        )
        % _report(report)
    )


def unit_must_act(report: "Report") -> NotAllowed:
    organisation = report.entered_by or report.organisation
    return NotAllowed(
        _(
            "You may not enter the report of %(organisation)s. A reporting officer or an approver of %(unit)s can."
        )
        % {"organisation": report.organisation.name_vi, "unit": organisation.name_vi}
    )


def superior_must_decide(report: "Report") -> NotAllowed:
    if report.superior is None:
        return NotAllowed(
            _("You may not decide on the report of %(organisation)s. The central desk of its own party can.")
            % _report(report)
        )
    return NotAllowed(
        _(
            "You may not decide on the report of %(organisation)s. The desk or an approver of %(superior)s can."
        )
        % {**_report(report), "superior": report.superior.name_vi}
    )


def own_submission(report: "Report") -> NotAllowed:
    return NotAllowed(
        _(
            "You submitted the report of %(organisation)s for %(period)s yourself. Another person must accept it."
        )
        % _report(report)
    )


def before_its_last_day(report: "Report", last: date) -> Conflict:
    return Conflict(
        _("The report of %(organisation)s covers the days up to %(day)s and can be submitted from that day on. "
          "Until then, save it as a draft.")
        % {**_report(report), "day": written(last)}
    )  # fmt: skip


class ReasonNeeded(DomainError):
    """What is missing is the reason itself: the page says so at its field."""


def reason_needed_to_correct(report: "Report") -> DomainError:
    return ReasonNeeded(
        _("The report of %(organisation)s for %(period)s was accepted already. "
          "Give the reason why its figures change.")
        % _report(report)
    )  # fmt: skip


def reason_needed_to_return() -> DomainError:
    return DomainError(_("Give the reason for returning the report: which figure, and what is expected."))


def reason_too_long(length: int, most: int) -> DomainError:
    return DomainError(
        _("The reason has %(length)d characters; at most %(most)d are kept. Shorten it.")
        % {"length": length, "most": most}
    )


def nothing_reported(report: "Report") -> DomainError:
    return DomainError(
        _("The report of %(organisation)s for %(period)s has no figure at all. Fill in at least one cell; "
          "0 is a figure too.")
        % _report(report)
    )  # fmt: skip


def nothing_changed(report: "Report") -> Conflict:
    return Conflict(
        _("The report of %(organisation)s for %(period)s already says exactly this. Nothing was changed.")
        % _report(report)
    )


def given_twice(report: "Report") -> DomainError:
    return DomainError(
        _("The report of %(organisation)s for %(period)s is given twice. Keep one of the two.")
        % _report(report)
    )


def wrong_pins(report: "Report") -> DomainError:
    return DomainError(
        _("The report of %(organisation)s for %(period)s can stand only on accepted reports of the units it "
          "accepts, of the same period. Leave the list out to take all of them.")
        % _report(report)
    )  # fmt: skip


def nothing_to_lock(period: "ReportingPeriod") -> Conflict:
    return Conflict(
        _("No accepted report of %(period)s waits to be locked by you. Accept reports first.")
        % {"period": period_named(period.code)}
    )


def _report(report: "Report") -> dict[str, str]:
    return {"organisation": report.organisation.name_vi, "period": period_named(report.period.code)}


# Texts and files


def only_the_centre_redacts() -> NotAllowed:
    return NotAllowed(_("You may not take out a text or a file. The central desk can."))


def reason_needed_to_redact() -> DomainError:
    return DomainError(_("Give the reason for taking the text out; the reason stays in its place."))


def nothing_to_redact(place: str, key: str) -> DomainError:
    return DomainError(
        _(
            "There is no text to take out at “%(place)s” %(key)s of this version. Open the version and choose it."
        )
        % {"place": place, "key": key}
    )


def too_many_attachments(most: int) -> DomainError:
    return DomainError(
        _("A report carries at most %(most)d files. Remove one first, or put several pages into one PDF.")
        % {"most": most}
    )


def key_of_another_report(key: object) -> Conflict:
    return Conflict(
        _("The number %(key)s was used for another report already. Reload the page and send again.")
        % {"key": key}
    )


class NotYourDevice(NotAllowed):
    """Another user's draft: it waits on the device until that user is signed in."""


def not_your_device(username: str) -> NotYourDevice:
    return NotYourDevice(
        _("This draft was written by “%(user)s”. Sign in as that user to send it; nothing was sent or lost.")
        % {"user": username}
    )


def not_yours_any_more() -> NotAllowed:
    """Said to a device whose report is not to be seen; it tells neither what is there nor whose it is."""
    return NotAllowed(
        _(
            "You do not act for the unit of this report today, or the report is not there. What you typed stays on this "
            "device. If another unit took over its work, your desk can say who enters the report now."
        )
    )
