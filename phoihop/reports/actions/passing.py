"""What an abolished organisation still had open passes to its heir; where it was split, the superior chooses."""

from collections.abc import Iterable
from datetime import date
from typing import cast

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from phoihop.accounts.models import User
from phoihop.assignments.actions import pass_assignments
from phoihop.audit.actions import event, record, record_many
from phoihop.audit.models import WordSeal
from phoihop.audit.words import seal_alike, seal_words, take_out
from phoihop.core import clock
from phoihop.orgs.models import Membership, Organisation
from phoihop.reports import errors, passing_errors
from phoihop.reports.models import DutyPassing, Report
from phoihop.reports.permissions import can_pass_on, can_redact
from phoihop.reports.queries.passing import (
    heirs_in_force,
    memberships_passed,
    open_memberships,
    open_reports,
)

from .guards import require_short


@transaction.atomic
def pass_to_only_heirs(
    *, organisations: Iterable[Organisation], by: AbstractBaseUser | None
) -> list[DutyPassing]:
    """Of each that has one heir and was not passed on yet; where there is a choice, it waits for it."""
    passed = []
    for organisation in organisations:
        heirs = heirs_in_force(organisation)
        if len(heirs) == 1 and not organisation.passings.exists():
            passed.append(pass_to_heir(organisation=organisation, heir=heirs[0], by=by))
    return passed


@transaction.atomic
def pass_to_heir(
    *, organisation: Organisation, heir: Organisation, by: AbstractBaseUser | None, reason: str = ""
) -> DutyPassing:
    """Open reports are entered by the heir from now on, drafts and assignments with them; who acted for the old one
    acts for the heir.

    Versions, dates and the old organisation's name stay as they were. A second choice replaces the first.
    """
    ended = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if not can_pass_on(by, ended):
        raise passing_errors.superior_must_choose(ended)
    if ended.valid_until is None or ended.valid_until > clock.today():
        raise passing_errors.still_in_force(ended)
    heirs = heirs_in_force(ended)
    if heir not in heirs:
        raise passing_errors.not_an_heir(ended, heir, heirs)
    why = require_short(reason)
    if len(heirs) > 1 and not why:
        raise passing_errors.reason_needed_for_a_split(ended)
    reports = _pass_reports(ended, heir, by)
    memberships = _pass_memberships(ended, heir, by)
    pass_assignments(organisation=ended, heir=heir, reason=why, by=cast("User | None", by))
    passing = DutyPassing.objects.create(
        organisation=ended,
        heir=heir,
        reason=why,
        reports=reports,
        memberships=memberships,
        at=clock.now(),
        by_id=getattr(by, "pk", None),
    )
    details = {"heir": heir.slug, "reports": reports, "memberships": memberships}
    sealed = seal_words(passing, "reason")
    record("pass_to_heir", ended, by=by, organisation=ended, details=details | sealed)
    return passing


def _pass_reports(ended: Organisation, heir: Organisation, by: AbstractBaseUser | None) -> int:
    reports = list(open_reports(ended).select_related("organisation"))
    Report.objects.filter(pk__in=[report.pk for report in reports]).update(
        entered_by=heir, heir_chosen_at=clock.now()
    )
    record_many(
        event("pass_to_heir", report, by=by, organisation=ended, details={"heir": heir.slug})
        for report in reports
    )
    return len(reports)


def _pass_memberships(ended: Organisation, heir: Organisation, by: AbstractBaseUser | None) -> int:
    """The old one ends with its organisation; the same role in the heir begins that day."""
    _take_back(ended, heir, by)
    passed = 0
    last = cast("date", ended.valid_until)
    for old in open_memberships(ended).select_related("user"):
        if old.valid_until is None or old.valid_until > last:
            old.valid_until = last
            old.save(update_fields=["valid_until"])
        held = Membership.objects.filter(
            user=old.user, organisation=heir, role=old.role, valid_until__isnull=True
        )
        if held.exists():
            continue
        new = Membership.objects.create(
            user=old.user,
            organisation=heir,
            role=old.role,
            valid_from=max(last, heir.valid_from or last),
        )
        details = {"user": old.user.username, "role": old.role, "from": ended.slug}
        record("pass_membership", new, by=by, organisation=heir, details=details)
        passed += 1
    return passed


def _take_back(ended: Organisation, heir: Organisation, by: AbstractBaseUser | None) -> None:
    """Where another heir was chosen before: nobody goes on acting for it only because of that choice."""
    today = clock.today()
    for given in memberships_passed(ended).exclude(organisation=heir).select_related("user", "organisation"):
        details = {"user": given.user.username, "role": given.role, "from": ended.slug}
        record("take_back_membership", given, by=by, organisation=given.organisation, details=details)
        if given.valid_from is not None and given.valid_from >= today:
            given.delete()
        else:
            given.valid_until = today
            given.save(update_fields=["valid_until"])


@transaction.atomic
def redact_passing_reason(
    *, ended: Organisation, heir: Organisation, words: str, reason: str, by: AbstractBaseUser | None
) -> list[WordSeal]:
    """Of every passing between the two that gives the same reason. The assignments' own rows go by their own action."""
    if not can_redact(by):
        raise errors.only_the_centre_redacts()
    if not (why := require_short(reason)):
        raise errors.reason_needed_to_redact()
    rows = list(DutyPassing.objects.filter(organisation=ended, heir=heir, reason=words))
    taken = [take_out(row, "reason", reason=why, by=by) for row in rows]
    for row in rows:
        row.save(update_fields=["reason"])
    if taken:
        details = {"seals": sorted({seal.digest for seal in taken}), **seal_alike(taken, "redaction_reason")}
        record("redact_passing_reason", ended, by=by, organisation=ended, details=details)
    return taken
