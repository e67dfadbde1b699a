"""Which values count and which reports owe one: docs/figures.md, "What counts" and "Coverage"."""

import pytest

from phoihop.core.errors import DomainError
from phoihop.rollup.facts import Below, Duty, Fact, Rule, explode, is_counted, is_owed

COMMUNE, PROVINCE = Below("police", "commune", True), Below("police", "province", True)
CLOSING = Below("police", "commune", False)
FRONT = Below("front", "commune", True)


def rule(kind: str = "flow", levels: tuple[str, ...] = ("commune", "province")) -> Rule:
    police = dict.fromkeys(("commune", "province", "nation"), "police")
    return Rule(1, kind, frozenset(levels), police, dict.fromkeys(levels, ("police", "front")))


def duty(level: str, *below: Below, party: str = "police", covers_last_day: bool = True) -> Duty:
    return Duty(party, level, covers_last_day, frozenset(below))


def test_cells_become_facts_by_indicator() -> None:
    facts = explode(7, {"B": "na", "A": "1.5"}, ["A"], {"A": 1, "B": 2})
    assert facts == [Fact(7, 1, 15_000, True), Fact(7, 2, None, False)]


def test_unknown_code_is_refused() -> None:
    with pytest.raises(DomainError, match="X99"):
        explode(7, {"X99": "1"}, [], {"A": 1})


@pytest.mark.parametrize(
    ("rule", "duty", "consolidated", "counted"),
    [
        (rule(), duty("commune"), False, True),
        (rule(), duty("commune", party="front"), False, False),
        (rule(), duty("province", COMMUNE), False, True),
        (rule(), duty("province", COMMUNE), True, False),
        (rule(), duty("province"), True, True),
        (rule(), duty("province", FRONT), True, True),
        (rule("stock"), duty("commune", covers_last_day=False), False, False),
        (rule("flow"), duty("commune", covers_last_day=False), False, True),
        (rule("stock"), duty("province", CLOSING), True, True),
        (rule("flow"), duty("province", CLOSING), True, False),
        (rule(levels=("commune",)), duty("province"), False, False),
        (rule(levels=("commune",)), duty("province"), True, True),
        (rule(levels=("commune",)), duty("nation", PROVINCE), True, False),
        (rule(levels=("province",)), duty("province", COMMUNE), True, True),
        (rule(levels=("province",)), duty("commune"), False, False),
    ],
)
def test_value_counts(rule: Rule, duty: Duty, *, consolidated: bool, counted: bool) -> None:
    assert is_counted(rule, duty, consolidated=consolidated) is counted


@pytest.mark.parametrize(
    ("rule", "duty", "owed"),
    [
        (rule(), duty("commune"), True),
        (rule(), duty("commune", party="front"), False),
        (rule(), duty("province", COMMUNE), True),
        (rule(), duty("nation"), True),
        (rule(), duty("nation", PROVINCE), False),
        (rule("stock"), duty("commune", covers_last_day=False), False),
        (rule(levels=("commune",)), duty("province"), True),
        (rule(levels=("commune",)), duty("province", FRONT), False),
        (rule(levels=("province",)), duty("commune"), False),
    ],
)
def test_report_owes(rule: Rule, duty: Duty, *, owed: bool) -> None:
    assert is_owed(rule, duty) is owed
