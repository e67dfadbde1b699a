"""Speeches (tham luận) registered before: by who prepares the conference, or by a head for the own site."""

from django.db import IntegrityError, transaction
from django.db.models import Max

from phoihop.conferences import preparing_errors
from phoihop.conferences.actions.changing import Change, changing
from phoihop.conferences.actions.guards import lay, require_not_closed, require_of, require_seen
from phoihop.conferences.enums import Duty, ItemKind, SpeakerState, SpeechState
from phoihop.conferences.facts import SpeechFacts, laid_on
from phoihop.conferences.models import AgendaItem, Delegation, RegisteredSpeech
from phoihop.conferences.permissions import Act, Attendee
from phoihop.core import clock

_SHOWN = ("floor", "queue")
SPOKEN_IN = {ItemKind.SPEECH, ItemKind.DISCUSSION, ItemKind.REPORT, ItemKind.DIRECTIVE}


def register_speech(
    *, delegation: Delegation, facts: SpeechFacts, by: Attendee | None, key: str = ""
) -> RegisteredSpeech:
    """Its title, its length, the post of who gives it, and its text if it is there."""
    site = delegation.site
    with changing(site.conference, _act(by, delegation), by, key=key) as change:
        require_not_closed(change)
        try:
            with transaction.atomic():
                made = RegisteredSpeech.objects.create(
                    conference=change.conference,
                    delegation=delegation,
                    registered_at=clock.now(),
                    registered_by=change.user,
                    **laid_on(facts),
                )
        except IntegrityError as fault:
            raise preparing_errors.speech_there_already(facts.title_vi) from fault
        _tell(change, "register_speech", made, minutes=made.minutes)
    return made


def edit_speech(
    *, speech: RegisteredSpeech, facts: SpeechFacts, by: Attendee | None, seen: str = "", key: str = ""
) -> RegisteredSpeech:
    with changing(speech.conference, _act(by, speech.delegation), by, key=key) as change:
        held = _unspoken(change, speech)
        require_seen(held, facts, seen)
        try:
            with transaction.atomic():
                lay(held, facts)
        except IntegrityError as fault:
            raise preparing_errors.speech_there_already(facts.title_vi) from fault
        _tell(change, "edit_speech", held, minutes=held.minutes)
    speech.refresh_from_db()
    return speech


def place_speech(
    *, speech: RegisteredSpeech, item: AgendaItem, by: Attendee | None, key: str = ""
) -> RegisteredSpeech:
    """On the agenda, behind those placed in that item before it."""
    with changing(speech.conference, Act.PREPARE, by, key=key) as change:
        held = _unspoken(change, speech)
        require_of(change.conference, item)
        if item.kind not in SPOKEN_IN:
            raise preparing_errors.speeches_not_there(item)
        last = item.speeches.exclude(pk=held.pk).aggregate(last=Max("order"))["last"]
        held.item, held.state, held.order = item, SpeechState.PLACED, (last or 0) + 1
        held.save(update_fields=["item", "state", "order"])
        change.show_agenda_anew()
        _tell(change, "place_speech", held, item=item.pk)
    speech.refresh_from_db()
    return speech


def decline_speech(*, speech: RegisteredSpeech, by: Attendee | None, key: str = "") -> RegisteredSpeech:
    """It is not given, but kept in the proceedings."""
    with changing(speech.conference, Act.PREPARE, by, key=key) as change:
        held = _unspoken(change, speech)
        held.item, held.state = None, SpeechState.DECLINED
        held.save(update_fields=["item", "state"])
        change.show_agenda_anew()
        _tell(change, "decline_speech", held)
    speech.refresh_from_db()
    return speech


def _act(by: Attendee | None, delegation: Delegation) -> Act:
    """A head registers for the own site's delegations."""
    own = by is not None and by.site is not None and by.site.pk == delegation.site_id
    return Act.ASK_TO_SPEAK if own and by is not None and Duty.HEAD in by.duties else Act.PREPARE


def _unspoken(change: Change, speech: RegisteredSpeech) -> RegisteredSpeech:
    require_not_closed(change)
    held = RegisteredSpeech.objects.select_related("delegation__site", "item").get(pk=speech.pk)
    if change.conference.speakers.filter(speech=held).exclude(state=SpeakerState.WITHDRAWN).exists():
        raise preparing_errors.speech_spoken(held)
    return held


def _tell(change: Change, what: str, speech: RegisteredSpeech, **more: object) -> None:
    site = speech.delegation.site.slug
    change.tell(
        what,
        thing=speech,
        shows=(*_SHOWN, "agenda"),
        speech=speech.pk,
        site=site,
        title=speech.title_vi,
        **more,
    )
