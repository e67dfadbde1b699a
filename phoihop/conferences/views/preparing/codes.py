"""Codes of the doors: seen, printed, renewed by who prepares the conference and nobody else."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from phoihop.conferences.access import admits
from phoihop.conferences.actions import hand_out_codes, renew_codes, renew_seat_code
from phoihop.conferences.models import Conference, Seat
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.queries.inviting import letter_sites, seat_counts, sites_invited, slips_of
from phoihop.conferences.views.preparing.inviting import origin_of
from phoihop.conferences.views.preparing.page import address, page_of, pressed, show
from phoihop.conferences.views.preparing.sites import site_of


@admits(Act.PREPARE)
@never_cache
@require_GET
def codes(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    page = page_of(request, sites_invited(conference))
    seats = seat_counts(page.object_list)
    found = letter_sites(conference, origin_of(request), page.object_list)
    rows = [(each, seats.get(each.site.pk, 0)) for each in found]
    return show(request, conference, by, "conferences/prepare/codes.html", tab="codes", rows=rows, page=page)


@admits(Act.PREPARE)
@never_cache
@require_GET
def slips(request: HttpRequest, conference: Conference, by: Attendee, site: str) -> HttpResponseBase:
    """The site's own sheet, then a slip a seat, several on a page, to cut apart."""
    found = letter_sites(conference, origin_of(request), sites_invited(conference, site))
    if not found:
        raise Http404(site)
    return show(
        request, conference, by, "conferences/prepare/slips.html",
        tab="codes", invited=found[0], site=found[0].site, slips=slips_of(found[0].site),
    )  # fmt: skip


@admits(Act.PREPARE)
@require_POST
def change(request: HttpRequest, conference: Conference, by: Attendee, site: str) -> HttpResponseBase:
    """A new edition of the site's codes, or a note that they were handed out."""
    held, key, back = (
        site_of(conference, site),
        request.POST.get("key", "")[:40],
        address("codes", conference),
    )
    if request.POST.get("do") == "hand":
        return pressed(
            request, conference, lambda: hand_out_codes(site=held, by=by, key=key),
            back=f"{back}#{held.slug}", told=_("Noted: the codes are handed out."),
        )  # fmt: skip
    return pressed(
        request, conference, lambda: renew_codes(site=held, by=by, key=key), back=f"{back}#{held.slug}",
        told=_("%(site)s has new codes; the old ones are shut. Hand the new ones out.") % {"site": held},
    )  # fmt: skip


@admits(Act.PREPARE)
@require_POST
def change_seat(
    request: HttpRequest, conference: Conference, by: Attendee, site: str, pk: int
) -> HttpResponseBase:
    seat = get_object_or_404(
        Seat.objects.select_related("delegation__site__conference"),
        pk=pk,
        delegation__site=site_of(conference, site),
    )
    return pressed(
        request, conference,
        lambda: renew_seat_code(seat=seat, by=by, key=request.POST.get("key", "")[:40]),
        back=f"{address('slips', conference, site)}#seat-{pk}",
        told=_("The seat has a new code; the old slip is shut. Print the new one."),
    )  # fmt: skip
