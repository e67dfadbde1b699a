"""Who gets a part when an assignment is divided: at one level, or at two of them in one go."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from phoihop.areas.enums import Level
from phoihop.areas.models import Area, AreaAncestor
from phoihop.assignments.models import Assignment
from phoihop.assignments.models.assignment import OPEN
from phoihop.core import clock
from phoihop.orgs.enums import PartyKind
from phoihop.orgs.models import Organisation, OrganisationQuerySet


@dataclass(frozen=True, slots=True)
class Plan:
    """What one press makes. A body that has a part of the whole, or of a part of it, gets no second one."""

    level: Level
    leads: list[Organisation]  # get a part of the whole
    below_level: Level | None
    below: Mapping[int, list[Organisation]]  # lead of a part of the whole -> who gets a part of that part
    parts: Mapping[int, Assignment]  # of the leads that have one already

    @property
    def count_below(self) -> int:
        return sum(len(each) for each in self.below.values())

    def __bool__(self) -> bool:
        return bool(self.leads or self.below)


def cascade_plan(
    whole: Assignment,
    level: Level | str,
    party: PartyKind | str = "",
    area: Area | None = None,
    below: Level | str = "",
) -> Plan:
    """The party line and the area are the lead's own unless told. Seven queries, however many bodies.

    Below a part that is done or withdrawn nothing is divided any more. A body whose superior has no part gets its own
    of the whole: nobody is left out.
    """
    line, where = PartyKind(party or whole.lead.party), area or whole.lead.area
    having = _having(whole)
    leads = _bodies(Level(level), line, where).exclude(pk__in=having).exclude(pk=whole.lead_id)
    found = list(leads)
    if not below:
        return Plan(Level(level), found, None, {}, {})
    parts = {
        part.lead_id: part
        for part in whole.children.select_related("lead").filter(level=level, lead__party=line)
    }
    lower = _bodies(Level(below), line, where).exclude(pk__in=having | {whole.lead_id})
    superiors = _superiors(
        lower, {**{each.pk: each for each in found}, **{pk: part.lead for pk, part in parts.items()}}
    )
    under: defaultdict[int, list[Organisation]] = defaultdict(list)
    for body in lower:
        superior = superiors.get(body.pk)
        if superior is None:
            found.append(body)
        elif superior not in parts or parts[superior].state in OPEN:
            under[superior].append(body)
    return Plan(Level(level), found, Level(below), dict(under), parts)


def _having(whole: Assignment) -> set[int]:
    """Who has a part, or a part of a part."""
    parts = whole.children.values_list("pk", "lead")
    found = {lead for _pk, lead in parts}
    deeper = Assignment.objects.filter(parent__in=whole.children.values("pk"))
    return found | set(deeper.values_list("lead", flat=True))


def _bodies(level: Level, party: PartyKind, area: Area) -> OrganisationQuerySet:
    today = clock.today()
    under = Area.objects.under(area, today).filter(level=level)
    found = Organisation.objects.as_of(today).filter(party=party, area__in=under)
    return found.select_related("area").order_by("area__name_sort", "name_sort", "pk")


def _superiors(bodies: OrganisationQuerySet, leads: Mapping[int, Organisation]) -> dict[int, int]:
    """By the party's own line, else by the area: body -> the lead above it."""
    in_area = {lead.area_id: pk for pk, lead in sorted(leads.items(), reverse=True)}
    links = AreaAncestor.objects.as_of(clock.today()).filter(ancestor__in=list(in_area))
    above = dict(links.values_list("area_id", "ancestor_id"))
    found: dict[int, int] = {}
    for body in bodies:
        if body.parent_id in leads:
            found[body.pk] = body.parent_id
        elif body.area_id in above:
            found[body.pk] = in_area[above[body.area_id]]
    return found
