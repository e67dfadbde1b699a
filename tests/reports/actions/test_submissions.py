from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from phoihop.audit.models import AuditEvent
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.orgs.enums import Role
from phoihop.periods import format_day
from phoihop.reports.actions import (
    Explanation,
    accept_report,
    correct_report,
    follow_reorganisations,
    return_report,
    save_draft,
    submit_report,
)
from phoihop.reports.content import content_hash, report_key, version_key
from phoihop.reports.enums import Origin, ReportState, VersionState
from phoihop.reports.errors import ChecksFailed, ExplanationNeeded
from phoihop.reports.models import Exemption, Report, ReportVersion
from tests.factories.indicators import indicator
from tests.reports.world import CELLS, H1, IN_TIME, LATE, World, accepted, submitted

FEW = {"B01": "4", "B02": "8"}  # two people a session: to be explained


def submit(world: World, cells: dict[str, Any] | None = None, **fields: Any) -> Report:
    """The first commune's officer hands in its report."""
    given = {"report": world.report_of(world.units[0]), "by": world.officer(), "origin": Origin.FORM}
    return submit_report(**{**given, "cells": CELLS if cells is None else cells, **fields})


def version_of(report: Report) -> ReportVersion:
    assert report.latest_version is not None
    return report.latest_version


def test_submitting_makes_the_first_version(world: World) -> None:
    world.open()

    report = submit(world, notes={"B01": " kể cả lưu động "}, narrative={"results": "Tốt"})

    stored = ReportVersion.objects.get(report=report)
    assert (stored.number, stored.state) == (1, VersionState.SUBMITTED)
    assert (stored.cells, stored.consolidated) == (CELLS, [])
    assert stored.notes == {"B01": "kể cả lưu động"}
    assert stored.narrative == {"results": "Tốt"}
    assert (stored.submitted_by, stored.origin, stored.is_simulated) == (world.officer(), "form", False)
    assert (stored.covers_from, stored.covers_until) == (H1.start, H1.end)
    assert stored.content_hash == content_hash(report_key(report), stored)
    fresh = Report.objects.get(pk=report.pk)
    assert (fresh.state, fresh.latest_version, fresh.accepted_version) == (
        ReportState.SUBMITTED,
        stored,
        None,
    )


def test_blank_is_not_reported_and_zero_is(world: World) -> None:
    world.open()

    report = submit(world, {"B01": " 0 ", "B02": "", "X": None})

    assert version_of(report).cells == {"B01": "0"}


@pytest.mark.parametrize(
    ("typed", "kept"), [("007", "7"), ("7.50", "7.5"), (7, "7"), ("NA", "na"), ("-0", "0")]
)
def test_figures_are_kept_in_one_way_of_writing(world: World, typed: object, kept: str) -> None:
    indicator("T01", programme=world.programme, decimals=2)
    world.open()

    assert version_of(submit(world, {"T01": typed})).cells == {"T01": kept}


def test_nothing_at_all_is_no_report(world: World) -> None:
    world.open()

    with pytest.raises(DomainError, match="0"):
        submit(world, {"B01": " "})


def test_errors_refuse_and_name_every_cell(world: World) -> None:
    world.open()

    with pytest.raises(ChecksFailed) as refusal:
        submit(world, {"B01": "-1", "B02": "1.234,5", "Q99": "1"})

    assert {finding.codes for finding in refusal.value.findings} == {("B01",), ("B02",), ("Q99",)}
    assert not ReportVersion.objects.exists()
    assert world.report_of(world.units[0]).state == ReportState.EXPECTED


def test_warning_needs_an_explanation(world: World) -> None:
    world.open()

    with pytest.raises(ExplanationNeeded) as refusal:
        submit(world, FEW)

    assert [finding.check for finding in refusal.value.findings] == ["plausible_ratio"]


@pytest.mark.parametrize(
    "explained",
    [
        {"notes": {"B02": "Vùng sâu, mỗi buổi hai người"}},
        {"notes": {"B01": "Vùng sâu, mỗi buổi hai người"}},
        {"waivers": [Explanation("plausible_ratio", "Vùng sâu, mỗi buổi hai người")]},
        {"waivers": [Explanation("plausible_ratio", "Vùng sâu, mỗi buổi hai người", "B01")]},
    ],
)
def test_explained_warning_travels_with_the_figure(world: World, explained: dict[str, Any]) -> None:
    world.open()

    version = version_of(submit(world, FEW, **explained))

    waiver = version.waivers.get()
    assert (waiver.check_code, waiver.indicator_code) == ("plausible_ratio", "B02")
    assert waiver.explanation == "Vùng sâu, mỗi buổi hai người"


@pytest.mark.parametrize(
    "explained",
    [
        {"notes": {"B03": "ô khác"}},
        {"notes": {"B02": "  "}},
        {"waivers": [Explanation("plausible_range", "kiểm tra khác")]},
        {"waivers": [Explanation("plausible_ratio", "ô khác", "B03")]},
        {"waivers": [Explanation("plausible_ratio", " ")]},
    ],
)
def test_explanation_of_something_else_does_not_count(world: World, explained: dict[str, Any]) -> None:
    world.open()

    with pytest.raises(ExplanationNeeded):
        submit(world, FEW, **explained)


def test_error_is_not_explained_away(world: World) -> None:
    world.open()

    with pytest.raises(ChecksFailed):
        submit(world, {"B01": "-1"}, notes={"B01": "đúng vậy"})


# Time


@pytest.mark.parametrize("last", [date(2026, 6, 14), date(2026, 3, 1)])  # a whole half-year; a closing report
def test_report_of_days_to_come_waits_as_a_draft(world: World, last: date) -> None:
    world.open()
    Report.objects.filter(organisation=world.units[0]).update(covers_until=last + timedelta(days=1))
    evening_before = datetime(last.year, last.month, last.day, 16, 59, tzinfo=UTC) - timedelta(days=1)

    with time_machine.travel(evening_before, tick=False):
        with pytest.raises(Conflict) as refusal:
            submit(world)
        report = save_draft(report=world.report_of(world.units[0]), cells=CELLS, by=world.officer())

    assert format_day(last) in str(refusal.value)
    assert "bản nháp" in str(refusal.value)
    assert (report.state, report.is_on_time) == (ReportState.DRAFT, None)
    with time_machine.travel(evening_before + timedelta(minutes=1), tick=False):  # its last day in Viet Nam
        assert (submit(world).state, submit(world, {**CELLS, "B01": "5"}).is_on_time) == (
            ReportState.SUBMITTED,
            True,
        )


@pytest.mark.parametrize(
    ("at", "on_time"),
    [
        (datetime(2026, 6, 16, 16, 59, tzinfo=UTC), True),  # 23:59 on the deadline in Viet Nam
        (datetime(2026, 6, 16, 17, tzinfo=UTC), False),
    ],
)
def test_timeliness_is_by_the_vietnamese_day(world: World, at: datetime, on_time: bool) -> None:
    world.open()

    with time_machine.travel(at, tick=False):
        report = submit(world)

    assert (report.first_submitted_at, report.is_on_time) == (at, on_time)
    assert Report.objects.get(pk=report.pk).is_on_time is on_time


def test_late_stays_late_and_in_time_stays_in_time(world: World) -> None:
    world.open()
    late = submitted(world.report_of(world.units[0]), at=LATE)
    early = submitted(world.report_of(world.units[1]))
    for report in (late, early):
        return_report(report=report, reason="Thiếu số liệu", by=None)

    late = submitted(late, {**CELLS, "B01": "5"}, at=IN_TIME)
    early = submitted(early, {**CELLS, "B01": "5"}, at=LATE)

    for report in (late, early):
        handed_back = (report.is_on_time, report.first_submitted_at)
        report.refresh_from_db()
        assert (report.is_on_time, report.first_submitted_at) == handed_back
    assert (late.is_on_time, late.first_submitted_at) == (False, LATE)
    assert (early.is_on_time, early.first_submitted_at) == (True, IN_TIME)


# Versions


def test_each_submission_is_the_next_version_and_nothing_is_overwritten(world: World) -> None:
    world.open()
    first = submit(world)
    before = ReportVersion.objects.values().get(report=first)

    submit(world, {**CELLS, "B01": "5"})
    return_report(report=first, reason="Sai B01", by=None)
    submit(world, {**CELLS, "B01": "6"})

    versions = ReportVersion.objects.filter(report=first)
    assert [version.number for version in versions] == [1, 2, 3]
    assert [version.state for version in versions] == ["submitted", "returned", "submitted"]
    assert ReportVersion.objects.values().get(pk=before["id"]) == before


def test_same_figures_again_change_nothing(world: World) -> None:
    world.open()
    submit(world)

    with pytest.raises(Conflict, match=r"kỳ 6 tháng đầu năm 2026 \(15/12/2025–14/06/2026\)"):
        submit(world)
    assert ReportVersion.objects.count() == 1


@pytest.mark.parametrize(
    "changed",
    [{"notes": {"B01": "ghi chú"}}, {"narrative": {"results": "khác"}}, {"cells": {**CELLS, "B01": "5"}}],
)
def test_anything_else_again_is_a_new_version(world: World, changed: dict[str, Any]) -> None:
    world.open()
    submit(world)

    assert version_of(submit(world, **changed)).number == 2


def test_returned_figures_may_be_handed_in_again_as_they_are(world: World) -> None:
    world.open()
    return_report(report=submit(world), reason="Kiểm tra lại", by=None)

    assert version_of(submit(world)).number == 2


def test_figures_of_days_that_changed_are_a_new_version_even_when_the_same(world: World) -> None:
    period = world.open()
    submitted(world.report_of(world.units[0]))
    world.units[0].valid_until = date(2026, 3, 1)
    world.units[0].save()
    follow_reorganisations(period=period, by=None)

    version = version_of(submitted(world.report_of(world.units[0])))

    assert (version.number, version.covers_until) == (2, date(2026, 3, 1))


# Corrections


def test_correction_needs_a_reason_and_leaves_the_accepted_version_in_force(world: World) -> None:
    world.open()
    report = accepted(world.report_of(world.units[0]))
    first = report.accepted_version

    with pytest.raises(DomainError, match="lý do"):
        submit(world, {**CELLS, "B01": "5"}, reason=" ")
    corrected = submit(world, {**CELLS, "B01": "5"}, reason="Cộng thiếu một cuộc")

    assert corrected.state == ReportState.SUBMITTED
    assert corrected.accepted_version_id == first.pk  # type: ignore[union-attr]
    assert version_of(corrected).reason == "Cộng thiếu một cuộc"
    assert ReportVersion.objects.in_force().get(report=report) == first
    again = accept_report(report=corrected, by=None)
    assert again.accepted_version == version_of(corrected)
    assert ReportVersion.objects.get(pk=first.pk).state == VersionState.ACCEPTED  # type: ignore[union-attr]


def test_returned_correction_still_needs_a_reason_and_still_leaves_the_old_in_force(world: World) -> None:
    world.open()
    first = accepted(world.report_of(world.units[0])).accepted_version
    corrected = submit(world, {**CELLS, "B01": "5"}, reason="Cộng thiếu")
    returned = return_report(report=corrected, reason="Chưa rõ", by=None)
    assert (returned.state, returned.accepted_version_id) == (ReportState.RETURNED, first.pk)  # type: ignore[union-attr]

    with pytest.raises(DomainError, match="lý do"):
        submit(world, {**CELLS, "B01": "6"})


def test_correcting_what_was_never_accepted_is_refused(world: World) -> None:
    world.open()
    report = submit(world)

    with pytest.raises(Conflict):
        correct_report(
            report=report, cells={**CELLS, "B01": "5"}, reason="x", by=world.officer(), origin=Origin.FORM
        )


def test_reason_too_long_is_refused(world: World) -> None:
    world.open()

    with pytest.raises(DomainError, match="501"):
        submit(world, reason="x" * 501)


# Pins


def test_superior_stands_on_the_accepted_reports_it_accepts(world: World) -> None:
    world.open()
    first = accepted(world.report_of(world.units[0])).accepted_version
    submitted(world.report_of(world.units[1]))

    above = submitted(world.report_of(world.desk))

    assert set(version_of(above).pins.all()) == {first}


def test_superior_does_not_stand_on_a_report_taken_off_the_list(world: World) -> None:
    period = world.open()
    accepted(world.report_of(world.units[0]))
    Exemption.objects.create(form=world.form, area=world.communes[0], reason="Lũ")
    follow_reorganisations(period=period, by=None)

    assert version_of(submitted(world.report_of(world.desk))).pins.count() == 0


def test_superior_may_choose_among_them_but_not_beyond(world: World) -> None:
    world.open()
    first, second = (accepted(world.report_of(unit)).accepted_version for unit in world.units)
    waiting = submitted(world.report_of(world.units[1]), {**CELLS, "B01": "9"}, reason="x").latest_version

    above = submitted(world.report_of(world.desk), pins=[second])
    assert set(version_of(above).pins.all()) == {second}

    for wrong in ([waiting], [first, waiting]):
        with pytest.raises(DomainError):
            submitted(world.report_of(world.desk), {**CELLS, "B01": "5"}, pins=wrong)


def test_superior_submits_again_when_only_what_it_stands_on_changed(world: World) -> None:
    world.open()
    submitted(world.report_of(world.desk))
    accepted(world.report_of(world.units[0]))

    again = submitted(world.report_of(world.desk))

    assert (version_of(again).number, version_of(again).pins.count()) == (2, 1)


# Who


def test_heir_enters_the_closing_report(world: World) -> None:
    unit = world.units[0]
    heir = world.units[1]
    unit.valid_until = date(2026, 3, 1)
    unit.save()
    unit.heir_links.create(successor=heir, on=date(2026, 3, 1))
    world.open()
    report = world.report_of(unit)

    with pytest.raises(NotAllowed):
        submit(world, by=world.user(world.centre, Role.REPORTING_OFFICER))
    assert submit(world, by=world.officer(1)).latest_version.submitted_by == world.officer(1)  # type: ignore[union-attr]
    assert report.entered_by == heir


@pytest.mark.parametrize(
    ("role", "origin", "may"),
    [
        (Role.PROVINCIAL_DESK, Origin.BULK_FILE, True),
        (Role.PROVINCIAL_DESK, Origin.FORM, False),
        (Role.PROVINCIAL_DESK, Origin.WORKBOOK, False),
        (Role.APPROVER, Origin.BULK_FILE, False),
        (Role.READER, Origin.BULK_FILE, False),
    ],
)
def test_file_for_many_units_is_handed_in_by_the_desk_above(
    world: World, role: Role, origin: Origin, may: bool
) -> None:
    world.open()
    user = world.user(world.desk, role)

    if may:
        assert submit(world, by=user, origin=origin).state == ReportState.SUBMITTED
    else:
        with pytest.raises(NotAllowed):
            submit(world, by=user, origin=origin)


def test_submission_is_audited_with_its_hash(world: World) -> None:
    world.open()

    version = version_of(submit(world))

    event = AuditEvent.objects.get(action="submit_report")
    assert (event.actor, event.organisation) == (world.officer().username, world.units[0].slug)
    assert (event.details["version"], event.details["content_hash"]) == (1, version.content_hash)


def test_version_keeps_its_hash_when_the_report_is_shortened_later(world: World) -> None:
    period = world.open()
    version = version_of(submit(world))
    world.units[0].valid_until = date(2026, 3, 1)
    world.units[0].save()

    follow_reorganisations(period=period, by=None)

    stored = ReportVersion.objects.get(pk=version.pk)
    assert stored.report.covers_until == date(2026, 3, 1)
    assert content_hash(version_key(stored), stored) == stored.content_hash
    assert content_hash(report_key(stored.report), stored) != stored.content_hash
