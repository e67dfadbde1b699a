"""Which of the review's figures and charts an item of the agenda shows."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from phoihop.conferences.actions import choose_figures
from phoihop.conferences.models import Conference
from phoihop.conferences.permissions import Attendee
from phoihop.conferences.queries.figures import choice_groups
from phoihop.conferences.views.preparing.agenda import arranges
from phoihop.conferences.views.preparing.page import address, pressed, show
from phoihop.conferences.views.screens import language


@arranges
@require_http_methods(["GET", "POST"])
def item_figures(request: HttpRequest, conference: Conference, by: Attendee, pk: int) -> HttpResponseBase:
    item = get_object_or_404(conference.items, pk=pk)
    back = f"{address('agenda', conference)}#item-{pk}"
    if request.method == "POST":
        keys, key = request.POST.getlist("keys"), request.POST.get("key", "")[:40]
        return pressed(
            request, conference, lambda: choose_figures(item=item, keys=keys, by=by, key=key),
            back=back, told=_("Saved."),
        )  # fmt: skip
    groups = choice_groups(conference, language(), item.figures, first=_("Chosen for this item"))
    return show(
        request, conference, by, "conferences/prepare/figures.html",
        tab="agenda", item=item, groups=groups, back=back,
    )  # fmt: skip
