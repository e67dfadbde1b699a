"""The afternoon of 11 March 2019, moment by moment; the minutes are drawn from what is logged here."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from phoihop.conferences import actions
from phoihop.conferences.enums import Duty, ItemKind, SiteKind
from phoihop.conferences.models import AgendaItem, Conference, Delegation, Speaker
from phoihop.core import clock
from phoihop.demo import conference_story as told
from phoihop.demo.chance import chance


def sat(conference: Conference) -> None:
    """The afternoon, moment by moment; the minutes are drawn from what is logged here."""
    now = told.at(told.DAY, told.STARTS)
    with clock.pinned(now):
        actions.open_conference(conference=conference, by=None)
        _called(conference)
    for item in conference.items.order_by("order", "pk"):
        with clock.pinned(now):
            actions.begin_item(item=item, by=None)
        now = _spoken(conference, item, now) + timedelta(minutes=3)
    with clock.pinned(now):
        actions.close_conference(conference=conference, by=None)


def _called(conference: Conference) -> None:
    call = actions.open_roll_call(conference=conference, by=None)
    for delegation in Delegation.objects.filter(site__conference=conference).select_related("site"):
        absent = int(3 * chance("roll-call", delegation.site.slug, delegation.title_vi))
        present = max(0, delegation.invited - absent)
        actions.answer_roll_call(roll_call=call, delegation=delegation, present=present, by=None)
    actions.close_roll_call(roll_call=call, by=None)


def _spoken(conference: Conference, item: AgendaItem, now: datetime) -> datetime:
    for speaker, minutes in _speakers(conference, item, now):
        with clock.pinned(now):
            actions.give_floor(speaker=speaker, by=None)
        now += timedelta(minutes=minutes)
    with clock.pinned(now):
        if conference.speakers.filter(state="speaking").exists():
            actions.take_floor_back(conference=conference, by=None)
    return (
        now
        if conference.speakers.filter(item=item).exists()
        else now + timedelta(minutes=item.planned_minutes)
    )


def _speakers(conference: Conference, item: AgendaItem, now: datetime) -> Iterator[tuple[Speaker, int]]:
    centre = conference.sites.get(kind=SiteKind.CENTRE)
    if item.kind == ItemKind.SPEECH:
        spoken = {speech.title.vi: speech.spoken for speech in told.SPEECHES}
        for speech in conference.speeches.filter(item=item).select_related("delegation__site__area"):
            site = speech.delegation.site
            with clock.pinned(now):
                entered = actions.enter_speaker(
                    item=item, site=site, delegation=speech.delegation, speech=speech, by=None
                )
            yield entered, spoken[speech.title_vi]
    elif item.kind in _FROM_THE_TABLE:
        duty, body = _FROM_THE_TABLE[ItemKind(item.kind)]
        official = conference.officials.filter(duty=duty, organisation__slug=body).first()
        post = f"{official.post}, {official.organisation}" if official and official.post else ""
        with clock.pinned(now):
            entered = actions.enter_speaker(item=item, site=centre, official=official, post=post, by=None)
        yield entered, item.planned_minutes - 2


_FROM_THE_TABLE = {
    ItemKind.OPENING: (Duty.CHAIR, "ban-dan-van-trung-uong"),
    ItemKind.REPORT: (Duty.RAPPORTEUR, "uy-ban-trung-uong-mttq"),
    ItemKind.DIRECTIVE: (Duty.CHAIR, "bo-cong-an"),
    ItemKind.CONCLUSION: (Duty.CHAIR, "uy-ban-trung-uong-mttq"),
}
