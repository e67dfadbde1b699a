"""Refusals at the desk, a sentence each."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.reports.errors import period_named, written

if TYPE_CHECKING:
    from phoihop.orgs.models import Organisation
    from phoihop.reports.models import Report


def has_findings(count: int) -> Conflict:
    sentence = ngettext(
        "It has %(count)d warning: open it, read the explanation, and decide on it by itself.",
        "It has %(count)d warnings: open it, read the explanations, and decide on it by itself.",
        count,
    )
    return Conflict(sentence % {"count": count})


def handed_in_since() -> Conflict:
    return Conflict(
        _(
            "It was handed in again after you opened the page. Load the page again and look at the new version."
        )
    )


def another_version(report: "Report", number: int) -> Conflict:
    return Conflict(
        _(
            "%(organisation)s has handed in version %(number)d since you opened the page. Look at it, then decide."
        )
        % {"organisation": report.organisation.name_vi, "number": number}
    )


def nothing_chosen() -> DomainError:
    return DomainError(_("No report was chosen. Tick the reports in the table first."))


def nothing_without_a_look() -> DomainError:
    return DomainError(
        _(
            "Every report in this filter needs a look: a correction, a warning, a blank cell or an unusual figure."
            " Tick those you have looked at, and accept the ticked."
        )
    )


def superior_must_remind(report: "Report") -> NotAllowed:
    superior = report.superior or report.organisation
    return NotAllowed(
        _("You may not remind %(organisation)s. The desk or an approver of %(superior)s can.")
        % {"organisation": report.organisation.name_vi, "superior": superior.name_vi}
    )


def nothing_outstanding(report: "Report") -> Conflict:
    return Conflict(
        _("The report for %(period)s is “%(state)s”: nothing waits for the unit.")
        % {"period": period_named(report.period.code), "state": report.get_state_display()}
    )


def reminded_already(report: "Report", day: date) -> Conflict:
    return Conflict(
        _("Reminded of %(period)s already today, %(day)s. A unit is reminded of a report once a day at most.")
        % {"period": period_named(report.period.code), "day": written(day)}
    )


def desk_keeps_texts(organisation: "Organisation") -> NotAllowed:
    return NotAllowed(
        _("You may not change the texts of %(organisation)s. Its desk and its approvers can.")
        % {"organisation": organisation.name_vi}
    )


def text_needed() -> DomainError:
    return DomainError(_("Write the text: which figure, and what is expected."))


def text_kept_already() -> Conflict:
    return Conflict(_("This text is kept already. Choose it from the list when you return a report."))


def too_many_texts(most: int) -> DomainError:
    return DomainError(
        _("An organisation keeps at most %(most)d texts. Remove one that is no longer used.") % {"most": most}
    )
