"""The memberships a desk keeps, as its page lists them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from phoihop.core.text import fold_vi
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Membership, Organisation
from phoihop.orgs.permissions import AnyUser, desks_held
from phoihop.orgs.queries import organisations_managed_by
from phoihop.orgs.roles import may_grant

MOST_OFFERED = 200  # a province with its communes; a central desk types the name


@dataclass(frozen=True, slots=True)
class Row:
    held: Membership
    may_end: bool


def searched(held: QuerySet[Membership], text: str) -> QuerySet[Membership]:
    if not text:
        return held
    named = Q(organisation__name_fold__contains=fold_vi(text)) | Q(organisation__slug=text)
    return held.filter(named | Q(user__username__icontains=text))


def rows_of(memberships: Sequence[Membership], user: AnyUser) -> list[Row]:
    desks = desks_held(user)
    return [Row(held, any(_may_end(desk, held) for desk in desks)) for held in memberships]


def _may_end(desk: Membership, held: Membership) -> bool:
    body, own = held.organisation, desk.organisation
    return body.party == own.party and may_grant(Role(desk.role), own.area.level, held.role, body.area.level)


def offered_organisations(user: AnyUser) -> list[Organisation]:
    return list(organisations_managed_by(user).order_by("pk")[:MOST_OFFERED])
