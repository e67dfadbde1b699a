"""The narrative of a superior's report, collated from what the units below wrote."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from phoihop.accounts.access import requires
from phoihop.accounts.models import User
from phoihop.core.templatetags.vietnamese import number
from phoihop.reports.actions import save_draft
from phoihop.reports.enums import Section
from phoihop.reports.errors import unit_must_act
from phoihop.reports.models import Report
from phoihop.reports.permissions import can_save_draft
from phoihop.web import trail
from phoihop.web.forms.entry import LONGEST_WORDS, length_of
from phoihop.web.permissions import is_member
from phoihop.web.queries.from_below import Quote, names_of, quoted, words_below
from phoihop.web.tables.paging import page_of
from phoihop.web.templatetags.labels import window


@requires(is_member)
@require_http_methods(["GET", "POST"])
def words(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """Lists them; the chosen ones go into the draft, each with its source."""
    report = _mine(request, pk)
    if section not in Section.values:
        raise Http404
    found = words_below(report, Section(section))
    if request.method == "POST":
        return _quote(request, report, Section(section), found)
    return _shown(request, report, Section(section), found)


def _shown(
    request: HttpRequest, report: Report, section: Section, found: Sequence[Quote], refusal: str = ""
) -> HttpResponse:
    """After a refusal with what was ticked."""
    shown, page = page_of(request, found)
    context = {
        "report": report,
        "section": section,
        "quotes": shown,
        "page": page,
        "refusal": refusal,
        "chosen": set(request.POST.getlist("version")),
        "trail": [trail.home(), trail.Step(window(report.period)), trail.Step(str(section.label))],
    }
    return render(request, "web/entry/words_below.html", context, status=422 if refusal else 200)


def _mine(request: HttpRequest, pk: int) -> Report:
    visible = Report.objects.visible_to(request.user).select_related(
        "period__form", "organisation__area", "latest_version"
    )
    report = get_object_or_404(visible, pk=pk)
    if not can_save_draft(request.user, report):
        raise unit_must_act(report)
    return report


def _quote(request: HttpRequest, report: Report, section: Section, found: Sequence[Quote]) -> HttpResponse:
    asked = list(dict.fromkeys(request.POST.getlist("version")))
    here = {str(each.version.pk): each for each in found}
    chosen = [each for pk, each in here.items() if pk in asked]
    latest = report.latest_version
    said: Mapping[str, Any] = latest.narrative if latest else {}
    standing = str(said.get(section, "")).strip()
    text = "\n\n".join(part for part in (standing, *(quoted(each) for each in chosen)) if part)
    if refusal := _refusal(report, section, [pk for pk in asked if pk not in here], chosen, standing, text):
        return _shown(request, report, section, found, refusal)
    save_draft(
        report=report,
        cells=latest.cells if latest else {},
        consolidated=latest.consolidated if latest else (),
        notes=latest.notes if latest else {},
        narrative={**said, section.value: text},
        by=cast("User", request.user),
    )
    messages.success(request, _("%(count)s paragraphs were quoted.") % {"count": len(chosen)})
    return redirect("web:entry", pk=report.pk)


def _refusal(
    report: Report,
    section: Section,
    unknown: Sequence[str],
    chosen: Sequence[Quote],
    standing: str,
    text: str,
) -> str:
    if unknown:
        return _(
            "Nothing was quoted. Not among these paragraphs any more: %(names)s. They were corrected, returned or"
            " withdrawn since this page was opened. Look at the list as it is now and choose again."
        ) % {"names": ", ".join(names_of(report, unknown))}
    if not chosen:
        return _("Nothing was chosen. Tick the paragraphs to quote.")
    if (length := length_of(text)) > LONGEST_WORDS:
        return _(
            "Nothing was quoted. “%(section)s” would have %(length)s characters, %(standing)s of them written already;"
            " at most %(most)s are kept. Choose fewer paragraphs, or shorten what is written."
        ) % {
            "section": section.label,
            "length": number(length),
            "standing": number(length_of(standing)),
            "most": number(LONGEST_WORDS),
        }
    return ""
