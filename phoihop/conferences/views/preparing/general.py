"""A conference comes to be, and its general data: time, place, who holds it."""

from typing import cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from phoihop.accounts.access import requires
from phoihop.accounts.models import User
from phoihop.conferences.access import admits
from phoihop.conferences.actions import create_conference, edit_conference, set_organisers
from phoihop.conferences.checks import missing_for_invitations
from phoihop.conferences.forms.general import ConferenceForm, CreateForm
from phoihop.conferences.models import Conference
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.queries.bodies import serving_bodies
from phoihop.conferences.queries.creating import creating_from, may_create, parties_of
from phoihop.conferences.queries.preparing import overview, site_rows, totals_of
from phoihop.conferences.views.preparing.page import address, form_page, pressed, show
from phoihop.core.errors import DomainError, NotAllowed
from phoihop.orgs.models import Organisation, Post
from phoihop.reviews.models import ReviewVersion

organising = requires(
    may_create,
    gettext_lazy("A conference is created by the desk or an approver of a body that leads it. Ask them."),
)


@organising
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """`?bao-cao=<slug>&phien-ban=<number>`: on a frozen version of a review."""
    by = cast("User", request.user)
    start = creating_from(by, request.GET.get("bao-cao", ""), request.GET.get("phien-ban", ""))
    programmes = start.programmes if start else ()
    form = CreateForm(
        request.POST or None,
        by=by,
        parties=parties_of(programmes, by),
        **(start.initial if start else {}),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = _created(form, start.review if start else None, by)
        except NotAllowed:
            raise
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The conference is there. Nobody but its organisers sees it yet."))
            return redirect("conferences:prepare", slug=made.slug)
    context = {"form": form, "start": start}
    return render(request, "conferences/prepare/new.html", context, status=400 if form.errors else 200)


@admits(Act.PREPARE)
@require_GET
def prepare(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """Where everything stands, and what is still missing."""
    organisers = conference.organisers.select_related("organisation__area", "post")
    named = [each.organisation_id for each in organisers]
    return show(
        request, conference, by, "conferences/prepare/general.html",
        tab="prepare",
        overview=overview(conference),
        totals=totals_of(site_rows(conference)),
        missing=missing_for_invitations(conference),
        organisers=[(each, _signing_posts(each.organisation)) for each in organisers],
        others=serving_bodies(conference).exclude(pk__in=named),
        programmes=conference.programmes.all(),
    )  # fmt: skip


@admits(Act.PREPARE)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    form = ConferenceForm(request.POST or None, conference=conference, thing=conference)
    return form_page(
        request, conference, by, form,
        lambda: edit_conference(conference=conference, facts=form.facts(), by=by, **form.request_marks()),
        title=_("Title, time and place"), back=address("prepare", conference),
        told=_("Saved. The agenda's times moved along."), tab="prepare",
    )  # fmt: skip


@admits(Act.PREPARE)
@require_POST
def organisers(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """One press: a body is added, moved up, taken off, or its signing post is set."""
    asked = request.POST
    held = [
        (each.organisation, each.post)
        for each in conference.organisers.select_related("organisation", "post")
    ]
    before = [organisation for organisation, _post in held]

    def act() -> object:
        body = get_object_or_404(Organisation, slug=asked.get("body", ""))
        return set_organisers(
            conference=conference,
            organisers=_changed(held, asked.get("do", ""), body, asked.get("post", "")),
            seen=before,
            by=by,
            key=asked.get("key", "")[:40],
        )

    back = address("prepare", conference) + "#organisers"
    return pressed(request, conference, act, back=back, told=_("The organisers are noted, in this order."))


def _created(form: CreateForm, review: ReviewVersion | None, by: User) -> Conference:
    said = form.cleaned_data
    lead = said["lead"]
    others = [body for body in said["others"] if body != lead]
    return create_conference(
        facts=form.facts(),
        area=lead.area,
        programmes=said["programmes"],
        organisers=[(body, _signing_posts(body).first()) for body in (lead, *others)],
        review=review,
        by=by,
        key=said["key"],
    )


def _signing_posts(body: Organisation) -> QuerySet[Post]:
    return Post.objects.filter(organisation=body, may_sign=True).order_by("order", "pk")


def _changed(
    held: list[tuple[Organisation, Post | None]], what: str, body: Organisation, post: str
) -> list[tuple[Organisation, Post | None]]:
    place = next((at for at, each in enumerate(held) if each[0] == body), None)
    if what == "add" and place is None:
        return [*held, (body, _signing_posts(body).first())]
    if place is None:
        return held
    if what == "remove":
        return held[:place] + held[place + 1 :]
    if what == "up" and place:
        held[place - 1], held[place] = held[place], held[place - 1]
    if what == "post":
        named = Post.objects.filter(pk=post, organisation=body).first() if post.isdigit() else None
        held[place] = (body, named)
    return held
