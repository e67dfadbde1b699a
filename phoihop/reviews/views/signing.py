"""Each issuer's desk approves a frozen version, withdraws its approval, gives the version a number or cancels it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from phoihop.core.errors import DomainError
from phoihop.orgs.models import Organisation
from phoihop.reviews.actions import approve_version, cancel_number, give_number, withdraw_approval
from phoihop.reviews.forms import ApprovalForm, NumberForm, SigningForm
from phoihop.reviews.models import IssuedNumber, Review, ReviewVersion
from phoihop.reviews.views.room import acted, first_fault, person, signed_in

Act = Callable[[ReviewVersion, Organisation, dict[str, Any]], object]


@signed_in
@require_POST
def approve(request: HttpRequest, slug: str) -> HttpResponseBase:
    def act(version: ReviewVersion, organisation: Organisation, said: dict[str, Any]) -> object:
        return approve_version(
            version=version,
            organisation=organisation,
            audience=said["audience"],
            note=said["said"],
            by=person(request),
        )

    told = _("The version is approved. It is an approval, not a digital signature.")
    return _signed(request, slug, ApprovalForm, act, told)


@signed_in
@require_POST
def withdraw(request: HttpRequest, slug: str) -> HttpResponseBase:
    def act(version: ReviewVersion, organisation: Organisation, said: dict[str, Any]) -> object:
        return withdraw_approval(
            version=version, organisation=organisation, reason=said["said"], by=person(request)
        )

    return _signed(request, slug, SigningForm, act, _("The approval is withdrawn; its reason is kept."))


@signed_in
@require_POST
def number(request: HttpRequest, slug: str) -> HttpResponseBase:
    def act(version: ReviewVersion, organisation: Organisation, said: dict[str, Any]) -> object:
        return give_number(
            version=version,
            organisation=organisation,
            number=said["register_number"],
            reason=said["said"],
            by=person(request),
        )

    return _signed(request, slug, NumberForm, act, _("The number is given and stands in the register."))


@signed_in
@require_POST
def cancel(request: HttpRequest, slug: str) -> HttpResponseBase:
    def act(version: ReviewVersion, organisation: Organisation, said: dict[str, Any]) -> object:
        held = get_object_or_404(
            IssuedNumber.objects.given().select_related("organisation"),
            version=version,
            organisation=organisation,
        )
        return cancel_number(held=held, reason=said["said"], by=person(request))

    told = _("The number is cancelled; its line stays in the register.")
    return _signed(request, slug, SigningForm, act, told)


def _signed(
    request: HttpRequest, slug: str, form_class: type[SigningForm], act: Act, told: str
) -> HttpResponseBase:
    def on(review: Review) -> object:
        form = form_class(request.POST, review=review)
        if not form.is_valid():
            raise DomainError(first_fault(form))
        version = review.versions.get(number=form.cleaned_data["number"])
        organisation = get_object_or_404(
            Organisation.objects.select_related("area"), pk=form.cleaned_data["organisation"]
        )
        return act(version, organisation, form.cleaned_data)

    return acted(request, slug, on, told)
