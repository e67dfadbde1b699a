"""Annexes that list: conclusions with their tasks, proposals, and units that have not reported."""

from typing import Any

from phoihop.reviews.compose.facts import Facts
from phoihop.reviews.compose.following import NO_CONCLUSIONS, answer_told, cells_told, parts_told
from phoihop.reviews.compose.tables.shapes import Table, column, group, row, table, words
from phoihop.reviews.compose.text import NOTHING, Text, day_text, joined

MOST = 300  # rows of a list in print
REGISTER = Text(
    "Sổ theo dõi nhiệm vụ, kiến nghị trên hệ thống", "The system's register of tasks and proposals"
)


def tasks(facts: Facts, title: Text) -> Table:
    """Task | lead | due | status, under the conclusions that gave them; a task and its parts are one row."""
    columns = [
        words("task", Text("Nhiệm vụ", "Task")),
        words("lead", Text("Đơn vị chủ trì", "Lead")),
        column("due", Text("Thời hạn", "Due"), align="center"),
        words("status", Text("Tình trạng", "Status")),
    ]
    if not facts.tasks.is_kept:
        return table(title, columns, [group("task", NO_CONCLUSIONS)], source=REGISTER)
    listed: list[dict[str, Any]] = []
    above = NOTHING
    for each in facts.tasks.rows[:MOST]:
        if each.conclusion != above:
            above = each.conclusion
            listed.append(group("task", above))
        listed.append(
            row(
                {
                    "task": each.what.as_json(),
                    "lead": each.lead.as_json(),
                    "due": each.due.as_json(),
                    "status": (each.status + parts_told(each.parts)).as_json(),
                }
            )
        )
    if (left := len(facts.tasks.rows) - MOST) > 0:
        listed.append(group("task", Text(f"và {left} nhiệm vụ khác", f"and {left} more tasks")))
    return table(title, columns, listed, note=cells_told(facts.tasks), source=REGISTER)


def proposals(facts: Facts, title: Text) -> Table | None:
    """What localities proposed by the review's day, and the answers."""
    if not facts.tasks.proposals:
        return None
    columns = [
        words("proposal", Text("Kiến nghị", "Proposal")),
        words("sender", Text("Đơn vị kiến nghị", "Sent by")),
        words("receiver", Text("Cơ quan có thẩm quyền", "Competent body")),
        column("due", Text("Hạn trả lời", "Answer by"), align="center"),
        words("answer", Text("Trả lời", "Answer")),
    ]
    rows = [
        row(
            {
                "proposal": each.what.as_json(),
                "sender": each.sender.as_json(),
                "receiver": each.receiver.as_json(),
                "due": day_text(each.answer_by).as_json(),
                "answer": answer_told(each).as_json(),
            }
        )
        for each in facts.tasks.proposals[:MOST]
    ]
    return table(title, columns, rows, source=REGISTER)


def not_reported(facts: Facts, title: Text) -> Table | None:
    if not facts.not_reported:
        return None
    columns = [
        words("area", Text("Địa bàn", "Area")),
        words("organisation", Text("Cơ quan, tổ chức", "Organisation")),
        words(
            "windows",
            Text("Kỳ báo cáo chưa gửi hoặc chưa được tiếp nhận", "Windows not sent or not accepted"),
        ),
    ]
    rows = [
        row(
            {
                "area": each.area.as_json(),
                "organisation": each.organisation.as_json(),
                "windows": joined(each.windows, "; ").as_json(),
            }
        )
        for each in facts.not_reported
    ]
    return table(title, columns, rows)
