"""Who is told that it closes an assignment is who may close it, through every end, split and heir."""

from datetime import date
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from phoihop.assignments.models import Assignment, CoIssuer
from phoihop.assignments.models.assignment import OPEN
from phoihop.assignments.permissions import closers_of
from phoihop.assignments.queries.closing import closed_by
from phoihop.core import clock
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Organisation, OrganisationSuccession
from phoihop.orgs.queries import only_heirs
from tests.factories.assignments import issued
from tests.factories.orgs import user_for
from tests.reports.world import World, front_of

BODIES = 6
ONE = st.integers(0, BODIES - 1)
WORK = st.fixed_dictionaries(
    {
        "lead": ONE, "giver": ONE, "issuer": ONE, "joined": st.lists(ONE, unique=True, max_size=2),
        "gives_itself": st.booleans(), "is_part": st.booleans(), "state": st.sampled_from(OPEN),
    }
)  # fmt: skip
HEIRS = st.lists(st.sets(ONE, max_size=2), min_size=BODIES, max_size=BODIES)


def bodies_of(world: World) -> list[Organisation]:
    """Six of two party lines; the last of them has no superior, and two have a central desk."""
    top = front_of(world.country)
    for centre in (world.centre, top):
        user_for(centre, Role.CENTRAL_DESK)
    return [*world.units, world.desk, front_of(world.province, top), world.centre, top]


def ended(bodies: list[Organisation], heirs: list[set[int]]) -> None:
    """Each passes to bodies after it only, so that nobody inherits from itself; who has heirs has ended."""
    day = date(2026, 6, 1)
    for number, (body, of_one) in enumerate(zip(bodies, heirs, strict=True)):
        for heir in {each for each in of_one if each > number}:
            Organisation.objects.filter(pk=body.pk).update(valid_until=day)
            OrganisationSuccession.objects.create(predecessor=body, successor=bodies[heir], on=day)


def given_as(work: dict[str, Any], bodies: list[Organisation], tasks: list[Assignment], number: int) -> None:
    giver = work["lead"] if work["gives_itself"] else work["giver"]
    rows = Assignment.objects.filter(pk=tasks[number].pk)
    rows.update(lead=bodies[work["lead"]], giver=bodies[giver], state=work["state"])
    if work["is_part"]:
        rows.update(parent=tasks[number].paragraph.assignments.exclude(pk=tasks[number].pk).get())
    conclusion = tasks[number].paragraph.conclusion
    type(conclusion).objects.filter(pk=conclusion.pk).update(lead_issuer=bodies[work["issuer"]])
    for order, joined in enumerate(each for each in work["joined"] if each != work["issuer"]):
        CoIssuer.objects.create(conclusion=conclusion, organisation=bodies[joined], order=order)


@settings(
    max_examples=30,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # made smaller, one that fails would take minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(works=st.lists(WORK, min_size=3, max_size=3), heirs=HEIRS)
def test_what_an_organisation_is_told_to_close_is_what_it_closes(
    world: World, works: list[dict[str, Any]], heirs: list[set[int]]
) -> None:
    with transaction.atomic():
        bodies = bodies_of(world)
        approvers = {body: user_for(body, Role.APPROVER) for body in bodies}
        tasks = [issued(world.centre, world.programme, world.desk, world.units[0])[0] for _each in works]
        for number, work in enumerate(works):
            given_as(work, bodies, tasks, number)
        ended(bodies, heirs)
        today = clock.today()
        closers = {each: closers_of(each) for each in Assignment.objects.all()}
        for body in Organisation.objects.as_of(today):
            closes = {each for each, of_one in closers.items() if body in of_one}
            assert set(closed_by([body.pk])) == closes
            assert closes <= set(Assignment.objects.visible_to(approvers[body]))
        every = Organisation.objects.as_of(today).values_list("pk", flat=True)
        some = {
            each for each, of_one in closers.items() if any(closer.is_in_force(today) for closer in of_one)
        }
        assert set(closed_by(list(every))) == some
        transaction.set_rollback(True)


def test_an_heir_is_the_only_one_through_several_ends(world: World) -> None:
    bodies, today = bodies_of(world), clock.today()
    ended(bodies, [{1}, {2, 3}, {4}, {4}, set(), set()])
    first, second, third, fourth, centre, top = (each.pk for each in bodies)
    acting = dict.fromkeys((first, second, third, fourth, centre), centre)  # two ways, to the same one
    assert only_heirs([each.pk for each in bodies], today) == {**acting, top: top}
    ended(bodies, [set(), set(), {5}, set(), set(), set()])
    assert only_heirs([each.pk for each in bodies], today) == {fourth: centre, centre: centre, top: top}
