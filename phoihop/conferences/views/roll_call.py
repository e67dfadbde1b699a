"""The roll-call: asked from the console, answered from a site's page, kept as a table, a CSV and a PDF."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from phoihop.conferences import parts
from phoihop.conferences.access import admits
from phoihop.conferences.actions import (
    answer_roll_call,
    close_roll_call,
    open_roll_call,
    record_answer_by_phone,
)
from phoihop.conferences.models import Conference, RollCall
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.presence_forms import AnswerForm, PhoneAnswerForm
from phoihop.conferences.queries.quorum import delegations_asked
from phoihop.conferences.sheets import attendance_pdf, attendance_rows, csv_file
from phoihop.conferences.views.posting import acted
from phoihop.conferences.views.saying import said


@admits(Act.SEE_DELEGATES_PART)
@require_safe
def roll_call(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """Any roll-call of the conference, the last one where none is named."""
    told = parts.attendance_part(conference, by, request.GET.get("lan", ""))
    return render(request, "conferences/roll_call.html", {"conference": conference, "by": by, "told": told})


@admits(Act.SEE_DELEGATES_PART)
@require_safe
def roll_call_file(request: HttpRequest, conference: Conference, by: Attendee, kind: str) -> HttpResponseBase:
    told = parts.attendance_part(conference, by, request.GET.get("lan", ""))
    name = f"diem-danh-{conference.slug}"
    if kind == "csv":
        return csv_file(name, attendance_rows(told))
    answer = HttpResponse(attendance_pdf(conference, told), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


@admits(Act.SEE_PRESIDIUM_PART)
@require_safe
def roll_call_panel(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    told = parts.roll_call_part(conference, by, request.GET.get("goi", ""))
    context = {"conference": conference, "by": by, "roll_call_part": told}
    return render(request, "conferences/parts/roll_call_panel.html", context)


@admits(Act.SEE_DELEGATES_PART)
@require_safe
def roll_call_form(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    context = {"conference": conference, "by": by, "answer_part": parts.answer_part(conference, by)}
    return render(request, "conferences/parts/roll_call_form.html", context)


@admits(Act.RUN_ROLL_CALL)
@require_POST
def open_call(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    def act() -> object:
        return open_roll_call(conference=conference, by=by, key=_key(request))

    return acted(request, conference, by, act, _page(conference))


@admits(Act.RUN_ROLL_CALL)
@require_POST
def close_call(request: HttpRequest, conference: Conference, by: Attendee, number: int) -> HttpResponseBase:
    called = _called(conference, number)

    def act() -> object:
        return close_roll_call(roll_call=called, by=by, key=_key(request))

    return acted(request, conference, by, act, _page(conference))


@admits(Act.ANSWER_ROLL_CALL)
@require_POST
def answer(
    request: HttpRequest, conference: Conference, by: Attendee, number: int, delegation: int
) -> HttpResponseBase:
    called = _called(conference, number)
    asked = get_object_or_404(delegations_asked(conference).select_related("site"), pk=delegation)

    def act() -> object:
        form = said(AnswerForm(request.POST))
        return answer_roll_call(
            roll_call=called, delegation=asked, **form.cleaned_data, by=by, key=_key(request)
        )

    return acted(request, conference, by, act, _page(conference))


@admits(Act.RECORD_BY_PHONE)
@require_POST
def answer_by_phone(
    request: HttpRequest, conference: Conference, by: Attendee, number: int
) -> HttpResponseBase:
    called = _called(conference, number)

    def act() -> object:
        form = said(PhoneAnswerForm(request.POST, conference=conference))
        return record_answer_by_phone(roll_call=called, **form.cleaned_data, by=by, key=_key(request))

    return acted(request, conference, by, act, _page(conference))


def _called(conference: Conference, number: int) -> RollCall:
    found = get_object_or_404(RollCall, conference=conference, number=number)
    found.conference = conference
    return found


def _page(conference: Conference) -> str:
    return reverse("conferences:roll_call", args=[conference.slug])


def _key(request: HttpRequest) -> str:
    return request.POST.get("key", "")[:40]
