"""One row for each report version behind a figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from django.db.models import F
from django.utils.translation import gettext as _

from phoihop.areas.models import Area
from phoihop.indicators.enums import IndicatorKind
from phoihop.orgs.enums import PartyKind
from phoihop.reports.content import NOT_APPLICABLE, scaled, unscaled
from phoihop.reports.enums import Scope, VersionState
from phoihop.reports.models import Report, ReportVersion
from phoihop.rollup.compute_rules import PeriodRow, ReportRow
from phoihop.rollup.enums import FigureState
from phoihop.rollup.facts import Duty, Rule, is_asked_below, is_counted
from phoihop.rollup.live.counting import duty_of, reports_below_areas, with_units_below
from phoihop.rollup.queries.columns import Column
from phoihop.rollup.queries.confirmed import confirmed_of
from phoihop.rollup.queries.rows import MapDays
from phoihop.rollup.queries.sources import targets_of

ONE_DAY = timedelta(days=1)


class Part(StrEnum):
    """Which part of the figure a row is in: figure = own + below + unallocated."""

    OWN = "own"
    BELOW = "below"
    UNALLOCATED = "unallocated"


@dataclass(frozen=True, slots=True)
class Superseded:
    """A version that another replaced: accepted and corrected later, or returned and never in a figure."""

    number: int
    value: Decimal | None
    decided_at: datetime | None
    reason: str  # of the version that replaced it; of a returned one, why it was returned
    is_returned: bool


@dataclass(frozen=True, slots=True)
class LineageRow:
    """What one version says, and what became of it.

    Missing: `value` is None for "na".
    """

    report_id: int
    version_id: int
    area_id: int
    area_name: str
    placed_id: int  # where it stands on the figure's map
    placed_name: str
    part: Part
    is_whole: bool
    organisation_name: str
    party: str
    level: str
    window: str
    covers_from: date
    covers_until: date  # exclusive
    number: int
    value: Decimal | None
    scope: str
    is_counted: bool
    why_not: str
    note: str
    submitted_at: datetime | None
    accepted_at: datetime | None
    is_on_time: bool | None
    superseded: tuple[Superseded, ...]
    is_simulated: bool


@dataclass(frozen=True)
class RowMaker:
    column: Column
    area_id: int
    days: MapDays
    state: str
    standing: Mapping[int, int] | None = None  # report -> version, where not today's

    def rows(self, reports: Sequence[Report]) -> list[LineageRow]:
        plain = [_plain(report) for report in reports]
        standing = self._standing(reports, plain)
        versions = {
            version.pk: version
            for version in ReportVersion.objects.filter(pk__in=standing.values()).defer("narrative")
        }
        history = _histories(reports)
        stands = targets_of({report.area_id for report in reports}, self.days)
        names = dict(
            Area.objects.filter(pk__in={target for target, _whole in stands.values()}).values_list(
                "pk", "full_name"
            )
        )
        periods = {period.id: period for period in self.column.opened}
        above_others = with_units_below(plain)
        below = reports_below_areas(periods, above_others) if above_others else {}
        found = []
        for report, row in zip(reports, plain, strict=True):
            version = versions.get(standing.get(report.pk, 0))
            if version is not None and self.column.indicator.code in version.cells:
                duty = duty_of(row, periods[report.period_id], below)
                earlier = [each for each in history.get(report.pk, ()) if each.number < version.number]
                found.append(
                    self._row(
                        report,
                        version,
                        earlier,
                        periods[report.period_id],
                        duty,
                        stands[report.area_id],
                        names,
                    )
                )
        return found

    def _standing(self, reports: Sequence[Report], plain: Sequence[ReportRow]) -> Mapping[int, int]:
        if self.standing is not None:
            return {report.pk: self.standing[report.pk] for report in reports if report.pk in self.standing}
        if self.state == FigureState.CONFIRMED:
            return {report: version[0] for report, version in confirmed_of(plain).items()}
        return {each.pk: each.accepted_version_id for each in reports if each.accepted_version_id}

    def _row(
        self,
        report: Report,
        version: ReportVersion,
        earlier: Sequence[ReportVersion],
        period: PeriodRow,
        duty: Duty,
        stands: tuple[int, bool],
        names: Mapping[int, str],
    ) -> LineageRow:
        code = self.column.indicator.code
        placed, whole = stands
        consolidated = code in version.consolidated
        why_not = self._why_not(period, duty, consolidated=consolidated)
        last = (version.covers_until or report.covers_until) - ONE_DAY
        return LineageRow(
            report_id=report.pk,
            version_id=version.pk,
            area_id=report.area_id,
            area_name=report.area.full_name_on(last),
            placed_id=placed,
            placed_name=names[placed],
            part=self._part(placed, whole),
            is_whole=whole,
            organisation_name=report.organisation.name_on(last),
            party=report.party,
            level=report.level,
            window=period.code,
            covers_from=version.covers_from or report.covers_from,
            covers_until=version.covers_until or report.covers_until,
            number=version.number,
            value=_value(version, code),
            scope=Scope.CONSOLIDATED if consolidated else Scope.OWN,
            is_counted=not why_not,
            why_not=why_not,
            note=version.notes.get(code, ""),
            submitted_at=version.submitted_at,
            accepted_at=version.decided_at,
            is_on_time=report.is_on_time,
            superseded=_superseded([*earlier, version], code),
            is_simulated=version.is_simulated,
        )

    def _part(self, placed: int, whole: bool) -> Part:
        if placed != self.area_id:
            return Part.BELOW
        return Part.OWN if whole else Part.UNALLOCATED

    def _why_not(self, period: PeriodRow, duty: Duty, *, consolidated: bool) -> str:
        row = self.column.rule_on(period.start)
        if row is None:
            return _("the indicator was not in force in this window")
        return "" if is_counted(row.rule, duty, consolidated=consolidated) else _reason(row.rule, duty)


def _reason(rule: Rule, duty: Duty) -> str:
    counting = rule.counting_party.get(duty.level)
    if counting is not None and counting != duty.party:
        return _("kept beside: the value of %(party)s counts") % {"party": PartyKind(counting).label}
    if rule.kind == IndicatorKind.STOCK and not duty.covers_last_day:
        return _("a stock counts for units in force on the last day of the window")
    if is_asked_below(rule, duty):
        return _("consolidated, and units below report it themselves")
    return _("this level has no value of its own")


def _plain(report: Report) -> ReportRow:
    return ReportRow(
        report.pk, report.period_id, report.area_id, report.level, report.party, report.covers_until,
        report.organisation_id, report.superior_id,
    )  # fmt: skip


def _histories(reports: Sequence[Report]) -> dict[int, list[ReportVersion]]:
    """Versions that were decided on and are not the one in force, oldest first."""
    decided = ReportVersion.objects.filter(
        report__in=[report.pk for report in reports], state__in=[VersionState.ACCEPTED, VersionState.RETURNED]
    ).exclude(report__accepted_version=F("pk"))
    found: dict[int, list[ReportVersion]] = {}
    for version in decided.defer("narrative", "notes").order_by("report_id", "number"):
        found.setdefault(version.report_id, []).append(version)
    return found


def _superseded(versions: Sequence[ReportVersion], code: str) -> tuple[Superseded, ...]:
    """Of all but the last; a returned version replaced nothing."""
    return tuple(
        Superseded(
            number=old.number,
            value=_value(old, code),
            decided_at=old.decided_at,
            reason=old.return_reason if _is_returned(old) else _replacing(versions[place + 1 :]).reason,
            is_returned=_is_returned(old),
        )
        for place, old in enumerate(versions[:-1])
    )


def _replacing(later: Sequence[ReportVersion]) -> ReportVersion:
    return next((each for each in later if not _is_returned(each)), later[-1])


def _is_returned(version: ReportVersion) -> bool:
    return version.state == VersionState.RETURNED


def _value(version: ReportVersion, code: str) -> Decimal | None:
    text = version.cells.get(code, NOT_APPLICABLE)
    return None if text == NOT_APPLICABLE else unscaled(scaled(text))
