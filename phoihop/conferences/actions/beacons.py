from collections.abc import Mapping
from typing import Any

from phoihop.conferences.models import Beacon, Site
from phoihop.core import clock
from phoihop.core.turns import writing_turn

_LARGEST = 2_000_000_000
_LEAST = {"delay_ms": 0, "frames": 0, "lost_packets": 0, "skew_ms": -_LARGEST}


def keep_beacon(*, site: Site, said: Mapping[str, Any]) -> None:
    """One a minute of every site: the table refuses a second. Measurements, not acts: the audit does not tell them."""
    at = clock.now()
    values = {name: _number(said.get(name), least) for name, least in _LEAST.items()}
    with writing_turn():
        Beacon.objects.bulk_create(
            [Beacon(site=site, at=at, minute=int(at.timestamp()) // 60, **values)], ignore_conflicts=True
        )


def _number(value: Any, least: int) -> int | None:
    """None for what no page of ours sends."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return round(value) if is_number and least <= value <= _LARGEST else None
