from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, QuerySet

from phoihop.orgs.models import Organisation
from phoihop.reviews.models import FigureCheck, Issuer, ReviewVersion


def moved_reviews(organisations: Iterable[Organisation]) -> QuerySet[FigureCheck]:
    """Of the reviews these bodies issue: newest versions with figures that have changed since they were frozen."""
    issued = Issuer.objects.filter(organisation__in=list(organisations)).values("review")
    later = ReviewVersion.objects.filter(
        review=OuterRef("version__review"), number__gt=OuterRef("version__number")
    )
    found = FigureCheck.objects.filter(changed__gt=0, version__review__in=issued).exclude(Exists(later))
    ordered = found.select_related("version__review").defer("version__context", "version__review__composed")
    return ordered.order_by(F("moved_at").desc(nulls_last=True), "pk")
