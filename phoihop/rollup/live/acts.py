"""What the acts since the pulse say about the lists of reports, so that few windows need to be looked at.

The fingerprint of a window reads every report of it: an acceptance, which moves no list, must not ask for one.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q

from phoihop.audit.models import AuditEvent
from phoihop.reports.models import Report, ReportingPeriod
from phoihop.rollup.compute_rules import ReportRow
from phoihop.rollup.models import CountedList

ACCEPT, SUBMIT = "accept_report", "submit_report"
STILL = {ACCEPT, "correct_report", "return_report", "save_draft", "lock_reports"}  # acts that move no list
NAMED = 2_000  # after more acts than this every open window is looked at
OUT_OF_ORDER = 1_000  # where writers run side by side, numbers become visible out of order: acts read twice

_REPORT, _WINDOW = Report._meta.label_lower, ReportingPeriod._meta.label_lower
_COLUMNS = (
    "pk", "period_id", "area_id", "level", "party", "covers_until", "organisation_id", "superior_id",
    "is_on_time",
)  # fmt: skip


@dataclass(frozen=True)
class Acts:
    windows: frozenset[int]  # whose list may have moved
    handed_in: frozenset[int] = frozenset()  # reports

    @classmethod
    def since(cls, pulse: str, now: str, entered: Iterable[ReportRow]) -> "Acts":
        """Windows that an act names, and those whose report entered the ledger by no acceptance."""
        (last_report, last_event), (new_report, _) = _numbers(pulse), _numbers(now)
        rows = _acts_after(last_event)
        if len(rows) > NAMED:
            return cls(_open_or_uncounted())
        accepted = {pk for action, kind, pk in rows if (action, kind) == (ACCEPT, _REPORT)}
        moving = {(kind, pk) for action, kind, pk in rows if action not in STILL}
        windows = {report.period_id for report in entered if report.id not in accepted}
        windows |= {pk for kind, pk in moving if kind == _WINDOW}
        if reports := [pk for kind, pk in moving if kind == _REPORT]:
            windows |= _windows_of(Q(pk__in=reports))
        if new_report != last_report:
            windows |= _windows_of(Q(pk__gt=last_report))
        handed_in = frozenset(pk for action, kind, pk in rows if (action, kind) == (SUBMIT, _REPORT))
        return cls(frozenset(windows), handed_in)

    def first_submissions(self, windows: Iterable[int]) -> list[ReportRow]:
        """Of the reports handed in, those that never were before."""
        if not self.handed_in:
            return []
        submitted = Count("versions", filter=Q(versions__submitted_at__isnull=False))
        found = Report.objects.expected().filter(
            pk__in=self.handed_in, period__in=windows, first_submitted_at__isnull=False
        )
        rows = found.annotate(times=submitted).filter(times=1).values_list(*_COLUMNS)
        return [ReportRow(*row[:8])._replace(is_on_time=bool(row[8])) for row in rows]


def _acts_after(last_event: int) -> list[tuple[str, str, int]]:
    """Action, kind of thing, its number; at most one more than are looked at one by one."""
    again = 0 if connection.vendor == "sqlite" else OUT_OF_ORDER
    acts = AuditEvent.objects.filter(pk__gt=last_event - again, object_type__in=[_REPORT, _WINDOW])
    rows = acts.values_list("action", "object_type", "object_id")[: NAMED + again + 1]
    return [(action, kind, int(pk)) for action, kind, pk in rows]


def _windows_of(reports: Q) -> set[int]:
    return set(Report.objects.filter(reports).values_list("period_id", flat=True))


def _open_or_uncounted() -> frozenset[int]:
    uncounted = ~Q(pk__in=CountedList.objects.values("period"))
    windows = ReportingPeriod.objects.filter(Q(closed_at__isnull=True) | uncounted)
    return frozenset(windows.values_list("pk", flat=True))


def _numbers(pulse: str) -> list[int]:
    """The last report and the last act; 0 where there was none."""
    return [int(number) if number.isdecimal() else 0 for number in (pulse or ":").split(":")]
