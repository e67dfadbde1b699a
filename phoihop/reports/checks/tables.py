"""What the catalogue's indicators have to do with one another, as rows.

Source: domain.md, section 7, "Validation rules suggested by the facts".
"""

from dataclasses import dataclass

from phoihop.reports.enums import Severity


@dataclass(frozen=True, slots=True)
class Part:
    """The part is never more than the whole it is taken from."""

    part: str
    whole: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Band:
    """Per unit of `of`, the value is plausibly between `least` and `most`."""

    value: str
    of: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Balance:
    """A stock is that of the window before, plus what was added, less what ended."""

    stock: str
    added: str
    ended: str


PARTS = (
    Part("A03N", "A03D"),
    Part("C08N", "C08D"),
    # A point stopped in the year may have been rated before: it is in C08D and no longer in C02.
    Part("C08N", "C02", Severity.WARNING),
    Part("C08D", "C02", Severity.WARNING),
    Part("D08", "D07"),
    Part("F02", "F01"),
    Part("G02", "G01"),
    Part("H04", "H03"),
    Part("H05N", "H05D"),
    Part("H08N", "H08D"),
    Part("H12", "H11"),
)

BANDS = (
    Band("B02", "B01", 20, 500),  # attendances a session
    Band("D02", "D01", 2, 30),  # members a self-managed group
    Band("D04", "D03", 2, 30),  # members a security team
)

BALANCES = (Balance("C02", "C06", "C07"),)

# Of units above the commune: how many communes held the festival, were recognised, have an effective model.
COUNTS_OF_COMMUNES = ("E01", "F04", "C11N")
