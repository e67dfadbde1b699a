"""What the log names by number or slug, in words."""

from collections.abc import Mapping
from typing import Any

from phoihop.conferences.audiences import Audience
from phoihop.conferences.models import (
    AgendaItem,
    Conference,
    Delegation,
    RegisteredSpeech,
    Site,
    Speaker,
    Vote,
)
from phoihop.conferences.queries.agenda import agenda_of
from phoihop.orgs.models import Organisation, Post


def two(thing: Any, field: str = "name") -> dict[str, str]:
    vietnamese = str(getattr(thing, f"{field}_vi"))
    return {"vi": vietnamese, "en": str(getattr(thing, f"{field}_en", "") or vietnamese)}


class PostNames:
    """Posts are typed in Vietnamese ("Trưởng ban, Ban Dân vận Trung ương"); in English where each part is known."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def of(self, written: str) -> dict[str, str]:
        parts = [self._english(part) for part in written.split(", ")]
        return {"vi": written, "en": ", ".join(parts) if all(parts) else written}

    def _english(self, part: str) -> str:
        """Empty where it is not known."""
        if part not in self._known:
            posts = Post.objects.filter(title_vi=part).exclude(title_en="")
            bodies = Organisation.objects.filter(name_vi=part).exclude(name_en="")
            found = posts.order_by("pk").values_list("title_en", flat=True).first()
            self._known[part] = found or bodies.order_by("pk").values_list("name_en", flat=True).first() or ""
        return self._known[part]


class Names:
    """Read once for a whole log."""

    def __init__(self, conference: Conference, posts: PostNames) -> None:
        self._lines = {line.item.pk: line for line in agenda_of(conference, Audience.PRESIDIUM)}
        self._sites: dict[str, Site] = {site.slug: site for site in conference.sites.all()}
        self._delegations: dict[int, Delegation] = Delegation.objects.filter(
            site__conference=conference
        ).in_bulk()
        self._speeches: dict[int, RegisteredSpeech] = conference.speeches.in_bulk()
        self._speakers: dict[int, Speaker] = conference.speakers.in_bulk()
        self._votes: dict[int, Vote] = conference.votes.in_bulk()
        self._posts = posts

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

    def vote(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """Of a vote that was closed; of a log older than that the row keeps more than counts and hash."""
        result = told.get("result") or {**(self._votes[told["vote"]].result or {}), "counts": told["counts"]}
        return {
            "title": {lang: result["question"][lang] for lang in ("vi", "en")},
            "kind": result["kind"],
            "options": result["options"],
            "result": result,
            "result_hash": told["hash"],
        }

    def question(self, pk: int) -> dict[str, str]:
        return two(self._votes[pk], "title")

    def speaker(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """Of who was given the floor, as the log tells it; a log older than that names the row of the list only."""
        if "kind" not in told:
            row = self._speakers[told["speaker"]]
            kept = {"kind": row.kind, "post": row.post}
            told = {**told, **kept, "delegation": row.delegation_id, "speech": row.speech_id}
        delegation, speech = self._delegations.get(told["delegation"]), self._speeches.get(told["speech"])
        return {
            "site_key": told["site"],
            "site": self.site(told["site"]),
            "kind": told["kind"],
            "post": self._posts.of(told["post"]) if told["post"] else None,
            "delegation": two(delegation, "title") if delegation else None,
            "speech": two(speech, "title") if speech else None,
        }
