from django.db import transaction

from phoihop.reports.actions import accept_report, accept_reports, follow_reorganisations
from phoihop.reports.models import Exemption, LedgerCounter, LedgerEntry
from tests.reports.world import CELLS, World, accepted, submitted


def entries() -> list[tuple[int, int, int | None]]:
    return list(LedgerEntry.objects.order_by("seq").values_list("seq", "report", "version"))


def test_each_acceptance_is_the_next_entry(world: World) -> None:
    period = world.open()
    first = accepted(world.report_of(world.units[0]))
    second = accepted(world.report_of(world.units[1]))
    corrected = accepted(first, {**CELLS, "B01": "5"}, reason="Sót")
    Exemption.objects.create(form=world.form, area=world.communes[1], reason="Lũ")
    follow_reorganisations(period=period, by=None)

    assert entries() == [
        (1, first.pk, first.accepted_version_id),
        (2, second.pk, second.accepted_version_id),
        (3, first.pk, corrected.accepted_version_id),
        (4, second.pk, None),
    ]
    assert LedgerCounter.objects.get().last == 4


def test_acceptance_undone_leaves_no_gap(world: World) -> None:
    world.open()
    accepted(world.report_of(world.units[0]))
    report = submitted(world.report_of(world.units[1]))

    with transaction.atomic():
        accept_report(report=report, by=None)
        transaction.set_rollback(True)
    accept_report(report=report, by=None)

    assert [seq for seq, _, _ in entries()] == [1, 2]


def test_many_acceptances_are_entered_in_the_order_given(world: World) -> None:
    world.open()
    reports = [submitted(world.report_of(each)) for each in (world.desk, *world.units)]

    accept_reports(reports=reports, by=None)

    assert [report for _, report, _ in entries()] == [report.pk for report in reports]
