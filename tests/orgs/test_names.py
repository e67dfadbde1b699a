"""What an organisation was called on a day, when what its area is called changed."""

from datetime import date

import pytest

from phoihop.areas.enums import Level
from phoihop.areas.models import Area, AreaTitle
from phoihop.orgs.models import Organisation
from tests.factories.areas import area_under, nation
from tests.factories.orgs import OrganisationFactory

pytestmark = pytest.mark.django_db
CITY_FROM = date(2026, 4, 30)
CITY = "thành phố trung ương"


@pytest.fixture
def dong_nai() -> Area:
    area = area_under(nation(), Level.PROVINCE, "Đồng Nai")
    area.kind, area.full_name = CITY, "Thành phố Đồng Nai"
    area.save()
    AreaTitle.objects.create(area=area, kind="tỉnh", full_name="Tỉnh Đồng Nai", valid_until=CITY_FROM)
    AreaTitle.objects.create(area=area, kind=CITY, full_name="Thành phố Đồng Nai", valid_from=CITY_FROM)
    return area


NAMES = [
    ("Công an thành phố Đồng Nai", "Công an tỉnh Đồng Nai"),
    ("Ban Chỉ đạo 138 thành phố Đồng Nai", "Ban Chỉ đạo 138 tỉnh Đồng Nai"),
    ("Ban Tuyên giáo và Dân vận Thành ủy Đồng Nai", "Ban Tuyên giáo và Dân vận Tỉnh ủy Đồng Nai"),
    ("Thành đoàn Đồng Nai", "Tỉnh đoàn Đồng Nai"),
    ("Câu lạc bộ Sông Đồng", "Câu lạc bộ Sông Đồng"),  # not named after its area's kind
]


@pytest.mark.parametrize(("now", "then"), NAMES)
def test_the_name_follows_the_title_of_the_day(dong_nai: Area, now: str, then: str) -> None:
    body = OrganisationFactory(area=dong_nai, name_vi=now)
    assert body.name_on(CITY_FROM) == now
    assert body.name_on(date(2026, 4, 29)) == then
    assert body.name_on(date(2010, 1, 1)) == then


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("Public Security of Đồng Nai City", "Public Security of Đồng Nai Province"),
        ("River Club", "River Club"),  # not named after its area's kind
    ],
)
def test_the_english_name_follows_the_kind_of_the_day(dong_nai: Area, now: str, then: str) -> None:
    body = OrganisationFactory(area=dong_nai, name_en=now)
    assert body.english_name_on(CITY_FROM) == now
    assert body.english_name_on(date(2026, 4, 29)) == then


def test_a_commune_made_a_ward(dong_nai: Area) -> None:
    ward = area_under(dong_nai, Level.COMMUNE, "Kép")
    ward.full_name = "Phường Kép"
    ward.save()
    AreaTitle.objects.create(area=ward, kind="xã", full_name="Xã Kép", valid_until=CITY_FROM)
    body = OrganisationFactory(area=ward, name_vi="Khối Dân vận Đảng ủy phường Kép")
    assert body.name_on(date(2026, 1, 1)) == "Khối Dân vận Đảng ủy xã Kép"
    assert body.name_on(CITY_FROM) == "Khối Dân vận Đảng ủy phường Kép"


def test_the_names_of_a_list_cost_one_query_for_all(
    dong_nai: Area, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    for name, _then in NAMES:
        OrganisationFactory(area=dong_nai, name_vi=name)
    with django_assert_num_queries(2):  # type: ignore[operator]
        bodies = Organisation.objects.select_related("area").prefetch_related("area__titles")
        assert {body.name_on(date(2020, 1, 1)) for body in bodies} == {then for _now, then in NAMES}
