"""A person's data taken out of reviews: drafts, frozen versions and the documents made from them. Figures stay."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from phoihop.accounts.models import User
from phoihop.assignments.actions import passage, redact_assigned_words, strike_issued_words, words_at
from phoihop.assignments.enums import Words
from phoihop.assignments.models import Conclusion, Passing, Proposal
from phoihop.assignments.sealing import Thing
from phoihop.audit.actions import record
from phoihop.audit.models import WordSeal
from phoihop.audit.words import seal_words
from phoihop.core import clock, storage
from phoihop.core.text import SHORTEST_PASSAGE, nfc
from phoihop.reports.actions import TakenOut, redact_passing_reason, redact_text, text_at
from phoihop.reports.enums import TextPlace
from phoihop.reports.models import ReportVersion
from phoihop.reports.permissions import can_redact
from phoihop.reviews import redaction_errors as errors
from phoihop.reviews.actions.approving import reason_given
from phoihop.reviews.actions.freezing import stored_files
from phoihop.reviews.compose.context import canonical, context_hash
from phoihop.reviews.compose.striking import struck_blocks, struck_context, struck_tables
from phoihop.reviews.enums import FileKind
from phoihop.reviews.models import Redaction, Review, ReviewFile, ReviewVersion, Section, SectionText
from phoihop.reviews.queries.reviews import context_of


@dataclass(frozen=True, slots=True)
class Made:
    """A version as it will stand, its documents made anew and stored already."""

    version: ReviewVersion
    context: Mapping[str, Any]
    files: list[ReviewFile]


def redact_reported_text(
    *, version: ReportVersion, place: str, key: str, reason: str, by: AbstractBaseUser | None
) -> tuple[TakenOut, list[Redaction]]:
    """Out of the report, and out of every review that quotes it: what its documents say is made anew.

    Documents are made before the transaction, which must not hold up who submits meanwhile.
    """
    text = text_at(version, place, key) if can_redact(by) else None
    is_file = place == TextPlace.ATTACHMENT
    made = _made(Review.objects.all(), text) if text and not is_file else []
    with transaction.atomic():
        taken = redact_text(version=version, place=place, key=key, reason=reason, by=by)
        if is_file:
            return taken, _same_files(text or "", reason, by)
        return taken, _strike(Review.objects.all(), made, text or "", reason_given(reason), by)


def redact_quoted_words(
    *, thing: Thing, place: str, pk: int, reason: str, by: AbstractBaseUser | None
) -> tuple[list[WordSeal], list[Redaction]]:
    """Out of an assignment, draft conclusions or a proposal; what reviews quote of a proposal is made anew too."""
    text = words_at(thing, place, pk) if can_redact(by) else ""
    is_quoted = isinstance(thing, Proposal) and place in {Words.TITLE, Words.ANSWER}
    made = _made(Review.objects.all(), text) if text and is_quoted else []
    passing = Passing.objects.filter(pk=pk).first() if place == Words.PASSING else None
    with transaction.atomic():
        taken = redact_assigned_words(
            thing=thing, place=place, pk=pk, reason=reason, by=cast("User | None", by)
        )
        if passing is not None:
            taken += redact_passing_reason(
                ended=passing.old, heir=passing.heir, words=text, reason=reason, by=by
            )
        struck = _strike(Review.objects.all(), made, text, reason_given(reason), by) if is_quoted else []
    return taken, struck


def redact_issued_words(
    *, conclusion: Conclusion, words: str, reason: str, by: AbstractBaseUser | None
) -> tuple[list[WordSeal], list[Redaction]]:
    """From within issued conclusions and their assignments, and out of every review that says the same."""
    made = _made(Review.objects.all(), passage(words)) if can_redact(by) else []
    with transaction.atomic():
        taken = strike_issued_words(
            conclusion=conclusion, words=words, reason=reason, by=cast("User | None", by)
        )
        struck = _strike(Review.objects.all(), made, passage(words), reason_given(reason), by)
    return taken, struck


def _same_files(sha256: str, reason: str, by: AbstractBaseUser | None) -> list[Redaction]:
    """The very file, where somebody laid it beside a review: a file stands by its own hash."""
    held = ReviewFile.objects.filter(sha256=sha256, kind=FileKind.UPLOADED)
    return [redact_file(file=each, reason=reason, by=by) for each in held]


def redact_words(*, review: Review, words: str, reason: str, by: AbstractBaseUser | None) -> list[Redaction]:
    """Words a person found in a review, out of its draft, every text the draft has had, and its frozen versions.

    Raises: NotAllowed; DomainError for words too few to be told from others, or that stand nowhere in its text.
    """
    _require(by)
    why, said = reason_given(reason), " ".join(nfc(words).split())
    if len(said) < SHORTEST_PASSAGE:
        raise errors.too_few_words(said, SHORTEST_PASSAGE)
    only = Review.objects.filter(pk=review.pk)
    made = _made(only, said)
    with transaction.atomic():
        struck = _strike(only, made, said, why, by)
        if not struck:
            raise errors.words_not_found(review)
        transaction.on_commit(storage.empty_journal)
    return struck


@transaction.atomic
def redact_file(*, file: ReviewFile, reason: str, by: AbstractBaseUser | None) -> Redaction:
    """An uploaded file beside a version: its bytes go, its hash stays in the audit log of its upload."""
    _require(by)
    why = reason_given(reason)
    locked = (
        ReviewFile.objects.select_for_update(of=("self",)).select_related("version__review").get(pk=file.pk)
    )
    if locked.kind != FileKind.UPLOADED:
        raise errors.made_by_the_system(locked.name)
    version, path = locked.version, locked.path
    tombstone = _tombstone(version.review, version, why, by, file_name=locked.get_kind_display())
    told = {"version": version.number, "sha256": locked.sha256}
    details = told | seal_words(tombstone, "reason")
    record("redact_file", version.review, by=by, details=details)
    locked.delete()
    _forget([path])
    return tombstone


def _made(reviews: Iterable[Review], words: str) -> list[Made]:
    """The versions that say it."""
    found = []
    for version in ReviewVersion.objects.filter(review__in=reviews).select_related("review").order_by("pk"):
        before = context_of(version)
        context = struck_context(before, words)
        if context != before:
            has_files = version.files.exclude(kind=FileKind.UPLOADED).exists()
            found.append(Made(version, context, list(stored_files(context)) if has_files else []))
    return found


def _strike(
    reviews: Iterable[Review], made: Iterable[Made], words: str, why: str, by: AbstractBaseUser | None
) -> list[Redaction]:
    versions = [_replaced(each, why, by) for each in made]
    drafts = [_tombstone(review, None, why, by) for review in reviews if _strike_draft(review, words)]
    return [*versions, *drafts]


def _replaced(made: Made, why: str, by: AbstractBaseUser | None) -> Redaction:
    locked = (
        ReviewVersion.objects.select_for_update(of=("self",)).select_related("review").get(pk=made.version.pk)
    )
    if locked.context != made.version.context:
        raise errors.changed_meanwhile(locked)
    text = canonical(made.context)
    locked.context = text.decode()
    locked.save(update_fields=["context"])
    gone = [_renew(locked, each) for each in made.files]
    _forget([path for path in gone if path])
    tombstone = _tombstone(locked.review, locked, why, by, context_hash=context_hash(text))
    details = {
        "version": locked.number, "frozen": locked.context_hash, "context": tombstone.context_hash,
        "files": {each.name: each.sha256 for each in made.files}, **seal_words(tombstone, "reason"),
    }  # fmt: skip
    record("redact_review", locked.review, by=by, details=details)
    return tombstone


def _renew(version: ReviewVersion, made: ReviewFile) -> str:
    """The document of the same kind and language gives its place to the one made anew."""
    held = version.files.filter(kind=made.kind, language=made.language).first()
    if held is None:
        return ""
    before: str = held.path
    held.path, held.sha256, held.size_bytes = made.path, made.sha256, made.size_bytes
    held.save(update_fields=["path", "sha256", "size_bytes"])
    return before


def _strike_draft(review: Review, words: str) -> bool:
    """Also every text its sections have had. A composed text would come back only from what is quoted."""
    held: list[Section | SectionText] = [
        *Section.objects.filter(review=review),
        *SectionText.objects.filter(review=review),
    ]
    changed = [each for each in held if struck_blocks(each.blocks, words) != each.blocks]
    for each in changed:
        each.blocks = struck_blocks(each.blocks, words)
        each.save(update_fields=["blocks"])
    return _strike_lists(review, words) or bool(changed)


def _strike_lists(review: Review, words: str) -> bool:
    """The lists of tasks and proposals it was composed with."""
    tables = review.composed.get("tables", {})
    left = struck_tables(tables, words)
    if left == tables:
        return False
    review.composed = {**review.composed, "tables": left}
    review.save(update_fields=["composed"])
    return True


def _tombstone(
    review: Review, version: ReviewVersion | None, why: str, by: AbstractBaseUser | None, **fields: str
) -> Redaction:
    held = Redaction.objects.create(
        review=review, version=version, at=clock.now(), by_id=getattr(by, "pk", None), reason=why, **fields
    )
    if version is None:
        record("redact_review", review, by=by, details={"version": None, **seal_words(held, "reason")})
    return held


def _forget(paths: Iterable[str]) -> None:
    """After the commit, unless something else is the same file."""
    for path in dict.fromkeys(paths):
        transaction.on_commit(partial(storage.forget_unused, path))


def _require(by: AbstractBaseUser | None) -> None:
    if not can_redact(by):
        raise errors.only_the_centre_redacts()
