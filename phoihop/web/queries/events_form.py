"""What the form of an event offers: units inside one's area, organisations one holds events with."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from phoihop.areas.enums import Level
from phoihop.areas.models import Area, AreaParent
from phoihop.areas.queries import children_of
from phoihop.core.templatetags.vietnamese import areaname, localname
from phoihop.events.models import AnyUser, Event
from phoihop.orgs.models import Organisation
from phoihop.orgs.queries import organisations_open_to
from phoihop.orgs.roles import Permission

Options = list[tuple[str, str]]


def entering_organisations(user: AnyUser) -> list[Organisation]:
    """For whom the user enters events today."""
    return list(organisations_open_to(user, Permission.ENTER).select_related("area"))


def area_options(organisation: Organisation, day: date, also: Area | None = None) -> Options:
    """Its own unit, and those directly below on the day; a commune has none below."""
    found = [organisation.area, *children_of(organisation.area, day)]
    if also is not None and also not in found:
        found.append(also)
    return [(area.key, areaname(area)) for area in found]


def organisation_options(
    organisation: Organisation, day: date, also: Sequence[Organisation] = ()
) -> list[tuple[str, Options]]:
    """Of its own unit, and of the unit above; itself first."""
    above = AreaParent.objects.as_of(day).filter(area=organisation.area_id).values("parent")
    near = Organisation.objects.as_of(day).filter(
        Q(area=organisation.area_id) | Q(area__in=above, area__level__in=[Level.PROVINCE, Level.NATION])
    )
    groups: dict[str, Options] = {areaname(organisation.area): [(organisation.slug, localname(organisation))]}
    known = {organisation.pk}
    for each in [*near.select_related("area").order_by("name_sort"), *also]:
        if each.pk not in known:
            known.add(each.pk)
            groups.setdefault(areaname(each.area), []).append((each.slug, localname(each)))
    return list(groups.items())


def named_in(event: Event) -> list[Organisation]:
    """The organisations its latest version names, which a form must be able to keep."""
    said = event.said
    related = said.co_organisers.select_related("area")
    return [Organisation.objects.select_related("area").get(pk=said.lead_id), *related]
