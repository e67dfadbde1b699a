"""Whom to ring: the units that still owe a report, with their office's contact and the last reminder."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from phoihop.core import clock
from phoihop.core.templatetags.vietnamese import MISSING, day, localname
from phoihop.orgs.contact_models import organisations_just_below
from phoihop.orgs.models import Contact, Membership, Organisation
from phoihop.orgs.permissions import AnyUser
from phoihop.reports.models import Report
from phoihop.reports.queries.desk import CHASED, Tab, in_tab, narrowed, reports_decided_by
from phoihop.web.forms.desk import DeskFilter
from phoihop.web.queries.desk_inbox import ordered
from phoihop.web.tables import Cell, Column, Row, Table, text_cell
from phoihop.web.templatetags.labels import window


@dataclass(frozen=True, slots=True)
class Call:
    unit: Organisation  # that enters the reports: the heir, of a closing report
    owed: Sequence[Report]
    contacts: Sequence[Contact]
    is_open: bool  # False: its contacts are for its desk, and the reader is none
    reminded_on: date | None


def calls(user: AnyUser, asked: DeskFilter) -> list[Call]:
    """By unit, the latest deadline first: what ended units never handed in stands last."""
    tab = asked.tab if asked.tab in CHASED else Tab.LATE
    found = ordered(in_tab(narrowed(reports_decided_by(user), asked.wanted), tab), asked)
    owed: dict[Organisation, list[Report]] = defaultdict(list)
    for report in found.order_by("-deadline", "organisation__name_sort", "pk"):
        owed[report.entered_by or report.organisation].append(report)
    contacts, opened = _contacts(user, found), _open_to(user)
    return [
        Call(unit, reports, contacts[unit.pk], unit.pk in opened, _last(reports))
        for unit, reports in owed.items()
    ]


def calls_table(found: Sequence[Call], asked: DeskFilter) -> Table:
    return Table(
        key="calls",
        caption=_("Call list: %(units)s units that still owe a report") % {"units": len(found)},
        columns=[
            Column("unit", _("Reporting unit")),
            Column("contact", _("Office")),
            Column("phone", _("Telephone")),
            Column("owed", _("Owes")),
            Column("deadline", _("Due on")),
            Column("reminded", _("Last reminder")),
        ],
        rows=[_row(call) for call in found],
        empty=_("No unit owes a report of this filter. There is nobody to ring."),
    )


def _row(call: Call) -> Row:
    where = reverse("web:desk_contacts", args=[call.unit.pk])
    owed = [f"{localname(each.period.form, 'title')}, {window(each.period)}" for each in call.owed]
    phones = _joined([each.phone for each in call.contacts])
    return Row(
        [
            text_cell(localname(call.unit), href=where),
            text_cell(_joined([each.post_title for each in call.contacts])),
            text_cell(phones, note=_note(call)),
            Cell(owed[0], "; ".join(owed), note="; ".join(owed[1:])),
            text_cell(day(call.owed[0].deadline)),
            text_cell(day(call.reminded_on)),
        ]
    )


def _note(call: Call) -> str:
    if not call.is_open:
        return _("shown to the desk only; ask your desk")
    return "" if call.contacts else _("no contact kept")


def _open_to(user: AnyUser) -> set[int]:
    """Organisations whose contacts the user may see."""
    own = Membership.objects.held_by(user, clock.today()).values_list("organisation", flat=True)
    return {*own, *organisations_just_below(user).values_list("pk", flat=True)}


def _joined(parts: Sequence[str]) -> str:
    return "; ".join(part for part in parts if part) or MISSING


def _contacts(user: AnyUser, reports: QuerySet[Report]) -> dict[int, list[Contact]]:
    """Only those the user's own desk may see."""
    found: dict[int, list[Contact]] = defaultdict(list)
    owing = reports.order_by()
    of_units = Contact.objects.filter(organisation__in=owing.values("organisation"))
    of_heirs = Contact.objects.filter(organisation__in=owing.values("entered_by"))
    for contact in (of_units | of_heirs).distinct() & Contact.objects.visible_to(user).distinct():
        found[contact.organisation_id].append(contact)
    return found


def _last(reports: Sequence[Report]) -> date | None:
    return max((on for each in reports if (on := vars(each).get("reminded_on"))), default=None)
