import json
from typing import Any

import pytest

from phoihop.audit.models import AuditEvent
from phoihop.core import storage
from phoihop.core.errors import Conflict, NotAllowed
from phoihop.orgs.enums import Role
from phoihop.reports.actions import freeze_list
from phoihop.reports.models import Report
from phoihop.reviews.actions import compose_review, edit_section, freeze_review, publish_review
from phoihop.reviews.compose.context import build_context
from phoihop.reviews.models import Review, ReviewVersion
from tests.reports.world import LATE
from tests.reviews.world import ReviewWorld, approved


def frozen(review: Review, **fields: Any) -> ReviewVersion:
    return freeze_review(**{"review": review, "by": None, "render": False, **fields})


def warnings(version: ReviewVersion) -> list[str]:
    return [warning["vi"] for warning in json.loads(version.context)["provenance"]["warnings"]]


def settled(world: ReviewWorld) -> Review:
    """Nothing is open: the list is final and every blank is filled."""
    world.accept_all()
    freeze_list(period=world.period, by=None)
    review = world.composed()
    for key in ("limits", "causes"):
        edit_section(
            section=review.sections.get(key=key),
            blocks=[{"kind": "sentence", "vi": "Không có.", "en": "None."}],
            by=None,
        )
    return review


def test_frozen_context_is_canonical_with_its_hash_and_provenance(world: ReviewWorld) -> None:
    version = frozen(settled(world))

    context = json.loads(version.context)
    assert version.number == 1
    assert len(version.context_hash) == len(version.figures_hash) == 64
    assert context["provenance"]["ledger_seq"] == version.ledger_seq == 3
    assert context["provenance"]["figures_hash"] == version.figures_hash
    assert context["provenance"]["frozen_at"] == "2026-06-16T02:00:00Z"
    assert list(context) == sorted(context)


def test_context_keeps_the_shape_that_renderers_expect(world: ReviewWorld) -> None:
    context = build_context(settled(world))

    assert context.keys() == {
        "format", "review", "document", "provenance", "figures", "sections", "tables", "charts", "annexes", "not_reported",
    }  # fmt: skip
    assert [(each["number"], each["depth"]) for each in context["sections"]] == [
        ("", 1), ("Phần thứ nhất", 1), ("I", 2), ("II", 2), ("1", 3), ("Phần thứ hai", 1), ("I", 2), ("II", 2),
    ]  # fmt: skip
    block = context["sections"][4]["blocks"][0]
    assert block.keys() == {"kind", "vi", "en", "figures", "is_edited"}


def test_nothing_is_open_where_everything_was_settled(world: ReviewWorld) -> None:
    assert warnings(frozen(settled(world))) == []


def test_open_matters_are_recorded_and_refuse_nothing(world: ReviewWorld) -> None:
    world.accept_all()
    review = world.composed(state="received")
    edit_section(
        section=review.sections.get(key="content-1"),
        blocks=[{"kind": "sentence", "vi": "Có 99 cuộc.", "en": "x"}],
        by=None,
    )
    world.accept(world.units[0], {"B01": "5", "B02": "450"}, at=LATE, reason="bổ sung")

    assert warnings(frozen(review)) == [
        ("Có 1 báo cáo lệch với số liệu cấp dưới đã chỉnh sửa sau khi được tiếp nhận:"
        f" {world.base.desk.name_vi} (6 tháng đầu năm 2026)."),
        "Kỳ báo cáo còn mở: 6 tháng đầu năm 2026.",
        "Từ khi soạn đã có thêm 1 lần tiếp nhận báo cáo; soạn lại để cập nhật số liệu.",
        "Số liệu là số liệu đã tiếp nhận, chưa được cấp trên xác nhận.",
        "Còn chỗ để trống trong các mục: I. Hạn chế; II. Nguyên nhân.",
        "Có số nhập tay không trùng số liệu nào của báo cáo: 99.",
    ]  # fmt: skip


def test_edited_sentence_older_than_its_figure_is_an_open_matter(world: ReviewWorld) -> None:
    review = settled(world)
    edit_section(
        section=review.sections.get(key="content-1"),
        blocks=[{"kind": "sentence", "vi": "[[B01]].", "en": "x"}],
        by=None,
    )
    world.accept(world.units[0], {"B01": "5", "B02": "450"}, at=LATE, reason="bổ sung")
    world.accept(world.base.desk, {"B01": "10", "B02": "1100"}, at=LATE, reason="cập nhật")
    compose_review(review=review, by=None)

    assert warnings(frozen(review)) == [
        "Có câu đã sửa mà số liệu thay đổi sau khi sửa, trong các mục: 1. Tuyên truyền."
    ]


def test_review_that_was_never_composed_is_not_frozen(world: ReviewWorld) -> None:
    with pytest.raises(Conflict):
        frozen(world.review())


def test_review_without_one_value_is_not_frozen(world: ReviewWorld) -> None:
    review = world.composed()

    with pytest.raises(Conflict):
        frozen(review)
    assert not ReviewVersion.objects.exists()


def test_sentence_that_names_a_figure_gone_since_is_not_frozen(world: ReviewWorld) -> None:
    review = settled(world)
    section = review.sections.get(key="content-1")
    section.blocks = [{**section.blocks[0], "is_edited": True, "unknown": ["X99"]}]
    section.save()

    with pytest.raises(Conflict, match="X99"):
        frozen(review)


def test_freezing_again_makes_the_next_version_and_leaves_the_first(world: ReviewWorld) -> None:
    review = settled(world)
    first = frozen(review)
    context = first.context
    edit_section(
        section=review.sections.get(key="causes"),
        blocks=[{"kind": "sentence", "vi": "Khác.", "en": "Other."}],
        by=None,
    )

    second = frozen(review)

    first.refresh_from_db()
    assert (first.number, second.number) == (1, 2)
    assert first.context == context != second.context


def test_draft_changed_while_files_are_made_is_not_frozen(
    world: ReviewWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = settled(world)

    def meanwhile() -> None:
        Review.objects.filter(pk=review.pk).update(title_vi="Tên khác")

    with pytest.raises(Conflict):
        frozen(review, render=True, on_step=meanwhile)
    assert not ReviewVersion.objects.exists()


@pytest.mark.slow
def test_word_and_pdf_in_both_languages_are_kept_by_their_hash(world: ReviewWorld) -> None:
    version = frozen(settled(world), render=True)

    files = list(version.files.order_by("pk"))
    assert [(each.kind, each.language) for each in files] == [
        ("docx", "vi"), ("pdf", "vi"), ("docx", "en"), ("pdf", "en"),
    ]  # fmt: skip
    for each in files:
        place = storage.place_of(each.path)
        assert each.path == f"{each.sha256[:2]}/{each.sha256}"
        assert (storage.hash_of(place), place.stat().st_size) == (each.sha256, each.size_bytes)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.CENTRAL_DESK, True), (Role.APPROVER, True), (Role.REPORTING_OFFICER, False), (Role.READER, False),
        (Role.AUDITOR, False),
    ],
)  # fmt: skip
def test_role_that_freezes_for_an_issuer_may_freeze(world: ReviewWorld, role: Role, may: bool) -> None:
    review = settled(world)
    user = world.base.user(world.base.centre, role)

    if may:
        assert frozen(review, by=user).frozen_by == user
    else:
        with pytest.raises(NotAllowed):
            frozen(review, by=user)


def test_each_act_is_recorded(world: ReviewWorld) -> None:
    review = settled(world)
    version = frozen(review)
    publish_review(version=approved(version), audience="public", by=None)

    events = AuditEvent.objects.filter(object_type="reviews.review", object_id=str(review.pk)).order_by("pk")
    assert list(events.values_list("action", flat=True)) == [
        "create_review", "compose_review", "edit_section", "edit_section", "freeze_review",
        "approve_version", "publish_review",
    ]  # fmt: skip
    assert events.get(action="freeze_review").details["context"] == version.context_hash


def test_reports_are_untouched_by_a_review(world: ReviewWorld) -> None:
    world.accept_all()
    before = list(Report.objects.order_by("pk").values())

    frozen(world.composed())

    assert list(Report.objects.order_by("pk").values()) == before
