"""What the views have in common."""

from dataclasses import dataclass
from typing import cast

from django.forms import Form
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phoihop.accounts.access import requires
from phoihop.accounts.models import User
from phoihop.areas.models import Area
from phoihop.assignments.forms import CascadeForm
from phoihop.assignments.models import Assignment, Conclusion
from phoihop.assignments.permissions import can_redact_assignments
from phoihop.assignments.queries.cascading import Plan, cascade_plan
from phoihop.assignments.queries.redactions import tombstones_on
from phoihop.assignments.sealing import Thing
from phoihop.core.errors import DomainError
from phoihop.core.templatetags.vietnamese import localname
from phoihop.orgs.permissions import AnyUser

signed_in = requires(
    lambda user: user.is_authenticated and user.is_active,
    gettext_lazy("Assignments are followed by those who serve a programme. Sign in first."),
)


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    url: str = ""  # empty: the page itself


def person(request: HttpRequest) -> User:
    """Whoever has signed in: `signed_in` let nobody else through."""
    return cast("User", request.user)


def visible_assignment(request: HttpRequest, pk: int) -> Assignment:
    """Raises: Http404 where the person may not see it."""
    related = Assignment.objects.select_related(
        "paragraph__conclusion__lead_issuer__area",
        "lead__area",
        "lead__parent",
        "giver__area",
        "parent__lead",
    )
    return get_object_or_404(related.visible_to(request.user), pk=pk)


def visible_conclusion(request: HttpRequest, slug: str) -> Conclusion:
    related = Conclusion.objects.select_related("lead_issuer__area", "area").visible_to(request.user)
    return get_object_or_404(related, slug=slug)


def taken_out(thing: Thing, user: AnyUser, page: str, key: object) -> dict[str, object]:
    """The context of taken_out.html: what was taken out, and where it is done by who may."""
    may = user.is_authenticated and can_redact_assignments(user)
    url = reverse(page, args=[key]) if may else ""
    return {"tombstones": list(tombstones_on(thing)), "redaction_url": url}


def cleaned(form: Form) -> dict[str, object]:
    """Raises: DomainError with the first fault, named by its field."""
    if form.is_valid():
        return form.cleaned_data
    name, faults = next(iter(form.errors.items()))
    label = form.fields[name].label if name in form.fields else ""
    raise DomainError(f"{label}: {faults[0]}" if label else str(faults[0]))


def plan_to_confirm(
    request: HttpRequest, form: CascadeForm, whole: Assignment, area: Area | None = None
) -> Plan | None:
    """Thousands of parts are not made before it was said how many: a form of two levels is first counted.

    Missing: None where it was counted already, is of one level, or nobody is without a part (the action says so).
    """
    if not form.is_valid() or "below" not in form.cleaned_data or "counted" in request.POST:
        return None
    said = form.cleaned_data
    return cascade_plan(whole, said["level"], said["party"], area, said["below"]) or None


def above_conclusion(conclusion: Conclusion) -> list[Step]:
    return [
        Step(_("Conclusions"), reverse("assignments:conclusions")),
        Step(localname(conclusion, "title"), reverse("assignments:conclusion", args=[conclusion.slug])),
    ]


def above_assignments() -> list[Step]:
    return [Step(_("Assignments"), reverse("assignments:list"))]
