"""What the room where a review is written shows: its sections, who last wrote them, and what this person may do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from phoihop.orgs.permissions import AnyUser
from phoihop.reviews.models import Review, Section, SectionText
from phoihop.reviews.permissions import (
    can_compose_review,
    can_freeze_review,
    can_publish_review,
    signing_for,
)
from phoihop.reviews.queries.moved import QuoteMoved, quotes_moved
from phoihop.reviews.queries.signing import Signing, issuing_of, signings


@dataclass(frozen=True, slots=True)
class Duties:
    """What one person may do with one review."""

    may_compose: bool
    may_freeze: bool
    may_publish: bool
    may_sign: bool  # approve and number in the name of an issuer

    @property
    def any(self) -> bool:
        return self.may_compose or self.may_freeze or self.may_publish or self.may_sign


@dataclass(frozen=True, slots=True)
class SectionRow:
    section: Section
    depth: int
    is_heading: bool  # holds other sections, no text of its own
    is_edited: bool
    blanks: int
    saved: SectionText | None


@dataclass(frozen=True, slots=True)
class Room:
    review: Review
    duties: Duties
    sections: Sequence[SectionRow]
    versions: Sequence[Signing]
    quotes_moved: Sequence[QuoteMoved]


def duties_of(user: AnyUser, review: Review) -> Duties:
    acting = signing_for(user)
    return Duties(
        can_compose_review(user, review),
        can_freeze_review(user, review),
        can_publish_review(user, review),
        any(acting(organisation) for organisation in issuing_of(review)),
    )


def room_of(user: AnyUser, review: Review) -> Room:
    versions = review.versions.defer("context").order_by("-number")
    return Room(
        review=review,
        duties=duties_of(user, review),
        sections=_rows(review),
        versions=signings(
            user,
            list(
                versions.select_related("frozen_by", "published_by", "figure_check").prefetch_related(
                    "files__added_by"
                )
            ),
        ),
        quotes_moved=[found for version in versions[:1] for found in quotes_moved(version)],
    )


def texts_of(section: Section) -> QuerySet[SectionText]:
    """The newest first."""
    held = SectionText.objects.filter(review=section.review_id, section_key=section.key)
    return held.select_related("saved_by").order_by("-number")


def _rows(review: Review) -> list[SectionRow]:
    sections = list(review.sections.order_by("order", "pk"))
    parents = {each.key: each.parent_key for each in sections}
    texts = SectionText.objects.filter(review=review).select_related("saved_by").order_by("number")
    saved = {text.section_key: text for text in texts}
    return [
        SectionRow(
            section=each,
            depth=_depth(each.key, parents),
            is_heading=each.key in parents.values(),
            is_edited=bool(each.removed) or any(block.get("is_edited") for block in each.blocks),
            blanks=sum(block["kind"] == "placeholder" for block in each.blocks),
            saved=saved.get(each.key),
        )
        for each in sections
    ]


def _depth(key: str, parents: Mapping[str, str]) -> int:
    depth = 1
    while key := parents.get(key, ""):
        depth += 1
    return depth
