"""Who did something, by post and organisation; persons are never named."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from phoihop.orgs.models import Membership
from phoihop.web.context import describe


@dataclass(frozen=True, slots=True)
class Actors:
    posts: Mapping[tuple[str, str], Membership] = field(default_factory=dict)

    def named(self, username: str, organisation: str = "") -> str:
        """By the post held in the organisation acted for, else by the first post held; the user name where none is."""
        held = self.posts.get((username, organisation)) or self.posts.get((username, ""))
        return describe(held) if held else username


def actors_of(usernames: Iterable[str]) -> Actors:
    names = {each for each in usernames if each}
    if not names:
        return Actors()
    held = Membership.objects.filter(user__username__in=names).order_by("pk")
    posts: dict[tuple[str, str], Membership] = {}
    for each in held.select_related("user", "post", "organisation"):
        posts[each.user.username, each.organisation.slug] = each
        posts.setdefault((each.user.username, ""), each)
    return Actors(posts)
