"""Where a room machine, a delegate's phone or a viewing page comes in with its code."""

from datetime import datetime
from math import ceil

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from phoihop.accounts.access import public
from phoihop.conferences import errors, throttle
from phoihop.conferences.access import remember
from phoihop.conferences.actions import join_site
from phoihop.conferences.enums import ConferenceState, GrantKind
from phoihop.conferences.forms import DoorForm
from phoihop.conferences.media.choice import has_media
from phoihop.conferences.models import Conference, Grant
from phoihop.core import clock
from phoihop.core.errors import DomainError

_TRIES = "door_tries"  # in the browser's own session: [how many, when the last]


@public
@never_cache
def door(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Raises: Http404 for a conference that is not told of yet."""
    told = Conference.objects.exclude(state="preparing").exclude(kind="written")
    conference = get_object_or_404(told, slug=slug)
    if conference.state == ConferenceState.CLOSED:
        return render(request, "conferences/door.html", {"conference": conference}, status=410)
    form = DoorForm(
        request.POST or None, conference=conference, initial={"site": request.GET.get("diem-cau")}
    )
    if request.method == "POST" and form.is_valid() and (grant := _entered(request, form)):
        return redirect(way_in(grant))
    lead = conference.organisers.select_related("organisation").first()
    context = {
        "conference": conference,
        "form": form,
        "lead": lead.organisation if lead else "",
        "has_pictures": has_media(),
    }
    return render(request, "conferences/door.html", context, status=400 if form.errors else 200)


def way_in(grant: Grant) -> str:
    """A viewing page to what is shown, everyone else to the site's page."""
    name = "view" if grant.kind == GrantKind.VIEW else "site"
    slug = grant.site.conference.slug
    try:
        return reverse(f"conferences:{name}", args=[slug])
    except NoReverseMatch:
        return reverse("conferences:conference", args=[slug])


def _entered(request: HttpRequest, form: DoorForm) -> Grant | None:
    said = form.cleaned_data
    if sentence := _slowed(request):
        form.add_error("code", sentence)
        return None
    try:
        grant = join_site(
            site=said["site"], kind=GrantKind(said["kind"]), code=said["code"], seat=form.seat_named()
        )
    except DomainError as refusal:
        form.add_error("code", str(refusal))
        if isinstance(refusal, errors.CodeUnknown):
            _note_wrong(request)
        return None
    request.session.pop(_TRIES, None)
    remember(request, grant)
    return grant


def _slowed(request: HttpRequest) -> str:
    tries, last = _tries(request)
    wait = throttle.waiting_of(tries, last)
    if wait:
        return _("Wait %(seconds)s seconds, then type the code again. What you chose is kept.") % {
            "seconds": ceil(wait.total_seconds())
        }
    return ""


def _note_wrong(request: HttpRequest) -> None:
    tries, _last = _tries(request)
    request.session[_TRIES] = [tries + 1, clock.now().isoformat()]


def _tries(request: HttpRequest) -> tuple[int, datetime | None]:
    tries, last = request.session.get(_TRIES, (0, ""))
    return tries, datetime.fromisoformat(last) if last else None
