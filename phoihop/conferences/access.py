"""How a page of a conference is opened: by who signed in with a duty there, or by the browser a code was typed into."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from phoihop.accounts.access import public
from phoihop.conferences import errors
from phoihop.conferences.models import Conference, Grant
from phoihop.conferences.permissions import BY_CODE, Act, Attendee, attendee_of, can_view_conference

SESSION_KEY = "conference_grants"  # {pk of the conference: pk of the grant}

View = Callable[..., HttpResponseBase]


def admits(act: Act) -> Callable[[View], View]:
    """view(request, conference, by, ...) for whoever may `act` there; a stranger is led to the door."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            conference, by = admitted(request, slug)
            if by.may(act):
                return view(request, conference, by, *args, **kwargs)
            if by.user is None and by.grant is None:
                if request.method != "GET":
                    raise errors.is_shut_out(conference)
                return redirect("conferences:door", slug=slug) if act in BY_CODE else _to_sign_in(request)
            raise errors.may_not(act, conference)

        guarded.is_public = True  # type: ignore[attr-defined]
        guarded.access_declared = True  # type: ignore[attr-defined]
        return guarded

    return decorate


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """What no code opens is for people who sign in: the presidium, who prepares."""
    return redirect_to_login(request.get_full_path())


def admits_readers(view: View) -> View:
    """view(request, conference, by, ...) for whoever may read of it: a duty, a code, or being invited; the rest: 404."""

    @wraps(view)
    def guarded(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        conference, by = admitted(request, slug)
        if by.acts or can_view_conference(request.user, conference):
            return view(request, conference, by, *args, **kwargs)
        return redirect("conferences:door", slug=slug)

    return public(guarded)


def admitted(request: HttpRequest, slug: str) -> tuple[Conference, Attendee]:
    """Raises: Http404 where there is no such conference, or a signed-in person without a code may not see it."""
    conference = Conference.objects.select_related("area", "review__review").filter(slug=slug).first()
    if conference is None:
        raise Http404(slug)
    by = attendee_of(conference, request.user, _grant(request, conference))
    if not by.acts and request.user.is_authenticated and not can_view_conference(request.user, conference):
        raise Http404(slug)
    return conference, by


def remember(request: HttpRequest, grant: Grant) -> None:
    held = dict(request.session.get(SESSION_KEY, {}))
    held[str(grant.site.conference_id)] = grant.pk
    request.session[SESSION_KEY] = held


def _grant(request: HttpRequest, conference: Conference) -> Grant | None:
    pk = request.session.get(SESSION_KEY, {}).get(str(conference.pk))
    if pk is None:
        return None
    return Grant.objects.select_related("site__conference", "seat").filter(pk=pk).first()
