"""What a conference concluded: its conclusions with their assignments' state, and the notice as a document."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from phoihop.assignments.models import Conclusion
from phoihop.assignments.models.conclusion import ConclusionQuerySet
from phoihop.conferences.access import admits, admits_readers
from phoihop.conferences.actions.concluding import draft_conclusion, make_notice, origin_of
from phoihop.conferences.models import Conference, NoticeFile
from phoihop.conferences.permissions import Act, Attendee
from phoihop.core import storage
from phoihop.core.errors import DomainError, NotAllowed


@admits_readers
def conclusions(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    context = {
        "conference": conference,
        "by": by,
        "conclusions": _visible(request, conference).prefetch_related("notice_files", "paragraphs"),
        "may_conclude": by.may(Act.CONCLUDE),
    }
    return render(request, "conferences/conclusions.html", context)


@admits(Act.CONCLUDE)
@require_POST
def draft(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    try:
        drafted = draft_conclusion(conference=conference, by=by)
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("conferences:conclusions", slug=conference.slug)
    return redirect("assignments:draft", slug=drafted.slug)


@admits(Act.CONCLUDE)
@require_POST
def notice(request: HttpRequest, conference: Conference, by: Attendee, pk: int) -> HttpResponseBase:
    conclusion = get_object_or_404(_visible(request, conference), pk=pk)
    try:
        make_notice(conclusion=conclusion, conference=conference, by=by)
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The notice is made, as Word and PDF."))
    return redirect("conferences:conclusions", slug=conference.slug)


@admits_readers
def notice_file(request: HttpRequest, conference: Conference, by: Attendee, pk: int) -> HttpResponseBase:
    files = NoticeFile.objects.filter(conclusion__in=_visible(request, conference)).exclude(path="")
    kept = get_object_or_404(files, pk=pk)
    return FileResponse(storage.place_of(kept.path).open("rb"), as_attachment=True, filename=kept.name)


def _visible(request: HttpRequest, conference: Conference) -> ConclusionQuerySet:
    return Conclusion.objects.visible_to(request.user).filter(origin=origin_of(conference))
