"""A file that left the page still says what it holds: which figures, days, map, whose word, as of when."""

import csv
from io import BytesIO, StringIO

import pytest
from django.conf import settings
from openpyxl import load_workbook

from phoihop.orgs.enums import Role
from phoihop.reports.models import ReportForm
from phoihop.rollup.export import SCHEMA
from tests.web.world import PageWorld, client_of

FACTS = ["programme", "indicator", "area", "from", "to", "map", "state", "as_of", "ledger_seq"]


def content(world: PageWorld, address: str, language: str = "vi") -> bytes:
    client = client_of(world.people()[Role.CENTRAL_DESK])
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client.get(address).content


def rows(world: PageWorld, address: str) -> list[dict[str, str]]:
    text = content(world, address).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def addresses(world: PageWorld, fmt: str) -> dict[str, str]:
    return {
        "dashboard": f"{world.dashboard}?indicator=B01&download={fmt}",
        "area": f"/dia-phuong/{world.area('province')}/?download={fmt}",
        "trend": world.figure("B01", download=fmt, table="trend"),
        "lineage": world.figure("B01", download=fmt, table="lineage-B01"),
    }


@pytest.mark.parametrize("page", ["dashboard", "area", "trend", "lineage"])
def test_every_row_of_a_csv_says_what_it_is_of(world: PageWorld, page: str) -> None:
    said = rows(world, addresses(world, "csv")[page])
    assert said
    for row in said:
        facts = {name: row[name] for name in FACTS if name in row}
        assert facts == {
            "programme": world.programme.slug,
            **({} if page == "area" else {"indicator": "B01"}),
            "area": world.area("province" if page == "area" else "nation"),
            "from": "2025-12-15",
            "to": "2026-06-14",
            "map": facts["map"],
            "state": "received",
            "as_of": "2026-06-16T02:00:00Z",
            "ledger_seq": "3",
        }


def test_the_columns_are_named_as_in_the_roll_ups_own_file() -> None:
    assert {"indicator", "from", "to", "map", "state"} <= set(SCHEMA.names) & set(FACTS)


@pytest.mark.parametrize(("language", "labels"), [("vi", "Bản đồ hành chính"), ("en", "Map")])
@pytest.mark.parametrize("page", ["dashboard", "area", "trend", "lineage"])
def test_a_workbook_opens_with_what_it_is_of(world: PageWorld, page: str, language: str, labels: str) -> None:
    book = load_workbook(BytesIO(content(world, addresses(world, "xlsx")[page], language)))
    top = [str(row[0].value or "") for row in book.active.iter_rows(max_row=12)]
    assert any(line.startswith(f"{labels}: ") for line in top)
    told = {
        "vi": ("Nguồn xác nhận: ", "Tính đến: 09:00 16/06/2026"),
        "en": ("Whose word: ", "As of: 09:00 16/06/2026"),
    }
    for words in told[language]:
        assert any(line.startswith(words) for line in top), (words, top)


def test_a_card_of_reporting_duty_says_what_it_counts(world: PageWorld) -> None:
    yearly = ReportForm.objects.create(
        code="year", window="year", title_vi="Báo cáo năm", title_en="Yearly report"
    )
    yearly.programmes.add(world.programme)  # no report of it is counted in a half year
    page = client_of(world.people()[Role.CENTRAL_DESK]).get(world.dashboard)
    card = next(each for each in page.context["headlines"] if each.indicator.code == "K05")
    [form] = card.forms
    html = " ".join(page.content.decode().split())
    assert f'<span class="num">3/3</span> báo cáo: {form.title_vi}' in html
