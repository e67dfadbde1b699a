"""The reporting world with a programme that plans its interim review, reviewed at province and centre."""

from dataclasses import dataclass
from typing import Any

from phoihop.indicators.models import Indicator, IndicatorVersion
from phoihop.orgs.models import Organisation, Post
from phoihop.periods import Span, parse_period
from phoihop.programmes.enums import PartyRole
from phoihop.programmes.models import Content, Party, Programme
from phoihop.reports.models import ReportingPeriod
from phoihop.reviews.actions import approve_for_every_issuer, compose_review, create_review
from phoihop.reviews.compose.text import Text
from phoihop.reviews.enums import ReviewKind
from phoihop.reviews.models import Review, ReviewVersion
from tests.factories.indicators import indicator
from tests.reports.world import World, accepted, new_world

H1 = parse_period("ADM-2026-H1")
SPAN = Span(H1.start, H1.end)

OUTLINE: dict[str, Any] = {
    "outline": [
        {
            "key": "part-one",
            "title": {"vi": "Phần thứ nhất: KẾT QUẢ", "en": "Part One: Results"},
            "kind": "part",
            "sections": [
                {
                    "key": "leadership",
                    "title": {"vi": "I. Công tác lãnh đạo", "en": "I. Leadership"},
                    "kind": "figures",
                    "indicators": ["K05", "K06"],
                },
                {
                    "key": "results",
                    "title": {"vi": "II. Kết quả theo nội dung", "en": "II. Results by content"},
                    "kind": "contents",
                    "sections": [
                        {
                            "key": "content-1",
                            "title": {"vi": "1. Tuyên truyền", "en": "1. Communication"},
                            "kind": "figures",
                            "contents": ["1"],
                        },
                    ],
                },
            ],
        },
        {
            "key": "part-two",
            "title": {"vi": "Phần thứ hai: ĐÁNH GIÁ", "en": "Part Two: Assessment"},
            "kind": "part",
            "sections": [
                {"key": "limits", "title": {"vi": "I. Hạn chế", "en": "I. Limits"}, "kind": "text"},
                {"key": "causes", "title": {"vi": "II. Nguyên nhân", "en": "II. Causes"}, "kind": "text"},
            ],
        },
    ],
    "annexes": ["indicators_by_period", "by_unit", "oversight", "tasks"],
    "reviews": [
        {
            "key": "so-ket",
            "kind": "interim",
            "years": 1,
            "from": "2025-12-15",
            "to": "2026-06-14",
            "title": {"vi": "Sơ kết 6 tháng", "en": "Half-year review"},
        }
    ],
}


@dataclass
class ReviewWorld:
    base: World
    period: ReportingPeriod

    @property
    def units(self) -> list[Organisation]:
        return self.base.units

    def accept(self, organisation: Organisation, cells: dict[str, str], **fields: Any) -> Any:
        return accepted(self.base.report_of(organisation, self.period), cells, **fields)

    def accept_all(self) -> None:
        """Communes give 4 and 6 sessions, the province's police 10 of its own."""
        self.accept(self.units[0], {"B01": "4", "B02": "400"})
        self.accept(self.units[1], {"B01": "6", "B02": "500"})
        self.accept(self.base.desk, {"B01": "10", "B02": "1100"})

    def review(self, **fields: Any) -> Review:
        defaults: dict[str, Any] = {
            "programmes": [self.base.programme],
            "area": self.base.country,
            "kind": ReviewKind.INTERIM,
            "span": SPAN,
            "slug": "so-ket",
            "title": Text("Sơ kết 6 tháng", "Half-year review"),
            "by": None,
        }
        return create_review(**{**defaults, **fields})

    def composed(self, **fields: Any) -> Review:
        return compose_review(review=self.review(**fields), by=None)


def approved(version: ReviewVersion) -> ReviewVersion:
    """By every issuer, so that it may be published."""
    approve_for_every_issuer(audience="public", version=version, by=None)
    return version


def review_world() -> ReviewWorld:
    """On the morning after the half closed: every list open, nothing reported yet."""
    base = new_world()
    programme = base.programme
    programme.outline = OUTLINE
    programme.title_vi = "Chương trình phối hợp tuyên truyền"
    programme.save()
    Party.objects.create(programme=programme, organisation=base.centre, role=PartyRole.LEAD)
    content = Content.objects.create(
        programme=programme, code="1", title_vi="Tuyên truyền", title_en="Communication"
    )
    programme.selections.filter(indicator__code__in=["B01", "B02"]).update(content=content)
    IndicatorVersion.objects.filter(indicator__code="B02").update(unit_vi="lượt người", unit_en="attendances")
    for code in ("K05N", "K05D", "K06N"):
        indicator(code, "system", programme=programme, over_time="add", over_units="add")
    for code, numerator in (("K05", "K05N"), ("K06", "K06N")):
        _rate_of_reports(programme, code, numerator)
    Post.objects.create(
        organisation=base.centre, slug="head", title_vi="Cục trưởng", title_en="Director", may_sign=True,
        signing_vi="TM. BAN CHỈ ĐẠO",
    )  # fmt: skip
    return ReviewWorld(base, base.open(H1))


def _rate_of_reports(programme: Programme, code: str, numerator: str) -> None:
    indicator(
        code, "system", programme=programme, over_time="recompute", over_units="recompute", unit_vi="%", unit_en="%",
        numerator=Indicator.objects.get(code=numerator), denominator=Indicator.objects.get(code="K05D"),
        factor=100, decimals=2, direction="up",
    )  # fmt: skip
