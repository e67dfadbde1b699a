"""A review tells the assignments of its programmes as of its day, and keeps what it told."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from phoihop.areas.actions.derived import rebuild_derived
from phoihop.assignments.actions import (
    answer_proposal,
    ask_extension,
    cascade_assignment,
    close_assignment,
    grant_extension,
    report_done,
    send_proposal,
    withdraw_assignment,
)
from phoihop.assignments.models import Assignment, Movement
from phoihop.core import clock
from phoihop.indicators.models import Indicator
from phoihop.reviews.actions import compose_review, freeze_review, redact_quoted_words
from phoihop.reviews.models import Review, Section, SectionText
from phoihop.reviews.queries.reviews import context_of
from phoihop.reviews.verify import verify_version
from tests.factories.assignments import issued
from tests.factories.indicators import indicator
from tests.reviews.world import ReviewWorld, review_world

LAST = date(2026, 6, 14)  # of the review's only window
TASKS = {"key": "tasks", "title": {"vi": "II. Nhiệm vụ", "en": "II. Tasks"}, "kind": "tasks", "indicators": ["K01", "K02", "K03"]}  # fmt: skip
PROPOSALS = {"key": "proposals", "title": {"vi": "KIẾN NGHỊ", "en": "Proposals"}, "kind": "text"}


def at(day: date) -> time_machine.travel:
    return time_machine.travel(datetime(day.year, day.month, day.day, 2, tzinfo=UTC), tick=False)


@pytest.fixture
def world(db: None) -> Iterator[ReviewWorld]:
    """Whose programme tells tasks; composed on 16/6/2026."""
    with at(date(2026, 6, 16)):
        made = review_world()
        rebuild_derived()
        programme = made.base.programme
        programme.outline = {
            **programme.outline,
            "outline": [*programme.outline["outline"], TASKS, PROPOSALS],
        }
        programme.save()
        for code, kind in (("K01", "add"), ("K02N", "add"), ("K02D", "add"), ("K03", "last")):
            indicator(
                code, "system", programme=programme, over_time=kind, over_units="add", unit_vi="nhiệm vụ"
            )
        indicator(
            "K02", "system", programme=programme, over_time="recompute", over_units="recompute", unit_vi="%",
            numerator=Indicator.objects.get(code="K02N"), denominator=Indicator.objects.get(code="K02D"),
            factor=100, decimals=2, direction="up",
        )  # fmt: skip
        made.accept_all()
        yield made


def given(world: ReviewWorld) -> dict[str, Assignment]:
    """On 1/4/2026: five tasks for the province, one of them in parts; what became of them by 14/6."""
    base = world.base
    with at(date(2026, 4, 1)):
        rows = issued(base.centre, base.programme, *[base.desk] * 5, due_on=date(2026, 5, 31))
        late, on_time, open_one, withdrawn, whole = rows
        Assignment.objects.filter(pk=open_one.pk).update(
            due_on=date(2026, 12, 31), original_due_on=date(2026, 12, 31)
        )
        parts = cascade_assignment(assignment=whole, level="commune", by=None)
    with at(date(2026, 5, 20)):
        report_done(assignment=on_time, by=None)
        close_assignment(assignment=on_time, by=None)
        withdraw_assignment(assignment=withdrawn, reason="Chỉ đạo mới", by=None)
        report_done(assignment=parts[0], by=None)
        close_assignment(assignment=parts[0], by=None)
    with at(date(2026, 6, 5)):
        close_assignment(assignment=report_done(assignment=late, by=None), by=None)
    return {"late": late, "on_time": on_time, "open": open_one, "withdrawn": withdrawn, "whole": whole}


def composed(world: ReviewWorld, **fields: Any) -> Review:
    return world.composed(state="received", **fields)


def values(review: Review) -> dict[str, str | None]:
    return {code: review.composed["figures"][code]["value"] for code in ("K01", "K02", "K03")}


def texts(review: Review, key: str) -> str:
    blocks = review.sections.get(key=key).blocks
    return " ".join(block.get("vi", "") for block in blocks)


def test_the_figures_count_what_was_given_and_done_in_the_window(world: ReviewWorld) -> None:
    given(world)
    review = composed(world)
    assert values(review) == {"K01": "4", "K02": "50", "K03": "1"}
    rate = review.composed["figures"]["K02"]
    assert (rate["numerator"], rate["denominator"]) == ("1", "2")


def test_the_annex_lists_each_task_once_under_its_conclusions_with_its_state(world: ReviewWorld) -> None:
    told = given(world)
    table = composed(world).composed["tables"]["tasks"]
    kinds = [row["kind"] for row in table["rows"]]
    assert kinds == ["group", "row", "row", "row", "row"]  # the withdrawn one and the parts are told beside
    states = [row["cells"]["status"]["vi"] for row in table["rows"] if row["kind"] == "row"]
    assert states == [
        "hoàn thành quá hạn (05/06/2026)",
        "hoàn thành đúng hạn (20/05/2026)",
        "đang thực hiện, trong hạn",
        "quá hạn, chưa hoàn thành (14 ngày); nhiệm vụ thành phần: hoàn thành 1/2, quá hạn 1",
    ]
    assert table["rows"][3]["cells"]["due"]["vi"] == "31/12/2026"
    assert table["rows"][1]["cells"]["lead"]["vi"] == told["late"].lead.name_vi
    assert "1 nhiệm vụ đã rút" in table["note"]["vi"]


def test_the_section_says_the_four_cells_and_where_they_are_listed(world: ReviewWorld) -> None:
    given(world)
    said = texts(composed(world), "tasks")
    assert (
        "Tính đến ngày 14/06/2026, trong tổng số 4 nhiệm vụ: 1 hoàn thành đúng hạn; 1 hoàn thành quá hạn;"
        " 1 đang thực hiện trong hạn; 1 quá hạn chưa hoàn thành." in said
    )
    assert "Phụ lục" in said


def test_tasks_of_before_are_told_once_and_never_as_reported_none(world: ReviewWorld) -> None:
    given(world)
    Assignment.objects.update(given_at=datetime(2025, 3, 1, 2, tzinfo=UTC))
    Assignment.objects.filter(state="closed").update(state="withdrawn", withdrawn_at=clock.now(), withdraw_reason="x", done_on=None, closed_at=None, reported_done_on=None)  # fmt: skip
    Movement.objects.filter(act__in=["closed", "reported_done"]).delete()
    review = composed(world)
    assert values(review) == {"K01": "0", "K02": None, "K03": "3"}
    said = texts(review, "tasks")
    assert "không phát sinh" not in said
    assert "Chưa có số liệu" not in said
    assert "trong tổng số 4 nhiệm vụ (4 nhiệm vụ giao từ trước kỳ báo cáo, 0 nhiệm vụ giao trong kỳ):" in said


def test_what_was_reported_done_stays_overdue_and_is_said_to_wait(world: ReviewWorld) -> None:
    told = given(world)
    with at(date(2026, 6, 10)):
        report_done(assignment=told["whole"], by=None)
    review = composed(world)
    assert values(review) == {"K01": "4", "K02": "50", "K03": "1"}
    assert "1 nhiệm vụ đã báo cáo hoàn thành, chờ kết thúc." in texts(review, "tasks")
    states = [row["cells"]["status"]["vi"] for row in review.composed["tables"]["tasks"]["rows"][1:]]
    assert states[-1] == (
        "quá hạn, chưa hoàn thành (14 ngày); đã báo cáo hoàn thành 10/06/2026, chờ kết thúc;"
        " nhiệm vụ thành phần: hoàn thành 1/2, quá hạn 1"
    )


def test_without_conclusions_the_figures_are_missing_and_never_nought(world: ReviewWorld) -> None:
    review = composed(world)
    assert values(review) == {"K01": None, "K02": None, "K03": None}
    assert "chưa ghi nhận kết luận" in review.composed["figures"]["K01"]["why_missing"]["vi"]
    table = review.composed["tables"]["tasks"]
    assert [row["kind"] for row in table["rows"]] == ["group"]


def test_a_commune_reads_its_own_parts(world: ReviewWorld) -> None:
    given(world)
    review = composed(world, area=world.base.communes[0], slug="so-ket-xa")
    table = review.composed["tables"]["tasks"]
    leads = [row["cells"]["lead"]["vi"] for row in table["rows"] if row["kind"] == "row"]
    assert leads == [world.units[0].name_vi]
    assert values(review)["K01"] == "1"


def test_what_happens_later_changes_neither_the_frozen_text_nor_its_verification(world: ReviewWorld) -> None:
    told = given(world)
    version = freeze_review(review=composed(world), by=None, render=False)
    before = context_of(version)["tables"]["tasks"]
    with at(date(2026, 6, 20)):
        report_done(assignment=told["whole"], done_on=date(2026, 6, 10), by=None)  # a day before the review's
        close_assignment(assignment=told["whole"], by=None)
        assert verify_version(version) == []
        assert context_of(version)["tables"]["tasks"] == before
        again = compose_review(review=version.review, by=None)
        assert values(again) == {"K01": "4", "K02": "33.33", "K03": "0"}


def test_proposals_stand_with_their_answers_as_of_the_reviews_day(world: ReviewWorld) -> None:
    base = world.base
    with at(date(2026, 4, 1)):
        answered, waiting, late = (
            send_proposal(
                sender=base.desk, receiver=base.centre, programme=base.programme, title=title, text="Nội dung",
                answer_by=day, by=None,
            )
            for title, day in [
                ("Bố trí kinh phí", date(2026, 5, 1)), ("Tập huấn", date(2026, 7, 1)), ("Hướng dẫn", date(2026, 5, 1)),
            ]
        )  # fmt: skip
    with at(date(2026, 4, 20)):
        answer_proposal(proposal=answered, answer="Đồng ý bố trí từ năm 2027", by=None)
    with at(LAST + timedelta(days=1)):
        answer_proposal(proposal=late, answer="Trả lời sau ngày sơ kết", by=None)
    review = composed(world)
    said = texts(review, "proposals")
    assert "Bố trí kinh phí. Trả lời ngày 20/04/2026: Đồng ý bố trí từ năm 2027" in said
    assert f"{waiting.title}. Chưa trả lời, trong hạn." in said
    assert "Hướng dẫn. Quá hạn, chưa trả lời." in said
    assert "sau ngày sơ kết" not in said
    assert {block["kind"] for block in review.sections.get(key="proposals").blocks} == {"bullet"}
    annex = next(each for each in review.composed["annexes"] if each["key"] == "tasks")
    assert annex["tables"] == ["tasks", "proposals"]
    assert len(review.composed["tables"]["proposals"]["rows"]) == 3


@pytest.mark.parametrize("place", ["title", "answer"])
def test_what_is_taken_out_of_a_proposal_goes_from_the_reviews_that_quote_it(
    world: ReviewWorld, place: str
) -> None:
    said = {"title": "Kiến nghị của bà B, 0901234567", "answer": "Đã trả lời bà B, 0901234567"}
    with at(date(2026, 4, 1)):
        proposal = send_proposal(
            sender=world.base.desk, receiver=world.base.centre, programme=world.base.programme,
            title=said["title"], text="Nội dung", answer_by=date(2026, 5, 1), by=None,
        )  # fmt: skip
        answer_proposal(proposal=proposal, answer=said["answer"], by=None)
    version = freeze_review(review=composed(world), by=None, render=False)
    for each in said.values():
        assert version.context.count(each) == 4  # in the text and in the annex, in both languages
    redact_quoted_words(thing=proposal, place=place, pk=proposal.pk, reason="Dữ liệu cá nhân", by=None)
    version.refresh_from_db()
    held = version.context + json.dumps(
        [version.review.composed, list(SectionText.objects.values()), list(Section.objects.values())],
        default=str, ensure_ascii=False,
    )  # fmt: skip
    assert {name: text in held for name, text in said.items()} == {
        "title": place != "title", "answer": place != "answer",
    }  # fmt: skip
    assert verify_version(version) == []


def test_the_documents_are_drawn_with_the_tasks(world: ReviewWorld) -> None:
    given(world)
    version = freeze_review(review=composed(world), by=None)
    assert {file.name.rpartition(".")[2] for file in version.files.all()} == {"docx", "pdf"}


def test_an_extended_task_is_in_one_cell_and_counted_once_apart_with_its_first_date(
    world: ReviewWorld,
) -> None:
    base = world.base
    with at(date(2026, 4, 1)):
        moved, twice, done, _plain = issued(
            base.centre, base.programme, *[base.desk] * 4, due_on=date(2026, 5, 31)
        )
    for task, day, wanted in (
        (moved, date(2026, 5, 20), date(2026, 6, 10)),
        (twice, date(2026, 5, 20), date(2026, 6, 10)),
        (twice, date(2026, 6, 9), date(2026, 7, 15)),
        (done, date(2026, 5, 20), date(2026, 6, 10)),
    ):
        with at(day):
            asked = ask_extension(assignment=task, wanted_on=wanted, reason="Mưa lũ", by=None)
            grant_extension(extension=asked, by=None)
    with at(date(2026, 6, 5)):
        close_assignment(assignment=report_done(assignment=done, by=None), by=None)
    review = composed(world)
    told = texts(review, "tasks")
    assert (
        "trong tổng số 4 nhiệm vụ: 1 hoàn thành đúng hạn; 0 hoàn thành quá hạn; 1 đang thực hiện trong hạn;"
        " 2 quá hạn chưa hoàn thành." in told
    )
    assert "3 nhiệm vụ đã được gia hạn." in told
    due = [
        row["cells"]["due"]["vi"]
        for row in review.composed["tables"]["tasks"]["rows"]
        if row["kind"] == "row"
    ]
    assert sorted(due) == [
        "10/06/2026 (ban đầu 31/05/2026)",
        "10/06/2026 (ban đầu 31/05/2026)",
        "15/07/2026 (ban đầu 31/05/2026)",
        "31/05/2026",
    ]
