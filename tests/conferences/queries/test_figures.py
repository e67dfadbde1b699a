"""Figures of the review on the screens: frozen, with those of the area that speaks beside, and what they are now."""

import json

import pytest
from django.test import Client

from phoihop.areas.enums import Level
from phoihop.conferences.actions import show_scene
from phoihop.conferences.enums import Scene
from phoihop.conferences.models import Conference
from phoihop.conferences.queries.figures import MOST, choice_groups, choices, context_of, hall_figures
from phoihop.core import clock
from phoihop.indicators.models import IndicatorVersion
from phoihop.reviews.models import FigureCheck, ReviewVersion
from tests.conferences.reviewed import MANY, with_charts
from tests.conferences.world import ConferenceWorld, conference_world
from tests.factories.areas import area_under
from tests.web.world import PageWorld, page_world


@pytest.fixture
def told(db: None, moment: object) -> PageWorld:
    return page_world()


def held_on(told: PageWorld) -> Conference:
    world = conference_world()
    world.conference.review = told.frozen(state="received")
    world.conference.save()
    return world.conference


def test_while_an_area_speaks_the_figure_is_its_own_beside_the_countrys(told: PageWorld) -> None:
    conference, province = held_on(told), told.told.base.province
    alone = hall_figures(conference, ["B01", "NO"], "vi")
    assert [(each.key, each.value, each.place, each.whole) for each in alone] == [("B01", "20 cuộc", "", "")]
    (followed,) = hall_figures(conference, ["B01"], "vi", province.pk)
    assert (followed.key, followed.place) == (f"B01@{province.pk}", province.full_name)
    assert followed.whole == f"Toàn quốc: 20 cuộc ({alone[0].coverage})"
    assert all(
        each.coverage and each.as_of and "review=" in each.address and not each.lacking
        for each in (*alone, followed)
    )


def test_an_area_the_review_has_nothing_of_is_said_and_the_countrys_stands(told: PageWorld) -> None:
    conference = held_on(told)
    other = area_under(told.told.base.country, Level.PROVINCE, "Lạ")
    (figure,) = hall_figures(conference, ["B01"], "vi", other.pk)
    assert (figure.key, figure.place, figure.lacking) == ("B01", "", other.full_name)
    (own,) = hall_figures(conference, ["B01"], "vi", conference.review.review.area_id)
    assert (own.key, own.place, own.lacking) == ("B01", "", "")


def test_a_ward_speaks_with_the_figures_of_the_province_it_lies_in(told: PageWorld) -> None:
    """Of the nearest area that the review has figures of; of none above its own."""
    conference, province = held_on(told), told.told.base.province
    ward = area_under(province, Level.COMMUNE, "Đắk Cấm")
    (figure,) = hall_figures(conference, ["B01"], "vi", ward.pk)
    assert (figure.key, figure.place, figure.lacking) == (
        f"B01@{province.pk}", province.full_name, ""
    )  # fmt: skip


def test_the_coverage_said_is_of_reports_and_of_a_duty_those_it_counts(told: PageWorld) -> None:
    shown = hall_figures(held_on(told), ["B01", "K05"], "vi")
    assert [each.coverage for each in shown] == ["3/3 báo cáo", "hệ thống đếm 3/3 báo cáo phải nộp"]


def test_no_more_figures_than_a_wall_has_room_for(told: PageWorld) -> None:
    conference, province = held_on(told), told.told.base.province
    with_charts(conference.review, province.pk)
    wanted = [*MANY, "K05"]
    assert len(wanted) == MOST + 1
    for area in (None, province.pk):
        assert len(hall_figures(conference, wanted, "vi", area)) == MOST


def test_a_figure_that_moved_says_what_it_is_now(told: PageWorld) -> None:
    conference = held_on(told)
    FigureCheck.objects.create(
        version=conference.review, ledger_seq=1, changed=1, values={"B01": "25"}, checked_at=clock.now()
    )
    (figure,) = hall_figures(conference, ["B01"], "vi")
    assert (figure.value, figure.now) == ("20 cuộc", "25")


def test_a_small_count_of_persons_is_on_no_wall(told: PageWorld) -> None:
    """Neither as it was frozen nor as it is now: whoever stands in the hall has not signed in."""
    conference = held_on(told)
    IndicatorVersion.objects.filter(indicator__code="B01").update(persons="participants")
    frozen = json.loads(conference.review.context)["figures"]
    frozen["B01"]["value"] = "3"
    ReviewVersion.objects.filter(pk=conference.review.pk).update(
        context=json.dumps({**json.loads(conference.review.context), "figures": frozen}), context_hash="of-3"
    )
    conference.review.refresh_from_db()
    FigureCheck.objects.create(
        version=conference.review, ledger_seq=1, changed=1, values={"B01": "4"}, checked_at=clock.now()
    )
    (figure,) = hall_figures(conference, ["B01"], "vi")
    assert "3" not in figure.value
    assert figure.now == ""


def test_what_can_be_chosen_is_the_reviews_own(told: PageWorld) -> None:
    offered = [each.key for each in choices(held_on(told), "vi")]
    assert "B01" in offered
    assert not [key for key in offered if "@" in key or "#" in key]
    assert MOST == 6


def test_what_is_shown_stands_first_then_the_sections_of_the_review(told: PageWorld) -> None:
    conference = held_on(told)
    groups = choice_groups(conference, "vi", ["B01"])
    assert (groups[0].name, [each.key for each in groups[0].choices]) == ("Đang chiếu", ["B01"])
    titles = {section["title"]["vi"] for section in context_of(conference.review)["sections"]}
    assert {each.name for each in groups[1:]} <= titles | {"Biểu đồ", "Số liệu khác"}
    every = [choice.key for group in groups for choice in group.choices]
    assert sorted(every) == sorted(each.key for each in choices(conference, "vi"))
    assert choice_groups(conference, "vi", [])[0].name in titles


def test_without_a_review_there_is_nothing_to_choose(world: ConferenceWorld) -> None:
    assert (choices(world.conference, "vi"), hall_figures(world.conference, ["B01"], "vi")) == ([], [])


def test_a_screen_says_where_the_figures_chosen_are_not_there(world: ConferenceWorld, client: Client) -> None:
    world.in_session()
    show_scene(conference=world.conference, scene=Scene.FIGURES, by=world.chair, keys=["B01"], follow=True)
    client.force_login(world.heads[1])
    assert (
        "Báo cáo không có số liệu đã chọn." in client.get("/hoi-nghi/hoi-nghi-thu/man-hinh/").content.decode()
    )
