"""Which frozen versions a job looks at again by itself, and what was done since to what they stand on."""

from collections.abc import Iterable

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from phoihop.areas.enums import Level
from phoihop.areas.models import AreaAncestor
from phoihop.areas.queries.maps import REPORTED
from phoihop.reports.models import LedgerEntry
from phoihop.reviews.compose.gathering.question import Question
from phoihop.reviews.models import ReviewVersion
from phoihop.reviews.queries.moves import periods_of

_IS_QUOTED = Q(quoted_by__isnull=False) | Q(quoted_in__isnull=False)


def watched() -> Iterable[ReviewVersion]:
    """Those people read: of each review the newest, the one that is published, and those quoted above."""
    last = _last_of(ReviewVersion.objects.all())
    rows = ReviewVersion.objects.filter(review__in={review for review, _number in last})
    found = rows.select_related("review__area", "figure_check", "failed_check").defer("context")
    quoted = set(ReviewVersion.objects.filter(_IS_QUOTED).values_list("pk", flat=True))
    return [each for each in found if (each.review_id, each.number) in last or each.pk in quoted]


def is_watched(version: ReviewVersion) -> bool:
    last = _last_of(ReviewVersion.objects.filter(review=version.review_id))
    if (version.review_id, version.number) in last:
        return True
    return ReviewVersion.objects.filter(_IS_QUOTED, pk=version.pk).exists()


def entries_since(question: Question, after: int, until: int) -> QuerySet[LedgerEntry]:
    """Of the review's windows and, as reported, of its area; on a map of another day of every area."""
    entries = LedgerEntry.objects.filter(
        seq__gt=after, seq__lte=until, report__period__in=[each.pk for each in periods_of(question)]
    )
    if question.area.level == Level.NATION or question.map_key != REPORTED:
        return entries
    under = AreaAncestor.objects.filter(ancestor=question.area, area=OuterRef("report__area"))
    return entries.filter(Q(report__area=question.area) | Exists(under))


def _last_of(versions: QuerySet[ReviewVersion]) -> set[tuple[int, int]]:
    newest = versions.order_by().values("review").annotate(last=Max("number"))
    published = newest.filter(published_at__isnull=False)
    return {(row["review"], row["last"]) for row in [*newest, *published]}
