"""One assignment with everything said and done about it, and what the reader may do now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phoihop.assignments.cells import days_late
from phoihop.assignments.enums import Act, AssignmentState, Cell, Part
from phoihop.assignments.models import (
    Assignment,
    Escalation,
    Extension,
    Movement,
    Passing,
    Progress,
    ReviewDate,
)
from phoihop.assignments.models.assignment import UNFINISHED
from phoihop.assignments.permissions import (
    Acting,
    acting,
    closers_of,
    issuers_of,
    may_acknowledge,
    may_ask_extension,
    may_cascade,
    may_close,
    may_pass_on,
    may_report_done,
    may_report_progress,
    serves,
)
from phoihop.assignments.queries.counting import FourCells, four_cells
from phoihop.assignments.queries.passing import heirs_in_force
from phoihop.core import clock
from phoihop.core.templatetags.vietnamese import areaname, day, localname, number
from phoihop.orgs.models import Organisation
from phoihop.orgs.permissions import AnyUser


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the history; `who` is an organisation, never a person."""

    at: datetime
    title: str
    who: str = ""
    text: str = ""
    progress: Progress | None = None  # with its evidence
    is_of_day: bool = False  # kept without the time of day


@dataclass(frozen=True, slots=True)
class Duties:
    """What the reader may do now, of what the state allows."""

    acknowledge: bool
    progress: bool
    done: bool
    ask: bool
    decide: Extension | None
    close: bool
    withdraw: bool
    cascade: bool

    @property
    def any(self) -> bool:
        return any(
            (
                self.acknowledge,
                self.progress,
                self.done,
                self.ask,
                self.decide,
                self.close,
                self.withdraw,
                self.cascade,
            )
        )


@dataclass(frozen=True, slots=True)
class AssignmentPage:
    assignment: Assignment
    cell: Cell | None  # None: a draft, or withdrawn
    days_late: int
    co_organisations: Sequence[Organisation]
    givers: Sequence[Organisation]  # all issuers of joint conclusions; of a part the lead of the whole
    closers: Sequence[Organisation]
    review_dates: Sequence[ReviewDate]
    lapsed: Sequence[Extension]  # asked for, and not decided before the date passed
    history: Sequence[Entry]
    parts: FourCells
    duties: Duties
    heirs: Sequence[
        tuple[Organisation, str]
    ]  # to choose from, where the lead ended in a split and the reader may choose
    opens_lead: bool  # the lead's own page of duties is open to the reader
    opens_whole: bool  # so is what this is a part of
    today: date


def assignment_page(assignment: Assignment, user: AnyUser) -> AssignmentPage:
    who, today = acting(user), clock.today()
    with_areas = Organisation.objects.select_related("area").order_by("name_sort")
    prefetch_related_objects([assignment], Prefetch("co_organisations", with_areas))
    issuers = issuers_of(assignment.paragraph.conclusion)
    extensions = list(assignment.extensions.select_related("asked_for", "decided_for"))
    pending = [each for each in extensions if each.decided_at is None]
    return AssignmentPage(
        assignment=assignment,
        cell=assignment.cell_on(today) if assignment.is_counted else None,
        days_late=days_late(assignment.due_on, today) if assignment.state in UNFINISHED else 0,
        co_organisations=list(assignment.co_organisations.all()),
        givers=_givers(assignment.giver, issuers),
        closers=closers_of(assignment),
        review_dates=list(assignment.review_dates.all()),
        lapsed=[each for each in pending if each.from_due_on < today],
        history=history_of(assignment, extensions, issuers),
        parts=four_cells(assignment.children.all()),
        duties=_duties(assignment, who, [each for each in pending if each.from_due_on >= today], today),
        heirs=_heirs(assignment, who, today),
        opens_lead=serves(user, assignment.lead),
        opens_whole=assignment.parent_id is not None
        and Assignment.objects.visible_to(user).filter(pk=assignment.parent_id).exists(),
        today=today,
    )


def history_of(
    assignment: Assignment, extensions: Sequence[Extension], issuers: Sequence[Organisation]
) -> list[Entry]:
    """The latest first."""
    passings = list(assignment.passings.select_related("old", "heir"))
    found = [_given(assignment, passings, issuers)] if assignment.given_at else []
    movements = assignment.movements.select_related("organisation")
    found += [
        Entry(
            each.at,
            _moved(each),
            localname(each.organisation),
            each.text,
        )
        for each in movements
    ]
    said = assignment.progress.select_related("organisation")
    found += [
        Entry(
            each.at,
            _("Progress %(number)s") % {"number": each.number},
            localname(each.organisation),
            each.text,
            each,
        )
        for each in said
    ]
    for each in extensions:
        found += _of_extension(each, assignment)
    found += [Entry(_told_at(each), _told(each), is_of_day=True) for each in assignment.escalations.all()]
    found += [
        Entry(
            each.at,
            _("Passed from %(old)s to %(heir)s (%(part)s)")
            % {"old": localname(each.old), "heir": localname(each.heir), "part": each.get_part_display()},
            text=each.reason,
        )
        for each in passings
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)


def _moved(movement: Movement) -> str:
    if movement.act == Act.REPORTED_DONE:
        return _("Reported done on %(day)s") % {"day": day(movement.on)}
    if movement.act == Act.CLOSED and movement.on:
        return _("Closed: done on %(day)s") % {"day": day(movement.on)}
    return movement.get_act_display()


def _told(told: Escalation) -> str:
    """How near the date was, or how long past, on the day somebody was told: a step can be told late."""
    late, days = told.days_late, abs(told.days_late)
    if late == 0:
        said = _("Told: due today, %(day)s")
    elif late < 0:
        said = ngettext(
            "Told: due in %(days)s day, on %(day)s", "Told: due in %(days)s days, on %(day)s", days
        )
    else:
        said = ngettext(
            "Told: overdue by %(days)s day, due on %(day)s",
            "Told: overdue by %(days)s days, due on %(day)s",
            days,
        )
    return said % {"day": day(told.due_on), "days": number(days)}


def _told_at(told: Escalation) -> datetime:
    """Kept by day: shown at its beginning, before what was done that day."""
    return datetime.combine(told.told_on, time.min, tzinfo=clock.VIETNAM)


def parts_below(assignment: Assignment, user: AnyUser) -> QuerySet[Assignment]:
    """What it was divided into, of which the user may know."""
    seen = Assignment.objects.visible_to(user).filter(parent=assignment)
    return seen.select_related("paragraph__conclusion", "lead__area", "giver").order_by("order", "pk")


def _given(assignment: Assignment, passings: Sequence[Passing], issuers: Sequence[Organisation]) -> Entry:
    """By who gave it then, though that has ended since; by all issuers of joint conclusions."""
    at = assignment.given_at or clock.now()
    gave = next((each.old for each in passings if each.part == Part.GIVER), assignment.giver)
    return Entry(at, _("Assigned"), "; ".join(map(localname, _givers(gave, issuers))))


def _of_extension(asked: Extension, assignment: Assignment) -> list[Entry]:
    lead = localname(asked.asked_for or assignment.lead)
    decider = localname(asked.decided_for or assignment.giver)
    wanted = {"wanted": day(asked.wanted_on), "due": day(asked.from_due_on)}
    found = [Entry(asked.asked_at, _("Asked for %(wanted)s instead of %(due)s") % wanted, lead, asked.reason)]
    if asked.decided_at and asked.granted_on:
        title = _("Extended from %(due)s to %(granted)s") % {**wanted, "granted": day(asked.granted_on)}
        found.append(Entry(asked.decided_at, title, decider, asked.decision))
    elif asked.decided_at:
        found.append(Entry(asked.decided_at, _("Extension refused"), decider, asked.decision))
    return found


def _duties(assignment: Assignment, who: Acting, pending: Sequence[Extension], today: date) -> Duties:
    runs, closes = assignment.is_open, may_close(who, assignment)
    moves = (
        runs and not assignment.is_standing and assignment.due_on is not None and assignment.due_on >= today
    )
    return Duties(
        acknowledge=assignment.given_at is not None
        and assignment.state == AssignmentState.GIVEN
        and may_acknowledge(who, assignment),
        progress=runs and may_report_progress(who, assignment),
        done=runs and may_report_done(who, assignment),
        ask=moves and not pending and may_ask_extension(who, assignment),
        decide=pending[0] if pending and runs and closes else None,
        close=assignment.state == AssignmentState.REPORTED_DONE and closes,
        withdraw=runs and closes,
        cascade=runs and may_cascade(who, assignment),
    )


def _givers(giver: Organisation, issuers: Sequence[Organisation]) -> Sequence[Organisation]:
    """All of them where the first gave it; it alone where it did not issue: the lead of the whole, or an heir."""
    return issuers if giver == issuers[0] else [giver]


def _heirs(assignment: Assignment, who: Acting, today: date) -> Sequence[tuple[Organisation, str]]:
    """With the name to choose by: an heir of the same name is told by its area and the day it began."""
    lead = assignment.lead
    if assignment.state not in UNFINISHED:
        return []  # what is settled passes to nobody
    if lead.valid_until is None or lead.valid_until > today or not may_pass_on(who, lead):
        return []
    heirs = list(heirs_in_force(lead))
    names = [localname(lead), *(localname(each) for each in heirs)]
    return [(heir, _heir_name(heir, is_alike=names.count(localname(heir)) > 1)) for heir in heirs]


def _heir_name(heir: Organisation, *, is_alike: bool) -> str:
    name = localname(heir)
    if not is_alike:
        return name
    since = {"name": name, "area": areaname(heir.area), "day": day(heir.valid_from)}
    return _("%(name)s (%(area)s, since %(day)s)") % since
