"""Which annexes a review has, in the order of the domain notes, numbered as they come."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from phoihop.reviews.compose.facts import Facts
from phoihop.reviews.compose.tables import by_period, by_unit, by_window, lists
from phoihop.reviews.compose.tables.shapes import Table
from phoihop.reviews.compose.text import Text

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
MODELS = ("C01", "C02", "C03", "C05", "C06", "C07", "C08")
FESTIVAL = ("E01", "E04", "E02", "E03")
OVERSIGHT = ("H01", "H03", "H04", "H05", "H09", "H10", "H11", "H12", "H08")
CLASSIFICATION = ("F01", "F02", "F03", "F04", "F08", "F09", "F10", "F11", "C11")
EXEMPLARS = ("C09",)


@dataclass(frozen=True, slots=True)
class AnnexKind:
    key: str
    title: Text
    make: Callable[[Facts, Text], Table | None]
    codes: Sequence[str] = ()  # indicators whose figure of every window it needs
    also: tuple["AnnexKind", ...] = ()  # further tables of the same annex


KINDS: tuple[AnnexKind, ...] = (
    AnnexKind(
        "indicators_by_period",
        Text("Tổng hợp chỉ tiêu theo kỳ", "Summary of indicators by term"),
        by_period.indicators_by_period,
    ),
    AnnexKind(
        "by_unit",
        Text("Số liệu theo đơn vị", "Figures by unit"),
        by_unit.by_unit,
    ),
    AnnexKind(
        "models",
        Text("Mô hình, điểm mô hình, tổ thực hiện mô hình", "Models, model points and groups"),
        lambda facts, title: by_unit.of_codes(facts, title, MODELS, by_unit.MODELS_NOTE),
    ),
    AnnexKind(
        "exemplars",
        Text("Điển hình tiên tiến được công nhận", "Exemplars recognised"),
        lambda facts, title: by_window.by_window(facts, title, EXEMPLARS),
        EXEMPLARS,
    ),
    AnnexKind(
        "festival",
        Text("Ngày hội Toàn dân bảo vệ an ninh Tổ quốc", "The festival of the all-people movement"),
        lambda facts, title: by_window.by_window(facts, title, FESTIVAL),
        FESTIVAL,
    ),
    AnnexKind(
        "oversight",
        Text("Giám sát, phản biện xã hội và ý kiến góp ý", "Oversight, social criticism and comments"),
        lambda facts, title: by_window.by_window(facts, title, OVERSIGHT),
        OVERSIGHT,
    ),
    AnnexKind(
        "classification",
        Text("Công nhận an toàn và phân loại phong trào", "Safety recognition and classification"),
        lambda facts, title: by_window.by_window(facts, title, CLASSIFICATION),
        CLASSIFICATION,
    ),
    AnnexKind(
        "tasks",
        Text("Kết luận, chỉ đạo và nhiệm vụ", "Conclusions and tasks"),
        lists.tasks,
        also=(
            AnnexKind("proposals", Text("Kiến nghị và trả lời", "Proposals and answers"), lists.proposals),
        ),
    ),
    AnnexKind(
        "not_reported",
        Text("Đơn vị chưa gửi đủ báo cáo", "Units that have not sent every report"),
        lists.not_reported,
    ),
)


def window_codes(kinds: Sequence[str]) -> set[str]:
    """Indicators whose figures the annexes need window by window."""
    return {code for kind in KINDS if kind.key in kinds for code in kind.codes}


def build_annexes(
    facts: Facts, kinds: Sequence[str], reference: Text
) -> tuple[list[dict[str, Any]], dict[str, Table]]:
    """Each annex that has something to show, with its table; units that have not reported come last, always."""
    annexes: list[dict[str, Any]] = []
    tables: dict[str, Table] = {}
    for kind in KINDS:
        made = kind.make(facts, kind.title) if kind.key in {*kinds, "not_reported"} else None
        if made is None:
            continue
        beside = {each.key: more for each in kind.also if (more := each.make(facts, each.title))}
        tables |= {kind.key: made, **beside}
        annexes.append(
            {
                "key": kind.key,
                "number": ROMAN[len(annexes)],
                "title": kind.title.as_json(),
                "reference": reference.as_json(),
                "tables": [kind.key, *beside],
                "charts": [],
            }
        )
    return annexes, tables
