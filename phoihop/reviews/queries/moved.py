"""Who is told that figures moved: the issuers of a review that stands on them, and of a review that quotes it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet

from phoihop.orgs.models import Organisation
from phoihop.reviews.compose.gathering.quotes import later_of
from phoihop.reviews.models import FigureCheck, Issuer, Review, ReviewVersion


@dataclass(frozen=True, slots=True)
class QuoteMoved:
    """A review quotes a version from below whose quoted figures have changed. `later` None: none published since."""

    review: Review
    number: int | None  # the version that quotes; None: the draft
    check: FigureCheck
    later: int | None


def moved_reviews(organisations: Iterable[Organisation]) -> QuerySet[FigureCheck]:
    """Of the reviews these bodies issue: newest versions with figures that have changed since they were frozen."""
    issued = Issuer.objects.filter(organisation__in=list(organisations)).values("review")
    later = ReviewVersion.objects.filter(
        review=OuterRef("version__review"), number__gt=OuterRef("version__number")
    )
    found = FigureCheck.objects.filter(changed__gt=0, version__review__in=issued).exclude(Exists(later))
    ordered = found.select_related("version__review").defer("version__context", "version__review__composed")
    return ordered.order_by(F("moved_at").desc(nulls_last=True), "pk")


def quotes_moved_below(organisations: Iterable[Organisation]) -> list[QuoteMoved]:
    """Of the reviews these bodies issue: newest versions that quote figures which have changed since."""
    issued = Issuer.objects.filter(organisation__in=list(organisations)).values("review")
    later = ReviewVersion.objects.filter(review=OuterRef("review"), number__gt=OuterRef("number"))
    newest = ReviewVersion.objects.filter(review__in=issued).exclude(Exists(later))
    return [found for version in _quoting(newest) for found in quotes_moved(version)]


def quotes_moved(version: ReviewVersion) -> list[QuoteMoved]:
    return [
        QuoteMoved(version.review, version.number, check, _later(check))
        for check in _checks_of(version.quotes.all())
    ]


def draft_quotes_moved(review: Review) -> list[QuoteMoved]:
    return [QuoteMoved(review, None, check, _later(check)) for check in _checks_of(review.quotes.all())]


def _quoting(versions: QuerySet[ReviewVersion]) -> QuerySet[ReviewVersion]:
    """Those with something to tell; without their texts, which are long."""
    found = versions.filter(quotes__figure_check__quoted__gt=0).select_related("review").distinct()
    return found.defer("context", "review__composed").order_by("-frozen_at", "pk")


def _checks_of(quoted: QuerySet[ReviewVersion]) -> QuerySet[FigureCheck]:
    checks = FigureCheck.objects.filter(version__in=quoted.values("pk"), quoted__gt=0)
    return checks.select_related("version__review").defer("version__context", "version__review__composed")


def _later(check: FigureCheck) -> int | None:
    found = later_of(check.version)
    return found.number if found else None
