"""Every kind of tampering has its sentence; corrections since are not tampering."""

import hashlib
import json
from typing import Any

import pytest
import rfc8785

from phoihop.audit.models import AuditEvent
from phoihop.core import storage
from phoihop.reviews.actions import add_uploaded_file, freeze_review
from phoihop.reviews.compose.context import figures_hash
from phoihop.reviews.models import ReviewVersion
from phoihop.reviews.queries import changed_since
from phoihop.reviews.verify import verify_version
from phoihop.rollup.ledger import rebuild_ledger
from tests.reports.world import LATE
from tests.reviews.world import ReviewWorld


@pytest.fixture
def version(world: ReviewWorld) -> ReviewVersion:
    world.accept_all()
    return freeze_review(review=world.composed(), by=None, render=False)


def tamper(version: ReviewVersion, change: Any, *, cover_up: bool = False) -> None:
    """Change the context as one who can write to the database would; to cover it up, with the hashes."""
    context = json.loads(version.context)
    change(context)
    fields: dict[str, Any] = {"context": rfc8785.dumps(context).decode()}
    if cover_up:
        context["provenance"]["figures_hash"] = figures_hash(context["figures"])
        text = rfc8785.dumps(context)
        fields = {
            "context": text.decode(),
            "context_hash": hashlib.sha256(text).hexdigest(),
            "figures_hash": context["provenance"]["figures_hash"],
        }
    ReviewVersion.objects.filter(pk=version.pk).update(**fields)
    version.refresh_from_db()
    if cover_up:
        in_the_log(version)


def in_the_log(version: ReviewVersion) -> None:
    """The act of freezing made to tell the same hash; `broken_links` finds that by the chain."""
    event = AuditEvent.objects.get(action="freeze_review")
    told = {**event.details, "context": version.context_hash}
    AuditEvent.objects.filter(pk=event.pk).update(details=told)


def set_value(context: dict[str, Any]) -> None:
    context["figures"]["B01"]["value"] = "21"


def test_frozen_version_verifies(version: ReviewVersion) -> None:
    assert verify_version(version) == []


def test_it_verifies_from_a_ledger_built_anew(version: ReviewVersion) -> None:
    rebuild_ledger()

    assert verify_version(version) == []


def test_later_correction_changes_no_old_version_and_is_told(
    world: ReviewWorld, version: ReviewVersion
) -> None:
    world.accept(world.units[0], {"B01": "5", "B02": "450"}, at=LATE, reason="bổ sung")
    world.accept(world.base.desk, {"B01": "10", "B02": "1100"}, at=LATE, reason="cập nhật")

    assert verify_version(version) == []
    assert {each.key: (each.then, each.now) for each in changed_since(version)} == {
        "B01": ("20", "21"), "B02": ("2000", "2050"), "B02/B01": ("100", "98"),
        "B01:ADM-2026-H1": ("20", "21"), f"B01@{world.base.province.pk}": ("20", "21"),
        f"B02@{world.base.province.pk}": ("2000", "2050"),
    }  # fmt: skip


def test_nothing_accepted_since_changes_nothing(version: ReviewVersion) -> None:
    assert changed_since(version) == []


def test_changed_text_is_found_by_the_hash(version: ReviewVersion) -> None:
    tamper(version, lambda context: context["review"].update(slug="khac"))

    [fault] = verify_version(version)
    assert "sau khi khóa" in fault


def test_changed_figure_is_found_even_when_every_hash_was_made_to_fit(version: ReviewVersion) -> None:
    tamper(version, set_value, cover_up=True)

    faults = verify_version(version)

    assert any("B01" in fault and "21" in fault and "20" in fault for fault in faults)


@pytest.mark.parametrize("name", ["numerator", "reported", "expected", "change_percent", "is_at_least"])
def test_every_number_of_a_figure_is_compared(version: ReviewVersion, name: str) -> None:
    tamper(version, lambda context: context["figures"]["B01"].update({name: 7}), cover_up=True)

    [fault] = verify_version(version)
    assert "B01" in fault
    assert name in fault


def test_cell_that_differs_from_its_figure_is_found(version: ReviewVersion) -> None:
    def change(context: dict[str, Any]) -> None:
        row = next(row for row in context["tables"]["by_unit"]["rows"] if row["kind"] == "total")
        row["cells"]["B01"] = "2000000"

    tamper(version, change, cover_up=True)

    [fault] = verify_version(version)
    assert "by_unit" in fault


def test_figure_added_to_the_context_is_found(version: ReviewVersion) -> None:
    tamper(version, lambda context: context["figures"].update(X99=context["figures"]["B01"]), cover_up=True)

    [fault] = verify_version(version)
    assert "X99" in fault


def test_context_not_in_canonical_form_is_found(version: ReviewVersion) -> None:
    text = json.dumps(json.loads(version.context))
    ReviewVersion.objects.filter(pk=version.pk).update(
        context=text, context_hash=hashlib.sha256(text.encode()).hexdigest()
    )
    version.refresh_from_db()
    in_the_log(version)

    [fault] = verify_version(version)
    assert "RFC 8785" in fault


def test_context_that_is_no_json_is_found(version: ReviewVersion) -> None:
    ReviewVersion.objects.filter(pk=version.pk).update(context="{")
    version.refresh_from_db()

    assert len(verify_version(version)) == 2


def test_ledger_position_moved_is_found(world: ReviewWorld, version: ReviewVersion) -> None:
    ReviewVersion.objects.filter(pk=version.pk).update(ledger_seq=2)
    version.refresh_from_db()

    assert any("ledger_seq" in fault for fault in verify_version(version))


@pytest.mark.parametrize("damage", ["changed", "missing"])
def test_damaged_file_is_found_by_name(version: ReviewVersion, damage: str) -> None:
    from io import BytesIO

    kept = add_uploaded_file(
        version=version, name="ky.pdf", stream=BytesIO(b"%PDF-1.7 " + damage.encode()), by=None
    )
    place = storage.place_of(kept.path)
    place.write_bytes(b"%PDF-1.7 other") if damage == "changed" else place.unlink()

    [fault] = verify_version(version)
    assert "ky.pdf" in fault
    place.unlink(missing_ok=True)
