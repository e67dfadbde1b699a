"""Parts that reports may tell in words say so where none did; annexes keep the places of number and day."""

from phoihop.reviews.compose.facts import Narrative
from phoihop.reviews.compose.outline import OutlineSection
from phoihop.reviews.compose.sections import compose_sections
from phoihop.reviews.compose.text import Text
from phoihop.reviews.queries import draft_context
from phoihop.reviews.render.plan import build_plan
from tests.reviews.compose.figures import facts_of, figure
from tests.reviews.world import ReviewWorld

UNSAID = "Chưa có đơn vị nào báo cáo bằng lời về nội dung này."


def causes(*said: Narrative) -> list[dict[str, object]]:
    outline = [OutlineSection("causes", "", Text("Nguyên nhân", "Causes"), "text", (), (), False)]
    return compose_sections(facts_of(figure("B01", "1"), narratives=said), outline, (), {})[-1].blocks


def test_part_nobody_told_in_words_says_so() -> None:
    [blank] = causes()
    assert (blank["kind"], str(blank["vi"]).startswith(UNSAID)) == ("placeholder", True)


def test_words_of_a_report_are_quoted_and_left_untranslated() -> None:
    quoted, blank = causes(Narrative("causes", "Thiếu cán bộ.", Text("Công an xã", "Commune police")))
    assert (quoted["kind"], quoted["vi"], quoted["en"]) == ("quote", "Thiếu cán bộ.", "")
    assert UNSAID not in str(blank["vi"])


def test_annex_keeps_places_for_the_number_and_the_day(world: ReviewWorld) -> None:
    world.accept_all()
    plan = build_plan(draft_context(world.composed(state="received")), "vi")
    issuer = plan.author
    places = "Kèm theo Báo cáo số: ........./......... ngày ...../...../........."
    assert {annex.reference for annex in plan.annexes} == {f"({places} của {issuer})"}
