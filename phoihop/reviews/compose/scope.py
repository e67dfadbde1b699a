"""What a review is about, in words: the area, the term of each kind of window, the term before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from phoihop.reviews.compose.text import NOTHING, Text, day_text

ONE_YEAR = 12
PLACE_NAMES = {"nation": Text("toàn quốc", "the whole country")}
WITHIN_NATION = Text("trên phạm vi toàn quốc", "in the whole country")
_KINDS_EN = {
    "tỉnh": "Province", "thành phố trung ương": "City", "thành phố": "City", "huyện": "District", "quận": "District",
    "thị xã": "Town", "thị trấn": "Township", "phường": "Ward", "xã": "Commune", "đặc khu": "Special Zone",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Window:
    """One window as tables and charts show it: a reporting window, or the year its halves make up."""

    code: str
    label: Text
    end: date  # exclusive


@dataclass(frozen=True, slots=True)
class Taken:
    """The whole windows of one kind inside the span, and what fell outside."""

    kind: str
    codes: tuple[str, ...]  # every reporting window taken
    windows: tuple[Window, ...]  # as they are shown
    term: Text  # "trong 5 năm", or from which day to which
    days: Text  # from the first day to the last
    taken: Text  # the same with the number of windows
    left_out: Text


@dataclass(frozen=True, slots=True)
class Scope:
    area: Text
    taken: Mapping[str, Taken] = field(default_factory=dict)  # by kind of window
    backwards: Text = NOTHING  # the words owed where the units are those of a later map than the days told

    @property
    def within(self) -> Text:
        return (
            WITHIN_NATION if self.area == PLACE_NAMES["nation"] else Text("trên địa bàn ", "in ") + self.area
        )

    def term(self, kind: str) -> Text:
        return self.taken[kind].term

    def windows(self, kind: str) -> tuple[Window, ...]:
        return self.taken[kind].windows if kind in self.taken else ()


def place(level: str, kind: str, name: str, full_name: str) -> Text:
    """An area in running text: toàn quốc, tỉnh Kon Tum, Thành phố Hồ Chí Minh, xã Đăk Tơ Lung.

    Source: NĐ 30/2020/NĐ-CP, Annex II: "Thành phố" of Hồ Chí Minh is part of the name and takes a capital.
    """
    if level in PLACE_NAMES:
        return PLACE_NAMES[level]
    vietnamese = full_name if name == "Hồ Chí Minh" else full_name[:1].lower() + full_name[1:]
    if name == "Hồ Chí Minh":
        return Text(vietnamese, "Ho Chi Minh City")
    return Text(vietnamese, f"{name} {_KINDS_EN.get(kind.lower(), '')}".strip())


def term_text(start: date, end: date) -> Text:
    """The length in words where it is one of whole years or half-years, the days otherwise."""
    months = (end.year - start.year) * ONE_YEAR + end.month - start.month
    if start.day == end.day and months % ONE_YEAR == 0:
        years = months // ONE_YEAR
        return (
            Text(f"trong {years} năm", f"in {years} years") if years > 1 else Text("trong năm", "in the year")
        )
    if start.day == end.day and months == ONE_YEAR // 2:
        return Text("trong 6 tháng", "in the half-year")
    return from_to(start, end)


def from_to(start: date, end: date) -> Text:
    first, last = day_text(start), day_text(date.fromordinal(end.toordinal() - 1))
    return Text(f"từ ngày {first.vi} đến ngày {last.vi}", f"from {first.en} to {last.en}")
