"""Whether the list of reports a window was counted by has moved since: asked often, so in one small query.

Reports are added, withdrawn, shortened and submitted without a ledger entry. Every such act leaves a new report
or a new audit event, so as long as neither number moved nothing needs to be looked at (the pulse). When one did,
each window still open is summed up in a fingerprint, and only a window whose fingerprint changed is counted again.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import models
from django.db.models import BigIntegerField, Count, F, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from phoihop.areas.models import AreaAncestor, AreaTarget
from phoihop.audit.models import AuditEvent
from phoihop.indicators.models import IndicatorVersion
from phoihop.reports.models import LedgerEntry, Report, ReportingPeriod
from phoihop.rollup.models import AppliedPosition, CountedList

_BIG = BigIntegerField()


class Fingerprint(NamedTuple):
    members: str
    progress: str


class Marks(NamedTuple):
    """How far everything the live tables stand on has come."""

    seq: int  # of the ledger
    pulse: str  # of reports and acts
    stamp: str  # of the map and the catalogue: with another, every live row is counted anew


def with_marks(positions: QuerySet[AppliedPosition]) -> QuerySet[AppliedPosition]:
    """The position with the last number of each table, in the one query."""
    return positions.annotate(
        last_entry=_last(LedgerEntry),
        last_report=_last(Report),
        last_event=_last(AuditEvent),
        last_target=_last(AreaTarget),
        last_ancestor=_last(AreaAncestor),
        last_version=_last(IndicatorVersion),
    )


def marks(position: Any) -> Marks:
    return Marks(
        position.last_entry or 0,
        f"{position.last_report}:{position.last_event}",
        f"{position.last_target}:{position.last_ancestor}:{position.last_version}",
    )


def windows_to_look_at(touched: Iterable[int]) -> QuerySet[ReportingPeriod]:
    """Open ones, those never counted, and those just touched by the ledger."""
    counted = CountedList.objects.values("period")
    return ReportingPeriod.objects.filter(
        Q(closed_at__isnull=True) | ~Q(pk__in=counted) | Q(pk__in=list(touched))
    )


def fingerprints(periods: Iterable[int]) -> dict[int, Fingerprint]:
    """Of each window, also of one with an empty list."""
    wanted = list(periods)
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


def _last(model: type[models.Model]) -> Subquery:
    return Subquery(model._default_manager.order_by("-pk").values("pk")[:1])
