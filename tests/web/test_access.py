"""Default deny: who opens which page, for a guest and every role."""

import pytest

from phoihop.orgs.enums import Role
from phoihop.periods import Span, parse_period
from phoihop.reports.actions import accept_report, correct_report
from phoihop.reports.enums import Origin
from phoihop.reviews.enums import Audience
from phoihop.rollup.enums import FigureState
from phoihop.web.permissions import can_view_figures
from tests.web.world import GUEST, PageWorld, client_of

OPEN = (
    "/",
    "/chi-tieu/",
    "/chi-tieu/B01/",
    "/so-lieu-cong-bo/",
    "/so-ket/",
    "/nguyen-tac/",
    "/tinh-trang/",
    "/gallery/",
)
EVERYONE = {GUEST, *Role}
SIGNED_IN = set(Role)
H1 = parse_period("ADM-2026-H1")


def let_in(world: PageWorld, address: str) -> set[str]:
    return {
        str(name) for name, user in world.people().items() if client_of(user).get(address).status_code == 200
    }


@pytest.mark.parametrize("address", OPEN)
def test_what_is_published_is_open_to_everyone(world: PageWorld, address: str) -> None:
    assert let_in(world, address) == {str(name) for name in EVERYONE}


def test_every_link_of_everyones_menu_opens(world: PageWorld) -> None:
    for name, user in world.people().items():
        client = client_of(user)
        menu = client.get("/nguyen-tac/").context["menu"]
        assert len(menu) >= 5, name
        opened = {item.url: client.get(item.url, follow=True).status_code for item in menu}
        assert set(opened.values()) == {200}, (name, opened)


def test_programmes_and_areas_are_open_and_their_figures_are_not(world: PageWorld) -> None:
    everyone, members = {str(n) for n in EVERYONE}, {str(n) for n in SIGNED_IN}
    assert let_in(world, f"/chuong-trinh/{world.programme.slug}/") == everyone
    assert let_in(world, f"/dia-phuong/{world.area('commune')}/") == everyone
    assert let_in(world, world.dashboard) == members
    assert let_in(world, world.figure("B01")) == members


def test_figures_of_a_commune_are_for_those_who_serve_it(world: PageWorld) -> None:
    stranger = world.told.base.user(world.told.units[1], Role.REPORTING_OFFICER)
    response = client_of(stranger).get(world.figure("B01", "commune"))
    assert response.status_code == 403
    assert "người kiểm tra" in response.content.decode()
    assert let_in(world, world.figure("B01", "commune")) == {str(name) for name in SIGNED_IN}


def test_a_report_is_not_there_for_who_may_not_see_it(world: PageWorld) -> None:
    report = world.told.base.report_of(world.told.units[0])
    address = f"/bao-cao/{report.pk}/"
    stranger = world.told.base.user(world.told.units[1], Role.REPORTING_OFFICER)
    assert client_of(stranger).get(address).status_code == 404
    assert let_in(world, address) == {str(name) for name in SIGNED_IN}
    guest = client_of(world.people()[GUEST]).get(address)
    assert guest.status_code == 302
    assert guest["Location"].startswith("/dang-nhap/")


def test_publishing_to_the_public_opens_its_days_confirmed_only(world: PageWorld) -> None:
    base, guest = world.told.base, world.people()[GUEST]
    inside, outside = Span(H1.start, H1.end), Span(H1.previous().start, H1.end)
    asked = {"user": guest, "programmes": [world.programme]}

    def sees(area: object, span: Span, state: str) -> bool:
        return can_view_figures(area=area, span=span, state=state, **asked)  # type: ignore[arg-type]

    assert not sees(base.country, inside, FigureState.CONFIRMED)
    world.published(Audience.SIGNED_IN)
    assert not sees(base.country, inside, FigureState.CONFIRMED)
    version = base.programme.reviews.get().versions.get()
    version.audience = Audience.PUBLIC
    version.save()
    assert sees(base.country, inside, FigureState.CONFIRMED)
    assert sees(base.province, inside, FigureState.CONFIRMED)
    assert not sees(base.communes[0], inside, FigureState.CONFIRMED)
    assert not sees(base.country, inside, FigureState.RECEIVED)
    assert not sees(base.country, outside, FigureState.CONFIRMED)


def test_a_guest_reads_the_dashboard_of_published_days(world: PageWorld) -> None:
    guest = client_of(world.people()[GUEST])
    refused = guest.get(world.dashboard)
    assert refused.status_code == 403
    assert "chưa công bố" in refused.content.decode()
    world.published()
    page = guest.get(world.dashboard)
    assert page.status_code == 200
    assert page.context["asked"].state == FigureState.CONFIRMED
    assert "state" not in {choice.name for choice in page.context["chooser"].choices}


def test_a_guest_sees_no_lineage(world: PageWorld) -> None:
    world.published()
    page = client_of(world.people()[GUEST]).get(world.figure("B01"))
    assert page.status_code == 200
    assert page.context["lineage_tables"] == []


def test_small_counts_of_persons_are_protected_on_pages_and_in_downloads(world: PageWorld) -> None:
    base = world.told.base
    for organisation, sessions in zip((*base.units, base.desk), ("4", "6", "10"), strict=True):
        report = base.report_of(organisation)
        cells = {"B01": sessions, "B02": "1"}
        corrected = correct_report(
            report=report, cells=cells, notes={"B02": "mưa"}, reason="ghi nhầm", by=None, origin=Origin.FORM
        )
        accept_report(report=corrected, by=None)
    world.published()
    guest, desk = client_of(world.people()[GUEST]), client_of(base.central_desk)
    asked = f"{world.dashboard}?indicator=B02"
    for address in (
        asked,
        f"{asked}&download=csv",
        world.figure("B02"),
        world.figure("B02", download="csv", table="trend"),
    ):
        page = guest.get(address)
        assert page.status_code == 200, address
        shown = page.content.decode("utf-8-sig")
        assert "<5" in shown or "&lt;5" in shown, address
    assert guest.get(world.figure("B02")).context["page"].figure.value is None
    assert desk.get(world.figure("B02", state="received")).context["page"].figure.value == 3
