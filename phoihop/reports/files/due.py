"""Finds the report a file means by an organisation, or by an area's code and a party."""

from collections import defaultdict
from dataclasses import dataclass

from phoihop.areas.models import AreaCode
from phoihop.periods import PeriodError, parse_period
from phoihop.reports.enums import ReportState
from phoihop.reports.errors import said
from phoihop.reports.files import refusals
from phoihop.reports.files.errors import CellRefused
from phoihop.reports.models import Report, ReportForm, ReportingPeriod


@dataclass(frozen=True, slots=True)
class UnitWords:
    """How a file names a unit; `area_code` with `party`, or `organisation` alone."""

    organisation: str = ""
    area_code: str = ""
    party: str = ""
    period: str = ""
    form: str = ""

    @property
    def label(self) -> str:
        who = self.organisation or "/".join(filter(None, (self.area_code, self.party)))
        return " · ".join(filter(None, (who, self.period, self.form)))


class DueReports:
    """The reports of the periods a load touches, read once a period."""

    def __init__(self) -> None:
        self._periods: dict[str, list[ReportingPeriod]] = {}
        self._lists: dict[int, _DueList] = {}
        self._found: dict[UnitWords, Report | CellRefused] = {}

    def find(self, words: UnitWords) -> Report:
        """Raises: CellRefused."""
        if words not in self._found:
            try:
                self._found[words] = self._look_up(words)
            except CellRefused as refusal:
                self._found[words] = refusal
        found = self._found[words]
        if isinstance(found, CellRefused):
            raise found
        return found

    def _look_up(self, words: UnitWords) -> Report:
        party = party_of(words.party)
        lists = [self._list(period) for period in self.open_periods(words.period, words.form)]
        if words.organisation:
            found = [report for each in lists for report in each.of_organisation(words)]
        elif words.area_code:
            if party is None:
                raise refusals.party_missing()
            found = [report for each in lists for report in each.of_area(words.area_code, party)]
        else:
            raise refusals.unit_missing()
        found = [report for report in found if party in {None, report.party}]
        if len(found) == 1:
            return found[0]
        if found:
            raise refusals.several_reports(words.label, found)
        raise refusals.owes_nothing(words, [each.period for each in lists])

    def open_periods(self, text: str, form: str = "") -> list[ReportingPeriod]:
        """The open periods a text names, one a form.

        Raises: CellRefused where it is no period, not opened yet, or closed.
        """
        code = period_code(text)
        if code not in self._periods:
            self._periods[code] = list(ReportingPeriod.objects.filter(code=code).select_related("form"))
        named = [period for period in self._periods[code] if form in {"", period.form.code}]
        if form and not ReportForm.objects.filter(code=form).exists():
            raise refusals.unknown_form(form)
        if not named:
            raise refusals.period_not_open(code)
        still_open = [period for period in named if period.closed_at is None]
        if not still_open:
            raise refusals.period_closed(code)
        return still_open

    def _list(self, period: ReportingPeriod) -> "_DueList":
        if period.pk not in self._lists:
            self._lists[period.pk] = _DueList(period)
        return self._lists[period.pk]


class _DueList:
    def __init__(self, period: ReportingPeriod) -> None:
        self.period = period
        self._by_organisation: dict[str, list[Report]] = defaultdict(list)
        self._by_area: dict[tuple[int, str], list[Report]] = defaultdict(list)
        reports = Report.objects.filter(period=period).exclude(state=ReportState.WITHDRAWN)
        for report in reports.select_related("organisation", "area", "entered_by", "superior"):
            report.period = period  # one form instance: its cells are looked up once
            self._by_organisation[report.organisation.slug].append(report)
            self._by_area[report.area_id, report.party].append(report)
        self._areas: dict[str, set[int]] = defaultdict(set)
        for code, area in AreaCode.objects.overlapping(period.start, period.end).values_list("code", "area"):
            self._areas[code].add(area)

    def of_organisation(self, words: UnitWords) -> list[Report]:
        found = self._by_organisation.get(words.organisation, [])
        areas = self._areas.get(words.area_code, set())
        if words.area_code and found and not {report.area_id for report in found} & areas:
            raise refusals.area_of_another(words, found[0])
        return found

    def of_area(self, code: str, party: str) -> list[Report]:
        return [
            report for area in self._areas.get(code, ()) for report in self._by_area.get((area, party), ())
        ]


def period_code(text: str) -> str:
    """Raises: CellRefused where the text names no period."""
    if not text:
        raise refusals.period_missing()
    try:
        return parse_period(text).code
    except PeriodError as fault:
        raise CellRefused(str(said(fault)), "ADM-2026-H2") from fault


def party_of(text: str) -> str | None:
    """The party a code or a name of either language means; None for no text."""
    if not text:
        return None
    names = refusals.party_names()
    for party, spoken in names.items():
        if text.casefold() in spoken:
            return party
    raise refusals.unknown_party(text)
