"""The register: mine, overdue, one organisation's, one assignment."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.assignments.enums import Cell
from phoihop.assignments.forms import (
    CascadeForm,
    ClosingForm,
    DecisionForm,
    DoneForm,
    ExtensionForm,
    ProgressForm,
)
from phoihop.assignments.models import Assignment
from phoihop.assignments.permissions import acting, serves
from phoihop.assignments.queries.behind import (
    Behind,
    named,
    organisations_behind,
    overdue_assignments,
    seen_by,
)
from phoihop.assignments.queries.calendar import address_token
from phoihop.assignments.queries.counting import FourCells, four_cells, parts_of
from phoihop.assignments.queries.detail import assignment_page, parts_below
from phoihop.assignments.queries.file import assignments_file
from phoihop.assignments.queries.lists import (
    ALL,
    GIVEN_BY_US,
    MINE,
    SCOPES,
    SORTS,
    AssignmentFilter,
    found_assignments,
    in_scope,
    listed,
    of_every_cell,
)
from phoihop.assignments.queries.table import assignments_table, behind_table, cells_told, what
from phoihop.assignments.views.shared import (
    Step,
    above_assignments,
    above_conclusion,
    person,
    signed_in,
    taken_out,
    visible_assignment,
)
from phoihop.core import clock, storage
from phoihop.core.errors import NotAllowed
from phoihop.core.tables import Sheet, download
from phoihop.core.tables.paging import page_of
from phoihop.core.templatetags.vietnamese import day, localname
from phoihop.orgs.models import Organisation
from phoihop.orgs.roles import Permission
from phoihop.programmes.models import Programme

MOST_ON_A_PAGE = 2_000


@signed_in
@require_GET
def assignments(request: HttpRequest) -> HttpResponse:
    wanted = _wanted(request)
    scope = in_scope(person(request), wanted.scope)
    found = listed(scope, wanted)
    if fmt := request.GET.get("download"):
        head = [_("As of %(day)s.") % {"day": day(clock.today())}, cells_told(four_cells(found))]
        return download(Sheet(assignments_file(found, request.build_absolute_uri), head), fmt)
    shown, page = page_of(request, found)
    context = {
        "trail": [Step(_("Assignments"))],
        "wanted": wanted,
        "cells": four_cells(of_every_cell(scope, wanted)),
        "scopes": [(MINE, _("Ours")), (GIVEN_BY_US, _("Given by us")), (ALL, _("All we may see"))],
        "levels": Level.choices,
        "programmes": Programme.objects.filter(conclusions__isnull=False).distinct().order_by("slug"),
        "table": assignments_table(shown, page=page, sort=wanted.sort, parts=parts_of(shown)),
    }
    return render(request, "assignments/assignments.html", context)


@signed_in
@require_GET
def overdue(request: HttpRequest) -> HttpResponse:
    """A page of its own: the longest overdue first, then who is behind with its duties."""
    seen = seen_by(person(request))
    found = overdue_assignments(seen)
    behind = organisations_behind(seen)
    if fmt := request.GET.get("download"):
        head = [_("As of %(day)s.") % {"day": day(clock.today())}]
        if request.GET.get("table") == "behind":
            return download(Sheet(behind_table(_shown(behind)), head), fmt)
        every = assignments_file(found, request.build_absolute_uri, _("Overdue assignments"))
        return download(Sheet(every, head), fmt)
    shown, page = page_of(request, found)
    of_behind, behind_page = page_of(request, behind, "behind")
    context = {
        "trail": [*above_assignments(), Step(_("Overdue"))],
        "table": assignments_table(shown, page=page, caption=_("Overdue assignments, the longest first")),
        "behind": behind_table(_shown(of_behind), behind_page),
    }
    return render(request, "assignments/overdue.html", context)


@signed_in
@require_GET
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One printable page: everything an organisation has to do."""
    found = get_object_or_404(Organisation.objects.select_related("area"), slug=slug)
    if not serves(person(request), found):
        raise NotAllowed(
            _("The duties of %(name)s are open to its members and to those who serve its area.")
            % {"name": localname(found)}
        )
    wanted = AssignmentFilter(scope=ALL, organisation=found)
    rows = found_assignments(person(request), wanted)
    mine = acting(person(request)).may(Permission.ENTER, found)
    feed = getattr(found, "calendar_feed", None) if mine else None
    context = {
        "trail": [*above_assignments(), Step(localname(found))],
        "organisation": found,
        "cells": four_cells(rows.filter(lead=found)),
        "groups": _groups(list(rows.filter(lead=found)[:MOST_ON_A_PAGE])),
        "joined": [each for each in rows.exclude(lead=found)[:MOST_ON_A_PAGE] if each.is_counted],
        "may_have_feed": mine,
        "feed_url": request.build_absolute_uri(
            reverse("assignments:calendar", args=[found.slug, address_token(feed)])
        )
        if feed
        else "",
    }
    return render(request, "assignments/organisation.html", context)


@signed_in
@require_GET
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "assignments/assignment.html", assignment_context(request, pk))


@signed_in
@require_GET
def parts(request: HttpRequest, pk: int) -> HttpResponse:
    """What a whole was divided into, page by page."""
    whole = visible_assignment(request, pk)
    rows = parts_below(whole, person(request))
    if fmt := request.GET.get("download"):
        return download(Sheet(assignments_file(rows, request.build_absolute_uri)), fmt)
    shown, page = page_of(request, rows)
    context = {
        "trail": [
            *above_assignments(),
            Step(what(whole), reverse("assignments:assignment", args=[pk])),
            Step(_("Parts")),
        ],
        "whole": whole,
        "title": what(whole),
        "cells": four_cells(whole.children.all()),
        "table": assignments_table(
            shown, page=page, parts=parts_of(shown), caption=_("Parts of the assignment")
        ),
    }
    return render(request, "assignments/parts.html", context)


@signed_in
@require_GET
def evidence(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    found = visible_assignment(request, pk)
    said = get_object_or_404(found.progress.exclude(path=""), number=number)
    place = storage.place_of(said.path)
    if not place.is_file():
        raise Http404
    return FileResponse(place.open("rb"), as_attachment=True, filename=said.name)


def assignment_context(request: HttpRequest, pk: int, **more: object) -> dict[str, object]:
    found = visible_assignment(request, pk)
    page = assignment_page(found, person(request))
    return {
        "trail": [*above_conclusion(found.paragraph.conclusion), Step(what(found))],
        "assignment": found,
        "title": what(found, short=False),
        "page": page,
        **taken_out(found, request.user, "web:assignment_redaction", found.pk),
        "progress_form": ProgressForm(),
        "done_form": DoneForm(initial={"done_on": page.today}),
        "closing_form": ClosingForm(initial={"done_on": found.reported_done_on}),
        "extension_form": ExtensionForm(),
        "decision_form": DecisionForm(
            initial={"until": page.duties.decide.wanted_on if page.duties.decide else None}
        ),
        "cascade_form": CascadeForm(initial={"party": found.lead.party, "due_on": found.due_on}),
        **more,
    }


def _groups(rows: list[Assignment]) -> list[tuple[Cell, list[Assignment]]]:
    """What presses first: overdue, in time, then what is done."""
    order = (Cell.OPEN_OVERDUE, Cell.OPEN_IN_TIME, Cell.DONE_LATE, Cell.DONE_ON_TIME)
    today = clock.today()
    counted = [each for each in rows if each.is_counted]
    return [(cell, [each for each in counted if each.cell_on(today) == cell]) for cell in order]


def _wanted(request: HttpRequest) -> AssignmentFilter:
    asked = request.GET.get
    scope, cell, level, sort = asked("scope", ""), asked("cell", ""), asked("level", ""), asked("sort", "")
    organisation, programme, area = asked("organisation", ""), asked("programme", ""), asked("area", "")
    return AssignmentFilter(
        scope=scope if scope in SCOPES else MINE,
        text=" ".join(asked("q", "").split())[:100],
        cell=cell if cell in Cell.values else "",
        organisation=get_object_or_404(Organisation, slug=organisation) if organisation else None,
        programme=get_object_or_404(Programme, slug=programme) if programme else None,
        area=get_object_or_404(Area, key=area) if area else None,
        level=level if level in Level.values else "",
        extended="extended" in request.GET,
        waiting="waiting" in request.GET,
        sort=sort if sort in SORTS else "due",
    )


def _shown(rows: list[Behind]) -> list[tuple[str, str, FourCells, int]]:
    return [
        (
            localname(body),
            reverse("assignments:organisation", args=[body.slug]),
            each.cells,
            each.longest_days,
        )
        for body, each in named(rows)
    ]
