"""The list of speakers of the item under discussion, and the floor."""

from django.db.models import Max, Min

from phoihop.conferences import errors, media_errors
from phoihop.conferences.actions.changing import Change, changing
from phoihop.conferences.display import current_item, speaking
from phoihop.conferences.enums import SiteKind, SpeakerKind, SpeakerState
from phoihop.conferences.models import (
    AgendaItem,
    Conference,
    Delegation,
    Official,
    RegisteredSpeech,
    Site,
    Speaker,
)
from phoihop.conferences.permissions import Act, Attendee, may_withdraw
from phoihop.core import clock
from phoihop.core.text import nfc


def open_list(*, item: AgendaItem, by: Attendee | None, key: str = "") -> AgendaItem:
    """Sites may ask to speak on the item under discussion."""
    return _set_list(item, by, key, is_open=True)


def close_list(*, item: AgendaItem, by: Attendee | None, key: str = "") -> AgendaItem:
    """Who waits is still called; a point of order can still be raised."""
    return _set_list(item, by, key, is_open=False)


def ask_to_speak(
    *,
    site: Site,
    kind: SpeakerKind,
    by: Attendee | None,
    delegation: Delegation | None = None,
    post: str = "",
    key: str = "",
) -> Speaker:
    """For a delegation: that of the phone's seat, the one chosen on the site's page, or the only one of the site.

    Raises: Conflict where the list is closed (but for a point of order), or the delegation waits already; NotAllowed
    for a site that only watches.
    """
    with changing(site.conference, Act.ASK_TO_SPEAK, by, key=key, in_session=True) as change:
        if by is not None and (by.site is None or by.site.pk != site.pk):
            raise errors.not_your_site(site)
        delegation = _speaks_for(site, delegation, by)
        item = _item_now(change)
        if not item.is_list_open and kind != SpeakerKind.POINT_OF_ORDER:
            raise errors.list_closed(item)
        waiting = change.conference.speakers.filter(item=item, site=site, state=SpeakerState.WAITING)
        if waiting.filter(kind=kind, delegation=delegation).exists():
            raise errors.waits_already(site, kind, delegation)
        return _enter(change, item, site=site, kind=kind, delegation=delegation, post=post)


def enter_speaker(
    *,
    item: AgendaItem,
    site: Site,
    by: Attendee | None,
    kind: SpeakerKind = SpeakerKind.SPEECH,
    delegation: Delegation | None = None,
    official: Official | None = None,
    speech: RegisteredSpeech | None = None,
    post: str = "",
    seconds: int | None = None,
    key: str = "",
) -> Speaker:
    """The table puts someone on the list: a registered speech, a rapporteur, a site that rang."""
    with changing(item.conference, Act.MANAGE_LIST, by, key=key) as change:
        named = delegation if official else _speaks_for(site, delegation)
        return _enter(
            change, item, site=site, kind=kind, delegation=named, official=official, speech=speech,
            post=post, seconds=seconds,
        )  # fmt: skip


def withdraw_speaker(*, speaker: Speaker, by: Attendee | None, key: str = "") -> Speaker:
    """By whoever asked, or by the table: a phone withdraws its own request, the room and the head those of neither phone."""
    own = by is not None and by.site is not None and by.site.pk == speaker.site_id
    act = Act.ASK_TO_SPEAK if own else Act.MANAGE_LIST
    with changing(speaker.conference, act, by, key=key) as change:
        waiting = _waiting(speaker)
        if by is not None and not may_withdraw(by, waiting):
            raise errors.anothers_request(waiting)
        _withdraw(change, waiting)
    speaker.refresh_from_db()
    return speaker


def move_speaker(*, speaker: Speaker, before: Speaker | None, by: Attendee | None, key: str = "") -> Speaker:
    """To the place before another who waits, or to the end."""
    with changing(speaker.conference, Act.MANAGE_LIST, by, key=key) as change:
        moved = _waiting(speaker)
        others = change.conference.speakers.filter(item=moved.item, state=SpeakerState.WAITING)
        line = [each for each in others.order_by("order", "pk") if each.pk != moved.pk]
        place = next((n for n, each in enumerate(line) if before and each.pk == before.pk), len(line))
        line.insert(place, moved)
        for number, each in enumerate(line, start=1):
            each.order = number
        Speaker.objects.bulk_update(line, ["order"])
        change.tell("move_speaker", thing=moved, shows=("queue",), speaker=moved.pk, place=place + 1)
    speaker.refresh_from_db()
    return speaker


def give_floor(
    *, speaker: Speaker, by: Attendee | None, seconds: int | None = None, key: str = ""
) -> Speaker:
    """One command: who spoke has spoken, this one speaks, the countdown runs, picture and sound follow."""
    with changing(speaker.conference, Act.GIVE_FLOOR, by, key=key, in_session=True) as change:
        called = _waiting(speaker)
        _require_heard(called.site)
        item = _item_now(change)
        if called.item_id != item.pk:
            raise errors.item_not_current(called.item)
        clear_floor(change, shows=())
        unmute(change, called.site)
        called.state, called.began_at = SpeakerState.SPEAKING, clock.now()
        if seconds is not None:
            called.allotted_seconds = seconds
        called.save(update_fields=["state", "began_at", "allotted_seconds"])
        change.tell(
            "give_floor", thing=called, shows=("floor", "queue", "muted"), speaker=called.pk, site=called.site.slug,
            item=item.pk, seconds=called.allotted_seconds, kind=called.kind, post=called.post,
            delegation=called.delegation_id, speech=called.speech_id,
        )  # fmt: skip
        change.command("give_floor", site=called.site.slug)
    speaker.refresh_from_db()
    return speaker


def take_floor_back(*, conference: Conference, by: Attendee | None, key: str = "") -> Conference:
    with changing(conference, Act.GIVE_FLOOR, by, key=key, in_session=True) as change:
        if not clear_floor(change):
            raise errors.nobody_speaks()
    return conference


def extend_time(*, speaker: Speaker, seconds: int, by: Attendee | None, key: str = "") -> Speaker:
    """More time for who speaks now; less where negative, never below nought."""
    with changing(speaker.conference, Act.GIVE_FLOOR, by, key=key, in_session=True) as change:
        current = speaking(change.conference)
        if current is None or current.pk != speaker.pk:
            raise errors.nobody_speaks()
        current.allotted_seconds = max(0, current.allotted_seconds + seconds)
        current.save(update_fields=["allotted_seconds"])
        change.tell(
            "extend_time",
            thing=current,
            shows=("floor",),
            speaker=current.pk,
            seconds=current.allotted_seconds,
        )
    speaker.refresh_from_db()
    return speaker


def clear_floor(change: Change, shows: tuple[str, ...] = ("floor",)) -> bool:
    """Inside another change: whoever speaks has spoken. False where nobody did."""
    current = speaking(change.conference)
    if current is None:
        return False
    current.state, current.ended_at = SpeakerState.DONE, clock.now()
    current.save(update_fields=["state", "ended_at"])
    change.tell("end_speech", thing=current, shows=shows, speaker=current.pk, site=current.site.slug)
    change.command("clear_floor", site=current.site.slug)
    return True


def unmute(change: Change, site: Site) -> bool:
    """Inside another change, which tells the key "muted". False where it was not."""
    return bool(change.conference.sites.filter(pk=site.pk).exclude(muted_by="").update(muted_by=""))


def withdraw_all(change: Change, site: Site) -> None:
    """Inside another change: nobody of the site waits any more, on whatever item."""
    for waiting in change.conference.speakers.filter(site=site, state=SpeakerState.WAITING):
        _withdraw(change, waiting)


def _withdraw(change: Change, waiting: Speaker) -> None:
    waiting.state = SpeakerState.WITHDRAWN
    waiting.save(update_fields=["state"])
    change.tell("withdraw_speaker", thing=waiting, shows=("queue",), speaker=waiting.pk)


def _require_heard(site: Site) -> None:
    """Raises: NotAllowed for one that was taken out, or only watches."""
    if site.is_removed:
        raise errors.site_removed(site)
    if site.kind == SiteKind.VIEWING:
        raise media_errors.site_watches(site)


def _speaks_for(site: Site, named: Delegation | None, by: Attendee | None = None) -> Delegation | None:
    """None: the site as a whole. At the centre the table sits too, so that nobody is taken for its delegation."""
    if by is not None and by.grant is not None and by.grant.seat is not None:
        return by.grant.seat.delegation
    if named is not None:
        if named.site_id != site.pk:
            raise errors.delegation_of_another_site(named, site)
        return named
    there = list(site.delegations.all()[:2]) if site.kind != SiteKind.CENTRE else []
    return there[0] if len(there) == 1 else None


def _set_list(item: AgendaItem, by: Attendee | None, key: str, *, is_open: bool) -> AgendaItem:
    with changing(item.conference, Act.MANAGE_LIST, by, key=key, in_session=True) as change:
        current = _item_now(change)
        if current.pk != item.pk:
            raise errors.item_not_current(item)
        current.is_list_open = is_open
        current.save(update_fields=["is_list_open"])
        change.tell(
            "open_list" if is_open else "close_list", thing=current, shows=("queue",), item=current.pk
        )
    item.refresh_from_db()
    return item


def _item_now(change: Change) -> AgendaItem:
    item = current_item(change.conference)
    if item is None:
        raise errors.no_current_item()
    return item


def _waiting(speaker: Speaker) -> Speaker:
    fresh = Speaker.objects.select_related("site", "item").get(pk=speaker.pk)
    if fresh.state != SpeakerState.WAITING:
        raise errors.not_waiting(fresh)
    return fresh


def _enter(
    change: Change,
    item: AgendaItem,
    *,
    site: Site,
    kind: SpeakerKind,
    delegation: Delegation | None,
    official: Official | None = None,
    speech: RegisteredSpeech | None = None,
    post: str = "",
    seconds: int | None = None,
) -> Speaker:
    _require_heard(Site.objects.get(pk=site.pk))
    ends = change.conference.speakers.filter(item=item).aggregate(first=Min("order"), last=Max("order"))
    is_first = kind == SpeakerKind.POINT_OF_ORDER  # it goes before whoever waits
    order = (ends["first"] or 1) - 1 if is_first else (ends["last"] or 0) + 1
    allotted = speech.minutes * 60 if speech else item.speech_seconds
    entered = Speaker.objects.create(
        conference=change.conference,
        item=item,
        site=site,
        delegation=delegation,
        official=official,
        speech=speech,
        kind=kind,
        post=nfc(post.strip())[:200] or (speech.speaker_post if speech else ""),
        order=max(0, order),
        allotted_seconds=allotted if seconds is None else seconds,
        asked_at=clock.now(),
        requester=change.by.username if change.by is not None else "",
    )
    change.tell(
        "ask_to_speak",
        thing=entered,
        shows=("queue",),
        speaker=entered.pk,
        site=site.slug,
        kind=kind,
        item=item.pk,
    )
    return entered
