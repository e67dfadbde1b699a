import pytest
from hypothesis import given
from hypothesis import strategies as st

from phoihop.conferences.enums import Majority, VoteBase
from phoihop.conferences.reckoning import is_question, leading, reckon, votes_needed


@pytest.mark.parametrize(
    ("base", "half", "two_thirds"),
    [(0, 1, 0), (1, 1, 1), (2, 2, 2), (3, 2, 2), (4, 3, 3), (6, 4, 4), (99, 50, 66), (100, 51, 67)],
)
def test_votes_needed(base: int, half: int, two_thirds: int) -> None:
    assert (votes_needed(base, Majority.HALF), votes_needed(base, Majority.TWO_THIRDS)) == (half, two_thirds)


@pytest.mark.parametrize(
    ("yes", "no", "abstain", "base", "majority", "number", "is_adopted"),
    [
        (5, 4, 0, VoteBase.CAST, Majority.HALF, 9, True),
        (5, 5, 0, VoteBase.CAST, Majority.HALF, 10, False),
        (5, 4, 1, VoteBase.CAST, Majority.HALF, 10, False),  # an abstention is a vote cast
        (5, 0, 0, VoteBase.ENTITLED, Majority.HALF, 12, False),
        (7, 0, 0, VoteBase.ENTITLED, Majority.HALF, 12, True),
        (8, 0, 0, VoteBase.ENTITLED, Majority.TWO_THIRDS, 12, True),
        (7, 5, 0, VoteBase.ENTITLED, Majority.TWO_THIRDS, 12, False),
        (5, 1, 0, VoteBase.PRESENT, Majority.HALF, 9, True),
        (5, 6, 0, VoteBase.PRESENT, Majority.HALF, 11, False),  # more voted than the roll-call had
        (0, 9, 0, VoteBase.CAST, Majority.HALF, 9, False),  # "no" carries nothing
        (0, 0, 0, VoteBase.CAST, Majority.TWO_THIRDS, 0, False),
    ],
)
def test_adopted_or_not(
    yes: int, no: int, abstain: int, base: VoteBase, majority: Majority, number: int, is_adopted: bool
) -> None:
    counts = {"yes": yes, "no": no, "abstain": abstain}
    told = reckon(counts, base=base, majority=majority, entitled=12, present=9)
    assert (told.base, told.is_adopted) == (number, is_adopted)


def test_percents_are_cut() -> None:
    told = reckon({"a": 2, "b": 1}, base=VoteBase.CAST, majority=Majority.TWO_THIRDS, entitled=9, present=9)
    assert (dict(told.percents), told.carried, told.is_adopted) == ({"a": "66.66", "b": "33.33"}, "a", True)


@given(
    counts=st.lists(st.integers(0, 40), min_size=2, max_size=12),
    base=st.sampled_from(VoteBase),
    majority=st.sampled_from(Majority),
    missing=st.integers(0, 20),
)
def test_at_most_one_option_has_the_votes(
    counts: list[int], base: VoteBase, majority: Majority, missing: int
) -> None:
    named = {str(number): votes for number, votes in enumerate(counts)}
    told = reckon(named, base=base, majority=majority, entitled=sum(counts) + missing, present=missing)
    having = [key for key, votes in named.items() if told.base and votes >= told.needed]
    assert having == ([told.carried] if told.carried else [])
    assert all(float(percent or 0) <= 100 for percent in told.percents.values())


@pytest.mark.parametrize(
    ("keys", "asks"), [(["yes", "no", "abstain"], True), (["option-1", "option-2"], False)]
)
def test_only_for_or_against_passes_or_fails(keys: list[str], asks: bool) -> None:
    assert is_question(keys) == asks


@pytest.mark.parametrize(
    ("counts", "first"), [({"a": 2, "b": 1}, ["a"]), ({"a": 2, "b": 2, "c": 1}, ["a", "b"]), ({"a": 0}, [])]
)
def test_who_leads_a_choice(counts: dict[str, int], first: list[str]) -> None:
    assert leading(counts) == first
