"""A consultation in writing: bodies answer by a date, are reminded, and it closes without a session."""

from collections.abc import Sequence

from django.db.models import Max

from phoihop.conferences import preparing_errors
from phoihop.conferences.actions.changing import Change, changing
from phoihop.conferences.actions.guards import require_not_closed
from phoihop.conferences.enums import ConferenceKind, ConferenceState
from phoihop.conferences.models import Conference, Opinion
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.queries.written import answers_of, bodies_asked, reminded_on
from phoihop.core import clock
from phoihop.core.text import nfc
from phoihop.orgs.models import Organisation
from phoihop.orgs.permissions import can_act_for
from phoihop.orgs.roles import Permission

LONGEST_REASON = 500


def give_opinion(
    *, conference: Conference, organisation: Organisation, text: str, by: Attendee | None, key: str = ""
) -> Opinion:
    """A later one of the same body stands beside the earlier; one that comes after the day counts as late.

    Raises: NotAllowed for a body that is not asked, or a user who does not answer for it.
    """
    with changing(conference, Act.GIVE_OPINION, by, key=key) as change:
        _require_asked(change)
        said = nfc(text).strip()
        if not bodies_asked(conference).filter(pk=organisation.pk).exists():
            raise preparing_errors.body_not_asked(organisation)
        if by is not None and not (by.user and can_act_for(by.user, Permission.SUBMIT, organisation)):
            raise preparing_errors.not_for_that_body(organisation)
        if not said:
            raise preparing_errors.opinion_needed()
        earlier = change.conference.opinions.filter(organisation=organisation)
        if (last := earlier.order_by("-number").first()) is not None and last.text == said:
            raise preparing_errors.opinion_said_already()
        number = (earlier.aggregate(last=Max("number"))["last"] or 0) + 1
        given = Opinion.objects.create(
            conference=change.conference,
            organisation=organisation,
            number=number,
            text=said,
            at=clock.now(),
            by=change.user,
        )
        change.tell("give_opinion", thing=given, organisation=organisation.slug, number=number)
    return given


def remind_bodies(*, conference: Conference, by: Attendee | None, key: str = "") -> list[Organisation]:
    """Those that have not answered, once a day at most; they see it on their page of the consultation."""
    with changing(conference, Act.PREPARE, by, key=key) as change:
        _require_asked(change)
        done = set(reminded_on(change.conference, clock.today()))
        answered = change.conference.opinions.values("organisation")
        silent = bodies_asked(change.conference).exclude(pk__in=answered)
        reminded: Sequence[Organisation] = [body for body in silent if body.slug not in done]
        if not reminded:
            raise preparing_errors.nobody_to_remind()
        change.tell("remind_bodies", organisations=[body.slug for body in reminded])
    return list(reminded)


def close_written_review(
    *, conference: Conference, by: Attendee | None, reason: str = "", key: str = ""
) -> Conference:
    """Everyone has answered, or the last day has passed, or a reason is given; conclusions follow as after a meeting.

    Raises: Conflict before the last day while bodies have still to answer and no reason is given.
    """
    with changing(conference, Act.PREPARE, by, key=key) as change:
        _require_asked(change)
        held = change.conference
        asked, answered = answers_of(held)
        said = nfc(reason).strip()[:LONGEST_REASON]
        is_early = clock.now() < held.ends_at and answered < asked
        if is_early and not answered:
            raise preparing_errors.nobody_answered()
        if is_early and not said:
            raise preparing_errors.reason_to_close_early(held, asked - answered)
        held.state, held.opened_at = ConferenceState.CLOSED, held.invited_at or clock.now()
        held.closed_at = clock.now()
        held.save(update_fields=["state", "opened_at", "closed_at"])
        change.tell(
            "close_written_review", shows=("conference",), asked=asked, answered=answered,
            last_day=held.ends_at.isoformat(), reason=said if is_early else "",
        )  # fmt: skip
    return conference


def _require_asked(change: Change) -> None:
    held = change.conference
    if held.kind != ConferenceKind.WRITTEN:
        raise preparing_errors.not_in_writing(held)
    require_not_closed(change)
    if held.state == ConferenceState.PREPARING:
        raise preparing_errors.not_asked_yet(held)
