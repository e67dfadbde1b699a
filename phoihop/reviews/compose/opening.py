"""The opening paragraph: which figures these are, of which days, on which map, and how complete."""

from phoihop.reviews.compose.blocks import Block, paragraph_break, sentence
from phoihop.reviews.compose.facts import Facts
from phoihop.reviews.compose.text import NOTHING, Text

CONFIRMED = Text(
    "Số liệu trong báo cáo là số liệu đã được cơ quan cấp trên tiếp nhận và xác nhận.",
    "The figures are those that the superior body has accepted and confirmed.",
)
RECEIVED = Text(
    "Số liệu trong báo cáo là số liệu đã tiếp nhận từ cấp dưới, chưa được cấp trên xác nhận.",
    "The figures are those received from below; the superior level has not confirmed them yet.",
)
SIMULATED = Text(
    "Toàn bộ số liệu là số liệu mô phỏng, chỉ dùng để trình diễn.",
    "All figures are simulated, for demonstration only.",
)
NO_COMPARISON = Text(
    "Chưa có số liệu của kỳ trước trên hệ thống nên không so sánh.",
    "The system has no figures of an earlier term, so nothing is compared.",
)


def opening_blocks(key: str, facts: Facts) -> list[Block]:
    said = [
        ("purpose", _purpose(facts)),
        ("windows", _windows(facts)),
        ("state", CONFIRMED if facts.state == "confirmed" else RECEIVED),
        ("coverage", _coverage(facts)),
        ("comparison", _comparison(facts)),
        ("map", _map(facts)),
        ("simulated", SIMULATED if facts.is_simulated else NOTHING),
    ]
    blocks = [sentence(f"{key}/{name}", text) for name, text in said if text]
    return [blocks[0], paragraph_break(f"{key}/purpose-end"), *blocks[1:]]


def _purpose(facts: Facts) -> Text:
    return Text(
        "Các bên tham gia chương trình báo cáo kết quả thực hiện {within}.",
        "The parties to the programme report on its results {within}.",
    ).filled(within=facts.scope.within)


def _windows(facts: Facts) -> Text:
    """The half-years, by which most is reported; the windows of every kind stand under the first annex."""
    kinds = dict.fromkeys(["half", *(info.window for info in facts.indicators)])
    taken = next((each for kind in kinds if (each := facts.scope.taken.get(kind)) and each.codes), None)
    if taken is None:
        return NOTHING
    return Text(
        "Số liệu lấy theo các kỳ báo cáo trọn vẹn, {days}; kỳ của từng nhóm chỉ tiêu và các ngày không tính nêu"
        " tại Phụ lục I.",
        "Figures are taken by whole windows, {days}; the windows of each kind of indicator and the days left out"
        " stand in Annex I.",
    ).filled(days=taken.days)


def _coverage(facts: Facts) -> Text:
    figure = facts.figures.known("K05")
    if figure is None:
        return NOTHING
    top, bottom = facts.figures.part("K05", "numerator"), facts.figures.part("K05", "denominator")
    if top is None or bottom is None:
        return NOTHING
    return Text(
        f"Đã tiếp nhận [[{top}|value]]/[[{bottom}|value]] báo cáo 6 tháng phải nộp.",
        f"Of [[{bottom}|value]] half-yearly reports due, [[{top}|value]] were accepted.",
    )


def _comparison(facts: Facts) -> Text:
    if facts.previous_label is None or not _has_any_previous(facts):
        return NO_COMPARISON
    return Text("Kỳ trước dùng để so sánh: {label}.", "The previous term compared with: {label}.").filled(
        label=facts.previous_label
    )


def _has_any_previous(facts: Facts) -> bool:
    return any(figure.previous is not None for figure in facts.figures.by_key.values())


def _map(facts: Facts) -> Text:
    if facts.scope.backwards:
        return Text(
            "Số đơn vị hành chính, tên gọi và địa giới trong báo cáo lấy {backwards}: hệ thống chưa có bản đồ của những"
            " năm được báo cáo.",
            "Numbers of units, names and borders are those {backwards}: the system has no map of the years told.",
        ).filled(backwards=facts.scope.backwards)
    return Text("Số liệu trình bày theo {map}.", "Figures stand on {map}.").filled(map=facts.map_label)
