from decimal import Decimal

from phoihop.reports.actions import accept_report, correct_report
from phoihop.reports.enums import Origin
from tests.web.world import PageWorld, client_of


def test_a_report_shows_each_cell_and_how_it_counts(world: PageWorld) -> None:
    base = world.told.base
    page = client_of(base.officer()).get(f"/bao-cao/{base.report_of(base.units[0]).pk}/")
    rows = {row.definition.indicator.code: row for row in page.context["page"].rows}
    assert rows["B01"].value == Decimal(4)
    assert rows["B01"].is_counting
    assert "được tính vào tổng" in page.content.decode()


def test_a_correction_shows_what_the_version_before_said(world: PageWorld) -> None:
    base = world.told.base
    report = base.report_of(base.units[0])
    cells = {"B01": "5", "B02": "400"}
    corrected = correct_report(
        report=report, cells=cells, reason="thiếu một cuộc", by=None, origin=Origin.FORM
    )
    accept_report(report=corrected, by=None)
    client = client_of(base.officer())
    page = client.get(f"/bao-cao/{report.pk}/")
    rows = {row.definition.indicator.code: row for row in page.context["page"].rows}
    assert (rows["B01"].value, rows["B01"].before, rows["B02"].before) == (Decimal(5), "4", "")
    assert "thiếu một cuộc" in page.content.decode()
    first = client.get(f"/bao-cao/{report.pk}/?version=1").context["page"]
    assert first.version.number == 1
    assert client.get(f"/bao-cao/{report.pk}/?version=9").status_code == 404
