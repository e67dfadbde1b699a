"""Indicators as the review prints them, and why one of them can have no figure here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from phoihop.indicators.enums import IndicatorKind, Rule
from phoihop.indicators.models import Block, IndicatorVersion, Selection
from phoihop.programmes.models import Programme
from phoihop.reviews.compose.facts import IndicatorInfo
from phoihop.reviews.compose.phrases import TOLD_IN_RATIO
from phoihop.reviews.compose.text import NOTHING, Text

NO_WINDOW = Text(
    "khoảng thời gian không có trọn kỳ báo cáo nào của chỉ tiêu", "the span holds no whole window of it"
)
NOT_OVER_UNITS = Text(
    "chỉ tiêu đếm số loại, không cộng giữa các đơn vị", "it counts types, which are never added over units"
)
NOT_OVER_TIME = Text(
    "chỉ tiêu không cộng qua các kỳ, xem từng kỳ", "it is never added over windows: see each of them"
)
TASK_CODES = frozenset({"K01", "K02", "K02N", "K02D", "K03"})
NOT_TRACKED = Text("hệ thống chưa theo dõi", "the system does not track it yet")
NOBODY_OWES = Text("không có đơn vị nào phải báo cáo chỉ tiêu này", "no unit owes it")
NOBODY_GAVE = Text("chưa có đơn vị nào báo cáo", "no unit has reported it")
NO_DENOMINATOR = Text(
    "thiếu một trong hai số thành phần hoặc mẫu số bằng không", "a part is missing or the divisor is nil"
)
NO_CONCLUSIONS = Text(
    "hệ thống chưa ghi nhận kết luận, nhiệm vụ nào của chương trình",
    "no conclusions of the programme are recorded in the system",
)
NOTHING_DONE = Text("chưa có nhiệm vụ nào hoàn thành trong kỳ", "no task was done in the window")


@dataclass(frozen=True, slots=True)
class Definition:
    """What the review needs of one version of an indicator."""

    info: IndicatorInfo
    definition: Text
    source: str
    direction: str
    levels: tuple[str, ...]
    over_time: str
    over_units: str
    part_unit: Text
    part_over_time: str  # of a ratio's numerator
    is_ratio: bool

    def why_missing(self, *, level: str, windows: int, expected: int, has_tasks: bool | None = None) -> Text:
        """`has_tasks` None: composed before the system kept assignments."""
        if self.info.code in TASK_CODES and (has_tasks is None or windows):
            return {None: NOT_TRACKED, True: NOTHING_DONE, False: NO_CONCLUSIONS}[has_tasks]
        if not windows:
            return NO_WINDOW
        if Rule.NONE in {self.over_time, self.part_over_time} and windows > 1:
            return NOT_OVER_TIME
        if self.over_units == Rule.NONE and level not in self.levels:
            return NOT_OVER_UNITS
        if self.is_ratio:
            return NO_DENOMINATOR
        return NOBODY_GAVE if expected else NOBODY_OWES


def definitions(version_ids: Iterable[int]) -> list[Definition]:
    """In the order of the ids."""
    asked = list(version_ids)
    versions = IndicatorVersion.objects.select_related("indicator", "numerator", "denominator").in_bulk(asked)
    operands = _parts({v.numerator_id for v in versions.values() if v.numerator_id})
    return [_definition(versions[pk], operands) for pk in asked if pk in versions]


def block_names() -> dict[str, Text]:
    rows = Block.objects.values_list("code", "name_vi", "name_en")
    return {code: Text(f"{code}. {vi}", f"{code}. {en}") for code, vi, en in rows}


def codes_of_contents(programmes: Sequence[Programme]) -> dict[str, list[str]]:
    """Content -> indicators by the first programme's contents; "" for what it selects as a whole."""
    rows = Selection.objects.filter(programme=programmes[0]).order_by("order", "indicator__order", "pk")
    found: dict[str, list[str]] = {"": []}
    for content, code in rows.values_list("content__code", "indicator__code"):
        found.setdefault(content or "", []).append(code)
    return found


def _parts(indicators: Iterable[int]) -> Mapping[int, IndicatorVersion]:
    """Operands as they were last defined."""
    versions = IndicatorVersion.objects.filter(indicator__in=list(indicators)).order_by("number")
    return {version.indicator_id: version for version in versions}


def _definition(version: IndicatorVersion, operands: Mapping[int, IndicatorVersion]) -> Definition:
    part = operands.get(version.numerator_id or 0)
    info = IndicatorInfo(
        code=version.indicator.code,
        block=version.indicator.block,
        name=Text(version.name_vi, version.name_en),
        unit=Text(version.unit_vi, version.unit_en),
        kind=version.kind,
        window=version.window,
        decimals=version.decimals,
        is_part=version.indicator.code in TOLD_IN_RATIO,
    )
    return Definition(
        info=info,
        definition=Text(version.definition_vi, version.definition_en),
        source=version.source,
        direction=version.direction,
        levels=tuple(version.levels),
        over_time=version.over_time,
        over_units=version.over_units,
        part_unit=Text(part.unit_vi, part.unit_en) if part else NOTHING,
        part_over_time=part.over_time if part else "",
        is_ratio=version.numerator_id is not None or version.kind == IndicatorKind.RATIO,
    )
