from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import Q, QuerySet

from phoihop.accounts.models import User
from phoihop.areas.enums import Level
from phoihop.areas.models import Area, AreaAncestor
from phoihop.core import clock
from phoihop.core.text import fold_vi
from phoihop.orgs.enums import PartyKind, Role
from phoihop.orgs.errors import no_such_membership, unknown_organisation, unknown_post
from phoihop.orgs.models import Membership, Organisation, OrganisationSuccession, Post
from phoihop.orgs.permissions import AnyUser, desks_held
from phoihop.orgs.roles import LEVEL_OF_DESK, MATRIX, Permission, may_grant

_MOST_NAMED = 8


def organisations_visible_to(user: AnyUser) -> QuerySet[Organisation]:
    return Organisation.objects.visible_to(user)


def memberships_of(user: AnyUser, on: date | None = None) -> QuerySet[Membership]:
    """Memberships in force on a day, today unless told, with their organisation and area."""
    held = Membership.objects.held_by(user, on or clock.today())
    return held.select_related("organisation__area", "post").order_by("organisation__name_sort", "role")


def acting_organisations(user: AnyUser, role: Role | str) -> QuerySet[Organisation]:
    """Where the user holds this role today."""
    held = Membership.objects.held_by(user, clock.today()).filter(role=role)
    return Organisation.objects.filter(pk__in=held.values("organisation")).order_by("name_sort")


def organisations_open_to(user: AnyUser, permission: Permission) -> QuerySet[Organisation]:
    """Where the user may do this today: the set behind `permissions.can_act_for`."""
    roles = {role for role, may in MATRIX.items() if permission in may}
    of_any_level = Q(role__in=roles - LEVEL_OF_DESK.keys())
    for role in roles & LEVEL_OF_DESK.keys():
        of_any_level |= Q(role=role, organisation__area__level=LEVEL_OF_DESK[role])
    held = Membership.objects.held_by(user, clock.today()).filter(of_any_level)
    return Organisation.objects.filter(pk__in=held.values("organisation")).order_by("name_sort")


def organisation_of(area: Area, party: PartyKind | str, on: date) -> Organisation | None:
    """The one a party has in an area on a day; of several (member organisations), the first loaded."""
    found: Organisation | None = (
        Organisation.objects.as_of(on).filter(area=area, party=party).order_by("pk").first()
    )
    return found


def superior_of(
    organisation: Organisation, on: date, levels: Iterable[Level | str] | None = None
) -> Organisation | None:
    """The same party's organisation in the nearest area above on a day, at one of the levels that take part.

    `Organisation.parent` says only what was above last; between 1/3 and 30/6/2025 a commune's police stood
    directly under the province's while its Front still stood under the district's.
    """
    above = AreaAncestor.objects.as_of(on).filter(area=organisation.area).order_by("depth")
    if levels is not None:
        above = above.filter(ancestor__level__in=list(levels))
    in_force = Organisation.objects.as_of(on).filter(party=organisation.party)
    for area in above.values_list("ancestor", flat=True):
        found: Organisation | None = in_force.filter(area=area).order_by("pk").first()
        if found:
            return found
    return None


def heirs_of(organisation: Organisation, on: date) -> list[Organisation]:
    """Those in force on a day to whom the duties passed, through as many reorganisations as there were."""
    found: dict[int, Organisation] = {}
    seen: set[int] = set()
    waiting = [organisation]
    while waiting:
        seen |= {each.pk for each in waiting}
        found |= {each.pk: each for each in waiting if each.is_in_force(on)}
        ended = [each.pk for each in waiting if not each.is_in_force(on)]
        links = OrganisationSuccession.objects.filter(predecessor__in=ended, on__lte=on)
        waiting = [
            link.successor for link in links.select_related("successor") if link.successor_id not in seen
        ]
    return sorted(found.values(), key=lambda each: each.slug)


def heir_of(organisation: Organisation, on: date) -> Organisation | None:
    """The one that answers for it on a day: itself while in force; of several heirs the first by slug."""
    return next(iter(heirs_of(organisation, on)), None)


def only_heirs(organisations: Iterable[int], on: date) -> dict[int, int]:
    """Of each the one that acts for it that day: itself, or its only heir. As many questions as successions follow.

    Missing: where it left no heir, or several.
    """
    wanted = set(organisations)
    living, links = set[int](), defaultdict[int, set[int]](set)
    seen, waiting = set[int](), wanted
    while waiting:
        seen |= waiting
        living |= set(Organisation.objects.as_of(on).filter(pk__in=waiting).values_list("pk", flat=True))
        rows = OrganisationSuccession.objects.filter(predecessor__in=waiting - living, on__lte=on)
        for ended, heir in rows.values_list("predecessor_id", "successor_id"):
            links[ended].add(heir)
        waiting = set[int]().union(*(links[each] for each in waiting)) - seen
    heirs = {each: _living_heirs(each, links, living) for each in wanted}
    return {each: next(iter(of_one)) for each, of_one in heirs.items() if len(of_one) == 1}


def _living_heirs(start: int, links: Mapping[int, set[int]], living: set[int]) -> set[int]:
    found, seen, waiting = set[int](), set[int](), {start}
    while waiting:
        found |= waiting & living
        seen |= waiting
        waiting = set[int]().union(*(links.get(each, set()) for each in waiting - living)) - seen
    return found


def acted_for(organisations: Collection[int], on: date) -> dict[int, set[int]]:
    """Of each those it acts for that day: itself, and what ended and left no other heir."""
    found = {each: {each} for each in organisations}
    for ended, heir in only_heirs(left_to(organisations, on), on).items():
        if heir in found:
            found[heir].add(ended)
    return found


def left_to(organisations: Collection[int], on: date) -> set[int]:
    """What ended and passed to one of these, alone or among others. As many questions as successions follow."""
    before, waiting = set[int](), set(organisations)
    while waiting:
        links = OrganisationSuccession.objects.filter(
            successor__in=waiting, on__lte=on, predecessor__valid_until__lte=on
        )
        waiting = set(links.values_list("predecessor", flat=True)) - before
        before |= waiting
    return before


def central_desks(on: date) -> QuerySet[Organisation]:
    """Organisations in which somebody holds the central desk that day."""
    desks = Membership.objects.as_of(on).filter(role=Role.CENTRAL_DESK, user__is_active=True)
    of_the_centre = Organisation.objects.as_of(on).filter(area__level=LEVEL_OF_DESK[Role.CENTRAL_DESK])
    return of_the_centre.filter(pk__in=desks.values("organisation")).order_by("name_sort")


def organisation_named(text: str, among: QuerySet[Organisation]) -> Organisation:
    """By slug, or by a name only one of them bears; a refusal lists those that look like it."""
    by_slug: Organisation | None = among.filter(slug=text.strip()).first()
    if by_slug:
        return by_slug
    folded = fold_vi(text)
    exact = list(among.filter(name_fold=folded).order_by("slug")[:_MOST_NAMED])
    if len(exact) == 1:
        return exact[0]
    near = among.filter(Q(name_fold__contains=folded) | Q(slug__contains=folded)) if folded else among.none()
    raise unknown_organisation(text, exact or list(near.order_by("slug")[:_MOST_NAMED]))


def organisations_managed_by(user: AnyUser) -> QuerySet[Organisation]:
    """Whose members the user manages today: the set behind `permissions.roles_open_to`."""
    managed = Q(pk__in=[])
    today = clock.today()
    for desk in desks_held(user):
        own = desk.organisation
        below = AreaAncestor.objects.as_of(today).filter(ancestor=own.area).values("area")
        managed |= Q(party=own.party) & (Q(area=own.area) | Q(area__in=below))
    return Organisation.objects.as_of(today).filter(managed)


def memberships_managed_by(user: AnyUser) -> QuerySet[Membership]:
    """Those that hold today or begin later, in organisations the user manages."""
    standing = Q(valid_until__isnull=True) | Q(valid_until__gt=clock.today())
    held = Membership.objects.filter(standing, organisation__in=organisations_managed_by(user))
    return held.select_related("user", "post", "organisation__area").order_by(
        "organisation__name_sort", "organisation", "role", "user__username", "valid_from"
    )


def memberships_matching(text: str = "") -> QuerySet[Membership]:
    """Every membership, past and future, of one account or of one organisation; all where the text is empty."""
    ordered = Membership.objects.select_related("user", "post", "organisation").order_by(
        "organisation__name_sort", "organisation", "role", "user__username", "valid_from"
    )
    if not text:
        return ordered
    if User.objects.filter(username__iexact=text.strip()).exists():
        return ordered.filter(user__username__iexact=text.strip())
    return ordered.filter(organisation=organisation_named(text, Organisation.objects.all()))


def membership_held(user: User, role: Role, organisation: Organisation) -> Membership:
    """The one that holds today, else the next to begin."""
    standing = Q(valid_until__isnull=True) | Q(valid_until__gt=clock.today())
    same = user.memberships.filter(standing, role=role, organisation=organisation)
    found: Membership | None = same.order_by("valid_from").first()
    if found is None:
        raise no_such_membership(user.username, role, organisation)
    return found


def post_of(organisation: Organisation, slug: str) -> Post:
    posts: dict[str, Post] = {post.slug: post for post in organisation.posts.as_of(clock.today())}
    if slug not in posts:
        raise unknown_post(slug, organisation, list(posts))
    return posts[slug]


def roles_granted_by(user: AnyUser) -> list[Role]:
    """The roles the user may give somewhere; where exactly, `permissions.roles_open_to` says."""
    desks = [(Role(desk.role), desk.organisation.area.level) for desk in desks_held(user)]
    return [
        role
        for role in Role
        if any(may_grant(desk, at, role, level) for desk, at in desks for level in Level)
    ]
