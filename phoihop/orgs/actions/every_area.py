"""The organisations that the templates make in the areas of the whole map, with what stands above and after them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from phoihop.areas.enums import Level
from phoihop.areas.models import Area, AreaAncestor, AreaSuccession
from phoihop.orgs.actions.shapes import AreaTemplate, CentralBody
from phoihop.orgs.english import english_kind
from phoihop.orgs.enums import PartyKind
from phoihop.orgs.models import Organisation, in_a_sentence

Family = tuple[str, str]  # party and, for member organisations, which of them
Link = tuple[Organisation, Organisation, date, str]


@dataclass(frozen=True)
class Planned:
    organisation: Organisation
    family: Family
    template: AreaTemplate | None = None


def is_made(template: AreaTemplate) -> bool:
    """Optional bodies are left out, but a steering committee there is in every area: it owns the programme."""
    return not template.optional or template.party is PartyKind.STEERING_COMMITTEE


def plan_central(bodies: Iterable[CentralBody], nation: Area) -> Iterator[Planned]:
    for body in bodies:
        organisation = Organisation(
            slug=body.slug, name_vi=body.name_vi, name_en=body.name_en, abbreviation=body.abbreviation,
            party=body.party, area=nation, valid_from=body.valid_from, valid_until=body.valid_until,
        )  # fmt: skip
        several = body.party is PartyKind.MEMBER_ORGANISATION
        yield Planned(organisation, (body.party, body.slug if several else ""))


def plan_areas(templates: Sequence[AreaTemplate], areas: Iterable[Area]) -> Iterator[Planned]:
    heirs = {template.heir for template in templates}
    by_level = defaultdict(list)
    for template in filter(is_made, templates):
        by_level[template.level].append(template)
    for area in areas:
        for template in by_level[Level(area.level)]:
            start = _latest(area.valid_from, template.valid_from)
            end = _earliest(area.valid_until, template.valid_until)
            if not _fits(template, area) or (start and end and start >= end):
                continue
            follows = template.key in heirs or template.party is PartyKind.MEMBER_ORGANISATION
            stem = template.key if follows else template.party.replace("_", "-")
            organisation = Organisation(
                slug=f"{stem}-{area.key.lower()}", party=template.party, area=area, valid_from=start, valid_until=end,
                name_vi=_named(template.name_vi, area), name_en=_named(template.name_en, area),
            )  # fmt: skip
            yield Planned(organisation, (template.party, template.superior or ""), template)


def _fits(template: AreaTemplate, area: Area) -> bool:
    """“thành phố” also means the kind “thành phố trung ương”: the level tells the two apart."""
    kinds = template.for_kinds
    return kinds is None or any(area.kind == kind or area.kind.startswith(f"{kind} ") for kind in kinds)


def _named(pattern: str, area: Area) -> str:
    full_name = in_a_sentence(area.full_name)
    return pattern.format(name=area.name, full_name=full_name, kind_en=english_kind(area.kind))


def _latest(*days: date | None) -> date | None:
    return max((day for day in days if day), default=None)


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day), default=None)


class Map:
    """Who stands where: every planned organisation by area and family, and the areas above each area."""

    def __init__(self, planned: Iterable[Planned]) -> None:
        self.planned = list(planned)
        self._standing: dict[tuple[int, Family], list[Organisation]] = defaultdict(list)
        for each in self.planned:
            self._standing[each.organisation.area_id, each.family].append(each.organisation)
        self._above: dict[int, list[tuple[int, date | None, date | None]]] = defaultdict(list)
        links = AreaAncestor.objects.order_by("depth").values_list(
            "area", "ancestor", "valid_from", "valid_until"
        )
        for area, ancestor, start, end in links.iterator(chunk_size=20_000):
            self._above[area].append((ancestor, start, end))

    def at_level(self, level: Level) -> Iterator[Planned]:
        made = Level.NATION
        return (each for each in self.planned if (each.template.level if each.template else made) == level)

    def standing(self, area: int, family: Family, day: date) -> Organisation | None:
        return next((each for each in self._standing[area, family] if each.is_in_force(day)), None)

    def parent(self, each: Planned) -> Organisation | None:
        """One level up on its last day; the levels where the family had nobody are passed over."""
        until = each.organisation.valid_until
        day = until - timedelta(days=1) if until else date.max
        for ancestor, start, end in self._above[each.organisation.area_id]:
            was_above = (start is None or start <= day) and (end is None or day < end)
            if was_above and (found := self.standing(ancestor, each.family, day)):
                return found
        return None

    def succession(self, acts: Iterable[AreaSuccession]) -> Iterator[Link]:
        """Who took over from each organisation that ended: in the same area, in the heirs of its area, or above."""
        heirs: dict[int, list[AreaSuccession]] = defaultdict(list)
        for act in acts:
            heirs[act.predecessor_id].append(act)
        waiting: list[Planned] = []
        found: dict[int, list[Organisation]] = defaultdict(list)
        for each in self.planned:
            ended = each.organisation
            if ended.valid_until is None or each.template is None:
                continue
            for successor, source in self._heirs(each, ended.valid_until, heirs[ended.area_id]):
                found[id(ended)].append(successor)
                yield ended, successor, ended.valid_until, source
            if not found[id(ended)]:
                waiting.append(each)
        for each in waiting:
            yield from self._passed_up(each, found)

    def _heirs(
        self, each: Planned, day: date, acts: Iterable[AreaSuccession]
    ) -> Iterator[tuple[Organisation, str]]:
        if follower := self.standing(each.organisation.area_id, each.family, day):
            yield follower, each.template.source if each.template else ""
            return
        for act in acts:
            if act.on == day and (heir := self.standing(act.successor_id, each.family, day)):
                yield heir, act.act

    def _passed_up(self, each: Planned, found: dict[int, list[Organisation]]) -> Iterator[Link]:
        """No heir in its own territory (the district tier): the duties went one level up, or to that one's heirs."""
        ended, above = each.organisation, self.parent(each)
        if above is None or ended.valid_until is None or each.template is None:
            return
        heirs = [above] if above.is_in_force(ended.valid_until) else found[id(above)]
        for heir in heirs:
            yield ended, heir, ended.valid_until, each.template.source
