from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from phoihop.areas.enums import Level
from phoihop.conferences.access import admits
from phoihop.conferences.actions import add_site, add_sites_for_level, delete_site, edit_site
from phoihop.conferences.enums import SiteKind
from phoihop.conferences.forms.sites import LevelForm, SiteForm
from phoihop.conferences.models import Conference, Site
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.queries.preparing import SiteFilter, delegations_of, site_rows, totals_of
from phoihop.conferences.views.preparing.page import address, form_page, page_of, pressed, show
from phoihop.core.errors import DomainError


@admits(Act.PREPARE)
@require_GET
def sites(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    wanted = SiteFilter.read(request.GET)
    everything = site_rows(conference)
    found = site_rows(conference, wanted) if wanted != SiteFilter() else everything
    page = page_of(request, found)
    return show(
        request, conference, by, "conferences/prepare/sites.html",
        tab="sites", wanted=wanted, page=page, kinds=SiteKind.choices,
        totals=totals_of(everything), level_form=LevelForm(initial={"level": Level.PROVINCE}),
    )  # fmt: skip


@admits(Act.PREPARE)
@require_POST
def of_level(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """A site for every unit of a level; says how many were added."""
    form = LevelForm(request.POST)
    added: list[Site] = []

    def act() -> None:
        if not form.is_valid():
            raise DomainError(_("Choose a level, and how many delegates each delegation has (0 to 1,000)."))
        said = form.cleaned_data
        added.extend(
            add_sites_for_level(
                conference=conference, level=Level(said["level"]), heads=said["heads"], by=by, key=said["key"]
            )
        )

    answer = pressed(request, conference, act, back=address("sites", conference))
    return _told(request, answer, len(added)) if form.is_valid() else answer


@admits(Act.PREPARE)
@require_http_methods(["GET", "POST"])
def new_site(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    form = SiteForm(request.POST or None, conference=conference)
    return form_page(
        request, conference, by, form,
        lambda: add_site(conference=conference, facts=form.facts(), by=by, key=form.cleaned_data["key"]),
        title=_("A site"), back=address("sites", conference), told=_("The site is added."), tab="sites",
    )  # fmt: skip


@admits(Act.PREPARE)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, conference: Conference, by: Attendee, site: str) -> HttpResponseBase:
    held = site_of(conference, site)
    form = SiteForm(request.POST or None, conference=conference, thing=held)
    return form_page(
        request, conference, by, form,
        lambda: edit_site(site=held, facts=form.facts(), by=by, **form.request_marks()),
        title=held.name_vi, back=address("site_edit", conference, site), told=_("Saved."), tab="sites",
        template="conferences/prepare/site.html", site=held, delegations=delegations_of(held),
    )  # fmt: skip


@admits(Act.PREPARE)
@require_POST
def remove(request: HttpRequest, conference: Conference, by: Attendee, site: str) -> HttpResponseBase:
    held = site_of(conference, site)
    return pressed(
        request, conference,
        lambda: delete_site(site=held, by=by, key=request.POST.get("key", "")[:40]),
        back=address("sites", conference), told=_("The site is removed."),
    )  # fmt: skip


def site_of(conference: Conference, slug: str) -> Site:
    found: Site = get_object_or_404(conference.sites.select_related("area", "head"), slug=slug)
    return found


def _told(request: HttpRequest, answer: HttpResponseBase, count: int) -> HttpResponseBase:
    from django.contrib import messages

    if count:
        said = ngettext("%(count)s site is added.", "%(count)s sites are added.", count) % {"count": count}
        messages.success(request, said)
    return answer
