"""A list asks the database as often for thirty rows as for three, and how often is written down."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web.lists import LISTS
from tests.web.lists_of_words import WRITTEN
from tests.web.world import PageWorld, client_of

EVERY = LISTS | WRITTEN


def asked(client: Client, address: str) -> tuple[list[str], str]:
    """Once what a process keeps is kept."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(address)
    assert page.status_code == 200
    return [each["sql"] for each in captured.captured_queries], page.content.decode()


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
