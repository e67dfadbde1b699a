from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation

from phoihop.areas.enums import Level
from phoihop.audit.models import AuditEvent
from phoihop.core.yaml_files import FileRefused
from phoihop.indicators.actions import load_claims, load_indicators
from phoihop.indicators.models import Claim, Source
from phoihop.indicators.queries import claims_by_source, contradictions
from tests.factories.areas import area_under
from tests.indicators.small_catalogue import catalogue_file
from tests.orgs.tiny_country import Country, tiny_country

pytestmark = pytest.mark.django_db

CLAIMS = """\
format: phoihop-claims/1
sources:
  S11: {title: Báo Hà Nội Mới, urls: ["https://example.org/11"]}
  S2: {title: Báo Mới}
claims:
  - id: kon-tum-tv
    area: {province: Kon Tum}
    map: 63
    indicator: A01
    window: {from: 2013-01-01, to: 2023-05-31}
    window_text: 2013-2023
    value: "2250"
    qualifier: nearly
    unit_vi: mô hình
    unit_en: models
    source: [S11]
  - id: kon-tum-police
    area: {province: Kon Tum}
    map: 63
    indicator: A01
    window: {from: 2023-01-01, to: 2023-12-31}
    window_text: năm 2023
    value: "48.5"
    qualifier: exact
    unit_vi: mô hình
    unit_en: models
    source: [S2, S11]
  - id: dak-ui-groups
    area: {province: Kon Tum, district: Đăk Hà, commune: Đăk Ui}
    map: 63
    measure_vi: Nhóm tàu thuyền
    measure_en: Boat groups
    window: {from: 2019-01-01, to: null}
    window_text: từ 2019
    value: "31"
    qualifier: exact
    unit_vi: nhóm
    unit_en: groups
    source: [S2]
  - id: nation
    area: {nation: true}
    map: 34
    measure_vi: Nhóm tàu thuyền
    measure_en: Boat groups
    window: {from: 2025-07-01, to: 2025-07-01}
    window_text: 01/7/2025
    value: "1925"
    qualifier: more_than
    unit_vi: nhóm
    unit_en: groups
    source: [S2]
"""


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def country(tmp_path: Path) -> Country:
    load_indicators(file=catalogue_file(tmp_path))
    return tiny_country()


def claims_file(folder: Path, text: str = CLAIMS) -> Path:
    path = folder / "claims.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_claims_stand_at_their_area_with_their_sources(country: Country, tmp_path: Path) -> None:
    assert vars(load_claims(file=claims_file(tmp_path))) == {"created": 4, "changed": 0}
    claim = Claim.objects.get(key="kon-tum-police")
    assert (claim.area, claim.indicator.code, claim.value) == (country.kon_tum, "A01", Decimal("48.5"))
    assert (claim.window_from, claim.window_until) == (date(2023, 1, 1), date(2024, 1, 1))
    assert {source.code for source in claim.sources.all()} == {"S2", "S11"}
    open_ended = Claim.objects.get(key="dak-ui-groups")
    assert (open_ended.area, open_ended.indicator, open_ended.window_until) == (country.dak_ui, None, None)
    assert Claim.objects.get(key="nation").area == country.nation


def test_loading_twice_changes_nothing(country: Country, tmp_path: Path) -> None:
    file = claims_file(tmp_path)
    load_claims(file=file)
    before = list(Claim.objects.order_by("pk").values())
    assert vars(load_claims(file=file)) == {"created": 0, "changed": 0}
    assert list(Claim.objects.order_by("pk").values()) == before
    assert AuditEvent.objects.filter(action="load_claims", object_id=country.nation.pk).count() == 1


def test_a_correction_changes_one_claim(country: Country, tmp_path: Path) -> None:
    load_claims(file=claims_file(tmp_path))
    corrected = CLAIMS.replace('value: "48.5"', 'value: "49"').replace("source: [S2, S11]", "source: [S2]")
    assert vars(load_claims(file=claims_file(tmp_path, corrected))) == {"created": 0, "changed": 1}
    claim = Claim.objects.get(key="kon-tum-police")
    assert (claim.value, claim.sources.get().code, claim.area) == (49, "S2", country.kon_tum)


def test_sources_come_in_their_own_order_with_what_they_say(country: Country, tmp_path: Path) -> None:
    load_claims(file=claims_file(tmp_path))
    Source.objects.create(code="S99", title="never cited")
    told = [(source.code, [claim.key for claim in claims]) for source, claims in claims_by_source()]
    assert told == [
        ("S2", ["dak-ui-groups", "nation", "kon-tum-police"]),
        ("S11", ["kon-tum-tv", "kon-tum-police"]),
    ]
    assert country.nation


def test_contradictions_are_on_one_area_and_one_measure(country: Country, tmp_path: Path) -> None:
    load_claims(file=claims_file(tmp_path))
    found = contradictions()
    assert [(each.area, each.indicator.code if each.indicator else None) for each in found] == [
        (country.kon_tum, "A01")
    ]
    assert [claim.key for claim in found[0].claims] == ["kon-tum-tv", "kon-tum-police"]
    assert found[0].same_time is True


def test_values_said_of_other_days_are_told_apart(country: Country, tmp_path: Path) -> None:
    earlier = CLAIMS.replace("from: 2013-01-01, to: 2023-05-31", "from: 2013-01-01, to: 2022-12-31")
    load_claims(file=claims_file(tmp_path, earlier))
    assert [each.same_time for each in contradictions()] == [False]
    assert country.nation


def test_the_same_value_twice_is_no_contradiction(country: Country, tmp_path: Path) -> None:
    load_claims(file=claims_file(tmp_path, CLAIMS.replace('"48.5"', '"2250.0"')))
    assert contradictions() == []
    assert country.nation


REFUSALS = [
    ("area: {province: Kon Tum}\n    map: 63\n    indicator: A01\n    window: {from: 2013", "area: {province: Kon Tum}\n    map: 34\n    indicator: A01\n    window: {from: 2013",
     "7: claims[kon-tum-tv].area: “Kon Tum” is not a unit of the level Province on 01/07/2025. Write the official name, or the other map."),
    ("commune: Đăk Ui", "commune: Ia Ly", "29: claims[dak-ui-groups].area: “Ia Ly” is not a unit of the level Commune on 30/06/2025. Write the official name, or the other map."),
    ("{nation: true}", "{nation: true, province: Gia Lai}", "41: claims[nation].area: Write nation: true for the whole country, or the name of a province and what lies in it, not both."),
    ("source: [S2, S11]", "source: [S2, S12]", "27: claims[kon-tum-police].source[2]: “S12” is not known. Allowed: S11, S2. Did you mean “S2”?"),
    ('value: "48.5"', 'value: "48,5"', "23: claims[kon-tum-police].value: “48,5” is not a number. Allowed: digits with a decimal point, in quotes, without separators."),
    ("id: nation", "id: kon-tum-tv", "40: claims[kon-tum-tv].id: “kon-tum-tv” stands twice in this file. Keep one of them, or give the other its own name."),
    ("to: 2025-07-01", "to: 2025-06-01", "45: claims[nation].window.to: “2025-06-01” comes before the first day, “2025-07-01”. Correct one of the two days."),
    ("measure_vi: Nhóm tàu thuyền\n    measure_en: Boat groups\n    window: {from: 2019", "measure_vi: Tin báo của dân\n    measure_en: Boat groups\n    window: {from: 2019", "31: claims[dak-ui-groups].measure_vi: “tin báo” is not counted in this system. It puts people under a quota. Remove it from the file."),
    ("measure_en: Boat groups\n    window: {from: 2019", "window: {from: 2019", "28: claims[dak-ui-groups]: It does not say what was counted. Write indicator, or measure_vi and measure_en."),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "sentence"), REFUSALS)
def test_a_wrong_claim_is_refused_with_its_place(
    country: Country, tmp_path: Path, right: str, wrong: str, sentence: str
) -> None:
    assert CLAIMS.count(right) == 1
    with pytest.raises(FileRefused) as refusal:
        load_claims(file=claims_file(tmp_path, CLAIMS.replace(right, wrong)))
    assert str(refusal.value) == f"claims.yaml:{sentence}"
    assert country.nation.claims.count() == 0


def test_a_name_two_units_bear_is_refused(country: Country, tmp_path: Path) -> None:
    area_under(country.dak_ha, Level.COMMUNE, "Đăk Ui")
    with pytest.raises(FileRefused, match="“Đăk Ui” names several units of the level Commune on 30/06/2025"):
        load_claims(file=claims_file(tmp_path))
