"""What the log names by number or slug, in words."""

from typing import Any

from phoihop.conferences.audiences import Audience
from phoihop.conferences.models import AgendaItem, Conference, Site, Speaker
from phoihop.conferences.queries.agenda import agenda_of


def two(thing: Any, field: str = "name") -> dict[str, str]:
    vietnamese = str(getattr(thing, f"{field}_vi"))
    return {"vi": vietnamese, "en": str(getattr(thing, f"{field}_en", "") or vietnamese)}


class Names:
    """Read once for a whole log."""

    def __init__(self, conference: Conference) -> None:
        self._lines = {line.item.pk: line for line in agenda_of(conference, Audience.PRESIDIUM)}
        self._sites: dict[str, Site] = {site.slug: site for site in conference.sites.all()}
        related = ("site", "delegation", "speech")
        self._speakers: dict[int, Speaker] = conference.speakers.select_related(*related).in_bulk()

    def item(self, pk: int) -> dict[str, Any]:
        line = self._lines[pk]
        item: AgendaItem = line.item
        return {
            "pk": item.pk,
            "number": line.number,
            "title": two(item, "title"),
            "kind": item.kind,
            "visibility": item.visibility,
        }

    def site(self, slug: str) -> dict[str, str]:
        return two(self._sites[slug])

    def speaker(self, pk: int) -> dict[str, Any]:
        speaker = self._speakers[pk]
        return {
            "site_key": speaker.site.slug,
            "site": two(speaker.site),
            "kind": speaker.kind,
            "post": speaker.post,
            "delegation": two(speaker.delegation, "title") if speaker.delegation else None,
            "speech": two(speaker.speech, "title") if speaker.speech else None,
        }
