"""How alike two subjects are: pure text, so that the table of examples is its specification.

Two entries are offered for merging when they say the same kind, day and area, and subjects at least as alike as
THRESHOLD. The cost of an offer that is wrong is one look by a person; of one that is missing, an event counted twice.
Nothing is merged by the machine.
"""

import re
from fractions import Fraction

from phoihop.core.text import fold_vi

# Measured as twice the shared words over all words (Dice). From three shared words of five each: lower, and
# "phòng chống ma túy" meets "phòng chống lừa đảo", which share only how such work is called (1/2).
THRESHOLD = Fraction(3, 5)

# Words that say that something was held, not what about.
_FILLERS = {
    "buoi", "cuoc", "lop", "dien", "dan", "hoi", "nghi", "toa", "dam", "ngay", "diem", "to", "chuc", "tuyen",
    "truyen", "van", "dong", "pho", "bien", "tap", "huan", "boi", "duong", "ve", "cho", "cua", "va", "voi", "tren",
    "tai", "trong", "qua", "cac", "nhung", "nam", "nhan", "tham", "gia", "cong", "tac", "noi", "dung", "thuc", "hien",
}  # fmt: skip


def likeness(one: str, other: str) -> Fraction:
    """0 to 1; 1 for the same words in any order, with or without marks."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return Fraction(int(fold_vi(one) == fold_vi(other) != ""))
    return Fraction(2 * len(first & second), len(first) + len(second))


def are_alike(one: str, other: str) -> bool:
    return likeness(one, other) >= THRESHOLD


def _words(text: str) -> frozenset[str]:
    """What is left without fillers; all words where nothing else was said."""
    every = frozenset(re.findall(r"\w+", fold_vi(text)))
    return every - _FILLERS or every
