from datetime import date

from django.db import transaction

from phoihop.accounts.models import User
from phoihop.audit import actions as audit
from phoihop.core import clock
from phoihop.orgs.enums import Role
from phoihop.orgs.errors import already_a_member, desk_at_another_level, membership_over
from phoihop.orgs.models import Membership, Organisation, Post
from phoihop.orgs.permissions import AnyUser, require_administering
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
) -> Membership:
    """From today unless told otherwise; a desk only at its own level, and no role twice on the same day."""
    require_administering(by)
    start = valid_from or clock.today()
    if LEVEL_OF_DESK.get(role, organisation.area.level) != organisation.area.level:
        raise desk_at_another_level(role, organisation)
    if user.memberships.as_of(start).filter(organisation=organisation, role=role).exists():
        raise already_a_member(role, organisation)
    granted = Membership.objects.create(
        user=user, organisation=organisation, role=role, post=post, valid_from=start
    )
    details = {"user": user.username, "role": role.value}
    audit.record("grant_membership", granted, by=by, organisation=organisation, details=details)
    return granted


@transaction.atomic
def end_membership(*, membership: Membership, by: AnyUser | None) -> Membership:
    """Today is the first day on which it no longer holds."""
    require_administering(by)
    today = clock.today()
    if membership.valid_until is not None and membership.valid_until <= today:
        raise membership_over()
    if membership.valid_from is not None and membership.valid_from >= today:
        raise membership_over()
    membership.valid_until = today
    membership.save(update_fields=["valid_until"])
    audit.record("end_membership", membership, by=by, organisation=membership.organisation)
    return membership
