"""Annexes that list: conclusions with their tasks, and units that have not reported."""

from phoihop.reviews.compose.facts import Facts
from phoihop.reviews.compose.tables.shapes import Table, column, group, row, table, words
from phoihop.reviews.compose.text import Text, joined


def tasks(facts: Facts, title: Text) -> Table:
    """Task | lead | due | status; conclusions are not kept in the system yet, and the annex says so."""
    columns = [
        words("task", Text("Nhiệm vụ", "Task")),
        words("lead", Text("Đơn vị chủ trì", "Lead")),
        column("due", Text("Thời hạn", "Due"), align="center"),
        words("status", Text("Tình trạng", "Status")),
    ]
    empty = Text(
        "Hệ thống chưa theo dõi kết luận và nhiệm vụ được giao",
        "The system does not keep conclusions and tasks yet",
    )
    return table(title, columns, [group("task", empty)])


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
