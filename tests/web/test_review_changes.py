"""The page that says what changed in a review and why, its download, the notices, and the register of numbers."""

from html import unescape
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from phoihop.audit.models import AuditEvent
from phoihop.core import clock
from phoihop.orgs.enums import Role
from phoihop.reports.actions import accept_report, correct_report
from phoihop.reports.enums import Origin
from phoihop.reviews.actions import asking, compose_review, freeze_review, give_number, noting, publish_review
from phoihop.reviews.actions.asking import compute_asked
from phoihop.reviews.actions.noting import note_changes
from phoihop.reviews.models import AskedFigures, Review, ReviewVersion
from phoihop.reviews.queries.checked import BETWEEN
from phoihop.web.queries.review_changes import as_of_in_words
from tests.reviews.world import approved
from tests.web.world import PageWorld, client_of

PAGE = "/so-ket/so-ket/thay-doi/"
REGISTER = "/so-ket/so-van-ban/"


@pytest.fixture
def version(world: PageWorld) -> ReviewVersion:
    return world.frozen(state="received")


@pytest.fixture
def desk(world: PageWorld) -> Client:
    return client_of(world.told.base.central_desk)


def correct(world: PageWorld, index: int = 0, sessions: str = "5") -> Any:
    base = world.told.base
    report = base.report_of(base.units[index], world.told.period)
    correct_report(
        report=report, cells={"B01": sessions, "B02": "400"}, reason="Bổ sung một cuộc", by=base.officer(index),
        origin=Origin.FORM, simulated=True,
    )  # fmt: skip
    return accept_report(report=report, by=None)


def text_of(answer: Any) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def test_correction_is_shown_with_reason_person_and_both_versions(
    world: PageWorld, version: ReviewVersion, desk: Client
) -> None:
    report = correct(world)
    note_changes()
    page = text_of(desk.get(PAGE, {"tu": "1"}))
    assert "Đính chính" in page
    assert "“Bổ sung một cuộc”" in page
    assert "4 → 5" in page
    assert world.told.base.officer().username in page
    assert f'href="/bao-cao/{report.pk}/?version=1"' in page
    assert f'href="/bao-cao/{report.pk}/?version=2"' in page


def test_only_differences_until_all_figures_are_asked(
    world: PageWorld, version: ReviewVersion, desk: Client
) -> None:
    assert "Không có số liệu nào thay đổi" in text_of(desk.get(PAGE))
    correct(world)
    note_changes()
    few, every = (len(desk.get(PAGE, asked).context["lines"]) for asked in ({}, {"all": "1"}))
    assert 0 < few < every


def test_page_shows_the_last_comparison_and_that_a_newer_one_is_coming(
    world: PageWorld, version: ReviewVersion, desk: Client
) -> None:
    """Nothing is computed in the request: a national review takes many seconds."""
    correct(world)
    note_changes()
    assert "Đang trình bày" not in text_of(desk.get(PAGE))
    correct(world, 0, "7")
    page = desk.get(PAGE)
    assert (page.context["found"].now.moved, page.context["found"].now.is_coming) == (1, True)
    assert "4 → 5" in text_of(page)
    assert "Đang trình bày tình hình lúc" in text_of(page)
    assert "đã có thêm 1 báo cáo" in text_of(page)
    assert "Tính với số liệu hiện nay" not in text_of(page)
    assert "chưa tính xong lần so sánh mới hơn" in as_of_in_words(page.context["found"])
    with clock.pinned(clock.now() + BETWEEN):
        note_changes()
        page = desk.get(PAGE)
    assert page.context["found"].now.is_current
    assert "4 → 7" in text_of(page)


def test_page_says_that_the_comparison_failed_and_offers_to_have_it_computed(
    world: PageWorld, version: ReviewVersion, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Said to be coming, it would be waited for in vain."""
    correct(world)
    with monkeypatch.context() as broken:
        broken.setattr(noting, "changed_now", refuse)
        assert note_changes() == []
    page = desk.get(PAGE)
    assert not page.context["found"].now.is_coming
    assert "chưa tính được lần so sánh mới hơn" in text_of(page)
    assert "Tính với số liệu hiện nay" in text_of(page)
    assert "Tải lại trang" not in text_of(page)
    desk.post(f"{PAGE}tinh-lai/", {"tu": "1"})
    assert desk.get(PAGE).context["found"].now.is_coming
    with monkeypatch.context() as broken:
        broken.setattr(asking, "changed_at", refuse)
        compute_asked()
    assert "Tính với số liệu hiện nay" in text_of(desk.get(PAGE))
    assert note_changes() == []  # not at every look
    with clock.pinned(clock.now() + BETWEEN):
        assert len(note_changes()) == 1
        assert "4 → 5" in text_of(desk.get(PAGE))
        correct(world, 0, "7")
        assert desk.get(PAGE).context["found"].now.is_coming


def refuse(*_given: Any, **_more: Any) -> Any:
    raise ObjectDoesNotExist


def test_figures_of_now_beside_a_run_are_computed_once_asked_for(world: PageWorld, desk: Client) -> None:
    world.told.composed(state="received")
    assert (
        desk.get(PAGE).context["found"].now.is_current
    )  # nothing came since: the figures are those of the run
    correct(world)
    page = text_of(desk.get(PAGE))
    assert "chưa được tính" in page
    assert "Không có số liệu nào thay đổi" not in page
    sent = desk.post(f"{PAGE}tinh-lai/", {"tu": "run-1"})
    assert (sent.status_code, sent["Location"]) == (302, f"{PAGE}?tu=run-1")
    page = desk.get(PAGE, {"tu": "run-1"})
    assert (page.context["lines"], page.context["found"].now.is_coming) == ([], True)
    assert "Tính với số liệu hiện nay" not in text_of(page)
    compute_asked()
    assert "4 → 5" in text_of(desk.get(PAGE, {"tu": "run-1"}))
    assert compute_asked() == []


def test_older_version_is_held_against_now_once_asked_for(
    world: PageWorld, version: ReviewVersion, desk: Client
) -> None:
    correct(world)
    freeze_review(review=compose_review(review=version.review, by=None), by=None, render=False)
    assert not desk.get(PAGE, {"tu": "1"}).context["found"].now.is_coming
    desk.post(f"{PAGE}tinh-lai/", {"tu": "1"})
    compute_asked()
    assert "4 → 5" in text_of(desk.get(PAGE, {"tu": "1"}))
    assert AuditEvent.objects.filter(action="ask_figures", object_id=str(version.review_id)).count() == 1


@pytest.mark.parametrize(("asked", "status"), [("9", 400), ("", 400), ("run-9", 400), ("1", 302)])
def test_only_what_is_there_can_be_asked_for(
    version: ReviewVersion, desk: Client, asked: str, status: int
) -> None:
    assert desk.post(f"{PAGE}tinh-lai/", {"tu": asked}).status_code == status
    assert AskedFigures.objects.count() == (status == 302)


def test_review_never_composed_has_nothing_to_compare(world: PageWorld, desk: Client) -> None:
    world.told.review(state="received")
    assert "Bản thảo chưa được soạn lần nào" in text_of(desk.get(PAGE))


def test_two_runs_of_a_draft_are_chosen_and_compared_with_why(world: PageWorld, desk: Client) -> None:
    """Nothing is frozen yet: unasked, the last two runs stand side by side."""
    review = world.told.composed(state="received")
    assert desk.get(PAGE).context["sides"] == "lần tổng hợp 1 của bản thảo → số liệu hiện nay"
    for sessions in ("5", "7"):
        correct(world, 0, sessions)
        compose_review(review=review, by=None)
    page = desk.get(PAGE)
    assert page.context["sides"] == "lần tổng hợp 2 của bản thảo → lần tổng hợp 3 của bản thảo"
    assert "5 → 7" in text_of(page)
    asked = desk.get(PAGE, {"tu": "run-3", "den": "run-1"})  # the older first, whichever was named first
    assert asked.context["sides"] == "lần tổng hợp 1 của bản thảo → lần tổng hợp 3 của bản thảo"
    assert "4 → 7" in text_of(asked)
    assert "“Bổ sung một cuộc”" in text_of(asked)
    assert '<option value="run-1" selected>' in asked.content.decode()
    assert '<option value="run-3" selected>' in asked.content.decode()
    line = desk.get(PAGE, {"tu": "run-1", "den": "run-3", "download": "csv"}).content.decode("utf-8-sig")
    assert next(each for each in line.split("\r\n") if each.startswith("B01,")).split(",")[4:7] == [
        "20",
        "23",
        "3",
    ]


def test_version_and_run_are_compared_in_the_order_they_were_made(
    world: PageWorld, version: ReviewVersion, desk: Client
) -> None:
    correct(world)
    compose_review(review=version.review, by=None)
    later = desk.get(PAGE, {"tu": "run-2", "den": "1"})
    assert later.context["sides"] == "phiên bản 1 → lần tổng hợp 2 của bản thảo"
    assert "4 → 5" in text_of(later)
    earlier = desk.get(PAGE, {"tu": "1", "den": "run-1"})  # the version was frozen from that run
    assert earlier.context["sides"] == "lần tổng hợp 1 của bản thảo → phiên bản 1"
    assert earlier.context["lines"] == []


@pytest.mark.parametrize("number", ["9", "x", ""])
def test_run_that_is_not_there_is_refused_with_those_there_are(
    version: ReviewVersion, desk: Client, number: str
) -> None:
    answer = desk.get(PAGE, {"tu": "1", "den": f"run-{number}"})
    assert answer.status_code == 400
    assert f"không có lần tổng hợp số {number}. Hiện có: 1." in text_of(answer)


def test_version_that_is_not_there_is_refused_by_number(version: ReviewVersion, desk: Client) -> None:
    answer = desk.get(PAGE, {"tu": "7"})
    assert (answer.status_code, "7" in text_of(answer)) == (400, True)


def test_download_holds_exact_numbers_and_every_reason(
    world: PageWorld, version: ReviewVersion, desk: Client
) -> None:
    correct(world)
    note_changes()
    text = desk.get(PAGE, {"download": "csv"}).content.decode("utf-8-sig")
    line = next(line for line in text.split("\r\n") if line.startswith("B01,"))
    assert ",20,21,1," in line
    assert "Bổ sung một cuộc" in line
    assert desk.get(PAGE, {"download": "xlsx"}).content.startswith(b"PK")


def test_more_corrections_cost_no_more_queries(
    world: PageWorld, version: ReviewVersion, desk: Client
) -> None:
    second = freeze_review(review=compose_review(review=version.review, by=None), by=None, render=False)
    assert second.number == 2
    counts = []
    for index in (0, 1):
        correct(world, index, "9")
        freeze_review(review=compose_review(review=version.review, by=None), by=None, render=False)
        asked = {"tu": "2", "den": str(index + 3)}
        desk.get(PAGE, asked)
        with CaptureQueriesContext(connection) as held:
            desk.get(PAGE, asked)
        counts.append(len(held))
    assert counts[0] == counts[1]
    assert counts[0] <= 60


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.CENTRAL_DESK, 200), (Role.AUDITOR, 200), (Role.REPORTING_OFFICER, 403), ("guest", 302)],
)
def test_reasons_are_for_those_who_serve_the_area(
    world: PageWorld, version: ReviewVersion, role: Any, status: int
) -> None:
    publish_review(version=approved(version), audience="public", by=None)
    client = Client() if role == "guest" else client_of(world.people()[role])
    assert client.get(PAGE).status_code == status
    asked = client.post(f"{PAGE}tinh-lai/", {"tu": "1"}).status_code
    assert asked == (302 if status == 200 else status)


def test_correction_is_told_on_the_review_in_its_room_and_to_its_issuers_desk(
    world: PageWorld, version: ReviewVersion, desk: Client
) -> None:
    for address in ("/", "/so-ket/so-ket/", "/so-ket/so-ket/soan/"):
        assert "sau khi khóa" not in text_of(desk.get(address))
    correct(world)
    note_changes()
    count = version.__class__.objects.select_related("figure_check").get().figure_check.changed
    for address in ("/", "/so-ket/so-ket/", "/so-ket/so-ket/soan/"):
        page = text_of(desk.get(address))
        assert f"{count} số liệu của" in page, address
        assert "đã thay đổi sau khi khóa" in page
        assert 'href="/so-ket/so-ket/thay-doi/?tu=1"' in page
    other = client_of(world.told.base.provincial_desk)
    assert "sau khi khóa" not in text_of(other.get("/"))


def test_guest_reads_that_figures_moved_but_not_why(world: PageWorld, version: ReviewVersion) -> None:
    publish_review(version=approved(version), audience="public", by=None)
    correct(world)
    note_changes()
    page = text_of(Client().get("/so-ket/so-ket/"))
    assert "đã thay đổi sau khi khóa" in page
    assert "/thay-doi/" not in page


def test_register_lists_numbers_and_gaps_by_issuer_and_year(
    world: PageWorld, version: ReviewVersion, desk: Client
) -> None:
    assert "Chưa cấp số nào" in text_of(desk.get(REGISTER))
    Review.objects.update(is_simulated=False)
    centre = world.told.base.centre
    held = approved(ReviewVersion.objects.get())
    give_number(version=held, organisation=centre, number=2, reason="=cmd|văn bản khác", by=None)
    page = text_of(desk.get(REGISTER, {"issuer": centre.slug, "year": "2026"}))
    assert 'href="/so-ket/so-ket/?version=1"' in page
    assert "Bỏ trống" in page
    rows = desk.get(REGISTER, {"download": "csv"}).content.decode("utf-8-sig").strip().split("\r\n")
    assert [row.split(",")[0] for row in rows[1:]] == ["01", "02"]
    assert "'=cmd|văn bản khác" in rows[1]
    assert desk.get(REGISTER, {"year": "2027"}).context["table"].rows == []
    with pytest.raises(ObjectDoesNotExist):
        Review.objects.get(slug="so-van-ban")


def test_version_stands_beside_the_run_of_the_draft(desk: Client, version: ReviewVersion) -> None:
    page = desk.get("/so-ket/so-ket/thay-doi/?tu=1&den=draft")
    assert (page.status_code, page.context["sides"]) == (200, "phiên bản 1 → bản thảo")
    assert '<option value="draft" selected>' in page.content.decode()
