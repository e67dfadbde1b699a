"""The sections of a draft: headings from the outline, blocks from the figures, blanks for what a person writes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from phoihop.reviews.compose import assessment
from phoihop.reviews.compose.blocks import Block, chart, placeholder, quote, sentence
from phoihop.reviews.compose.charts import trend_keys
from phoihop.reviews.compose.facts import Facts
from phoihop.reviews.compose.following import proposal_blocks, task_blocks
from phoihop.reviews.compose.opening import opening_blocks
from phoihop.reviews.compose.outline import OutlineSection, heading
from phoihop.reviews.compose.sentences import Teller
from phoihop.reviews.compose.tasks import TASK_CODES
from phoihop.reviews.compose.text import NOTHING, Text, small

OPENING = "opening"

PROMPTS: Mapping[str, Text] = {
    "situation": Text(
        "Nêu đặc điểm tình hình kinh tế - xã hội, an ninh, trật tự có liên quan đến việc thực hiện chương trình",
        "Describe the social, economic and security situation that bears on the programme",
    ),
    "resources": Text(
        "Nêu kinh phí và điều kiện bảo đảm thực hiện chương trình",
        "Describe the budget and resources of the programme",
    ),
    "strengths": Text("Đánh giá ưu điểm", "Assess the strengths"),
    "limits": Text("Đánh giá tồn tại, hạn chế", "Assess the limits"),
    "causes": Text("Nêu nguyên nhân khách quan, chủ quan", "Give the objective and subjective causes"),
    "lessons": Text("Nêu bài học kinh nghiệm", "Give the lessons learnt"),
    "directions": Text(
        "Nêu phương hướng, nhiệm vụ, giải pháp thời gian tới",
        "Give the directions, tasks and measures to come",
    ),
    "tasks": Text(
        "Nêu nhiệm vụ từ kết luận, chỉ đạo và kết quả thực hiện", "Give the tasks from conclusions"
    ),
    "proposals": Text("Nêu kiến nghị, đề xuất", "Give the proposals"),
}
ASSESSED: Mapping[str, Callable[[str, Facts], list[Block]]] = {
    "strengths": assessment.strengths,
    "limits": assessment.limits,
}
SAID_IN_REPORTS = {
    "strengths": "results",
    "limits": "shortcomings",
    "causes": "causes",
    "proposals": "proposals",
}
TOLD_BESIDE_TEXT = {"situation": ("K00",)}


@dataclass(frozen=True, slots=True)
class SectionDraft:
    key: str
    parent_key: str
    title: Text
    blocks: list[Block]


def compose_sections(
    facts: Facts, outline: Iterable[OutlineSection], charts: Iterable[str], annexes: Mapping[str, str]
) -> list[SectionDraft]:
    """`annexes`: the number of each annex there is, by its key."""
    drafts = [SectionDraft(OPENING, "", NOTHING, opening_blocks(OPENING, facts))]
    held = list(charts)
    for each in outline:
        blocks = [] if each.has_sections else _blocks(facts, each, held, annexes)
        drafts.append(SectionDraft(each.key, each.parent_key, each.title, blocks))
    return drafts


def _blocks(
    facts: Facts, section: OutlineSection, charts: list[str], annexes: Mapping[str, str]
) -> list[Block]:
    codes = codes_of(facts, section)
    told = [code for code in codes if not _is_told_by_tasks(facts, code)]
    blocks = Teller(section.key, facts.figures, facts.scope).blocks(told)
    if "K05" in codes:
        blocks += _who_has_not(section.key, facts, annexes.get("not_reported", ""))
    if section.kind == "tasks":
        blocks += task_blocks(section.key, facts, annexes.get("tasks", ""))
    if section.key == "proposals":
        blocks += proposal_blocks(section.key, facts)
    blocks += [chart(f"{section.key}/{key}", key) for key in trend_keys(charts, codes)]
    if assess := ASSESSED.get(section.key):
        blocks += assess(section.key, facts)
    said = assessment.quotes_for(facts, SAID_IN_REPORTS.get(section.key, ""), section.key)
    blocks += [
        quote(f"{section.key}/quote-{index}", text, source)
        for index, (text, source) in enumerate(said, start=1)
    ]
    is_told = section.key == "proposals" and bool(facts.tasks.proposals)
    if (section.kind == "text" and not is_told) or not blocks:
        blocks.append(placeholder(f"{section.key}/placeholder", _unsaid(facts, section) + _prompt(section)))
    return blocks


def _is_told_by_tasks(facts: Facts, code: str) -> bool:
    """What is nil or has no rate among the tasks is said by their four cells, over the same tasks."""
    if not facts.tasks.is_kept or code not in TASK_CODES:
        return False
    known = facts.figures.known(code)
    return known is None or not known.value


def _unsaid(facts: Facts, section: OutlineSection) -> Text:
    """Of a part that reports may tell in words, where none did."""
    part = SAID_IN_REPORTS.get(section.key)
    if part is None or any(each.part == part for each in facts.narratives):
        return NOTHING
    return Text(
        "Chưa có đơn vị nào báo cáo bằng lời về nội dung này. ", "No unit has reported on this in words. "
    )


def codes_of(facts: Facts, section: OutlineSection) -> list[str]:
    """A section's own indicators, then those of its contents."""
    of_contents = [code for content in section.contents for code in facts.of_content.get(content, ())]
    beside = TOLD_BESIDE_TEXT.get(section.key, ())
    return list(dict.fromkeys([*beside, *section.indicators, *of_contents]))


def _prompt(section: OutlineSection) -> Text:
    known = PROMPTS.get(section.key)
    return known or Text("Nêu nội dung: {title}", "Write about: {title}").filled(
        title=small(heading(section.title).title)
    )


def _who_has_not(key: str, facts: Facts, annex: str) -> list[Block]:
    if not facts.coverage.expected:
        return []
    if not facts.not_reported:
        text = Text(
            "Các đơn vị thuộc diện tổng hợp trực tiếp đều đã gửi đủ báo cáo.",
            "Every unit rolled up directly has sent all its reports.",
        )
        return [sentence(f"{key}/not-reported", text)]
    text = Text(
        f"Các đơn vị chưa gửi hoặc chưa được tiếp nhận đủ báo cáo nêu tại Phụ lục {annex}.",
        f"The units whose reports were not all sent or accepted are listed in Annex {annex}.",
    )
    return [sentence(f"{key}/not-reported", text)]
