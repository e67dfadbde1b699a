from datetime import date, timedelta

from django.db import transaction

from phoihop.accounts.models import User
from phoihop.audit import actions as audit
from phoihop.core import clock
from phoihop.orgs import errors
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Membership, Organisation, Post
from phoihop.orgs.permissions import AnyUser, require_managing
from phoihop.orgs.roles import LEVEL_OF_DESK


@transaction.atomic
def grant_membership(
    *,
    user: User,
    organisation: Organisation,
    role: Role,
    by: AnyUser | None,
    post: Post | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Membership:
    """From today until told otherwise (exclusive); a desk only at its own level, no role twice on one day."""
    User.objects.select_for_update().get(pk=user.pk)
    if by is not None and by.pk == user.pk:
        raise errors.not_to_yourself()
    start = valid_from or clock.today()
    if LEVEL_OF_DESK.get(role, organisation.area.level) != organisation.area.level:
        raise errors.desk_at_another_level(role, organisation)
    require_managing(by, organisation, role)
    _refuse_days(organisation, start, valid_until)
    same = user.memberships.filter(organisation=organisation, role=role)
    if same.overlapping(start, valid_until or date.max).exists():
        raise errors.already_a_member(role, organisation)
    granted = Membership.objects.create(
        user=user, organisation=organisation, role=role, post=post, valid_from=start, valid_until=valid_until
    )
    audit.record("grant_membership", granted, by=by, organisation=organisation, details=_told(granted))
    return granted


@transaction.atomic
def end_membership(*, membership: Membership, by: AnyUser | None) -> Membership:
    """Today is the first day on which it no longer holds; one that began today or begins later is taken back."""
    require_managing(by, membership.organisation, membership.role)
    today = clock.today()
    if membership.valid_until is not None and membership.valid_until <= today:
        raise errors.membership_over()
    if membership.valid_from is not None and membership.valid_from >= today:
        audit.record(
            "take_back_membership",
            membership,
            by=by,
            organisation=membership.organisation,
            details=_told(membership),
        )
        membership.delete()
        return membership
    membership.valid_until = today
    membership.save(update_fields=["valid_until"])
    audit.record(
        "end_membership", membership, by=by, organisation=membership.organisation, details=_told(membership)
    )
    return membership


def _refuse_days(organisation: Organisation, start: date, until: date | None) -> None:
    if until is not None and until <= start:
        raise errors.days_out_of_order(start, until - timedelta(days=1))
    if not organisation.is_in_force(start):
        raise errors.organisation_not_in_force(organisation, start)


def _told(membership: Membership) -> dict[str, str]:
    days = {"from": membership.valid_from, "until": membership.valid_until}
    told = {"user": membership.user.username, "role": str(Role(membership.role).value)}
    return told | {name: day.isoformat() for name, day in days.items() if day}
