"""What is due and when: the cut-off and the deadline, each as a date and as days left, in the list and on the form."""

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import Client

from phoihop.core import clock
from phoihop.reports.models import Report
from tests.reports.conftest import world as world  # noqa: PLC0414  the small world of reports
from tests.reports.world import World, submitted
from tests.web.world import client_of

pytestmark = pytest.mark.django_db
DAYS = pytest.mark.parametrize(
    ("day", "cut_off", "deadline"),
    [
        (9, ("còn 5 ngày", "5 days left"), ("còn 7 ngày", "7 days left")),
        (13, ("còn 1 ngày", "1 day left"), ("còn 3 ngày", "3 days left")),
        (14, ("hôm nay", "today"), ("còn 2 ngày", "2 days left")),
        (15, ("đã qua 1 ngày", "1 day ago"), ("còn 1 ngày", "1 day left")),
        (16, ("đã qua 2 ngày", "2 days ago"), ("hạn hôm nay", "due today")),
        (18, ("đã qua 4 ngày", "4 days ago"), ("quá hạn 2 ngày", "2 days late")),
    ],
)


def dates_on(client: Client, address: str, day: int, lang: str) -> list[tuple[str, str]]:
    """Each date of the page with the days said beside it."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = lang
    with clock.pinned(datetime(2026, 6, day, 3, tzinfo=UTC)):
        page = client.get(address).content.decode()
    lines = re.findall(r'class="date-line">(.*)</span>', page)
    said = [" ".join(re.sub(r"<[^>]+>", " ", line).split()) for line in lines]
    found = [re.fullmatch(r"(.* [0-9]{2}/[0-9]{2}/[0-9]{4}) ?(.*)", line) for line in said]
    return [(each[1], each[2]) for each in found if each]


@DAYS
@pytest.mark.parametrize("place", ["list", "form"])
def test_both_dates_stand_with_the_days_left(
    world: World, reported: Report, place: str, day: int, cut_off: tuple[str, str], deadline: tuple[str, str]
) -> None:
    client = client_of(world.officer())
    address = "/bao-cao-cua-toi/" if place == "list" else f"/bao-cao/{reported.pk}/nhap/"

    vi, en = (dates_on(client, address, day, lang) for lang in ("vi", "en"))

    words = {"list": "ngày chốt số liệu hạn nộp", "form": "Ngày chốt số liệu Thời hạn gửi"}[place]
    assert vi == [(f"{words[:17]} 14/06/2026", cut_off[0]), (f"{words[18:]} 16/06/2026", deadline[0])]
    assert [each[1] for each in en] == [cut_off[1], deadline[1]]


def test_a_submitted_report_counts_no_days(world: World, reported: Report) -> None:
    submitted(reported)

    found = dates_on(client_of(world.officer()), f"/bao-cao/{reported.pk}/nhap/", 16, "vi")

    assert found == [("Ngày chốt số liệu 14/06/2026", ""), ("Thời hạn gửi 16/06/2026", "")]
