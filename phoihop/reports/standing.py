"""Where a user stands today: for which organisations they act, and whose reports they see."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import DateField, Q

from phoihop.areas.models import Area, AreaAncestor, AreaCandidate, AreaTarget
from phoihop.areas.queries.served import areas_served, map_of
from phoihop.core import clock
from phoihop.core.prepared import Prepared, Slot, key_slot
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Membership, OrganisationSuccession
from phoihop.orgs.roles import LEVEL_OF_DESK, Permission, role_may

AnyUser = AbstractBaseUser | AnonymousUser

_day = Slot("day", DateField())
_held: Prepared[Membership] = Prepared(
    lambda: Membership.objects.of(key_slot("user"), _day).select_related("organisation__area")
)
_links_to: Prepared[tuple[int, int]] = Prepared(
    lambda: OrganisationSuccession.objects.filter(
        successor=key_slot("successor"), on__lte=_day, predecessor__valid_until__lte=_day
    ).values_list("predecessor", "successor")
)  # of what a person acts for, which is nearly always one and passed nothing on

# A desk and a reader see every party under their area; the others see their own party's line.
SEES_EVERY_PARTY = frozenset({Role.PROVINCIAL_DESK, Role.READER})


@dataclass(frozen=True)
class Standing:
    """An organisation that ended passes to its heirs: who acts for the heir acts for it."""

    is_system: bool = False  # a command run on the machine
    user_id: int | None = None
    sees_all: bool = False
    roles: Mapping[int, frozenset[Role]] = field(default_factory=dict)  # organisation -> roles held
    wide: frozenset[int] = frozenset()  # areas where every party's reports are seen
    line: Mapping[str, frozenset[int]] = field(default_factory=dict)  # party -> areas
    central_parties: frozenset[str] = frozenset()  # parties whose central desk the user is

    def may(self, permission: Permission, organisation_id: int | None) -> bool:
        if self.is_system:
            return True
        held = self.roles.get(organisation_id or 0, frozenset())
        return any(role_may(role, permission) for role in held)

    def is_desk_of(self, organisation_id: int | None) -> bool:
        held = self.roles.get(organisation_id or 0, frozenset())
        return self.is_system or bool(held & LEVEL_OF_DESK.keys())

    def visible_reports(self) -> Q:
        """The filter behind `Report.objects.visible_to`."""
        if self.sees_all:
            return Q()
        own = list(self.roles)
        today = clock.today()
        seen = Q(organisation__in=own) | Q(entered_by__in=own) | Q(superior__in=own)
        seen |= Q(area__in=areas_served(self.wide, today))
        for party, areas in self.line.items():
            seen |= Q(party=party, area__in=areas_served(areas, today))
        return seen


def standing_of(user: AnyUser | None) -> Standing:
    """`None` is the system itself."""
    if user is None:
        return Standing(is_system=True, sees_all=True)
    may_sign_in = user.is_authenticated and user.is_active
    memberships = _held(user=user.pk, day=clock.today()) if may_sign_in else []
    return Standing(
        user_id=user.pk,
        sees_all=any(_sees_everything(each) for each in memberships),
        roles=_with_ended_predecessors(memberships),
        wide=frozenset(each.organisation.area_id for each in memberships if _role(each) in SEES_EVERY_PARTY),
        line=_lines(memberships),
        central_parties=frozenset(
            each.organisation.party for each in memberships if _role(each) == Role.CENTRAL_DESK
        ),
    )


def _role(membership: Membership) -> Role | None:
    """The role, or None for a desk held at a level that has no such desk."""
    role = Role(membership.role)
    level = membership.organisation.area.level
    return role if LEVEL_OF_DESK.get(role, level) == level else None


def _sees_everything(membership: Membership) -> bool:
    return _role(membership) in {Role.CENTRAL_DESK, Role.AUDITOR}


def _lines(memberships: Iterable[Membership]) -> dict[str, frozenset[int]]:
    lines: dict[str, set[int]] = defaultdict(set)
    for each in memberships:
        lines[each.organisation.party].add(each.organisation.area_id)
    return {party: frozenset(areas) for party, areas in lines.items()}


def _with_ended_predecessors(memberships: Iterable[Membership]) -> dict[int, frozenset[Role]]:
    roles: dict[int, set[Role]] = defaultdict(set)
    for each in memberships:
        roles[each.organisation_id] |= {role} if (role := _role(each)) else set()
    today = clock.today()
    ended = [link for each in set(roles) for link in _links_to(successor=each, day=today)]
    while ended:
        found = {predecessor for predecessor, _successor in ended if predecessor not in roles}
        for predecessor, successor in ended:
            if predecessor in found:
                roles[predecessor] |= roles[successor]
        ended = _passed_to(found, today)
    return {organisation: frozenset(held) for organisation, held in roles.items()}


def _passed_to(successors: Collection[int], today: date) -> list[tuple[int, int]]:
    """(predecessor that has ended, successor): one question, however many an heir took over."""
    links = OrganisationSuccession.objects.filter(
        successor__in=successors, on__lte=today, predecessor__valid_until__lte=today
    )
    return list(links.values_list("predecessor", "successor"))


def areas_above(area: Area, day: date) -> frozenset[int]:
    """Seen from below, one area at a time: the areas in whose `areas_served` it is."""
    stands = {area.pk}
    stands |= set(AreaTarget.objects.filter(map_of(day), area=area).values_list("target", flat=True))
    stands |= set(AreaCandidate.objects.filter(map_of(day), area=area).values_list("unit", flat=True))
    above = AreaAncestor.objects.as_of(day).filter(area__in=stands).values_list("ancestor", flat=True)
    return frozenset(stands | set(above))
