"""Who may do what at a conference. A duty is held by an official, by the head of a site, or by a code's holder."""

from dataclasses import dataclass
from enum import StrEnum

from phoihop.accounts.models import User
from phoihop.conferences.enums import (
    ConferenceKind,
    ConferenceState,
    Duty,
    GrantKind,
    RecordingAudience,
    SiteKind,
)
from phoihop.conferences.models import Conference, Delegation, Grant, Site, Speaker
from phoihop.core import clock
from phoihop.orgs.models import Membership, Organisation
from phoihop.orgs.permissions import AnyUser, can_act_for
from phoihop.orgs.roles import Permission


class Act(StrEnum):
    PREPARE = "prepare"  # sites, delegations, agenda, documents, invitations
    WATCH = "watch"
    SEE_DELEGATES_PART = "see_delegates_part"  # internal items
    SEE_PRESIDIUM_PART = "see_presidium_part"  # hidden items, notes, who is connected
    RUN_AGENDA = "run_agenda"
    GIVE_FLOOR = "give_floor"
    MANAGE_LIST = "manage_list"
    ASK_TO_SPEAK = "ask_to_speak"
    WRITE_NOTE = "write_note"
    SHOW_HALL = "show_hall"
    RUN_ROLL_CALL = "run_roll_call"
    ANSWER_ROLL_CALL = "answer_roll_call"  # of one's own site
    RECORD_BY_PHONE = "record_by_phone"  # answers and votes heard over the telephone
    RUN_VOTE = "run_vote"
    CAST_VOTE = "cast_vote"
    REMOVE_SITE = "remove_site"
    WATCH_SITES = "watch_sites"  # pictures of several sites at once, on the hall's screen
    MUTE = "mute"  # a site's microphone, and the stage back to the centre
    PUBLISH = "publish"  # a site's camera and microphone
    RECORD = "record"  # starts and stops the recording of the stage
    GIVE_OPINION = "give_opinion"  # for a body asked in writing
    WRITE_MINUTES = "write_minutes"
    CONCLUDE = "conclude"  # conclusions and their assignments
    REDACT = "redact"  # a person's data; no duty gives it: the central desk alone (reports.permissions)


_A = Act
_WATCHING = frozenset({_A.WATCH})
_AT_A_SITE = _WATCHING | {_A.SEE_DELEGATES_PART, _A.ASK_TO_SPEAK}
_AT_THE_TABLE = _WATCHING | {
    _A.SEE_DELEGATES_PART,
    _A.SEE_PRESIDIUM_PART,
    _A.MANAGE_LIST,
    _A.RUN_ROLL_CALL,
    _A.WATCH_SITES,
    _A.RECORD,
}
_ON_THE_FLOOR = {_A.RUN_AGENDA, _A.GIVE_FLOOR, _A.SHOW_HALL, _A.REMOVE_SITE, _A.MUTE}
MAY: dict[Duty, frozenset[Act]] = {
    Duty.CHAIR: _AT_THE_TABLE | _ON_THE_FLOOR | {_A.RUN_VOTE, _A.CONCLUDE},
    Duty.SECRETARY: _AT_THE_TABLE | {_A.PREPARE, _A.RECORD_BY_PHONE, _A.WRITE_MINUTES},
    Duty.DIRECTOR: _AT_THE_TABLE | _ON_THE_FLOOR | {_A.PREPARE},
    Duty.RAPPORTEUR: _WATCHING | {_A.SEE_DELEGATES_PART},  # of no site: the table puts him on the list
    Duty.HEAD: _AT_A_SITE | {_A.WRITE_NOTE, _A.ANSWER_ROLL_CALL, _A.PUBLISH},
    Duty.ROOM: _AT_A_SITE | {_A.WRITE_NOTE, _A.PUBLISH},
    Duty.SEAT: _AT_A_SITE | {_A.CAST_VOTE},
    Duty.VIEWER: _WATCHING,
}
BY_CODE = MAY[Duty.ROOM] | MAY[Duty.SEAT] | MAY[Duty.VIEWER]
# What an organiser's own desk does outside the session.
ORGANISING: dict[Permission, frozenset[Act]] = {
    Permission.FREEZE: frozenset(
        {_A.PREPARE, _A.WATCH, _A.SEE_DELEGATES_PART, _A.SEE_PRESIDIUM_PART, _A.WRITE_MINUTES}
    ),
    Permission.PUBLISH: frozenset({_A.WATCH, _A.CONCLUDE}),
}
_OF_GRANT = {GrantKind.ROOM: Duty.ROOM, GrantKind.SEAT: Duty.SEAT, GrantKind.VIEW: Duty.VIEWER}


@dataclass(frozen=True, slots=True)
class Attendee:
    """Whoever stands behind a request: a signed-in user, or the browser a code was typed into."""

    user: User | None = None
    grant: Grant | None = None
    duties: frozenset[Duty] = frozenset()
    acts: frozenset[Act] = frozenset()
    site: Site | None = None  # of the head, the room or the seat

    def may(self, act: Act) -> bool:
        return act in self.acts

    @property
    def username(self) -> str:
        """What the log and the audit know it by."""
        if self.user is not None:
            return str(self.user.username)
        if self.grant is None:
            return ""
        return f"seat:{self.grant.seat_id}" if self.grant.seat_id else f"site:{self.grant.site.slug}"


def attendee_of(conference: Conference, user: AnyUser, grant: Grant | None = None) -> Attendee:
    """A signed-in user's duties and those of a code typed into the same browser add up, but for one site only: a room or
    a delegate's place is that of its code, and a head who opened it elsewhere heads nothing in this browser.
    """
    person = user if isinstance(user, User) and user.is_active else None
    standing = grant if grant is not None and is_open_door(grant, conference) else None
    head_of = _site_headed(conference, person)
    site = _site_of(standing, head_of)
    duties = set(_official_duties(conference, person))
    if head_of is not None and head_of == site:
        duties.add(Duty.HEAD)
    if standing is not None:
        duties.add(_OF_GRANT[GrantKind(standing.kind)])
    acts = frozenset[Act]().union(*(MAY[duty] for duty in duties)) | _organising_acts(conference, person)
    acts |= _answering_acts(conference, person)
    if Duty.ROOM in duties and site is not None and site.kind == SiteKind.CENTRE:
        acts |= {Act.WATCH_SITES}  # the machine at the hall's wall
    return Attendee(person, standing, frozenset(duties), acts, site)


def can_view_conference(user: AnyUser, conference: Conference) -> bool:
    return Conference.objects.visible_to(user).filter(pk=conference.pk).exists()


def can_view_recording(by: Attendee, conference: Conference) -> bool:
    """As was decided before it began; of whoever may read of the conference at all."""
    match conference.recording_for:
        case RecordingAudience.PRESIDIUM:
            return by.may(Act.SEE_PRESIDIUM_PART)
        case RecordingAudience.DELEGATES:
            return by.may(Act.SEE_DELEGATES_PART) or _is_of_a_body_invited(by.user, conference)
    return True


def _is_of_a_body_invited(user: User | None, conference: Conference) -> bool:
    if user is None:
        return False
    held = Membership.objects.held_by(user, clock.today()).values("organisation")
    invited = Delegation.objects.filter(site__conference=conference, organisation__in=held)
    return bool(invited.exists())


def may_withdraw(by: Attendee, speaker: Speaker) -> bool:
    """A request belongs to who made it. The table withdraws any; a phone its own; the room and the head of a site what
    was asked from either or written down for the site, never what a delegate asked from a phone.
    """
    if by.may(Act.MANAGE_LIST):
        return True
    if by.site is None or by.site.pk != speaker.site_id:
        return False
    if by.grant is not None and by.grant.seat_id:
        return bool(speaker.requester == by.username)
    return not speaker.requester.startswith("seat:")


def is_open_door(grant: Grant, conference: Conference) -> bool:
    site = grant.site
    if site.conference_id != conference.pk or site.is_removed or grant.revoked_at is not None:
        return False
    edition = grant.seat.code_edition if grant.seat is not None else site.code_edition
    return grant.code_edition == edition and grant.expires_at > clock.now()


def duties_that_may(act: Act) -> list[Duty]:
    """Whom to ask: what a refusal names."""
    return [duty for duty in Duty if act in MAY[duty]]


def _official_duties(conference: Conference, user: User | None) -> list[Duty]:
    if user is None:
        return []
    return [Duty(each) for each in conference.officials.filter(user=user).values_list("duty", flat=True)]


def _site_headed(conference: Conference, user: User | None) -> Site | None:
    if user is None:
        return None
    found: Site | None = conference.sites.filter(head=user, is_removed=False).first()
    return found


def _site_of(standing: Grant | None, head_of: Site | None) -> Site | None:
    """A code for viewing speaks for no site: whoever heads one does so beside it."""
    if standing is None or (head_of is not None and standing.kind == GrantKind.VIEW):
        return head_of
    site: Site = standing.site
    return site


def _answering_acts(conference: Conference, user: User | None) -> frozenset[Act]:
    """Of who reports or approves for a body that is asked in writing."""
    asked = conference.kind == ConferenceKind.WRITTEN and conference.state != ConferenceState.PREPARING
    if user is None or not asked or not bodies_answered_for(conference, user):
        return frozenset()
    return _WATCHING | {_A.SEE_DELEGATES_PART, _A.GIVE_OPINION}


def bodies_answered_for(conference: Conference, user: AnyUser) -> list[Organisation]:
    """Bodies of its delegations in whose name the user may answer."""
    asked = Delegation.objects.filter(site__conference=conference, site__is_removed=False)
    held = Membership.objects.held_by(user, clock.today()).values("organisation")
    bodies = Organisation.objects.filter(pk__in=asked.values("organisation")).filter(pk__in=held)
    return [
        each
        for each in bodies.select_related("area").order_by("name_sort")
        if can_act_for(user, Permission.SUBMIT, each)
    ]


def _organising_acts(conference: Conference, user: User | None) -> frozenset[Act]:
    if user is None:
        return frozenset()
    bodies = [each.organisation for each in conference.organisers.select_related("organisation__area")]
    return frozenset[Act]().union(
        *(
            acts
            for needed, acts in ORGANISING.items()
            if any(can_act_for(user, needed, body) for body in bodies)
        )
    )
