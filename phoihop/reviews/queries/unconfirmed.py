"""Reviews of confirmed figures that wait: a report below was corrected, and the one above has not confirmed it again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from phoihop.orgs.models import Organisation
from phoihop.orgs.permissions import AnyUser
from phoihop.reports.enums import ReportState
from phoihop.reports.models import Report, ReportVersion
from phoihop.reviews.compose.gathering.question import question_of
from phoihop.reviews.models import Issuer, Review, ReviewVersion
from phoihop.reviews.queries.moves import areas_above, periods_of
from phoihop.rollup.enums import FigureState

MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """`superior` confirms an older version of `corrected`. Missing: `since` None where that one was withdrawn."""

    corrected: Report
    superior: Report
    since: datetime | None
    is_open: bool = False  # the reader may see the corrected report


@dataclass(frozen=True, slots=True)
class WaitingReview:
    review: Review
    reports: Sequence[Unconfirmed]  # by the units' names

    @property
    def shown(self) -> Sequence[Unconfirmed]:
        return self.reports[:MOST_NAMED]

    @property
    def more(self) -> int:
        return len(self.reports) - len(self.shown)

    @property
    def superiors(self) -> list[Report]:
        return list({each.superior.pk: each.superior for each in self.reports}.values())


def waiting_reviews(user: AnyUser, organisations: Iterable[Organisation]) -> list[WaitingReview]:
    """Of the frozen reviews these bodies issue, newest first."""
    if not _out_of_step().exists():
        return []
    issued = Issuer.objects.filter(organisation__in=list(organisations)).values("review")
    frozen = Exists(ReviewVersion.objects.filter(review=OuterRef("pk")))
    reviews = Review.objects.filter(frozen, pk__in=issued, state=FigureState.CONFIRMED)
    ordered = reviews.select_related("programme", "area").defer("composed").order_by("-span_until", "pk")
    return [found for each in ordered if (found := waiting_review(user, each)) is not None]


def waiting_review(user: AnyUser, review: Review) -> WaitingReview | None:
    found = unconfirmed_in(review)
    if not found:
        return None
    ids = {each.corrected.pk for each in found}
    seen = set(Report.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))
    return WaitingReview(review, [replace(each, is_open=each.corrected.pk in seen) for each in found])


def unconfirmed_in(review: Review) -> list[Unconfirmed]:
    """None for a review of received figures: there a correction counts at once."""
    if review.state != FigureState.CONFIRMED or not _out_of_step().exists():
        return []
    question = question_of(review, by_unit=(), by_window=())
    superiors = _out_of_step().filter(period__in=[each.pk for each in periods_of(question)])
    found = [each for superior in superiors for each in _corrected_below(superior)]
    above = areas_above(question, [each.corrected for each in found])
    inside = [each for each in found if question.area.pk in above[each.corrected.pk]]
    return sorted(inside, key=lambda each: (each.corrected.organisation.name_sort, each.corrected.pk))


def _out_of_step() -> QuerySet[Report]:
    found = Report.objects.expected().filter(is_out_of_step=True)
    return found.select_related("organisation__area", "period", "accepted_version").order_by("pk")


def _corrected_below(superior: Report) -> list[Unconfirmed]:
    pinned = ReportVersion.objects.filter(pinned_by=superior.accepted_version)
    stale = pinned.filter(
        ~Q(report__accepted_version=F("pk")) | Q(report__state=ReportState.WITHDRAWN)
    ).select_related("report__organisation__area", "report__period", "report__accepted_version")
    return [_waits(version.report, superior) for version in stale.order_by("pk")]


def _waits(corrected: Report, superior: Report) -> Unconfirmed:
    now = None if corrected.state == ReportState.WITHDRAWN else corrected.accepted_version
    return Unconfirmed(corrected, superior, now.decided_at if now else None)
