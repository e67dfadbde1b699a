from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from phoihop.accounts.models import User
from phoihop.areas.models import Area
from phoihop.audit.actions import record
from phoihop.orgs.models import Organisation, Post
from phoihop.periods import Span, format_day
from phoihop.programmes.models import Programme
from phoihop.reviews import errors
from phoihop.reviews.actions.guards import require_creating
from phoihop.reviews.compose.document import power_of, programme_name
from phoihop.reviews.compose.text import NOTHING, Text, listed
from phoihop.reviews.models import Issuer, Review, ReviewVersion
from phoihop.reviews.queries.issuing import issuing_organisations
from phoihop.reviews.queries.planned import PlannedReview
from phoihop.rollup.compute_windows import previous_span
from phoihop.rollup.enums import FigureState


@transaction.atomic
def create_review(
    *,
    programmes: Sequence[Programme],
    area: Area,
    kind: str,
    span: Span,
    slug: str,
    title: Text,
    by: User | None,
    previous: Span | None = None,
    map_key: str = "reported",
    state: str = FigureState.CONFIRMED,
    issuers: Iterable[Organisation] = (),
    quotes: Iterable[ReviewVersion] = (),
    drafting_unit: Text = NOTHING,
) -> Review:
    """The first programme gives the outline. Without `issuers`, the programmes' leading parties in the area issue it.

    Raises: DomainError where nobody would issue it, the name is taken, or the user acts for none of the issuers.
    """
    if not programmes:
        raise errors.no_programme()
    if Review.objects.filter(slug=slug).exists():
        raise errors.slug_taken(slug)
    last_day = span.last
    issuing = list(issuers) or issuing_organisations(programmes, area, last_day)
    if not issuing:
        raise errors.nobody_issues(area.full_name, format_day(last_day))
    require_creating(by, title.vi, area.level, issuing)
    before = previous or previous_span(span)
    review = Review.objects.create(
        slug=slug,
        programme=programmes[0],
        area=area,
        kind=kind,
        title_vi=title.vi,
        title_en=title.en,
        span_from=span.start,
        span_until=span.end,
        previous_from=before.start,
        previous_until=before.end,
        map_key=map_key,
        state=state,
        drafting_unit_vi=drafting_unit.vi,
        drafting_unit_en=drafting_unit.en,
    )
    review.also_reviews.set(programmes[1:])
    review.quotes.set(quotes)
    Issuer.objects.bulk_create(
        _issuer(review, organisation, last_day, order) for order, organisation in enumerate(issuing)
    )
    record("create_review", review, by=by, organisation=issuing[0], details={"slug": slug, "state": state})
    return review


def create_planned_review(
    *,
    planned: PlannedReview,
    by: User | None,
    also: Sequence[Programme] = (),
    map_key: str = "reported",
    state: str = FigureState.CONFIRMED,
    title: Text | None = None,
) -> Review:
    """The review as the programme's outline plans it."""
    return create_review(
        programmes=[planned.programme, *also],
        area=planned.area,
        kind=planned.kind,
        span=planned.span,
        slug=planned.slug,
        title=title or joint_title(planned.title, also),
        by=by,
        map_key=map_key,
        state=state,
    )


def joint_title(title: Text, also: Sequence[Programme]) -> Text:
    """Names every programme: "Sơ kết ... số 09 và Chương trình hành động số 22-CTr/ĐUCA-V28"."""
    return listed([title, *(programme_name(programme) for programme in also)])


def _issuer(review: Review, organisation: Organisation, day: date, order: int) -> Issuer:
    """Signed by the first post in protocol order that may sign; persons appear by post only."""
    posts = Post.objects.as_of(day).filter(organisation=organisation, may_sign=True)
    post = posts.order_by("order", "pk").first()
    power = power_of(post)[0] if post else ""
    return Issuer(review=review, organisation=organisation, post=post, signing_power=power, order=order)
