"""What the shape of indicators.yaml cannot say: one item against the others, and a kind against its rules."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from phoihop.core.yaml_files import Place, YamlFile
from phoihop.core.yaml_sentences import refused_choice, shown
from phoihop.indicators.checks.refused import refusal_of
from phoihop.indicators.checks.shapes import CatalogueFile, IndicatorItem
from phoihop.indicators.enums import IndicatorKind, PersonsCounted, Rule

Fault = tuple[Place, str]
ALWAYS_REFUSED = {
    "tips", "suspects", "offenders", "petitions", "households", "religion", "ethnicity", "below_residential_area",
}  # fmt: skip
_COMPUTED = {IndicatorKind.RATIO, IndicatorKind.SYSTEM}
# A stock is never added over time, nor a distinct count over both units and time; a ratio is never anything but recomputed.
_RULES: dict[IndicatorKind, set[tuple[Rule, Rule]]] = {
    IndicatorKind.FLOW: {(Rule.ADD, Rule.ADD)},
    IndicatorKind.STOCK: {(Rule.LAST, Rule.ADD)},
    IndicatorKind.DISTINCT: {
        (Rule.LAST, Rule.NONE), (Rule.ADD, Rule.NONE), (Rule.NONE, Rule.NONE), (Rule.NONE, Rule.ADD),
    },
    IndicatorKind.RATIO: {(Rule.RECOMPUTE, Rule.RECOMPUTE)},
    IndicatorKind.SYSTEM: {
        (Rule.ADD, Rule.ADD), (Rule.LAST, Rule.ADD), (Rule.NONE, Rule.NONE), (Rule.RECOMPUTE, Rule.RECOMPUTE),
    },
}  # fmt: skip
_PERSONS = {
    "người",
    "lượt người",
    "thành viên",
    "hội viên",
    "persons",
    "people",
    "attendances",
    "participants",
    "members",
}


def check_catalogue(file: YamlFile, content: CatalogueFile) -> None:
    _blame_topics_left_out(file, content)
    _blame_repeats(file, content)
    for index, item in enumerate(content.indicators):
        for check in _CHECKS:
            for place, sentence in check(item, content):
                file.blame(("indicators", index, *place), sentence)
    file.refuse_if_faulty()


def _blame_topics_left_out(file: YamlFile, content: CatalogueFile) -> None:
    """The words of a topic may grow; no catalogue takes the topic itself off the list."""
    listed = {topic.code for topic in content.refused if topic.words_vi and topic.words_en}
    if missing := sorted(ALWAYS_REFUSED - listed):
        sentence = _(
            "The topics this system never counts are incomplete: %(codes)s. Keep them, with their words."
        )
        file.blame(("refused",), sentence % {"codes": ", ".join(missing)})


def _blame_repeats(file: YamlFile, content: CatalogueFile) -> None:
    seen: set[str] = set()
    for index, item in enumerate(content.indicators):
        if item.code in seen:
            sentence = _(
                "%(value)s stands twice in this file. Keep one of them, or give the other its own code."
            )
            file.blame(("indicators", index, "code"), sentence % {"value": shown(item.code)})
        seen.add(item.code)


def _topic(item: IndicatorItem, content: CatalogueFile) -> Iterator[Fault]:
    for field in ("name_vi", "name_en", "unit_vi", "unit_en"):
        if sentence := refusal_of(getattr(item, field), content.refused):
            yield (field,), sentence
    if sentence := refusal_of(
        f"theo {item.unit_vi}", content.refused
    ):  # counted in households is counted by them
        yield ("unit_vi",), sentence


def _block(item: IndicatorItem, content: CatalogueFile) -> Iterator[Fault]:
    blocks = [block.code for block in content.blocks]
    if item.block not in blocks:
        yield ("block",), refused_choice(item.block, blocks)


def _rules(item: IndicatorItem, _content: CatalogueFile) -> Iterator[Fault]:
    allowed = _RULES[item.kind]
    if (item.rules.time, item.rules.units) not in allowed:
        pairs = "; ".join(sorted(f"time {time}, units {units}" for time, units in allowed))
        sentence = _("time %(time)s, units %(units)s does not suit the kind %(kind)s. Allowed: %(allowed)s.")
        names = {"time": item.rules.time, "units": item.rules.units, "kind": item.kind, "allowed": pairs}
        yield ("rules",), sentence % names


def _parts(item: IndicatorItem, content: CatalogueFile) -> Iterator[Fault]:
    of_ratio = {other.code for other in content.indicators if other.numerator}
    codes = [other.code for other in content.indicators if other.code not in of_ratio]
    recomputed = item.rules.time is Rule.RECOMPUTE
    for field in ("numerator", "denominator"):
        part = getattr(item, field)
        if part is None and recomputed:
            yield (
                (field,),
                _(
                    "A ratio needs its numerator and its denominator. Write the code of an indicator that is counted."
                ),
            )
        elif part is not None and not recomputed:
            yield (
                (field,),
                _(
                    "Only a ratio has parts. Remove the field, or make the indicator a ratio with the rules recompute."
                ),
            )
        elif part is not None and part not in codes:
            yield (field,), refused_choice(part, codes)


def _levels(item: IndicatorItem, _content: CatalogueFile) -> Iterator[Fault]:
    if item.kind in _COMPUTED and item.levels:
        yield ("levels",), _("A computed figure is entered nowhere. Write an empty list: [].")
        return
    if item.kind not in _COMPUTED and not item.levels:
        yield (
            ("levels",),
            _("It is entered at no level. Write at least one of: commune, district, province, nation."),
        )
    for level in item.levels:
        asked = item.asked_of.get(level, [])
        if level not in item.counting_party:
            yield (
                ("counting_party",),
                _("No counting party for the level %(level)s. Name the party whose value counts.")
                % {"level": level},
            )
        elif item.counting_party[level] not in asked:
            sentence = _(
                "%(party)s counts at the level %(level)s but is not asked there. Add it to asked_of, or count another."
            )
            yield ("asked_of",), sentence % {"party": item.counting_party[level], "level": level}
    for level in set(item.asked_of) - set(item.levels):
        yield (
            ("asked_of", level.value),
            _("Nobody enters it at the level %(level)s. Add the level, or remove this line.")
            % {"level": level},
        )


def _range(item: IndicatorItem, _content: CatalogueFile) -> Iterator[Fault]:
    for level, ends in item.range.items():
        if len(ends) != 2 or ends[0] > ends[1]:
            yield ("range", level.value), _("A range is [least, most], the smaller first. Correct it.")
        elif item.unit_en == "%" and ends[1] > 100:
            yield ("range", level.value), _("A percentage does not exceed 100. Correct the upper end.")


def _persons(item: IndicatorItem, _content: CatalogueFile) -> Iterator[Fault]:
    if item.persons is PersonsCounted.NONE and {item.unit_vi.casefold(), item.unit_en.casefold()} & _PERSONS:
        yield (
            ("persons",),
            _("A count of persons says whom it counts. Allowed: participants, members, staff."),
        )


_CHECKS: tuple[Callable[[IndicatorItem, CatalogueFile], Iterator[Fault]], ...] = (
    _topic, _block, _rules, _parts, _levels, _range, _persons,
)  # fmt: skip
