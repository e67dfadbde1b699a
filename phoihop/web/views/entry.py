"""The officer's form: the page, what a device sends in the background, the files beside it."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from phoihop.accounts.access import requires
from phoihop.accounts.models import User
from phoihop.core import clock, storage
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.core.templatetags.vietnamese import moment
from phoihop.reports.actions import attach_file, receive, remove_attachment
from phoihop.reports.errors import (
    ChecksFailed,
    FormChanged,
    NewerVersion,
    NotYourDevice,
    ReasonNeeded,
    not_your_device,
    not_yours_any_more,
    unit_must_act,
)
from phoihop.reports.finding import Finding
from phoihop.reports.finding import error as error_on
from phoihop.reports.models import Report, ReportVersion
from phoihop.reports.permissions import can_view_report, may_save_draft
from phoihop.reports.queries.cells import cells_of
from phoihop.reports.queries.files import files_open_to
from phoihop.reports.queries.reports import report_at
from phoihop.reports.standing import AnyUser, Standing, standing_of
from phoihop.web import trail
from phoihop.web.forms.entry import Typed, from_device, from_page, page_mark
from phoihop.web.permissions import is_member
from phoihop.web.queries.device_copy import copy_of
from phoihop.web.queries.entry_form import entry_form
from phoihop.web.queries.entry_page import page_facts
from phoihop.web.templatetags.labels import window

ONLY_MEMBERS = gettext_lazy("Only those who act for an organisation enter reports.")


@requires(is_member, ONLY_MEMBERS)
@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    report = own_report(request, pk)
    if request.method == "GET":
        return show_form(request, report)
    typed = from_page(request, [cell.code for cell in cells_of(report)])
    try:
        _receive(request, report, typed)
    except DomainError as refusal:
        return _refused(request, report, typed, refusal)
    if typed.sent.is_submission:
        messages.success(request, _("Submitted at %(moment)s.") % {"moment": moment(clock.now())})
        return redirect("web:report", pk=pk)
    messages.success(request, _("Saved at %(moment)s.") % {"moment": moment(clock.now())})
    return redirect("web:entry", pk=pk)


@requires(is_member, ONLY_MEMBERS)
@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """What a device sends; every answer is JSON that says what the device must do next."""
    try:
        typed = from_device(request)
        _require_writer(request, typed)  # first: to another user the report may not be there at all
        standing = standing_of(request.user)  # read once: under a storm every statement counts
        report = _own(report_at(pk), request.user, standing)
        return JsonResponse(_receive(request, report, typed, standing))
    except Http404:
        return _said(404, "gone", str(not_yours_any_more()))
    except DomainError as refusal:
        return _told(refusal)


def _told(refusal: DomainError) -> JsonResponse:
    status, more = refusal.status, dict[str, Any]()
    kind = {NotAllowed: "not_allowed", Conflict: "state"}.get(type(refusal), "refused")
    match refusal:
        case ChecksFailed():
            status, kind, more = 422, "findings", {"findings": _plain(refusal.findings)}
        case NewerVersion():
            kind, more = "newer", {"theirs": copy_of(refusal.report)}
        case FormChanged():
            kind = "form"
        case NotYourDevice():
            kind = "sign_in"
        case ReasonNeeded():
            more = {"field": "reason"}
    return _said(status, kind, str(refusal), **more)


@requires(is_member, ONLY_MEMBERS)
@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    report = own_report(request, pk)
    files = request.FILES.getlist("file")
    if not files:
        messages.error(request, _("No file was chosen. Choose a file, then attach it."))
    for file in files:
        try:
            kept = attach_file(report=report, name=file.name or "", content=file.read(), by=_actor(request))
            messages.success(request, _("“%(name)s” is attached.") % {"name": kept.name})
        except DomainError as refusal:
            messages.error(request, str(refusal))
    return redirect("web:entry", pk=pk)


@requires(is_member, ONLY_MEMBERS)
@require_POST
def detach(request: HttpRequest, pk: int, attachment: int) -> HttpResponse:
    report = own_report(request, pk)
    found = get_object_or_404(report.attachments.filter(is_removed=False), pk=attachment)
    remove_attachment(attachment=found, by=_actor(request))
    messages.success(request, _("“%(name)s” no longer goes with the report.") % {"name": found.name})
    return redirect("web:entry", pk=pk)


@requires(is_member, ONLY_MEMBERS)
@require_GET
def attachment(request: HttpRequest, pk: int, attachment: int) -> HttpResponseBase:
    """Always as a download, never shown inside a page of ours."""
    report = get_object_or_404(Report.objects.visible_to(request.user), pk=pk)
    found = get_object_or_404(files_open_to(request.user, report), pk=attachment)
    place = storage.place_of(found.path)
    if not place.is_file():
        raise Http404
    return FileResponse(
        place.open("rb"), as_attachment=True, filename=found.name, content_type=found.media_type
    )


def own_report(request: HttpRequest, pk: int) -> Report:
    """For who may enter it; to who may only see it the sentence who can; for anyone else it is not there."""
    related = ("period__form", "organisation__area", "area", "superior", "entered_by", "latest_version")
    report = Report.objects.select_related(*related).filter(pk=pk).first()
    return _own(report, request.user, standing_of(request.user))


def _own(report: Report | None, user: AnyUser, standing: Standing) -> Report:
    if report is None:
        raise Http404
    if not may_save_draft(standing, report):
        if not can_view_report(user, report):
            raise Http404
        raise unit_must_act(report)
    return report


def _actor(request: HttpRequest) -> User:
    """Signed in, as `requires(is_member)` saw to."""
    return cast("User", request.user)


def _receive(
    request: HttpRequest, report: Report, typed: Typed, standing: Standing | None = None
) -> Mapping[str, Any]:
    if typed.sent.is_submission and typed.unreadable:
        raise ChecksFailed(_unreadable(typed))
    return receive(report=report, sent=typed.sent, by=_actor(request), standing=standing)


def _require_writer(request: HttpRequest, typed: Typed) -> None:
    if typed.username and typed.username != request.user.get_username():
        raise not_your_device(typed.username)


def _unreadable(typed: Typed) -> list[Finding]:
    return [error_on("readable_number", sentence, code) for code, sentence in typed.unreadable.items()]


def show_form(
    request: HttpRequest,
    report: Report,
    shown: ReportVersion | None = None,
    template: str = "web/entry.html",
    **more: Any,
) -> HttpResponse:
    form = entry_form(report, shown, request.GET.get("prefill", ""))
    context = {
        "form": form,
        "report": report,
        "mark": page_mark(),
        "facts": page_facts(form, request.user.get_username()),
        "trail": [trail.home(), trail.Step(window(report.period))],
        **more,
    }
    return render(request, template, context)


def _refused(request: HttpRequest, report: Report, typed: Typed, refusal: DomainError) -> HttpResponse:
    """What was typed stays on the page."""
    findings = refusal.findings if isinstance(refusal, ChecksFailed) else ()
    theirs = copy_of(refusal.report) if isinstance(refusal, NewerVersion) else None
    sent = typed.sent
    shown = ReportVersion(
        cells=sent.cells,
        consolidated=sent.consolidated,
        notes=sent.notes,
        narrative=sent.narrative,
        prefilled=dict(sent.prefilled),
        reason=sent.reason,
    )
    by_code = {code: each for each in reversed(_plain(findings)) for code in each["codes"]}
    more: dict[str, Any] = {
        "refusal": str(refusal),
        "findings": _plain(findings),
        "by_code": by_code,
        "theirs": theirs,
        "reason_refusal": str(refusal) if isinstance(refusal, ReasonNeeded) else "",
    }
    response = show_form(request, report, shown, reason=sent.reason, **more)
    response.status_code = 422 if findings else refusal.status
    return response


def _plain(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    return [
        {
            "check": each.check,
            "severity": str(each.severity),
            "codes": list(each.codes),
            "sentence": each.sentence,
        }
        for each in findings
    ]


def _said(status: int, kind: str, sentence: str, **more: Any) -> JsonResponse:
    return JsonResponse({"status": kind, "sentence": sentence, **more}, status=status)
