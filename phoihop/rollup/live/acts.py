"""What the acts since the pulse say about the lists of reports, so that few windows need to be looked at.

The fingerprint of a window reads every report of it: an acceptance, which moves no list, must not ask for one.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from phoihop.audit.models import AuditEvent
from phoihop.reports.models import Report, ReportingPeriod
from phoihop.rollup.compute_rules import ReportRow
from phoihop.rollup.live.gaps import WIDE, Gap, gaps_between, recent, within
from phoihop.rollup.models import AppliedPosition, CountedList

ACCEPT, SUBMIT = "accept_report", "submit_report"
STILL = {ACCEPT, "correct_report", "return_report", "save_draft", "lock_reports"}  # acts that move no list
NAMED = 2_000  # after more acts than this every open window is looked at

_REPORT, _WINDOW = Report._meta.label_lower, ReportingPeriod._meta.label_lower
_COLUMNS = (
    "pk", "period_id", "area_id", "level", "party", "covers_until", "organisation_id", "superior_id",
    "is_on_time",
)  # fmt: skip


@dataclass(frozen=True)
class Acts:
    windows: frozenset[int]  # whose list may have moved
    handed_in: frozenset[int] = frozenset()  # reports
    awaited: Collection[Gap] = ()  # numbers up to now that no act was seen under

    @classmethod
    def since(cls, position: AppliedPosition, now: str, entered: Iterable[ReportRow]) -> "Acts":
        """Windows that an act names, and those whose report entered the ledger by no acceptance."""
        (last_report, last_event), (new_report, new_event) = _numbers(position.pulse), _numbers(now)
        looked_at = [*recent(position.awaited, new_event), (max(last_event, new_event - WIDE) + 1, new_event)]
        rows = _acts_within(looked_at)
        awaited = gaps_between(looked_at, [row[0] for row in rows])
        acts = [row[1:] for row in rows if row[2] in (_REPORT, _WINDOW)]
        if len(acts) > NAMED or new_event - last_event > WIDE:
            return cls(_open_or_uncounted(), awaited=awaited)
        accepted = {int(pk) for action, kind, pk in acts if (action, kind) == (ACCEPT, _REPORT)}
        moving = {(kind, int(pk)) for action, kind, pk in acts if action not in STILL}
        windows = {report.period_id for report in entered if report.id not in accepted}
        windows |= {pk for kind, pk in moving if kind == _WINDOW}
        if reports := [pk for kind, pk in moving if kind == _REPORT]:
            windows |= _windows_of(Q(pk__in=reports))
        if new_report != last_report:
            windows |= _windows_of(Q(pk__gt=last_report))
        handed_in = {int(pk) for action, kind, pk in acts if (action, kind) == (SUBMIT, _REPORT)}
        return cls(frozenset(windows), frozenset(handed_in), awaited)

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


def _acts_within(ranges: Collection[Gap]) -> list[tuple[int, str, str, str]]:
    """Number, action, kind of thing, its number: in one statement, so that no act arrives in between."""
    acts = AuditEvent.objects.filter(within(ranges))
    return list(acts.values_list("pk", "action", "object_type", "object_id"))


def _windows_of(reports: Q) -> set[int]:
    return set(Report.objects.filter(reports).values_list("period_id", flat=True))


def _open_or_uncounted() -> frozenset[int]:
    uncounted = ~Q(pk__in=CountedList.objects.values("period"))
    windows = ReportingPeriod.objects.filter(Q(closed_at__isnull=True) | uncounted)
    return frozenset(windows.values_list("pk", flat=True))


def _numbers(pulse: str) -> list[int]:
    """The last report and the last act; 0 where there was none."""
    return [int(number) if number.isdecimal() else 0 for number in (pulse or ":").split(":")[:2]]
