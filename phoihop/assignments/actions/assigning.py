"""Assignments made from a paragraph while the conclusions are a draft."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from phoihop.accounts.models import User
from phoihop.assignments import errors
from phoihop.assignments.models import Assignment, Conclusion, Paragraph, ReviewDate
from phoihop.assignments.permissions import issuers_of
from phoihop.audit.actions import record
from phoihop.orgs.models import Organisation

from .drafting import LONGEST_TEXT
from .guards import draft_of, require_in_force, require_words, within


@transaction.atomic
def assign(
    *,
    paragraph: Paragraph,
    verb_vi: str,
    text_vi: str,
    lead: Organisation,
    by: User | None,
    due_on: date | None = None,
    review_dates: Sequence[date] = (),
    co_organisations: Sequence[Organisation] = (),
    verb_en: str = "",
    text_en: str = "",
    product_vi: str = "",
    product_en: str = "",
) -> Assignment:
    """Given when its conclusions are issued. With review dates instead of a due day it is standing work."""
    conclusion = draft_of(paragraph.conclusion, by)
    days = _days(conclusion, due_on, review_dates)
    _require_performers(conclusion, lead, co_organisations)
    last = paragraph.assignments.order_by("-order").values_list("order", flat=True).first()
    assignment = Assignment.objects.create(
        paragraph=paragraph,
        order=(last or 0) + 1,
        verb_vi=require_words(verb_vi, _("Act"), 80),
        verb_en=within(verb_en.strip(), _("Act in English"), 80),
        text_vi=require_words(text_vi, _("Text"), LONGEST_TEXT),
        text_en=within(text_en.strip(), _("Text in English"), LONGEST_TEXT),
        product_vi=within(product_vi.strip(), _("Product"), 300),
        product_en=within(product_en.strip(), _("Product in English"), 300),
        giver=conclusion.lead_issuer,
        lead=lead,
        level=lead.area.level,
        is_standing=due_on is None,
        original_due_on=days[0],
        due_on=days[0],
    )
    assignment.co_organisations.set(co_organisations)
    if due_on is None:
        ReviewDate.objects.bulk_create(ReviewDate(assignment=assignment, on=day) for day in days)
    details = {"lead": lead.slug, "due_on": days[0].isoformat()}
    record("assign", assignment, by=by, organisation=conclusion.lead_issuer, details=details)
    return assignment


@transaction.atomic
def remove_assignment(*, assignment: Assignment, by: User | None) -> None:
    """Off a draft, with its parts; what was given is withdrawn instead."""
    conclusion = draft_of(assignment.paragraph.conclusion, by)
    levels = _parts_by_level(assignment)
    details = {"lead": assignment.lead.slug, "parts": sum(map(len, levels[1:]))}
    record("remove_assignment", assignment, by=by, organisation=conclusion.lead_issuer, details=details)
    for numbers in reversed(levels):  # a part before what it is a part of
        ReviewDate.objects.filter(assignment__in=numbers).delete()
        Assignment.objects.filter(pk__in=numbers).delete()


def _parts_by_level(assignment: Assignment) -> list[list[int]]:
    """Itself, its parts, their parts."""
    levels = [[assignment.pk]]
    while below := list(Assignment.objects.filter(parent__in=levels[-1]).values_list("pk", flat=True)):
        levels.append(below)
    return levels


def _days(conclusion: Conclusion, due_on: date | None, review_dates: Sequence[date]) -> list[date]:
    """The day it is due, or the days it is looked at, earliest first."""
    if due_on and review_dates:
        raise errors.date_and_standing()
    days = [due_on] if due_on else sorted(set(review_dates))
    if not days:
        raise errors.date_needed()
    if days[0] < conclusion.concluded_on:
        raise errors.due_before(days[0], conclusion.concluded_on)
    return days


def _require_performers(conclusion: Conclusion, lead: Organisation, others: Sequence[Organisation]) -> None:
    require_in_force([lead, *others])
    if lead.pk in {each.pk for each in others}:
        raise errors.lead_twice(lead)
    if len(issuers_of(conclusion)) == 1 and lead.pk == conclusion.lead_issuer_id:
        raise errors.nobody_would_close(lead)
