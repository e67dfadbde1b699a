"""Indicators and programmes small enough to reckon by head."""

from typing import Any

import factory

from phoihop.areas.models import Area
from phoihop.indicators.enums import IndicatorKind, Rule, WindowKind
from phoihop.indicators.models import Indicator, IndicatorVersion, Selection
from phoihop.orgs.enums import PartyKind
from phoihop.programmes.enums import ProgrammeKind
from phoihop.programmes.models import Programme, ReportingCalendar

ALL_LEVELS = ["commune", "province", "nation"]


class IndicatorFactory(factory.django.DjangoModelFactory[Indicator]):
    class Meta:
        model = Indicator
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"T{n:03d}")
    block = "T"


class ProgrammeFactory(factory.django.DjangoModelFactory[Programme]):
    class Meta:
        model = Programme

    slug = factory.Sequence(lambda n: f"programme-{n}")
    number = factory.Sequence(lambda n: f"{n}/CTr")
    kind = ProgrammeKind.JOINT
    title_vi = "Chương trình phối hợp"
    title_en = "Coordination programme"


def programme_in(area: Area) -> Programme:
    programme = ProgrammeFactory(area=area)
    ReportingCalendar.objects.create(programme=programme, levels=ALL_LEVELS, working_days={"commune": 2})
    return programme


def indicator(
    code: str, kind: str = "flow", *, programme: Programme | None = None, **fields: Any
) -> Indicator:
    """An indicator of a kind with that kind's usual rules, counted by the police, selected by the programme."""
    rules = {
        IndicatorKind.FLOW: (Rule.ADD, Rule.ADD),
        IndicatorKind.STOCK: (Rule.LAST, Rule.ADD),
        IndicatorKind.DISTINCT: (Rule.NONE, Rule.NONE),
        IndicatorKind.RATIO: (Rule.RECOMPUTE, Rule.RECOMPUTE),
        IndicatorKind.SYSTEM: (Rule.NONE, Rule.NONE),
    }[IndicatorKind(kind)]
    made = IndicatorFactory(code=code)
    levels = fields.pop("levels", [] if kind in {"ratio", "system"} else ALL_LEVELS)
    defaults: dict[str, Any] = {
        "name_vi": f"Chỉ tiêu {code}",
        "name_en": f"Indicator {code}",
        "unit_vi": "cuộc",
        "unit_en": "sessions",
        "definition_vi": "Định nghĩa",
        "definition_en": "Definition",
        "kind": kind,
        "window": WindowKind.HALF,
        "levels": levels,
        "over_time": rules[0],
        "over_units": rules[1],
        "counting_party": dict.fromkeys(levels, PartyKind.POLICE),
        "asked_of": {level: [PartyKind.POLICE] for level in levels},
        "source": "test",
    }
    IndicatorVersion.objects.create(indicator=made, **{**defaults, **fields})
    if programme:
        Selection.objects.create(programme=programme, indicator=made)
    return made
