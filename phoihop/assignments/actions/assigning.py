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
from phoihop.core import clock
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
    is_past_meant: bool = False,
) -> Assignment:
    """Given when its conclusions are issued. With review dates instead of a due day it is standing work.

    `is_past_meant`: a day that has passed already is refused unless it is confirmed.
    """
    conclusion = draft_of(paragraph.conclusion, by)
    days = _days(conclusion, due_on, review_dates, is_past_meant=is_past_meant)
    _require_performers(conclusion, lead, co_organisations)
    last = paragraph.assignments.order_by("-order").values_list("order", flat=True).first()
    assignment = Assignment(paragraph=paragraph, order=(last or 0) + 1, giver=conclusion.lead_issuer)
    _say(assignment, verb_vi, verb_en, text_vi, text_en, product_vi, product_en)
    _give_to(assignment, lead, co_organisations, days, is_standing=due_on is None)
    details = {"lead": lead.slug, "due_on": days[0].isoformat()}
    record("assign", assignment, by=by, organisation=conclusion.lead_issuer, details=details)
    return assignment


@transaction.atomic
def edit_assignment(
    *,
    assignment: Assignment,
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
    is_past_meant: bool = False,
) -> Assignment:
    """Of a draft. Parts say the same act and text and keep their leads and days; a divided one keeps its lead."""
    conclusion = draft_of(assignment.paragraph.conclusion, by)
    current = Assignment.objects.select_for_update().get(pk=assignment.pk)
    days = _days(conclusion, due_on, review_dates, is_past_meant=is_past_meant)
    _require_performers(conclusion, lead, co_organisations)
    if lead.pk != current.lead_id and current.children.exists():
        raise errors.divided_keeps_its_lead(current.lead)
    for each in (current, *current.children.all()):
        _say(each, verb_vi, verb_en, text_vi, text_en, product_vi, product_en)
        each.save()
    current.review_dates.all().delete()
    _give_to(current, lead, co_organisations, days, is_standing=due_on is None)
    details = {"lead": lead.slug, "due_on": days[0].isoformat()}
    record("edit_assignment", current, by=by, organisation=conclusion.lead_issuer, details=details)
    return current


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


def _say(
    assignment: Assignment,
    verb_vi: str,
    verb_en: str,
    text_vi: str,
    text_en: str,
    product_vi: str,
    product_en: str,
) -> None:
    assignment.verb_vi = require_words(verb_vi, _("Act"), 80)
    assignment.verb_en = within(verb_en.strip(), _("Act in English"), 80)
    assignment.text_vi = require_words(text_vi, _("Text"), LONGEST_TEXT)
    assignment.text_en = within(text_en.strip(), _("Text in English"), LONGEST_TEXT)
    assignment.product_vi = within(product_vi.strip(), _("Product"), 300)
    assignment.product_en = within(product_en.strip(), _("Product in English"), 300)


def _give_to(
    assignment: Assignment,
    lead: Organisation,
    others: Sequence[Organisation],
    days: Sequence[date],
    *,
    is_standing: bool,
) -> None:
    assignment.lead, assignment.level, assignment.is_standing = lead, lead.area.level, is_standing
    assignment.original_due_on = assignment.due_on = days[0]
    assignment.save()
    assignment.co_organisations.set(others)
    if is_standing:
        ReviewDate.objects.bulk_create(ReviewDate(assignment=assignment, on=day) for day in days)


def _days(
    conclusion: Conclusion, due_on: date | None, review_dates: Sequence[date], *, is_past_meant: bool
) -> list[date]:
    """The day it is due, or the days it is looked at, earliest first."""
    if due_on and review_dates:
        raise errors.date_and_standing()
    days = [due_on] if due_on else sorted(set(review_dates))
    if not days:
        raise errors.date_needed()
    if days[0] < conclusion.concluded_on:
        raise errors.due_before(days[0], conclusion.concluded_on)
    if days[0] < clock.today() and not is_past_meant:
        raise errors.due_passed(days[0], clock.today())
    return days


def _require_performers(conclusion: Conclusion, lead: Organisation, others: Sequence[Organisation]) -> None:
    require_in_force([lead, *others])
    if lead.pk in {each.pk for each in others}:
        raise errors.lead_twice(lead)
    if len(issuers_of(conclusion)) == 1 and lead.pk == conclusion.lead_issuer_id:
        raise errors.nobody_would_close(lead)
