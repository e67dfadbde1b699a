"""What who prepares a conference looks at: how ready each site is, and what is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from phoihop.conferences.enums import Duty, SiteKind
from phoihop.conferences.models import Conference, Delegation, ItemDocument, Seat, Site
from phoihop.core.text import fold_vi, sort_key_vi

LACKING = ("head", "contact", "code", "invited")
SORTS = ("order", "name", "invited", "ready")


@dataclass(frozen=True, slots=True)
class SiteFilter:
    text: str = ""
    lacking: str = ""  # one of LACKING: only those that lack it
    kind: str = ""
    sort: str = "order"

    @classmethod
    def read(cls, query: Any) -> "SiteFilter":
        lacking, sort, kind = query.get("thieu", ""), query.get("xep", ""), query.get("loai", "")
        return cls(
            query.get("q", "").strip()[:100],
            lacking if lacking in LACKING else "",
            kind if kind in SiteKind.values else "",
            sort if sort in SORTS else "order",
        )


@dataclass(frozen=True, slots=True)
class SiteRow:
    site: Site
    delegations: int
    invited: int
    seats: int

    @property
    def lacks(self) -> list[str]:
        """Of LACKING; a site that only watches needs no head."""
        site = self.site
        watches = site.kind == SiteKind.VIEWING
        found = {
            "head": site.head_id is None and not watches,
            "contact": not (site.technical_phone or site.technical_post),
            "code": not site.has_its_codes,
            "invited": not self.invited and not watches,
        }
        return [name for name in LACKING if found[name]]


@dataclass(frozen=True, slots=True)
class Totals:
    sites: int
    ready: int
    invited: int
    seats: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What there is besides the sites."""

    chairs: int
    items: int
    documents: int
    speeches: int


def sites_with_counts(conference: Conference) -> QuerySet[Any]:
    """Delegations, delegates invited and seats of each site, in one query."""
    of_site = Delegation.objects.filter(site=OuterRef("pk")).order_by().values("site")
    seats = Seat.objects.filter(delegation__site=OuterRef("pk")).order_by().values("delegation__site")
    number = IntegerField()
    return conference.sites.select_related("area", "head").annotate(
        delegation_count=Coalesce(
            Subquery(of_site.annotate(n=Count("pk")).values("n"), output_field=number), 0
        ),
        invited_count=Coalesce(
            Subquery(of_site.annotate(n=Sum("invited")).values("n"), output_field=number), 0
        ),
        seat_count=Coalesce(Subquery(seats.annotate(n=Count("pk")).values("n"), output_field=number), 0),
    )


def site_rows(conference: Conference, wanted: SiteFilter | None = None) -> list[SiteRow]:
    asked = wanted or SiteFilter()
    rows = [
        SiteRow(site, site.delegation_count, site.invited_count, site.seat_count)
        for site in sites_with_counts(conference)
    ]
    folded = fold_vi(asked.text)
    kept = [
        row
        for row in rows
        if folded in fold_vi(row.site.name_vi)
        and (not asked.lacking or asked.lacking in row.lacks)
        and (not asked.kind or row.site.kind == asked.kind)
    ]
    return _sorted(kept, asked.sort)


def totals_of(rows: Sequence[SiteRow]) -> Totals:
    return Totals(
        sites=len(rows),
        ready=sum(not row.lacks for row in rows),
        invited=sum(row.invited for row in rows),
        seats=sum(row.seats for row in rows),
    )


def overview(conference: Conference) -> Overview:
    documents = ItemDocument.objects.filter(item__conference=conference, is_removed=False)
    return Overview(
        chairs=conference.officials.filter(duty=Duty.CHAIR, user__isnull=False).count(),
        items=conference.items.count(),
        documents=documents.count(),
        speeches=conference.speeches.count(),
    )


def delegations_of(site: Site) -> QuerySet[Delegation]:
    return site.delegations.select_related("organisation").annotate(seat_count=Count("seats"))


def delegations_open_to(conference: Conference, site: Site | None) -> QuerySet[Delegation]:
    """Who may be entered as a speaker: of one site for its head, of all for who prepares."""
    found = Delegation.objects.filter(site__conference=conference, site__is_removed=False)
    found = found.filter(site=site) if site is not None else found
    return found.select_related("site").order_by("site__order", "site", "order")


def blocs_of(conference: Conference) -> Sequence[Any]:
    """Delegations and delegates invited by bloc, over all sites."""
    found = Delegation.objects.filter(site__conference=conference, site__is_removed=False)
    return list(
        found.order_by()
        .values("bloc")
        .annotate(delegations=Count("pk"), heads=Sum("invited"))
        .order_by("bloc")
    )


def _sorted(rows: list[SiteRow], sort: str) -> list[SiteRow]:
    keys: dict[str, Any] = {
        "name": lambda row: sort_key_vi(row.site.name_vi),
        "invited": lambda row: (-row.invited, row.site.order),
        "ready": lambda row: (-len(row.lacks), row.site.order),
    }
    return sorted(rows, key=keys[sort]) if sort in keys else rows
