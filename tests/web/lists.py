"""Rows for every list of the pages: `build(world, first, last)` adds those of the numbers first to last."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from phoihop.areas.actions.derived import rebuild_derived
from phoihop.areas.enums import Level
from phoihop.core import clock
from phoihop.indicators.models import Block, Claim, Indicator, Source
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Membership, OrganisationSuccession
from phoihop.periods import Period, parse_period
from phoihop.programmes.models import AnnualPlanItem, Content, Party
from phoihop.reports.models import ReportForm, ReturnText
from phoihop.reviews.actions.noting import note_changes
from phoihop.reviews.enums import Audience
from phoihop.reviews.models import IssuedNumber, Issuer, Review, ReviewVersion
from tests.factories.areas import area_under
from tests.factories.events import held
from tests.factories.indicators import indicator, programme_in
from tests.factories.orgs import UserFactory, police_of
from tests.factories.reports import expected
from tests.reports.world import front_of, submitted
from tests.web.world import GUEST, PageWorld

Build = Callable[[PageWorld, int, int], None]
CENTRE, PROVINCE, OFFICER = Role.CENTRAL_DESK, Role.PROVINCIAL_DESK, Role.REPORTING_OFFICER


@dataclass(frozen=True)
class Listed:
    build: Build
    address: str
    row: str  # a pattern that a row of the list has once
    queries: int
    who: Any = CENTRE
    most: int = 30  # rows on a page, where it shows no more


def windows(first: int, last: int) -> list[Period]:
    """Half-years before the one that is reported, the newest first."""
    return [parse_period(f"ADM-{2025 - number // 2}-H{2 - number % 2}") for number in range(first, last)]


def windows_opened(world: PageWorld, first: int, last: int) -> None:
    for window in windows(first, last):
        world.told.base.open(window)


def reports_submitted(world: PageWorld, first: int, last: int) -> None:
    base = world.told.base
    for window in windows(first, last):
        submitted(base.report_of(base.units[0], base.open(window)))


def programmes_signed(world: PageWorld, first: int, last: int) -> None:
    base = world.told.base
    for _number in range(first, last):
        made = programme_in(base.country)
        made.signed_on = date(2024, 1, 1)
        made.milestones = world.programme.milestones
        made.save()
        Party.objects.create(programme=made, organisation=base.centre, role="lead")


def parts_of_a_programme(world: PageWorld, first: int, last: int) -> None:
    """Contents with indicators, years of plans, local versions, reviews and windows of one programme."""
    base, programme = world.told.base, world.programme
    for number in range(first, last):
        content = Content.objects.create(
            programme=programme, code=f"n{number}", title_vi=f"Nội dung {number}", title_en="x", order=number
        )
        indicator(f"X{number:02}", programme=programme)
        programme.selections.filter(indicator__code=f"X{number:02}").update(content=content)
        AnnualPlanItem.objects.create(content=content, year=2026, owner=base.centre, text_vi="x", text_en="x")
        local = programme_in(base.province)
        local.localises = programme
        local.save()
        Party.objects.create(programme=programme, organisation=police_of(base.province), role="party")
    windows_opened(world, first, last)
    reviews_published(world, first, last)


def indicators_listed(world: PageWorld, first: int, last: int) -> None:
    Block.objects.get_or_create(code="T", name_vi="Chương", name_en="Chapter")
    for number in range(first, last):
        indicator(f"X{number:02}", programme=world.programme)


def claims_published(world: PageWorld, first: int, last: int) -> None:
    """Each with its area, its source and another that contradicts it."""
    base, counted = world.told.base, Indicator.objects.get(code="B01")
    for number in range(first, last):
        source = Source.objects.create(code=f"S{number + 50}", title="Báo", urls=["https://example.org/"])
        area = area_under(base.country, Level.PROVINCE, f"Số {number}")
        for value in (5, 700):
            claim = Claim.objects.create(
                key=f"more-{number}-{value}", area=area, indicator=counted, window_text="2025", value=value,
                qualifier="exact", unit_vi="cuộc", unit_en="sessions",
            )  # fmt: skip
            claim.sources.add(source)


def units_below(world: PageWorld, first: int, last: int) -> None:
    """Each owes a report of the window."""
    base = world.told.base
    for number in range(first, last):
        commune = area_under(base.province, Level.COMMUNE, f"Số {number}")
        expected(world.told.period, police_of(commune, base.desk), deadline=date(2026, 6, 20))
    rebuild_derived()


def organisations_of_an_area(world: PageWorld, first: int, last: int) -> None:
    base = world.told.base
    for _number in range(first, last):
        front_of(base.province, base.centre)


def members_granted(world: PageWorld, first: int, last: int) -> None:
    for number in range(first, last):
        unit = police_of(world.told.base.communes[number % 2], world.told.base.desk)
        Membership.objects.create(user=UserFactory(), organisation=unit, role=Role.READER)


def organisations_ended(world: PageWorld, first: int, last: int) -> None:
    """Each with its report still open, an heir, and a user of its own."""
    base = world.told.base
    for _number in range(first, last):
        ended = police_of(base.communes[0], base.desk)
        Membership.objects.create(user=UserFactory(), organisation=ended, role=Role.REPORTING_OFFICER)
        expected(world.told.period, ended)
        type(ended).objects.filter(pk=ended.pk).update(valid_until=date(2026, 6, 16))
        for heir in base.units[:2]:
            OrganisationSuccession.objects.create(predecessor=ended, successor=heir, on=date(2026, 6, 16))


def events_entered(world: PageWorld, first: int, last: int) -> None:
    """By both who held them, in places of their own: each pair may be one event."""
    base = world.told.base
    for number in range(first, last):
        commune = area_under(base.province, Level.COMMUNE, f"Nơi {number}")
        police, front = police_of(commune, base.desk), front_of(commune)
        held(police, co_organisers=[front], subject=f"Nội dung số {number}")
        held(front, lead=police, subject=f"Nội dung số {number}")


def reviews_frozen(world: PageWorld, first: int, last: int) -> list[ReviewVersion]:
    """Copies of one that was composed and frozen: composing thirty would take a minute."""
    kept = Review.objects.filter(slug="goc").first()
    origin = kept.versions.get() if kept else world.frozen(slug="goc", state="received")
    made = []
    for number in range(first, last):
        review, version = copy(origin.review), copy(origin)
        review.pk, review.slug = None, f"ban-{number}"
        review._state.adding = version._state.adding = True
        review.save()
        version.pk, version.review = None, review
        version.save()
        Issuer.objects.create(review=review, organisation=world.told.base.centre)
        made.append(version)
    return made


def reviews_published(world: PageWorld, first: int, last: int) -> None:
    made = [version.pk for version in reviews_frozen(world, first, last)]
    ReviewVersion.objects.filter(pk__in=made).update(published_at=clock.now(), audience=Audience.PUBLIC)


def reviews_moved(world: PageWorld, first: int, last: int) -> None:
    """A report is corrected after they were frozen."""
    from tests.web.test_review_changes import correct

    reviews_frozen(world, first, last)
    correct(world, 0, str(first + 5))
    note_changes()


def numbers_given(world: PageWorld, first: int, last: int) -> None:
    base = world.told.base
    for number, version in enumerate(reviews_frozen(world, first, last), first + 1):
        IssuedNumber.objects.create(
            organisation=base.centre, year=2026, number=number, version=version, dated_on=date(2026, 6, 16),
            given_at=clock.now(), given_by=base.central_desk,
        )  # fmt: skip


def forms_asked(world: PageWorld, first: int, last: int) -> None:
    base = world.told.base
    for number in range(first, last):
        form = ReportForm.objects.create(
            code=f"form-{number}", title_vi="Mẫu", title_en="Form", window="half"
        )
        form.programmes.add(world.programme)
        base.form, kept = form, base.form
        base.ask(Level.COMMUNE, base.province)
        base.form = kept


def texts_written(world: PageWorld, first: int, last: int) -> None:
    for number in range(first, last):
        ReturnText.objects.create(
            organisation=world.told.base.desk, text=f"Lý do {number}", changed_at=clock.now(),
            changed_by=world.told.base.provincial_desk,
        )  # fmt: skip


LISTS = {
    "programmes, to a guest": Listed(programmes_signed, "/", "programme-", 3, GUEST),
    "programmes": Listed(programmes_signed, "/", "programme-", 48),
    "reviews that moved": Listed(reviews_moved, "/", "/thay-doi/", 51, most=20),
    "a programme": Listed(parts_of_a_programme, "/chuong-trinh/{programme}/", "Nội dung", 19),
    "reviews, to a guest": Listed(reviews_published, "/so-ket/", "/so-ket/ban-", 4, GUEST),
    "reviews": Listed(reviews_published, "/so-ket/", "/so-ket/ban-", 9),
    "number register": Listed(numbers_given, "/so-ket/so-van-ban/", r"/so-ket/ban-\d+/\?version", 10),
    "indicators": Listed(indicators_listed, "/chi-tieu/", "/chi-tieu/X", 3, GUEST),
    "published figures": Listed(claims_published, "/so-lieu-cong-bo/", "S5|S6|S7", 15, GUEST),
    "areas found": Listed(units_below, "/dia-phuong/?q=so", "Xã Số", 3, GUEST),
    "units of an area": Listed(units_below, "/dia-phuong/{province}/", "Xã Số", 41),
    "organisations of an area": Listed(organisations_of_an_area, "/dia-phuong/{province}/", "org-", 41),
    "dashboard of a province": Listed(
        units_below, "/chuong-trinh/{programme}/tong-quan/?area={province}", "Xã Số", 83
    ),
    "trends of communes": Listed(
        units_below, "/xu-huong/cac-tinh/?programme={programme}&indicator=B01&area={province}", "Xã Số", 39
    ),
    "trends of contents": Listed(
        parts_of_a_programme, "/xu-huong/cac-noi-dung/?programme={programme}", "Nội dung", 29
    ),
    "members": Listed(members_granted, "/thanh-vien/", "user-", 11, PROVINCE),
    "inbox of heirs": Listed(organisations_ended, "/ke-thua/", 'name="heir"', 19, PROVINCE),
    "events": Listed(events_entered, "/su-kien/", "Nội dung số", 15),
    "possibly one event": Listed(events_entered, "/su-kien/trung/", "Nội dung số", 9),
    "windows": Listed(windows_opened, "/ky-bao-cao/", r'"/ky-bao-cao/\d+/', 9),
    "reports of a window": Listed(units_below, "/ky-bao-cao/{period}/", r"/bao-cao/\d+|org-", 10),
    "burden": Listed(forms_asked, "/ky-bao-cao/ganh-nang/", "Mẫu", 9),
    "my reports, waiting": Listed(windows_opened, "/bao-cao-cua-toi/", "/nhap/", 11, OFFICER),
    "my reports, done": Listed(reports_submitted, "/bao-cao-cua-toi/", r'"/bao-cao/\d+/"', 10, OFFICER),
    "inbox of a desk": Listed(reports_submitted, "/ban-lam-viec/?tab=all", r'"/bao-cao/\d+/', 16, PROVINCE),
    "matrix of a desk": Listed(units_below, "/ban-lam-viec/ma-tran/", r'"/bao-cao/\d+/', 10, PROVINCE),
    "call list": Listed(units_below, "/ban-lam-viec/danh-sach-goi/?tab=missing", "Xã Số|org-", 13, PROVINCE),
    "texts of returns": Listed(texts_written, "/ban-lam-viec/mau-tra-lai/", "Lý do", 10, PROVINCE),
}
