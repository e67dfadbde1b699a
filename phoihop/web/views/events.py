"""The event register: read, enter, correct, cancel; which entries are one event."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from phoihop.accounts.access import requires
from phoihop.accounts.models import User
from phoihop.areas.models import Area
from phoihop.core.errors import DomainError
from phoihop.core.templatetags.vietnamese import localname
from phoihop.events.actions import (
    cancel_event,
    correct_event,
    enter_event,
    merge_events,
    separate_event,
    tell_apart,
)
from phoihop.events.enums import EventKind
from phoihop.events.models import Event
from phoihop.events.permissions import can_correct_event, can_enter_events, can_redact_events
from phoihop.events.queries import EventFilter, found_events
from phoihop.events.queries.matches import MOST
from phoihop.indicators.models import IndicatorVersion
from phoihop.orgs.errors import role_needed
from phoihop.orgs.models import Organisation
from phoihop.orgs.roles import Permission
from phoihop.reports.models import Report
from phoihop.reports.queries.cells import cells_of
from phoihop.reports.queries.known import events_behind
from phoihop.web import errors, trail
from phoihop.web.forms.events import EventForm
from phoihop.web.permissions import is_member
from phoihop.web.queries.events_form import entering_organisations
from phoihop.web.queries.events_page import event_page, pairs_for
from phoihop.web.queries.events_table import events_table, with_names
from phoihop.web.queries.redaction import tombstones
from phoihop.web.tables import Sheet, download
from phoihop.web.tables.paging import page_of

MOST_IN_A_FILE = 20_000
for_officers = requires(
    can_enter_events,
    gettext_lazy("Events are entered by reporting officers and desks, for their own organisation."),
)


@requires(is_member)
@require_GET
def events(request: HttpRequest) -> HttpResponse:
    """What was held in the areas one serves, newest first."""
    wanted, cell = _wanted(request), _cell(request)
    found = with_names(found_events(request.user, wanted))
    if cell:
        found = found.filter(pk__in=cell.events.values("pk"))
    if fmt := request.GET.get("download"):
        head = [_("Events held, as entered; a joint event counts once.")]
        return download(Sheet(events_table(found[:MOST_IN_A_FILE]), head), fmt)
    shown, page = page_of(request, found)
    context = {
        "trail": [trail.Step(_("Event register"))],
        "wanted": wanted,
        "cell": cell,
        "kinds": EventKind.choices,
        "table": events_table(shown, page),
        "may_enter": can_enter_events(request.user),
        "pairs": len([pair for pair in pairs_for(request.user).found if pair.may_decide]),
    }
    return render(request, "web/events.html", context)


@requires(is_member)
@require_GET
def event(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    context = {
        "page": event_page(found, request.user),
        "event": found,
        "may_redact": can_redact_events(request.user),
        **tombstones(found),
        "trail": [*_above(), trail.Step(found.said.subject)],
    }
    return render(request, "web/event.html", context)


@for_officers
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """`?for=` chooses among the organisations one enters for; the first unless told."""
    mine = entering_organisations(request.user)
    asked = request.GET.get("for", "")
    organisation = next((each for each in mine if each.slug == asked), mine[0])
    form = EventForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            entered = enter_event(
                organisation=organisation,
                facts=form.facts(),
                key=said["key"],
                no_names=said["no_names"],
                by=_actor(request),
            )
        except DomainError as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("“%(event)s” is entered.") % {"event": entered.said.subject})
            return redirect("web:event", pk=entered.pk)
    return _form(request, form, organisation, _("Enter an event"), mine=mine)


@for_officers
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    if not can_correct_event(request.user, found):
        raise role_needed(Permission.ENTER, found.organisation)
    form = EventForm(request.POST or None, organisation=found.organisation, event=found)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            correct_event(
                event=found,
                facts=form.facts(),
                reason=said["reason"],
                base=said["base"] or 0,
                no_names=said["no_names"],
                by=_actor(request),
            )
        except DomainError as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("The correction is kept; what was entered before stays below it."))
            return redirect("web:event", pk=pk)
    return _form(request, form, found.organisation, _("Correct the event"), event=found)


@for_officers
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    cancel_event(event=found, reason=request.POST.get("reason", ""), by=_actor(request))
    messages.success(
        request, _("“%(event)s” is cancelled; it counts nowhere any more.") % {"event": found.said.subject}
    )
    return redirect("web:event", pk=pk)


@requires(is_member)
@require_GET
def matches(request: HttpRequest) -> HttpResponse:
    """Entries that may be one event."""
    looked = pairs_for(request.user)
    shown, page = page_of(request, looked.found)
    context = {
        "trail": [*_above(), trail.Step(_("Possibly one event"))],
        "pairs": shown,
        "page": page,
        "looked": looked,
        "most": MOST,
    }
    return render(request, "web/events/matches.html", context)


@requires(is_member)
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """One event, with the entry that counts; or two."""
    one, other = (_visible(request, _pk(request.POST.get(name, ""))) for name in ("one", "other"))
    counted = request.POST.get("counted", "")
    if request.POST.get("verdict") == "same":
        first, second = (other, one) if counted == str(other.pk) else (one, other)
        kept = merge_events(counted=first, other=second, by=_actor(request))
        said = _("“%(event)s” counts once, by the entry of %(organisation)s. Both entries are kept.")
        messages.success(
            request, said % {"event": kept.said.subject, "organisation": localname(kept.organisation)}
        )
    else:
        tell_apart(first=one, second=other, by=_actor(request))
        messages.success(request, _("Remembered: two events. They are not offered together again."))
    return redirect("web:event", pk=one.pk) if "back" in request.POST else redirect("web:event_matches")


@requires(is_member)
@require_POST
def separate(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    separate_event(event=found, by=_actor(request))
    messages.success(request, _("“%(event)s” counts for itself again.") % {"event": found.said.subject})
    return redirect("web:event", pk=pk)


def _form(
    request: HttpRequest, form: EventForm, organisation: Organisation, title: str, **more: object
) -> HttpResponse:
    context = {
        "form": form,
        "organisation": organisation,
        "title": title,
        "trail": [*_above(), trail.Step(title)],
        **more,
    }
    return render(request, "web/events/form.html", context, status=422 if form.errors else 200)


def _wanted(request: HttpRequest) -> EventFilter:
    asked = request.GET.get
    kind = asked("kind", "")
    key = asked("area", "")
    return EventFilter(
        text=" ".join(asked("q", "").split())[:100],
        kind=kind if kind in EventKind.values else "",
        first=_day(asked("from", ""), _("From the day")),
        last=_day(asked("to", ""), _("Until")),
        area=get_object_or_404(Area, key=key) if key else None,
        counted_only="counted" in request.GET,
    )


@dataclass(frozen=True, slots=True)
class _Cell:
    """A figure of a report that events stand behind."""

    report: Report
    version: IndicatorVersion
    events: QuerySet[Event]


def _cell(request: HttpRequest) -> _Cell | None:
    if "report" not in request.GET:
        return None
    reports = Report.objects.visible_to(request.user).select_related(
        "period__form", "organisation__area", "area"
    )
    report = get_object_or_404(reports, pk=_pk(request.GET["report"]))
    code = request.GET.get("code", "")
    version = next((cell.version for cell in cells_of(report) if cell.code == code), None)
    if version is None:
        raise Http404
    return _Cell(report, version, events_behind(report, version))


def _day(text: str, name: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise errors.unreadable_day(name, text) from None


def _visible(request: HttpRequest, pk: int) -> Event:
    related = Event.objects.select_related(
        "organisation__area",
        "current__area",
        "current__lead",
        "counted_in__organisation",
        "counted_in__current__lead",
    )
    return get_object_or_404(
        related.filter(pk__in=Event.objects.visible_to(request.user).values("pk")), pk=pk
    )


def _pk(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _above() -> list[trail.Step]:
    return [trail.Step(_("Event register"), reverse("web:events"))]


def _actor(request: HttpRequest) -> User:
    return cast("User", request.user)
