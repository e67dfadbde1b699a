"""A catalogue of four indicators: a flow, a stock, a distinct count and a ratio."""

from pathlib import Path

CATALOGUE = """\
format: phoihop-indicators/1
blocks:
  - {code: A, name_vi: Lãnh đạo, name_en: Leadership}
  - {code: D, name_vi: Tự quản, name_en: Self-management}
refused:
  - {code: tips, words_vi: [tin báo, tố giác], words_en: [tip, tips], reason_vi: Gây sức ép., reason_en: It puts people under a quota.}
  - {code: suspects, words_vi: [nghi phạm], words_en: [suspects], reason_vi: Lý do B., reason_en: Reason B.}
  - {code: offenders, words_vi: [người lầm lỗi], words_en: [offenders], reason_vi: Lý do C., reason_en: Reason C.}
  - {code: petitions, words_vi: [đơn thư], words_en: [petitions], reason_vi: Lý do D., reason_en: Reason D.}
  - {code: households, words_vi: [hộ gia đình], words_en: [household], reason_vi: Lý do E., reason_en: Reason E.}
  - {code: religion, words_vi: [tôn giáo], words_en: [by religion], reason_vi: Lý do F., reason_en: Reason F.}
  - {code: ethnicity, words_vi: [dân tộc thiểu số], words_en: [ethnic], reason_vi: Lý do G., reason_en: Reason G.}
  - {code: below_residential_area, words_vi: [ngõ], words_en: [house number], reason_vi: Lý do H., reason_en: Reason H.}
indicators:
  - code: A01
    block: A
    core: true
    name_vi: Văn bản chỉ đạo
    name_en: Directive documents
    unit_vi: văn bản
    unit_en: documents
    levels: [commune, province]
    window: half
    kind: flow
    rules: {time: add, units: add, parties: counting}
    direction: none
    range: {commune: [0, 20], province: [10, 120]}
    persons: none
    counting_party: {commune: police, province: police}
    asked_of: {commune: [police, front], province: [police]}
    definition_vi: Số văn bản.
    definition_en: Documents issued.
    source: S1
  - code: D02
    block: D
    name_vi: Thành viên tổ tự quản
    name_en: Members of groups
    unit_vi: người
    unit_en: members
    levels: [commune]
    window: year
    kind: stock
    rules: {time: last, units: add}
    persons: members
    counting_party: {commune: police}
    asked_of: {commune: [police]}
    definition_vi: Số thành viên.
    definition_en: Members.
    source: S11
  - code: D03
    block: D
    name_vi: Mô hình (loại)
    name_en: Model types
    unit_vi: mô hình
    unit_en: models
    levels: [province]
    window: year
    kind: distinct
    rules: {time: last, units: none}
    counting_party: {province: police}
    asked_of: {province: [police]}
    definition_vi: Số loại.
    definition_en: Types.
    source: S30
  - code: D09
    block: D
    name_vi: Tỷ lệ
    name_en: Rate
    unit_vi: "%"
    unit_en: "%"
    levels: []
    window: half
    kind: ratio
    rules: {time: recompute, units: recompute}
    numerator: A01
    denominator: D02
    factor: 100
    range: {province: [0, 100]}
    decimals: 2
    definition_vi: Thương của hai số.
    definition_en: The quotient.
    source: S25
"""


def catalogue_file(folder: Path, text: str = CATALOGUE) -> Path:
    path = folder / "indicators.yaml"
    path.write_text(text, encoding="utf-8")
    return path
