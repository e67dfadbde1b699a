"""From the first day of a half-year to the frozen review, and what a correction does afterwards."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from phoihop.core import clock
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Organisation
from phoihop.reports.actions import accept_report, correct_report, freeze_list, submit_report
from phoihop.reports.enums import Origin
from phoihop.reviews.actions import (
    approve_version,
    compose_review,
    create_planned_review,
    freeze_review,
    publish_review,
)
from phoihop.reviews.models import Review
from phoihop.reviews.queries import changed_since, context_of, planned_review
from phoihop.reviews.render.words import resolve
from phoihop.reviews.verify import verify_version
from tests.reviews.world import ReviewWorld, review_world

BEGINNING = datetime(2025, 12, 15, 2, tzinfo=UTC)
REPORTING = datetime(2026, 6, 15, 3, tzinfo=UTC)
CORRECTION = datetime(2026, 7, 20, 3, tzinfo=UTC)
REVIEWING = datetime(2026, 7, 1, 3, tzinfo=UTC)


@pytest.fixture
def world(db: None) -> ReviewWorld:
    """On the first day of the half-year."""
    with time_machine.travel(BEGINNING, tick=False):
        return review_world()


def hand_in(world: ReviewWorld, organisation: Organisation, cells: dict[str, str], **fields: Any) -> None:
    """The officer submits; whoever decides above accepts."""
    report = world.base.report_of(organisation, world.period)
    officer = world.base.user(organisation, Role.REPORTING_OFFICER)
    act = correct_report if "reason" in fields else submit_report
    handed_in = act(report=report, cells=cells, by=officer, origin=Origin.FORM, simulated=True, **fields)
    superior = handed_in.superior
    accept_report(
        report=handed_in, by=world.base.user(superior, Role.APPROVER) if superior else world.base.central_desk
    )


def told(review: Review, lang: str) -> list[str]:
    section = review.sections.get(key="content-1")
    figures = review.composed["figures"]
    return [resolve(block[lang], figures, lang) for block in section.blocks]  # type: ignore[arg-type]


def test_commune_reports_become_the_interim_review(world: ReviewWorld) -> None:
    first, second, province, centre = *world.units, world.base.desk, world.base.centre
    desk = world.base.central_desk
    approver = world.base.user(centre, Role.APPROVER)

    with clock.pinned(REPORTING):
        hand_in(world, first, {"B01": "4", "B02": "400"})
        hand_in(world, second, {"B01": "6", "B02": "500"})
        hand_in(world, province, {"B01": "10", "B02": "1100"})
        freeze_list(period=world.period, by=None)

    with clock.pinned(REVIEWING):
        planned = planned_review(f"{world.base.programme.slug}-so-ket")
        review = create_planned_review(planned=planned, by=desk)
        compose_review(review=review, by=desk)
        version = freeze_review(review=review, by=approver, render=False)
        approve_version(audience="public", version=version, organisation=centre, by=approver)
        publish_review(version=version, audience="public", by=approver)

    assert told(review, "vi") == [
        (
            "Trong 6 tháng, toàn quốc đã tổ chức 20 cuộc tuyên truyền, vận động trực tiếp, thu hút 2.000 lượt người tham dự (bình"
            " quân 100 lượt người/cuộc)."
        )
    ]
    assert told(review, "en") == [
        (
            "In the half-year, the whole country held 20 face-to-face communication sessions and drew 2,000 attendances"
            " (100 attendances a session on average)."
        )
    ]
    review.refresh_from_db()
    assert review.stage == "published"
    assert verify_version(version) == []
    assert changed_since(version) == []

    with clock.pinned(CORRECTION):
        hand_in(world, first, {"B01": "5", "B02": "450"}, reason="Bổ sung một cuộc")

    assert world.base.report_of(province, world.period).is_out_of_step
    assert changed_since(version) == []  # confirmed figures wait for the superior's word

    with clock.pinned(CORRECTION):
        hand_in(world, province, {"B01": "10", "B02": "1100"}, reason="Cập nhật số liệu cấp dưới")

    assert verify_version(version) == []
    assert ("B01", "20", "21") in [(each.key, each.then, each.now) for each in changed_since(version)]
    assert context_of(version)["figures"]["B01"]["value"] == "20"

    with clock.pinned(CORRECTION):
        compose_review(review=review, by=desk)
        later = freeze_review(review=review, by=approver, render=False)

    assert later.number == 2
    assert context_of(later)["figures"]["B01"]["value"] == "21"
    assert [verify_version(each) for each in (version, later)] == [[], []]
    assert json.loads(version.context)["provenance"]["ledger_seq"] < later.ledger_seq
