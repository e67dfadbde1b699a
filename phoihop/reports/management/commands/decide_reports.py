from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from phoihop.core.commands import SentenceCommand
from phoihop.core.errors import DomainError
from phoihop.core.templatetags.vietnamese import number
from phoihop.reports.actions import accept_reports, return_report
from phoihop.reports.enums import ReportState
from phoihop.reports.files.due import UnitWords
from phoihop.reports.files.wanted import one_report, reports_under
from phoihop.reports.models import Report


class Command(SentenceCommand):
    help = gettext_noop("Accept submitted reports, or return them with a reason, as their superior.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("decision", choices=["accept", "return"])
        parser.add_argument("--form", required=True, help=_("the form's code"))
        parser.add_argument("--period", required=True, help=_("an open period, such as ADM-2026-H2"))
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--organisation", default="", help=_("an organisation's code"))
        who.add_argument("--all-under", default="", help=_("every unit of this area code and below it"))
        parser.add_argument("--party", default="", help="police, front, mass_mobilisation ...")
        parser.add_argument("--reason", default="", help=_("why the reports are returned"))
        parser.add_argument("--user", default="", help=_("who decides; the system itself when left out"))

    def handle(self, *, decision: str, reason: str, user: str, **options: Any) -> None:
        by = _user(user)
        reports = _reports(**options)
        waiting = [each for each in reports if each.state == ReportState.SUBMITTED]
        if options["organisation"]:
            waiting = reports  # one that waits for nobody is refused by name
        done, refused = _accept(waiting, by) if decision == "accept" else _return(waiting, reason, by)
        said = {"done": number(done), "other": number(len(reports) - done)}
        if decision == "accept":
            self.stdout.write(_("%(done)s reports accepted; %(other)s others left as they are.") % said)
        else:
            self.stdout.write(_("%(done)s reports returned; %(other)s others left as they are.") % said)
        if refused:
            raise CommandError("\n".join(refused))


def _reports(
    *, form: str, period: str, organisation: str, party: str, all_under: str, **_others: Any
) -> list[Report]:
    if all_under:
        return reports_under(all_under, form=form, period=period, party=party)
    return [one_report(UnitWords(organisation=organisation, party=party, period=period, form=form))]


def _accept(reports: list[Report], by: AbstractBaseUser | None) -> tuple[int, list[str]]:
    outcome = accept_reports(reports=reports, by=by)
    return len(outcome.accepted), [each for _report, sentences in outcome.refused for each in sentences]


def _return(reports: list[Report], reason: str, by: AbstractBaseUser | None) -> tuple[int, list[str]]:
    refused = []
    for report in reports:
        try:
            return_report(report=report, reason=reason, by=by)
        except DomainError as refusal:
            refused.append(str(refusal))
    return len(reports) - len(refused), list(dict.fromkeys(refused))


def _user(username: str) -> AbstractBaseUser | None:
    if not username:
        return None
    found = get_user_model().objects.filter(username=username, is_active=True).first()
    if found is None:
        raise CommandError(_("There is no active user “%(name)s”.") % {"name": username})
    return found
