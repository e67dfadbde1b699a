"""Proposals: sent, received, answered, sent on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from phoihop.accounts.access import requires
from phoihop.assignments import actions
from phoihop.assignments.forms import AnswerForm, ForwardForm, HeirForm, ProposalForm
from phoihop.assignments.models import Proposal
from phoihop.assignments.permissions import proposing_organisations
from phoihop.assignments.queries.proposals import ALL, BOXES, RECEIVED, SENT, proposal_page, proposals_in
from phoihop.assignments.views.shared import Step, cleaned, person, signed_in, taken_out
from phoihop.core import clock
from phoihop.core.errors import DomainError, NotAllowed
from phoihop.core.tables.paging import page_of
from phoihop.core.templatetags.vietnamese import localname
from phoihop.orgs.models import Organisation

for_senders = requires(
    lambda user: user.is_authenticated and bool(proposing_organisations(user)),
    gettext_lazy(
        "Proposals are sent by reporting officers, desks and approvers, for their own organisation."
    ),
)


@signed_in
@require_GET
def proposals(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("box", "")
    box = asked if asked in BOXES else RECEIVED
    shown, page = page_of(request, proposals_in(person(request), box))
    context = {
        "trail": [Step(_("Proposals"))],
        "box": box,
        "boxes": [(RECEIVED, _("Received by us")), (SENT, _("Sent by us")), (ALL, _("All we may see"))],
        "proposals": shown,
        "page": page,
        "today": clock.today(),
        "may_send": bool(proposing_organisations(request.user)),
    }
    return render(request, "assignments/proposals.html", context)


@for_senders
@require_http_methods(["GET", "POST"])
def new_proposal(request: HttpRequest) -> HttpResponseBase:
    form = ProposalForm(
        request.POST or None, senders=proposing_organisations(request.user), user=request.user
    )
    if request.method == "POST" and form.is_valid():
        try:
            sent = actions.send_proposal(by=person(request), **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The proposal is sent; the clock runs."))
            return redirect("assignments:proposal", pk=sent.pk)
    title = _("New proposal")
    context = {"form": form, "title": title, "trail": [*_above(), Step(title)]}
    return render(request, "assignments/new_proposal.html", context, status=422 if form.errors else 200)


@signed_in
@require_GET
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


@signed_in
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    form = AnswerForm(request.POST)
    found = _visible(request, pk)
    try:
        actions.answer_proposal(proposal=found, answer=str(cleaned(form)["answer"]), by=person(request))
    except NotAllowed:
        raise
    except DomainError as refusal:
        return _page(request, found, refusal, answer_form=form)
    messages.success(request, _("The answer is kept and shown to the sender."))
    return redirect("assignments:proposal", pk=pk)


@signed_in
@require_POST
def forward(request: HttpRequest, pk: int) -> HttpResponseBase:
    form = ForwardForm(request.POST)
    found = _visible(request, pk)
    try:
        actions.forward_proposal(proposal=found, by=person(request), **cleaned(form))  # type: ignore[arg-type]
    except NotAllowed:
        raise
    except DomainError as refusal:
        return _page(request, found, refusal, forward_form=form)
    messages.success(request, _("Sent on; the day to answer by stays."))
    return redirect("assignments:proposal", pk=pk)


@signed_in
@require_POST
def pass_proposal(request: HttpRequest, pk: int) -> HttpResponseBase:
    """To whom everything its abolished receiver left passes, not only this proposal."""
    found = _visible(request, pk)
    try:
        said = cleaned(HeirForm(request.POST))
        heir = get_object_or_404(Organisation, slug=said["heir"])
        actions.pass_assignments(
            organisation=found.receiver, heir=heir, reason=str(said["reason"]), by=person(request)
        )
    except NotAllowed:
        raise
    except DomainError as refusal:
        return _page(request, found, refusal)
    found.refresh_from_db()
    messages.success(request, _where_it_went(found, heir))
    return redirect("assignments:proposal", pk=pk)


def _where_it_went(found: Proposal, heir: Organisation) -> str:
    """Nobody answers itself: what the heir proposed is with the body above it, or waits where nobody is."""
    if found.receiver == heir:
        return _("It passed to the heir; the day to answer by stays.")
    if not found.receiver.is_in_force(clock.today()):
        return _(
            "The heir proposed this itself and nobody is above it: this proposal waits, the rest passed."
        )
    body = {"body": localname(found.receiver)}
    return _("The heir proposed it itself: it went to %(body)s above it; the day to answer by stays.") % body


def _page(
    request: HttpRequest, found: Proposal, refusal: DomainError | None = None, **forms: object
) -> HttpResponse:
    context = {
        "trail": [*_above(), Step(found.title)],
        "proposal": found,
        "page": proposal_page(found, request.user),
        "answer_form": AnswerForm(),
        "forward_form": ForwardForm(),
        "refusal": refusal,
        **taken_out(found, request.user, "web:proposal_redaction", found.pk),
        **forms,
    }
    return render(request, "assignments/proposal.html", context, status=refusal.status if refusal else 200)


def _visible(request: HttpRequest, pk: int) -> Proposal:
    seen = Proposal.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("sender__area", "receiver__area", "programme"), pk=pk)


def _above() -> list[Step]:
    return [Step(_("Proposals"), reverse("assignments:proposals"))]
