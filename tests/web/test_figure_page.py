import json
from decimal import Decimal

from phoihop.orgs.enums import Role
from phoihop.reports.actions import accept_report, correct_report, return_report
from phoihop.reports.enums import Origin
from phoihop.reviews.actions import publish_review
from phoihop.reviews.enums import Audience
from phoihop.reviews.pages import review_page
from phoihop.reviews.queries import context_of
from tests.reviews.world import approved
from tests.web.world import PageWorld, client_of


def get(world: PageWorld, address: str, role: Role = Role.CENTRAL_DESK):
    return client_of(world.people()[role]).get(address)


def test_the_value_stands_with_its_reports(world: PageWorld) -> None:
    page = get(world, world.figure("B01"))
    (table,) = page.context["lineage_tables"]
    assert page.context["page"].figure.value == Decimal(20)
    assert sorted(row.cells[3].value for row in table.rows) == [4, 6, 10]
    assert all(row.cells[5].href.startswith("/bao-cao/") for row in table.rows)


def test_what_another_unit_reported_keeps_its_row_without_its_value(world: PageWorld) -> None:
    page = get(world, world.figure("B01"), Role.REPORTING_OFFICER)
    (table,) = page.context["lineage_tables"]
    shown = {row.cells[0].text: (row.cells[3].value, row.cells[5].href != "") for row in table.rows}
    own = world.told.units[0].name_vi
    assert shown.pop(own) == (Decimal(4), True)
    assert set(shown.values()) == {(None, False)}


def test_a_rate_shows_its_parts(world: PageWorld) -> None:
    page = get(world, world.figure("K05"))
    figure = page.context["page"].figure
    assert (figure.numerator, figure.denominator, figure.value) == (3, 3, Decimal("100.00"))


def test_a_reporting_duty_says_how_many_reports_it_counts(world: PageWorld) -> None:
    """Nobody reports it, so no report owes it; that is not a coverage of 0 of 0."""
    said = "hệ thống đếm 3/3 báo cáo phải nộp"
    frozen, today = get(world, frozen_link(world, "K05")), get(world, world.figure("K05"))
    assert [page.content.decode().count(said) for page in (frozen, today)] == [2, 1]
    windows = today.context["trend_table"].rows
    assert [[cell.value for cell in row.cells[2:4]] for row in windows][-1] == [3, 3]


def test_a_missing_figure_says_why_and_is_never_zero(world: PageWorld) -> None:
    page = get(world, world.figure("B01", map="reported", **{"from": "2025-06-15", "to": "2025-12-14"}))
    figure = page.context["page"].figure
    assert figure.value is None
    assert figure.why_missing
    assert figure.why_missing in page.content.decode()


def test_the_formula_writes_numbers_and_windows_as_the_page_does(world: PageWorld) -> None:
    words = get(world, world.figure("B02")).context["page"].lineage.formula
    assert "= 2.000, " in words
    assert "6 tháng đầu năm 2026" in words
    assert "ADM-" not in words


def frozen_link(world: PageWorld, code: str) -> str:
    """As the page of the frozen review writes it."""
    page = review_page(context_of(world.frozen(state="received")), "vi", version=1)
    links = [part.href for piece in page.body for part in getattr(piece, "parts", ()) if part.href]
    return next(href for href in links if f"indicator={code}&" in href and f"figure={code}" in href)


def correct(world: PageWorld, cells: dict[str, str]) -> None:
    report = world.told.base.report_of(world.told.units[0])
    made = correct_report(report=report, cells=cells, reason="ghi nhầm", by=None, origin=Origin.FORM)
    accept_report(report=made, by=None)


def test_the_lineage_shows_the_version_that_was_returned_and_the_one_that_was_corrected(
    world: PageWorld,
) -> None:
    """A correction sent back once: version 1 was accepted, 2 returned, 3 counts."""
    report = world.told.base.report_of(world.told.units[0])
    wrong = {"cells": {"B01": "90", "B02": "4000"}, "reason": "bổ sung", "by": None, "origin": Origin.FORM}
    correct_report(report=report, **wrong)
    return_report(report=report, reason="gấp mười lần", by=world.told.base.provincial_desk)
    correct(world, {"B01": "9", "B02": "400"})
    address = world.figure("B01", state="received")
    base, earlier = (
        world.told.base,
        "phiên bản 1 ghi 4 (ghi nhầm); phiên bản 2 ghi 90 và bị trả lại (gấp mười lần)",
    )
    for user, told in ((base.central_desk, earlier), (base.officer(1), "")):
        (table,) = client_of(user).get(address).context["lineage_tables"]
        [row] = [row for row in table.rows if row.cells[0].text == world.told.units[0].name_vi]
        assert (row.cells[5].text, row.cells[5].note) == ("phiên bản 3", told), user
    assert get(world, address).context["page"].figure.value == 25


def test_a_link_of_a_frozen_review_says_what_was_frozen_and_what_changed_since(world: PageWorld) -> None:
    address = frozen_link(world, "B01")
    before = get(world, address)
    assert "Từ khi khóa đến nay không thay đổi." in before.content.decode()
    correct(world, {"B01": "9", "B02": "400"})
    after = get(world, address)
    frozen, since = after.context["frozen"], after.context["since"]
    assert (frozen.value, frozen.ledger_seq, after.context["page"].figure.value) == (20, 3, 25)
    assert (since.before, since.now, since.difference) == (20, 25, 5)
    html = after.content.decode()
    assert "Đã thay đổi từ khi khóa:" in html
    assert "20 → 25" in html
    assert html.index("20 →") < html.index(">Hôm nay<")
    assert "vị trí sổ cái 3" in html


def test_the_lineage_of_a_frozen_figure_lists_the_versions_of_then(world: PageWorld) -> None:
    address = frozen_link(world, "B01")
    correct(world, {"B01": "9", "B02": "400"})
    frozen, today = get(world, address), get(world, world.figure("B01", state="received"))
    values = [
        sorted(row.cells[3].value for row in page.context["lineage_tables"][0].rows)
        for page in (frozen, today)
    ]
    assert values == [[4, 6, 10], [6, 9, 10]]


def test_the_lineage_of_a_frozen_rate_lists_both_its_parts(world: PageWorld) -> None:
    page = get(world, frozen_link(world, "K05"))
    assert page.context["frozen"].value == 100
    assert not page.context["since"].is_changed


def test_a_link_to_what_a_review_does_not_hold_is_refused(world: PageWorld) -> None:
    address = frozen_link(world, "B01")
    for wrong in (
        address.replace("version=1", "version=2"),
        address.replace("review=so-ket", "review=khac"),
        address.replace("figure=B01", "figure=B02"),
    ):
        assert get(world, wrong).status_code == 400, wrong
    assert client_of(world.people()["guest"]).get(address).status_code == 403


def test_a_frozen_small_count_of_persons_is_protected_from_who_has_not_signed_in(world: PageWorld) -> None:
    version = world.frozen(state="confirmed")
    context = context_of(version)
    context["figures"]["B02"]["value"] = "3"
    version.context = json.dumps(context)
    version.save()
    publish_review(version=approved(version), audience=Audience.PUBLIC, by=None)
    address = f"{context['figures']['B02']['lineage']}&review=so-ket&version=1&figure=B02"
    seen = client_of(world.people()["guest"]).get(address).context
    assert (seen["frozen"].value, seen["frozen"].protected, seen["since"]) == (None, "<5", None)
    assert get(world, address).context["frozen"].value == 3


def test_published_figures_of_the_same_thing_stand_beside(world: PageWorld) -> None:
    page = get(world, world.figure("B01", "province"))
    assert {claim.value for claim in page.context["page"].claims} == {Decimal(700), Decimal(12)}
    assert "hơn" in page.content.decode()


def test_every_table_is_downloaded_by_name(world: PageWorld) -> None:
    for key in ("trend", "parties", "lineage-B01"):
        response = get(world, world.figure("B01", download="xlsx", table=key))
        assert response.status_code == 200, key
        assert response.content[:2] == b"PK"
    assert get(world, world.figure("B01", download="csv", table="nothing")).status_code == 400


def test_an_address_without_a_programme_is_refused_with_a_sentence(world: PageWorld) -> None:
    page = get(world, "/so-lieu/?indicator=B01")
    assert page.status_code == 400
    assert "chương trình" in page.content.decode()
