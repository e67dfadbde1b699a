"""A world on disk for a server that runs as a process of its own: built, listed, and looked at afterwards.

python -m tests.reports.storm_world build NUMBER   as many communes, each with an officer who is signed in; JSON
python -m tests.reports.storm_world look           what stands there of each report; JSON
"""

import json
import sys
from collections import Counter

import django


def build(communes: int) -> list[dict[str, object]]:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from phoihop.areas.enums import Level
    from phoihop.orgs.enums import Role
    from phoihop.orgs.models import Organisation
    from tests.factories.areas import area_under
    from tests.factories.orgs import police_of, user_for
    from tests.reports.world import new_world

    world = new_world()
    for number in range(communes - len(world.units)):
        world.units.append(police_of(area_under(world.province, Level.COMMUNE, f"Số {number}"), world.desk))
    period = world.open()
    officers = {unit.pk: user_for(unit, Role.REPORTING_OFFICER) for unit in world.units}
    reports = period.reports.filter(organisation__in=Organisation.objects.filter(pk__in=officers))
    return [
        {"report": pk, "session": _signed_in(officers[unit])}
        for pk, unit in reports.order_by("pk").values_list("pk", "organisation")
    ]


def _signed_in(user: object) -> str:
    from django.test import Client

    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client.cookies["sessionid"].value


def look() -> dict[str, dict[str, int]]:
    """Report -> how many versions were submitted, acts told, receipts kept."""
    from phoihop.audit.models import AuditEvent
    from phoihop.reports.models import Receipt, ReportVersion

    versions = ReportVersion.objects.filter(state="submitted").values_list("report", flat=True)
    every_version = ReportVersion.objects.values_list("report", flat=True)
    events = AuditEvent.objects.filter(action="submit_report").values_list("object_id", flat=True)
    counted = {
        "versions": Counter(map(str, versions)),
        "of_any_state": Counter(map(str, every_version)),
        "events": Counter(events),
        "receipts": Counter(map(str, Receipt.objects.values_list("report", flat=True))),
    }
    reports = sorted(set().union(*counted.values()))
    return {report: {name: each[report] for name, each in counted.items()} for report in reports}


if __name__ == "__main__":
    django.setup()
    json.dump(build(int(sys.argv[2])) if sys.argv[1] == "build" else look(), sys.stdout)
