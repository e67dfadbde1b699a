"""What a programme left open is told by the reviews of the one that followed it."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from phoihop.assignments.queries.asof import tasks_as_of, with_predecessors
from phoihop.core import clock
from phoihop.programmes.models import Programme
from tests.factories.areas import nation
from tests.factories.assignments import issued
from tests.factories.orgs import police_of

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 6, 16, 2, tzinfo=UTC)  # before what is given is due


def programme(area: object, slug: str, predecessor: Programme | None = None) -> Programme:
    return Programme.objects.create(
        slug=slug, number=slug, kind="joint", title_vi=slug, title_en=slug, area=area, predecessor=predecessor
    )


@time_machine.travel(TODAY, tick=False)
def test_tasks_of_every_programme_before_it_are_told_and_none_of_another() -> None:
    country = nation()
    first = programme(country, "first")
    second = programme(country, "second", first)
    third = programme(country, "third", second)
    other = programme(country, "other")
    assert with_predecessors([third]) == {first.pk, second.pk, third.pk}
    centre = police_of(country)
    of_first, of_other = (issued(centre, each, police_of(country))[0] for each in (first, other))
    told = tasks_as_of([third], [country.pk], on=date(2100, 1, 1), known_at=clock.now())
    assert [each.assignment for each in told] == [of_first]
    assert of_other not in [each.assignment for each in told]
