"""Simulated values inside the published ranges (indicators.yaml), deterministic from the seed.

A unit's `weight` is the number of communes of the old map it stands for: 1 for such a commune, its sources for a commune
of 2025, all of its communes for a province that reports for them.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from phoihop.demo.chance import around, chance, whole

FIRST_YEAR = 2014


@dataclass(frozen=True, slots=True)
class Unit:
    key: str
    level: str  # commune | province | nation
    weight: int
    units_below: int  # communes that report to it


@dataclass(frozen=True, slots=True)
class Draw:
    """One unit, party and window, and the share of the window's days it answers for."""

    unit: Unit
    party: str
    year: int
    half: int  # 1 or 2; 0 for a window of a year
    share: float = 1.0
    holds_festival: bool = True  # 19 August is among its days
    to_the_end: bool = True  # the window's last day is

    @property
    def key(self) -> tuple[object, ...]:
        return (self.unit.key, self.year, self.half)


# Means per commune of the old map: for a half-year, a year, or a recognition window, by indicator.
PER_COMMUNE: dict[str, float] = {
    "A01": 0.3, "A02": 1.0, "A04": 0.7, "A07": 0.5, "B01": 3.8, "C05": 0.03, "C06": 0.8, "C07": 0.12,
    "D01": 9.2, "D03": 8.2, "D07": 6.5, "E02": 5.5, "F01": 9.0, "G01": 4.2, "H01": 0.5, "H08D": 34,
    "H09": 1.2, "H10": 0.2, "H11": 1.1,
}  # fmt: skip
# Means of a province's and a central body's own work.
OWN: dict[str, dict[str, float]] = {
    "province": {
        "A01": 22, "A02": 1, "A04": 2.5, "A05": 7, "A07": 1, "B01": 24, "B03": 560, "B06": 11, "C01": 70, "C05": 4,
        "C09": 18, "G01": 60, "H01": 2, "H08D": 320, "H09": 5, "H10": 2, "H11": 6,
    },
    "nation": {
        "A01": 14, "A02": 1, "A04": 2, "A05": 9, "A07": 1, "B01": 60, "B03": 3200, "B06": 7, "C01": 760, "C09": 60,
        "G01": 30, "H09": 7, "H10": 5, "H11": 22,
    },
}  # fmt: skip
# Parts and companions: value = another value times a ratio around a centre.
FROM_ANOTHER: dict[str, tuple[str, float, float]] = {
    "A03N": ("A03D", 0.975, 0.02), "B02": ("B01", 88.0, 0.15), "C03": ("C02", 1.12, 0.05), "C08D": ("C02", 0.97, 0.02),
    "C08N": ("C08D", 0.84, 0.1), "D02": ("D01", 3.9, 0.05), "D04": ("D03", 3.5, 0.03), "D08": ("D07", 0.84, 0.06),
    "E03": ("E02", 190.0, 0.25), "F02": ("F01", 0.88, 0.1), "G02": ("G01", 0.87, 0.08), "G06": ("G01", 0.24, 0.15),
    "H03": ("H01", 15.0, 0.3), "H04": ("H03", 0.9, 0.09), "H05D": ("H04", 1.0, 0.0), "H05N": ("H05D", 0.86, 0.1),
    "H08N": ("H08D", 0.89, 0.06), "H12": ("H11", 0.78, 0.15),
}  # fmt: skip
STEADY = {"D01", "D03", "F01"}  # groups and residential areas hardly move
STOCKS = {"D01", "D03"}  # a stock is whole on any day; a flow grows with the days
COMPARED = {"B01", "C02", "D01"}  # other parties report them too; theirs differ and do not count


def value(code: str, draw: Draw, *, consolidated: bool) -> int | None:
    """The simulated value of an indicator; None where this unit has nothing to say about it."""
    if code in FROM_ANOTHER:
        base, centre, spread = FROM_ANOTHER[code]
        of = value(base, draw, consolidated=consolidated)
        ratio = around(centre, spread, code, *draw.key)
        days = draw.share if code == "C08D" else 1.0  # points are assessed once a year, held all year
        return None if of is None else round(days * (of * ratio if centre > 1 else min(of, of * ratio)))
    special = SPECIAL.get(code)
    if special:
        return special(draw, consolidated)
    return _plain(code, draw, consolidated)


def _plain(code: str, draw: Draw, consolidated: bool) -> int | None:
    own = 0.0 if draw.unit.level == "commune" else OWN[draw.unit.level].get(code, 0.0)
    below = PER_COMMUNE.get(code, 0.0) * _size(draw.unit) if _stands_for_communes(draw, consolidated) else 0.0
    if not own and code not in PER_COMMUNE:
        return None
    mean = own + below
    days = 1.0 if code in STOCKS else draw.share
    return whole(mean * _pace(code, draw) * days, code, draw.party, *draw.key)


def _size(unit: Unit) -> float:
    """Provinces of many communes have smaller ones: their totals differ less than their numbers of communes."""
    return unit.weight if unit.level == "commune" else 130 + 0.25 * unit.weight


def _stands_for_communes(draw: Draw, consolidated: bool) -> bool:
    return draw.unit.level == "commune" or consolidated


def _pace(code: str, draw: Draw) -> float:
    """A unit's lasting character, a slow growth, and the noise of one window."""
    character = around(1.0, 0.35 if draw.unit.level == "commune" else 0.08, "character", code, draw.unit.key)
    if code in STEADY:
        return character * around(1.0, 0.01, "noise", code, *draw.key)
    growth = 1.02 ** min(draw.year - FIRST_YEAR, 8)
    side = (
        1.0
        if code not in COMPARED or draw.party == "police"
        else around(0.8, 0.25, "side", code, draw.party, draw.unit.key)
    )
    return character * growth * side * around(1.0, 0.1, "noise", code, draw.party, *draw.key)


def _model_points(draw: Draw, consolidated: bool) -> int | None:
    """Points of the year before, and the new ones, less the stopped ones: the stock agrees with its flows."""
    if not _stands_for_communes(draw, consolidated):
        return None
    stock = whole(8.0 * _size(draw.unit) * _pace("C02", _at(draw, FIRST_YEAR, 0)), "C02", draw.unit.key)
    for year in range(FIRST_YEAR + 1, draw.year + 1):
        for half in (1, 2):
            then = _at(draw, year, half)
            stock += (_plain("C06", then, consolidated) or 0) - (_plain("C07", then, consolidated) or 0)
    return max(stock, 0)


def _at(draw: Draw, year: int, half: int) -> Draw:
    return Draw(draw.unit, "police", year, half)


def _festival_held(draw: Draw, consolidated: bool) -> int | None:
    if not draw.holds_festival:
        return 0 if _stands_for_communes(draw, consolidated) else None
    if draw.unit.level == "commune":
        return int(chance("festival", *draw.key) < 0.93)
    return round(draw.unit.units_below * around(0.9, 0.08, "E01", *draw.key)) if consolidated else None


def _festival_points(draw: Draw, consolidated: bool) -> int | None:
    whole_year = replace(draw, share=1.0)
    return (
        _plain("E02", whole_year, consolidated) if draw.holds_festival else _festival_held(draw, consolidated)
    )


def _units_due_to_sign(draw: Draw, consolidated: bool) -> int | None:
    return draw.unit.units_below if draw.unit.level != "commune" else None


def _share_of_units(code: str, centre: float, spread: float) -> Callable[[Draw, bool], int | None]:
    def drawn(draw: Draw, consolidated: bool) -> int | None:
        if draw.unit.level != "province":
            return None
        if not draw.to_the_end:
            return 0  # decided once, at the end of the window
        return round(draw.unit.units_below * min(around(centre, spread, code, *draw.key), 1.0))

    return drawn


def _classed(code: str) -> Callable[[Draw, bool], int | None]:
    """Excellent, good, average and weak add up to the units classed."""

    def drawn(draw: Draw, consolidated: bool) -> int | None:
        if draw.unit.level != "province":
            return None
        all_units = draw.unit.units_below if draw.to_the_end else 0
        excellent = round(all_units * around(0.34, 0.4, "F08", *draw.key))
        average = round(all_units * around(0.1, 0.5, "F10", *draw.key))
        weak = whole(all_units * 0.004, "F11", *draw.key)
        rest = all_units - excellent - average - weak
        return {"F08": excellent, "F09": rest, "F10": average, "F11": weak}[code]

    return drawn


SPECIAL: dict[str, Callable[[Draw, bool], int | None]] = {
    "C02": _model_points,
    "E01": _festival_held,
    "E02": _festival_points,
    "A03D": _units_due_to_sign,
    "C11N": _share_of_units("C11N", 0.76, 0.15),
    "F04": _share_of_units("F04", 0.82, 0.12),
    **{code: _classed(code) for code in ("F08", "F09", "F10", "F11")},
}
