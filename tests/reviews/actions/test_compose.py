from typing import Any

from phoihop.reviews.actions import compose_review, edit_section
from phoihop.reviews.compose.tokens import typed_numbers
from phoihop.reviews.models import Review, Section
from phoihop.rollup.models import RollupRun
from tests.reports.world import LATE
from tests.reviews.world import ReviewWorld


def section(review: Review, key: str) -> Section:
    return review.sections.get(key=key)


def texts(review: Review, key: str) -> list[str]:
    return [block["vi"] for block in section(review, key).blocks if block["kind"] == "sentence"]


def edited(review: Review, key: str, **changed: Any) -> Section:
    """The first block of a section, changed by a person."""
    held = section(review, key)
    blocks = [{**held.blocks[0], **changed}, *held.blocks[1:]]
    return edit_section(section=held, blocks=blocks, by=None)


def correct_commune(world: ReviewWorld) -> None:
    """One session more than the commune first said, and the province's report taken in again with it."""
    world.accept(world.units[0], {"B01": "5", "B02": "450"}, at=LATE, reason="bổ sung")
    world.accept(world.base.desk, {"B01": "10", "B02": "1100"}, at=LATE, reason="cập nhật cấp dưới")


def test_figures_are_computed_once_and_recorded(world: ReviewWorld) -> None:
    world.accept_all()

    review = world.composed()

    run = RollupRun.objects.get()
    assert review.run == run
    assert review.composed["provenance"]["ledger_seq"] == run.ledger_seq == 3
    assert review.composed["figures"]["B01"]["value"] == "20"
    assert review.composed["figures"][f"B01@{world.base.province.pk}"]["value"] == "20"


def test_section_tells_what_its_content_selects(world: ReviewWorld) -> None:
    world.accept_all()

    assert texts(world.composed(), "content-1") == [
        (
            "Trong 6 tháng, toàn quốc đã tổ chức [[B01]] tuyên truyền, vận động trực tiếp, thu hút [[B02]] tham dự"
            " (bình quân [[B02/B01]])."
        )
    ]


def test_every_generated_number_is_bound_to_a_figure_of_the_review(world: ReviewWorld) -> None:
    world.accept(world.units[0], {"B01": "0", "B02": "0"})
    review = world.composed(state="received")

    for held in review.sections.all():
        for block in held.blocks:
            for lang in ("vi", "en"):
                assert typed_numbers(block.get(lang, "")) == [], block
            assert set(block.get("figures", [])) <= review.composed["figures"].keys()


def test_confirmed_review_leaves_out_what_the_superior_has_not_taken_in(world: ReviewWorld) -> None:
    world.accept(world.units[0], {"B01": "4", "B02": "400"})

    confirmed, received = world.composed(), world.composed(slug="live", state="received")

    assert confirmed.composed["figures"]["B01"]["value"] is None
    assert received.composed["figures"]["B01"]["value"] == "4"
    assert received.composed["figures"]["B01"]["reported"] == 1


def test_who_has_not_reported_is_listed(world: ReviewWorld) -> None:
    world.accept(world.units[0], {"B01": "4", "B02": "400"})

    of_province = world.composed(area=world.base.province, slug="p", state="received")

    lacking = {each["organisation"]["vi"] for each in of_province.composed["not_reported"]}
    assert lacking == {world.units[1].name_vi, world.base.desk.name_vi}
    assert [each["key"] for each in of_province.composed["annexes"]][-1] == "not_reported"


def test_composing_again_takes_in_what_was_accepted_since(world: ReviewWorld) -> None:
    world.accept_all()
    review = world.composed()
    correct_commune(world)

    compose_review(review=review, by=None)

    assert review.composed["figures"]["B01"]["value"] == "21"


def test_composing_again_keeps_an_edited_sentence_and_marks_its_changed_figure(world: ReviewWorld) -> None:
    world.accept_all()
    review = world.composed()
    edited(review, "content-1", vi="Cả nước có [[B01]].", en="There were [[B01]].")
    correct_commune(world)

    compose_review(review=review, by=None)

    first = section(review, "content-1").blocks[0]
    assert (first["vi"], first["is_edited"], first["changed"]) == ("Cả nước có [[B01]].", True, ["B01"])


def test_composing_again_without_a_change_leaves_everything_as_it_was(world: ReviewWorld) -> None:
    world.accept_all()
    review = world.composed()
    edited(review, "content-1", vi="Cả nước có [[B01]].", en="There were [[B01]].")
    before = list(review.sections.values("key", "blocks", "title_vi", "order"))

    compose_review(review=review, by=None)

    assert list(review.sections.values("key", "blocks", "title_vi", "order")) == before


def test_block_that_was_taken_out_stays_out(world: ReviewWorld) -> None:
    world.accept_all()
    review = world.composed()
    edit_section(
        section=section(review, "limits"),
        blocks=[{"kind": "sentence", "vi": "Không có.", "en": "None."}],
        by=None,
    )

    compose_review(review=review, by=None)

    assert [(block["kind"], block["vi"]) for block in section(review, "limits").blocks] == [
        ("sentence", "Không có.")
    ]


def test_part_of_a_figure_named_only_by_a_person_is_there_after_composing_again(world: ReviewWorld) -> None:
    world.accept(world.units[0], {"B01": "4", "B02": "400"})
    review = world.composed(state="received")
    edited(review, "leadership", vi="[[K05#numerator|value]] trên [[K05#denominator|value]].", en="Of them.")

    compose_review(review=review, by=None)

    assert "unknown" not in section(review, "leadership").blocks[0]


def test_words_of_reports_are_quoted_with_their_source(world: ReviewWorld) -> None:
    world.accept(world.units[0], {"B01": "4", "B02": "400"}, narrative={"shortcomings": "Kinh phí ít."})
    world.accept(world.units[1], {"B01": "6", "B02": "500"}, narrative={"shortcomings": "Kinh phí ít."})

    review = world.composed(area=world.base.province, state="received")

    quotes = [block for block in section(review, "limits").blocks if block["kind"] == "quote"]
    assert [(quote["vi"], quote["source"]["vi"]) for quote in quotes] == [
        (
            "Kinh phí ít.",
            f"{world.units[0].name_vi}, báo cáo 6 tháng đầu năm 2026 và báo cáo khác có cùng nội dung",
        )
    ]
