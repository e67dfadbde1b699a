"""Sites and delegations among thousands: as many as a list of the console has room for, or those of a name."""

from collections.abc import Iterable

from django.db.models import QuerySet

from phoihop.conferences.models import Delegation, Site
from phoihop.conferences.queries.attendance import DelegationLine
from phoihop.core.text import fold_vi

A_PAGE = 100


def found_by_name(sites: QuerySet[Site], typed: str) -> QuerySet[Site]:
    """Marks and case aside; all where nothing is typed."""
    wanted = fold_vi(typed)
    if not wanted:
        return sites
    names = sites.values_list("pk", "name_vi", "name_en")
    return sites.filter(pk__in=[pk for pk, *both in names if _holds(wanted, *both)])


def lines_by_name(lines: Iterable[DelegationLine], typed: str) -> list[DelegationLine]:
    """The same, of delegations: by their own name or their site's."""
    wanted = fold_vi(typed)
    return [line for line in lines if not wanted or _holds(wanted, *_names(line.delegation))]


def _names(delegation: Delegation) -> tuple[str, ...]:
    site = delegation.site
    return site.name_vi, site.name_en, delegation.title_vi, delegation.title_en


def _holds(wanted: str, *names: str) -> bool:
    return any(wanted in fold_vi(name) for name in names)
