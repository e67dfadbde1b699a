"""Areas without surprises: open-ended dates, a code, a parent only when given one."""

from datetime import date
from typing import Any

import factory

from phoihop.areas.enums import Level, Share
from phoihop.areas.models import Area, AreaAncestor, AreaCode, AreaParent, AreaSuccession


class AreaFactory(factory.django.DjangoModelFactory[Area]):
    class Meta:
        model = Area

    key = factory.Sequence(lambda n: f"area-{n}")
    level = Level.COMMUNE
    kind = "xã"
    name = factory.Sequence(lambda n: f"Số {n}")
    full_name = factory.LazyAttribute(lambda area: f"{area.kind.capitalize()} {area.name}")


def area_under(parent: Area | None, level: Level, name: str, **dates: Any) -> Area:
    """A unit with its code, its dated parent and every ancestor link."""
    kinds = {Level.NATION: "nước", Level.PROVINCE: "tỉnh", Level.DISTRICT: "huyện", Level.COMMUNE: "xã"}
    area = AreaFactory(level=level, name=name, kind=kinds[level], **dates)
    AreaCode.objects.create(area=area, code=f"{area.pk:05d}", **dates)
    if parent:
        put_under(area, parent, **dates)
    return area


def put_under(area: Area, parent: Area, **dates: Any) -> None:
    AreaParent.objects.create(area=area, parent=parent, **dates)
    AreaAncestor.objects.create(area=area, ancestor=parent, depth=1, **dates)
    for link in AreaAncestor.objects.filter(area=parent):
        AreaAncestor.objects.create(area=area, ancestor=link.ancestor, depth=link.depth + 1, **dates)


def succeed(predecessor: Area, *successors: Area, on: date) -> None:
    """The predecessor passes whole to one heir, or in parts to several."""
    share = Share.WHOLE if len(successors) == 1 else Share.PART
    for successor in successors:
        AreaSuccession.objects.create(predecessor=predecessor, successor=successor, on=on, share=share)


def nation() -> Area:
    return area_under(None, Level.NATION, "Việt Nam")
