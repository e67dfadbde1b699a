from collections.abc import Mapping

from django.db import transaction

from phoihop.accounts.models import User
from phoihop.audit.actions import record
from phoihop.core import clock
from phoihop.reviews.actions.guards import require_composing
from phoihop.reviews.compose.draft import Draft, compose_draft
from phoihop.reviews.compose.figures import Figures, exact
from phoihop.reviews.compose.gather import Gathered, gather
from phoihop.reviews.compose.merge import merged
from phoihop.reviews.compose.tokens import keys_in
from phoihop.reviews.enums import ReviewStage
from phoihop.reviews.models import DraftRun, Review, Section


def compose_review(*, review: Review, by: User | None) -> Review:
    """Figures computed once, and the sections written from them; what a person edited stays and is marked.

    The computing is done before the transaction: it must not hold up who submits meanwhile.
    """
    require_composing(by, review)
    gathered = gather(review, by=by)
    return _store(review, gathered, compose_draft(review, gathered), by)


@transaction.atomic
def _store(review: Review, gathered: Gathered, draft: Draft, by: User | None) -> Review:
    locked = Review.objects.select_for_update().get(pk=review.pk)
    old = {section.key: section for section in locked.sections.all()}
    figures = gathered.facts.figures
    _derive_for_edited(old, figures)
    values = {key: exact(figure.value) for key, figure in figures.by_key.items()}
    for order, made in enumerate(draft.sections):
        before = old.get(made.key)
        blocks = merged(before.blocks, made.blocks, before.removed, values) if before else made.blocks
        Section.objects.update_or_create(
            review=locked,
            key=made.key,
            defaults={
                "parent_key": made.parent_key,
                "title_vi": made.title.vi,
                "title_en": made.title.en,
                "order": order,
                "blocks": blocks,
            },
        )
    locked.sections.exclude(key__in=[made.key for made in draft.sections]).delete()
    locked.composed = {**draft.composed, "figures": figures.as_json()}
    locked.composed_at = clock.now()
    locked.run = gathered.run
    locked.is_simulated = gathered.facts.is_simulated
    locked.stage = ReviewStage.DRAFT
    locked.save()
    locked.quotes.set(gathered.quotes)
    details = {"ledger_seq": gathered.facts.ledger_seq, "figures": len(figures.by_key)}
    composing = record("compose_review", locked, by=by, details=details)
    _keep_run(locked, basis=composing.pk, by=by)
    review.refresh_from_db()
    return review


def _keep_run(review: Review, *, basis: int, by: User | None) -> None:
    """Beside those before it; the draft holds the last only. The review is locked: numbers follow on."""
    last = review.draft_runs.order_by("-number").values_list("number", flat=True).first()
    composed = review.composed
    DraftRun.objects.create(
        review=review,
        number=(last or 0) + 1,
        run=review.run,
        question=composed["question"],
        figures=composed["figures"],
        ledger_seq=composed["provenance"]["ledger_seq"],
        sql_hash=composed["provenance"]["sql_hash"],
        basis=basis,
        composed_at=review.composed_at or clock.now(),
        composed_by=by,
    )


def _derive_for_edited(sections: Mapping[str, Section], figures: Figures) -> None:
    """Parts and means that a person's sentence names, though no composed sentence does."""
    for section in sections.values():
        for block in section.blocks:
            for key in keys_in(block.get("vi", ""), block.get("en", "")):
                figures.ensure(key)
