"""Why a unit or a period in a file is refused: one function per sentence."""

from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from phoihop.areas.models import Area, AreaCode
from phoihop.areas.queries import heirs_of
from phoihop.orgs.enums import PartyKind
from phoihop.orgs.models import Organisation
from phoihop.reports.errors import period_named, written
from phoihop.reports.files.errors import CellRefused, shown
from phoihop.reports.models import Exemption, Report, ReportForm, ReportingPeriod

if TYPE_CHECKING:
    from phoihop.reports.files.due import UnitWords

MOST_NAMED = 12


@cache
def party_names() -> dict[str, set[str]]:
    """Party -> everything a file may call it, folded to lower case."""
    names: dict[str, set[str]] = {party.value: {party.value} for party in PartyKind}
    for language in ("vi", "en"):
        with override(language):
            for party in PartyKind:
                names[party.value].add(str(party.label).casefold())
    return names


def unknown_party(text: str) -> CellRefused:
    return CellRefused(
        _("“%(party)s” is not a party. Write one of the codes allowed.") % {"party": shown(text)},
        _parties(),
    )


def _parties() -> str:
    return ", ".join(f"{party.value} ({party.label})" for party in PartyKind)


def party_missing() -> CellRefused:
    return CellRefused(
        _("An area has organisations of several parties. Write the party beside the area's code."),
        _parties(),
    )


def unit_missing() -> CellRefused:
    return CellRefused(
        _("The row names no unit. Write the organisation's code, or the area's code and the party."),
        _("an organisation, or an area code and a party"),
    )


def period_missing() -> CellRefused:
    return CellRefused(_("The row names no period. Write its code."), open_period_codes())


def unknown_form(code: str) -> CellRefused:
    return CellRefused(
        _("There is no form “%(form)s”.") % {"form": shown(code)},
        ", ".join(ReportForm.objects.order_by("code").values_list("code", flat=True)),
    )


def period_not_open(code: str) -> CellRefused:
    return CellRefused(
        _("The period %(period)s is not open for reports. Load figures of an open period.")
        % {"period": period_named(code)},
        open_period_codes(),
    )


def period_closed(code: str) -> CellRefused:
    return CellRefused(
        _("The period %(period)s is closed. Make the template of an open period and fill that in.")
        % {"period": period_named(code)},
        open_period_codes(),
    )


def open_period_codes() -> str:
    open_now = ReportingPeriod.objects.filter(closed_at__isnull=True).order_by("-start", "code")
    codes = list(dict.fromkeys(open_now.values_list("code", flat=True)))
    return _some(codes) or _("no period is open")


def several_reports(label: str, reports: Iterable[Report]) -> CellRefused:
    names = [f"{report.organisation.slug} ({report.period.form.code})" for report in reports]
    return CellRefused(
        _(
            "“%(unit)s” may mean several reports. Write the organisation's code, and the form where it has several."
        )
        % {"unit": label},
        _some(names),
    )


def area_of_another(words: "UnitWords", report: Report) -> CellRefused:
    return CellRefused(
        _("The organisation “%(organisation)s” is of %(area)s, which does not have the code %(code)s."
          " Correct one of the two.")
        % {"organisation": words.organisation, "area": report.area.full_name, "code": words.area_code}
    )  # fmt: skip


def owes_nothing(words: "UnitWords", periods: list[ReportingPeriod]) -> CellRefused:
    """Unknown, not in force in the period, exempt, or simply not asked."""
    if words.organisation:
        organisation = Organisation.objects.filter(slug=words.organisation).select_related("area").first()
        return _organisation_owes_nothing(words, organisation, periods)
    codes = AreaCode.objects.filter(code=words.area_code)
    if not codes.exists():
        return unknown_area_code(words.area_code)
    inside = [each for period in periods for each in codes.overlapping(period.start, period.end)]
    if inside:
        return not_asked(words.label, Area.objects.get(pk=inside[0].area_id), periods)
    return not_in_force(Area.objects.filter(codes__in=codes).order_by("valid_from").last(), periods)


def _organisation_owes_nothing(
    words: "UnitWords", organisation: Organisation | None, periods: list[ReportingPeriod]
) -> CellRefused:
    if organisation is None:
        return unknown_organisation(words.organisation)
    same = Organisation.objects.filter(pk=organisation.pk)
    if any(same.overlapping(period.start, period.end).exists() for period in periods):
        return not_asked(words.label, organisation.area, periods)
    return organisation_not_in_force(organisation, periods)


def unknown_organisation(slug: str) -> CellRefused:
    return CellRefused(
        _("There is no organisation with the code “%(slug)s”. Its code stands on its template; or write the"
          " area's code and the party instead.")
        % {"slug": shown(slug)},
        _("an organisation's code"),
    )  # fmt: skip


def unknown_area_code(code: str) -> CellRefused:
    if code.isdecimal() and len(code) in {1, 4}:
        sentence = _("No unit has the code “%(code)s”; the spreadsheet may have dropped its leading zero."
                     " Format the column as text and write all 2, 3 or 5 digits.")  # fmt: skip
    else:
        sentence = _("No unit has the code “%(code)s”. Use the official code, with its leading zeros.")
    return CellRefused(sentence % {"code": shown(code)}, _("an official area code"))


def not_in_force(area: Any, periods: list[ReportingPeriod]) -> CellRefused:
    heirs = [f"{link.successor.full_name} ({written(link.on)})" for link in heirs_of(area)]
    return CellRefused(
        _("%(unit)s was not in force in %(period)s (in force %(dates)s). Report for the unit in force then.")
        % {"unit": area.full_name, "period": period_named(periods[0].code), "dates": _dates(area)},
        _some(heirs) or _("a unit in force in the period"),
    )


def organisation_not_in_force(organisation: Organisation, periods: list[ReportingPeriod]) -> CellRefused:
    heirs = organisation.heir_links.select_related("successor").order_by("on")
    return CellRefused(
        _("%(unit)s was not in force in %(period)s (in force %(dates)s). Report for the unit in force then.")
        % {
            "unit": organisation.name_vi,
            "period": period_named(periods[0].code),
            "dates": _dates(organisation),
        },
        _some([link.successor.slug for link in heirs]) or _("a unit in force in the period"),
    )


def not_asked(label: str, area: Area, periods: list[ReportingPeriod]) -> CellRefused:
    exempt = [
        row
        for period in periods
        for row in Exemption.objects.overlapping(period.start, period.end).filter(
            area=area, form=period.form_id
        )
    ]
    if exempt:
        sentence = _("%(area)s is exempt from this report: %(reason)s. Leave it out.")
        return CellRefused(sentence % {"area": area.full_name, "reason": exempt[0].reason})
    return CellRefused(
        _("“%(unit)s” (%(area)s) owes no report in this period. Leave it out, or ask the central desk.")
        % {"unit": label, "area": area.full_name},
        _("a unit on the list of reports due"),
    )


def _dates(thing: Area | Organisation) -> str:
    start = written(thing.valid_from) if thing.valid_from else "…"
    last = written(thing.valid_until - timedelta(days=1)) if thing.valid_until else "…"
    return f"{start} – {last}"


def _some(names: list[str]) -> str:
    listed = ", ".join(names[:MOST_NAMED])
    return f"{listed}, …" if len(names) > MOST_NAMED else listed
