"""Which version of a review a reader reads, and what stands around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from phoihop.orgs.permissions import AnyUser
from phoihop.programmes.models import Programme
from phoihop.reviews.enums import Audience, FileKind
from phoihop.reviews.models import Redaction, Review, ReviewFile, ReviewVersion
from phoihop.reviews.permissions import can_view_unpublished
from phoihop.reviews.queries.moved import QuoteMoved, quotes_moved
from phoihop.reviews.queries.public import public_context
from phoihop.reviews.queries.redactions import redactions_in
from phoihop.reviews.queries.reviews import context_of, draft_context, reviews_visible_to
from phoihop.rollup.ledger import last_seq

DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class OpenFile:
    file: ReviewFile
    is_open: bool  # False: it holds small counts of persons, and the reader has not signed in


@dataclass(frozen=True, slots=True)
class Reading:
    """`version` None: the draft."""

    review: Review
    version: ReviewVersion | None
    versions: Sequence[ReviewVersion]
    has_draft: bool
    context: Mapping[str, Any]
    files: Sequence[OpenFile]
    hidden: int  # figures protected for this reader
    entries_since: int  # accepted since the version was frozen
    quotes_moved: Sequence[QuoteMoved] = ()
    redactions: Sequence[Redaction] = ()

    @property
    def provenance(self) -> Mapping[str, Any]:
        held: Mapping[str, Any] = self.context["provenance"]
        return held


def listed(user: AnyUser, programme: Programme | None) -> QuerySet[Review]:
    """What is not published yet is neither named nor counted to who may only read: `is_seen_whole`."""
    seen_whole = Review.objects.seen_whole_by(user)
    shown = Q(review__in=seen_whole.values("pk")) | _published_for(user)
    found = reviews_visible_to(user).annotate(is_seen_whole=Exists(seen_whole.filter(pk=OuterRef("pk"))))
    found = found.prefetch_related(
        Prefetch("versions", ReviewVersion.objects.filter(shown).defer("context")), "also_reviews"
    )
    if programme is None:
        return found
    return found.filter(Q(programme=programme) | Q(also_reviews=programme)).distinct()


def _published_for(user: AnyUser) -> Q:
    audiences = [Audience.PUBLIC.value, *([Audience.SIGNED_IN.value] if user.is_authenticated else [])]
    return Q(published_at__isnull=False, audience__in=audiences)


def versions_open_to(user: AnyUser, review: Review) -> QuerySet[ReviewVersion]:
    versions = review.versions.order_by("-number")
    if can_view_unpublished(user, review):
        return versions
    return versions.filter(_published_for(user))


def reading(user: AnyUser, review: Review, asked: str) -> Reading | None:
    """The asked version, else the newest; the draft where nothing is frozen or it is asked for."""
    versions = list(versions_open_to(user, review).select_related("figure_check"))
    has_draft = bool(review.composed) and can_view_unpublished(user, review)
    if asked == DRAFT or (not asked and not versions):
        return _draft(review, versions) if has_draft else None
    version = versions[0] if not asked else next((v for v in versions if str(v.number) == asked), None)
    return _frozen(user, review, version, versions, has_draft=has_draft) if version else None


def file_of(user: AnyUser, review: Review, pk: int) -> OpenFile | None:
    found = ReviewFile.objects.filter(version__in=versions_open_to(user, review), pk=pk)
    file = found.select_related("version").first()
    if file is None:
        return None
    return OpenFile(file, user.is_authenticated or not public_context(context_of(file.version)).hidden)


def _draft(review: Review, versions: Sequence[ReviewVersion]) -> Reading:
    return Reading(
        review=review, version=None, versions=versions, has_draft=True, context=draft_context(review), files=(),
        hidden=0, entries_since=0,
    )  # fmt: skip


def _frozen(
    user: AnyUser,
    review: Review,
    version: ReviewVersion,
    versions: Sequence[ReviewVersion],
    *,
    has_draft: bool,
) -> Reading:
    context: Mapping[str, Any] = context_of(version)
    hidden: frozenset[str] = frozenset()
    if not user.is_authenticated:
        seen = public_context(context)
        context, hidden = seen.context, seen.hidden
    order = {FileKind.DOCX: 0, FileKind.PDF: 1, FileKind.UPLOADED: 2}
    files = sorted(version.files.all(), key=lambda file: (order[FileKind(file.kind)], file.language != "vi"))
    return Reading(
        review=review,
        version=version,
        versions=versions,
        has_draft=has_draft,
        context=context,
        files=tuple(OpenFile(file, not hidden) for file in files),
        hidden=len(hidden),
        entries_since=last_seq() - version.ledger_seq,
        quotes_moved=quotes_moved(version),
        redactions=redactions_in(version),
    )
