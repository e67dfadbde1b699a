"""A list asks the database as often for thirty rows as for three, and how often is written down."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from tests.browser.site import NO_PAGES, named_addresses
from tests.web.lists import LISTS
from tests.web.lists_of_meetings import MEETINGS
from tests.web.lists_of_words import WRITTEN
from tests.web.not_lists import NOT_LISTS, PINNED_ELSEWHERE
from tests.web.world import PageWorld, client_of

TESTS = Path(__file__).resolve().parents[1]
EVERY = LISTS | WRITTEN | MEETINGS


def asked(client: Client, address: str) -> tuple[list[str], str]:
    """Once what a process keeps is kept."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(address)
    assert page.status_code == 200
    return [each["sql"] for each in captured.captured_queries], page.content.decode()


def test_every_page_is_counted_here_or_says_why_it_is_not() -> None:
    names = dict.fromkeys(("programme", "province"), "x") | dict.fromkeys(("period", "own", "report"), 1)
    addresses = [listed.address.format(**names).partition("?")[0] for listed in EVERY.values()]
    counted = {resolve(each).view_name for each in addresses}
    assert counted | NOT_LISTS == named_addresses() - NO_PAGES
    assert counted & NOT_LISTS == set()
    assert [each for each in PINNED_ELSEWHERE.values() if not (TESTS / f"{each}.py").is_file()] == []


@pytest.mark.parametrize("name", EVERY)
def test_thirty_rows_cost_as_many_queries_as_three(world: PageWorld, name: str) -> None:
    listed = EVERY[name]
    client = client_of(world.people()[listed.who])
    base, period = world.told.base, world.told.period
    names = {
        "programme": world.programme.slug, "province": world.area("province"), "period": period.pk,
        "own": base.report_of(base.desk, period).pk, "report": base.report_of(base.units[0], period).pk,
    }  # fmt: skip
    address = listed.address.format(**names)

    listed.build(world, 0, 3)
    few, short = asked(client, address)
    listed.build(world, 3, 30)
    many, long = asked(client, address)

    grown = len(re.findall(listed.row, long)) - len(re.findall(listed.row, short))
    assert grown >= 0.8 * (listed.most - 3), "the page does not show what was built"
    assert (len(few), len(many)) == (listed.queries, listed.queries)
