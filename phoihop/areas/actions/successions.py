from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q

from phoihop.accounts.models import User
from phoihop.areas import errors
from phoihop.areas.actions.derived import rebuild_derived
from phoihop.areas.checks import check_areas
from phoihop.areas.enums import Level, Share
from phoihop.areas.models import Area, AreaCode, AreaParent, AreaSuccession, AreaTitle
from phoihop.areas.permissions import require_changing_map
from phoihop.audit import actions as audit


@transaction.atomic
def establish_area(
    *,
    key: str,
    level: Level,
    kind: str,
    name: str,
    full_name: str,
    code: str,
    parent: Area,
    on: date,
    act: str,
    by: User | None,
) -> Area:
    """A new unit in force from a day; `record_succession` then says what it received."""
    require_changing_map(by)
    area: Area = Area.objects.create(
        key=key,
        level=level,
        kind=kind,
        name=name,
        full_name=full_name,
        valid_from=on,
        established_by=act,
    )
    AreaCode.objects.create(area=area, code=code, valid_from=on)
    AreaParent.objects.create(area=area, parent=parent, valid_from=on)
    _accept_or_refuse()
    audit.record("establish_area", area, by=by, details={"on": on.isoformat(), "act": act})
    return area


@transaction.atomic
def record_succession(
    *, predecessor: Area, successors: Sequence[Area], on: date, act: str, by: User | None
) -> Area:
    """End a unit on a day: its territory passes whole to one heir, or in parts to several.

    The heirs are in force from that day. Units that stay below a unit with one heir follow it; below a unit
    that is divided, each must be given its superior unit first.
    """
    require_changing_map(by)
    if not successors:
        raise errors.no_heirs(predecessor.full_name)
    if predecessor.valid_until is not None:
        raise errors.already_ended(predecessor.full_name, predecessor.valid_until)
    if len(successors) == 1 and successors[0].level == predecessor.level:
        _move_children(predecessor, successors[0], on)
    _close(predecessor, on, act)
    share = Share.WHOLE if len(successors) == 1 else Share.PART
    AreaSuccession.objects.bulk_create(
        AreaSuccession(predecessor=predecessor, successor=heir, on=on, share=share, act=act)
        for heir in successors
    )
    _accept_or_refuse()
    heirs = [heir.key for heir in successors]
    audit.record(
        "record_succession", predecessor, by=by, details={"heirs": heirs, "on": on.isoformat(), "act": act}
    )
    return predecessor


def _close(area: Area, on: date, act: str) -> None:
    area.valid_until, area.abolished_by = on, act
    area.save()
    for model in (AreaCode, AreaParent, AreaTitle):
        rows = model.objects.filter(area=area)
        rows.filter(valid_from__gte=on).delete()
        rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on)).update(valid_until=on)


def _move_children(predecessor: Area, heir: Area, on: date) -> None:
    links = AreaParent.objects.filter(parent=predecessor).filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=on)
    )
    for link in links:
        AreaParent.objects.create(
            area=link.area,
            parent=heir,
            valid_from=max(on, link.valid_from or on),
            valid_until=link.valid_until,
        )
    links.filter(valid_from__gte=on).delete()
    links.update(valid_until=on)


def _accept_or_refuse() -> None:
    if broken := check_areas():
        raise errors.broken_map(broken)
    rebuild_derived()
