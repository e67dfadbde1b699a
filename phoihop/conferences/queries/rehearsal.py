"""The director's board: how every site's check came out, and how each does now. Never for the quorum, never a ranking."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from phoihop.conferences.display import speaking
from phoihop.conferences.enums import CheckColour, Reach
from phoihop.conferences.models import Beacon, Conference, Site, SiteCheck
from phoihop.conferences.queries.streams import sites_here
from phoihop.conferences.rehearsal_words import Line, lines_said
from phoihop.core.text import fold_vi


@dataclass(frozen=True, slots=True)
class BoardFilter:
    text: str = ""
    colour: str = ""

    @classmethod
    def read(cls, query: Any) -> "BoardFilter":
        colour = query.get("mau", "")
        return cls(query.get("q", "").strip()[:100], colour if colour in CheckColour.values else "")


@dataclass(frozen=True, slots=True)
class BoardSite:
    """A site with the colour of its check, before anything else of it is read."""

    pk: int
    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class BoardLine:
    site: Site
    colour: str
    check: SiteCheck | None
    wanting: Sequence[Line]  # lines that are not green
    is_here: bool
    is_sending: bool | None  # None: the engine does not say
    has_floor: bool
    beacon: Beacon | None  # the last one its page sent

    @property
    def is_by_phone(self) -> bool:
        return bool(self.site.reach == Reach.PHONE)


def current_check(site: Site) -> SiteCheck | None:
    found: SiteCheck | None = site.checks.filter(is_current=True).select_related("site").first()
    return found


def sites_of_board(conference: Conference) -> list[BoardSite]:
    """In the order of the sites; those taken out are left out."""
    checks = SiteCheck.objects.filter(site=OuterRef("pk"), is_current=True).values("colour")[:1]
    found = conference.sites.filter(is_removed=False).annotate(colour=Subquery(checks))
    rows = found.order_by("order", "pk").values_list("pk", "name_vi", "colour")
    return [BoardSite(pk, name, colour or CheckColour.GREY.value) for pk, name, colour in rows]


def colours_counted(sites: Sequence[BoardSite]) -> list[tuple[CheckColour, int]]:
    counted = Counter(site.colour for site in sites)
    return [(colour, counted[colour]) for colour in CheckColour]


def wanted_sites(sites: Sequence[BoardSite], wanted: BoardFilter) -> list[BoardSite]:
    text = fold_vi(wanted.text)
    return [
        site
        for site in sites
        if text in fold_vi(site.name) and (not wanted.colour or site.colour == wanted.colour)
    ]


def board_lines(
    conference: Conference, sites: Sequence[BoardSite], sending: Collection[str] | None
) -> list[BoardLine]:
    """The same five statements for one site and for a page of them."""
    held = _with_beacons([site.pk for site in sites])
    beacons = Beacon.objects.in_bulk([site.last_beacon for site in held.values() if site.last_beacon])
    checks = {
        check.site_id: check
        for check in SiteCheck.objects.filter(site__in=held, is_current=True).select_related("site")
    }
    here, speaker = set(sites_here(conference)), speaking(conference)
    return [
        _line(
            held[each.pk], checks.get(each.pk), beacons, here, sending, speaker.site_id if speaker else None
        )
        for each in sites
    ]


def _line(
    site: Any,
    check: SiteCheck | None,
    beacons: Mapping[int, Beacon],
    here: Collection[str],
    sending: Collection[str] | None,
    floor: int | None,
) -> BoardLine:
    lines = lines_said(check) if check is not None else []
    return BoardLine(
        site=site,
        colour=check.colour if check is not None else CheckColour.GREY.value,
        check=check,
        wanting=[line for line in lines if line.colour != CheckColour.GREEN],
        is_here=site.slug in here,
        is_sending=None if sending is None else site.slug in sending,
        has_floor=site.pk == floor,
        beacon=beacons.get(site.last_beacon),
    )


def _with_beacons(sites: Sequence[int]) -> dict[int, Any]:
    last = Beacon.objects.filter(site=OuterRef("pk")).order_by("-at", "-pk").values("pk")[:1]
    found: QuerySet[Any] = Site.objects.filter(pk__in=sites).annotate(last_beacon=Subquery(last))
    return {site.pk: site for site in found}
