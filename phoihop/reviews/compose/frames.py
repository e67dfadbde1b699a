"""How one indicator is spoken of: the clause for it, and the frame of the sentence it stands in."""

from dataclasses import dataclass
from enum import StrEnum

from phoihop.reviews.compose.text import NOTHING, Text


class Frame(StrEnum):
    DONE = "done"  # Trong 5 năm, toàn quốc đã <làm> ...
    SEEN = "seen"  # Trong 5 năm, toàn quốc có ... (counted over the term)
    HELD = "held"  # Đến ngày 14/12/2018, toàn quốc có ... (a stock)
    RATE = "rate"  # a sentence of its own
    YEARLY = "yearly"  # year by year, never over several


@dataclass(frozen=True, slots=True)
class Clause:
    """{it} stands for the figure with its unit, {n} for the number alone; English marks the plural: session(s).

    glue      what joins it to the clause before: ", " as a rule, " " where it goes on without a pause.
    per       code of the indicator it is averaged over: attendances a session.
    repeats   counted again every year: over several years the sum says so.
    after     the words where another clause of the group stands before it and has the verb already.
    """

    code: str
    frame: Frame
    text: Text
    glue: str = ", "
    per: str = ""
    repeats: bool = False
    after: Text = NOTHING


def done(code: str, vi: str, en: str, *, per: str = "", glue: str = ", ", after: Text = NOTHING) -> Clause:
    return Clause(code, Frame.DONE, Text(vi, en), glue=glue, per=per, after=after)


def seen(code: str, vi: str, en: str, *, repeats: bool = False, glue: str = ", ") -> Clause:
    return Clause(code, Frame.SEEN, Text(vi, en), repeats=repeats, glue=glue)


def held(code: str, vi: str, en: str, *, glue: str = ", ") -> Clause:
    return Clause(code, Frame.HELD, Text(vi, en), glue=glue)


def rate(code: str, vi: str, en: str) -> Clause:
    return Clause(code, Frame.RATE, Text(vi, en))


def yearly(code: str, vi: str, en: str, *, glue: str = ", ") -> Clause:
    return Clause(code, Frame.YEARLY, Text(vi, en), glue=glue)
