"""Every page of the URL conf, with who opens it and where: a new page stands here, or says why it is none."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from phoihop.accounts.models import User
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Membership
from phoihop.periods import parse_period
from phoihop.reports.actions import save_draft
from phoihop.reports.models import Report
from tests.browser.site_meetings import (
    MEETING_ACTIONS,
    MEETING_FILES,
    MEETING_PARTS,
    SEAT,
    Meetings,
    meetings_of,
)
from tests.factories.events import held
from tests.reports.world import front_of
from tests.web.world import PageWorld, client_of

GUEST, CENTRE, PROVINCE, OFFICER = "", "demo-desk", "demo-tinh", "demo-officer"
H2 = parse_period("ADM-2026-H2")
H1_2027 = "ADM-2027-H1"  # not opened yet: the next to come
Visit = tuple[str, str]  # who, address

__all__ = ["CENTRE", "GUEST", "OFFICER", "PROVINCE", "SEAT", "Site", "named_addresses", "site_of"]

ACTIONS = MEETING_ACTIONS | {  # answer only to what is sent to them
    "set_language", "accounts:sign_out", "accounts:demo_sign_in",
    "reviews:approve", "reviews:cancel-number", "reviews:compose", "reviews:drafting-unit", "reviews:freeze",
    "reviews:number", "reviews:publish", "reviews:redact-file", "reviews:upload", "reviews:withdraw",
    "web:accept_report", "web:ask_review_figures", "web:attach", "web:cancel_event", "web:choose_heir", "web:close_period", "web:decide_events",
    "web:desk_act", "web:detach", "web:end_member", "web:extend_deadline", "web:grant_exception", "web:pass_all",
    "web:remind_report",
    "web:return_report", "web:send_report", "web:separate_event",
}  # fmt: skip
FILES = MEETING_FILES | {  # a workbook, a picture, an attachment, a script: no page
    "reviews:chart", "reviews:chart_figures", "reviews:file", "web:attachment", "web:manifest", "web:marked_workbook", "web:worker",
    "web:workbook",
}  # fmt: skip
NO_PAGES = ACTIONS | FILES | MEETING_PARTS


@dataclass
class Site:
    """The small world with something on every page."""

    world: PageWorld
    report: Report  # accepted: its form is that of a correction
    returned: Report  # of the half that runs
    own: Report  # the province's, with units below
    uploaded: str  # a workbook that was read
    chosen: str  # a workbook overtaken by another draft
    event: int
    meetings: Meetings

    def pages(self) -> dict[str, list[Visit]]:
        """By the name of the address."""
        meetings = self.meetings.pages(CENTRE, OFFICER)
        return {
            **self._open(),
            **self._of_figures(),
            **self._of_the_centre(),
            **self._of_the_rest(),
            **meetings,
        }

    def visits(self) -> Iterator[Visit]:
        """Sorted by who, so that each signs in once."""
        yield from sorted(visit for visits in self.pages().values() for visit in visits)

    def _open(self) -> dict[str, list[Visit]]:
        programme = f"/chuong-trinh/{self.world.programme.slug}/"
        return {
            "web:home": [(who, "/") for who in (GUEST, CENTRE, PROVINCE, OFFICER)],
            "accounts:sign_in": [(GUEST, "/dang-nhap/")],
            "web:programme": [(GUEST, programme), (CENTRE, programme)],
            "web:indicators": [(GUEST, "/chi-tieu/")],
            "web:indicator": [(GUEST, "/chi-tieu/B01/"), (CENTRE, "/chi-tieu/K05/")],
            "web:claims": [(GUEST, "/so-lieu-cong-bo/")],
            "web:principles": [(GUEST, "/nguyen-tac/")],
            "web:status": [(GUEST, "/tinh-trang/")],
            "web:gallery": [(GUEST, "/gallery/")],
            "web:offline": [(GUEST, "/ngoai-mang/")],
            "reviews:list": [(GUEST, "/so-ket/"), (CENTRE, "/so-ket/")],
            "reviews:review": [(GUEST, "/so-ket/so-ket/"), (CENTRE, "/so-ket/so-ket/")],
        }

    def _of_figures(self) -> dict[str, list[Visit]]:
        world = self.world
        trend = world.figure("K05").replace("/so-lieu/", "/xu-huong/{}")
        province = f"/dia-phuong/{world.area('province')}/"
        communes = world.figure("B01", "province").replace("/so-lieu/", "/xu-huong/cac-tinh/")
        return {
            "web:dashboard": [(CENTRE, world.dashboard), (OFFICER, world.dashboard)],
            "web:figure": [(CENTRE, world.figure("B01")), (CENTRE, world.figure("K05"))],
            "web:trend": [(CENTRE, trend.format(""))],
            "web:trend_places": [(CENTRE, trend.format("cac-tinh/")), (CENTRE, communes)],
            "web:trend_contents": [(CENTRE, trend.format("cac-noi-dung/"))],
            "web:areas": [(GUEST, "/dia-phuong/"), (CENTRE, "/dia-phuong/?q=kon")],
            "web:area": [(GUEST, province), (CENTRE, province)],
        }

    def _of_the_centre(self) -> dict[str, list[Visit]]:
        own = {
            "web:periods": "/ky-bao-cao/",
            "web:period": f"/ky-bao-cao/{self.report.period_id}/",
            "web:burden": "/ky-bao-cao/ganh-nang/",
            "web:members": "/thanh-vien/",
            "web:open_window": f"/ky-bao-cao/mo/?form={self.world.told.base.form.code}&period={H1_2027}",
            "web:redaction": f"/bao-cao/{self.report.pk}/go-noi-dung/",
            "web:event_redaction": f"/su-kien/{self.event}/go-noi-dung/",
            "reviews:redaction": "/so-ket/so-ket/go-noi-dung/",
            "web:register": "/so-ket/so-van-ban/",
            "web:review_changes": "/so-ket/so-ket/thay-doi/?tu=1",
            "web:reconciliation": "/doi-chieu/",
            "web:event_matches": "/su-kien/trung/",
            "reviews:room": "/so-ket/dang-soan/soan/",
            "reviews:section": "/so-ket/dang-soan/soan/muc/limits/",
        }
        return {name: [(CENTRE, address)] for name, address in own.items()}

    def _of_the_rest(self) -> dict[str, list[Visit]]:
        accepted, returned, own = (f"/bao-cao/{each.pk}/" for each in (self.report, self.returned, self.own))
        office = self.world.told.units[0].pk
        inbox = [(who, "/ban-lam-viec/") for who in (CENTRE, PROVINCE)]
        return {
            "web:desk": [*inbox, (PROVINCE, "/ban-lam-viec/?show=all")],
            "web:desk_matrix": [(who, "/ban-lam-viec/ma-tran/") for who in (CENTRE, PROVINCE)],
            "web:desk_calls": [(PROVINCE, "/ban-lam-viec/danh-sach-goi/")],
            "web:desk_contacts": [(PROVINCE, f"/ban-lam-viec/lien-he/{office}/")],
            "web:desk_texts": [(PROVINCE, "/ban-lam-viec/mau-tra-lai/")],
            "web:heirs": [(PROVINCE, "/ke-thua/")],
            "web:words_below": [(PROVINCE, f"{own}cap-duoi/results/")],
            "web:report": [(CENTRE, accepted), (PROVINCE, own), (OFFICER, accepted), (OFFICER, returned)],
            "web:entry": [(OFFICER, f"{accepted}nhap/"), (OFFICER, f"{returned}nhap/"), (PROVINCE, f"{own}nhap/")],
            "web:my_reports": [(OFFICER, "/bao-cao-cua-toi/"), (PROVINCE, "/bao-cao-cua-toi/")],
            "web:uploaded_workbook": [(OFFICER, self.uploaded), (OFFICER, self.chosen)],
            "web:events": [(OFFICER, "/su-kien/"), (CENTRE, "/su-kien/")],
            "web:new_event": [(OFFICER, "/su-kien/moi/")],
            "web:event": [(OFFICER, f"/su-kien/{self.event}/")],
            "web:correct_event": [(OFFICER, f"/su-kien/{self.event}/sua/")],
        }  # fmt: skip


def names_in(patterns: Iterable[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from names_in(each.url_patterns, f"{each.namespace}:" if each.namespace else space)
        else:
            yield f"{space}{each.name}"


def named_addresses() -> set[str]:
    return set(names_in(get_resolver().url_patterns))


def site_of(world: PageWorld) -> Site:
    """Needs the users `demo-desk` and `demo-officer` of the browser's world."""
    base = world.told.base
    Membership.objects.create(
        user=User.objects.create(username=PROVINCE), organisation=base.desk, role=Role.PROVINCIAL_DESK
    )
    Membership.objects.create(
        user=User.objects.get(username=PROVINCE), organisation=base.desk, role=Role.REPORTING_OFFICER
    )
    world.published()
    world.told.composed(slug="dang-soan")
    officer = User.objects.get(username=OFFICER)
    report, own = (base.report_of(each, world.told.period) for each in (world.told.units[0], base.desk))
    running = base.open(H2)
    returned = base.report_of(world.told.units[0], running)
    save_draft(report=returned, cells={"B01": "1"}, by=officer)
    front = front_of(base.communes[0], front_of(base.province))
    event = held(world.told.units[0], co_organisers=[front])
    held(front, lead=world.told.units[0])
    base = world.told.base
    desk = User.objects.get(username=CENTRE)
    meetings = meetings_of(base.centre, base.desk, world.told.units[0], base.programme, desk)
    return Site(world, report, returned, own, *_uploads(returned, officer), event.pk, meetings)


def _uploads(report: Report, officer: User) -> tuple[str, str]:
    """One that was read, and an older one that came back after another draft."""
    client = client_of(officer)
    address = reverse("web:workbook", args=[report.pk])
    older = client.get(address).content
    save_draft(report=report, cells={"B01": "2"}, by=officer)
    newer = client.get(address).content
    found = []
    for content in (newer, older):
        file = SimpleUploadedFile("so-tinh.xlsx", content)
        found.append(client.post(address, {"workbook": file})["Location"])
    return found[0], found[1]
