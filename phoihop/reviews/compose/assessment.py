"""What figures alone allow to be said in an assessment: the desks' own duties, targets, and gaps in the data.

Nothing is said of participation, registration, recognition or comments, and no locality is set above another.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from phoihop.reviews.compose import notes
from phoihop.reviews.compose.blocks import Block, bullet
from phoihop.reviews.compose.facts import Facts
from phoihop.reviews.compose.figures import Figure, part_of
from phoihop.reviews.compose.text import NOTHING, Text, counted, listed, small

FULL = Decimal(100)
MOST_NAMED = 6
_TRACKED = ("K05", "K06")


def strengths(key: str, facts: Facts) -> list[Block]:
    return [
        *_complete(key, facts),
        *_on_target(key, facts, reached=True),
        *_units_on_target(key, facts, all_of=True),
    ]


def limits(key: str, facts: Facts) -> list[Block]:
    return [
        *_incomplete(key, facts),
        *_on_target(key, facts, reached=False),
        *_units_on_target(key, facts, all_of=False),
        *_thin(key, facts),
        *_unknown(key, facts),
    ]


def _complete(key: str, facts: Facts) -> list[Block]:
    found = []
    if (figure := facts.figures.known("K05")) and figure.value == FULL:
        text = Text(
            "Chế độ báo cáo 6 tháng được thực hiện đầy đủ: tỷ lệ báo cáo được tiếp nhận trên phải nộp là [[K05]]{parts}.",
            "Half-yearly reporting was complete: the share of reports due that were accepted is [[K05]]{parts}.",
        )
        found.append(bullet(f"{key}/K05", text.filled(parts=_parts(facts, figure))))
    if (figure := facts.figures.known("K06")) and figure.value == FULL:
        text = Text(
            "Các báo cáo 6 tháng đều được nộp đúng hạn ([[K06]]).",
            "Every half-yearly report was submitted on time ([[K06]]).",
        )
        found.append(bullet(f"{key}/K06", text))
    return found


def _incomplete(key: str, facts: Facts) -> list[Block]:
    found = []
    if (figure := facts.figures.known("K05")) and figure.value is not None and figure.value < FULL:
        text = Text(
            "Chế độ báo cáo 6 tháng chưa được thực hiện đầy đủ: tỷ lệ báo cáo được tiếp nhận trên phải nộp là"
            " [[K05]]{parts}{target}.",
            "Half-yearly reporting was not complete: the share of reports due that were accepted is [[K05]]{parts}{target}.",
        )
        filled = text.filled(parts=_parts(facts, figure), target=_missed(facts, figure))
        found.append(bullet(f"{key}/K05", filled))
    if (figure := facts.figures.known("K06")) and figure.value is not None and figure.value < FULL:
        text = Text(
            "Còn báo cáo 6 tháng nộp chậm hoặc chưa nộp: tỷ lệ báo cáo đúng hạn là [[K06]]{parts}{target}.",
            "Some half-yearly reports came late or not at all: the share submitted on time is [[K06]]{parts}{target}.",
        )
        filled = text.filled(parts=_parts(facts, figure), target=_missed(facts, figure))
        found.append(bullet(f"{key}/K06", filled))
    return found


def _on_target(key: str, facts: Facts, *, reached: bool) -> list[Block]:
    """Targets set for the area's own level; completeness and timeliness are told by themselves."""
    found = []
    for info in facts.indicators:
        figure = facts.figures.known(info.code)
        if figure is None or info.code in _TRACKED or has_reached(figure) is not reached:
            continue
        target = facts.figures.part(info.code, "target")
        text = (
            Text(
                "{name}: [[{code}]], đạt chỉ tiêu [[{target}]].",
                "{name}: [[{code}]]; target [[{target}]] reached.",
            )
            if reached
            else Text(
                "{name}: [[{code}]], chưa đạt chỉ tiêu [[{target}]].",
                "{name}: [[{code}]]; target [[{target}]] not reached.",
            )
        )
        found.append(
            bullet(f"{key}/{info.code}", text.filled(name=info.name, code=info.code, target=target or ""))
        )
    return found


def _units_on_target(key: str, facts: Facts, *, all_of: bool) -> list[Block]:
    """Targets set for each unit below: how many units have reached them, without naming any."""
    found = []
    for info in facts.indicators:
        figure = facts.figures.known(part_of(info.code, "attained"))
        if figure is None or (figure.value == figure.denominator) is not all_of:
            continue
        whole = facts.figures.part(figure.key, "denominator")
        target = facts.figures.part(figure.key, "target")
        text = Text(
            "{name}: [[{key}|value]]/[[{whole}|value]] đơn vị có số liệu đạt chỉ tiêu [[{target}]] đặt cho mỗi đơn vị.",
            "{name}: [[{key}|value]] of [[{whole}|value]] unit(s) with figures reached the target of [[{target}]] each.",
        )
        text = counted(text, figure.denominator)
        filled = text.filled(name=info.name, key=figure.key, whole=whole or "", target=target or "")
        found.append(bullet(f"{key}/{figure.key}", filled))
    return found


def _thin(key: str, facts: Facts) -> list[Block]:
    """Indicators that fewest of the units owing them gave."""
    partial = [
        each for info in facts.indicators if (each := facts.figures.known(info.code)) and each.is_partial
    ]
    if not partial:
        return []
    thinnest = sorted(partial, key=lambda each: Decimal(each.reported) / each.expected)[:MOST_NAMED]
    named = [small(each.name) + notes.bracketed(notes.coverage(facts.figures, each)) for each in thinnest]
    lead = Text(
        "Một số chỉ tiêu chưa có đủ báo cáo: ",
        "Not every unit that owes them has given some indicators: ",
    )
    return [bullet(f"{key}/coverage", lead + listed(named, heavy=True) + Text(".", "."))]


def _unknown(key: str, facts: Facts) -> list[Block]:
    missing = [
        info
        for info in facts.indicators
        if not info.is_part
        and (each := facts.figures.get(info.code))
        and each.value is None
        and each.expected
    ]
    if not missing:
        return []
    lead = Text("Chưa có số liệu để đánh giá: ", "There are no figures to assess: ")
    names = listed([small(info.name) for info in missing], heavy=True)
    return [bullet(f"{key}/missing", lead + names + Text(".", "."), [info.code for info in missing])]


def has_reached(figure: Figure) -> bool | None:
    """None where the area's level has no target."""
    if figure.target is None or figure.value is None:
        return None
    return figure.value <= figure.target if figure.direction == "down" else figure.value >= figure.target


def _missed(facts: Facts, figure: Figure) -> Text:
    target = facts.figures.part(figure.key, "target")
    if target is None or has_reached(figure):
        return NOTHING
    return Text(f", chưa đạt chỉ tiêu [[{target}]]", f", below the target of [[{target}]]")


def _parts(facts: Facts, figure: Figure) -> Text:
    top, bottom = facts.figures.part(figure.key, "numerator"), facts.figures.part(figure.key, "denominator")
    if top is None or bottom is None:
        return NOTHING
    text = Text(
        f" ([[{top}|value]]/[[{bottom}|value]] báo cáo)",
        f" ([[{top}|value]] of [[{bottom}|value]] report(s))",
    )
    return counted(text, figure.denominator)


def quotes_for(facts: Facts, part: str, section_key: str) -> list[tuple[Text, Text]]:
    """What reports said in words, and what frozen reviews below say in the same section: text and source."""
    said: Iterable[tuple[Text, Text]] = (
        (Text(each.text, ""), each.source) for each in facts.narratives if each.part == part
    )
    below: Sequence[tuple[Text, Text]] = [
        (each.text, each.source) for each in facts.quoted if each.section_key == section_key
    ]
    return [*said, *below]
