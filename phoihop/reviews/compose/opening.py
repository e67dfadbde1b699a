"""The opening paragraph: which figures these are, of which days, on which map, and how complete."""

from phoihop.reviews.compose.blocks import Block, paragraph_break, sentence
from phoihop.reviews.compose.facts import Facts
from phoihop.reviews.compose.scope import Taken
from phoihop.reviews.compose.text import NOTHING, Text, listed

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
_KIND_NAMES = {
    "half": Text("chỉ tiêu báo cáo 6 tháng", "half-yearly indicators"),
    "year": Text("chỉ tiêu báo cáo năm", "yearly indicators"),
    "residential_window": Text("chỉ tiêu về khu dân cư", "indicators of residential areas"),
    "commune_window": Text("chỉ tiêu về cấp xã", "indicators of communes"),
}


def opening_blocks(key: str, facts: Facts) -> list[Block]:
    said = [
        ("windows", _windows(facts)),
        ("left-out", _left_out(facts)),
        ("state", CONFIRMED if facts.state == "confirmed" else RECEIVED),
        ("coverage", _coverage(facts)),
        ("comparison", _comparison(facts)),
        ("map", _map(facts)),
        ("simulated", SIMULATED if facts.is_simulated else NOTHING),
    ]
    blocks = [sentence(f"{key}/{name}", text) for name, text in said if text]
    return [*blocks, paragraph_break(f"{key}/end")] if blocks else []


def _used(facts: Facts) -> list[Taken]:
    kinds = dict.fromkeys(info.window for info in facts.indicators)
    return [facts.scope.taken[kind] for kind in _KIND_NAMES if kind in kinds and kind in facts.scope.taken]


def _windows(facts: Facts) -> Text:
    taken = [_KIND_NAMES[each.kind] + Text(": ", ": ") + each.taken for each in _used(facts) if each.codes]
    lead = Text(
        "Báo cáo tổng hợp số liệu của {area} theo các kỳ trọn vẹn: ",
        "The review takes whole windows of {area}: ",
    )
    return (
        lead.filled(area=facts.scope.area) + listed(taken, heavy=True) + Text(".", ".") if taken else NOTHING
    )


def _left_out(facts: Facts) -> Text:
    left = [
        _KIND_NAMES[each.kind] + Text(" không lấy ", " leave out ") + each.left_out
        for each in _used(facts)
        if each.left_out
    ]
    lead = Text(
        "Các ngày không thuộc kỳ trọn vẹn không được tính: ", "Days in no whole window are not counted: "
    )
    return lead + listed(left, heavy=True) + Text(".", ".") if left else NOTHING


def _coverage(facts: Facts) -> Text:
    figure = facts.figures.known("K05")
    if figure is None:
        return NOTHING
    top, bottom = facts.figures.part("K05", "numerator"), facts.figures.part("K05", "denominator")
    if top is None or bottom is None:
        return NOTHING
    return Text(
        f"Tổng số có [[{top}|value]] báo cáo được tiếp nhận trên [[{bottom}|value]] báo cáo phải nộp.",
        f"In all, [[{top}|value]] of [[{bottom}|value]] reports due were accepted.",
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
    return Text("Số liệu trình bày theo {map}.", "Figures stand on {map}.").filled(map=facts.map_label)
