"""From the frozen context to a document in one language (docs/review-context.md)."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from phoihop.reviews.render.labels import Language
from phoihop.reviews.render.plan.annexes import annexes
from phoihop.reviews.render.plan.body import body
from phoihop.reviews.render.plan.figures import Figures
from phoihop.reviews.render.plan.head import document_type, head, recipients, recipients_label, signatures
from phoihop.reviews.render.plan.shapes import Plan
from phoihop.reviews.render.words import instant, text

Context = Mapping[str, Any]


def build_plan(context: Context, lang: Language) -> Plan:
    document, review = context["document"], context["review"]
    numbered = Figures(context, lang)
    return Plan(
        language=lang,
        title=f"{document_type(document, lang)}: {text(document.get('abstract'), lang)}",
        author="; ".join(text(issuer["name"], lang) for issuer in document["issuers"]),
        subject=text(review.get("title"), lang),
        created=_created(context),
        mark=text(document.get("demo_mark"), lang),
        head=head(document, lang),
        body=body(context, numbered, lang),
        signatures=signatures(document, lang),
        recipients_label=recipients_label(lang),
        recipients=recipients(document, lang),
        annexes=annexes(context, numbered, lang),
    )


def _created(context: Context) -> datetime:
    """When the figures were frozen, so that the same context gives the same bytes."""
    frozen = instant((context.get("provenance") or {}).get("frozen_at"))
    return frozen.astimezone(UTC) if frozen else datetime(2000, 1, 1, tzinfo=UTC)
