"""How a vote is decided: the base of 100 %, the votes needed, which option is carried. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from phoihop.conferences.enums import Majority, VoteBase

# Options that carry nothing, however many chose them.
AGAINST, ABSTAIN = "no", "abstain"


@dataclass(frozen=True, slots=True)
class Reckoned:
    base: int  # what 100 % is
    needed: int  # votes
    percents: Mapping[
        str, str
    ]  # option -> percent of the base, cut at two places; "" where the base is nought
    carried: str  # the option that has the votes needed; empty: none has
    is_adopted: bool


def reckon(
    counts: Mapping[str, int], *, base: VoteBase, majority: Majority, entitled: int, present: int
) -> Reckoned:
    """present: delegates by the last roll-call. More votes than that show that more were present."""
    cast = sum(counts.values())
    number = {
        VoteBase.CAST: cast,
        VoteBase.PRESENT: max(present, cast),
        VoteBase.ENTITLED: entitled,
    }[base]
    needed = votes_needed(number, majority)
    carried = next((key for key, votes in counts.items() if number and votes >= needed), "")
    return Reckoned(
        base=number,
        needed=needed,
        percents={key: _percent(votes, number) for key, votes in counts.items()},
        carried=carried,
        is_adopted=carried not in {"", AGAINST, ABSTAIN},
    )


def is_question(keys: Iterable[str]) -> bool:
    """For or against: it passes or fails. Between several options one is chosen, or none is."""
    return AGAINST in set(keys)


def leading(counts: Mapping[str, int]) -> list[str]:
    """The option with the most votes, or those that share it; none where nobody voted."""
    most = max(counts.values(), default=0)
    return [key for key, votes in counts.items() if votes == most] if most else []


def votes_needed(base: int, majority: Majority) -> int:
    """More than half, or at least two thirds."""
    return base // 2 + 1 if majority == Majority.HALF else -(-2 * base // 3)


def _percent(votes: int, base: int) -> str:
    """Cut, not rounded: 66.66 %, so that no option seems to have what it lacks."""
    return str((Decimal(votes * 100) / base).quantize(Decimal("0.01"), ROUND_DOWN)) if base else ""
