"""Issued conclusions as a notice in the form of Decree 30/2020/NĐ-CP, their assignments in its annex."""

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from phoihop.assignments.models import Assignment, Conclusion
from phoihop.conferences.minutes.names import two
from phoihop.conferences.notice.phrases import phrase
from phoihop.core.templatetags.vietnamese import day as written_day
from phoihop.orgs.models import Organisation
from phoihop.reviews.compose.document import is_party_body
from phoihop.reviews.render.form import FORM
from phoihop.reviews.render.labels import Language
from phoihop.reviews.render.plan.head import head, recipients, recipients_label, signatures
from phoihop.reviews.render.plan.shapes import Annex, Column, Paragraph, Plan, Row, Table
from phoihop.reviews.render.plan.tables import fit
from phoihop.reviews.render.words import text

BLANK = "........./TB"  # until the register of the issuer gives a number


def notice_plan(conclusion: Conclusion, place: dict[str, str], lang: Language) -> Plan:
    document = _document(conclusion, place)
    title = text(two(conclusion, "title"), lang)
    created = conclusion.issued_at or conclusion.created_at
    return Plan(
        language=lang,
        title=f"{phrase('notice', lang)}: {title}",
        author="; ".join(text(each["name"], lang) for each in document["issuers"]),
        subject=title,
        created=created.astimezone(UTC),
        mark=phrase("demo", lang) if conclusion.is_simulated else "",
        head=head(document, lang),
        body=tuple(_body(conclusion, lang)),
        signatures=signatures(document, lang),
        recipients_label=recipients_label(lang),
        recipients=recipients(document, lang),
        annexes=tuple(_annexes(conclusion, title, lang)),
    )


def _document(conclusion: Conclusion, place: dict[str, str]) -> dict[str, Any]:
    number = conclusion.number or BLANK
    issuers = [conclusion.lead_issuer, *(each.organisation for each in conclusion.co_issuing.all())]
    return {
        "type": "THÔNG BÁO",
        "abstract": two(conclusion, "title"),
        "number": {"vi": number, "en": number},
        "place": place,
        "dated": conclusion.concluded_on.isoformat(),
        "addressed_to": [],
        "legal_bases": [],
        "recipients": [{"vi": "Các cơ quan được giao nhiệm vụ", "en": "The bodies given assignments"}],
        "drafting_unit": None,
        "issuers": [_issuer(each, number) for each in issuers],
    }


def _issuer(organisation: Organisation, number: str) -> dict[str, Any]:
    post = organisation.posts.filter(may_sign=True).order_by("order", "pk").first()
    return {
        "parent": two(organisation.parent) if organisation.parent else None,
        "name": two(organisation),
        "number": {"vi": number, "en": number},
        "style": "party" if is_party_body(organisation) else "state",
        "signing": {"power": "", "body": None, "post": two(post, "title") if post else None, "name": None},
    }


def _body(conclusion: Conclusion, lang: Language) -> Iterator[Paragraph]:
    yield Paragraph("text", phrase("opening", lang, day=written_day(conclusion.concluded_on)))
    for paragraph in conclusion.paragraphs.order_by("order", "pk"):
        said = text(two(paragraph, "text"), lang)
        yield Paragraph("text", f"{paragraph.label}{_mark(paragraph.label)} {said}")
    yield Paragraph("text", phrase("closing", lang))


def _mark(label: str) -> str:
    """ "1." and "a)". Source: Decree 30/2020/NĐ-CP, Annex I, II.6."""
    return "." if label.isdecimal() else ")"


def _annexes(conclusion: Conclusion, title: str, lang: Language) -> Iterator[Annex]:
    given = Assignment.objects.filter(paragraph__conclusion=conclusion, parent__isnull=True)
    ordered = list(given.select_related("paragraph", "lead").prefetch_related("co_organisations"))
    if not ordered:
        return
    ordered.sort(key=lambda each: (each.paragraph.order, each.order, each.pk))
    heads = [phrase(each, lang) for each in ("place", "task", "lead", "with", "product", "due")]
    rows = [_row(each, lang) for each in ordered]
    widths, size = fit(heads, rows, FORM.text_width_mm(landscape=True), rows=len(rows))
    columns = tuple(Column(name, "left", width) for name, width in zip(heads, widths, strict=True))
    table = Table("", columns, tuple(Row("row", row) for row in rows), size, landscape=True, notes=())
    yield Annex(
        phrase("annex", lang), phrase("assigned", lang), phrase("reference", lang, title=title), (table,), ()
    )


def _row(assignment: Assignment, lang: Language) -> tuple[str, ...]:
    task = f"{text(two(assignment, 'verb'), lang)} {text(two(assignment, 'text'), lang)}"
    due = written_day(assignment.original_due_on) if assignment.original_due_on else ""
    joined = "; ".join(text(two(each), lang) for each in assignment.co_organisations.all())
    return (
        assignment.paragraph.label,
        task,
        text(two(assignment.lead), lang),
        joined,
        text(two(assignment, "product"), lang),
        phrase("standing", lang) if assignment.is_standing else due,
    )
