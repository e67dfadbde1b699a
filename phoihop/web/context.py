from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from phoihop.accounts.queries import demo_users
from phoihop.areas.enums import Level
from phoihop.core import clock
from phoihop.core.templatetags.vietnamese import localname
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Membership
from phoihop.orgs.permissions import is_desk
from phoihop.orgs.roles import LEVEL_OF_DESK, Permission, role_may


@dataclass(frozen=True, slots=True)
class MenuItem:
    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class DemoPerson:
    username: str
    label: str


def page(request: HttpRequest) -> dict[str, Any]:
    """What every page shows: the system's day, whether it is a demonstration, the menu, who is acting."""
    held = _held(request)
    return {
        "today": clock.today(),
        "is_demo": settings.DEMO,
        "is_demo_clock": clock.is_demo_clock(),
        "menu": _menu(request, held),
        "acting_as": _acting_as(request, held),
        "demo_people": _DemoPeople(),
    }


def _held(request: HttpRequest) -> list[Membership]:
    if not request.user.is_authenticated:
        return []
    held = Membership.objects.as_of(clock.today()).filter(user=request.user)
    return list(held.select_related("post", "organisation__area").order_by("pk"))


def _menu(request: HttpRequest, held: Sequence[Membership]) -> list[MenuItem]:
    """Open to everyone, but for the desks' own page; what a page shows inside asks its own predicate."""
    entries: list[tuple[str, str, tuple[str, ...]]] = [
        (_("Programmes"), reverse("web:home"), ("/chuong-trinh/",)),
        (_("Indicators"), reverse("web:indicators"), ()),
        (_("Areas"), reverse("web:areas"), ()),
        (_("Published figures"), reverse("web:claims"), ()),
        (_("Reviews"), reverse("reviews:list"), ()),
        (_("Conferences"), reverse("conferences:list"), ()),
    ]
    if any(is_desk(each) and each.organisation.is_in_force(clock.today()) for each in held):
        entries.append((_("Memberships"), reverse("web:members"), ()))
        entries.append((_("Reconciliation"), reverse("web:reconciliation"), ()))
    if any(each.role == Role.CENTRAL_DESK and is_desk(each) for each in held):
        entries.append((_("Windows of reporting"), reverse("web:periods"), ()))
    if any(_decides_for_others(each) for each in held):
        entries.insert(0, (_("Desk"), reverse("web:desk"), ()))
    if request.user.is_authenticated:
        entries.insert(1, (_("Event register"), reverse("web:events"), ()))
        entries.insert(1, (_("Assignments"), reverse("assignments:list"), ("/ket-luan/", "/kien-nghi/")))
        entries.insert(0, (_("My reports"), reverse("web:my_reports"), ()))
    return [MenuItem(label, url, _is_here(request.path, url, also)) for label, url, also in entries]


def _decides_for_others(membership: Membership) -> bool:
    """At a level with units below it; the page asks the same of `orgs.queries.organisations_open_to`."""
    body = membership.organisation
    is_level = LEVEL_OF_DESK.get(Role(membership.role), body.area.level) == body.area.level
    may = is_level and role_may(membership.role, Permission.RETURN)
    return may and body.area.level != Level.COMMUNE and body.is_in_force(clock.today())


def _is_here(path: str, url: str, also: tuple[str, ...]) -> bool:
    return path == url or (url != "/" and path.startswith(url)) or path.startswith(also or ("//",))


def _acting_as(request: HttpRequest, held: Sequence[Membership]) -> str:
    if not request.user.is_authenticated:
        return ""
    return describe(held[0]) if held else request.user.get_username()


def describe(membership: Membership) -> str:
    """Post and organisation, never a person's name."""
    where = localname(membership.organisation)
    what = localname(membership.post, "title") if membership.post else membership.get_role_display()
    return f"{what}, {where}"


class _DemoPeople:
    """Read only where a template asks (the sign-in page of a demonstration)."""

    def __iter__(self) -> Any:
        memberships = Membership.objects.filter(user__in=demo_users()).select_related(
            "user", "post", "organisation"
        )
        for membership in memberships.order_by("user_id"):
            role = membership.get_role_display()
            yield DemoPerson(membership.user.username, f"{role} – {describe(membership)}")
