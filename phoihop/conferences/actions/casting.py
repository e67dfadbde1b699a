"""A seat votes, once. In a secret vote what was chosen goes into the urn and nowhere else."""

from phoihop.conferences import urn, voting_errors
from phoihop.conferences.actions.changing import Change, changing
from phoihop.conferences.enums import VoteKind, VoteState
from phoihop.conferences.models import ConferenceEvent, Seat, Vote, VoteCast
from phoihop.conferences.permissions import Act, Attendee
from phoihop.core import clock


def cast_vote(*, vote: Vote, seat: Seat, choice: str, by: Attendee | None, key: str = "") -> VoteCast:
    """The vote of one seat, from the device its code was typed into.

    A secret vote told again, by whichever request, finds its seat on the list and changes nothing: the key of the
    request is not kept for it. A named vote told again under the same key with the same choice is answered as before.

    Raises: NotAllowed for another seat, or one not entitled; Conflict where the vote is not open or the seat has
    voted by name; DomainError for a choice the vote does not have.
    """
    is_secret = vote.kind == VoteKind.SECRET
    with changing(
        vote.conference, Act.CAST_VOTE, by, key="" if is_secret else key, in_session=True
    ) as change:
        if by is not None and (by.grant is None or by.grant.seat_id != seat.pk):
            raise voting_errors.not_your_seat(seat)
        before = VoteCast.objects.filter(vote=vote, seat=seat).first()
        if before is not None:
            if is_secret or _is_the_same(change, before, choice, key):
                return before
            raise voting_errors.voted_already(seat)
        return _cast(change, vote, seat, choice)


def record_vote_by_phone(
    *, vote: Vote, seat: Seat, choice: str, by: Attendee | None, key: str = ""
) -> VoteCast:
    """Of a site without a network: the secretary writes what was heard, and is named with it. Named votes only."""
    with changing(vote.conference, Act.RECORD_BY_PHONE, by, key=key, in_session=True) as change:
        if vote.kind == VoteKind.SECRET:
            raise voting_errors.by_phone_is_named(vote)
        if VoteCast.objects.filter(vote=vote, seat=seat).exists():
            raise voting_errors.voted_already(seat)
        return _cast(change, vote, seat, choice, is_by_phone=True)


def _cast(change: Change, vote: Vote, seat: Seat, choice: str, *, is_by_phone: bool = False) -> VoteCast:
    current = Vote.objects.select_related("urn").get(pk=vote.pk)
    if current.conference_id != change.conference.pk:
        raise voting_errors.another_conference(current)
    if current.state != VoteState.OPEN:
        raise voting_errors.not_open(current)
    keys = [option["key"] for option in current.options]
    if choice not in keys:
        raise voting_errors.unknown_option(current, choice)
    _require_entitled(change, current, seat)
    is_named = current.kind == VoteKind.NAMED
    cast = VoteCast.objects.create(
        vote=current, seat=seat, at=clock.now(), choice=choice if is_named else "", is_by_phone=is_by_phone
    )
    if not is_named:
        current.urn.slips = urn.filled_in(bytes(current.urn.slips), keys.index(choice) + 1)
        current.urn.save(update_fields=["slips"])
    told = {"choice": choice} if is_named else {}
    what = "record_vote_by_phone" if is_by_phone else "cast_vote"
    shows = ("prepared",) if is_by_phone else ()  # the panel of who wrote it down is drawn again
    change.tell(what, thing=current, shows=shows, vote=current.pk, seat=seat.pk, **told)
    return cast


def _require_entitled(change: Change, vote: Vote, seat: Seat) -> None:
    """As the vote opened, and of a site that has not been taken out since."""
    where = ("delegation__site", "delegation__site__conference", "delegation__site__is_removed")
    site, conference, is_removed = Seat.objects.values_list(*where).get(pk=seat.pk)
    is_of_it = conference == change.conference.pk and seat.pk <= (vote.last_seat or 0)
    if is_removed or not is_of_it or site in vote.sites_out:
        raise voting_errors.not_entitled(seat)


def _is_the_same(change: Change, before: VoteCast, choice: str, key: str) -> bool:
    if not key or before.choice != choice:
        return False
    asked = ConferenceEvent.objects.filter(conference=change.conference, request_key=key, type="cast_vote")
    return asked.filter(payload__seat=before.seat_id, payload__vote=before.vote_id).exists()
