from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from phoihop.conferences.access import admits
from phoihop.conferences.actions import attach_document, remove_document
from phoihop.conferences.audiences import Audience
from phoihop.conferences.forms.agenda import DocumentForm
from phoihop.conferences.forms.base import fresh_key
from phoihop.conferences.models import Conference, ItemDocument
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.queries.agenda import documents_of
from phoihop.conferences.views.preparing.page import address, form_page, pressed


@admits(Act.PREPARE)
@require_http_methods(["GET", "POST"])
def documents(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """Those attached, and one more."""
    form = DocumentForm(
        request.POST or None,
        request.FILES or None,
        conference=conference,
        initial={"key": fresh_key(), "item": request.GET.get("noi-dung")},
    )

    def act() -> ItemDocument:
        said = form.cleaned_data
        return attach_document(
            item=said["item"],
            name=said["file"].name,
            content=said["file"].read(),
            visibility=said["visibility"],
            by=by,
            key=said["key"],
        )

    return form_page(
        request, conference, by, form, act,
        title=_("Attach a document"), back=address("documents", conference),
        told=_("The document is attached; its pages are drawn for the screens."), tab="documents",
        template="conferences/prepare/documents.html",
        documents=documents_of(conference, Audience.PRESIDIUM).select_related("item", "added_by").order_by("item__order", "pk"),
        has_items=conference.items.exists(),
    )  # fmt: skip


@admits(Act.PREPARE)
@require_POST
def remove(request: HttpRequest, conference: Conference, by: Attendee, pk: int) -> HttpResponseBase:
    held = get_object_or_404(
        ItemDocument.objects.select_related("item__conference"), pk=pk, item__conference=conference
    )
    return pressed(
        request, conference,
        lambda: remove_document(document=held, by=by, key=request.POST.get("key", "")[:40]),
        back=address("documents", conference), told=_("The document is taken off the agenda; the file is kept."),
    )  # fmt: skip
