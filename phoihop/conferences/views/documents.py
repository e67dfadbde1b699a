"""Files of the agenda, and their pages as pictures, for whoever may see the item they belong to."""

from pathlib import PurePath

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from phoihop.conferences.access import admits_readers
from phoihop.conferences.models import Conference, ItemDocument
from phoihop.conferences.permissions import Attendee
from phoihop.conferences.queries.agenda import audience_of, documents_of
from phoihop.core import storage

_ASKED_AGAIN = "private, no-cache"  # a browser may keep it, and asks before it shows it again


@admits_readers
def document(request: HttpRequest, conference: Conference, by: Attendee, pk: int) -> HttpResponseBase:
    held = _document(conference, by, pk)
    return _sent(held.path, held.name, held.media_type, attached=True)


@admits_readers
def page(
    request: HttpRequest, conference: Conference, by: Attendee, pk: int, number: int
) -> HttpResponseBase:
    """The picture of a page, from 1. A browser keeps it and asks each time whether it may still show it: a page can
    be taken out.
    """
    held = _document(conference, by, pk)
    if not 1 <= number <= len(held.pages):
        raise Http404(number)
    kind = held.media_type if held.media_type.startswith("image/") else "image/png"
    path = held.pages[number - 1]
    etag = quote_etag(PurePath(path).name)  # kept under the hash of its bytes
    known = get_conditional_response(request, etag=etag)
    answer = known if known is not None else _sent(path, f"{number}", kind, attached=False)
    answer["ETag"], answer["Cache-Control"] = etag, _ASKED_AGAIN
    return answer


def _document(conference: Conference, by: Attendee, pk: int) -> ItemDocument:
    found: ItemDocument = get_object_or_404(documents_of(conference, audience_of(by)), pk=pk)
    return found


def _sent(path: str, name: str, kind: str, *, attached: bool) -> HttpResponseBase:
    place = storage.place_of(path)
    if not place.is_file():
        raise Http404(name)
    answer = FileResponse(place.open("rb"), as_attachment=attached, filename=name, content_type=kind)
    answer["Cache-Control"] = _ASKED_AGAIN
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
