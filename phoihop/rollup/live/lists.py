"""Whether the list of reports a window was counted by has moved since: asked often, so in one small query.

Reports are added, withdrawn, shortened and submitted without a ledger entry. Every such act leaves a new report
or a new audit event, so as long as neither number moved nothing needs to be looked at (the pulse). When one did,
each window it names is summed up in a fingerprint, and only a window whose fingerprint changed is counted again.
A fingerprint reads every report of the window: an acceptance, which moves no list, must not ask for one.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import BigIntegerField, Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from phoihop.areas.models import AreaAncestor, AreaTarget
from phoihop.audit.models import AuditEvent
from phoihop.indicators.models import IndicatorVersion
from phoihop.reports.models import LedgerEntry, Report, ReportingPeriod
from phoihop.rollup.compute_rules import ReportRow
from phoihop.rollup.models import AppliedPosition, CountedList

ACCEPTED = "accept_report"
STILL = (ACCEPTED, "correct_report", "return_report", "save_draft", "lock_reports")  # acts that move no list
ACTS_NAMED = 2_000  # after more acts than this every open window is looked at
OUT_OF_ORDER = 1_000  # where writers run side by side, numbers become visible out of order: acts seen twice

_BIG = BigIntegerField()
_REPORT, _WINDOW = Report._meta.label_lower, ReportingPeriod._meta.label_lower


class Fingerprint(NamedTuple):
    members: str
    progress: str


class Marks(NamedTuple):
    """How far everything the live tables stand on has come."""

    seq: int  # of the ledger
    pulse: str  # of reports and acts
    stamp: str  # of the map and the catalogue: with another, every live row is counted anew


def marked_position() -> AppliedPosition | None:
    """The position with the last number of each table, in the one query; None before the first."""
    rows = AppliedPosition.objects.raw(_POSITION)
    return next(iter(rows), None)


def marks(position: Any) -> Marks:
    return Marks(
        position.last_entry or 0,
        f"{position.last_report}:{position.last_event}",
        f"{position.last_target}:{position.last_ancestor}:{position.last_version}",
    )


def windows_to_look_at(pulse: str, now: str, entered: Iterable[ReportRow]) -> set[int]:
    """Those that an act since the pulse names, and those whose report entered the ledger by no acceptance."""
    (last_report, last_event), (new_report, _) = _numbers(pulse), _numbers(now)
    acts = _acts_after(last_event).filter(object_type__in=[_REPORT, _WINDOW])
    rows = list(acts.values_list("action", "object_type", "object_id")[: ACTS_NAMED + 1])
    if len(rows) > ACTS_NAMED:
        return _open_or_uncounted()
    accepted = {pk for action, _, pk in rows if action == ACCEPTED}
    found = {report.period_id for report in entered if str(report.id) not in accepted}
    named = {(kind, int(pk)) for action, kind, pk in rows if action not in STILL}
    found |= {pk for kind, pk in named if kind == _WINDOW}
    if reports := [pk for kind, pk in named if kind == _REPORT]:
        found |= _windows_of(Q(pk__in=reports))
    return found | _windows_of(Q(pk__gt=last_report)) if new_report != last_report else found


def _windows_of(reports: Q) -> set[int]:
    return set(Report.objects.filter(reports).values_list("period_id", flat=True))


def _open_or_uncounted() -> set[int]:
    uncounted = ~Q(pk__in=CountedList.objects.values("period"))
    windows = ReportingPeriod.objects.filter(Q(closed_at__isnull=True) | uncounted)
    return set(windows.values_list("pk", flat=True))


def _acts_after(last_event: int) -> QuerySet[AuditEvent]:
    again = 0 if connection.vendor == "sqlite" else OUT_OF_ORDER
    return AuditEvent.objects.filter(pk__gt=last_event - again)


def _numbers(pulse: str) -> list[int]:
    """The last report and the last act; 0 where there was none."""
    return [int(number) if number.isdecimal() else 0 for number in (pulse or ":").split(":")]


def fingerprints(periods: Iterable[int]) -> dict[int, Fingerprint]:
    """Of each window, also of one with an empty list."""
    wanted = list(periods)
    if not wanted:
        return {}
    listed: dict[int, list[tuple[object, ...]]] = defaultdict(list)
    moving: dict[int, list[tuple[object, ...]]] = defaultdict(list)
    rows = (
        Report.objects.expected()
        .filter(period__in=wanted)
        .values_list("period_id", "covers_until", "level", "party")
        .annotate(
            members=Count("pk"),
            members_sum=Sum("pk", output_field=_BIG),
            members_square=Sum(F("pk") * F("pk"), output_field=_BIG),
            areas=Sum(F("pk") * F("area_id"), output_field=_BIG),
            superiors=Sum(F("pk") * Coalesce(F("superior_id"), 0), output_field=_BIG),
            submitted=Count("first_submitted_at"),
            submitted_sum=Sum("pk", filter=Q(first_submitted_at__isnull=False), output_field=_BIG),
            punctual=Count("pk", filter=Q(is_on_time=True)),
            punctual_sum=Sum("pk", filter=Q(is_on_time=True), output_field=_BIG),
        )
        .order_by("period_id", "covers_until", "level", "party")
    )
    for row in rows:
        listed[row[0]].append(row[1:9])
        moving[row[0]].append(row[9:])
    return {each: Fingerprint(_hash(listed[each]), _hash(moving[each])) for each in wanted}


def known_fingerprints(periods: Iterable[int]) -> dict[int, Fingerprint]:
    rows = CountedList.objects.filter(period__in=list(periods)).values_list(
        "period_id", "members", "progress"
    )
    return {period: Fingerprint(members, progress) for period, members, progress in rows}


def remember(prints: dict[int, Fingerprint]) -> None:
    CountedList.objects.bulk_create(
        [CountedList(period_id=period, **each._asdict()) for period, each in prints.items()],
        update_conflicts=True,
        unique_fields=["period"],
        update_fields=["members", "progress"],
    )


def _hash(rows: object) -> str:
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def _position_with_marks() -> str:
    """As text, once: putting it together from querysets takes longer than asking it."""
    quote = connection.ops.quote_name
    marked = {
        "last_entry": LedgerEntry,
        "last_report": Report,
        "last_event": AuditEvent,
        "last_target": AreaTarget,
        "last_ancestor": AreaAncestor,
        "last_version": IndicatorVersion,
    }
    lasts = (
        f"(SELECT MAX({model._meta.pk.column}) FROM {quote(model._meta.db_table)}) AS {name}"
        for name, model in marked.items()
    )
    table = quote(AppliedPosition._meta.db_table)
    return f"SELECT {table}.*, {', '.join(lasts)} FROM {table} WHERE id = 1"


_POSITION = _position_with_marks()
