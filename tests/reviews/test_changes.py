"""What changed in a review and why, and who is told: late reports, corrections, reports that left, the catalogue."""

from datetime import UTC, datetime
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from phoihop.accounts.models import User
from phoihop.areas.actions.derived import rebuild_derived
from phoihop.audit.actions import record
from phoihop.core import clock
from phoihop.indicators.models import IndicatorVersion
from phoihop.orgs.enums import Role
from phoihop.periods import Span, parse_period
from phoihop.reports.actions import accept_report, correct_report
from phoihop.reports.enums import Origin, ReportState
from phoihop.reports.models import LedgerEntry, Report, ReportingPeriod
from phoihop.reviews.actions import (
    ask_figures,
    asking,
    compose_review,
    edit_section,
    freeze_review,
    noting,
    publish_review,
)
from phoihop.reviews.actions.asking import compute_asked
from phoihop.reviews.actions.noting import note_changes
from phoihop.reviews.checks.quoted import quoted_figures_changed
from phoihop.reviews.compose.gathering.question import Question
from phoihop.reviews.compose.gathering.rolled import roll
from phoihop.reviews.models import AskedFigures, DraftRun, FailedCheck, Review, ReviewVersion
from phoihop.reviews.queries import Compared, compared, context_of, with_draft
from phoihop.reviews.queries.changes import changed_now
from phoihop.reviews.queries.checked import BETWEEN
from phoihop.reviews.queries.moved import moved_reviews, quotes_moved_below
from phoihop.reviews.queries.sides import side_of
from phoihop.rollup.ledger import last_seq
from tests.reports.world import accepted
from tests.reviews.world import H1, ReviewWorld, approved

LATER = datetime(2026, 7, 20, 3, tzinfo=UTC)


@pytest.fixture
def version(world: ReviewWorld) -> ReviewVersion:
    """The second commune has not reported yet: 4 + 10 sessions."""
    world.accept(world.units[0], {"B01": "4", "B02": "400"})
    world.accept(world.base.desk, {"B01": "10", "B02": "1100"})
    return freeze_review(review=world.composed(state="received"), by=None, render=False)


def correct(world: ReviewWorld, cells: dict[str, str], by: User | None = None, index: int = 0) -> Report:
    report = world.base.report_of(world.units[index], world.period)
    given: dict[str, Any] = {"by": by, "origin": Origin.FORM, "simulated": True}
    with clock.pinned(LATER):
        correct_report(report=report, cells=cells, reason="Bổ sung một cuộc", **given)
        return accept_report(report=report, by=None)


def with_now(stand: ReviewVersion | DraftRun) -> Compared:
    ask_figures(stand=stand, by=None)
    compute_asked()
    return compared(stand, None)


def why(found: Compared, key: str) -> list[tuple[str, str | None, str | None]]:
    row = next(row for row in found.rows if row.key == key)
    return [(reason.kind.value, reason.then, reason.now) for reason in row.reasons]


def value(found: Compared, key: str) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    row = next(row for row in found.rows if row.key == key)
    return row.before, row.after, row.difference


def test_late_report_and_correction_are_named_under_the_figures_they_moved(
    world: ReviewWorld, version: ReviewVersion
) -> None:
    officer = world.base.user(world.units[0], Role.REPORTING_OFFICER)
    with clock.pinned(LATER):
        world.accept(world.units[1], {"B01": "6", "B02": "500"}, at=LATER)
    correct(world, {"B01": "5", "B02": "400"}, officer)
    found = with_now(version)
    assert value(found, "B01") == (14, 21, 7)
    assert sorted(why(found, "B01")) == [("correction", "4", "5"), ("late", None, "6")]
    assert why(found, "B02") == [("late", None, "500")]  # the correction left it as it was
    told = next(row for row in found.rows if row.key == "B01").reasons
    correction = next(reason for reason in told if reason.kind == "correction")
    assert (correction.by, correction.said) == (officer.username, "Bổ sung một cuộc")
    assert (correction.number_before, correction.number_after, correction.at) == (1, 2, LATER)


def test_reason_stays_within_the_figures_area(world: ReviewWorld) -> None:
    """Both communes corrected theirs; each commune's figure names its own report, the province's both."""
    world.accept_all()
    province = world.composed(area=world.base.province, slug="province", state="received")
    version = freeze_review(review=province, by=None, render=False)
    correct(world, {"B01": "5", "B02": "400"}, index=0)
    correct(world, {"B01": "8", "B02": "500"}, index=1)
    found = with_now(version)
    first, second = world.base.communes
    assert why(found, f"B01@{first.pk}") == [("correction", "4", "5")]
    assert why(found, f"B01@{second.pk}") == [("correction", "6", "8")]
    assert sorted(why(found, "B01")) == [("correction", "4", "5"), ("correction", "6", "8")]


def test_unchanged_figures_have_no_reasons(world: ReviewWorld, version: ReviewVersion) -> None:
    found = with_now(version)
    assert found.changed == []
    assert {row.reasons for row in found.rows} == {()}
    assert len(found.rows) > 5


def test_report_that_left_the_list_is_a_reason(world: ReviewWorld, version: ReviewVersion) -> None:
    report = world.base.report_of(world.units[0], world.period)
    Report.objects.filter(pk=report.pk).update(state=ReportState.WITHDRAWN)
    LedgerEntry.objects.create(seq=last_seq() + 1, report=report, version=None, at=LATER)
    found = with_now(version)
    assert value(found, "B01") == (14, 10, -4)
    assert why(found, "B01") == [("gone", "4", None)]


def test_two_frozen_versions_are_compared_as_they_were_frozen(
    world: ReviewWorld, version: ReviewVersion
) -> None:
    correct(world, {"B01": "5", "B02": "400"})
    second = freeze_review(review=compose_review(review=version.review, by=None), by=None, render=False)
    correct(world, {"B01": "9", "B02": "400"})
    assert value(compared(version, second), "B01") == (14, 15, 1)
    assert why(compared(version, second), "B01") == [("correction", "4", "5")]
    assert value(with_now(second), "B01") == (15, 19, 4)


def test_confirmed_figure_names_the_report_whose_confirmed_version_moved(world: ReviewWorld) -> None:
    world.accept_all()
    version = freeze_review(review=world.composed(), by=None, render=False)
    correct(world, {"B01": "5", "B02": "400"})
    assert with_now(version).changed == []  # the province has not confirmed it
    desk = world.base.report_of(world.base.desk, world.period)
    with clock.pinned(LATER):
        correct_report(
            report=desk, cells={"B01": "10", "B02": "1100"}, reason="Theo cấp xã", by=None, origin=Origin.FORM,
            simulated=True,
        )  # fmt: skip
        accept_report(report=desk, by=None)
    found = with_now(version)
    assert value(found, "B01") == (20, 21, 1)
    assert why(found, "B01") == [("correction", "4", "5")]


def test_acts_on_the_map_and_the_catalogue_stand_beside_the_reports(
    world: ReviewWorld, version: ReviewVersion
) -> None:
    """Loading the map touches every figure, a new definition only the figures that use it."""
    correct(world, {"B01": "5", "B02": "450"})
    with clock.pinned(LATER):
        record("load_indicators", world.base.programme, details={"new_versions": ["B01"], "ended": []})
        record("load_areas", world.base.country, details={"changed": 1})
    found = with_now(version)
    assert sorted(kind for kind, *_ in why(found, "B01")) == ["correction", "definition", "map"]
    assert sorted(kind for kind, *_ in why(found, "B02")) == ["correction", "map"]


def test_acts_before_the_figures_were_computed_are_no_reason(
    world: ReviewWorld, version: ReviewVersion
) -> None:
    """By the audit log's order, not by the clock: a review may be dated before its map was loaded."""
    with clock.pinned(LATER):
        record("load_areas", world.base.country, details={"changed": 1})
    review = compose_review(review=version.review, by=None)
    with clock.pinned(datetime(2026, 6, 16, 1, tzinfo=UTC)):
        second = freeze_review(review=review, by=None, render=False)
    correct(world, {"B01": "5", "B02": "450"})
    assert sorted(kind for kind, *_ in why(with_now(version), "B01")) == ["correction", "map"]
    assert sorted(kind for kind, *_ in why(with_now(second), "B01")) == ["correction"]


def test_another_wording_of_the_definition_is_named(world: ReviewWorld, version: ReviewVersion) -> None:
    correct(world, {"B01": "5", "B02": "450"})
    IndicatorVersion.objects.filter(indicator__code="B01").update(definition_vi="Cách đếm khác")
    found = with_now(version)
    assert sorted(kind for kind, *_ in why(found, "B01")) == ["correction", "definition"]
    assert sorted(kind for kind, *_ in why(found, "B02")) == ["correction"]


def test_correction_is_told_to_the_reviews_issuers_and_to_nobody_else(
    world: ReviewWorld, version: ReviewVersion
) -> None:
    assert [check.changed for check in note_changes()] == [0]
    correct(world, {"B01": "5", "B02": "400"})
    (check,) = note_changes()
    assert (check.version, check.moved_at) == (version, LATER)
    assert check.changed == len(with_now(version).changed) > 0
    assert list(moved_reviews([world.base.centre])) == [check]
    assert list(moved_reviews([world.base.desk])) == []
    assert note_changes() == []  # nothing since


def test_one_review_that_cannot_be_computed_does_not_keep_the_others_from_it(
    world: ReviewWorld, version: ReviewVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither those looked at again by themselves nor those asked for."""
    other = freeze_review(review=world.composed(slug="khac", state="received"), by=None, render=False)
    correct(world, {"B01": "5", "B02": "400"})

    def breaks_at_the_first(found: ReviewVersion, **more: Any) -> Any:
        if found == version:
            raise KeyError("figures")
        return changed_now(found, **more)

    monkeypatch.setattr(noting, "changed_now", breaks_at_the_first)
    assert [check.version for check in note_changes()] == [other]
    assert list(FailedCheck.objects.values_list("version", flat=True)) == [version.pk]

    for each in (version, other):
        ask_figures(stand=each, by=None)

    def broken_side(stand: ReviewVersion) -> Any:
        if stand == version:
            raise KeyError("provenance")
        return side_of(stand)

    monkeypatch.setattr(asking, "side_of", broken_side)
    assert [asked.version for asked in compute_asked()] == [other]
    assert not AskedFigures.objects.filter(is_waiting=True).exists()


def test_new_version_ends_the_notice(world: ReviewWorld, version: ReviewVersion) -> None:
    correct(world, {"B01": "5", "B02": "400"})
    note_changes()
    assert moved_reviews([world.base.centre]).count() == 1
    freeze_review(review=compose_review(review=version.review, by=None), by=None, render=False)
    assert moved_reviews([world.base.centre]).count() == 0
    note_changes()
    assert moved_reviews([world.base.centre]).count() == 0


@pytest.fixture
def quoting(world: ReviewWorld) -> ReviewVersion:
    """The centre's review quotes the province's, which says in its limits how many sessions were held."""
    world.accept_all()
    below = world.composed(area=world.base.province, slug="province", state="received")
    said = [{"kind": "bullet", "vi": "Mới tổ chức [[B01]].", "en": "Only [[B01]] were held."}]
    edit_section(section=below.sections.get(key="limits"), blocks=said, by=None)
    version = freeze_review(review=below, by=None, render=False)
    above = world.composed(state="received", quotes=[version])
    (quoted,) = [each for each in above.sections.get(key="limits").blocks if each["kind"] == "quote"]
    assert "20 cuộc" in quoted["vi"]
    return freeze_review(review=above, by=None, render=False)


def test_review_that_quotes_a_moved_figure_is_told(world: ReviewWorld, quoting: ReviewVersion) -> None:
    assert quotes_moved_below([world.base.centre]) == []
    correct(world, {"B01": "5", "B02": "400"})
    note_changes()
    (told,) = quotes_moved_below([world.base.centre])
    assert (told.review, told.number, told.check.version.review.slug) == (quoting.review, 1, "province")
    assert (told.check.quoted, told.later) == (1, None)
    assert quotes_moved_below([world.base.desk]) == []
    assert "1 số liệu được trích đã thay đổi" in quoted_figures_changed(quoting.review)[0].vi


def test_figure_that_moved_and_is_not_quoted_tells_nobody_above(
    world: ReviewWorld, quoting: ReviewVersion
) -> None:
    correct(world, {"B01": "4", "B02": "450"})
    note_changes()
    assert moved_reviews([world.base.desk]).count() == 1
    assert quotes_moved_below([world.base.centre]) == []


def test_composing_again_quotes_what_was_published_since_and_ends_the_notice(
    world: ReviewWorld, quoting: ReviewVersion
) -> None:
    correct(world, {"B01": "5", "B02": "400"})
    note_changes()
    below = compose_review(review=quoting.quotes.get().review, by=None)
    again = freeze_review(review=below, by=None, render=False)
    assert compose_review(review=quoting.review, by=None).quotes.get().number == 1  # not approved yet
    note_changes()
    assert len(quotes_moved_below([world.base.centre])) == 1  # the older version is quoted still, and watched
    publish_review(version=approved(again), audience="public", by=None)
    assert quotes_moved_below([world.base.centre])[0].later == 2
    above = compose_review(review=quoting.review, by=None)
    (quoted,) = [each for each in above.sections.get(key="limits").blocks if each["kind"] == "quote"]
    assert ("21 cuộc" in quoted["vi"], above.quotes.get().number) == (True, 2)
    newest = freeze_review(review=above, by=None, render=False)
    assert [each.number for each in quoting.quotes.all()] == [1]
    assert [each.number for each in newest.quotes.all()] == [2]
    assert quotes_moved_below([world.base.centre]) == []


BEFORE = parse_period("ADM-2025-H2")


@pytest.fixture
def year(world: ReviewWorld) -> ReviewVersion:
    """Two halves, each shown by itself, compared with the year before."""
    period = world.base.open(BEFORE)
    for organisation, cells in ((world.units[0], {"B01": "3"}), (world.base.desk, {"B01": "2"})):
        accepted(world.base.report_of(organisation, period), cells)
    world.accept_all()
    review = world.composed(slug="year", state="received", span=Span(BEFORE.start, H1.end))
    return freeze_review(review=review, by=None, render=False)


def test_only_windows_that_were_touched_are_computed_again_and_the_rest_is_as_it_was_known(
    world: ReviewWorld, year: ReviewVersion
) -> None:
    assert {key for key in context_of(year)["figures"] if key.startswith("B01:")} == {
        "B01:ADM-2025-H2", "B01:ADM-2026-H1",
    }  # fmt: skip
    correct(world, {"B01": "5", "B02": "400"})
    (first,) = note_changes()
    assert first.values["B01:ADM-2026-H1"] == "21"
    assert "B01:ADM-2025-H2" not in first.values
    before = world.base.report_of(world.units[0], ReportingPeriod.objects.get(code=BEFORE.code))
    with clock.pinned(LATER):
        correct_report(
            report=before, cells={"B01": "4"}, reason="x", by=None, origin=Origin.FORM, simulated=True
        )
        accept_report(report=before, by=None)
    with clock.pinned(LATER + 2 * BETWEEN):
        (second,) = note_changes()
    whole = {each.key: each.now for each in changed_now(year)}
    assert second.values == whole
    assert (whole["B01"], whole["B01:ADM-2025-H2"], whole["B01:ADM-2026-H1"]) == ("27", "6", "21")


def test_window_nobody_touched_costs_nothing(world: ReviewWorld, year: ReviewVersion) -> None:
    question = Question.from_json(context_of(year)["provenance"]["question"], upto=last_seq())
    touched = roll(question, touched={("half", "ADM-2026-H1")})
    assert touched.windows == {"ADM-2026-H1"}
    assert [touched.has(key) for key in ("B01", "B01@1", "B01:ADM-2026-H1", "B01:ADM-2025-H2", "B01#previous")] == [
        True, True, True, False, False,
    ]  # fmt: skip
    assert roll(question).windows == {"ADM-2025-H2", "ADM-2026-H1"}


def test_version_is_compared_with_the_run_of_the_draft(world: ReviewWorld, version: ReviewVersion) -> None:
    """What was accepted after the draft was composed belongs to no run yet."""
    assert with_draft(version).changed == []
    correct(world, {"B01": "5", "B02": "400"})
    compose_review(review=version.review, by=None)
    correct(world, {"B01": "9", "B02": "400"})
    version.review.refresh_from_db()
    found = with_draft(version)
    assert value(found, "B01") == (14, 15, 1)
    assert why(found, "B01") == [("correction", "4", "5")]
    assert (found.is_draft, found.second, found.ledger) == (
        True,
        None,
        (version.ledger_seq, version.ledger_seq + 1),
    )
    assert value(with_now(version), "B01") == (14, 19, 5)


@pytest.fixture
def draft(world: ReviewWorld) -> Review:
    """Composed before the second commune reported: 4 + 10 sessions."""
    world.accept(world.units[0], {"B01": "4", "B02": "400"})
    world.accept(world.base.desk, {"B01": "10", "B02": "1100"})
    return world.composed(state="received")


def runs(review: Review) -> list[DraftRun]:
    return list(review.draft_runs.order_by("number"))


def test_every_composing_keeps_its_run(world: ReviewWorld, draft: Review) -> None:
    correct(world, {"B01": "5", "B02": "400"})
    compose_review(review=draft, by=world.base.central_desk)
    first, second = runs(draft)
    assert (first.number, second.number, second.composed_by) == (1, 2, world.base.central_desk)
    assert [each.figures["B01"]["value"] for each in (first, second)] == ["14", "15"]
    assert (second.run, second.ledger_seq) == (draft.run, first.ledger_seq + 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        DraftRun.objects.filter(pk=second.pk).update(number=1)


def test_two_runs_of_a_draft_differ_by_a_late_report_a_correction_and_the_map(
    world: ReviewWorld, draft: Review
) -> None:
    """Only what was done between the two is a reason; what came after belongs to neither."""
    with clock.pinned(LATER):
        world.accept(world.units[1], {"B01": "6", "B02": "500"}, at=LATER)
        record("load_areas", world.base.country, details={"changed": 1})
    correct(world, {"B01": "5", "B02": "400"})
    compose_review(review=draft, by=None)
    correct(world, {"B01": "9", "B02": "400"})
    record("load_areas", world.base.country, details={"changed": 1})
    compose_review(review=draft, by=None)
    first, second, third = runs(draft)
    assert value(compared(first, second), "B01") == (14, 21, 7)
    assert sorted(why(compared(first, second), "B01")) == [
        ("correction", "4", "5"), ("late", None, "6"), ("map", None, None),
    ]  # fmt: skip
    assert sorted(why(compared(second, third), "B01")) == [("correction", "5", "9"), ("map", None, None)]
    assert why(compared(second, third), "B02") == []
    assert value(compared(first, third), "B01") == (14, 25, 11)
    assert with_now(third).changed == with_draft(third).changed == []


def test_run_is_compared_with_now(world: ReviewWorld, draft: Review) -> None:
    (first,) = runs(draft)
    correct(world, {"B01": "5", "B02": "400"})
    assert value(with_now(first), "B01") == (14, 15, 1)
    assert why(with_now(first), "B01") == [("correction", "4", "5")]


def test_run_under_another_map_says_so(world: ReviewWorld, draft: Review) -> None:
    rebuild_derived()
    Review.objects.filter(pk=draft.pk).update(map_key="open")
    correct(world, {"B01": "5", "B02": "400"})
    compose_review(review=Review.objects.get(pk=draft.pk), by=None)
    found = compared(*runs(draft))
    row = next(row for row in found.rows if row.key == "B01")
    assert "reported → open" in [reason.said for reason in row.reasons if reason.kind == "map"]


def test_draft_composed_before_runs_were_kept_becomes_their_first(world: ReviewWorld, draft: Review) -> None:
    kept = runs(draft)[0]
    DraftRun.objects.all().delete()
    migration = import_module("phoihop.reviews.migrations.0007_draft_runs")
    migration.keep_last_run(apps, None)
    (again,) = runs(draft)
    assert (again.number, again.figures, again.basis) == (1, kept.figures, kept.basis)
