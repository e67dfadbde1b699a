"""A consultation in writing: who is asked, who has answered, who was reminded."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from phoihop.conferences.models import Conference, Delegation, Opinion
from phoihop.core import clock
from phoihop.orgs.models import Organisation

STANDINGS = ("overdue", "waiting", "late", "answered")


@dataclass(frozen=True, slots=True)
class Answering:
    """A body that is asked: all it said, the newest first, and the days it was reminded."""

    body: Organisation
    opinions: tuple[Opinion, ...]
    reminded_at: tuple[datetime, ...]
    is_late: bool  # its first answer came after the last day, or has not come though it passed

    @property
    def has_answered(self) -> bool:
        return bool(self.opinions)

    @property
    def standing(self) -> str:
        """One of STANDINGS."""
        if self.has_answered:
            return "late" if self.is_late else "answered"
        return "overdue" if self.is_late else "waiting"


def bodies_asked(conference: Conference) -> QuerySet[Organisation]:
    asked = Delegation.objects.filter(site__conference=conference, site__is_removed=False)
    found = Organisation.objects.filter(pk__in=asked.values("organisation"))
    return found.select_related("area").order_by("name_sort", "pk")


def answers_of(conference: Conference) -> tuple[int, int]:
    """How many bodies are asked, and how many of those have answered."""
    asked = bodies_asked(conference)
    return asked.count(), asked.filter(pk__in=conference.opinions.values("organisation")).count()


def answerings(conference: Conference) -> list[Answering]:
    opinions: defaultdict[int, list[Opinion]] = defaultdict(list)
    for opinion in conference.opinions.select_related("by").order_by("-number"):
        opinions[opinion.organisation_id].append(opinion)
    reminded = _reminders(conference)
    return [
        Answering(
            body,
            tuple(opinions[body.pk]),
            tuple(reminded[body.slug]),
            _first(opinions[body.pk]) > conference.ends_at,
        )
        for body in bodies_asked(conference)
    ]


def standings_of(rows: Iterable[Answering]) -> list[tuple[str, int]]:
    """How many bodies stand how; those that do not occur are left out."""
    counts = Counter(row.standing for row in rows)
    return [(each, counts[each]) for each in STANDINGS if counts[each]]


def reminded_on(conference: Conference, day: date) -> list[str]:
    """Slugs of the bodies reminded on that day."""
    return [
        slug for slug, times in _reminders(conference).items() if any(clock.day_of(at) == day for at in times)
    ]


def _reminders(conference: Conference) -> dict[str, list[datetime]]:
    found: defaultdict[str, list[datetime]] = defaultdict(list)
    for at, payload in conference.events.filter(type="remind_bodies").values_list("at", "payload"):
        for slug in payload["organisations"]:
            found[slug].append(at)
    return found


def _first(opinions: list[Opinion]) -> datetime:
    return opinions[-1].at if opinions else clock.now()
