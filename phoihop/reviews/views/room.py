"""The room where a review is written, frozen, published and given its signed file."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from phoihop.accounts.access import requires
from phoihop.accounts.models import User
from phoihop.core.errors import DomainError, NotAllowed
from phoihop.reviews.actions import (
    add_uploaded_file,
    compose_review,
    edit_section,
    freeze_review,
    publish_review,
    set_drafting_unit,
)
from phoihop.reviews.actions.guards import require_composing
from phoihop.reviews.checks import warnings_of
from phoihop.reviews.compose.merge import mark_of
from phoihop.reviews.compose.text import Text
from phoihop.reviews.forms import DraftingUnitForm, PublishForm, SectionForm, UploadForm
from phoihop.reviews.models import Review, Section
from phoihop.reviews.pages.writing import blocks_from, lines_of
from phoihop.reviews.queries.room import duties_of, room_of, texts_of
from phoihop.reviews.queries.unconfirmed import waiting_review

signed_in = requires(
    lambda user: user.is_authenticated,
    gettext_lazy("Reviews are written by those who serve their area. Sign in first."),
)


@signed_in
def room(request: HttpRequest, slug: str) -> HttpResponse:
    return _room(request, _review(request, slug))


@signed_in
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, slug: str, key: str) -> HttpResponseBase:
    """One section as lines of text; what was typed stays in the form when it is refused."""
    review = _review(request, slug)
    require_composing(person(request), review)
    held = get_object_or_404(review.sections, key=key)
    form = SectionForm(request.POST or None, initial=_initial(held))
    if request.method == "POST" and form.is_valid() and _saved(request, held, form):
        messages.success(request, _("The section is saved; its earlier texts are kept below."))
        return redirect("reviews:section", slug=slug, key=key)
    context = {
        "review": review,
        "section": held,
        "form": form,
        "texts": _shown(held),
        "figures": _figures(held),
    }
    return render(request, "reviews/section.html", context, status=400 if form.errors else 200)


@signed_in
@require_POST
def compose(request: HttpRequest, slug: str) -> HttpResponseBase:
    told = _("Composed again from the reports accepted by now. What you wrote was kept.")
    return acted(request, slug, lambda review: compose_review(review=review, by=person(request)), told)


@signed_in
@require_POST
def drafting_unit(request: HttpRequest, slug: str) -> HttpResponseBase:
    form = DraftingUnitForm(request.POST)

    def act(review: Review) -> object:
        if not form.is_valid():
            raise DomainError(first_fault(form))
        unit = Text(form.cleaned_data["vi"], form.cleaned_data["en"])
        return set_drafting_unit(review=review, unit=unit, by=person(request))

    return acted(request, slug, act, _("The drafting unit is noted; the next version names it."))


@signed_in
@require_POST
def freeze(request: HttpRequest, slug: str) -> HttpResponseBase:
    told = _("Frozen as a new version, with its Word and PDF files. Nobody can change it now.")
    return acted(request, slug, lambda review: freeze_review(review=review, by=person(request)), told)


@signed_in
@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponseBase:
    def act(review: Review) -> object:
        form = PublishForm(request.POST, review=review)
        if not form.is_valid():
            raise DomainError(first_fault(form))
        said = form.cleaned_data
        version = review.versions.get(number=said["number"])
        return publish_review(version=version, audience=said["audience"], by=person(request))

    return acted(request, slug, act, _("The version is published."))


@signed_in
@require_POST
def upload(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Kept beside the version under its own hash; the version itself stays as it was frozen."""

    def act(review: Review) -> object:
        form = UploadForm(request.POST, request.FILES, review=review)
        if not form.is_valid():
            raise DomainError(first_fault(form))
        said = form.cleaned_data
        return add_uploaded_file(
            version=review.versions.get(number=said["number"]),
            name=said["file"].name,
            stream=said["file"],
            language=said["language"],
            by=person(request),
        )

    return acted(request, slug, act, _("The file is kept beside the version, with its hash."))


def acted(request: HttpRequest, slug: str, act: Callable[[Review], object], told: str) -> HttpResponseBase:
    """The room again: with what was done, or with the sentence that refused it."""
    review = _review(request, slug)
    try:
        act(review)
    except NotAllowed:
        raise
    except DomainError as refusal:
        return _room(request, review, refusal)
    messages.success(request, told)
    return redirect("reviews:room", slug=slug)


def person(request: HttpRequest) -> User:
    """Whoever has signed in: the views let nobody else through."""
    return cast("User", request.user)


def _review(request: HttpRequest, slug: str) -> Review:
    """Raises: Http404 where the person may not see it, NotAllowed where they may only read it."""
    visible = Review.objects.visible_to(request.user).select_related("programme", "area")
    found: Review = get_object_or_404(visible, slug=slug)
    if not duties_of(request.user, found).any:
        require_composing(person(request), found)
    return found


def _room(request: HttpRequest, review: Review, refusal: DomainError | None = None) -> HttpResponse:
    unit = {"vi": review.drafting_unit_vi, "en": review.drafting_unit_en}
    context = {
        "room": room_of(request.user, review),
        "warnings": warnings_of(review) if review.composed else (),
        "review": review,
        "unconfirmed": waiting_review(request.user, review) if review.versions.exists() else None,
        "refusal": refusal,
        "unit_form": DraftingUnitForm(initial=unit),
        "publish_form": PublishForm(review=review),
        "upload_form": UploadForm(review=review),
    }
    return render(request, "reviews/room.html", context, status=refusal.status if refusal else 200)


def _saved(request: HttpRequest, held: Section, form: SectionForm) -> bool:
    said = form.cleaned_data
    try:
        blocks = blocks_from(held.blocks, said["vi"], said["en"])
        edit_section(section=held, blocks=blocks, by=person(request), seen=said["seen"])
    except NotAllowed:
        raise
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _initial(held: Section) -> dict[str, str]:
    return {
        "vi": lines_of(held.blocks, "vi"),
        "en": lines_of(held.blocks, "en"),
        "seen": mark_of(held.blocks),
    }


def _shown(held: Section) -> list[tuple[object, str]]:
    return [(text, lines_of(text.blocks, "vi")) for text in texts_of(held)]


def _figures(held: Section) -> list[tuple[str, dict[str, object]]]:
    """Those the section's sentences name, so that they can be named again."""
    figures = held.review.composed.get("figures", {})
    keys = dict.fromkeys(key for block in held.blocks for key in block.get("figures", ()))
    return [(f"[[{key}]]", figures[key]) for key in keys if key in figures]


def first_fault(form: Form) -> str:
    name, faults = next(iter(form.errors.items()))
    return f"{form.fields[name].label}: {faults[0]}"
