"""A programme as its page shows it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal
from urllib.parse import urlencode

from django.db.models import Prefetch, QuerySet

from phoihop.areas.enums import Level
from phoihop.core import clock
from phoihop.indicators.models import IndicatorVersion, Selection, Target
from phoihop.orgs.permissions import AnyUser
from phoihop.periods import Span
from phoihop.programmes.models import AnnualPlanItem, Content, Party, Programme
from phoihop.reports.models import ReportingPeriod
from phoihop.rollup.enums import FigureState
from phoihop.web.forms.asked import term_of
from phoihop.web.permissions import can_view_figures


@dataclass(frozen=True, slots=True)
class Chosen:
    """An indicator a programme selects, by the definition in force today."""

    version: IndicatorVersion
    targets: Sequence[Target] = ()


@dataclass(frozen=True, slots=True)
class ContentOutline:
    content: Content | None  # None: of the programme as a whole
    chosen: Sequence[Chosen]


@dataclass(frozen=True, slots=True)
class LevelDuty:
    level: str
    label: str
    working_days: int | None
    accepted_by: str


@dataclass(frozen=True, slots=True)
class PlanYear:
    year: int
    items: list[AnnualPlanItem] = field(default_factory=list)


def listed_programmes() -> QuerySet[Programme]:
    """The national ones, newest first; local versions stand under them."""
    parties = Party.objects.select_related("organisation")
    return (
        Programme.objects.filter(localises__isnull=True)
        .select_related("predecessor", "area")
        .prefetch_related(Prefetch("parties", parties), "successors")
        .order_by("-term_from", "slug")
    )


def is_running(programme: Programme) -> bool:
    today = clock.today()
    started = programme.term_from is None or programme.term_from <= today
    return started and (programme.term_until is None or today < programme.term_until)


def contents_with_indicators(programme: Programme) -> list[ContentOutline]:
    selections = Selection.objects.filter(programme=programme).select_related("content", "indicator")
    chosen_by: dict[int | None, list[Selection]] = defaultdict(list)
    for selection in selections.prefetch_related("targets"):
        chosen_by[selection.content_id].append(selection)
    contents = list(programme.contents.select_related("owner"))
    versions = _versions({each.indicator_id for group in chosen_by.values() for each in group})
    outlines = [ContentOutline(content, _chosen(chosen_by[content.pk], versions)) for content in contents]
    if whole := _chosen(chosen_by[None], versions):
        outlines.append(ContentOutline(None, whole))
    return outlines


def _chosen(selections: list[Selection], versions: dict[int, IndicatorVersion]) -> list[Chosen]:
    return [
        Chosen(versions[each.indicator_id], tuple(each.targets.all()))
        for each in selections
        if each.indicator_id in versions
    ]


def _versions(indicators: set[int]) -> dict[int, IndicatorVersion]:
    """In force today, else the last there was."""
    versions = IndicatorVersion.objects.filter(indicator__in=indicators).select_related("indicator")
    ordered = sorted(versions, key=lambda each: (each.is_in_force(clock.today()), each.number))
    return {version.indicator_id: version for version in ordered}


@dataclass(frozen=True, slots=True)
class Milestone:
    """A published day of one or several programmes' life."""

    on: date
    title_vi: str
    title_en: str
    text_vi: str
    text_en: str
    source: str
    url: str


def milestones(programmes: Iterable[Programme]) -> list[Milestone]:
    """Oldest first; what several programmes tell is told once."""
    told = dict.fromkeys(_milestone(each) for programme in programmes for each in programme.milestones)
    return sorted(told, key=lambda each: each.on)


def _milestone(told: Mapping[str, Any]) -> Milestone:
    return Milestone(
        on=date.fromisoformat(told["on"]),
        title_vi=told["title"]["vi"],
        title_en=told["title"]["en"],
        text_vi=told["text"]["vi"],
        text_en=told["text"]["en"],
        source=told["source"]["title"],
        url=told["source"]["url"] or "",
    )


@dataclass(frozen=True, slots=True)
class PlannedSpan:
    """The days of a review the programme plans: its own, whatever it is reviewed together with."""

    title_vi: str
    title_en: str
    span: Span

    @property
    def query(self) -> str:
        return urlencode({"from": self.span.start.isoformat(), "to": self.span.last.isoformat()})


def planned_spans(user: AnyUser, programme: Programme) -> list[PlannedSpan]:
    """Those whose figures the reader may see, in the order of the programme's file."""
    planned = [
        PlannedSpan(
            each["title"]["vi"],
            each["title"]["en"],
            Span.of(date.fromisoformat(each["from"]), date.fromisoformat(each["to"])),
        )
        for each in programme.outline.get("reviews", ())
    ]
    word = FigureState.CONFIRMED.value
    return [each for each in planned if can_view_figures(user, programme.area, [programme], each.span, word)]


def level_duties(programme: Programme) -> list[LevelDuty]:
    calendar = programme.calendar
    return [
        LevelDuty(
            level,
            str(Level(level).label),
            calendar.working_days.get(level),
            str(Level(above).label) if (above := calendar.accept_level.get(level)) else "",
        )
        for level in calendar.levels
    ]


def plan_by_year(programme: Programme) -> list[PlanYear]:
    years: dict[int, PlanYear] = {}
    items = AnnualPlanItem.objects.filter(content__programme=programme).select_related("content", "owner")
    for item in items.order_by("-year", "content__order"):
        years.setdefault(item.year, PlanYear(item.year)).items.append(item)
    return list(years.values())


@dataclass(frozen=True, slots=True)
class OpenedWindow:
    """`state`: closed by its desk; open until its cut-off; due until its last deadline; past after it."""

    period: ReportingPeriod
    state: Literal["closed", "open", "due", "past"]


def windows_opened(programme: Programme, at_most: int = 4) -> list[OpenedWindow]:
    """The last windows of its term opened for its forms, newest first: a form may serve other programmes too."""
    start, end = term_of(programme)
    periods = ReportingPeriod.objects.filter(form__programmes=programme, start__gte=start, end__lte=end)
    periods = periods.select_related("form")
    last = periods.order_by("-start", "form__code")[:at_most]
    return [OpenedWindow(period, _state_of(period)) for period in last]


def _state_of(period: ReportingPeriod) -> Literal["closed", "open", "due", "past"]:
    today = clock.today()
    if period.closed_at is not None:
        return "closed"
    if today < period.end:
        return "open"
    return "due" if today.isoformat() <= max(period.deadlines.values(), default="") else "past"
