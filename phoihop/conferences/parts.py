"""What the parts of a page show. A page that includes one gives it the value of the same name in its context:

roll_call_panel.html: roll_call_part    roll_call_form.html: answer_part    vote_panel.html: vote_part
vote_form.html: seat_part    notes_panel.html: notes_part    note_form.html, hall_vote.html: nothing but `conference`
"""

from collections.abc import Sequence
from dataclasses import dataclass

from phoihop.conferences.actions.notes import LONGEST
from phoihop.conferences.display import centre_of
from phoihop.conferences.enums import ConferenceState, SiteKind, VoteState
from phoihop.conferences.media.choice import has_media
from phoihop.conferences.models import Conference, PresidiumNote, RollCall, Seat, Site, Vote
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.presence_forms import PhoneAnswerForm
from phoihop.conferences.queries.attendance import (
    BlocLine,
    DelegationLine,
    SiteLine,
    attendance,
    attendance_by_bloc,
    delegation_lines,
    waiting_first,
)
from phoihop.conferences.queries.finding import A_PAGE, lines_by_name
from phoihop.conferences.queries.quorum import Quorum, last_roll_call, quorum, quorum_of
from phoihop.conferences.queries.voting import (
    has_voted,
    last_vote_of,
    open_vote_of,
    seats_that_may_ring,
    voted,
)
from phoihop.conferences.voting_forms import VoteForm

_ASKING = (ConferenceState.INVITED, ConferenceState.OPEN)  # when a roll-call can be held


@dataclass(frozen=True, slots=True)
class RollCallPart:
    roll_call: RollCall | None
    quorum: Quorum | None
    lines: Sequence[DelegationLine]  # who has not answered first; as many as a list has room for
    found: int
    typed: str
    waiting: int
    may_run: bool
    may_phone: bool
    phone_form: PhoneAnswerForm | None

    @property
    def is_searched(self) -> bool:
        return bool(self.typed) or self.found > len(self.lines)


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """For a site: its delegations, and whether who looks is the one who signs."""

    roll_call: RollCall | None
    site: Site | None
    lines: Sequence[DelegationLine]
    may_answer: bool


@dataclass(frozen=True, slots=True)
class StagePart:
    """For a page that shows pictures."""

    centre: str  # slug of the central site
    may_publish: bool


@dataclass(frozen=True, slots=True)
class AttendancePart:
    roll_call: RollCall | None
    roll_calls: Sequence[RollCall]
    quorum: Quorum | None  # of the chosen roll-call
    sites: Sequence[SiteLine]
    blocs: Sequence[BlocLine]
    sees_connections: bool  # the presidium's: who was connected, and how well


@dataclass(frozen=True, slots=True)
class VotePart:
    open: Vote | None
    voted: int
    prepared: Sequence[Vote]
    last: Vote | None  # closed
    may_run: bool
    may_open: bool  # a vote is opened in session
    may_prepare: bool
    may_phone: bool
    form: VoteForm
    seats: Sequence[Seat]  # that may still vote by telephone, in a named vote
    quorum: Quorum | None  # by the last roll-call, told before a vote is opened


@dataclass(frozen=True, slots=True)
class SeatPart:
    seat: Seat | None
    vote: Vote | None  # open, or the last one closed
    has_voted: bool


@dataclass(frozen=True, slots=True)
class NotesPart:
    unread: Sequence[PresidiumNote]
    read: Sequence[PresidiumNote]
    longest: int = LONGEST


def roll_call_part(conference: Conference, by: Attendee, typed: str = "") -> RollCallPart:
    """typed: a name among the delegations to ring."""
    last = last_roll_call(conference)
    lines = delegation_lines(conference, last)
    found = lines_by_name(waiting_first(lines), typed)
    may_phone = by.may(Act.RECORD_BY_PHONE) and last is not None and last.closed_at is None
    return RollCallPart(
        roll_call=last,
        quorum=quorum(conference),
        lines=found[:A_PAGE],
        found=len(found),
        typed=typed,
        waiting=sum(1 for line in lines if line.answer is None),
        may_run=by.may(Act.RUN_ROLL_CALL) and conference.state in _ASKING,
        may_phone=may_phone,
        phone_form=PhoneAnswerForm(conference=conference, auto_id="phone-%s") if may_phone else None,
    )


def answer_part(conference: Conference, by: Attendee) -> AnswerPart:
    last, site = last_roll_call(conference), by.site
    lines = delegation_lines(conference, last) if site is not None else []
    return AnswerPart(
        roll_call=last,
        site=site,
        lines=[line for line in lines if site is not None and line.delegation.site_id == site.pk],
        may_answer=by.may(Act.ANSWER_ROLL_CALL)
        and by.user is not None
        and site is not None
        and site.head_id == by.user.pk,
    )


def attendance_part(conference: Conference, by: Attendee, number: str) -> AttendancePart:
    """number: of the roll-call, as typed; the last one where there is none of it."""
    held = list(conference.roll_calls.order_by("number"))
    chosen = next((each for each in held if str(each.number) == number), held[-1] if held else None)
    return AttendancePart(
        roll_call=chosen,
        roll_calls=held,
        quorum=quorum_of(chosen) if chosen else None,
        sites=attendance(conference, chosen),
        blocs=attendance_by_bloc(conference, chosen),
        sees_connections=by.may(Act.SEE_PRESIDIUM_PART),
    )


def vote_part(conference: Conference, by: Attendee) -> VotePart:
    now = open_vote_of(conference)
    may_phone = by.may(Act.RECORD_BY_PHONE)
    return VotePart(
        open=now,
        voted=voted(now) if now else 0,
        prepared=list(conference.votes.filter(state=VoteState.PREPARED).select_related("item")),
        last=conference.votes.filter(state=VoteState.CLOSED)
        .select_related("item")
        .order_by("-closed_at")
        .first(),
        may_run=by.may(Act.RUN_VOTE),
        may_open=by.may(Act.RUN_VOTE) and conference.state == ConferenceState.OPEN,
        may_prepare=conference.state != ConferenceState.CLOSED,
        may_phone=may_phone,
        form=VoteForm(conference=conference, auto_id="vote-%s"),
        seats=list(seats_that_may_ring(now)) if now and may_phone else [],
        quorum=quorum(conference),
    )


def seat_part(conference: Conference, by: Attendee) -> SeatPart:
    vote = last_vote_of(conference)
    held = by.grant.seat if by.grant is not None else None
    seats = Seat.objects.select_related("delegation__site")
    seat = seats.get(pk=held.pk) if held is not None else None
    return SeatPart(seat, vote, bool(vote and seat and has_voted(vote, seat)))


def notes_part(conference: Conference) -> NotesPart:
    notes = PresidiumNote.objects.filter(site__conference=conference).select_related("site")
    unread, read = notes.filter(read_at__isnull=True), notes.filter(read_at__isnull=False)
    return NotesPart(list(unread.order_by("at", "pk")), list(read[:50]))


def stage_part(conference: Conference, by: Attendee) -> StagePart | None:
    """None where there are no pictures: no engine, held in writing or in one hall, or over."""
    if not has_media() or conference.state not in {ConferenceState.INVITED, ConferenceState.OPEN}:
        return None
    may_publish = by.may(Act.PUBLISH) and by.site is not None and by.site.kind != SiteKind.VIEWING
    return StagePart(centre=centre_of(conference), may_publish=may_publish)
