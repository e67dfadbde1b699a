import pytest

from phoihop.areas.mapping import Epoch, NoCommonUnit, Target
from tests.areas.tiny_maps import FIRST, SECOND, THIRD, Draft

OLD, NEW = "open", SECOND.isoformat()


def whole(unit: int) -> Target:
    return Target(unit, is_whole=True, candidates=frozenset({unit}))


def unallocated(unit: int, *candidates: int) -> Target:
    return Target(unit, is_whole=False, candidates=frozenset(candidates))


def test_epochs_begin_with_each_succession() -> None:
    draft = Draft()
    a, b, c = (draft.add("commune") for _ in range(3))
    draft.pass_on(b, c, on=THIRD)
    draft.pass_on(a, b, on=SECOND)

    assert draft.done().epochs() == [
        Epoch("open", None, SECOND),
        Epoch("2025-07-01", SECOND, THIRD),
        Epoch("2030-01-01", THIRD, None),
    ]


def test_map_without_successions_has_one_epoch() -> None:
    assert Draft().done().epochs() == [("open", None, None)]


def test_merged_commune_stands_whole_at_its_heir_and_heir_backwards_at_their_district() -> None:
    draft = Draft()
    old_province, new_province = draft.add("province", until=SECOND), draft.add("province", since=SECOND)
    district = draft.add("district", old_province, until=SECOND)
    a, b = draft.add("commune", district, until=SECOND), draft.add("commune", district, until=SECOND)
    heir = draft.add("commune", new_province, since=SECOND)
    draft.pass_on(a, heir)
    draft.pass_on(b, heir)
    draft.pass_on(old_province, new_province)
    areas = draft.done()

    assert [areas.target(unit, NEW) for unit in (a, b)] == [whole(heir), whole(heir)]
    assert areas.target(heir, OLD) == unallocated(district, a, b)


def test_merged_communes_of_two_provinces_stand_at_the_nation() -> None:
    draft = Draft()
    first, second = draft.add("province"), draft.add("province")
    a, b = draft.add("commune", first, until=SECOND), draft.add("commune", second, until=SECOND)
    heir = draft.add("commune", first, since=SECOND)
    draft.pass_on(a, heir)
    draft.pass_on(b, heir)

    assert draft.done().target(heir, OLD) == unallocated(1, a, b)


def test_split_commune_is_unallocated_at_the_province_and_its_parts_stand_whole_inside_it() -> None:
    draft = Draft()
    province = draft.add("province")
    old = draft.add("commune", province, until=SECOND)
    a, b = draft.add("commune", province, since=SECOND), draft.add("commune", province, since=SECOND)
    draft.pass_on(old, a, b)
    areas = draft.done()

    assert areas.target(old, NEW) == unallocated(province, a, b)
    assert [areas.target(part, OLD) for part in (a, b)] == [whole(old), whole(old)]


def test_renamed_commune_goes_and_comes_back() -> None:
    draft = Draft()
    province = draft.add("province")
    old, new = draft.add("commune", province, until=SECOND), draft.add("commune", province, since=SECOND)
    draft.pass_on(old, new)
    areas = draft.done()

    assert areas.target(old, NEW) == whole(new)
    assert areas.target(new, OLD) == whole(old)


def test_unit_in_force_on_both_maps_stands_at_itself() -> None:
    draft = Draft()
    province = draft.add("province")
    old, new = draft.add("commune", province, until=SECOND), draft.add("commune", province, since=SECOND)
    draft.pass_on(old, new)
    areas = draft.done()

    assert [areas.target(province, key) for key in (OLD, NEW)] == [whole(province), whole(province)]
    assert [areas.target(1, key) for key in (OLD, NEW)] == [whole(1), whole(1)]


def test_district_without_successions_is_unallocated_over_its_communes_heirs() -> None:
    draft = Draft()
    province = draft.add("province")
    district = draft.add("district", province, until=SECOND)
    a, b = draft.add("commune", district, until=SECOND), draft.add("commune", district, until=SECOND)
    x, y, z = (draft.add("commune", province, since=SECOND) for _ in range(3))
    draft.pass_on(a, x)
    draft.pass_on(b, y, z)

    assert draft.done().target(district, NEW) == unallocated(province, x, y, z)


def test_district_whose_communes_became_one_unit_stands_whole_there() -> None:
    draft = Draft()
    province = draft.add("province")
    district = draft.add("district", province, until=SECOND)
    a, b = draft.add("commune", district, until=SECOND), draft.add("commune", district, until=SECOND)
    zone = draft.add("commune", province, since=SECOND)
    draft.pass_on(a, zone)
    draft.pass_on(b, zone)
    areas = draft.done()

    assert areas.target(district, NEW) == whole(zone)
    assert areas.target(zone, OLD) == unallocated(district, a, b)


def test_zone_made_of_a_district_without_communes_stands_whole_at_the_district() -> None:
    draft = Draft()
    province = draft.add("province")
    district = draft.add("district", province, until=SECOND)
    zone = draft.add("commune", province, since=SECOND)
    draft.pass_on(district, zone)

    assert draft.done().target(zone, OLD) == whole(district)


def test_district_abolished_over_communes_that_stay_is_unallocated_over_them() -> None:
    draft = Draft()
    province = draft.add("province")
    district = draft.add("district", province, until=SECOND)
    stay = [draft.add("commune", None) for _ in range(2)]
    for commune in stay:
        draft.put(commune, district, until=SECOND)
        draft.put(commune, province, since=SECOND)
    old, new = draft.add("commune", province, until=SECOND), draft.add("commune", province, since=SECOND)
    draft.pass_on(old, new)

    assert draft.done().target(district, NEW) == unallocated(province, *stay)


def test_merged_province_stands_whole_forward_and_at_the_nation_backwards() -> None:
    draft = Draft()
    a, b = draft.add("province", until=SECOND), draft.add("province", until=SECOND)
    heir = draft.add("province", since=SECOND)
    draft.pass_on(a, heir)
    draft.pass_on(b, heir)
    areas = draft.done()

    assert areas.target(a, NEW) == whole(heir)
    assert areas.target(heir, OLD) == unallocated(1, a, b)


def test_two_reforms_compose() -> None:
    draft = Draft()
    province = draft.add("province")
    a, b = draft.add("commune", province, until=FIRST), draft.add("commune", province, until=FIRST)
    merged = draft.add("commune", province, since=FIRST, until=SECOND)
    x, y = draft.add("commune", province, since=SECOND), draft.add("commune", province, since=SECOND)
    draft.pass_on(a, merged, on=FIRST)
    draft.pass_on(b, merged, on=FIRST)
    draft.pass_on(merged, x, y, on=SECOND)
    areas = draft.done()

    assert areas.target(a, FIRST.isoformat()) == whole(merged)
    assert areas.target(a, NEW) == unallocated(province, x, y)
    assert areas.target(x, FIRST.isoformat()) == whole(merged)
    assert areas.target(x, OLD) == unallocated(province, a, b)


def test_parts_that_were_joined_again_are_whole_again() -> None:
    draft = Draft()
    province = draft.add("province")
    old = draft.add("commune", province, until=FIRST)
    parts = [draft.add("commune", province, since=FIRST, until=SECOND) for _ in range(2)]
    joined = draft.add("commune", province, since=SECOND)
    draft.pass_on(old, *parts, on=FIRST)
    for part in parts:
        draft.pass_on(part, joined)
    areas = draft.done()

    assert areas.target(old, NEW) == whole(joined)
    assert areas.target(joined, OLD) == whole(old)


def test_unit_made_of_nothing_known_is_where_its_parent_is_backwards() -> None:
    draft = Draft()
    a, b = draft.add("province", until=SECOND), draft.add("province", until=SECOND)
    heir = draft.add("province", since=SECOND)
    island = draft.add("commune", heir, since=SECOND)
    draft.pass_on(a, heir)
    draft.pass_on(b, heir)

    assert draft.done().target(island, OLD) == unallocated(1, a, b)


def test_smallest_unit_may_be_one_of_the_units_reached() -> None:
    draft = Draft()
    province = draft.add("province")
    district = draft.add("district", province)
    commune = draft.add("commune", district)

    assert draft.done().smallest_holding([district, commune], "open") == district


def test_map_that_is_not_one_tree_is_refused() -> None:
    draft = Draft()
    old = draft.add("commune", None, until=SECOND)
    a, b = draft.add("commune", None, since=SECOND), draft.add("commune", None, since=SECOND)
    draft.pass_on(old, a, b)

    with pytest.raises(NoCommonUnit, match="2025-07-01"):
        draft.done().target(old, NEW)


def test_map_is_looked_at_on_its_last_day() -> None:
    draft = Draft()
    first, second = draft.add("province"), draft.add("province")
    a, b = draft.add("commune", None, until=SECOND), draft.add("commune", second, until=SECOND)
    draft.put(a, first, until=FIRST)
    draft.put(a, second, since=FIRST, until=SECOND)
    heir = draft.add("commune", second, since=SECOND)
    draft.pass_on(a, heir)
    draft.pass_on(b, heir)

    assert draft.done().target(heir, OLD) == unallocated(second, a, b)
