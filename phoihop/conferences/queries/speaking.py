"""The list of speakers of an item, and for how long each site has spoken."""

from collections import defaultdict
from dataclasses import dataclass

from phoihop.conferences.display import speakers
from phoihop.conferences.enums import SpeakerState
from phoihop.conferences.models import AgendaItem, Conference, RegisteredSpeech, Site, Speaker
from phoihop.core import clock


@dataclass(frozen=True, slots=True)
class SpeakingTime:
    site: Site
    times: int
    seconds: int


def waiting_on(item: AgendaItem) -> list[Speaker]:
    return list(
        speakers(item.conference).filter(item=item, state=SpeakerState.WAITING).order_by("order", "pk")
    )


def spoken_on(item: AgendaItem) -> list[Speaker]:
    return list(
        speakers(item.conference).filter(item=item, state=SpeakerState.DONE).order_by("began_at", "pk")
    )


def speaking_times(conference: Conference) -> list[SpeakingTime]:
    """Of every site that has spoken, in the order of the sites: a record, not a ranking."""
    seconds: defaultdict[int, int] = defaultdict(int)
    times: defaultdict[int, int] = defaultdict(int)
    sites: dict[int, Site] = {}
    for each in conference.speakers.filter(began_at__isnull=False).select_related("site"):
        sites[each.site_id] = each.site
        times[each.site_id] += 1
        seconds[each.site_id] += seconds_spoken(each)
    ordered = sorted(sites.values(), key=lambda site: (site.order, site.pk))
    return [SpeakingTime(site, times[site.pk], seconds[site.pk]) for site in ordered]


def seconds_spoken(speaker: Speaker) -> int:
    """So far, where it still speaks; 0 before it began."""
    if speaker.began_at is None:
        return 0
    return int(((speaker.ended_at or clock.now()) - speaker.began_at).total_seconds())


def speeches_to_call(conference: Conference, item: AgendaItem) -> list[RegisteredSpeech]:
    """Placed on the item and not on its list yet."""
    listed = conference.speakers.filter(item=item, speech__isnull=False).exclude(state=SpeakerState.WITHDRAWN)
    placed = conference.speeches.filter(item=item).exclude(pk__in=listed.values("speech"))
    return list(placed.select_related("delegation__site"))
