"""Which days, map and word a live board takes, and what a director can put on it."""

from dataclasses import dataclass

from django.db.models import F

from phoihop.areas.models import Area
from phoihop.areas.queries import epoch_on
from phoihop.conferences.models import Conference
from phoihop.conferences.queries.figures import Choice
from phoihop.core import clock
from phoihop.indicators.enums import IndicatorKind
from phoihop.indicators.models import IndicatorVersion, Selection
from phoihop.periods import Span
from phoihop.programmes.models import Programme
from phoihop.reports.models import ReportingPeriod
from phoihop.reviews.models import ReviewVersion
from phoihop.reviews.render.labels import Language
from phoihop.rollup.enums import FigureState


@dataclass(frozen=True, slots=True)
class Term:
    area: Area
    span: Span
    map_key: str
    state: FigureState
    version: ReviewVersion | None  # a review of the programme, so that both stand on the same days


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be shown live of one programme."""

    programme: Programme
    choices: list[Choice]


def term_of(conference: Conference, programme: Programme) -> Term | None:
    """That of the review under discussion, where it is of the programme; else every window that is over.

    Missing: None where no window of the programme was opened yet.
    """
    version = conference.review
    if version is not None and _speaks_of(version, programme):
        review = version.review
        span = Span(review.span_from, review.span_until)
        return Term(review.area, span, review.map_key, FigureState(review.state), version)
    windows = ReportingPeriod.objects.filter(form__programmes=programme, start__lte=clock.today())
    over = windows.filter(end__lte=clock.today())
    days = list((over if over.exists() else windows).values_list("start", "end"))
    if not days:
        return None
    span = Span(min(start for start, _end in days), max(end for _start, end in days))
    map_key = epoch_on(min(span.last, clock.today())).key
    return Term(conference.area, span, map_key, FigureState.RECEIVED, None)


def offers(conference: Conference, lang: Language) -> list[Offer]:
    """Three queries, however many programmes."""
    found: dict[Programme, list[Choice]] = {each: [] for each in conference.programmes.order_by("slug")}
    order = ("programme__slug", F("content__order").asc(nulls_last=True), "order", "pk")
    selections = Selection.objects.filter(programme__in=list(found)).select_related("programme", "indicator")
    names = _names(lang)
    for each in selections.order_by(*order):
        if each.indicator_id in names:
            found[each.programme].append(Choice(each.indicator.code, names[each.indicator_id]))
    return [Offer(programme, choices) for programme, choices in found.items()]


def selected_codes(programme: Programme) -> set[str]:
    """Of the indicators that are reported: the desks' own duties stand on every board anyway."""
    reported = IndicatorVersion.objects.as_of(clock.today()).exclude(kind=IndicatorKind.SYSTEM)
    selected = Selection.objects.filter(programme=programme, indicator__in=reported.values("indicator"))
    return set(selected.values_list("indicator__code", flat=True))


def _names(lang: Language) -> dict[int, str]:
    in_force = IndicatorVersion.objects.as_of(clock.today()).exclude(kind=IndicatorKind.SYSTEM)
    return {
        indicator: (english if lang == "en" else "") or vietnamese
        for indicator, vietnamese, english in in_force.values_list("indicator_id", "name_vi", "name_en")
    }


def _speaks_of(version: ReviewVersion, programme: Programme) -> bool:
    review = version.review
    if review.programme_id == programme.pk:
        return True
    return bool(review.also_reviews.filter(pk=programme.pk).exists())
