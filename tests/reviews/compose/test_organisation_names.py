from datetime import date

import pytest

from phoihop.areas.enums import Level
from phoihop.areas.models import AreaTitle
from phoihop.reviews.compose.gathering.reporting import organisation_name
from tests.factories.areas import area_under, nation
from tests.factories.orgs import OrganisationFactory

pytestmark = pytest.mark.django_db
CITY_FROM = date(2026, 4, 30)


def test_a_review_names_an_organisation_as_on_its_last_day() -> None:
    area = area_under(nation(), Level.PROVINCE, "Đồng Nai")
    area.full_name = "Thành phố Đồng Nai"
    area.save()
    AreaTitle.objects.create(area=area, kind="tỉnh", full_name="Tỉnh Đồng Nai", valid_until=CITY_FROM)
    body = OrganisationFactory(area=area, name_vi="Công an thành phố Đồng Nai", name_en="Đồng Nai Police")
    assert organisation_name(body, date(2025, 12, 14)).vi == "Công an tỉnh Đồng Nai"
    assert organisation_name(body, CITY_FROM).vi == "Công an thành phố Đồng Nai"
    assert organisation_name(body, CITY_FROM).en == "Đồng Nai Police"
