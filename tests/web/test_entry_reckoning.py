"""What the form reckons by itself, on the page as the server sends it: ratio cells, and progress towards a target."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from phoihop.reports.models import Report
from tests.reports.conftest import world as world  # noqa: PLC0414  the small world of reports
from tests.reports.world import World
from tests.web.reckoning import with_ratio_and_target

pytestmark = pytest.mark.django_db


@pytest.fixture
def reported(world: World) -> Report:
    with_ratio_and_target(world)
    world.open()
    return world.report_of(world.units[0])


def reckoned(page: str) -> tuple[str, str]:
    """The ratio cell, and the words on the target."""
    ratio = re.search(r'data-ratio="K05">.*?<output[^>]*>(.*?)</output>', page, re.DOTALL)
    target = re.search(r'id="b-B01">.*?(mục tiêu|target) (.*?)\n', page, re.DOTALL)
    assert ratio
    assert target
    return ratio[1], re.sub(r"<[^>]+>", "", target[2])


def kept(officer: Client, report: Report, lang: str = "vi", **cells: str) -> tuple[str, str]:
    address = f"/bao-cao/{report.pk}/nhap/"
    fields: dict[str, Any] = {f"c-{code}": text for code, text in cells.items()}
    officer.post(address, {"mark": "comma", **fields})
    officer.cookies[settings.LANGUAGE_COOKIE_NAME] = lang
    return reckoned(officer.get(address).content.decode())


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"B01": "4", "B02": "10"}, ("2,50", "30 (13 %)")),
        ({"B01": "3", "B02": "10.000"}, ("3.333,33", "30 (10 %)")),
        ({"B01": "33", "B02": "0"}, ("0,00", "30 (110 %)")),
        ({"B01": "0,75", "B02": "1"}, ("1,33", "30 (3 %)")),  # 2.5 % is rounded up, as in the page
        ({"B01": "0", "B02": "10"}, ("–", "30 (0 %)")),  # nothing to divide by
        ({"B01": "", "B02": "10"}, ("–", "30")),
        ({"B01": "4", "B02": ""}, ("–", "30 (13 %)")),
    ],
)
def test_what_is_kept_is_reckoned_without_a_script(
    officer: Client, reported: Report, cells: dict[str, str], said: tuple[str, str]
) -> None:
    assert kept(officer, reported, **cells) == said


def test_an_english_page_writes_it_the_english_way(officer: Client, reported: Report) -> None:
    assert kept(officer, reported, "en", B01="3", B02="10.000") == ("3,333.33", "30 (10 %)")


def test_what_could_not_be_kept_is_reckoned_as_it_stands(officer: Client, reported: Report) -> None:
    fields = {"mark": "comma", "c-B01": "bốn", "c-B02": "10", "action": "submit"}
    answer = officer.post(f"/bao-cao/{reported.pk}/nhap/", fields)
    assert (answer.status_code, reckoned(answer.content.decode())) == (422, ("–", "30"))


def test_a_target_of_another_level_is_not_the_units(officer: Client, world: World, reported: Report) -> None:
    selection = world.programme.selections.get(indicator__code="B02")
    selection.targets.create(level="province", value=Decimal(500))
    page = officer.get(f"/bao-cao/{reported.pk}/nhap/").content.decode()
    assert page.count("data-progress") == 1
