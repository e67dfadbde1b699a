"""Versions of indicators: a window is read by the one in force on its first day, so none changes once it has begun."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from phoihop.core import clock
from phoihop.indicators.checks.shapes import IndicatorItem
from phoihop.indicators.errors import (
    new_version_in_the_past,
    new_version_needs_a_day,
    new_version_too_early,
)
from phoihop.indicators.models import Indicator, IndicatorVersion

_SAME_NAME = (
    "name_vi", "name_en", "unit_vi", "unit_en", "definition_vi", "definition_en",
    "factor", "decimals", "source",
)  # fmt: skip


def save_versions(
    items: Iterable[IndicatorItem], identities: Mapping[str, Indicator], valid_from: date | None
) -> tuple[list[str], list[str]]:
    """The codes in a new version, and those the file leaves out, which end."""
    wanted = {item.code: _values(item, identities) for item in items}
    latest = {
        version.indicator.code: version
        for version in IndicatorVersion.objects.select_related("indicator").order_by("number")
    }
    if not latest:
        for code, values in wanted.items():
            IndicatorVersion.objects.create(indicator=identities[code], **values)
        return [], []
    new = [code for code in wanted if code not in latest]
    changed = [code for code in wanted if code in latest and _differs(latest[code], wanted[code])]
    ended = [code for code in latest if code not in wanted and latest[code].valid_until is None]
    if new or changed or ended:
        day = _coming_day([*new, *changed, *ended], valid_from)
        for code in [*changed, *ended]:
            _end(latest[code], day)
        for code in [*new, *changed]:
            number = latest[code].number + 1 if code in latest else 1
            IndicatorVersion.objects.create(
                indicator=identities[code], number=number, valid_from=day, **wanted[code]
            )
    return changed, ended


def _differs(version: IndicatorVersion, values: Mapping[str, Any]) -> bool:
    """Also one that had ended and is back in the file."""
    return version.valid_until is not None or any(
        getattr(version, field) != value for field, value in values.items()
    )


def _coming_day(codes: list[str], day: date | None) -> date:
    if day is None:
        raise new_version_needs_a_day(codes)
    if day <= clock.today():
        raise new_version_in_the_past(day, clock.today())
    return day


def _end(version: IndicatorVersion, day: date) -> None:
    """The next version, if any, takes over on that day; this one stays as it was used."""
    held_until, held_from = version.valid_until, version.valid_from
    if (held_until and day < held_until) or (held_from and day <= held_from):
        raise new_version_too_early(version.indicator.code, day, held_until or held_from)
    if held_until is None:
        version.valid_until = day
        version.save(update_fields=["valid_until"])


def _values(item: IndicatorItem, identities: Mapping[str, Indicator]) -> dict[str, Any]:
    values: dict[str, Any] = {field: getattr(item, field) for field in _SAME_NAME}
    return values | {
        "kind": item.kind.value,
        "window": item.window.value,
        "levels": [level.value for level in item.levels],
        "over_time": item.rules.time.value,
        "over_units": item.rules.units.value,
        "over_parties": item.rules.parties.value,
        "numerator_id": identities[item.numerator].pk if item.numerator else None,
        "denominator_id": identities[item.denominator].pk if item.denominator else None,
        "direction": item.direction.value,
        "persons": item.persons.value,
        "plausible": {level.value: [_whole(end) for end in ends] for level, ends in item.range.items()},
        "plausible_source": item.range_source,
        "counting_party": {level.value: party.value for level, party in item.counting_party.items()},
        "asked_of": {level.value: [party.value for party in asked] for level, asked in item.asked_of.items()},
    }


def _whole(number: float) -> int | float:
    return int(number) if float(number).is_integer() else number
