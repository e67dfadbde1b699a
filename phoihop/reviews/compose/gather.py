"""Everything a review is composed from, computed once and recorded as one roll-up run."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from phoihop.accounts.models import User
from phoihop.areas.models import MapEpoch
from phoihop.periods import format_day
from phoihop.reports.models import ReportVersion
from phoihop.reviews.compose.charts import COMPLETENESS, TRENDS
from phoihop.reviews.compose.facts import Facts, Unit
from phoihop.reviews.compose.gathering import reporting
from phoihop.reviews.compose.gathering.catalogue import block_names, codes_of_contents
from phoihop.reviews.compose.gathering.naming import backwards, names_on, place_on
from phoihop.reviews.compose.gathering.question import REPORTED, Question, question_of
from phoihop.reviews.compose.gathering.quotes import quoted_from, quoted_versions
from phoihop.reviews.compose.gathering.rolled import Rolled, roll
from phoihop.reviews.compose.gathering.tasks import tasks_of
from phoihop.reviews.compose.gathering.windows import previous_label, taken_windows
from phoihop.reviews.compose.outline import annex_kinds
from phoihop.reviews.compose.phrases import YEARLY_CODES
from phoihop.reviews.compose.scope import Scope
from phoihop.reviews.compose.tables.annexes import MODELS, window_codes
from phoihop.reviews.compose.tables.by_unit import USUAL
from phoihop.reviews.compose.text import Text
from phoihop.reviews.models import Review
from phoihop.reviews.models import ReviewVersion as FrozenVersion
from phoihop.rollup.compute import record_run
from phoihop.rollup.models import RollupRun


@dataclass(frozen=True, slots=True)
class Gathered:
    question: Question
    facts: Facts
    run: RollupRun
    quotes: Sequence[FrozenVersion]


def gather(review: Review, *, by: User | None) -> Gathered:
    """Raises: DomainError where the span holds no whole window."""
    kinds = annex_kinds(review.programme.outline)
    by_unit = {*(USUAL if "by_unit" in kinds else ()), *(MODELS if "models" in kinds else ()), COMPLETENESS}
    asked = question_of(review, by_unit=by_unit, by_window={*window_codes(kinds), *TRENDS, *YEARLY_CODES})
    rolled = roll(asked)
    run = record_run(rollup=rolled.term, programmes=asked.programmes, by=by)
    quotes = quoted_versions(review)
    return Gathered(rolled.question, _facts(review, rolled, run, quotes), run, quotes)


def _facts(review: Review, rolled: Rolled, run: RollupRun, quotes: Sequence[FrozenVersion]) -> Facts:
    asked, seq = rolled.question, rolled.ledger_seq
    taken = taken_windows(asked.span)
    reports = reporting.reports_of(asked, taken)
    periods = [period for cover in rolled.term.covers.values() for period in cover.periods]
    first_day, last_day = min(each.start for each in periods), max(each.last for each in periods)
    names = names_on(rolled.units, asked.span.last)
    return Facts(
        figures=rolled.figures,
        scope=Scope(place_on(asked.area, asked.span.last), taken, backwards(asked.map_key, asked.span)),
        indicators=[definition.info for definition in rolled.definitions],
        blocks=block_names(),
        of_content=codes_of_contents(asked.programmes),
        units=[Unit(area.pk, names[area.pk]) for area in rolled.units],
        level=asked.area.level,
        unit_level=asked.unit_level,
        coverage=reporting.coverage_of(reports, seq),
        not_reported=reporting.not_reported(asked, reports, seq),
        narratives=reporting.narratives(asked, reports, seq),
        quoted=quoted_from(quotes),
        tasks=tasks_of(asked, first_day, last_day),
        previous_label=previous_label(asked.previous) if asked.previous and rolled.previous else None,
        map_label=map_label(asked.map_key),
        state=asked.state,
        is_simulated=_is_simulated(reporting.accepted_by(reports, seq).values("standing")),
        as_of=last_day,
        ledger_seq=seq,
        sql_hash=run.sql_hash,
        libraries=run.libraries,
    )


def _is_simulated(standing: QuerySet[Any]) -> bool:
    return ReportVersion.objects.filter(pk__in=standing, is_simulated=True).exists()


def map_label(map_key: str) -> Text:
    """The map figures stand on, in words."""
    if map_key == REPORTED:
        return Text(
            "địa giới hành chính tại thời điểm báo cáo",
            "the administrative map of the day each report was made",
        )
    epoch = MapEpoch.objects.get(key=map_key)
    if epoch.start is None:
        until = format_day(epoch.end) if epoch.end else ""
        return Text(f"bản đồ hành chính trước ngày {until}", f"the administrative map before {until}")
    return Text(
        f"bản đồ hành chính từ ngày {format_day(epoch.start)}",
        f"the administrative map from {format_day(epoch.start)}",
    )
