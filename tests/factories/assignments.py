"""Conclusions issued by the system, for tests of what comes after them."""

from datetime import date
from typing import Any

from phoihop.assignments.actions import (
    add_paragraph,
    assign,
    close_assignment,
    create_conclusion,
    issue_conclusion,
    report_done,
)
from phoihop.assignments.models import Assignment, Conclusion, Paragraph
from phoihop.orgs.models import Organisation
from phoihop.programmes.models import Programme

DUE = date(2026, 7, 31)


def drafted(issuer: Organisation, programme: Programme, **told: Any) -> Conclusion:
    """Of a conference on 11/3/2026, without paragraphs."""
    usual: dict[str, Any] = {
        "slug": f"ket-luan-{Conclusion.objects.count() + 1}",
        "kind": "conference",
        "title_vi": "Thông báo kết luận Hội nghị sơ kết",
        "programmes": [programme],
        "area": issuer.area,
        "lead_issuer": issuer,
        "concluded_on": date(2026, 3, 11),
        "by": None,
    }
    return create_conclusion(**{**usual, **told})


def paragraph(conclusion: Conclusion, label: str = "1") -> Paragraph:
    return add_paragraph(
        conclusion=conclusion, label=label, text_vi="Tiếp tục đẩy mạnh tuyên truyền, vận động.", by=None
    )


def assigned(where: Paragraph, lead: Organisation, **told: Any) -> Assignment:
    """Due on 31/7/2026 unless told otherwise; still a draft."""
    usual: dict[str, Any] = {
        "verb_vi": "Đẩy mạnh",
        "text_vi": "tuyên truyền thu hút đông đảo Nhân dân tham gia",
        "product_vi": "Kế hoạch tuyên truyền",
        "by": None,
    }
    if "review_dates" not in told:
        usual["due_on"] = DUE
    return assign(paragraph=where, lead=lead, **{**usual, **told})


def issued(issuer: Organisation, programme: Programme, *leads: Organisation, **told: Any) -> list[Assignment]:
    """One assignment for each lead, in conclusions issued now."""
    of_conclusion = {key: told.pop(key) for key in ("co_issuers", "audience", "slug") if key in told}
    conclusion = drafted(issuer, programme, **of_conclusion)
    where = paragraph(conclusion)
    for lead in leads:
        assigned(where, lead, **told)
    issue_conclusion(conclusion=conclusion, by=None)
    return list(where.assignments.order_by("order"))


def closed(assignment: Assignment, done_on: date | None = None) -> Assignment:
    report_done(assignment=assignment, done_on=done_on, by=None)
    return close_assignment(assignment=assignment, by=None)
