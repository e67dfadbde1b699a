"""Reports already accepted, for tests of what comes after them. Tests of reporting itself use the actions."""

from datetime import UTC, date, datetime
from typing import Any

from phoihop.orgs.models import Organisation
from phoihop.programmes.models import Programme
from phoihop.reports.models import (
    LedgerCounter,
    LedgerEntry,
    Report,
    ReportForm,
    ReportingPeriod,
    ReportVersion,
)

AT = datetime(2024, 7, 1, tzinfo=UTC)


def half_form(programme: Programme) -> ReportForm:
    form = ReportForm.objects.create(
        code="half",
        title_vi="Báo cáo 6 tháng",
        title_en="Half-year report",
        window="half",
        working_days={"commune": 2},
    )
    form.programmes.add(programme)
    return form


def half(form: ReportForm, year: int, index: int) -> ReportingPeriod:
    """An administrative half: 15/12-14/6 or 15/6-14/12."""
    start, end = (
        (date(year - 1, 12, 15), date(year, 6, 15)) if index == 1 else (date(year, 6, 15), date(year, 12, 15))
    )
    return ReportingPeriod.objects.create(
        form=form, code=f"ADM-{year}-H{index}", start=start, end=end, opened_at=AT
    )


def expected(period: ReportingPeriod, organisation: Organisation, **fields: Any) -> Report:
    """A report owed for the whole window unless told otherwise; the superior is the organisation's parent."""
    defaults: dict[str, Any] = {
        "area": organisation.area,
        "level": organisation.area.level,
        "party": organisation.party,
        "covers_from": period.start,
        "covers_until": period.end,
        "deadline": period.end,
        "superior": organisation.parent,
    }
    return Report.objects.create(period=period, organisation=organisation, **{**defaults, **fields})


def accepted(
    report: Report, cells: dict[str, str], *, consolidated: list[str] | None = None
) -> ReportVersion:
    """The next accepted version of a report, with its ledger entry."""
    number = report.versions.count() + 1
    version = ReportVersion.objects.create(
        report=report, number=number, state="accepted", cells=cells, consolidated=consolidated or [],
        content_hash=f"{report.pk:032x}{number:032x}", created_at=AT, submitted_at=AT, decided_at=AT,
    )  # fmt: skip
    report.accepted_version = report.latest_version = version
    report.state, report.first_submitted_at, report.is_on_time = "accepted", AT, True
    report.save()
    enter(report, version)
    return version


def enter(report: Report, version: ReportVersion | None) -> LedgerEntry:
    counter, _ = LedgerCounter.objects.get_or_create(pk=1)
    counter.last += 1
    counter.save()
    return LedgerEntry.objects.create(seq=counter.last, report=report, version=version, at=AT)
