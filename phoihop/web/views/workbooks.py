"""The officer's report as a workbook: out prefilled, in again as the draft, back with every remark on its cell."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, cast
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from phoihop.accounts.access import requires
from phoihop.core.errors import DomainError
from phoihop.core.files import FileRefused, safe_file, too_large
from phoihop.core.uploads import XLSX, clean_name
from phoihop.reports.actions import save_draft
from phoihop.reports.content import revision_of
from phoihop.reports.enums import Origin
from phoihop.reports.errors import NewerVersion
from phoihop.reports.files.earlier import earlier_values
from phoihop.reports.files.kept import Kept, keep_workbook, kept_workbook, made_draft, made_from_same_copy
from phoihop.reports.files.layout import Language
from phoihop.reports.files.marked import marked_copy
from phoihop.reports.files.own_workbook import OwnWorkbook, Remark, read_own_workbook
from phoihop.reports.files.prefilled import Prefilled
from phoihop.reports.files.template import report_workbook
from phoihop.reports.models import Report
from phoihop.reports.queries.cells import cells_of
from phoihop.web import trail
from phoihop.web.permissions import is_member
from phoihop.web.queries.two_copies import differences
from phoihop.web.templatetags.labels import window
from phoihop.web.views.entry import ONLY_MEMBERS, own_report, show_form


@requires(is_member, ONLY_MEMBERS)
@require_http_methods(["GET", "POST"])
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    report = own_report(request, pk)
    if request.method == "GET":
        return _download(_prefilled(report), _file_name(report))
    try:
        kept, read = _taken(request, report)
        return _saved(request, report, kept, read, base=_base(request, report, read))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("web:entry", pk=pk)


@requires(is_member, ONLY_MEMBERS)
@require_http_methods(["GET", "POST"])
def uploaded(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """What was read, beside the form; where the draft is newer than the workbook, the choice between both copies."""
    report = own_report(request, pk)
    try:
        kept, read = _kept(request, report, token)
        if request.method == "POST":
            base = str(request.POST.get("base", ""))
            return _saved(request, report, kept, read, base=base, beside=True)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("web:entry", pk=pk)
    return _show_read(request, report, kept, read) if kept.made else _ask(request, report, kept, read)


@requires(is_member, ONLY_MEMBERS)
@require_GET
def marked(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    report = own_report(request, pk)
    try:
        kept, read = _kept(request, report, token)
        copy = marked_copy(kept.content(), read.remarks, kept.made)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("web:entry", pk=pk)
    suffix = _("marked")
    stem = kept.name.removesuffix(".xlsx").removesuffix(f"-{suffix}")
    return _download(copy, f"{stem}-{suffix}.xlsx")


def _prefilled(report: Report) -> bytes:
    language = Language.ENGLISH if (get_language() or "vi").startswith("en") else Language.VIETNAMESE
    earlier = earlier_values([report])[report.pk]
    before = Prefilled(report.latest_version, uuid4().hex)
    file = BytesIO()
    report_workbook(report, cells_of(report), earlier, language, before).save(file)
    return file.getvalue()


def _file_name(report: Report) -> str:
    return f"{report.period.form.code}-{report.period.code}-{report.organisation.slug}.xlsx"


def _download(content: bytes, name: str) -> HttpResponse:
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    response = HttpResponse(content, content_type=XLSX, headers=headers)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def _taken(request: HttpRequest, report: Report) -> tuple[Kept, OwnWorkbook]:
    file = request.FILES.get("workbook")
    if file is None:
        raise FileRefused(_("No file was chosen. Choose the workbook you filled in, then upload it."))
    name = clean_name(file.name or "")
    if (file.size or 0) > settings.MAX_UPLOAD_BYTES:
        raise too_large(name, file.size or 0)
    content = file.read()
    read = read_own_workbook(report, safe_file(name, content))
    user = request.user.pk or 0
    return keep_workbook(report=report.pk, user=user, name=name, content=content, copy=read.copy), read


def _kept(request: HttpRequest, report: Report, token: str) -> tuple[Kept, OwnWorkbook]:
    kept = kept_workbook(report=report.pk, user=request.user.pk or 0, token=token)
    if kept is None:
        raise DomainError(
            _("The uploaded workbook is kept for one day and is not there any more. Upload it again.")
        )
    return kept, read_own_workbook(report, safe_file(kept.name, kept.content()))


def _base(request: HttpRequest, report: Report, read: OwnWorkbook) -> str:
    """The revision it follows on: its own; or the draft this very file became before, put right and sent again."""
    now = revision_of(report.latest_version)
    user = request.user.pk or 0
    again = made_from_same_copy(report=report.pk, user=user, copy=read.copy, revision=now)
    return now if again else read.revision


def _saved(
    request: HttpRequest, report: Report, kept: Kept, read: OwnWorkbook, *, base: str, beside: bool = False
) -> HttpResponse:
    answers = read.answers
    try:
        written = save_draft(
            report=report,
            cells=read.cells,
            consolidated=sorted(answers.consolidated),
            notes=answers.notes,
            narrative=answers.narrative,
            by=cast("Any", request.user),
            origin=Origin.WORKBOOK,
            base=base,
            beside=beside,
        )
    except NewerVersion:
        return redirect("web:uploaded_workbook", pk=report.pk, token=kept.token)
    made_draft(kept, revision_of(written.latest_version))
    messages.success(request, _what_was_taken(kept, read))
    return redirect("web:uploaded_workbook", pk=report.pk, token=kept.token)


def _what_was_taken(kept: Kept, read: OwnWorkbook) -> str:
    good = len(read.answers.cells)
    return ngettext(
        "“%(name)s” was read and kept as the draft: %(count)s figure. Nothing is submitted yet.",
        "“%(name)s” was read and kept as the draft: %(count)s figures. Nothing is submitted yet.",
        good,
    ) % {"name": kept.name, "count": good}


def _show_read(request: HttpRequest, report: Report, kept: Kept, read: OwnWorkbook) -> HttpResponse:
    is_current = kept.made == revision_of(report.latest_version)
    more: dict[str, Any] = {
        "kept": kept,
        "remarks": read.remarks,
        "errors": sum(remark.is_error for remark in read.remarks),
        "is_current": is_current,
        "by_code": _by_code(read.remarks) if is_current else {},
        "reason": read.answers.reason,
    }
    return show_form(request, report, template="web/entry/workbook_read.html", **more)


def _by_code(remarks: Sequence[Remark]) -> Mapping[str, Mapping[str, str]]:
    """An error before a warning; of equals the first."""
    found: dict[str, Mapping[str, str]] = {}
    for each in sorted(remarks, key=lambda each: not each.is_error):
        if each.code:
            found.setdefault(each.code, {"sentence": each.sentence, "severity": str(each.severity)})
    return found


def _ask(request: HttpRequest, report: Report, kept: Kept, read: OwnWorkbook) -> HttpResponse:
    context = {
        "report": report,
        "kept": kept,
        "revision": revision_of(report.latest_version),
        "theirs": report.latest_version,
        "differences": differences(report, read),
        "trail": [trail.home(), trail.Step(window(report.period))],
    }
    return render(request, "web/entry/workbook_choice.html", context)
