"""A task from a conclusion: the act, what must be there at the end, who leads it, by when."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import Case, F, Q, Value, When

from phoihop.areas.enums import Level
from phoihop.areas.queries.served import areas_served
from phoihop.assignments.cells import STALE_AFTER, cell_of
from phoihop.assignments.enums import AssignmentState, Cell
from phoihop.assignments.models.conclusion import CoIssuer, Conclusion, Paragraph, inherited
from phoihop.core import clock
from phoihop.core.text import fold_vi
from phoihop.orgs.models import Membership, Organisation
from phoihop.orgs.queries import only_heirs

User = settings.AUTH_USER_MODEL
AnyUser = AbstractBaseUser | AnonymousUser
DONE = [AssignmentState.REPORTED_DONE.value, AssignmentState.CLOSED.value]
OPEN = [AssignmentState.GIVEN.value, AssignmentState.ACKNOWLEDGED.value]
UNFINISHED = [*OPEN, AssignmentState.REPORTED_DONE.value]  # for the issuer has not closed it
COUNTED = Q(given_at__isnull=False) & ~Q(state=AssignmentState.WITHDRAWN)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, user: AnyUser) -> Self:
        """One's own and those of the areas one serves; of conclusions one may read, also what they give directly."""
        held = Membership.objects.held_by(user, clock.today())
        if held.seeing_everything().exists():
            return self.all()
        direct = Q(parent__isnull=True, paragraph__conclusion__in=Conclusion.objects.visible_to(user))
        own = list(held.values_list("organisation", flat=True))
        if not own:
            return self.filter(direct)
        served = areas_served(held.values_list("organisation__area", flat=True), clock.today())
        ours = {*own, *inherited(own)}
        joined = Assignment.co_organisations.through.objects.filter(organisation__in=ours)
        mine = Q(lead__in=ours) | Q(giver__in=ours) | Q(pk__in=joined.values("assignment"))
        mine |= Q(pk__in=_fallen_parts(ours))
        return self.filter(direct | (Q(given_at__isnull=False) & (mine | Q(lead__area__in=served))))

    def counted(self) -> Self:
        """What the four cells are made of: given, and not withdrawn."""
        return self.filter(COUNTED)

    def open(self) -> Self:
        return self.filter(given_at__isnull=False, state__in=OPEN)

    def unfinished(self) -> Self:
        """Open, or reported done and not closed yet: its performer's word ends nothing."""
        return self.filter(given_at__isnull=False, state__in=UNFINISHED)

    def in_cell(self, cell: Cell | str, on: date) -> Self:
        return self.counted().filter(cell_condition(Cell(cell), on))

    def stale(self, at: datetime) -> Self:
        """Open, and nothing said by its performers for longer than 30 days."""
        since = at - STALE_AFTER
        never = Q(last_updated_at__isnull=True, given_at__lt=since)
        return self.open().filter(never | Q(last_updated_at__lt=since))

    def with_cell(self, on: date) -> Self:
        """`cell`, for sorting in SQL."""
        whens = [When(cell_condition(cell, on), then=Value(cell.value)) for cell in Cell]
        return self.annotate(cell=Case(*whens, output_field=models.CharField()))


def _fallen_parts(bodies: Collection[int]) -> list[int]:
    """Parts of what these issued whose giver and lead are one by now: then the other issuers close them."""
    today = clock.today()
    joined = CoIssuer.objects.filter(organisation__in=bodies).values("conclusion")
    issued = Q(paragraph__conclusion__lead_issuer__in=bodies) | Q(paragraph__conclusion__in=joined)
    one = Q(giver=F("lead")) | Q(giver__valid_until__lte=today) | Q(lead__valid_until__lte=today)
    parts = Assignment.objects.filter(one, issued, parent__isnull=False, given_at__isnull=False)
    found = list(parts.values_list("pk", "giver", "lead"))
    acting = only_heirs({body for _pk, *pair in found for body in pair}, today)
    return [pk for pk, giver, lead in found if acting.get(giver, giver) == acting.get(lead, lead)]


def cell_condition(cell: Cell, on: date) -> Q:
    """The twin of `cells.cell_of` in SQL, by the date in force now."""
    done, open_then = Q(done_on__lte=on), Q(done_on__isnull=True) | Q(done_on__gt=on)
    match cell:
        case Cell.DONE_ON_TIME:
            return done & (Q(due_on__isnull=True) | Q(done_on__lte=F("due_on")))
        case Cell.DONE_LATE:
            return done & Q(done_on__gt=F("due_on"))
        case Cell.OPEN_IN_TIME:
            return open_then & (Q(due_on__isnull=True) | Q(due_on__gte=on))
        case Cell.OPEN_OVERDUE:
            return open_then & Q(due_on__lt=on)


class Assignment(models.Model):
    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="assignments")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    order = models.PositiveSmallIntegerField(default=0)
    verb_vi = models.CharField(max_length=80)  # "Đẩy mạnh", "Tổ chức", "Ban hành"
    verb_en = models.CharField(max_length=80, blank=True)
    text_vi = models.TextField()
    text_en = models.TextField(blank=True)
    product_vi = models.CharField(max_length=300, blank=True)  # văn bản, kế hoạch, báo cáo, mô hình
    product_en = models.CharField(max_length=300, blank=True)
    giver = models.ForeignKey(Organisation, models.PROTECT, related_name="assignments_given")  # closes it
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="assignments_led")
    co_organisations = models.ManyToManyField(Organisation, related_name="assignments_joined", blank=True)
    level = models.CharField(max_length=10, choices=Level.choices)  # of the lead
    is_standing = models.BooleanField(default=False)  # no end; the date in force is its next review date
    original_due_on = models.DateField(null=True, blank=True)  # kept for ever
    due_on = models.DateField(null=True, blank=True)  # in force
    is_extended = models.BooleanField(default=False)
    state = models.CharField(max_length=15, choices=AssignmentState.choices, default=AssignmentState.GIVEN)
    given_at = models.DateTimeField(null=True, blank=True)  # null: its conclusions are a draft
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reported_done_on = models.DateField(null=True, blank=True)  # as its lead says
    done_on = models.DateField(
        null=True, blank=True
    )  # as the issuer confirmed; late or on time is judged by it
    reported_done_at = models.DateTimeField(null=True, blank=True)
    reported_done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdraw_reason = models.CharField(max_length=500, blank=True)
    last_updated_at = models.DateTimeField(null=True, blank=True)  # by its performers; null: never
    words_fold = models.TextField(editable=False)  # for searching

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_standing=True) | Q(due_on__isnull=False, original_due_on__isnull=False),
                name="assignments_has_a_date_or_stands",
            ),
            models.CheckConstraint(
                condition=Q(is_standing=True) | Q(due_on__gte=F("original_due_on")),
                name="assignments_date_only_moves_later",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DONE, reported_done_on__isnull=False, reported_done_at__isnull=False)
                | (~Q(state__in=DONE) & Q(reported_done_on__isnull=True)),
                name="assignments_reported_done_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", done_on__isnull=False)
                | (~Q(state="closed") & Q(done_on__isnull=True)),
                name="assignments_done_once_closed",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="assignments_closed_has_its_instant",
            ),
            models.CheckConstraint(
                condition=(Q(state="withdrawn", withdrawn_at__isnull=False) & ~Q(withdraw_reason=""))
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True)),
                name="assignments_withdrawn_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(given_at__isnull=False) | Q(state="given"), name="assignments_draft_is_not_begun"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")), name="assignments_parent_is_another"
            ),
            models.UniqueConstraint(
                fields=["parent", "lead"], condition=Q(parent__isnull=False), name="assignments_child_once"
            ),
        ]
        indexes = [
            models.Index(fields=["lead", "state", "due_on"]),
            models.Index(fields=["state", "due_on"]),
            models.Index(fields=["giver", "state"]),
        ]

    def __str__(self) -> str:
        return f"{self.verb_vi} {self.text_vi}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_search_columns()
        super().save(*args, **kwargs)

    def fill_search_columns(self) -> None:
        """Also for bulk_create, which does not call save()."""
        self.words_fold = fold_vi(f"{self.verb_vi} {self.text_vi} {self.product_vi}")

    @property
    def is_open(self) -> bool:
        return self.given_at is not None and self.state in OPEN

    @property
    def is_waiting(self) -> bool:
        """Reported done, and not closed yet."""
        return self.state == AssignmentState.REPORTED_DONE

    @property
    def first_done_on(self) -> date | None:
        """The earliest day it can have been done: that of the conclusions, which may lie before their issue."""
        days = [each for each in (self.given_on, self.paragraph.conclusion.concluded_on) if each]
        return min(days, default=None)

    @property
    def is_done(self) -> bool:
        return self.state == AssignmentState.CLOSED

    @property
    def is_counted(self) -> bool:
        return self.given_at is not None and self.state != AssignmentState.WITHDRAWN

    def cell_on(self, day: date) -> Cell:
        return cell_of(done_on=self.done_on, due_on=self.due_on, on=day)

    @property
    def given_on(self) -> date | None:
        return clock.day_of(self.given_at) if self.given_at else None
