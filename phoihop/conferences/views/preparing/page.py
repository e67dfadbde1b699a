"""What the pages before the session have in common: a form and its refusals, a press of a button and its way back."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from phoihop.conferences.enums import ConferenceKind
from phoihop.conferences.forms.base import fresh_key
from phoihop.conferences.models import Conference
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.views.posting import is_done
from phoihop.core.errors import DomainError, NotAllowed

ROWS = 100


def address(name: str, conference: Conference, *more: object) -> str:
    return reverse(f"conferences:{name}", args=[conference.slug, *more])


def show(
    request: HttpRequest,
    conference: Conference,
    by: Attendee,
    template: str,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page of the preparation, with its tabs."""
    shared = {"conference": conference, "by": by, "key": fresh_key(), "tabs": tabs(conference, by)}
    return render(request, template, {**shared, **context}, status=status)


def tabs(conference: Conference, by: Attendee) -> list[tuple[str, str, str]]:
    """(name, label, address) of the pages the reader may open."""
    if not by.may(Act.PREPARE):
        return []
    pages = [
        ("prepare", _("General")),
        ("officials", _("Officials")),
        ("sites", _("Sites")),
        ("agenda", _("Agenda")),
        ("documents", _("Documents")),
        ("speeches", _("Speeches")),
        ("codes", _("Codes")),
        ("invitations", _("Invitations")),
    ]
    if conference.kind == ConferenceKind.WRITTEN:
        pages = [each for each in pages if each[0] not in {"speeches", "codes", "invitations"}]
        pages += [("invitations", _("Letters asking for opinions")), ("opinions", _("Opinions"))]
    return [(name, label, address(name, conference)) for name, label in pages]


def form_page(
    request: HttpRequest,
    conference: Conference,
    by: Attendee,
    form: Any,
    act: Callable[[], object],
    *,
    title: str,
    back: str,
    told: str,
    **context: Any,
) -> HttpResponseBase:
    """The form; once sent, its act, then back. A refusal stands in the form, which keeps what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            happened = _once(conference, form.cleaned_data["key"], act)
        except NotAllowed:
            raise
        except DomainError as refusal:
            form.take(refusal) if hasattr(form, "take") else form.add_error(None, str(refusal))
        else:
            if happened:
                messages.success(request, told)
            return redirect(back)
    shown = {"form": form, "title": title, "back": back, **context}
    template = shown.pop("template", "conferences/prepare/form.html")
    return show(request, conference, by, template, 400 if form.errors else 200, **shown)


def pressed(
    request: HttpRequest, conference: Conference, act: Callable[[], object], *, back: str, told: str = ""
) -> HttpResponseBase:
    """A button: what it does, then back with what was done, or with the sentence that refused it."""
    try:
        happened = _once(conference, request.POST.get("key", "")[:40], act)
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.warning(request, str(refusal), extra_tags="warn")
    else:
        if happened and told:
            messages.success(request, told)
    return redirect(back)


def page_of(request: HttpRequest, things: Sequence[Any]) -> Page[Any]:
    """A page past the end is the last one."""
    return Paginator(things, ROWS).get_page(request.GET.get("trang"))


def _once(conference: Conference, key: str, act: Callable[[], object]) -> bool:
    """False for a request that was done before: the page was sent twice."""
    if is_done(conference, key):
        return False
    try:
        act()
    except IntegrityError:
        if not is_done(conference, key):
            raise
        return False
    return True
