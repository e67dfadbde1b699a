"""What a review hands over to the conclusions prepared from it."""

from django.urls import reverse
from django.utils.http import urlencode

from phoihop.assignments.enums import ConclusionKind
from phoihop.assignments.permissions import issuing_organisations
from phoihop.core import clock
from phoihop.orgs.permissions import AnyUser
from phoihop.reviews.models import ReviewVersion


def conclusions_address(version: ReviewVersion, user: AnyUser) -> str:
    """Of the page that prepares them: title, programmes, day and issuers stand in it already.

    The lead is the first issuer in whose name the user may prepare conclusions.
    """
    review = version.review
    bodies = [each.organisation for each in review.issuers.select_related("organisation")]
    own = {each.pk for each in issuing_organisations(user)}
    lead = next((body for body in bodies if body.pk in own), None)
    others = [body for body in bodies if lead is not None and body.pk != lead.pk]
    told: dict[str, str | list[str]] = {
        "kind": ConclusionKind.WRITTEN_REVIEW.value,
        "origin": f"review:{review.slug}",
        "origin_path": reverse("reviews:review", args=[review.slug]),
        "title_vi": f"Kết luận {_in_a_sentence(review.title_vi)}"[:400],
        "title_en": f"Conclusions of the {_in_a_sentence(review.title_en or review.title_vi)}"[:400],
        "concluded_on": clock.day_of(version.published_at or version.frozen_at).isoformat(),
        "lead_issuer": lead.slug if lead else "",
        "co_issuers": "; ".join(body.name_vi for body in others),
        "programme": [programme.slug for programme in (review.programme, *review.also_reviews.all())],
    }
    return f"{reverse('assignments:new-conclusion')}?{urlencode(told, doseq=True)}"


def _in_a_sentence(title: str) -> str:
    return title[:1].lower() + title[1:]
