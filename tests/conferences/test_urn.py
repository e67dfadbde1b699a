from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phoihop.conferences.urn import filled_in, laid_out, taken_out


@given(st.integers(1, 60), st.lists(st.integers(1, 3), max_size=60))
def test_every_slip_filled_in_is_taken_out_once(seats: int, options: list[int]) -> None:
    slips = laid_out(seats)
    for option in options[:seats]:
        slips = filled_in(slips, option)
    out = taken_out(slips, ["yes", "no", "abstain"])
    assert Counter(choice for _key, choice in out) == Counter(
        ["yes", "no", "abstain"][option - 1] for option in options[:seats]
    )
    assert out == sorted(out)
    assert len({key for key, _choice in out}) == len(out)


def test_a_place_is_chosen_at_random_among_the_empty_ones() -> None:
    """The first in order would tell the order of voting. 4 seats, 2,000 times: each place 500, give or take."""
    places = Counter(filled_in(laid_out(4), 1).index(1) for _ in range(2_000))
    assert set(places) == {0, 1, 2, 3}
    assert min(places.values()) > 380


def test_a_full_urn_takes_nothing() -> None:
    with pytest.raises(ValueError, match="no empty slip"):
        filled_in(b"\x01\x02", 1)


def test_slips_of_one_urn_get_other_keys_each_time() -> None:
    first, second = taken_out(b"\x01\x02", ["a", "b"]), taken_out(b"\x01\x02", ["a", "b"])
    assert {key for key, _ in first}.isdisjoint({key for key, _ in second})
