"""A corrected report that the superior has not confirmed again: issuers are told, and who must submit again."""

from datetime import UTC, datetime

import pytest

from phoihop.core import clock
from phoihop.orgs.enums import Role
from phoihop.reports.actions import accept_report, correct_report
from phoihop.reports.enums import Origin
from phoihop.reports.models import Report
from phoihop.reports.queries.reports import out_of_step_for
from phoihop.reviews.actions import freeze_review
from phoihop.reviews.models import Review
from phoihop.reviews.queries.unconfirmed import unconfirmed_in, waiting_reviews
from tests.reviews.world import ReviewWorld
from tests.web.world import client_of

LATER = datetime(2026, 7, 20, 3, tzinfo=UTC)


@pytest.fixture
def review(world: ReviewWorld) -> Review:
    world.accept_all()
    return freeze_review(review=world.composed(), by=None, render=False).review


def corrected(world: ReviewWorld, report: Report, cells: dict[str, str]) -> Report:
    with clock.pinned(LATER):
        correct_report(
            report=report, cells=cells, reason="Bổ sung", by=None, origin=Origin.FORM, simulated=True
        )
        return accept_report(report=report, by=None)


def commune(world: ReviewWorld) -> Report:
    return world.base.report_of(world.units[0], world.period)


def province(world: ReviewWorld) -> Report:
    return world.base.report_of(world.base.desk, world.period)


def test_issuers_are_told_until_the_superior_confirms_again(world: ReviewWorld, review: Review) -> None:
    desk, centre = world.base.central_desk, world.base.centre
    assert waiting_reviews(desk, [centre]) == []
    corrected(world, commune(world), {"B01": "5", "B02": "400"})
    (waiting,) = waiting_reviews(desk, [centre])
    assert [(each.corrected, each.superior, each.since) for each in waiting.reports] == [
        (commune(world), province(world), LATER)
    ]
    assert waiting_reviews(desk, [world.base.desk]) == []  # it issues none
    corrected(world, province(world), {"B01": "10", "B02": "1100"})
    assert waiting_reviews(desk, [centre]) == []


def test_a_review_of_another_area_or_of_received_figures_waits_for_nothing(world: ReviewWorld) -> None:
    world.accept_all()
    received = freeze_review(review=world.composed(state="received"), by=None, render=False).review
    other = freeze_review(
        review=world.composed(area=world.base.communes[1], slug="other"), by=None, render=False
    ).review
    corrected(world, commune(world), {"B01": "5", "B02": "400"})
    assert (unconfirmed_in(received), unconfirmed_in(other)) == ([], [])


def test_the_pages_say_what_waits_and_for_whom(world: ReviewWorld, review: Review) -> None:
    client = client_of(world.base.central_desk)
    addresses = (
        "/",
        f"/so-ket/{review.slug}/",
        f"/so-ket/{review.slug}/soan/",
        f"/so-ket/{review.slug}/thay-doi/",
    )
    told = "chưa có báo cáo của cấp trên xác nhận lại"
    for address in addresses:
        assert told not in client.get(address).content.decode()
    corrected(world, commune(world), {"B01": "5", "B02": "400"})
    for address in addresses:
        page = client.get(address).content.decode()
        assert told in page, address
        assert world.units[0].name_vi in page
    assert told not in client.get(f"{addresses[-1]}?tu=1&den=draft").content.decode()


def test_the_superior_is_asked_to_submit_again_until_it_has(world: ReviewWorld, review: Review) -> None:
    superior, officer = world.base.desk, world.base.user(world.base.desk, Role.REPORTING_OFFICER)
    corrected(world, commune(world), {"B01": "5", "B02": "400"})
    assert list(out_of_step_for([superior.pk])) == [province(world)]
    assert list(out_of_step_for([world.base.centre.pk])) == []
    entry = f"/bao-cao/{province(world).pk}/nhap/"
    for user in (world.base.provincial_desk, officer):
        page = client_of(user).get("/").content.decode()
        assert "Lệch với cấp dưới: cần nộp lại" in page
        assert entry in page
    mine = client_of(officer).get("/bao-cao-cua-toi/")
    assert [report.pk for report in mine.context["mine"].out_of_step] == [province(world).pk]
    correct_report(
        report=province(world), cells={"B01": "10", "B02": "1100"}, reason="x", by=None, origin=Origin.FORM,
        simulated=True,
    )  # fmt: skip
    assert list(out_of_step_for([superior.pk])) == []
