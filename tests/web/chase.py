"""A province with many communes some days before the date: who is missing, who handed in, and how."""

from dataclasses import dataclass

from phoihop.areas.enums import Level
from phoihop.orgs.models import Contact
from phoihop.reports.actions import Explanation, add_return_text, open_period, remind_units
from phoihop.reports.models import Report
from tests.factories.areas import area_under
from tests.factories.orgs import police_of
from tests.reports.world import H1, World, new_world, submitted

KEPT_TEXT = "Thiếu số lượt người"


@dataclass
class Chase:
    """Of ten communes four are missing, of those three can be mailed and one of the three was reminded today; of the six
    that handed in, one explains a warning and one left a cell blank."""

    world: World
    missing: list[Report]
    mailed: list[str]  # addresses that are due a message
    clean: list[Report]
    warned: list[Report]
    blank: list[Report]


def chase_of(communes: int) -> Chase:
    """`communes`: a multiple of ten."""
    world = new_world()
    for number in range(3, communes + 1):
        commune = area_under(world.province, Level.COMMUNE, f"Đăk {number:03}")
        world.units.append(police_of(commune, world.desk))
    open_period(form=world.form, period=H1, by=None)
    add_return_text(organisation=world.desk, text=KEPT_TEXT, by=None)
    found = Chase(world, [], [], [], [], [])
    for index, unit in enumerate(world.units):
        report = world.report_of(unit)
        kind = index % 10
        if kind < 4:
            found.missing.append(report)
            _reachable(found, report, kind)
        elif kind == 4:
            explained = [Explanation("plausible_ratio", "Họp tổ, ít người", "B02")]
            notes = {"B02": "Họp tổ, ít người"}
            cells = {"B01": "4", "B02": "4"}
            found.warned.append(submitted(report, cells, notes=notes, waivers=explained))
        elif kind == 5:
            found.blank.append(submitted(report, {"B01": "4"}))
        else:
            found.clean.append(submitted(report))
    return found


def _reachable(found: Chase, report: Report, kind: int) -> None:
    if kind == 0:
        return
    address = f"truc-{report.pk}@example.org"
    Contact.objects.create(organisation=report.organisation, post_title="Trực ban", email=address)
    if kind == 1:
        remind_units(reports=[report], by=None)
    else:
        found.mailed.append(address)
