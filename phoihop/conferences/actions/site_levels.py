"""One click: a site for every unit of a level on the map of the conference's day, with delegations by bloc."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import count

from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.conferences import preparing_errors
from phoihop.conferences.actions.changing import changing
from phoihop.conferences.actions.guards import require_not_closed
from phoihop.conferences.enums import ConferenceKind, SiteKind
from phoihop.conferences.models import Conference, Delegation, Site
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.slugs import free_slug
from phoihop.core.clock import day_of
from phoihop.core.templatetags.vietnamese import day as written
from phoihop.orgs.enums import PartyKind
from phoihop.orgs.models import Organisation, Post, in_a_sentence

CENTRE_VI, CENTRE_EN = "Điểm cầu Trung ương", "Central site"
_BLOCS = (
    PartyKind.PARTY_COMMITTEE, PartyKind.STEERING_COMMITTEE, PartyKind.POLICE, PartyKind.FRONT,
    PartyKind.MASS_MOBILISATION, PartyKind.MEMBER_ORGANISATION,
)  # fmt: skip
_MEMBERS = ("Đoàn các tổ chức thành viên Mặt trận", "Member organisations of the Front")

Bodies = dict[int, dict[str, list[Organisation]]]


def add_sites_for_level(
    *, conference: Conference, level: Level, heads: int, by: Attendee | None, key: str = ""
) -> list[Site]:
    """Units that have a site are passed over, so that a second click adds nothing. heads: invited of each delegation.

    The area of the conference itself becomes the central site where there is none.
    Raises: DomainError where no unit of the level stood below the area on the day.
    """
    with changing(conference, Act.PREPARE, by, key=key) as change:
        require_not_closed(change)
        held, day = change.conference, day_of(change.conference.starts_at)
        units = list(
            Area.objects.as_of(day)
            .under(held.area, day)
            .at_level(level)
            .prefetch_related("titles")
            .order_by("name_sort", "pk")
        )
        if not units:
            raise preparing_errors.no_areas(str(Level(level).label), written(day))
        made = _sites(held, units, day)
        delegations = _delegations(made, day, heads)
        Delegation.objects.bulk_create(delegations)
        change.tell(
            "add_sites_for_level",
            shows=("roll_call", "conference"),
            level=level,
            on=day.isoformat(),
            sites=[site.slug for site in made],
            delegations=len(delegations),
        )
    return made


def _sites(conference: Conference, units: Sequence[Area], day: date) -> list[Site]:
    held = list(conference.sites.values_list("slug", "area", "kind"))
    taken, areas = {slug for slug, _area, _kind in held}, {area for _slug, area, _kind in held}
    has_centre = any(kind == SiteKind.CENTRE for _slug, _area, kind in held)
    made: list[Site] = []
    order = count(len(held))
    if not has_centre:
        slug = free_slug("trung-tam" if conference.area.level != Level.NATION else "trung-uong", taken)
        made.append(_centre(conference, slug, next(order), day))
        taken.add(slug)
    for unit in units:
        if unit.pk in areas or (unit.pk == conference.area_id and not has_centre):
            continue
        name = unit.full_name_on(day)
        slug = free_slug(unit.name, taken)
        taken.add(slug)
        made.append(
            Site(
                conference=conference,
                slug=slug,
                kind=SiteKind.SPEAKING,
                level=unit.level,
                area=unit,
                name_vi=f"Điểm cầu {in_a_sentence(name)}",
                name_en=f"{unit.name} site",
                order=next(order),
            )
        )
    return Site.objects.bulk_create(made)


def _centre(conference: Conference, slug: str, order: int, day: date) -> Site:
    area = conference.area
    is_nation = area.level == Level.NATION
    return Site(
        conference=conference,
        slug=slug,
        kind=SiteKind.CENTRE,
        level=area.level,
        area=area,
        name_vi=CENTRE_VI if is_nation else f"Điểm cầu trung tâm {area.full_name_on(day)}",
        name_en=CENTRE_EN if is_nation else f"Main site, {area.name}",
        address=conference.venue_vi if conference.kind != ConferenceKind.WRITTEN else "",
        order=order,
    )


def _delegations(sites: Iterable[Site], day: date, heads: int) -> list[Delegation]:
    placed = list(sites)
    bodies = _bodies([site.area_id for site in placed], day)
    posts = _posts(bodies, day)
    return [
        delegation
        for site in placed
        for delegation in _of_site(site, bodies[site.area_id], posts, day, heads)
    ]


def _bodies(areas: Sequence[int], day: date) -> Bodies:
    found: Bodies = defaultdict(lambda: defaultdict(list))
    standing = Organisation.objects.as_of(day).filter(area__in=areas).order_by("pk")
    for body in standing.select_related("area").prefetch_related("area__titles"):
        found[body.area_id][body.party].append(body)
    return found


def _posts(bodies: Bodies, day: date) -> dict[int, list[str]]:
    named = [body.pk for parties in bodies.values() for found in parties.values() for body in found]
    posts: defaultdict[int, list[str]] = defaultdict(list)
    for body, title in (
        Post.objects.as_of(day)
        .filter(organisation__in=named)
        .order_by("order", "pk")
        .values_list("organisation", "title_vi")
    ):
        posts[body].append(title)
    return posts


def _of_site(
    site: Site, parties: dict[str, list[Organisation]], posts: dict[int, list[str]], day: date, heads: int
) -> list[Delegation]:
    """One of each bloc: by the body where the bloc has one there, together where it has several."""
    made = []
    for order, bloc in enumerate(bloc for bloc in _BLOCS if parties.get(bloc)):
        bodies = parties[bloc]
        lead = bodies[0] if len(bodies) == 1 or bloc != PartyKind.MEMBER_ORGANISATION else None
        vi, en = (f"Đoàn {lead.name_on(day)}", f"Delegation of {lead.name_en}") if lead else _MEMBERS
        named = posts.get(lead.pk, [])[:heads] if lead else []
        made.append(
            Delegation(
                site=site,
                bloc=bloc,
                organisation=lead,
                title_vi=vi[:200],
                title_en=en[:200] if not lead or lead.name_en else "",
                posts=named,
                invited=heads,
                order=order,
            )
        )
    return made
