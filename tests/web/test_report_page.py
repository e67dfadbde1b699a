from datetime import date
from decimal import Decimal

from phoihop.areas.models import AreaTitle
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
    columns = page.context["desk"].columns
    before = {code: columns.beside[code].previous for code in ("B01", "B02")}
    assert (rows["B01"].value, columns.previous) == (Decimal(5), 1)
    assert [(each.shown, each.difference) for each in before.values()] == [("4", 1), ("400", None)]
    assert "thiếu một cuộc" in page.content.decode()
    first = client.get(f"/bao-cao/{report.pk}/?version=1").context["page"]
    assert first.version.number == 1
    assert client.get(f"/bao-cao/{report.pk}/?version=9").status_code == 404


def test_a_past_report_names_the_unit_as_it_was_called_then(world: PageWorld) -> None:
    base = world.told.base
    body, report = base.units[0], base.report_of(base.units[0])
    area = body.area
    body.name_vi, area.full_name = f"Công an phường {area.name}", f"Phường {area.name}"
    body.save()
    area.save()
    AreaTitle.objects.create(
        area=area, kind="xã", full_name=f"Xã {area.name}", valid_until=report.covers_until
    )
    AreaTitle.objects.create(
        area=area, kind="phường", full_name=area.full_name, valid_from=report.covers_until
    )
    client = client_of(base.officer())
    page = client.get(f"/bao-cao/{report.pk}/").content.decode()
    assert f"<h1>Công an xã {area.name}:" in page
    assert f"Công an phường {area.name}:" not in page
    lineage = client_of(base.central_desk).get(world.figure("B01", "commune")).content.decode()
    assert f"Công an xã {area.name}" in lineage
    AreaTitle.objects.update(valid_from=None, valid_until=date(2000, 1, 1))
    assert f"<h1>Công an phường {area.name}:" in client.get(f"/bao-cao/{report.pk}/").content.decode()
