"""Two provinces that merged on 1/7/2025, one that stayed, a district that ended, a commune that was split."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from phoihop.areas.actions import rebuild_derived
from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from tests.factories.areas import area_under, nation, succeed

REFORM = date(2025, 7, 1)
TODAY = date(2026, 11, 23)


@dataclass
class Country:
    nation: Area
    kon_tum: Area  # until the reform
    quang_ngai_before: Area
    quang_ngai: Area  # since the reform, heir of both
    gia_lai: Area  # unchanged
    dak_ha: Area  # a district of Kon Tum
    dak_ui: Area  # a commune of Đăk Hà, passed whole to Đăk Mar
    dak_la: Area  # a commune of Đăk Hà, split between Đăk Mar and Đăk Pxi
    dak_mar: Area
    dak_pxi: Area
    ia_ly: Area  # a commune of Gia Lai


def tiny_country() -> Country:
    root = nation()
    kon_tum = area_under(root, Level.PROVINCE, "Kon Tum", valid_until=REFORM)
    quang_ngai_before = area_under(root, Level.PROVINCE, "Quảng Ngãi", valid_until=REFORM)
    quang_ngai = area_under(root, Level.PROVINCE, "Quảng Ngãi", valid_from=REFORM)
    gia_lai = area_under(root, Level.PROVINCE, "Gia Lai")
    dak_ha = area_under(kon_tum, Level.DISTRICT, "Đăk Hà", valid_until=REFORM)
    dak_ui = area_under(dak_ha, Level.COMMUNE, "Đăk Ui", valid_until=REFORM)
    dak_la = area_under(dak_ha, Level.COMMUNE, "Đăk La", valid_until=REFORM)
    dak_mar = area_under(quang_ngai, Level.COMMUNE, "Đăk Mar", valid_from=REFORM)
    dak_pxi = area_under(quang_ngai, Level.COMMUNE, "Đăk Pxi", valid_from=REFORM)
    ia_ly = area_under(gia_lai, Level.COMMUNE, "Ia Ly")
    for before in (kon_tum, quang_ngai_before):
        succeed(before, quang_ngai, on=REFORM)
    succeed(dak_ui, dak_mar, on=REFORM)
    succeed(dak_la, dak_mar, dak_pxi, on=REFORM)
    rebuild_derived()
    return Country(
        root, kon_tum, quang_ngai_before, quang_ngai, gia_lai, dak_ha, dak_ui, dak_la, dak_mar, dak_pxi, ia_ly
    )


ORGANISATIONS = """\
format: phoihop-organisations/1
organisations:
  - {slug: bo-cong-an, name_vi: Bộ Công an, name_en: Ministry of Public Security, party: police, level: nation, source: S2}
  - {slug: dang-uy, name_vi: Đảng ủy Công an, name_en: Party Committee, party: police, level: nation, source: S1}
  - {slug: mat-tran, name_vi: Mặt trận, name_en: Front, party: front, level: nation, source: S2}
  - slug: ban-dan-van
    name_vi: Ban Dân vận
    name_en: Mass Mobilisation
    party: mass_mobilisation
    level: nation
    valid_until: 2025-02-03
    successors: [{slug: ban-tuyen-giao, on: 2025-02-03, source: S38}]
    source: S8
  - slug: ban-tuyen-giao
    name_vi: Ban Tuyên giáo và Dân vận
    name_en: Communication and Mass Mobilisation
    party: mass_mobilisation
    level: nation
    valid_from: 2025-02-03
    predecessors: [{slug: ban-dan-van, on: 2025-02-03, source: S38}]
    source: S38
  - {slug: cuu-chien-binh, name_vi: Hội CCB, name_en: Veterans, party: member_organisation, level: nation, source: S10}
  - {slug: phu-nu, name_vi: Hội Phụ nữ, name_en: Women, party: member_organisation, level: nation, source: S10}
templates:
  - {key: police-province, level: province, party: police, name_vi: "Công an {full_name}", name_en: "{name} Police", source: S17}
  - {key: police-district, level: district, party: police, name_vi: "Công an {full_name}", name_en: "{name} Police",
     valid_until: 2025-03-01, source: S38}
  - {key: police-commune, level: commune, party: police, name_vi: "Công an {full_name}", name_en: "{name} Police", source: S23}
  - {key: front-province, level: province, party: front, name_vi: "Mặt trận {full_name}", name_en: "{name} Front", source: S3}
  - {key: front-district, level: district, party: front, name_vi: "Mặt trận {full_name}", name_en: "{name} Front", source: S3}
  - {key: front-commune, level: commune, party: front, name_vi: "Mặt trận {full_name}", name_en: "{name} Front", source: S3}
  - {key: mass-province, level: province, party: mass_mobilisation, name_vi: "Ban Dân vận {name}", name_en: "{name} MM",
     for_kinds: [tỉnh], valid_until: 2025-03-01, heir: communication-province, source: BK}
  - {key: communication-province, level: province, party: mass_mobilisation, name_vi: "Ban Tuyên giáo {name}",
     name_en: "{name} CM", for_kinds: [tỉnh], valid_from: 2025-03-01, source: BK}
  - {key: steering-commune, level: commune, party: steering_committee, name_vi: "BCĐ {full_name}", name_en: "{name} SC",
     optional: true, source: BK}
  - {key: veterans-province, level: province, party: member_organisation, name_vi: "CCB {full_name}", name_en: "{name} V",
     superior: cuu-chien-binh, source: S10}
  - {key: women-province, level: province, party: member_organisation, name_vi: "PN {full_name}", name_en: "{name} W",
     superior: phu-nu, source: S10}
  - {key: women-commune, level: commune, party: member_organisation, name_vi: "PN {full_name}", name_en: "{name} W",
     superior: phu-nu, optional: true, source: S10}
"""


def organisations_file(folder: Path, text: str = ORGANISATIONS) -> Path:
    path = folder / "organisations.yaml"
    path.write_text(text, encoding="utf-8")
    return path
