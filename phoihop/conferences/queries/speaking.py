"""The list of speakers of an item, and for how long each site has spoken."""

from collections import defaultdict
from dataclasses import dataclass

from phoihop.conferences.display import speakers
from phoihop.conferences.enums import SpeakerState
from phoihop.conferences.models import AgendaItem, Conference, Delegation, RegisteredSpeech, Site, Speaker
from phoihop.core import clock


@dataclass(frozen=True, slots=True)
class SpeakingTime:
    site: Site
    delegation: Delegation | None  # none: the table, or a site that named none
    times: int
    seconds: int


def sites_to_enter(conference: Conference) -> list[tuple[Site, list[Delegation]]]:
    """Sites that are in, each with the delegations to choose from where there are several."""
    sites = conference.sites.filter(is_removed=False).prefetch_related("delegations")
    several = [(site, list(site.delegations.all())) for site in sites]
    return [(site, there if len(there) > 1 else []) for site, there in several]


def waiting_on(item: AgendaItem) -> list[Speaker]:
    return list(
        speakers(item.conference).filter(item=item, state=SpeakerState.WAITING).order_by("order", "pk")
    )


def spoken_on(item: AgendaItem) -> list[Speaker]:
    return list(
        speakers(item.conference).filter(item=item, state=SpeakerState.DONE).order_by("began_at", "pk")
    )


def speaking_times(conference: Conference) -> list[SpeakingTime]:
    """Of every delegation that has spoken, in the order of the sites: a record, not a ranking."""
    spoken: defaultdict[tuple[Site, Delegation | None], list[int]] = defaultdict(list)
    speakers_heard = conference.speakers.filter(began_at__isnull=False).select_related("site", "delegation")
    for each in speakers_heard:
        spoken[each.site, each.delegation].append(seconds_spoken(each))
    ordered = sorted(spoken, key=lambda who: (who[0].order, who[0].pk, who[1].order if who[1] else -1))
    return [SpeakingTime(*who, len(spoken[who]), sum(spoken[who])) for who in ordered]


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
