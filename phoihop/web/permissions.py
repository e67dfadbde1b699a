"""Who opens which page. Default deny: what is not named here as open is for those who serve the area.

Open to everyone: programmes, the catalogue, areas, published figures, reviews published to the public, and the
confirmed figures of the days such a review covers, for its area and the units one level below, small counts of
persons protected. Open to who signs in: figures of the nation and the provinces. Below a province, figures are for
those who serve the unit, a unit above it or a unit below it.
"""

from collections.abc import Sequence

from phoihop.areas.enums import LEVEL_ORDER, Level
from phoihop.areas.models import Area, AreaAncestor
from phoihop.areas.queries.served import areas_served
from phoihop.core import clock
from phoihop.core.templatetags.vietnamese import areaname
from phoihop.orgs.models import Membership
from phoihop.orgs.permissions import AnyUser
from phoihop.periods import Span
from phoihop.programmes.models import Programme
from phoihop.reviews.enums import Audience
from phoihop.reviews.models import ReviewVersion
from phoihop.rollup.enums import FigureState
from phoihop.web import errors

WIDE = {Level.NATION, Level.PROVINCE}


def is_member(user: AnyUser) -> bool:
    """Signed in; which objects the person sees is asked object by object."""
    return bool(user.is_authenticated and user.is_active)


def can_view_figures(
    user: AnyUser, area: Area, programmes: Sequence[Programme], span: Span, state: str
) -> bool:
    if is_member(user):
        return area.level in WIDE or serves(user, area)
    return state == FigureState.CONFIRMED and all(is_published(each, area, span) for each in programmes)


def can_view_units_below(
    user: AnyUser, area: Area, programmes: Sequence[Programme], span: Span, state: str
) -> bool:
    """The figures of every unit one level below: a commune's officer sees its province's, and not its neighbours'."""
    if is_member(user):
        return area.level == Level.NATION or serves_from_above(user, area)
    return state == FigureState.CONFIRMED and all(_is_reviewed(each, area, span) for each in programmes)


def require_units_below(
    user: AnyUser, area: Area, programmes: Sequence[Programme], span: Span, state: str
) -> None:
    if can_view_units_below(user, area, programmes, span, state):
        return
    if is_member(user):
        raise errors.not_above_these_units(areaname(area))
    raise errors.not_published(programmes[0].number or programmes[0].title_vi)


def require_figures(
    user: AnyUser, area: Area, programmes: Sequence[Programme], span: Span, state: str
) -> None:
    if can_view_figures(user, area, programmes, span, state):
        return
    if is_member(user):
        raise errors.not_your_area(areaname(area))
    raise errors.not_published(programmes[0].number or programmes[0].title_vi)


def serves(user: AnyUser, area: Area) -> bool:
    """In the area, above it or below it; who sees everything serves every area."""
    held = Membership.objects.held_by(user, clock.today())
    if held.seeing_everything().exists():
        return True
    own = set(held.values_list("organisation__area", flat=True))
    served = areas_served(own, clock.today())
    above_own = AreaAncestor.objects.filter(area__in=own, ancestor=area)
    return area.pk in own or served.filter(pk=area.pk).exists() or above_own.exists()


def serves_from_above(user: AnyUser, area: Area) -> bool:
    """In the area itself or above it."""
    held = Membership.objects.held_by(user, clock.today())
    if held.seeing_everything().exists():
        return True
    served = areas_served(held.values_list("organisation__area", flat=True), clock.today())
    return served.filter(pk=area.pk).exists()


def published_spans(programme: Programme) -> list[tuple[Area, Span]]:
    """What reviews published to the public speak of: the area and the days, latest first."""
    versions = ReviewVersion.objects.filter(published_at__isnull=False, audience=Audience.PUBLIC)
    reviews = [version.review for version in versions.select_related("review__area").order_by("-frozen_at")]
    return [
        (review.area, Span(review.span_from, review.span_until))
        for review in reviews
        if review.programme_id == programme.pk or review.also_reviews.filter(pk=programme.pk).exists()
    ]


def is_published(programme: Programme, area: Area, span: Span) -> bool:
    """Within a published review's days, its area or a unit one level below (districts stand aside)."""
    return any(
        days.start <= span.start and span.end <= days.end and _speaks_of(reviewed, area)
        for reviewed, days in published_spans(programme)
    )


def _is_reviewed(programme: Programme, area: Area, span: Span) -> bool:
    """A published review of the area itself speaks of its units, one of a unit above only of the area."""
    return any(
        days.start <= span.start and span.end <= days.end and reviewed.pk == area.pk
        for reviewed, days in published_spans(programme)
    )


def _speaks_of(reviewed: Area, area: Area) -> bool:
    if reviewed.pk == area.pk:
        return True
    lowest = Level.PROVINCE if reviewed.level == Level.NATION else Level.COMMUNE
    below = AreaAncestor.objects.filter(area=area, ancestor=reviewed).exists()
    return below and LEVEL_ORDER[Level(area.level)] <= LEVEL_ORDER[lowest]
