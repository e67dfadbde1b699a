"""The list of speakers of an item, and for how long each site has spoken."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from phoihop.conferences.display import speakers
from phoihop.conferences.enums import SiteKind, SpeakerState
from phoihop.conferences.models import AgendaItem, Conference, Delegation, RegisteredSpeech, Site, Speaker
from phoihop.conferences.queries.finding import A_PAGE, found_by_name
from phoihop.core import clock


@dataclass(frozen=True, slots=True)
class SpeakingTime:
    site: Site
    delegation: Delegation | None  # none: the table, or a site that named none
    times: int = 0
    seconds: int = 0  # so far
    since: datetime | None = None  # it has the floor

    @property
    def seconds_before(self) -> int:
        """Of what has ended: a screen adds what runs."""
        running = int((clock.now() - self.since).total_seconds()) if self.since else 0
        return max(0, self.seconds - running)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line of the list, with the time its delegation has had already."""

    speaker: Speaker
    spoken: SpeakingTime


@dataclass(frozen=True, slots=True)
class SitesToEnter:
    sites: list[tuple[Site, list[Delegation]]]  # delegations: to choose from, where there are several
    found: int
    typed: str

    @property
    def is_searched(self) -> bool:
        return bool(self.typed) or self.found > len(self.sites)


def sites_to_enter(conference: Conference, typed: str = "") -> SitesToEnter:
    """Sites that are in and speak: as many as a list has room for, or those of a name."""
    speak = conference.sites.filter(is_removed=False).exclude(kind=SiteKind.VIEWING)
    found = found_by_name(speak, typed)
    several = [
        (site, list(site.delegations.all())) for site in found.prefetch_related("delegations")[:A_PAGE]
    ]
    shown = [(site, there if len(there) > 1 else []) for site, there in several]
    return SitesToEnter(shown, found.count() if len(shown) == A_PAGE else len(shown), typed)


def waiting_on(item: AgendaItem) -> list[Speaker]:
    return list(
        speakers(item.conference).filter(item=item, state=SpeakerState.WAITING).order_by("order", "pk")
    )


def with_times(waiting: Iterable[Speaker], times: Iterable[SpeakingTime]) -> list[Waiting]:
    spoken = {(each.site, each.delegation): each for each in times}
    return [
        Waiting(each, spoken.get((each.site, each.delegation)) or SpeakingTime(each.site, each.delegation))
        for each in waiting
    ]


def spoken_on(item: AgendaItem) -> list[Speaker]:
    return list(
        speakers(item.conference).filter(item=item, state=SpeakerState.DONE).order_by("began_at", "pk")
    )


def speaking_times(conference: Conference) -> list[SpeakingTime]:
    """Of every delegation that has spoken, in the order of the sites: a record, not a ranking."""
    spoken: defaultdict[tuple[Site, Delegation | None], list[Speaker]] = defaultdict(list)
    speakers_heard = conference.speakers.filter(began_at__isnull=False).select_related("site", "delegation")
    for each in speakers_heard:
        spoken[each.site, each.delegation].append(each)
    ordered = sorted(spoken, key=lambda who: (who[0].order, who[0].pk, who[1].order if who[1] else -1))
    return [_time_of(who, spoken[who]) for who in ordered]


def _time_of(who: tuple[Site, Delegation | None], heard: list[Speaker]) -> SpeakingTime:
    since = next((each.began_at for each in heard if each.ended_at is None), None)
    return SpeakingTime(*who, len(heard), sum(seconds_spoken(each) for each in heard), since)


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
