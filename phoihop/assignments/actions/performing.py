"""What the performers do: take note, tell how it goes, report it done."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from phoihop.accounts.models import User
from phoihop.assignments import errors, following_errors
from phoihop.assignments.enums import Act, AssignmentState
from phoihop.assignments.models import Assignment, Progress
from phoihop.assignments.permissions import (
    Acting,
    acting,
    may_acknowledge,
    may_report_done,
    may_report_progress,
    performers_of,
)
from phoihop.audit.actions import record
from phoihop.audit.words import FILE, seal_words
from phoihop.core import clock, storage
from phoihop.core.uploads import Upload, taken
from phoihop.orgs.models import Organisation
from phoihop.orgs.roles import Permission

from .guards import locked_assignment, moved, require_done_day, require_state, require_words, within

LONGEST_PROGRESS = 4_000
ANSWERS_FROM = timedelta(days=30)  # what is reported from so long before a review date on answers it


@transaction.atomic
def acknowledge_assignment(*, assignment: Assignment, by: User | None) -> Assignment:
    current, who = locked_assignment(assignment), acting(by)
    if not may_acknowledge(who, current):
        raise errors.acting_needed(Permission.SUBMIT, performers_of(current))
    require_state(current, AssignmentState.GIVEN)
    current.state = AssignmentState.ACKNOWLEDGED
    current.acknowledged_at = current.last_updated_at = clock.now()
    current.acknowledged_by = by
    current.save(update_fields=["state", "acknowledged_at", "acknowledged_by", "last_updated_at"])
    own = _acting_for(who, Permission.SUBMIT, current)
    moved(current, Act.ACKNOWLEDGED, by, own)
    record("acknowledge_assignment", current, by=by, organisation=own)
    return current


def report_progress(
    *,
    assignment: Assignment,
    text: str,
    by: User | None,
    link: str = "",
    file_name: str = "",
    content: bytes = b"",
) -> Progress:
    """The bytes of a file are on disk before the transaction begins.

    Raises: FileRefused, also for what is marked as a State secret.
    """
    said = require_words(text, _("Progress"), LONGEST_PROGRESS)
    where = _own_path(link)
    who = acting(by)
    if not may_report_progress(who, assignment):
        raise errors.acting_needed(Permission.ENTER, performers_of(assignment))
    upload = taken(file_name, content) if file_name else None
    kept = storage.keep(upload.content) if upload else ("", "")
    with transaction.atomic():
        current = locked_assignment(assignment)
        require_state(current, AssignmentState.GIVEN, AssignmentState.ACKNOWLEDGED)
        own = _acting_for(who, Permission.ENTER, current)
        progress = _write_progress(current, said, where, own, upload, kept, by)
        current.last_updated_at = progress.at
        answered = _answer_review(current) if own == current.lead else []
        current.save(update_fields=["last_updated_at", *answered])
        sealed = seal_words(progress, "text", FILE)
        details = {"number": progress.number, "bytes": progress.size, **sealed}
        record("report_progress", current, by=by, organisation=own, details=details)
    return progress


@transaction.atomic
def report_done(
    *, assignment: Assignment, by: User | None, done_on: date | None = None, text: str = ""
) -> Assignment:
    """By the lead, whose word ends nothing: it stays open in its cell until the issuer closes it."""
    current, who = locked_assignment(assignment), acting(by)
    if not may_report_done(who, current):
        raise errors.acting_needed(Permission.SUBMIT, [current.lead])
    require_state(current, AssignmentState.GIVEN, AssignmentState.ACKNOWLEDGED)
    day = done_on or clock.today()
    require_done_day(current, day, clock.today())
    note = within(text.strip(), _("Note"), 500)
    current.state, current.reported_done_on = AssignmentState.REPORTED_DONE, day
    current.reported_done_at = current.last_updated_at = clock.now()
    current.reported_done_by = by
    current.save(
        update_fields=["state", "reported_done_on", "reported_done_at", "reported_done_by", "last_updated_at"]
    )
    sealed = moved(current, Act.REPORTED_DONE, by, current.lead, on=day, text=note)
    details = {"done_on": day.isoformat(), **sealed}
    record("report_done", current, by=by, organisation=current.lead, details=details)
    return current


def _write_progress(
    current: Assignment,
    text: str,
    link: str,
    organisation: Organisation,
    upload: Upload | None,
    kept: tuple[str, str],
    by: User | None,
) -> Progress:
    last = current.progress.order_by("-number").values_list("number", flat=True).first()
    return Progress.objects.create(
        assignment=current,
        number=(last or 0) + 1,
        at=clock.now(),
        by=by,
        organisation=organisation,
        text=text,
        link=link,
        name=upload.name if upload else "",
        media_type=upload.media_type if upload else "",
        size=len(upload.content) if upload else 0,
        sha256=kept[0],
        path=kept[1],
    )


def _answer_review(current: Assignment) -> list[str]:
    """Of standing work, by its lead: the review date at hand is answered, and the next one is the date in force."""
    today = clock.today()
    waiting = list(current.review_dates.filter(answered_on__isnull=True))
    if not current.is_standing or not waiting or today < waiting[0].on - ANSWERS_FROM:
        return []
    at_hand = [each for each in waiting if today >= each.on] or waiting[:1]
    current.review_dates.filter(pk__in=[each.pk for each in at_hand]).update(answered_on=today)
    later = waiting[len(at_hand) :]
    current.due_on = later[0].on if later else None
    return ["due_on"]


def _acting_for(who: Acting, permission: Permission, assignment: Assignment) -> Organisation:
    """Of the performers, the first one the user acts for: the lead before the others."""
    performers = performers_of(assignment)
    return next((each for each in performers if who.may(permission, each)), assignment.lead)


def _own_path(link: str) -> str:
    """A path of this system, without host or scheme."""
    cleaned = within(link.strip(), _("Page of the system"), 300)
    if cleaned and (not cleaned.startswith("/") or cleaned.startswith("//") or "\\" in cleaned):
        raise following_errors.link_outside(cleaned)
    return cleaned
