"""One map that breaks each rule, and breaks only that."""

from collections.abc import Callable

import pytest
from django.utils import translation

from phoihop.areas.checks import breaches
from phoihop.areas.territory import Code, Succession, Unit
from tests.areas.tiny_maps import FIRST, SECOND, THIRD, Draft


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def sound() -> Draft:
    """Province 2; commune 3 becomes 4 on 1/7/2025."""
    draft = Draft()
    province = draft.add("province")
    old = draft.add("commune", province, until=SECOND)
    draft.pass_on(old, draft.add("commune", province, since=SECOND))
    draft.codes += [Code(old, "gso", "00001", valid_until=SECOND), Code(4, "gso", "00001", valid_from=SECOND)]
    return draft


def test_sound_map_breaks_nothing() -> None:
    assert breaches(sound().done()) == []


def two_nations(draft: Draft) -> None:
    draft.add("nation", None)


def two_parents(draft: Draft) -> None:
    draft.put(draft.add("commune", 2), draft.add("province"))


def no_parent(draft: Draft) -> None:
    draft.add("commune", None)


def parent_comes_late(draft: Draft) -> None:
    draft.put(draft.add("commune", None), 2, since=THIRD)


def parent_ends_early(draft: Draft) -> None:
    draft.put(draft.add("commune", None), 2, until=THIRD)


def parent_not_yet_in_force(draft: Draft) -> None:
    draft.put(draft.add("commune", None), draft.add("province", 1, since=FIRST))


def commune_above_commune(draft: Draft) -> None:
    draft.add("commune", draft.add("commune", 2))


def one_code_for_two(draft: Draft) -> None:
    draft.codes.append(Code(draft.add("commune", 2), "gso", "00001", valid_from=THIRD))


def no_heir(draft: Draft) -> None:
    draft.add("commune", 2, until=SECOND)


def predecessor_lives_on(draft: Draft) -> None:
    draft.pass_on(draft.add("commune", 2), draft.add("commune", 2, since=SECOND))


def heir_lived_before(draft: Draft) -> None:
    draft.pass_on(draft.add("commune", 2, until=SECOND), draft.add("commune", 2))


def only_a_part(draft: Draft) -> None:
    old, new = draft.add("commune", 2, until=SECOND), draft.add("commune", 2, since=SECOND)
    draft.successions.append(Succession(old, new, SECOND, "part"))


def whole_to_two(draft: Draft) -> None:
    old = draft.add("commune", 2, until=SECOND)
    draft.pass_on(old, draft.add("commune", 2, since=SECOND))
    draft.pass_on(old, draft.add("commune", 2, since=SECOND))


@pytest.mark.parametrize(
    ("break_it", "sentence"),
    [
        (two_nations, "The map has 2 units of the level “nation”. It must have exactly one."),
        (
            two_parents,
            "commune 5 belongs to both province 2 and province 6 at one time. End one before the other.",
        ),
        (no_parent, "commune 5 belongs to no superior unit. Say which it belongs to."),
        (parent_comes_late, "commune 5 belongs to no superior unit. Say which it belongs to."),
        (
            parent_ends_early,
            "From 01/01/2030 commune 5 belongs to no superior unit. Say which it belongs to.",
        ),
        (
            parent_not_yet_in_force,
            (
                "commune 5 belongs to province 6 on days when that unit is not in force."
                " Correct the dates, or name another superior unit for those days."
            ),
        ),
        (
            commune_above_commune,
            "commune 6 (Commune) cannot belong to commune 5 (Commune). Name a superior unit of a higher level.",
        ),
        (
            one_code_for_two,
            (
                "From 01/01/2030 the code 00001 stands for both commune 4 and commune 5."
                " End one before the other."
            ),
        ),
        (
            no_heir,
            "commune 5 ended on 01/07/2025 and no unit received its territory. Name its heirs.",
        ),
        (
            predecessor_lives_on,
            "commune 5 passed on its territory on 01/07/2025 but does not end that day. Correct its dates.",
        ),
        (
            heir_lived_before,
            "commune 6 received territory on 01/07/2025 but does not begin that day. Correct its dates.",
        ),
        (
            only_a_part,
            (
                "The territory of commune 5 passes to 1 units, 0 of them receiving the whole."
                " Name one heir of the whole, or two or more heirs of parts."
            ),
        ),
        (
            whole_to_two,
            (
                "The territory of commune 5 passes to 2 units, 2 of them receiving the whole."
                " Name one heir of the whole, or two or more heirs of parts."
            ),
        ),
    ],
)
def test_broken_map_is_named(break_it: Callable[[Draft], None], sentence: str) -> None:
    draft = sound()
    break_it(draft)

    assert breaches(draft.done()) == [sentence]


def test_parents_in_a_circle_are_named() -> None:
    draft = sound()
    a, b = draft.add("district", None), draft.add("district", None)
    draft.put(a, b)
    draft.put(b, a)

    assert [one for one in breaches(draft.done()) if "above itself" in one] == [
        f"{name} lies above itself. Correct the superior unit of one unit in the circle."
        for name in ("district 5", "district 6")
    ]


def test_units_that_change_places_at_different_times_are_no_circle() -> None:
    draft = Draft()
    a, b = draft.add("district", None), draft.add("district", None)
    draft.put(a, b, until=SECOND)
    draft.put(b, a, since=SECOND)

    assert not [one for one in breaches(draft.done()) if "above itself" in one]


def test_district_is_covered_by_its_communes() -> None:
    draft = sound()
    district = draft.add("district", 2, until=SECOND)
    commune = draft.add("commune", district, until=SECOND)
    draft.pass_on(commune, draft.add("commune", 2, since=SECOND))

    assert breaches(draft.done()) == []


def test_district_without_communes_needs_an_heir() -> None:
    draft = sound()
    draft.add("district", 2, until=SECOND)

    assert breaches(draft.done()) == [
        "district 5 ended on 01/07/2025 and no unit received its territory. Name its heirs."
    ]


def test_sentences_are_vietnamese_by_default() -> None:
    draft = sound()
    draft.units.append(Unit(5, "commune", "Xã Đăk Hà"))

    with translation.override("vi"):
        assert breaches(draft.done()) == [
            "Xã Đăk Hà không trực thuộc đơn vị nào. Hãy ghi đơn vị cấp trên trực tiếp."
        ]
