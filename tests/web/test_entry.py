"""The officer's form as a page and as what a device talks to."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.html import escape

from phoihop.programmes.models import Content
from phoihop.reports.actions import accept_report, return_report
from phoihop.reports.models import Report, ReportVersion
from tests.factories.events import held
from tests.reports.conftest import world as world  # noqa: PLC0414  the small world of reports
from tests.reports.world import CELLS, World, accepted
from tests.web.entry import address, device, page_fields, sent
from tests.web.test_workbooks import BEFORE, YEAR_BEFORE
from tests.web.world import client_of

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
STATIC = (Path(settings.PACKAGE_DIR) / "web/static/web").resolve()


def cells(report: Report) -> dict[str, str]:
    return Report.objects.get(pk=report.pk).latest_version.cells


def test_a_draft_typed_the_vietnamese_way_is_kept_and_shown_again(officer: Client, reported: Report) -> None:
    officer.post(
        address(reported),
        page_fields(**{"c-B02": "", "n-B01": "Đếm lại", "s-results": "Đã làm", "na-B02": "1"}),
    )
    assert cells(reported) == {"B01": "1234", "B02": "na"}
    page = officer.get(address(reported)).content.decode()
    assert 'value="1.234"' in page
    assert re.search(r'name="na-B02" value="1" checked', page)
    assert "Đếm lại" in page
    assert "Đã làm" in page


def test_blank_zero_and_not_applicable_are_three_things(officer: Client, reported: Report) -> None:
    officer.post(address(reported), page_fields(**{"c-B01": "", "c-B02": "0"}))
    assert cells(reported) == {"B02": "0"}
    officer.post(address(reported), {"mark": "comma", "na-B01": "1", "c-B01": " ", "c-B02": " "})
    assert cells(reported) == {"B01": "na"}


def test_a_figure_beside_not_applicable_is_asked_about_and_never_dropped(
    officer: Client, reported: Report
) -> None:
    both = {"c-B01": "5", "na-B01": "1", "c-B02": "400"}
    officer.post(address(reported), page_fields(**both))
    assert cells(reported) == {"B01": "5", "B02": "400"}
    answer = officer.post(address(reported), page_fields(**both, action="submit"))
    assert answer.status_code == 422
    assert "B01 vừa ghi số “5” vừa được đánh dấu “không áp dụng”" in answer.content.decode()
    status, said = sent(officer, reported, base=None, na=["B01"], submit=True)
    assert (status, said["findings"][0]["codes"]) == (422, ["B01"])


def test_a_correction_says_it_is_one_and_its_missing_reason_stands_at_its_field(
    world: World, officer: Client, reported: Report
) -> None:
    sent(officer, reported, submit=True)
    accept_report(report=reported, by=None)
    page = officer.get(address(reported)).content.decode()
    assert "Nộp bản đính chính" in page
    assert "Báo cáo này đã khóa" not in page
    Report.objects.filter(pk=reported.pk).update(state="locked")
    page = officer.get(address(reported)).content.decode()
    assert "Báo cáo này đã khóa" in page
    assert "Đính chính phải có lý do" in page
    base = re.search(r'name="base" value="([^"]*)"', page)[1]  # type: ignore[index]
    given = {"c-B01": "5", "c-B02": "400", "base": base, "action": "submit"}
    answer = officer.post(address(reported), page_fields(**given))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert '<a href="#reason">' in page
    assert re.search(
        r'id="reason" [^>]*aria-describedby="reason-hint reason-error"\s+aria-invalid="true"', page
    )
    said = sent(officer, reported, base=None, submit=True)[1]
    assert (said["status"], said["field"]) == ("refused", "reason")


def test_the_form_is_submitted_without_a_script(officer: Client, reported: Report) -> None:
    answer = officer.post(
        address(reported), page_fields(**{"c-B01": "4", "c-B02": "400", "action": "submit"})
    )
    assert (answer.status_code, answer["Location"]) == (302, f"/bao-cao/{reported.pk}/")
    assert Report.objects.get(pk=reported.pk).state == "submitted"


def test_what_is_wrong_is_listed_on_top_and_at_the_field_and_nothing_typed_is_lost(
    officer: Client, reported: Report
) -> None:
    answer = officer.post(
        address(reported), page_fields(**{"c-B01": "bốn", "s-results": "Giữ lại", "action": "submit"})
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count('href="#c-B01"') == 1
    assert 'aria-invalid="true"' in page
    assert "bốn" in page
    assert "Giữ lại" in page
    assert Report.objects.get(pk=reported.pk).state == "expected"


def test_a_device_hears_what_to_do_next(world: World, officer: Client, reported: Report) -> None:
    assert sent(officer, reported)[1]["status"] == "saved"
    status, answer = sent(officer, reported, base="")
    assert (status, answer["status"], answer["theirs"]["cells"]) == (409, "newer", {"B01": "4", "B02": "400"})
    status, answer = sent(officer, reported, base=None, cells={"B01": "-1"}, submit=True)
    assert (status, answer["status"], answer["findings"][0]["codes"]) == (422, "findings", ["B01"])
    status, answer = sent(officer, reported, base=None, submit=True)
    assert (status, answer["status"]) == (200, "submitted")
    status, answer = sent(officer, reported, base=None)
    assert (status, answer["status"]) == (409, "state")
    return_report(report=reported, reason="Xem lại", by=world.provincial_desk)
    assert "Xem lại" in officer.get(address(reported)).content.decode()


def test_a_form_that_changed_since_is_said(officer: Client, reported: Report) -> None:
    assert sent(officer, reported, fingerprint="0" * 16, submit=True)[1]["status"] == "form"
    assert sent(officer, reported, fingerprint="0" * 16)[1]["status"] == "saved"


def test_a_session_that_ended_redirects_and_another_users_draft_is_not_taken(
    world: World, officer: Client, reported: Report
) -> None:
    assert Client().post(address(reported, "gui"), "{}", content_type="application/json").status_code == 302
    status, answer = sent(officer, reported, user="somebody-else")
    assert (status, answer["status"]) == (403, "sign_in")
    assert sent(officer, reported, user=world.officer().username)[1]["status"] == "saved"


def test_a_draft_waits_for_who_wrote_it_even_where_this_user_may_not_see_the_report(
    world: World, reported: Report
) -> None:
    """The device keeps it as it is: said to be gone, it would be stopped for its own writer too."""
    other = client_of(world.officer(1))
    assert (sent(other, reported)[0], sent(other, reported)[1]["status"]) == (404, "gone")
    status, answer = sent(other, reported, user=world.officer().username)
    assert (status, answer["status"]) == (403, "sign_in")
    assert reported.organisation.name_vi not in answer["sentence"]


@pytest.mark.parametrize("part", ["nhap", "tep"])
def test_another_units_report_is_not_there(world: World, reported: Report, part: str) -> None:
    other = world.report_of(world.units[1])
    client = client_of(world.officer())
    method = client.get if part == "nhap" else client.post
    assert method(address(other, part)).status_code == 404
    assert client.get("/bao-cao/99999999/nhap/").status_code == 404


def test_a_desk_sees_who_could_enter_it(world: World, reported: Report) -> None:
    answer = client_of(world.provincial_desk).get(address(reported))
    assert answer.status_code == 403
    assert world.units[0].name_vi in answer.content.decode()


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '{"cells": []}', '{"na": {}}', '{"key": "x"}', '{"cells": {"B01": null}}']
)
def test_nonsense_is_refused_with_a_sentence(officer: Client, reported: Report, body: str) -> None:
    answer = officer.post(address(reported, "gui"), body, content_type="application/json")
    assert answer.status_code in {200, 400}
    assert answer.json()["status"] in {"saved", "refused"}


def test_a_ten_megabyte_note_is_refused(officer: Client, reported: Report) -> None:
    status, answer = sent(officer, reported, notes={"B01": "x" * 2_001})
    assert (status, answer["status"]) == (400, "refused")
    assert "2.001" in answer["sentence"]
    body = json.dumps(device(notes={"B01": "x" * (10 * 1024 * 1024)}))
    answer = officer.post(address(reported, "gui"), body, content_type="application/json")
    assert answer.status_code in {400, 413}
    assert Report.objects.get(pk=reported.pk).latest_version is None


def test_a_script_in_a_narrative_is_text(world: World, officer: Client, reported: Report) -> None:
    officer.post(
        address(reported),
        page_fields(
            **{"c-B01": "4", "c-B02": "400", "s-results": "<script>alert(1)</script>", "action": "submit"}
        ),
    )
    for user in (world.officer(), world.provincial_desk):
        page = client_of(user).get(f"/bao-cao/{reported.pk}/").content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_my_reports_puts_what_came_back_first(world: World, officer: Client, reported: Report) -> None:
    earlier = world.report_of(world.units[0], world.open(BEFORE))  # due before, and never sent
    sent(officer, reported, submit=True)
    return_report(report=reported, reason="Thiếu B02", by=world.provincial_desk)
    page = officer.get("/bao-cao-cua-toi/").content.decode()
    assert "Thiếu B02" in page
    waiting = [int(pk) for pk in re.findall(r'data-due-form href="/bao-cao/(\d+)/nhap/"', page)]
    assert waiting == [reported.pk, earlier.pk]
    sent(officer, reported, base=None, submit=True, cells=dict(CELLS, B01="5", B02="500"))
    accept_report(report=Report.objects.get(pk=reported.pk), by=world.provincial_desk)
    assert "Thiếu B02" not in officer.get("/bao-cao-cua-toi/").content.decode()


def test_a_script_in_the_reason_of_a_return_is_text(world: World, officer: Client, reported: Report) -> None:
    sent(officer, reported, submit=True)
    return_report(report=reported, reason=SCRIPT, by=world.provincial_desk)
    pages = {"/bao-cao-cua-toi/", address(reported), f"/bao-cao/{reported.pk}/"}
    said = {each: officer.get(each).content.decode() for each in pages}
    assert {each for each, page in said.items() if escape(SCRIPT) in page} == pages
    assert {each for each, page in said.items() if "<script>alert" in page} == set()


def test_my_reports_takes_a_fixed_number_of_queries(
    world: World, officer: Client, reported: Report, django_assert_num_queries: Any
) -> None:
    officer.get("/bao-cao-cua-toi/")
    with django_assert_num_queries(9):
        officer.get("/bao-cao-cua-toi/")


def test_sending_a_report_takes_a_fixed_number_of_statements(
    world: World, officer: Client, reported: Report, django_assert_num_queries: Any
) -> None:
    """Once the process keeps what the form asks; a savepoint for the turn, and one for the test, are among them."""
    assert sent(officer, reported, submit=True)[0] == 200
    other = client_of(world.officer(1))
    with django_assert_num_queries(19):
        assert sent(other, world.report_of(world.units[1]), submit=True)[0] == 200


def needed_by(*modules: str) -> set[str]:
    """The modules and all they import, one by another."""
    needed, left = set(), list(modules)
    while left:
        name = left.pop()
        if name not in needed:
            needed.add(name)
            place = STATIC / name
            found = re.findall(r'^import (?:.* from )?"(\..*?)";$', place.read_text("utf-8"), re.MULTILINE)
            left += [str((place.parent / each).resolve().relative_to(STATIC)) for each in found]
    return needed


def test_the_worker_keeps_the_forms_files_and_only_the_officers_pages(officer: Client) -> None:
    answer = officer.get("/sw.js")
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/javascript")
    shell = json.loads(re.search(r"SHELL = (\[.*?\]);", text)[1])  # type: ignore[index]
    assert "/static/web/js/entry/form.js" in shell
    assert "/ngoai-mang/" in shell
    assert {f"/static/web/{name}" for name in needed_by("js/entry/form.js", "js/entry/waiting.js")} <= set(
        shell
    )
    assert officer.get("/ngoai-mang/").status_code == 200


def test_the_pages_can_be_installed_as_an_application(officer: Client) -> None:
    """`scope` covers what the worker serves and where it opens."""
    answer = officer.get("/manifest.webmanifest")
    told = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert {key: told[key] for key in ("name", "short_name", "display", "scope", "start_url")} == {
        "name": "Phối Hợp", "short_name": "Phối Hợp", "display": "standalone", "scope": "/",
        "start_url": "/bao-cao-cua-toi/",
    }  # fmt: skip
    assert '<link rel="manifest" href="/manifest.webmanifest"' in officer.get("/").content.decode()


def test_what_is_known_is_offered_and_never_written_by_itself(
    world: World, officer: Client, reported: Report
) -> None:
    held(reported.organisation, held_on=date(2026, 5, 20), attendances=1200)
    page = officer.get(address(reported)).content.decode()
    assert 'data-use-known="B02" data-value="1.200"' in page
    assert 'id="c-B02" name="c-B02" value=""' in page
    one = officer.get(f"{address(reported)}?prefill=B02").content.decode()
    assert 'id="c-B02" name="c-B02" value="1.200"' in one
    assert 'id="c-B01" name="c-B01" value=""' in one
    assert one.count("data-known-mark >") == 1
    every = officer.get(f"{address(reported)}?prefill=1").content.decode()
    assert every.count("data-known-mark >") == 2
    assert ReportVersion.objects.count() == 0


def test_what_was_typed_is_not_filled_over(world: World, officer: Client, reported: Report) -> None:
    held(reported.organisation, held_on=date(2026, 5, 20))
    officer.post(address(reported), page_fields(**{"c-B01": "7", "c-B02": "", "na-B02": "1"}))
    page = officer.get(f"{address(reported)}?prefill=1").content.decode()
    assert 'id="c-B01" name="c-B01" value="7"' in page
    assert 'id="c-B02" name="c-B02" value=""' in page
    assert "data-use-known=" not in page
    assert "sổ sự kiện" in page


def test_the_events_behind_a_cell_are_listed(world: World, officer: Client, reported: Report) -> None:
    inside = held(reported.organisation, held_on=date(2026, 5, 20))
    outside = held(reported.organisation, held_on=date(2025, 1, 20))
    page = officer.get(f"/su-kien/?report={reported.pk}&code=B01").content.decode()
    assert (f"/su-kien/{inside.pk}/" in page, f"/su-kien/{outside.pk}/" in page) == (True, False)
    assert officer.get(f"/su-kien/?report={reported.pk}&code=Z99").status_code == 404
    assert client_of(world.officer(1)).get(f"/su-kien/?report={reported.pk}&code=B01").status_code == 404


def test_figures_of_no_content_have_a_heading_and_form_and_page_one_order(
    world: World, officer: Client, reported: Report
) -> None:
    """B02 is of a content, B01 of none: the form and the report's page say B02 first."""
    content = Content.objects.create(
        programme=world.programme, code="1", title_vi="Tuyên truyền", title_en="Words"
    )
    assert "ngoài các nội dung" not in officer.get(address(reported)).content.decode()
    world.programme.selections.filter(indicator__code="B02").update(content=content)
    page = officer.get(address(reported))
    told = [(each.title, [row.code for row in each.rows]) for each in page.context["form"].sections]
    assert told == [("Tuyên truyền", ["B02"]), ("Số liệu khác, ngoài các nội dung của chương trình", ["B01"])]
    sent(officer, reported, submit=True)
    rows = officer.get(f"/bao-cao/{reported.pk}/").context["page"].rows
    assert [row.definition.indicator.code for row in rows] == ["B02", "B01"]


def test_a_cell_has_its_unit_its_definition_and_what_was_reported_before(world: World) -> None:
    for period, number in ((BEFORE, "7"), (YEAR_BEFORE, "0")):
        earlier = world.open(period)
        accepted(world.report_of(world.units[0], earlier), {"B01": number})
    reported = world.report_of(world.units[0], world.open())
    page = client_of(world.officer()).get(address(reported)).content.decode()
    start = page.index('id="b-B01"')
    cell = re.sub(r"\s+", " ", page[start : page.index("</details>", start)])
    assert "kỳ trước 7 · cùng kỳ năm trước 0" in cell
    assert "cuộc" in cell
    assert "Định nghĩa" in cell
