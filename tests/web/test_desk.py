"""The desk's inbox, call list, texts and matrix as pages."""

import csv
import re
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.html import escape

from phoihop.areas.models import Area
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Contact, Organisation
from phoihop.periods import parse_period
from phoihop.reports.actions import (
    add_return_text,
    close_period,
    correct_report,
    grant_exception,
    open_period,
    remind_units,
    return_report,
)
from phoihop.reports.enums import Origin
from phoihop.reports.models import Reminder, Report, ReturnText, Waiver
from tests.factories.areas import area_under
from tests.factories.orgs import police_of, user_for
from tests.reports.conftest import world as world  # noqa: PLC0414  the small world of reports
from tests.reports.world import H1, World, accepted, submitted
from tests.web.world import client_of

pytestmark = pytest.mark.django_db
DESK = "/ban-lam-viec/"
ACT = f"{DESK}xu-ly/"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def opened(world: World) -> World:
    world.open()
    return world


@pytest.fixture
def desk(opened: World) -> Client:
    return client_of(opened.provincial_desk)


def report(world: World, index: int = 0) -> Report:
    return world.report_of(world.units[index])


def counts(client: Client, query: str = "") -> list[int]:
    tabs = client.get(f"{DESK}?{query}").context["inbox"].tabs
    return [tab.count for tab in tabs]


def names(client: Client, query: str) -> list[str]:
    rows = client.get(f"{DESK}?{query}").context["inbox"].rows
    return [row.report.organisation.area.name for row in rows]


def said(client: Client, **fields: Any) -> str:
    return client.post(ACT, fields).content.decode()


def test_each_part_of_the_desk_holds_what_it_says(opened: World, desk: Client, time_machine: Any) -> None:
    """Waiting, returned, past the deadline, missing, not due yet, taken in, never in, all of them."""
    assert counts(desk) == [0, 0, 0, 2, 0, 0, 0, 2]
    time_machine.move_to(datetime(2026, 6, 22, 2, tzinfo=UTC))
    assert counts(desk) == [0, 0, 2, 0, 0, 0, 0, 2]
    first = submitted(report(opened))
    assert counts(desk) == [1, 0, 1, 0, 0, 0, 0, 2]
    return_report(report=first, reason="Thiếu", by=None)
    assert counts(desk) == [0, 1, 2, 0, 0, 0, 0, 2]
    accepted(report(opened, 1))
    assert counts(desk) == [0, 1, 1, 0, 0, 1, 0, 2]


def test_what_a_closed_window_takes_no_more_is_not_chased(
    opened: World, desk: Client, time_machine: Any
) -> None:
    """Closed with one returned and one never in: the returned one may still be corrected, and so is chased."""
    return_report(report=submitted(report(opened)), reason="Thiếu", by=None)
    time_machine.move_to(datetime(2026, 7, 22, 2, tzinfo=UTC))
    desk = client_of(opened.provincial_desk)
    close_period(period=report(opened).period, reason="Hết hạn", by=None)
    assert counts(desk) == [0, 1, 1, 0, 0, 0, 1, 2]
    assert names(desk, "tab=never") == ["Đăk Tô"]
    done = desk.post(ACT + "?tab=late", {"do": "remind-all", "reports": report(opened).pk, "confirmed": "1"})
    assert ([each.pk for each in done.context["done"]], done.context["refused"]) == ([report(opened).pk], [])
    page = desk.get(f"{DESK}?tab=never").content.decode()
    assert 'value="remind' not in page
    grant_exception(report=report(opened, 1), until=date(2026, 8, 1), reason="Bão", by=None)
    assert counts(desk) == [0, 1, 2, 0, 0, 0, 0, 2]


def test_a_desk_sees_its_own_units_only(opened: World) -> None:
    assert counts(client_of(opened.central_desk))[-1] == 1  # the province's own report
    assert client_of(opened.officer()).get(DESK).status_code == 403
    assert client_of(user_for(opened.desk, Role.READER)).get(DESK).status_code == 403
    assert client_of(user_for(opened.desk, Role.APPROVER)).get(DESK).status_code == 200
    page = client_of(opened.officer()).get("/bao-cao-cua-toi/").content.decode()
    assert DESK not in page


@pytest.mark.parametrize("text", ["đăk hà", "dak ha", "ĐĂK HÀ", "Hà"])
def test_units_are_found_with_and_without_marks(opened: World, desk: Client, text: str) -> None:
    for unit in opened.units:
        unit.name_vi = f"Công an xã {unit.area.name}"
        unit.save()
    assert names(desk, f"tab=missing&q={text}") == ["Đăk Hà"]


def test_the_filter_narrows_and_the_counts_follow(opened: World, desk: Client) -> None:
    commune = opened.communes[1]
    assert names(desk, f"tab=all&area={commune.key}") == [commune.name]
    assert counts(desk, f"area={commune.key}")[-1] == 1
    assert counts(desk, f"area={opened.province.key}")[-1] == 2
    for nothing in ("period=ADM-2020-H1", "form=year", "level=province", "party=front"):
        assert counts(desk, nothing)[-1] == 0
    assert counts(desk, "period=ADM-2026-H1&form=half&level=commune&party=police")[-1] == 2
    assert desk.get(f"{DESK}?tab=nonsense").status_code == 400


def test_areas_that_share_a_name_are_told_apart(opened: World, desk: Client) -> None:
    ended, standing = opened.communes
    Area.objects.filter(pk=ended.pk).update(full_name=standing.full_name, valid_until=date(2026, 7, 1))
    choices = {each.name: each for each in desk.get(f"{DESK}?tab=all").context["inbox"].choices}
    labels = {option.value: option.label for option in choices["area"].options}
    assert labels[ended.key] == "Xã Đăk Tô (Tỉnh Kon Tum, đến 30/06/2026)"
    assert labels[standing.key] == "Xã Đăk Tô (Tỉnh Kon Tum)"


def test_who_reminded_is_named_in_the_pages_language(opened: World, desk: Client) -> None:
    Organisation.objects.filter(pk=opened.desk.pk).update(name_en="Kon Tum Police")
    remind_units(reports=[report(opened)], by=opened.provincial_desk)
    for language, name in (("vi", opened.desk.name_vi), ("en", "Kon Tum Police")):
        desk.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        [row] = [
            each
            for each in desk.get(f"{DESK}?tab=all").context["inbox"].rows
            if each.report == report(opened)
        ]
        assert row.report.reminded_by == name


def test_rows_are_sorted_both_ways(opened: World, desk: Client) -> None:
    submitted(report(opened, 1))
    explained(submitted(report(opened, 0)))
    for key, first in (
        ("unit", "Đăk Hà"),
        ("-unit", "Đăk Tô"),
        ("-findings", "Đăk Hà"),
        ("findings", "Đăk Tô"),
    ):
        rows = names(desk, f"tab=submitted&sort={key}")
        if "unit" in key:
            by_name = sorted(opened.units, key=lambda unit: unit.name_sort, reverse=key.startswith("-"))
            assert rows == [unit.area.name for unit in by_name]
        else:
            assert rows[0] == first


def explained(of: Report, why: str = "Đợt cao điểm") -> Report:
    Waiver.objects.create(version=of.latest_version, check_code="x", indicator_code="B01", explanation=why)
    return of


def test_a_script_in_an_explanation_or_a_kept_text_is_text(opened: World, desk: Client) -> None:
    submission = explained(submitted(report(opened)), SCRIPT)
    add_return_text(organisation=opened.desk, text=SCRIPT, by=None)
    look = {"do": "return", "report": submission.pk}
    for page in (desk.get(DESK), desk.post(ACT, look), desk.get(f"{DESK}mau-tra-lai/")):
        text = page.content.decode()
        assert escape(SCRIPT) in text, page.request["PATH_INFO"]
        assert "<script>alert" not in text


def test_ticked_reports_are_accepted_and_the_rest_says_why_not(opened: World, desk: Client) -> None:
    first, second = submitted(report(opened)), explained(submitted(report(opened, 1)))
    page = desk.get(DESK).content.decode()
    assert "Đợt cao điểm" in page
    ticked = desk.get(f"{DESK}?tick=clean").content.decode()
    assert re.findall(r'value="(\d+)"\s+data-clean\s+checked', ticked) == [str(first.pk)]
    outcome = desk.post(ACT, {"do": "accept", "report": [first.pk, second.pk]}).context
    assert ([each.pk for each in outcome["done"]], [each.pk for each, _ in outcome["refused"]]) == (
        [first.pk], [second.pk],
    )  # fmt: skip


def test_all_without_a_warning_in_the_filter_are_accepted_after_a_look(opened: World, desk: Client) -> None:
    first, second = submitted(report(opened)), explained(submitted(report(opened, 1)))
    look = desk.post(ACT, {"do": "accept-all"})
    assert [each.pk for each in look.context["reports"]] == [first.pk]
    assert Report.objects.get(pk=first.pk).state == "submitted"
    seen = {"reports": look.context["keys"], "confirmed": "1"}
    assert len(desk.post(ACT, {"do": "accept-all", **seen}).context["done"]) == 1
    assert Report.objects.get(pk=second.pk).state == "submitted"


def test_a_correction_is_marked_and_left_out_of_all_at_once(opened: World, desk: Client) -> None:
    plain, corrected = submitted(report(opened)), accepted(report(opened, 1))
    given = {"cells": {"B01": "5", "B02": "400"}, "by": None, "origin": Origin.FORM, "simulated": True}
    correct_report(report=corrected, reason="Đếm sót một cuộc", **given)  # type: ignore[arg-type]
    page = desk.get(DESK).content.decode()
    assert "Đính chính" in page
    assert "Đếm sót một cuộc" in page
    look = desk.post(ACT, {"do": "accept-all"})
    assert [each.pk for each in look.context["reports"]] == [plain.pk]
    chosen = desk.post(ACT, {"do": "accept", "report": [plain.pk, corrected.pk]})
    assert [each.pk for each in chosen.context["reports"]] == [plain.pk, corrected.pk]
    assert "Đếm sót một cuộc" in chosen.content.decode()
    assert Report.objects.get(pk=plain.pk).state == "submitted"  # asked first
    seen = {"do": "accept", "reports": chosen.context["keys"], "confirmed": "1"}
    assert len(desk.post(ACT, seen).context["done"]) == 2


def test_a_report_with_a_blank_cell_is_marked_and_left_out_of_all_at_once(
    opened: World, desk: Client
) -> None:
    blank = submitted(report(opened), {"B01": "4"})
    page = desk.get(f"{DESK}?tick=clean").content.decode()
    assert "đã điền 1/2 ô" in page
    assert "data-clean" not in page
    refused = desk.post(ACT, {"do": "accept-all"})
    assert refused.status_code == 400
    assert "ô để trống" in refused.content.decode()
    whole = submitted(report(opened, 1))
    look = desk.post(ACT, {"do": "accept-all"})
    assert [each.pk for each in look.context["reports"]] == [whole.pk]
    chosen = desk.post(ACT, {"do": "accept", "report": blank.pk})
    assert "đã điền 1/2 ô" in chosen.content.decode()
    assert Report.objects.get(pk=blank.pk).state == "submitted"


def test_ticked_reports_come_back_with_a_kept_text_and_a_word_of_ones_own(
    opened: World, desk: Client
) -> None:
    add_return_text(organisation=opened.desk, text="Thiếu B02", by=None)
    first = submitted(report(opened))
    page = said(desk, do="return", report=first.pk)
    assert "Thiếu B02" in page
    assert Report.objects.get(pk=first.pk).state == "submitted"
    confirmed = {"do": "return", "reports": str(first.pk), "confirmed": "1"}
    assert desk.post(ACT, confirmed).status_code == 400
    desk.post(ACT, {**confirmed, "text": "Thiếu B02", "reason": "Gửi trước 20/6"})
    again = Report.objects.get(pk=first.pk)
    assert (again.state, again.latest_version.return_reason) == ("returned", "Thiếu B02\nGửi trước 20/6")


def test_another_desks_report_cannot_be_forged_in(opened: World, desk: Client) -> None:
    own = submitted(opened.report_of(opened.desk))
    for do in ("accept", "return", "remind"):
        answer = desk.post(ACT, {"do": do, "report": own.pk, "confirmed": "1", "reason": "x"})
        assert answer.status_code == 400
    assert Report.objects.get(pk=own.pk).state == "submitted"
    for nonsense in (
        {},
        {"do": "accept"},
        {"do": "drop", "report": own.pk},
        {"do": "accept", "report": "x' OR 1"},
    ):
        assert desk.post(ACT, nonsense).status_code == 400
    assert client_of(opened.officer()).post(ACT, {"do": "accept", "report": own.pk}).status_code == 403


def remind_all(desk: Client, query: str) -> Any:
    """After a look at the list."""
    look = desk.post(f"{ACT}?{query}", {"do": "remind-all"})
    seen = {"do": "remind-all", "reports": look.context["keys"], "confirmed": "1"}
    return desk.post(f"{ACT}?{query}", seen)


def test_what_is_not_due_soon_is_not_chased(world: World, time_machine: Any) -> None:
    """Until its days are over, or fifteen days before its deadline; the count at home is the same."""
    world.open()
    assert report(world).deadline == date(2026, 6, 16)
    for month, day, expected in ((5, 31, [0, 2]), (6, 1, [2, 0]), (6, 15, [2, 0])):
        time_machine.move_to(datetime(2026, month, day, 2, tzinfo=UTC))
        Report.objects.update(deadline=date(2026, 7, 30) if day == 15 else date(2026, 6, 16))
        client = client_of(world.provincial_desk)
        assert counts(client)[3:5] == expected, day
        (panel,) = client.get("/").context["waiting"].desks
        assert panel.counts["missing"] == expected[0]
    time_machine.move_to(datetime(2026, 5, 31, 2, tzinfo=UTC))
    client = client_of(world.provincial_desk)
    assert client.post(f"{ACT}?tab=missing", {"do": "remind-all"}).status_code == 400
    assert 'value="remind' not in client.get(f"{DESK}?tab=ahead").content.decode()


def test_reminding_all_asks_first(opened: World, desk: Client) -> None:
    look = desk.post(f"{ACT}?tab=missing", {"do": "remind-all"})
    assert len(look.context["reports"]) == 2
    assert "Nhắc nộp 2 báo cáo" in look.content.decode()
    assert Reminder.objects.count() == 0


def test_every_missing_unit_is_reminded_at_once_and_sees_it(opened: World, desk: Client) -> None:
    done = remind_all(desk, "tab=missing&period=ADM-2026-H1")
    assert len(done.context["done"]) == 2
    again = remind_all(desk, "tab=missing")
    assert (len(again.context["done"]), len(again.context["refused"])) == (0, 2)
    [(sentences, reports)] = again.context["refusals"]
    assert (len(sentences), len(reports)) == (1, 2), "one reason for both is said once"
    assert again.content.decode().count(sentences[0]) == 1
    assert "nhiều nhất một lần" in again.content.decode()
    officer = client_of(opened.officer())
    for address in ("/bao-cao-cua-toi/", "/"):
        page = officer.get(address).content.decode()
        assert opened.desk.name_vi in page
        assert "16/06/2026" in page
        assert "nhắc" in page


def test_a_reminder_leaves_when_the_report_is_in(opened: World) -> None:
    remind_units(reports=[report(opened)], by=None)
    submitted(report(opened))
    page = client_of(opened.officer()).get("/bao-cao-cua-toi/").content.decode()
    assert opened.desk.name_vi not in page
    assert Reminder.objects.count() == 1


def test_the_call_list_names_office_telephone_and_last_reminder(opened: World, desk: Client) -> None:
    Contact.objects.create(organisation=opened.units[0], post_title="Trực ban", phone="+84 260 3862 000")
    remind_units(reports=[report(opened)], by=None)
    page = desk.get(f"{DESK}danh-sach-goi/?tab=missing").content.decode()
    assert "Trực ban" in page
    assert "+84 260 3862 000" in page
    assert "chưa có liên hệ" in page
    file = desk.get(f"{DESK}danh-sach-goi/?tab=missing&download=csv").content.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(file)))
    assert len(rows) == 3
    assert "'+84 260 3862 000" in [row[2] for row in rows]
    assert "16/06/2026" in file
    other = client_of(opened.central_desk).get(f"{DESK}danh-sach-goi/?tab=all").content.decode()
    assert "260 3862" not in other


def test_an_approver_is_told_that_numbers_are_for_the_desk(opened: World, desk: Client) -> None:
    Contact.objects.create(organisation=opened.units[0], post_title="Trực ban", phone="+84 260 3862 000")
    approver = client_of(user_for(opened.desk, Role.APPROVER))
    page = approver.get(f"{DESK}danh-sach-goi/?tab=missing").content.decode()
    assert "chỉ đầu mối xem được" in page
    assert "chưa có liên hệ" not in page
    assert "260 3862" not in page
    assert "chỉ đầu mối xem được" not in desk.get(f"{DESK}danh-sach-goi/?tab=missing").content.decode()


def test_the_newest_window_of_the_matrix_comes_first(opened: World, desk: Client) -> None:
    opened.open(parse_period("ADM-2025-H2"))
    matrix = desk.get(f"{DESK}ma-tran/").context["matrix"]
    assert [period.code for period in matrix.periods] == ["ADM-2026-H1", "ADM-2025-H2"]


def test_contacts_are_kept_by_the_desk_and_hidden_from_others(opened: World, desk: Client) -> None:
    address = f"{DESK}lien-he/{opened.units[0].pk}/"
    assert desk.post(address, {"post_title": "Trực ban", "phone": "0260", "email": ""}).status_code == 302
    assert desk.post(address, {"post_title": "Trực ban", "phone": "", "email": "x"}).status_code == 400
    assert "Trực ban" in desk.get(address).content.decode()
    assert client_of(opened.officer(1)).get(address).status_code == 404
    assert client_of(opened.central_desk).get(address).status_code == 404
    assert client_of(opened.officer(0)).get(address).status_code == 200
    desk.post(address, {"remove": Contact.objects.get().pk})
    assert Contact.objects.count() == 0


@pytest.mark.parametrize("sign", ["\x00", "²", "9" * 30, "-1"])
def test_odd_signs_break_nothing(opened: World, desk: Client, sign: str) -> None:
    assert (
        desk.get(DESK, {"q": sign, "area": sign, "period": sign, "page": sign, "sort": sign}).status_code
        == 200
    )
    submitted(report(opened))
    assert desk.post(ACT, {"do": "accept", "report": sign}).status_code == 400
    assert desk.post(f"{DESK}lien-he/{opened.units[0].pk}/", {"remove": sign}).status_code == 404
    assert desk.post(f"{DESK}mau-tra-lai/", {"kept": sign, "said": "x"}).status_code == 404
    desk.post(f"{DESK}mau-tra-lai/", {"organisation": opened.desk.pk, "said": f"Thiếu{sign}"})
    assert "\x00" not in ReturnText.objects.get().text


def test_texts_are_added_changed_and_removed(opened: World, desk: Client) -> None:
    address = f"{DESK}mau-tra-lai/"
    desk.post(address, {"organisation": opened.desk.pk, "said": "Thiếu <b>B02</b>"})
    kept = ReturnText.objects.get()
    assert "Thiếu &lt;b&gt;B02" in desk.get(address).content.decode()
    desk.post(address, {"kept": kept.pk, "said": "Thiếu B03"})
    assert desk.post(address, {"kept": kept.pk, "said": " "}).status_code == 400
    other = client_of(user_for(opened.centre, Role.CENTRAL_DESK))
    assert other.post(address, {"kept": kept.pk, "remove": "1"}).status_code == 404
    assert other.post(address, {"organisation": opened.desk.pk, "said": "x"}).status_code == 404
    assert ReturnText.objects.get().text == "Thiếu B03"
    desk.post(address, {"kept": kept.pk, "remove": "1"})
    assert ReturnText.objects.count() == 0


def test_the_matrix_has_a_letter_a_unit_and_window(opened: World, desk: Client, time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 6, 22, 2, tzinfo=UTC))
    late = accepted(report(opened), at=datetime(2026, 6, 20, 3, tzinfo=UTC))
    page = desk.get(f"{DESK}ma-tran/?sort=missing")
    matrix = page.context["matrix"]
    assert [(row.unit, row.missing, row.late) for row in matrix.rows] == [
        (opened.units[1], 1, 0), (opened.units[0], 0, 1),
    ]  # fmt: skip
    assert f'<td class="l"><a href="/bao-cao/{late.pk}/">M</a></td>' in page.content.decode()
    file = desk.get(f"{DESK}ma-tran/?download=csv").content.decode("utf-8-sig")
    assert [row[1:] for row in csv.reader(StringIO(file))] == [
        ["6 tháng đầu năm 2026", "Chưa nộp", "Nộp muộn"], ["M", "0", "1"], ["Q", "1", "0"],
    ]  # fmt: skip
    assert desk.get(f"{DESK}ma-tran/?download=xlsx").status_code == 200


def more_units(world: World, count: int) -> None:
    """As a province has: reports of several windows for each."""
    for number in range(count):
        commune = area_under(world.province, "commune", f"Xã {number}")  # type: ignore[arg-type]
        world.units.append(police_of(commune, world.desk))


@pytest.mark.parametrize("address", ["?tab=all", "ma-tran/", "danh-sach-goi/?tab=missing"])
def test_queries_do_not_grow_with_the_units(
    world: World, django_assert_num_queries: Any, address: str
) -> None:
    pinned = {"?tab=all": 17, "ma-tran/": 10, "danh-sach-goi/?tab=missing": 13}[address]
    client = client_of(world.provincial_desk)
    more_units(world, 58)
    open_period(form=world.form, period=H1, by=None)
    for unit in world.units[:20]:
        explained(submitted(world.report_of(unit)))
    client.get(DESK + address)
    with django_assert_num_queries(pinned):
        client.get(DESK + address)
