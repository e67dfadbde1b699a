"""The fixed words of a document, in both languages.

Not gettext: a frozen document must read the same whatever the catalogue says on the day it is rendered again.
"""

from typing import Literal

Language = Literal["vi", "en"]

_LABELS: dict[str, tuple[str, str]] = {
    "nation": ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SOCIALIST REPUBLIC OF VIET NAM"),
    "motto": ("Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness"),
    "number": ("Số:", "No.:"),
    "number_party": ("Số", "No."),
    "no_number": ("........./BC", "........./BC"),
    "day": ("ngày {day} tháng {month} năm {year}", "{day} {month_name} {year}"),
    "no_day": ("ngày ..... tháng ..... năm .......", "day ..... month ..... year ......."),
    "as_of": ("Số liệu đến ngày {day}", "Figures as of {day}"),
    "addressed_to": ("Kính gửi:", "To:"),
    "recipients": ("Nơi nhận:", "Recipients:"),
    "as_above": ("Như trên", "As above"),
    "archive": ("Lưu: VT", "Archive: clerical office"),
    "no_drafter": (".........", "........."),
    "in_vietnamese": ("", "in Vietnamese"),
    "annex": ("Phụ lục {number}", "Annex {number}"),
    "table": ("Bảng {number}. {title}", "Table {number}. {title}"),
    "chart": ("Biểu đồ {number}. {title}", "Chart {number}. {title}"),
    "note": ("Ghi chú: {text}", "Note: {text}"),
    "source": ("Nguồn: {text}", "Source: {text}"),
    "unit": ("Đơn vị tính: {unit}", "Unit: {unit}"),
    "coverage": (
        "Đã nhận {reported}/{expected} báo cáo phải nộp",
        "{reported} of {expected} reports due were received",
    ),
    "dash": ("Dấu “–”: không có số liệu", "“–”: no figure"),
    "dash_because": ("Dấu “–”: không có số liệu ({why})", "“–”: no figure ({why})"),
    "windows_taken": ("Kỳ số liệu được lấy: {text}", "Windows taken: {text}"),
    "windows_left_out": ("Ngày không lấy: {text}", "Days left out: {text}"),
    "map": ("Bản đồ hành chính: {text}", "Administrative map: {text}"),
    "frozen": (
        "Số liệu khóa lúc {moment}, vị trí sổ số liệu {seq}, mã kiểm tra {hash}",
        "Figures frozen at {moment}, ledger position {seq}, check code {hash}",
    ),
    "at_least": ("ít nhất {figure}", "at least {figure}"),
    "up": ("tăng {percent} %", "up {percent} %"),
    "down": ("giảm {percent} %", "down {percent} %"),
    "up_slightly": ("tăng dưới {percent} %", "up less than {percent} %"),
    "down_slightly": ("giảm dưới {percent} %", "down less than {percent} %"),
    "unchanged": ("không thay đổi", "unchanged"),
    "no_comparison": ("chưa có số liệu để so sánh", "no earlier figure to compare with"),
    "units_reporting": ("{reported}/{expected} đơn vị báo cáo", "{reported}/{expected} units reporting"),
    "none_due": ("không có đơn vị phải báo cáo", "no unit due to report"),
    "none_due_given": ("{reported} báo cáo có số liệu", "reports giving it: {reported}"),
    "reports": ("{reported}/{expected} báo cáo", "{reported} of {expected} reports"),
    "counted": ("do hệ thống đếm, không lấy từ báo cáo", "counted by the system, not reported"),
    "counted_reports": (
        "hệ thống đếm {reported}/{expected} báo cáo phải nộp",
        "{reported} of {expected} reports due, counted by the system",
    ),
    "missing": ("–", "–"),
    "missing_because": ("– ({why})", "– ({why})"),
    "chart_bar": ("Biểu đồ cột", "Bar chart"),
    "chart_line": ("Biểu đồ đường", "Line chart"),
    "chart_small_multiples": ("Nhóm biểu đồ nhỏ", "Small multiples"),
}
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_PARTS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_PARTS_EN = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
PARTS = {
    f"phần thứ {vi}": f"Part {en}" for vi, en in zip(_PARTS, _PARTS_EN, strict=True)
}  # as the outline numbers them
TYPES = {
    "BÁO CÁO": "REPORT",
    "THÔNG BÁO": "NOTICE",
    "KẾ HOẠCH": "PLAN",
    "CHƯƠNG TRÌNH": "PROGRAMME",
    "BIÊN BẢN": "MINUTES",
    "GIẤY MỜI": "INVITATION",
}
# How a signature stands for another: Decree 30/2020/NĐ-CP, Annex I, II.7.
POWERS = {
    "TM.": "ON BEHALF OF",
    "T/M": "ON BEHALF OF",
    "KT.": "FOR",
    "TL.": "BY ORDER OF",
    "TUQ.": "BY AUTHORITY OF",
    "Q.": "ACTING",
}


def label(key: str, lang: Language, **values: object) -> str:
    text = _LABELS[key][0 if lang == "vi" else 1]
    return text.format(**values) if values else text
