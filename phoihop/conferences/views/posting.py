"""A form's act at a conference: the same form works with and without its script."""

from collections.abc import Callable

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from phoihop.conferences.models import Conference
from phoihop.conferences.permissions import Attendee
from phoihop.core.errors import DomainError


def acted(
    request: HttpRequest, conference: Conference, by: Attendee, act: Callable[[], object], back: str
) -> HttpResponseBase:
    """The script is told {"ok", "seq"} or {"refusal"}; a plain form goes back to its page. A repeated key is done."""
    wants_json = "application/json" in request.headers.get("Accept", "")
    try:
        if not is_done(conference, request.POST.get("key", "")):
            act()
    except IntegrityError:
        if not is_done(conference, request.POST.get("key", "")):
            raise
    except DomainError as refusal:
        if wants_json:
            return JsonResponse({"refusal": str(refusal)}, status=refusal.status)
        messages.error(request, str(refusal))
        return redirect(back)
    if wants_json:
        conference.refresh_from_db(fields=["last_seq"])
        return JsonResponse({"ok": True, "seq": conference.last_seq})
    return redirect(back)


def is_done(conference: Conference, key: str) -> bool:
    return bool(key) and conference.events.filter(request_key=key).exists()
