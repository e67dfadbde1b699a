"""The reviewing world on a real map: half a year reported, a review of it composed, two communes apart."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.test import Client

from phoihop.areas.actions.derived import rebuild_derived
from phoihop.indicators.models import Claim, Indicator, IndicatorVersion, Source, Target
from phoihop.orgs.enums import Role
from phoihop.orgs.permissions import AnyUser
from phoihop.programmes.models import AnnualPlanItem, Programme
from phoihop.reviews.actions import freeze_review, publish_review
from phoihop.reviews.enums import Audience
from phoihop.reviews.models import Review, ReviewVersion
from tests.factories.orgs import user_for
from tests.reviews.world import ReviewWorld, approved, review_world

GUEST = "guest"


@dataclass
class PageWorld:
    told: ReviewWorld

    @property
    def programme(self) -> Programme:
        return self.told.base.programme

    @property
    def dashboard(self) -> str:
        return f"/chuong-trinh/{self.programme.slug}/tong-quan/"

    def area(self, name: str) -> str:
        base = self.told.base
        keys = {"nation": base.country, "province": base.province, "commune": base.communes[0]}
        return keys[name].key

    def figure(self, code: str, area: str = "nation", **more: str) -> str:
        asked = {"programme": self.programme.slug, "indicator": code, "area": self.area(area), **more}
        return "/so-lieu/?" + "&".join(f"{name}={value}" for name, value in asked.items())

    def people(self) -> dict[str, AnyUser]:
        """One of each role, where it is held."""
        base = self.told.base
        commune = base.units[0]
        return {
            GUEST: AnonymousUser(),
            Role.CENTRAL_DESK: base.central_desk,
            Role.PROVINCIAL_DESK: base.provincial_desk,
            Role.REPORTING_OFFICER: base.officer(),
            Role.APPROVER: base.user(commune, Role.APPROVER),
            Role.READER: base.user(commune, Role.READER),
            Role.AUDITOR: user_for(base.centre, Role.AUDITOR),
        }

    def frozen(self, **fields: Any) -> ReviewVersion:
        return freeze_review(review=self.told.composed(**fields), by=None, render=False)

    def published(self, audience: Audience = Audience.PUBLIC) -> Review:
        version = approved(self.frozen(state="received"))
        return publish_review(version=version, audience=audience, by=None).review


def page_world() -> PageWorld:
    told = review_world()
    rebuild_derived()
    told.accept_all()
    IndicatorVersion.objects.filter(indicator__code="B02").update(persons="participants")
    Indicator.objects.filter(code__in=["B01", "B02"]).update(is_core=True)
    selection = told.base.programme.selections.get(indicator__code="B01")
    Target.objects.create(
        selection=selection,
        level="province",
        value=Decimal(30),
        note="mặc định của cấp tỉnh",
        note_en="default",
    )
    _claims(told)
    _notes(told)
    return PageWorld(told)


def _notes(told: ReviewWorld) -> None:
    """What the file of a programme says about itself, in both languages."""
    programme, centre = told.base.programme, told.base.centre
    programme.signed_note, programme.signed_note_en = "không rõ ngày ký", "the day of signing is not known"
    programme.term_note, programme.term_note_en = "ngày cuối là mặc định", "the last day is a default"
    programme.save()
    calendar = programme.calendar
    calendar.note, calendar.note_en = "không phải quy định của chương trình", "not the programme's own rule"
    calendar.save()
    AnnualPlanItem.objects.create(
        content=programme.contents.get(),
        year=2026,
        owner=centre,
        text_vi="Mở lớp tập huấn",
        text_en="Hold classes",
    )


def _claims(told: ReviewWorld) -> None:
    sources = [
        Source.objects.create(code=f"S{n}", title=f"Báo {n}", urls=["https://example.org/"]) for n in (1, 2)
    ]
    indicator = told.base.programme.selections.get(indicator__code="B01").indicator
    for source, value, qualifier in ((sources[0], 700, "more_than"), (sources[1], 12, "exact")):
        claim = Claim.objects.create(
            key=f"claim-{source.code}", area=told.base.province, indicator=indicator, window_text="sáu tháng đầu năm 2026", window_text_en="the first half of 2026",
            value=Decimal(value), qualifier=qualifier, unit_vi="cuộc", unit_en="sessions", note_vi="=SUM(A1)", note_en="=SUM(A1)",
        )  # fmt: skip
        claim.sources.add(source)


def client_of(user: AnyUser) -> Client:
    client = Client()
    if user.is_authenticated:
        client.force_login(user)  # type: ignore[arg-type]
    return client
