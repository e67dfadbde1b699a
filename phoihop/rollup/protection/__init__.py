"""Counts of persons for readers who have not signed in: 1 to 4 is "<5", and nothing shown tells a hidden one.

Pages and downloads call `protect(table)` (and `protect_trend`, `protect_trends`, `protect_lineage`,
`protect_parties`) where `request.user` is not signed in, and show `mark(figure)` where `figure.hidden`. Changes
between two terms are computed from two protected tables. Public pages read the state "confirmed": a received count that differs from the
confirmed one stays hidden until it is confirmed.
"""

from phoihop.rollup.protection.protect import (
    mark,
    protect,
    protect_lineage,
    protect_parties,
    protect_trend,
    protect_trends,
)
from phoihop.rollup.protection.suppression import THRESHOLD, Hidden

__all__ = [
    "THRESHOLD",
    "Hidden",
    "mark",
    "protect",
    "protect_lineage",
    "protect_parties",
    "protect_trend",
    "protect_trends",
]
