"""Texts and files sealed apart from figures, and taken out when they must be."""

import json
from pathlib import Path
from typing import Any

import pytest

from phoihop.audit.actions import broken_links, seal_events
from phoihop.audit.models import AuditEvent
from phoihop.core import storage
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.core.files import FileRefused
from phoihop.reports.actions import (
    accept_report,
    attach_file,
    correct_report,
    redact_text,
    remove_attachment,
    return_report,
    save_draft,
    submit_report,
)
from phoihop.reports.enums import Origin
from phoihop.reports.models import Report, ReportVersion, TextSeal
from phoihop.reports.queries.seals import broken_seals
from tests.reports.world import CELLS, World

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 CANARY plan"
NAMED = "Ông Nguyễn Văn A ở thôn 2 phản ánh"


def submitted(world: World, **texts: object) -> ReportVersion:
    report = world.report_of(world.units[0])
    texts = {"notes": {"B01": NAMED}, "narrative": {"results": "Đã làm", "causes": NAMED}} | texts
    submit_report(report=report, cells=CELLS, by=world.officer(), origin=Origin.FORM, **texts)
    return report.versions.get()


@pytest.fixture
def opened(world: World, settings: Any, tmp_path: Path) -> World:
    settings.FILES_DIR = tmp_path
    world.open()
    return world


def test_each_text_and_file_of_a_submission_has_its_own_seal(opened: World) -> None:
    report = opened.report_of(opened.units[0])
    kept = attach_file(report=report, name="kế hoạch.pdf", content=PDF, by=opened.officer())
    version = submitted(opened)
    seals = {(seal.place, seal.key): seal for seal in version.seals.all()}
    assert seals.keys() == {
        ("note", "B01"),
        ("narrative", "results"),
        ("narrative", "causes"),
        ("attachment", str(kept.pk)),
    }
    assert len({seal.salt for seal in seals.values()}) == 4
    assert seals["note", "B01"].digest != seals["narrative", "causes"].digest  # the same words, another salt
    assert list(broken_seals()) == []


@pytest.mark.parametrize("change", ["note", "narrative", "salt", "file", "seal"])
def test_a_text_changed_behind_the_systems_back_is_found(opened: World, change: str) -> None:
    report = opened.report_of(opened.units[0])
    kept = attach_file(report=report, name="a.pdf", content=PDF, by=opened.officer())
    version = submitted(opened)
    versions = ReportVersion.objects.filter(pk=version.pk)
    if change == "note":
        versions.update(notes={"B01": "khác"})
    elif change == "narrative":
        versions.update(narrative={"results": "Đã làm"})
    elif change == "salt":
        version.seals.filter(place="note").update(salt="00" * 16)
    elif change == "file":
        storage.place_of(kept.path).write_bytes(b"%PDF-1.7 other")
    else:
        version.seals.filter(place="note").delete()
    assert len(list(broken_seals())) == 1


def test_a_redaction_takes_the_text_out_of_every_version_and_leaves_a_tombstone(opened: World) -> None:
    first = submitted(opened)
    report = opened.report_of(opened.units[0])
    accept_report(report=report, by=opened.provincial_desk)
    correct_report(
        report=report,
        cells={**CELLS, "B01": "5"},
        notes={"B01": NAMED},
        narrative={"causes": NAMED, "results": "Đã làm thêm"},
        reason="Đếm lại",
        by=opened.officer(),
        origin=Origin.FORM,
    )
    figures = list(report.versions.values_list("number", "content_hash"))
    redact_text(version=first, place="note", key="B01", reason="Nêu tên công dân", by=opened.central_desk)
    assert [version.notes for version in report.versions.all()] == [{}, {}]
    assert [version.narrative.get("causes") for version in report.versions.all()] == [NAMED, NAMED]
    tombs = TextSeal.objects.filter(redacted_at__isnull=False)
    assert [(t.version.number, t.salt, t.redaction_reason) for t in tombs] == [
        (1, "", "Nêu tên công dân"),
        (2, "", "Nêu tên công dân"),
    ]
    assert {t.redacted_by for t in tombs} == {opened.central_desk}
    assert list(report.versions.values_list("number", "content_hash")) == figures
    assert list(broken_seals()) == []
    seal_events()
    assert list(broken_links()) == []
    assert NAMED not in json.dumps(list(AuditEvent.objects.values_list("details", flat=True)))


def test_a_redacted_file_is_gone_from_the_disk(
    opened: World, django_capture_on_commit_callbacks: object
) -> None:
    report = opened.report_of(opened.units[0])
    kept = attach_file(report=report, name="Nguyễn Văn A.pdf", content=PDF, by=opened.officer())
    version = submitted(opened)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        redact_text(
            version=version,
            place="attachment",
            key=str(kept.pk),
            reason="Có số căn cước",
            by=opened.central_desk,
        )
    kept.refresh_from_db()
    assert (kept.name, kept.sha256, kept.path) == ("", "", "")
    assert [
        place for place in storage.root().rglob("*") if place.is_file() and b"CANARY" in place.read_bytes()
    ] == []
    assert list(broken_seals()) == []


def test_only_the_centre_redacts_with_a_reason_and_only_what_is_there(opened: World) -> None:
    version = submitted(opened)
    at = {"version": version, "place": "note"}
    with pytest.raises(NotAllowed):
        redact_text(**at, key="B01", reason="x", by=opened.provincial_desk)
    with pytest.raises(DomainError):
        redact_text(**at, key="B01", reason="  ", by=opened.central_desk)
    with pytest.raises(DomainError):
        redact_text(**at, key="B02", reason="x", by=opened.central_desk)
    assert not TextSeal.objects.filter(redacted_at__isnull=False).exists()


def test_files_go_with_the_next_version_and_stay_with_those_that_had_them(opened: World) -> None:
    report, officer = opened.report_of(opened.units[0]), opened.officer()
    kept = attach_file(report=report, name="a.pdf", content=PDF, by=officer)
    assert attach_file(report=report, name="b.pdf", content=PDF, by=officer) == kept
    first = submitted(opened)
    return_report(report=report, reason="Nhầm tệp", by=opened.provincial_desk)
    remove_attachment(attachment=kept, by=officer)
    again = Report.objects.get(pk=report.pk)
    submit_report(report=again, cells={**CELLS, "B01": "6"}, by=officer, origin=Origin.FORM)
    assert [list(version.attachments.all()) for version in report.versions.all()] == [[kept], []]
    assert first.seals.filter(place="attachment").exists()


def test_an_attachment_is_refused_to_others_by_kind_and_by_number(
    opened: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, officer = opened.report_of(opened.units[0]), opened.officer()
    with pytest.raises(NotAllowed):
        attach_file(report=report, name="a.pdf", content=PDF, by=opened.officer(1))
    with pytest.raises(FileRefused):
        attach_file(report=report, name="a.pdf", content=b"MZ\x90", by=officer)
    monkeypatch.setattr("phoihop.reports.actions.attaching.MOST", 1)
    attach_file(report=report, name="a.pdf", content=PDF, by=officer)
    with pytest.raises(DomainError, match="1"):
        attach_file(report=report, name="c.pdf", content=PDF + b"2", by=officer)
    Report.objects.filter(pk=report.pk).update(state="withdrawn")
    with pytest.raises(Conflict):
        attach_file(report=report, name="d.pdf", content=PDF + b"3", by=officer)


def test_another_file_alone_is_a_change(opened: World) -> None:
    submitted(opened)
    report, officer = opened.report_of(opened.units[0]), opened.officer()
    accept_report(report=report, by=opened.provincial_desk)
    same: dict[str, Any] = {"notes": {"B01": NAMED}, "narrative": {"results": "Đã làm", "causes": NAMED}}
    again = {
        "report": report,
        "cells": CELLS,
        "reason": "Thêm tệp",
        "by": officer,
        "origin": Origin.FORM,
        **same,
    }
    with pytest.raises(Conflict):
        correct_report(**again)
    attach_file(report=report, name="a.pdf", content=PDF, by=officer)
    correct_report(**again)
    assert report.versions.count() == 2


def above_of(world: World, said: str) -> Report:
    """The provincial desk's own report of the same window, which quotes what a commune wrote."""
    above = world.report_of(world.desk)
    texts: dict[str, Any] = {"narrative": {"causes": said, "results": "Đã làm"}}
    submit_report(report=above, cells=CELLS, by=world.provincial_desk, origin=Origin.FORM, **texts)
    return above


def test_words_quoted_by_the_superiors_report_go_with_those_quoted(opened: World) -> None:
    """The rest of the superior's text stays, sealed anew."""
    version = submitted(opened)
    quoted = f"Còn khó khăn. “{NAMED.replace(' ở ', chr(10) + 'ở ')}” (Xã A). Đã xử lý."
    above = above_of(opened, quoted)
    redact_text(version=version, place="narrative", key="causes", reason="Nêu tên", by=opened.central_desk)
    held = above.versions.get()
    assert held.narrative == {"causes": "Còn khó khăn. “[đã gỡ bỏ]” (Xã A). Đã xử lý.", "results": "Đã làm"}
    (seal,) = held.seals.exclude(redacted_at=None)
    assert (seal.key, seal.salt, seal.redaction_reason) == ("causes", "", "Nêu tên")
    assert list(broken_seals()) == []
    ReportVersion.objects.filter(pk=held.pk).update(narrative={**held.narrative, "causes": "Khác"})
    assert len(list(broken_seals())) == 1
    ReportVersion.objects.filter(pk=held.pk).update(narrative=held.narrative)
    redact_text(version=held, place="narrative", key="causes", reason="Gỡ cả đoạn", by=opened.central_desk)
    assert above.versions.get().narrative == {"results": "Đã làm"}
    assert list(broken_seals()) == []


def test_a_short_text_is_not_struck_inside_other_sentences(opened: World) -> None:
    version = submitted(opened, narrative={"results": "Đã làm"})
    above = above_of(opened, "Đã làm nhiều việc")
    redact_text(version=version, place="narrative", key="results", reason="x", by=opened.central_desk)
    assert above.versions.get().narrative == {"causes": "Đã làm nhiều việc", "results": "[đã gỡ bỏ]"}


def test_an_open_draft_does_not_bring_a_redacted_text_back(opened: World) -> None:
    version = submitted(opened)
    report = opened.report_of(opened.units[0])
    return_report(report=report, reason="Xem lại", by=opened.provincial_desk)
    texts: dict[str, Any] = {"notes": {"B01": NAMED, "B02": "Đủ"}, "narrative": {"causes": NAMED}}
    save_draft(report=report, cells=CELLS, by=opened.officer(), **texts)
    redact_text(version=version, place="note", key="B01", reason="Nêu tên", by=opened.central_desk)
    draft = report.versions.get(state="draft")
    assert (draft.notes, draft.narrative) == ({"B02": "Đủ"}, {"causes": NAMED})


def corrected_and_returned(world: World) -> ReportVersion:
    """Version 1 accepted, corrected for a reason, the correction returned for a reason; both name a person."""
    submitted(world)
    report = world.report_of(world.units[0])
    accept_report(report=report, by=world.provincial_desk)
    figures = CELLS | {"B01": "7"}
    correct_report(report=report, cells=figures, reason=NAMED, by=world.officer(), origin=Origin.FORM)
    report.refresh_from_db()
    return_report(report=report, reason=f"{NAMED}, xem lại", by=world.provincial_desk)
    return ReportVersion.objects.get(report=report, number=2)


def test_reasons_stand_under_their_seals_and_not_in_the_audit_log(opened: World) -> None:
    version = corrected_and_returned(opened)
    places = set(version.seals.values_list("place", flat=True))
    assert {"correction", "return"} <= places
    told = json.dumps(list(AuditEvent.objects.values_list("details", flat=True)), ensure_ascii=False)
    assert NAMED not in told
    assert list(broken_seals()) == []


@pytest.mark.parametrize(
    ("place", "left"), [("correction", ("", f"{NAMED}, xem lại")), ("return", (NAMED, "[…]"))]
)
def test_a_reason_is_taken_out_and_its_tombstone_stays(
    opened: World, place: str, left: tuple[str, str]
) -> None:
    version = corrected_and_returned(opened)
    redact_text(version=version, place=place, key="", reason="Có dữ liệu cá nhân", by=opened.central_desk)
    version.refresh_from_db()
    assert (version.reason, version.return_reason) == left
    seal = version.seals.get(place=place)
    assert (seal.salt, seal.redaction_reason) == ("", "Có dữ liệu cá nhân")
    assert list(broken_seals()) == []
    seal_events()
    assert list(broken_links()) == []


@pytest.mark.parametrize("field", ["reason", "return_reason"])
def test_a_reason_changed_behind_the_systems_back_is_found(opened: World, field: str) -> None:
    version = corrected_and_returned(opened)
    ReportVersion.objects.filter(pk=version.pk).update(**{field: "khác"})
    assert len(list(broken_seals())) == 1


def test_a_seal_of_a_return_that_goes_missing_is_found(opened: World) -> None:
    version = corrected_and_returned(opened)
    version.seals.filter(place="return").delete()
    assert len(list(broken_seals())) == 1
