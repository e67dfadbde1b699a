"""What evidence must be gathered for, as the rows of the rules say."""

from dataclasses import dataclass

from phoihop.reports.checks.registry import rules_as_data


@dataclass(frozen=True, slots=True)
class Balance:
    """A stock is that of the window before, plus what was added, less what ended."""

    stock: str
    added: str
    ended: str


BALANCES = tuple(Balance(**row.codes) for row in rules_as_data().rules["stock_balances"].rows)

# Of units above the commune: how many communes held the festival, were recognised, have an effective model.
COUNTS_OF_COMMUNES = tuple(row.codes["count"] for row in rules_as_data().rules["communes_in_force"].rows)
