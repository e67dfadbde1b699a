"""From what a conference is created: a frozen review, its programmes, the bodies that issue it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from phoihop.conferences.enums import ConferenceKind
from phoihop.core import clock
from phoihop.orgs.models import Organisation
from phoihop.orgs.permissions import AnyUser
from phoihop.orgs.queries import organisations_open_to
from phoihop.orgs.roles import Permission
from phoihop.programmes.models import Party, Programme
from phoihop.reviews.models import Review, ReviewVersion

_FROM_NOW = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Start:
    review: ReviewVersion
    programmes: tuple[Programme, ...]
    initial: dict[str, Any]  # of the form


def may_create(user: AnyUser) -> bool:
    return user.is_authenticated and organisations_open_to(user, Permission.FREEZE).exists()


def creating_from(user: AnyUser, slug: str, number: str) -> Start | None:
    """The newest frozen version where none is named; None where no review is."""
    review = Review.objects.visible_to(user).filter(slug=slug).select_related("programme").first()
    if review is None:
        return None
    versions = review.versions.select_related("review").order_by("-number")
    version = versions.filter(number=number).first() if number.isdigit() else versions.first()
    if version is None:
        return None
    programmes = tuple(dict.fromkeys([review.programme, *review.also_reviews.all()]))
    issuing = [issuer.organisation for issuer in review.issuers.select_related("organisation")]
    mine = set(organisations_open_to(user, Permission.FREEZE).values_list("pk", flat=True))
    lead = next((body for body in issuing if body.pk in mine), None)
    starts = datetime.combine(clock.today() + _FROM_NOW, time(8), clock.VIETNAM)
    return Start(
        version,
        programmes,
        {
            "title_vi": f"Hội nghị {review.title_vi[:1].lower()}{review.title_vi[1:]}",
            "title_en": f"Conference: {review.title_en}" if review.title_en else "",
            "kind": ConferenceKind.ONLINE,
            "starts_at": starts,
            "ends_at": starts + timedelta(hours=3),
            "programmes": [each.slug for each in programmes],
            "lead": lead.slug if lead else "",
            "others": [body.slug for body in issuing if body != lead],
        },
    )


def parties_of(programmes: Iterable[Programme], user: AnyUser) -> QuerySet[Organisation]:
    """Parties to the programmes; to all the user sees where none is named."""
    named = list(programmes) or list(Programme.objects.visible_to(user))
    parties = Party.objects.filter(programme__in=named).values("organisation")
    today = Q(pk__in=Organisation.objects.as_of(clock.today()).values("pk"))
    return Organisation.objects.filter(today, pk__in=parties).order_by("name_sort")
