"""A person's data taken out of reviews and the documents made from them; figures and the chain stay."""

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from phoihop.audit.actions import broken_links, seal_events
from phoihop.core import storage
from phoihop.core.errors import DomainError, NotAllowed
from phoihop.orgs.enums import Role
from phoihop.reports.actions import attach_file
from phoihop.reports.queries.seals import broken_seals
from phoihop.reviews.actions import (
    add_uploaded_file,
    compose_review,
    edit_section,
    freeze_review,
    redact_file,
    redact_reported_text,
    redact_words,
)
from phoihop.reviews.models import Redaction, Review, ReviewFile, ReviewVersion, SectionText
from phoihop.reviews.queries import context_of
from phoihop.reviews.verify import verify_version
from tests.reports.world import submitted
from tests.reviews.world import ReviewWorld

NAMED = "Bà Trần Thị B, 0901234567, chưa được trả lời"
WHY = "Có tên và số điện thoại của công dân"


@pytest.fixture
def review(world: ReviewWorld, settings: Any, tmp_path: Path) -> Review:
    """The province says in its limits what the review of the country quotes."""
    settings.FILES_DIR = tmp_path
    world.accept(world.base.desk, {"B01": "10", "B02": "1100"}, narrative={"shortcomings": NAMED})
    return world.composed(state="received")


def reported(world: ReviewWorld) -> dict[str, Any]:
    version = world.base.report_of(world.base.desk, world.period).versions.get()
    return {"version": version, "place": "narrative", "key": "shortcomings", "reason": WHY}


def everything(version: ReviewVersion) -> str:
    """All that a version's text and Word documents say."""
    said = [version.context]
    for kept in version.files.filter(kind="docx"):
        with ZipFile(BytesIO(storage.place_of(kept.path).read_bytes())) as archive:
            said.append(archive.read("word/document.xml").decode())
    return "\n".join(said)


def test_words_go_from_frozen_versions_and_their_documents_are_made_anew(
    world: ReviewWorld, review: Review, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    version = freeze_review(review=review, by=None)
    before = {kept.pk: kept.path for kept in version.files.all()}
    assert "0901234567" in everything(version)
    with django_capture_on_commit_callbacks(execute=True):
        redact_reported_text(**reported(world), by=world.base.central_desk)
    version.refresh_from_db()
    assert "0901234567" not in everything(version)
    assert "[đã gỡ bỏ]" in everything(version)
    assert [path for path in before.values() if (tmp_path / path).exists()] == []
    assert "0901234567" not in str(list(review.sections.values_list("blocks", flat=True)))
    tombs = Redaction.objects.filter(review=review).order_by("pk")
    assert [(each.version, each.reason, each.by) for each in tombs] == [
        (version, WHY, world.base.central_desk), (None, WHY, world.base.central_desk),
    ]  # fmt: skip
    assert verify_version(version) == []
    assert list(broken_seals()) == []
    seal_events()
    assert list(broken_links()) == []


def test_figures_stay_and_a_second_redaction_follows_the_first(world: ReviewWorld, review: Review) -> None:
    said = [{"kind": "sentence", "vi": "Ông Nguyễn Văn A 0912345678 nói [[B01]], 31 lần.", "en": ""}]
    edit_section(section=review.sections.get(key="causes"), blocks=said, by=None)
    version = freeze_review(review=review, by=None, render=False)
    assert "0912345678" in str(context_of(version)["provenance"]["warnings"])
    redact_reported_text(**reported(world), by=None)
    redact_words(review=review, words="Ông  Nguyễn\nVăn A 0912345678 nói", reason=WHY, by=None)
    version.refresh_from_db()
    assert "0912345678" not in version.context
    assert "báo cáo: [đã gỡ bỏ], 31." in version.context
    assert "0912345678" not in str(list(review.sections.values_list("blocks", flat=True)))
    assert '"value":"10"' in version.context
    assert "[đã gỡ bỏ] [[B01]], 31 lần." in version.context
    kept = str(list(SectionText.objects.values_list("blocks", flat=True)))
    assert ("Nguyễn" in kept, "0912345678" in kept, "31" in kept) == (False, False, True)
    assert verify_version(version) == []


def test_words_do_not_come_back_when_the_review_is_composed_again(world: ReviewWorld, review: Review) -> None:
    redact_reported_text(**reported(world), by=None)
    again = compose_review(review=review, by=None)
    assert "0901234567" not in str(list(again.sections.values_list("blocks", flat=True)))


def test_redaction_nobody_recorded_is_found(world: ReviewWorld, review: Review) -> None:
    """Another text under another hash, both written behind the system's back."""
    version = freeze_review(review=review, by=None, render=False)
    redact_reported_text(**reported(world), by=None)
    Redaction.objects.filter(version=version).delete()
    version.refresh_from_db()
    assert len(verify_version(version)) == 2


def test_text_and_hash_changed_together_are_found_by_the_log(review: Review) -> None:
    version = freeze_review(review=review, by=None, render=False)
    ReviewVersion.objects.filter(pk=version.pk).update(context_hash="0" * 64)
    Redaction.objects.create(
        review=review, version=version, at=version.frozen_at, reason="x", context_hash=version.context_hash
    )
    version.refresh_from_db()
    assert len(verify_version(version)) == 2


@pytest.mark.parametrize("words", ["", "   ", "Bà B", "Không có ở đâu trong báo cáo"])
def test_words_too_few_or_nowhere_are_refused(review: Review, words: str) -> None:
    with pytest.raises(DomainError):
        redact_words(review=review, words=words, reason=WHY, by=None)
    with pytest.raises(DomainError):
        redact_words(review=review, words=NAMED, reason=" ", by=None)
    assert not Redaction.objects.exists()


@pytest.mark.parametrize("role", [Role.APPROVER, Role.READER, Role.AUDITOR])
def test_only_the_central_desk_takes_words_out(world: ReviewWorld, review: Review, role: Role) -> None:
    version = freeze_review(review=review, by=None, render=False)
    user = world.base.user(world.base.centre, role)
    with pytest.raises(NotAllowed):
        redact_words(review=review, words=NAMED, reason=WHY, by=user)
    with pytest.raises(NotAllowed):
        redact_reported_text(**reported(world), by=user)
    version.refresh_from_db()
    assert NAMED in version.context


def test_uploaded_file_goes_with_its_bytes_and_leaves_a_tombstone(
    review: Review, django_capture_on_commit_callbacks: Any
) -> None:
    version = freeze_review(review=review, by=None, render=False)
    stream = BytesIO(b"%PDF-1.7 0901234567")
    kept = add_uploaded_file(version=version, name="Bà Trần Thị B.pdf", stream=stream, by=None)
    with django_capture_on_commit_callbacks(execute=True):
        held = redact_file(file=kept, reason=WHY, by=None)
    assert (storage.place_of(kept.path).exists(), ReviewFile.objects.exists()) == (False, False)
    assert (held.version, held.reason, "Trần" in held.file_name) == (version, WHY, False)
    assert verify_version(version) == []


def test_attachment_that_lies_beside_a_review_too_goes_from_both(
    world: ReviewWorld, review: Review, django_capture_on_commit_callbacks: Any
) -> None:
    content = b"%PDF-1.7 0901234567"
    version = freeze_review(review=review, by=None, render=False)
    kept = add_uploaded_file(version=version, name="a.pdf", stream=BytesIO(content), by=None)
    report = world.base.report_of(world.units[0], world.period)
    attached = attach_file(report=report, name="b.pdf", content=content, by=world.base.officer())
    sent = submitted(report, {"B01": "4", "B02": "400"})
    assert attached.path == kept.path
    with django_capture_on_commit_callbacks(execute=True):
        taken, struck = redact_reported_text(
            version=sent.versions.get(), place="attachment", key=str(attached.pk), reason=WHY, by=None
        )
    assert (len(taken.seals), [each.version for each in struck]) == (1, [version])
    assert (storage.place_of(kept.path).exists(), ReviewFile.objects.exists()) == (False, False)


def test_uploaded_file_that_is_also_attached_to_a_report_keeps_its_bytes_there(
    world: ReviewWorld, review: Review, django_capture_on_commit_callbacks: Any
) -> None:
    content = b"%PDF-1.7 0901234567"
    version = freeze_review(review=review, by=None, render=False)
    kept = add_uploaded_file(version=version, name="a.pdf", stream=BytesIO(content), by=None)
    report = world.base.report_of(world.units[0], world.period)
    attach_file(report=report, name="b.pdf", content=content, by=world.base.officer())
    with django_capture_on_commit_callbacks(execute=True):
        redact_file(file=kept, reason=WHY, by=None)
    assert storage.place_of(kept.path).exists()
