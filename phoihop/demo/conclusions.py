"""The reviews of the story: the three programmes of 11 March 2019, Kon Tum's own, and today's three years of 07."""

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from django.conf import settings

from phoihop.areas.models import Area
from phoihop.core import clock, storage
from phoihop.demo import story
from phoihop.periods import Span
from phoihop.programmes.models import Programme
from phoihop.reviews.actions import (
    approve_for_every_issuer,
    compose_review,
    create_review,
    freeze_review,
    publish_review,
)
from phoihop.reviews.compose.text import Text
from phoihop.reviews.enums import ReviewKind
from phoihop.reviews.models import Review, ReviewVersion

OUT = Path(settings.VAR_DIR) / "documents"


@dataclass(frozen=True, slots=True)
class DemoReview:
    slug: str
    programmes: tuple[str, ...]
    area: str
    title: Text
    span: Span
    on: date  # the day it was frozen: what was accepted later is not in its ledger
    drafting_unit: Text
    map_key: str = "reported"


REVIEWS = (
    DemoReview(
        "so-ket-kon-tum-2019", story.PROGRAMMES[:1], story.KON_TUM,
        Text(
            "Sơ kết 5 năm thực hiện Chương trình phối hợp số 09/CTr-BCA-MTTQ tại tỉnh Kon Tum",
            "Five-year interim review of Coordination Programme 09/CTr-BCA-MTTQ in Kon Tum",
        ),
        Span.of(date(2013, 12, 15), date(2018, 12, 14)), date(2019, 2, 20),
        Text("PV05", "PV05"),
    ),
    DemoReview(
        "so-ket-2019", story.PROGRAMMES[:3], story.NATION,
        Text(
            "Sơ kết 5 năm thực hiện các Chương trình số 09/CTr-BCA-MTTQ, số 22-CTr/ĐUCA-V28 và 2 năm thực hiện"
            " Chương trình số 38-CTr/BDVTW-BCA",
            "Interim review of five years of Programmes 09/CTr-BCA-MTTQ and 22-CTr/ĐUCA-V28 and two years of"
            " Programme 38-CTr/BDVTW-BCA",
        ),
        Span.of(date(2013, 12, 15), date(2018, 12, 14)), date(2019, 3, 4),
        Text("V05", "V05"),
    ),
    DemoReview(
        "so-ket-07-ba-nam", story.PROGRAMMES[3:], story.NATION,
        Text(
            "Sơ kết 3 năm thực hiện Chương trình phối hợp số 07 giai đoạn 2023-2033",
            "Three-year interim review of Coordination Programme 07, term 2023-2033",
        ),
        Span.of(date(2023, 10, 17), date(2026, 10, 16)), date(2026, 11, 23),
        Text("V05", "V05"), "2025-07-01",
    ),
)  # fmt: skip


def conclude(review: DemoReview) -> ReviewVersion:
    """Created, composed, frozen and published on its day; its files copied where a newcomer finds them."""
    with clock.pinned(datetime.combine(review.on, time(11), clock.VIETNAM)):
        made = _created(review)
        compose_review(review=made, by=None)
        version = freeze_review(review=made, by=None)
        approve_for_every_issuer(
            version=version, audience="public", by=None, note="Trình diễn, số liệu mô phỏng"
        )
        publish_review(version=version, audience="public", by=None)
    hand_out(version)
    return version


def _created(review: DemoReview) -> Review:
    below = {"so-ket-2019": ["so-ket-kon-tum-2019"]}.get(review.slug, [])
    return create_review(
        programmes=[Programme.objects.get(slug=slug) for slug in review.programmes],
        area=Area.objects.get(key=review.area),
        kind=ReviewKind.INTERIM,
        span=review.span,
        slug=review.slug,
        title=review.title,
        map_key=review.map_key,
        drafting_unit=review.drafting_unit,
        quotes=[Review.objects.get(slug=slug).versions.latest("number") for slug in below],
        by=None,
    )


def hand_out(version: ReviewVersion) -> list[Path]:
    """Copies of the stored files under the demonstration's own folder."""
    OUT.mkdir(parents=True, exist_ok=True)
    copies = []
    for kept in version.files.order_by("pk"):
        copy = OUT / kept.name
        copy.write_bytes(storage.place_of(kept.path).read_bytes())
        copies.append(copy)
    return copies
