from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Literal

from django.db import transaction
from django.db.models import Max

from phoihop.accounts.models import User
from phoihop.audit.actions import record
from phoihop.core import clock, storage
from phoihop.reviews import errors
from phoihop.reviews.actions.guards import require_freezing
from phoihop.reviews.checks import warnings_of
from phoihop.reviews.compose.context import build_context, canonical, context_hash
from phoihop.reviews.compose.text import Text
from phoihop.reviews.enums import FileKind, ReviewStage
from phoihop.reviews.models import Review, ReviewFile, ReviewVersion

LANGUAGES: tuple[Literal["vi", "en"], ...] = ("vi", "en")
FILES_A_VERSION = 2 * len(LANGUAGES)


def freeze_review(
    *, review: Review, by: User | None, render: bool = True, on_step: Callable[[], object] | None = None
) -> ReviewVersion:
    """A new version that never changes: its context, where its figures came from, and the files made from it.

    Open matters are written into the context and refuse nothing. Files are made and safely stored before the
    transaction; a draft changed meanwhile is not frozen.
    Raises: DomainError where nothing was composed, no figure has a value, or a sentence names a figure that is gone.
    """
    require_freezing(by, review)
    review.refresh_from_db()
    _refuse_empty(review)
    frozen_at = clock.now()
    warnings = warnings_of(review)
    context = build_context(review, frozen_at=frozen_at, warnings=warnings)
    files = []
    for each in stored_files(context) if render else ():
        files.append(each)
        if on_step:
            on_step()
    return _store(review, context, warnings, frozen_at, files, by)


def _refuse_empty(review: Review) -> None:
    if not review.composed or not review.sections.exists():
        raise errors.nothing_composed(review)
    if not any(
        figure["reported"] and figure["value"] is not None for figure in review.composed["figures"].values()
    ):
        raise errors.no_figures(review)
    gone = {
        key: section.title_vi or section.key
        for section in review.sections.all()
        for block in section.blocks
        for key in block.get("unknown", ())
    }
    if gone:
        raise errors.gone_figures(sorted(gone), sorted(set(gone.values())))


def stored_files(context: Mapping[str, Any]) -> Iterator[ReviewFile]:
    """Word and PDF in both languages, each already on disk under its hash."""
    from phoihop.reviews.render import render_docx, render_pdf

    slug = context["review"]["slug"]
    for lang in LANGUAGES:
        for kind, render in ((FileKind.DOCX, render_docx), (FileKind.PDF, render_pdf)):
            content = render(context, lang)
            sha256, path = storage.keep(content)
            name = f"{slug}-{lang}.{kind.value}"
            yield ReviewFile(
                kind=kind, language=lang, name=name, path=path, sha256=sha256, size_bytes=len(content)
            )


@transaction.atomic
def _store(
    review: Review,
    context: dict[str, Any],
    warnings: list[Text],
    frozen_at: datetime,
    files: list[ReviewFile],
    by: User | None,
) -> ReviewVersion:
    locked = Review.objects.select_for_update().get(pk=review.pk)
    text = canonical(context)
    if canonical(build_context(locked, frozen_at=frozen_at, warnings=warnings)) != text:
        raise errors.changed_meanwhile(review)
    provenance = context["provenance"]
    last = locked.versions.aggregate(last=Max("number"))["last"] or 0
    version = ReviewVersion.objects.create(
        review=locked,
        number=last + 1,
        context=text.decode(),
        context_hash=context_hash(text),
        figures_hash=provenance["figures_hash"],
        ledger_seq=provenance["ledger_seq"],
        sql_hash=provenance["sql_hash"],
        libraries=provenance["libraries"],
        frozen_at=frozen_at,
        frozen_by=by,
    )
    version.quotes.set(locked.quotes.all())
    for each in files:
        each.version, each.added_at, each.added_by = version, frozen_at, by
    ReviewFile.objects.bulk_create(files)
    locked.stage = ReviewStage.FROZEN
    locked.save(update_fields=["stage"])
    details = {
        "version": version.number,
        "context": version.context_hash,
        "ledger_seq": version.ledger_seq,
        "warnings": len(warnings),
        "files": {each.name: each.sha256 for each in files},
    }
    record("freeze_review", locked, by=by, details=details)
    review.refresh_from_db()
    return version
