from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from .calendars import ADMINISTRATIVE, CALENDAR, CalendarKind, calendar_of, window
from .errors import PeriodError, dates_do_not_fit, unreadable_period
from .kinds import PeriodKind
from .labels import MONTH_NAMES
from .period import Period

LONGEST_TEXT = 120

_YEAR = r"(?P<year>[0-9]{4})"
_NUMBER = r"(?P<index>[0-9]{1,2}|[ivx]{1,4})"
_OF = r"(?: ?[/.-] ?| nam | of | )"
_MONTH_NAME = (
    "(?P<index>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in map(str.lower, MONTH_NAMES)) + ")"
)
_ORDINAL = r"(?P<index>first|second|third|fourth|1st|2nd|3rd|4th)"
_SIDE = r"(?P<index>dau|cuoi)"

# Written without accents and in lower case: text is folded first.
_FORMS: tuple[tuple[PeriodKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(form))
    for kind, forms in {
        PeriodKind.MONTH: (
            rf"(?:thang |m|month ){_NUMBER}{_OF}{_YEAR}",
            rf"{_YEAR}[ -]?m{_NUMBER}",
            rf"(?P<index>[0-9]{{1,2}})/{_YEAR}",
            rf"{_YEAR}-(?P<index>[0-9]{{2}})",
            rf"{_MONTH_NAME}{_OF}{_YEAR}",
        ),
        PeriodKind.QUARTER: (
            rf"(?:quy |q|quarter ){_NUMBER}{_OF}{_YEAR}",
            rf"{_YEAR}[ -]?q{_NUMBER}",
            rf"{_ORDINAL} quarter{_OF}{_YEAR}",
        ),
        PeriodKind.HALF: (
            rf"h{_NUMBER}{_OF}{_YEAR}",
            rf"{_YEAR}[ -]?h{_NUMBER}",
            rf"(?:6|sau) thang {_SIDE}{_OF}{_YEAR}",
            rf"nua {_SIDE}{_OF}{_YEAR}",
            rf"{_ORDINAL} half{_OF}{_YEAR}",
            rf"(?P<index>first|last) (?:6|six) months{_OF}{_YEAR}",
        ),
        PeriodKind.NINE_MONTHS: (
            rf"(?:9|chin) thang(?: dau)?{_OF}{_YEAR}",
            rf"9m{_OF}{_YEAR}",
            rf"{_YEAR}[ -]?9m",
            rf"(?:first )?(?:9|nine) months{_OF}{_YEAR}",
        ),
        PeriodKind.YEAR: (rf"(?:ca nam |nam |year )?{_YEAR}",),
    }.items()
    for form in forms
)
_DAY = r"([0-9]{1,2})/([0-9]{1,2})(?:/([0-9]{4}))?"
_WITH_DATES = re.compile(rf"(?P<name>[^()]+?) ?\( ?(?P<from>{_DAY}) ?(?:-|->|den|to) ?(?P<to>{_DAY}) ?\)")
_CODE = re.compile(
    rf"(?P<calendar>CAL|ADM|W[0-9]{{4}})-{_YEAR}(?:-(?P<part>M[0-9]{{1,2}}|Q[0-9]|H[0-9]|9M))?"
)
_PARTS = {"M": PeriodKind.MONTH, "Q": PeriodKind.QUARTER, "H": PeriodKind.HALF}
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_INDEX_OF_WORD = (
    {roman: index for index, roman in enumerate(_ROMAN, start=1)}
    | {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 2, "dau": 1, "cuoi": 2}
    | {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
)
_INDEX_OF_MONTH = {name[:3].lower(): index for index, name in enumerate(MONTH_NAMES, start=1)}


def parse_period(text: str, calendar: CalendarKind = ADMINISTRATIVE) -> Period:
    """A period from its code, or from words in Vietnamese (accents optional) or English.

    Words are read in `calendar`; a code names its own, and dates in brackets choose the calendar they fit.
    Example: "ADM-2026-H2", "6 tháng cuối năm 2026", "quý III/2026", "tháng 3/2026 (15/02/2026–14/03/2026)".
    """
    if len(text) > LONGEST_TEXT:
        raise unreadable_period(text)
    if code := _CODE.fullmatch(text.strip().upper()):
        return _from_code(code)
    folded = _fold(text)
    if dated := _WITH_DATES.fullmatch(folded):
        return _fitting_dates(text, dated)
    return _from_words(text, folded, calendar)


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(re.sub("[–—−]", "-", plain.replace("đ", "d")).split())


def _from_code(code: re.Match[str]) -> Period:
    calendar, year, part = calendar_of(code["calendar"]), int(code["year"]), code["part"]
    if part is None:
        return Period(calendar, calendar.year_kind, year)
    if part == "9M":
        return Period(calendar, PeriodKind.NINE_MONTHS, year)
    return Period(calendar, _PARTS[part[0]], year, int(part[1:]))


def _from_words(text: str, folded: str, calendar: CalendarKind) -> Period:
    for kind, form in _FORMS:
        if found := form.fullmatch(folded):
            asked = calendar.year_kind if kind is PeriodKind.YEAR else kind
            return Period(calendar, asked, int(found["year"]), _index(text, found))
    raise unreadable_period(text)


def _index(text: str, found: re.Match[str]) -> int:
    word = found.groupdict().get("index")
    if word is None:
        return 1
    if word.isdigit():
        return int(word)
    index = _INDEX_OF_WORD.get(word) or _INDEX_OF_MONTH.get(word[:3])
    if index is None:
        raise unreadable_period(text)
    return index


def _fitting_dates(text: str, dated: re.Match[str]) -> Period:
    for candidate in _candidates(dated["from"]):
        try:
            period = _from_words(text, dated["name"], candidate)
        except PeriodError:
            continue
        if _is_written(period.start, dated["from"]) and _is_written(period.last, dated["to"]):
            return period
    _from_words(text, dated["name"], CALENDAR)  # where the name itself is at fault, say that
    raise dates_do_not_fit(text)


def _candidates(first_day: str) -> Iterator[CalendarKind]:
    yield from (ADMINISTRATIVE, CALENDAR)
    day, month, *_ = map(int, first_day.split("/"))
    try:
        yield window(month, day)
    except PeriodError:
        return


def _is_written(day: date, text: str) -> bool:
    written = [int(number) for number in text.split("/")]
    return written == [day.day, day.month, day.year][: len(written)]
