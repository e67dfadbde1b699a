"""Where a room machine, a delegate's phone or a viewing page comes in with its code."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from phoihop.accounts.access import public
from phoihop.conferences.access import remember
from phoihop.conferences.actions import join_site
from phoihop.conferences.enums import GrantKind
from phoihop.conferences.forms import DoorForm
from phoihop.conferences.models import Conference
from phoihop.core.errors import DomainError


@public
def door(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Raises: Http404 for a conference that is not told of yet."""
    conference = get_object_or_404(Conference.objects.exclude(state="preparing"), slug=slug)
    form = DoorForm(
        request.POST or None, conference=conference, initial={"site": request.GET.get("diem-cau")}
    )
    if request.method == "POST" and form.is_valid() and _has_entered(request, form):
        return redirect("conferences:conference", slug=slug)
    context = {"conference": conference, "form": form}
    return render(request, "conferences/door.html", context, status=400 if form.errors else 200)


def _has_entered(request: HttpRequest, form: DoorForm) -> bool:
    said = form.cleaned_data
    try:
        grant = join_site(
            site=said["site"], kind=GrantKind(said["kind"]), code=said["code"], seat=form.seat_named()
        )
    except DomainError as refusal:
        form.add_error("code", str(refusal))
        return False
    remember(request, grant)
    return True
