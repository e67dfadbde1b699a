"""What a dated administrative map must keep: one rule a file, each yielding a sentence for every breach."""

from collections.abc import Callable, Iterator

from phoihop.areas.checks.code_overlaps import codes_that_overlap
from phoihop.areas.checks.cycles import parents_in_a_circle
from phoihop.areas.checks.level_order import parents_not_higher
from phoihop.areas.checks.missing_heirs import ended_without_heir
from phoihop.areas.checks.one_nation import nations_not_one
from phoihop.areas.checks.orphans import days_without_parent
from phoihop.areas.checks.parent_overlaps import two_parents_at_once
from phoihop.areas.checks.parents_in_force import parents_not_in_force
from phoihop.areas.checks.shares import shares_that_do_not_add_up
from phoihop.areas.checks.succession_days import successions_out_of_step
from phoihop.areas.queries import read_territory
from phoihop.areas.territory import Territory

Check = Callable[[Territory], Iterator[str]]

CHECKS: tuple[Check, ...] = (
    nations_not_one,
    parents_not_higher,
    parents_in_a_circle,
    two_parents_at_once,
    days_without_parent,
    parents_not_in_force,
    codes_that_overlap,
    successions_out_of_step,
    shares_that_do_not_add_up,
    ended_without_heir,
)


def check_areas() -> list[str]:
    """Every breach in the stored map."""
    return breaches(read_territory())


def breaches(territory: Territory) -> list[str]:
    return [sentence for check in CHECKS for sentence in check(territory)]
