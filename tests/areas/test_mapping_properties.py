"""What every history of reforms keeps."""

from hypothesis import given, settings

from phoihop.areas.actions.derived import ancestor_links
from phoihop.areas.checks import breaches
from phoihop.areas.mapping import TerritoryMap
from tests.areas.tiny_maps import histories

every_history = settings(max_examples=150, deadline=None)


@every_history
@given(histories())
def test_histories_drawn_here_hold_together(areas: TerritoryMap) -> None:
    assert breaches(areas) == []


@every_history
@given(histories())
def test_every_unit_has_one_target_in_force_on_every_map(areas: TerritoryMap) -> None:
    for epoch in areas.epochs():
        for unit in areas.units:
            target = areas.target(unit, epoch.key)
            assert areas.is_on(target.area_id, epoch.key)
            assert all(areas.is_on(candidate, epoch.key) for candidate in target.candidates)


@every_history
@given(histories())
def test_unit_in_force_is_its_own_target(areas: TerritoryMap) -> None:
    for epoch in areas.epochs():
        for unit in areas.units:
            if areas.is_on(unit, epoch.key):
                assert areas.target(unit, epoch.key) == (unit, True, {unit})


@every_history
@given(histories())
def test_target_is_the_smallest_unit_that_holds_every_candidate(areas: TerritoryMap) -> None:
    for epoch in areas.epochs():
        for unit in areas.units:
            target = areas.target(unit, epoch.key)
            paths = [set(areas.path_on(one, epoch.last_day)) for one in target.candidates]
            holding_all = set.intersection(*paths)
            assert target.area_id in holding_all
            assert not set(areas.children_on(target.area_id, epoch.last_day)) & holding_all
            assert target.is_whole == (target.candidates == {target.area_id})


@every_history
@given(histories())
def test_heirs_and_sources_are_one_relation(areas: TerritoryMap) -> None:
    """A commune reaches a unit of another map exactly when that unit reaches it."""
    communes = [unit.id for unit in areas.units.values() if unit.level == "commune"]
    for here in areas.epochs():
        for there in areas.epochs():
            reached = {
                (a, b) for a in communes if areas.is_on(a, here.key) for b in areas.reached(a, there.key)
            }
            back = {(a, b) for b in communes if areas.is_on(b, there.key) for a in areas.reached(b, here.key)}
            assert reached == back


@every_history
@given(histories())
def test_reforms_compose(areas: TerritoryMap) -> None:
    """Through the map between, a unit reaches what it reaches at once."""
    epochs = areas.epochs()
    for first, middle, last in zip(epochs, epochs[1:], epochs[2:], strict=False):
        for unit in areas.units:
            if areas.is_on(unit, first.key):
                steps = (areas.reached(step, last.key) for step in areas.reached(unit, middle.key))
                assert frozenset().union(*steps) == areas.reached(unit, last.key)


@every_history
@given(histories())
def test_unit_renamed_only_goes_and_comes_back(areas: TerritoryMap) -> None:
    for unit, rows in areas.heirs.items():
        heir = rows[0].successor
        if len(rows) == 1 and len(areas.sources[heir]) == 1:
            key = rows[0].on.isoformat()
            before = areas.epochs()[[epoch.key for epoch in areas.epochs()].index(key) - 1].key
            assert areas.target(unit, key).area_id == heir
            assert areas.target(heir, before).area_id == unit


@every_history
@given(histories())
def test_ancestor_links_are_the_paths_of_every_day(areas: TerritoryMap) -> None:
    links = list(ancestor_links(areas))
    for epoch in areas.epochs():
        for unit in areas.units:
            if areas.is_on(unit, epoch.key):
                above = {
                    depth: up for one, up, depth, days in links if one == unit and days.covers(epoch.last_day)
                }
                assert [above[depth] for depth in sorted(above)] == areas.path_on(unit, epoch.last_day)[1:]
