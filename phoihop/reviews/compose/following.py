"""What a review says of assignments and proposals: the four cells in words, and each proposal with its answer."""

from phoihop.periods import format_day
from phoihop.reviews.compose.blocks import Block, bullet, sentence
from phoihop.reviews.compose.facts import Facts
from phoihop.reviews.compose.tasks import Cells, Proposed, Tasks
from phoihop.reviews.compose.text import NOTHING, Text

TOLD = 12  # proposals in the text; the annex lists all
NO_CONCLUSIONS = Text(
    "Hệ thống chưa ghi nhận kết luận, nhiệm vụ nào của chương trình",
    "No conclusions of the programme are recorded in the system",
)


def task_blocks(key: str, facts: Facts, annex: str) -> list[Block]:
    """`annex`: the number of the annex that lists them; empty where there is none."""
    if not facts.tasks.is_kept:
        return []
    said = cells_told(facts.tasks)
    if annex:
        said += Text(
            f" Danh mục nhiệm vụ nêu tại Phụ lục {annex}.", f" The tasks are listed in Annex {annex}."
        )
    return [sentence(f"{key}/cells", said)]


def proposal_blocks(key: str, facts: Facts) -> list[Block]:
    told = [
        bullet(f"{key}/proposal-{index}", proposal_told(each))
        for index, each in enumerate(facts.tasks.proposals[:TOLD], start=1)
    ]
    left = len(facts.tasks.proposals) - TOLD
    if left > 0:
        more = Text(f"Cùng {left} kiến nghị khác nêu tại Phụ lục.", f"{left} more are listed in the annex.")
        told.append(bullet(f"{key}/proposal-more", more))
    return told


def cells_told(tasks: Tasks) -> Text:
    """Tính đến ngày …, trong 7 nhiệm vụ: 3 hoàn thành đúng hạn; …"""
    cells, day = tasks.cells, format_day(tasks.on)
    vi = (
        f"Tính đến ngày {day}, trong tổng số {cells.total} nhiệm vụ{_before(tasks).vi}: {cells.done_on_time} hoàn thành đúng hạn;"
        f" {cells.done_late} hoàn thành quá hạn; {cells.open_in_time} đang thực hiện trong hạn;"
        f" {cells.open_overdue} quá hạn chưa hoàn thành."
    )
    en = (
        f"As of {day}, of {cells.total} tasks{_before(tasks).en}: {cells.done_on_time} done on time; {cells.done_late} done late;"
        f" {cells.open_in_time} open in time; {cells.open_overdue} open and overdue."
    )
    return Text(vi, en) + _beside(tasks)


def _before(tasks: Tasks) -> Text:
    """So that the annex's figure of those given in the windows and the number listed agree in words."""
    before, new = tasks.given_before, tasks.cells.total - tasks.given_before
    if not before:
        return NOTHING
    return Text(
        f" ({before} nhiệm vụ giao từ trước kỳ báo cáo, {new} nhiệm vụ giao trong kỳ)",
        f" ({before} given before the windows reviewed, {new} in them)",
    )


def parts_told(parts: Cells) -> Text:
    if not parts.total:
        return NOTHING
    return Text(
        f"; nhiệm vụ thành phần: hoàn thành {parts.done}/{parts.total}, quá hạn {parts.open_overdue}",
        f"; parts: {parts.done} of {parts.total} done, {parts.open_overdue} overdue",
    )


def proposal_told(proposal: Proposed) -> Text:
    said = Text(
        "{sender} kiến nghị {receiver} ngày {day}: {what}. ",
        "{sender} proposed to {receiver} on {day}: {what}. ",
    )
    return said.filled(
        sender=proposal.sender,
        receiver=proposal.receiver,
        day=format_day(proposal.sent_on),
        what=proposal.what,
    ) + answer_told(proposal)


def answer_told(proposal: Proposed) -> Text:
    if proposal.answered_on:
        day = format_day(proposal.answered_on)
        return Text(f"Trả lời ngày {day}: ", f"Answered on {day}: ") + proposal.answer
    if proposal.is_overdue:
        return Text("Quá hạn, chưa trả lời.", "Not answered, overdue.")
    return Text("Chưa trả lời, trong hạn.", "Not answered yet, in time.")


def _beside(tasks: Tasks) -> Text:
    cells, said = tasks.cells, NOTHING
    if cells.extended:
        said += Text(f" {cells.extended} nhiệm vụ đã được gia hạn.", f" Dates moved: {cells.extended}.")
    if cells.stale:
        said += Text(
            f" {cells.stale}/{cells.open} nhiệm vụ đang thực hiện không cập nhật quá 30 ngày.",
            f" Not updated for more than 30 days: {cells.stale} of {cells.open} open ones.",
        )
    if cells.waiting:
        said += Text(
            f" {cells.waiting} nhiệm vụ đã báo cáo hoàn thành, chờ kết thúc.",
            f" Reported done, waiting to be closed: {cells.waiting}.",
        )
    if tasks.withdrawn:
        said += Text(
            f" {tasks.withdrawn} nhiệm vụ đã rút, không tính.", f" Withdrawn, not counted: {tasks.withdrawn}."
        )
    return said
