"""Whether the list of reports a window was counted by has moved since: asked often, so in one small query.

Reports are added, withdrawn, shortened and submitted without a ledger entry. Every such act leaves a new report
or a new audit event, so as long as neither number moved nothing needs to be looked at (the pulse). When one did,
each window the acts name is summed up in a fingerprint, and only a window whose fingerprint changed is counted again.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import BigIntegerField, Count, F, Q, Sum
from django.db.models.functions import Coalesce

from phoihop.areas.models import AreaAncestor, AreaTarget
from phoihop.audit.models import AuditEvent
from phoihop.indicators.models import IndicatorVersion
from phoihop.reports.models import LedgerEntry, Report
from phoihop.rollup.compute_rules import ReportRow
from phoihop.rollup.live import gaps
from phoihop.rollup.models import AppliedPosition, CountedList

Group = tuple[str, str, str]  # end of the days covered, level, party

_BIG = BigIntegerField()


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
    rows = AppliedPosition.objects.raw(_position_with_marks(gaps.writers_side_by_side()))
    return next(iter(rows), None)


def marks(position: Any) -> Marks:
    return Marks(
        position.last_entry or 0,
        f"{position.last_report}:{position.last_event}:{position.late_events}",
        f"{position.last_target}:{position.last_ancestor}:{position.last_version}",
    )


@dataclass
class Summary:
    """The list of a window summed up in the database: sums of numbers tell any two lists apart."""

    members: list[tuple[object, ...]] = field(default_factory=list)
    progress: dict[Group, tuple[int, ...]] = field(default_factory=dict)

    @property
    def fingerprint(self) -> Fingerprint:
        return Fingerprint(_hash(self.members), _hash(sorted(self.progress.items())))

    def progress_before(self, submissions: Iterable[ReportRow]) -> str:
        """The fingerprint's progress had these reports not been submitted."""
        before = dict(self.progress)
        for report in submissions:
            group = (report.covers_until.isoformat(), report.level, report.party)
            punctual = int(report.is_on_time)
            less = (1, report.id, punctual, punctual * report.id)
            before[group] = tuple(a - b for a, b in zip(before[group], less, strict=True))
        return _hash(sorted(before.items()))


def summaries(periods: Iterable[int]) -> dict[int, Summary]:
    """Of each window, also of one with an empty list."""
    found = {period: Summary() for period in periods}
    rows = (
        Report.objects.expected()
        .filter(period__in=found)
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
    for row in rows if found else ():
        summary, group = found[row[0]], (row[1].isoformat(), row[2], row[3])
        summary.members.append((*group, *row[4:9]))
        summary.progress[group] = tuple(int(amount or 0) for amount in row[9:])
    return found


def fingerprints(periods: Iterable[int]) -> dict[int, Fingerprint]:
    return {period: summary.fingerprint for period, summary in summaries(periods).items()}


def known_fingerprints(periods: Iterable[int]) -> dict[int, Fingerprint]:
    rows = CountedList.objects.filter(period__in=list(periods)).values_list(
        "period_id", "members", "progress"
    )
    return {period: Fingerprint(members, progress) for period, members, progress in rows}


def unmoved(before: Mapping[int, Fingerprint]) -> dict[int, Fingerprint]:
    """Of windows counted whole since `before` was read; what moved meanwhile is blank, so that it is counted again.

    Writers side by side go on between the two: what came in is counted, and when its act is seen it would be added.
    """
    if not gaps.writers_side_by_side():
        return dict(before)
    now = fingerprints(before)
    return {
        period: Fingerprint(*(was if was == is_ else "" for was, is_ in zip(each, now[period], strict=True)))
        for period, each in before.items()
    }


def remember(prints: dict[int, Fingerprint]) -> None:
    CountedList.objects.bulk_create(
        [CountedList(period_id=period, **each._asdict()) for period, each in prints.items()],
        update_conflicts=True,
        unique_fields=["period"],
        update_fields=["members", "progress"],
    )


def _hash(rows: object) -> str:
    return hashlib.sha256(repr(rows).encode()).hexdigest()


@cache
def _position_with_marks(out_of_order: bool) -> str:
    """As text, once: putting it together from querysets takes longer than asking it.

    out_of_order: an act may appear below the last number, so those of late are counted too.
    """
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
    table, acts = quote(AppliedPosition._meta.db_table), quote(AuditEvent._meta.db_table)
    counted = f"(SELECT COUNT(*) FROM {acts} WHERE id > (SELECT MAX(id) FROM {acts}) - {gaps.WIDE})"
    late = f"{counted if out_of_order else 0} AS late_events"
    return f"SELECT {table}.*, {', '.join([*lasts, late])} FROM {table} WHERE id = 1"
