"""Files of the agenda, and their pages as pictures, for whoever may see the item they belong to."""

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from phoihop.conferences.access import admits_readers
from phoihop.conferences.models import Conference, ItemDocument
from phoihop.conferences.permissions import Attendee
from phoihop.conferences.queries.agenda import audience_of, documents_of
from phoihop.core import storage


@admits_readers
def document(request: HttpRequest, conference: Conference, by: Attendee, pk: int) -> HttpResponseBase:
    held = _document(conference, by, pk)
    return _sent(held.path, held.name, held.media_type, attached=True)


@admits_readers
def page(
    request: HttpRequest, conference: Conference, by: Attendee, pk: int, number: int
) -> HttpResponseBase:
    """The picture of a page, from 1. It never changes: a browser keeps it, and no one between does."""
    held = _document(conference, by, pk)
    if not 1 <= number <= len(held.pages):
        raise Http404(number)
    kind = held.media_type if held.media_type.startswith("image/") else "image/png"
    answer = _sent(held.pages[number - 1], f"{number}", kind, attached=False)
    answer["Cache-Control"] = "private, max-age=86400, immutable"
    return answer


def _document(conference: Conference, by: Attendee, pk: int) -> ItemDocument:
    found: ItemDocument = get_object_or_404(documents_of(conference, audience_of(by)), pk=pk)
    return found


def _sent(path: str, name: str, kind: str, *, attached: bool) -> HttpResponseBase:
    place = storage.place_of(path)
    if not place.is_file():
        raise Http404(name)
    answer = FileResponse(place.open("rb"), as_attachment=attached, filename=name, content_type=kind)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
