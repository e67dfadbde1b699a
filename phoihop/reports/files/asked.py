"""Why a report has no cell for an indicator code that a file gives it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from phoihop.areas.enums import LEVEL_ORDER, Level
from phoihop.indicators.enums import WindowKind
from phoihop.indicators.models import Indicator, IndicatorVersion
from phoihop.orgs.enums import PartyKind
from phoihop.reports.files.errors import CellRefused, shown
from phoihop.reports.models import Report
from phoihop.reports.queries.cells import cells_of


def not_asked_of(report: Report, code: str) -> CellRefused:
    """Says to whom, where or when the indicator belongs instead."""
    version = _version(report, code)
    allowed = ", ".join(cell.code for cell in cells_of(report))
    if version is None:
        return unknown_indicator(code, allowed)
    return CellRefused(_why_not(report, code, version), allowed)


def _version(report: Report, code: str) -> IndicatorVersion | None:
    versions = IndicatorVersion.objects.as_of(report.period.start).filter(indicator__code=code)
    return versions.select_related("numerator", "denominator").first()


def unknown_indicator(code: str, allowed: str) -> CellRefused:
    if Indicator.objects.filter(code=code).exists():
        sentence = _("The indicator %(code)s was not in force in this period. Leave it out.")
    else:
        sentence = _("There is no indicator “%(code)s”. Use a code of the form.")
    return CellRefused(sentence % {"code": shown(code)}, allowed)


def _why_not(report: Report, code: str, version: IndicatorVersion) -> str:
    if version.kind in {"ratio", "system"}:
        return _computed(code, version)
    if version.window != report.period.form.window:
        return _("%(code)s is reported by another kind of period (%(window)s). Put it in that report.") % {
            "code": code,
            "window": WindowKind(version.window).label,
        }
    if report.level not in version.asked_of:
        return _(
            "%(code)s is an indicator of another level (%(levels)s); this report is of the level %(level)s."
        ) % {
            "code": code,
            "levels": ", ".join(str(level.label) for level in _lowest_first(version.asked_of)),
            "level": Level(report.level).label,
        }
    if report.party not in version.asked_of[report.level]:
        return _("%(code)s is asked of another party (%(parties)s); this report is of %(party)s.") % {
            "code": code,
            "parties": ", ".join(str(PartyKind(party).label) for party in version.asked_of[report.level]),
            "party": PartyKind(report.party).label,
        }
    return _("No programme of the form %(form)s asks for %(code)s. Leave it out.") % {
        "form": report.period.form.code,
        "code": code,
    }


def _computed(code: str, version: IndicatorVersion) -> str:
    if version.numerator is None or version.denominator is None:
        return _("%(code)s is computed by the system. Leave it out.") % {"code": code}
    return _("%(code)s is computed from %(parts)s. Report those instead.") % {
        "code": code,
        "parts": f"{version.numerator.code}, {version.denominator.code}",
    }


def _lowest_first(levels: Iterable[str]) -> list[Level]:
    """PostgreSQL keeps no order of keys in JSON."""
    return sorted(map(Level, levels), key=LEVEL_ORDER.__getitem__, reverse=True)
