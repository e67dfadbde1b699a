"""The agenda as a tree: reordered by buttons, which work by keyboard and without JavaScript."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from phoihop.conferences import errors
from phoihop.conferences.access import View, admits
from phoihop.conferences.actions import add_item, edit_item, move_item, remove_item
from phoihop.conferences.audiences import Audience
from phoihop.conferences.enums import ConferenceState
from phoihop.conferences.forms.agenda import ItemForm
from phoihop.conferences.models import AgendaItem, Conference
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.queries.agenda import agenda_of
from phoihop.conferences.views.preparing.page import address, form_page, pressed, show


def arranges(view: Callable[..., HttpResponseBase]) -> View:
    """Who prepares; and who runs the agenda, who adds and moves items during the session."""

    @wraps(view)
    def guarded(
        request: HttpRequest, conference: Conference, by: Attendee, **named: object
    ) -> HttpResponseBase:
        if not (by.may(Act.PREPARE) or by.may(Act.RUN_AGENDA)):
            raise errors.may_not(Act.PREPARE, conference)
        return view(request, conference, by, **named)

    return admits(Act.WATCH)(guarded)


@arranges
@require_GET
def agenda(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    lines = agenda_of(conference, Audience.PRESIDIUM)
    ends_at = max((line.node.ends_at for line in lines), default=conference.starts_at)
    return show(
        request, conference, by, "conferences/prepare/agenda.html",
        tab="agenda", lines=lines, ends_at=ends_at, is_over=ends_at > conference.ends_at,
        is_in_session=conference.state == ConferenceState.OPEN, has_figures=conference.review_id is not None,
    )  # fmt: skip


@arranges
@require_http_methods(["GET", "POST"])
def new_item(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    form = ItemForm(request.POST or None, conference=conference, parent=request.GET.get("thuoc"))
    return form_page(
        request, conference, by, form,
        lambda: add_item(conference=conference, facts=form.facts(), by=by, key=form.cleaned_data["key"]),
        title=_("An item of the agenda"), back=address("agenda", conference), told=_("The item is added."),
        tab="agenda",
    )  # fmt: skip


@arranges
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, conference: Conference, by: Attendee, pk: int) -> HttpResponseBase:
    held = _item(conference, pk)
    form = ItemForm(request.POST or None, conference=conference, thing=held)
    return form_page(
        request, conference, by, form,
        lambda: edit_item(item=held, facts=form.facts(), by=by, **form.request_marks()),
        title=held.title_vi, back=address("agenda", conference), told=_("Saved."), tab="agenda",
    )  # fmt: skip


@arranges
@require_POST
def move(request: HttpRequest, conference: Conference, by: Attendee, pk: int) -> HttpResponseBase:
    """One place up or down among its siblings; the page comes back at the item, where the same button waits."""
    held, up = _item(conference, pk), request.POST.get("do") == "up"
    return pressed(
        request, conference,
        lambda: move_item(item=held, before=_before(held, up=up), by=by, key=request.POST.get("key", "")[:40]),
        back=f"{address('agenda', conference)}#item-{pk}",
    )  # fmt: skip


@arranges
@require_POST
def remove(request: HttpRequest, conference: Conference, by: Attendee, pk: int) -> HttpResponseBase:
    held = _item(conference, pk)
    return pressed(
        request, conference,
        lambda: remove_item(item=held, by=by, key=request.POST.get("key", "")[:40]),
        back=address("agenda", conference), told=_("The item is removed."),
    )  # fmt: skip


def _before(item: AgendaItem, *, up: bool) -> AgendaItem | None:
    """The sibling it comes to stand before: the one above, or the second below."""
    siblings = list(item.conference.items.filter(parent=item.parent))
    place = [each.pk for each in siblings].index(item.pk)
    if up:
        return siblings[max(0, place - 1)] if place else siblings[0]
    return siblings[place + 2] if place + 2 < len(siblings) else None


def _item(conference: Conference, pk: int) -> AgendaItem:
    found: AgendaItem = get_object_or_404(conference.items.select_related("parent", "presenter"), pk=pk)
    return found
