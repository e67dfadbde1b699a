"""What a programme file names that must exist here, or must not exist twice."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from phoihop.areas.enums import LEVEL_ORDER, Level
from phoihop.areas.models import Area
from phoihop.core.yaml_files import YamlFile
from phoihop.core.yaml_sentences import refused_choice, shown
from phoihop.exchange.programme_file.consistency import is_number
from phoihop.exchange.programme_file.places import area_named, bodies_of, local_day, local_slug, signing_day
from phoihop.exchange.programme_file.shape import ProgrammeFile, SelectionItem
from phoihop.indicators.models import Indicator, IndicatorVersion
from phoihop.orgs.models import Organisation
from phoihop.programmes.models import Programme, number_key

WHOLE_PERCENT = 100


@dataclass(frozen=True)
class LocalPlace:
    area: Area
    slug: str
    parties: list[tuple[Organisation, str]]  # with their role


@dataclass(frozen=True)
class References:
    area: Area
    organisations: dict[str, Organisation]
    indicators: dict[str, Indicator]
    local: list[LocalPlace]


def find_references(file: YamlFile, document: ProgrammeFile, *, batch: Collection[str] = ()) -> References:
    """Everything the file names, or its refusal with every fault; `batch`: the slugs loaded together with it."""
    area = _area(file, document)
    organisations = _organisations(file, document)
    indicators = _indicators(file, document)
    local = _local(file, document)
    _check_numbers(file, document)
    _check_links(file, document, batch)
    _check_localises(file, document, batch)
    file.refuse_if_faulty()
    assert area is not None  # noqa: S101  a missing area was refused above
    return References(area, organisations, indicators, local)


def _area(file: YamlFile, document: ProgrammeFile) -> Area | None:
    nation = Area.objects.filter(level=Level.NATION).first()
    if nation is None:
        file.blame(("level",), _("The administrative map is empty. Load it first with `phoihop load_areas`."))
    if document.level is Level.NATION:
        if document.area is not None:
            file.blame(
                ("area",),
                _("A programme of the nation names no area. Remove this line, or write another level."),
            )
        return nation
    if document.area is None:
        sentence = _(
            "A programme of the level %(level)s names its area. Add a line `area:` with the official name,"
            " or the unit's key."
        )
        file.blame(("level",), sentence % {"level": document.level})
        return None
    found = area_named(document.area, signing_day(document), level=document.level)
    if found is None:
        _blame_area(file, ("area",), document.area)
    return found


def _blame_area(file: YamlFile, place: tuple[str | int, ...], written: str) -> None:
    sentence = _(
        "%(value)s is not one unit's name on the day of signing. Write the official name, or the unit's key."
    )
    file.blame(place, sentence % {"value": shown(written)})


def _organisations(file: YamlFile, document: ProgrammeFile) -> dict[str, Organisation]:
    named = [party.organisation for party in document.parties]
    found = {each.slug: each for each in Organisation.objects.filter(slug__in=named)}
    for index, slug in enumerate(named):
        if slug not in found:
            file.blame(("parties", index, "organisation"), refused_choice(slug, _central_slugs()))
    return found


def _central_slugs() -> list[str]:
    central = Organisation.objects.filter(area__level=Level.NATION)
    return list(central.order_by("slug").values_list("slug", flat=True))


def _indicators(file: YamlFile, document: ProgrammeFile) -> dict[str, Indicator]:
    known = {indicator.code: indicator for indicator in Indicator.objects.all()}
    chosen = {selection.code for selection in document.indicators}
    latest = {
        version.indicator.code: version
        for version in IndicatorVersion.objects.filter(indicator__code__in=chosen)
        .select_related("indicator", "numerator", "denominator")
        .order_by("number")
    }
    for index, selection in enumerate(document.indicators):
        if selection.code not in known:
            file.blame(("indicators", index, "code"), refused_choice(selection.code, list(known)))
        elif version := latest.get(selection.code):
            _check_parts(file, index, version, chosen)
            _check_targets(file, index, version, selection)
    return known


def _check_parts(file: YamlFile, index: int, version: IndicatorVersion, chosen: Collection[str]) -> None:
    parts = [part.code for part in (version.numerator, version.denominator) if part]
    if missing := [part for part in parts if part not in chosen]:
        sentence = _(
            "%(code)s is computed from %(missing)s, which the programme does not select. Add a line for it."
        )
        names = {"code": shown(version.indicator.code), "missing": ", ".join(missing)}
        file.blame(("indicators", index, "code"), sentence % names)


def _check_targets(file: YamlFile, index: int, version: IndicatorVersion, selection: SelectionItem) -> None:
    for target in selection.all_targets if version.unit_en == "%" else ():
        if is_number(target.value) and Decimal(target.value) > WHOLE_PERCENT:
            place = ("target", "value") if selection.target else ("targets",)
            sentence = _("%(value)s is above 100 percent, and %(code)s is a percentage. Allowed: 0 to 100.")
            names = {"value": shown(target.value), "code": selection.code}
            file.blame(("indicators", index, *place), sentence % names)


def _local(file: YamlFile, document: ProgrammeFile) -> list[LocalPlace]:
    places: list[LocalPlace] = []
    for index, version in enumerate(document.local_versions):
        area = area_named(version.area, local_day(version, document))
        if area is None:
            _blame_area(file, ("local_versions", index, "area"), version.area)
            continue
        if any(place.area == area for place in places):
            sentence = _("%(value)s has a version here already. Keep one of them.")
            file.blame(("local_versions", index, "area"), sentence % {"value": shown(version.area)})
        parties: list[tuple[Organisation, str]] = []
        for number, side in enumerate(version.parties):
            bodies = bodies_of(side.party, area, local_day(version, document))
            if not bodies:
                sentence = _(
                    "No body of the side %(party)s is known in %(area)s on the day of signing. Load the organisations first."
                )
                names = {"party": shown(side.party), "area": area}
                file.blame(("local_versions", index, "parties", number), sentence % names)
            parties += [(body, side.role.value) for body in bodies]
        places.append(LocalPlace(area, _slug_of_local(document, area), parties))
    return places


def _slug_of_local(document: ProgrammeFile, area: Area) -> str:
    """The one its own file gave it, else one made from the programme's and the area's key."""
    own = Programme.objects.filter(localises__slug=document.slug, area=area).first()
    return own.slug if own else local_slug(document.slug, area)


def _check_numbers(file: YamlFile, document: ProgrammeFile) -> None:
    """An alias belongs to one programme; a number may come again, but not within a year: numbers restart on 1/1."""
    others = Programme.objects.exclude(slug=document.slug)
    for index, alias in enumerate(document.aliases):
        key = number_key(alias)
        if holder := others.filter(Q(aliases__number_key=key) | Q(number_key=key)).first():
            _blame_taken(file, ("aliases", index), alias, holder)
    if document.number is None:
        return
    key = number_key(document.number)
    same_year = (
        Q(number_key=key, signed_on__year=document.signed_on.year) if document.signed_on else Q(pk=None)
    )
    if holder := others.filter(Q(aliases__number_key=key) | same_year).first():
        _blame_taken(file, ("number",), document.number, holder)


def _blame_taken(file: YamlFile, place: tuple[str | int, ...], number: str, holder: Programme) -> None:
    sentence = _(
        "%(value)s already means the programme “%(holder)s” (%(slug)s). Correct it here, or remove it there first."
    )
    file.blame(place, sentence % {"value": shown(number), "holder": holder, "slug": holder.slug})


def _check_localises(file: YamlFile, document: ProgrammeFile, batch: Collection[str]) -> None:
    if document.localises is None:
        return
    above = Programme.objects.filter(slug=document.localises).select_related("area").first()
    if above is None and document.localises not in batch:
        known = list(Programme.objects.order_by("slug").values_list("slug", flat=True))
        file.blame(("localises",), refused_choice(document.localises, known) + _load_together())
    if document.level is Level.NATION or document.localises == document.slug or _is_beside(document, above):
        sentence = _(
            "Only a programme of an area carries out one of a higher level. Correct the level, or remove this line."
        )
        file.blame(("localises",), sentence)


def _is_beside(document: ProgrammeFile, above: Programme | None) -> bool:
    return above is not None and LEVEL_ORDER[Level(above.area.level)] >= LEVEL_ORDER[document.level]


def _check_links(file: YamlFile, document: ProgrammeFile, batch: Collection[str]) -> None:
    """The successor may come later: its own file names this programme as its predecessor."""
    if document.predecessor is not None and document.predecessor not in batch:
        before = Programme.objects.filter(slug=document.predecessor).first()
        if before is None:
            known = list(Programme.objects.order_by("slug").values_list("slug", flat=True))
            file.blame(("predecessor",), refused_choice(document.predecessor, known) + _load_together())
        elif document.slug in _line_of(before):
            sentence = _(
                "%(value)s itself succeeds this programme. One of the two must name another predecessor."
            )
            file.blame(("predecessor",), sentence % {"value": shown(document.predecessor)})
    after = Programme.objects.filter(slug=document.successor or "").select_related("predecessor").first()
    if after and after.slug not in batch and after.predecessor and after.predecessor.slug != document.slug:
        sentence = _("%(value)s already succeeds “%(other)s”. Change its own file first.")
        file.blame(("successor",), sentence % {"value": shown(after.slug), "other": after.predecessor})


def _load_together() -> str:
    return " " + _("Load its file first, or in the same command.")


def _line_of(programme: Programme) -> set[str]:
    line: set[str] = set()
    each: Programme | None = programme
    while each is not None and each.slug not in line:
        line.add(each.slug)
        each = each.predecessor
    return line
