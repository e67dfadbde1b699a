import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from phoihop.areas.actions.derived import rebuild_derived
from phoihop.core import storage
from phoihop.reviews.actions import freeze_review
from phoihop.reviews.models import Review, ReviewVersion
from tests.reviews.world import ReviewWorld


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("review", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.slow
def test_planned_review_is_built_frozen_handed_out_and_verified(world: ReviewWorld, tmp_path: Path) -> None:
    world.accept_all()
    slug = f"{world.base.programme.slug}-so-ket"

    assert "Sơ kết 6 tháng" in run("build", slug)
    assert "Kỳ báo cáo còn mở" in run("freeze", slug)
    written = run("render", slug, "--out", str(tmp_path)).split()
    assert run("verify", slug)

    kept = ReviewVersion.objects.get().files
    assert {Path(path).name for path in written} == set(kept.values_list("name", flat=True))
    for each in kept.all():
        assert storage.hash_of(tmp_path / each.name) == each.sha256


def test_building_again_composes_the_same_review_again(world: ReviewWorld) -> None:
    world.accept_all()
    slug = f"{world.base.programme.slug}-so-ket"

    run("build", slug)
    run("build", slug, "--area", world.base.province.key)
    run("build", slug)

    assert Review.objects.count() == 2


@pytest.mark.parametrize(
    ("option", "told"),
    [(("--map", "abc"), "abc"), (("--map", "16/6/2026"), "reported"), (("--state", "received"), "confirmed")],
)
def test_building_again_with_another_question_is_refused(
    world: ReviewWorld, option: tuple[str, str], told: str
) -> None:
    world.accept_all()
    rebuild_derived()
    slug = f"{world.base.programme.slug}-so-ket"
    run("build", slug)

    with pytest.raises(CommandError, match=told):
        run("build", slug, *option)
    run("build", slug, "--map", "reported", "--state", "confirmed")


def test_version_that_does_not_verify_is_said_and_fails(world: ReviewWorld) -> None:
    world.accept_all()
    slug = f"{world.base.programme.slug}-so-ket"
    run("build", slug)
    run("freeze", slug)
    place = storage.place_of(ReviewVersion.objects.get().files.earliest("pk").path)
    place.unlink()
    out = StringIO()

    with pytest.raises(CommandError, match=re.escape("Sơ kết 6 tháng")):
        call_command("review", "verify", slug, stdout=out)
    assert f"{slug}-vi.docx" in out.getvalue()


@pytest.mark.parametrize("step", ["build", "freeze", "render", "verify"])
def test_unknown_review_is_refused_with_those_there_are(world: ReviewWorld, step: str) -> None:
    with pytest.raises(CommandError, match="khong-co"):
        run(step, "khong-co")


def test_review_never_frozen_has_nothing_to_verify(world: ReviewWorld) -> None:
    review = world.review()

    with pytest.raises(CommandError, match=review.slug):
        run("verify", review.slug)


def test_version_is_published_and_given_its_signed_file(world: ReviewWorld, tmp_path: Path) -> None:
    world.accept_all()
    freeze_review(review=world.composed(state="received"), by=None, render=False)
    signed = tmp_path / "da-ky.pdf"
    signed.write_bytes(b"%PDF-1.7 signed")

    run("approve", "so-ket", "--audience", "public")
    assert "1" in run("publish", "so-ket", "--audience", "public")
    told = run("upload", "so-ket", "--file", str(signed))

    version = ReviewVersion.objects.get()
    assert (version.audience, version.published_by) == ("public", None)
    assert version.files.get().sha256 in told


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["publish", "so-ket"], "signed_in"),
        (["publish", "so-ket", "--audience", "martians"], "martians"),
        (["publish", "so-ket", "--audience", "public", "--number", "4"], "4"),
        (["upload", "so-ket"], "--file"),
        (["upload", "so-ket", "--file", "khong-co.pdf"], "khong-co.pdf"),
    ],
)
def test_publishing_and_uploading_say_what_they_lack(
    world: ReviewWorld, arguments: list[str], named: str
) -> None:
    world.accept_all()
    freeze_review(review=world.composed(state="received"), by=None, render=False)

    with pytest.raises(CommandError, match=named):
        run(*arguments)
    assert ReviewVersion.objects.get().published_at is None
