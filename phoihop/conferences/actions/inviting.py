"""Invitations, and the codes on them."""

from datetime import date

from django.db.models import QuerySet

from phoihop.conferences import preparing_errors
from phoihop.conferences.actions.changing import Change, changing
from phoihop.conferences.actions.guards import lay, require_not_closed
from phoihop.conferences.checks import missing_for_invitations
from phoihop.conferences.enums import ConferenceState
from phoihop.conferences.facts import LetterFacts
from phoihop.conferences.models import Conference, Grant, Seat, Site
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.queries.inviting import is_changed_since_sent
from phoihop.core import clock


def number_letters(
    *, conference: Conference, number: str, on: date | None, by: Attendee | None, key: str = ""
) -> Conference:
    """The number and the day the office gave the letters; empty: places for them are left open in print."""
    with changing(conference, Act.PREPARE, by, key=key) as change:
        require_not_closed(change)
        lay(change.conference, LetterFacts(letter_number=number, letter_on=on))
        told = on.isoformat() if on else ""
        change.tell("number_letters", number=change.conference.letter_number, on=told)
    return conference


def send_invitations(*, conference: Conference, by: Attendee | None, key: str = "") -> Conference:
    """Those invited see the conference from now on; the codes on the letters count as handed out.

    Again later: to sites added since, or whose codes were renewed; to all where time, place or title changed.
    Raises: Conflict with what is still missing, or where everyone has an invitation.
    """
    with changing(conference, Act.PREPARE, by, key=key) as change:
        require_not_closed(change)
        held = change.conference
        if missing := missing_for_invitations(held):
            raise preparing_errors.not_ready(missing)
        anew = is_changed_since_sent(held)
        waiting = [site for site in held.sites.filter(is_removed=False) if anew or not site.has_its_codes]
        if held.state != ConferenceState.PREPARING and not waiting:
            raise preparing_errors.everyone_is_invited()
        if held.state == ConferenceState.PREPARING:
            held.state, held.invited_at, held.invited_by = ConferenceState.INVITED, clock.now(), change.user
            held.save(update_fields=["state", "invited_at", "invited_by"])
        _hand(waiting)
        change.tell("send_invitations", shows=("conference",), sites=[site.slug for site in waiting])
    return conference


def hand_out_codes(*, site: Site, by: Attendee | None, key: str = "") -> Site:
    """Given by another way than the letter: by telephone, in person."""
    with changing(site.conference, Act.PREPARE, by, key=key) as change:
        require_not_closed(change)
        held = Site.objects.get(pk=site.pk)
        _hand([held])
        change.tell("hand_out_codes", thing=held, site=held.slug, edition=held.code_edition)
    site.refresh_from_db()
    return site


def renew_codes(*, site: Site, by: Attendee | None, key: str = "") -> Site:
    """A new edition of the room's and the viewing page's codes; who came in with the old ones is out within seconds."""
    with changing(site.conference, Act.PREPARE, by, key=key) as change:
        require_not_closed(change)
        held = Site.objects.get(pk=site.pk)
        held.code_edition += 1
        held.save(update_fields=["code_edition"])
        ended = _end_grants(change, held.grants.filter(seat__isnull=True))
        change.tell("renew_codes", thing=held, site=held.slug, edition=held.code_edition, grants=ended)
    site.refresh_from_db()
    return site


def renew_seat_code(*, seat: Seat, by: Attendee | None, key: str = "") -> Seat:
    """A slip was lost: the seat's code only."""
    with changing(seat.delegation.site.conference, Act.PREPARE, by, key=key) as change:
        require_not_closed(change)
        held = Seat.objects.select_related("delegation__site").get(pk=seat.pk)
        held.code_edition += 1
        held.save(update_fields=["code_edition"])
        ended = _end_grants(change, held.grants.all())
        site = held.delegation.site.slug
        change.tell(
            "renew_seat_code", thing=held, site=site, seat=held.pk, edition=held.code_edition, grants=ended
        )
    seat.refresh_from_db()
    return seat


def _hand(sites: list[Site]) -> None:
    for site in sites:
        site.handed_edition = site.code_edition
    Site.objects.bulk_update(sites, ["handed_edition"])


def _end_grants(change: Change, grants: QuerySet[Grant]) -> list[int]:
    standing = grants.filter(revoked_at__isnull=True)
    ended = list(standing.values_list("pk", flat=True))
    standing.filter(pk__in=ended).update(revoked_at=clock.now(), revoked_by=change.user)
    return ended
