from django.urls import reverse

from phoihop.reviews.compose.gathering.shaping import FIGURE_PAGE
from tests.reviews.world import ReviewWorld


def test_frozen_address_is_that_of_the_figures_page() -> None:
    assert reverse("web:figure") == FIGURE_PAGE


def test_every_figure_leads_to_the_reports_of_its_own_unit_and_windows(world: ReviewWorld) -> None:
    world.accept_all()
    province = world.base.province

    figures = world.composed().composed["figures"]

    slug = world.base.programme.slug
    days = "from=2025-12-15&to=2026-06-14&map=reported&state=confirmed"
    assert figures["B01"]["lineage"] == (
        f"{FIGURE_PAGE}?programme={slug}&indicator=B01&area={world.base.country.key}&{days}"
    )
    assert f"area={province.key}&" in figures[f"B01@{province.pk}"]["lineage"]
