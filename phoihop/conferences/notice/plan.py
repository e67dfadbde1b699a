"""Issued conclusions as a notice in the form of Decree 30/2020/NĐ-CP, their assignments in its annex."""

from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import Any

from phoihop.assignments.models import Conclusion
from phoihop.conferences.minutes.names import two
from phoihop.conferences.notice.annexes import annexes_of
from phoihop.conferences.notice.bound import Bound, addressees, bound_by
from phoihop.conferences.notice.phrases import phrase
from phoihop.core.templatetags.vietnamese import day as written_day
from phoihop.orgs.models import Organisation
from phoihop.reviews.compose.document import is_party_body
from phoihop.reviews.render.labels import Language
from phoihop.reviews.render.plan.head import head, recipients, recipients_label, signatures
from phoihop.reviews.render.plan.shapes import Paragraph, Plan
from phoihop.reviews.render.words import text

BLANK = "........./TB"  # until the register of the issuer gives a number


def notice_plan(conclusion: Conclusion, place: dict[str, str], lang: Language) -> Plan:
    title, bound = text(two(conclusion, "title"), lang), bound_by(conclusion)
    document = _document(conclusion, place, bound)
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
        annexes=tuple(annexes_of(bound, title, lang)),
    )


def _document(conclusion: Conclusion, place: dict[str, str], bound: Sequence[Bound]) -> dict[str, Any]:
    """Dated as it is issued; the day of the conference stands in its text."""
    number = conclusion.number or BLANK
    issuers = [conclusion.lead_issuer, *(each.organisation for each in conclusion.co_issuing.all())]
    return {
        "type": "THÔNG BÁO",
        "abstract": two(conclusion, "title"),
        "number": {"vi": number, "en": number},
        "place": place,
        "dated": (conclusion.issued_on or conclusion.concluded_on).isoformat(),
        "addressed_to": [],
        "legal_bases": [],
        "recipients": addressees(bound),
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
