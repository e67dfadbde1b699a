"""Every refusal of the package, as a sentence in both languages: it runs below gettext."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from .kinds import PeriodKind, kind_label
from .written_days import format_day


class PeriodError(ValueError):
    """`str(error)` is English, as msgids are; `error.sentence("vi")` is what a page shows."""

    def __init__(self, en: str, vi: str) -> None:
        super().__init__(en, vi)
        self.en = en
        self.vi = vi

    def __str__(self) -> str:
        return self.en

    def sentence(self, lang: str = "vi") -> str:
        return self.en if lang.startswith("en") else self.vi


def unknown_calendar(code: str) -> PeriodError:
    return PeriodError(
        f"“{code}” is not a calendar. Write CAL (1/1–31/12), ADM (15/12–14/12), or W with the month and day"
        " on which a yearly window starts, such as W1101.",
        f"“{code}” không phải mã lịch. Hãy ghi CAL (01/01–31/12), ADM (15/12–14/12), hoặc W kèm tháng và ngày"
        " bắt đầu kỳ năm, ví dụ W1101.",
    )


def impossible_window(month: int, day: int) -> PeriodError:
    return PeriodError(
        f"A yearly window cannot start on day {day} of month {month}: that day does not exist in every year."
        " Choose a day every year has, such as 1 November.",
        f"Kỳ năm không thể bắt đầu từ ngày {day} tháng {month}: không phải năm nào cũng có ngày này."
        " Hãy chọn ngày năm nào cũng có, ví dụ 01/11.",
    )


def window_is_a_calendar(month: int, day: int, code: str) -> PeriodError:
    return PeriodError(
        f"A yearly window from {day}/{month} is the year of the calendar {code}. Use {code}, so that the same"
        " days do not get two names.",
        f"Kỳ năm bắt đầu từ {day}/{month} chính là năm của lịch {code}. Hãy dùng {code} để cùng một khoảng"
        " ngày không mang hai tên.",
    )


def kind_not_in_calendar(kind: str, calendar: str, allowed: Iterable[PeriodKind]) -> PeriodError:
    kinds = tuple(allowed)
    return PeriodError(
        f"The calendar {calendar} has no period of kind “{kind}”. It has: {', '.join(kinds)}. Choose one of"
        " these kinds, or another calendar.",
        f"Lịch {calendar} không có loại kỳ “{kind}”. Lịch này có: "
        f"{', '.join(f'{each} ({kind_label(each)})' for each in kinds)}. Hãy chọn một trong các loại kỳ đó"
        " hoặc chọn lịch khác.",
    )


def index_out_of_range(kind: PeriodKind, index: int, count: int) -> PeriodError:
    numbers_en, numbers_vi = (
        ("1", "1") if count == 1 else (f"a number from 1 to {count}", f"số từ 1 đến {count}")
    )
    return PeriodError(
        f"A year has no {kind_label(kind, 'en')} number {index}. Choose {numbers_en}.",
        f"Một năm không có {kind_label(kind, 'vi')} thứ {index}. Hãy chọn {numbers_vi}.",
    )


def year_out_of_range(year: int, first: int, last: int) -> PeriodError:
    return PeriodError(
        f"{year} is not a year of reports. Write a year from {first} to {last}, in four digits.",
        f"{year} không phải năm báo cáo. Hãy ghi năm từ {first} đến {last}, đủ bốn chữ số.",
    )


def unreadable_period(text: str) -> PeriodError:
    shown = text if len(text) <= 80 else f"{text[:80]}…"
    return PeriodError(
        f"“{shown}” is not a period. Write a code such as ADM-2026-H1, or words with the year in four digits,"
        " such as “first half of 2026”, “Q3 2026”, “March 2026”, “first nine months of 2026”, “2026”.",
        f"“{shown}” không phải kỳ báo cáo. Hãy ghi mã kỳ như ADM-2026-H1, hoặc ghi bằng chữ kèm năm đủ bốn"
        " chữ số, như “6 tháng đầu năm 2026”, “quý III/2026”, “tháng 3/2026”, “9 tháng năm 2026”, “năm"
        " 2026”.",
    )


def dates_do_not_fit(text: str) -> PeriodError:
    return PeriodError(
        f"The dates in brackets in “{text}” are not those of that period in any calendar. Correct them, or"
        " leave the brackets out.",
        f"Các ngày trong ngoặc ở “{text}” không khớp với kỳ đó theo lịch nào. Hãy sửa lại hoặc bỏ phần trong"
        " ngoặc.",
    )


def no_period_on(day: date) -> PeriodError:
    return PeriodError(
        f"The day {format_day(day)} is in no nine-month period: it comes after the nine months of its"
        " year. Ask for its quarter or its year.",
        f"Ngày {format_day(day)} không thuộc kỳ 9 tháng nào vì nằm sau 9 tháng của năm đó. Hãy dùng"
        " quý hoặc năm.",
    )


def span_ends_before_it_starts(start: date, last: date) -> PeriodError:
    return PeriodError(
        f"A span from {format_day(start)} to {format_day(last)} holds no day. Put the earlier day first.",
        f"Khoảng thời gian từ {format_day(start)} đến {format_day(last)} không có ngày nào. Hãy"
        " ghi ngày sớm hơn trước.",
    )


def not_a_day(value: object) -> PeriodError:
    return PeriodError(
        f"{value} is an instant, not a day. Turn it into a day with today_in_vietnam first.",
        f"{value} là một thời điểm, không phải một ngày. Hãy đổi sang ngày theo giờ Việt Nam trước.",
    )


def instant_without_zone(value: object) -> PeriodError:
    return PeriodError(
        f"The instant {value} has no time zone. Give an instant in UTC.",
        f"Thời điểm {value} không có múi giờ. Hãy dùng thời điểm theo UTC.",
    )


def too_few_working_days(working_days: int) -> PeriodError:
    return PeriodError(
        f"A deadline {working_days} working days after the cut-off is not allowed: Decree 09/2019/NĐ-CP,"
        " Article 8(5), asks for at least 1. Write 1 or more.",
        f"Không được đặt thời hạn gửi sau thời điểm chốt số liệu {working_days} ngày làm việc: khoản 5 Điều 8"
        " Nghị định số 09/2019/NĐ-CP yêu cầu ít nhất 1 ngày. Hãy ghi từ 1 trở lên.",
    )


def higher_level_before_lower(lower: str, lower_on: date, higher: str, higher_on: date) -> PeriodError:
    return PeriodError(
        f"The level “{higher}” would report by {format_day(higher_on)}, before the level below it,"
        f" “{lower}” ({format_day(lower_on)}). Give “{higher}” at least as many working days as"
        f" “{lower}”.",
        f"Cấp “{higher}” có hạn gửi ngày {format_day(higher_on)}, sớm hơn cấp dưới “{lower}”"
        f" ({format_day(lower_on)}). Hãy cho “{higher}” số ngày làm việc không ít hơn “{lower}”.",
    )


def level_without_place(level: str, lowest_first: Iterable[str]) -> PeriodError:
    order = ", ".join(lowest_first)
    return PeriodError(
        f"The level “{level}” has a deadline but no place in the order of levels ({order}). Add it to the"
        " order, or remove its deadline.",
        f"Cấp “{level}” có thời hạn nhưng không có trong thứ tự các cấp ({order}). Hãy thêm cấp này vào thứ"
        " tự hoặc bỏ thời hạn của cấp.",
    )
