"""A small programme of three parties in the tiny country, as its file."""

from pathlib import Path

import pytest

from phoihop.indicators.actions import load_indicators
from phoihop.orgs.actions import load_organisations
from tests.indicators.small_catalogue import catalogue_file
from tests.orgs.tiny_country import Country, organisations_file, tiny_country

PROGRAMME = """\
# A small programme.
format: phoihop-programme/1
slug: chuong-trinh-09
number: "09/CTr-BCA-MTTQ"
aliases: ["09/CTr-BCA-MTTW"]
kind: joint
title:
  vi: "Chương trình phối hợp"
  en: "Coordination programme"
level: nation
signed_on: 2013-08-01
term: {from: 2013-08-01, to: 2023-07-31, note: "mặc định"}
predecessor: null
successor: null
parties:
  - {organisation: bo-cong-an, role: lead}
  - {organisation: mat-tran, role: co_lead}
  - {organisation: phu-nu, role: member}
contents:
  - {code: "1", title: {vi: "Tuyên truyền", en: "Communication"}, owner: bo-cong-an}
  - {code: "2", title: {vi: "Phong trào", en: "The movement"}, owner: null}
calendar:
  kind: administrative
  period: half
  levels: [commune, province, nation]
  working_days: {commune: 2, province: 5, nation: 10}
  accept_level: {commune: province, province: nation}
  note: "mặc định"
indicators:
  - {code: A01, content: "1"}
  - {code: D02, content: "2"}
  - {code: D09, content: null, target: {value: "95.5", level: province, note: "mặc định"}}
review:
  outline:
    - key: part-one
      title: {vi: "Phần thứ nhất", en: "Part One"}
      kind: part
      sections:
        - {key: content-1, title: {vi: "1. Tuyên truyền", en: "1. Communication"}, kind: figures, contents: ["1"]}
        - {key: tasks, title: {vi: "2. Nhiệm vụ", en: "2. Tasks"}, kind: tasks, indicators: [A01]}
  annexes: [by_unit, tasks]
  reviews:
    - {key: so-ket, kind: interim, years: 5, from: 2013-12-15, to: 2018-12-14, title: {vi: "Sơ kết", en: "Interim"}}
plan:
  - {year: 2017, content: "1", owner: bo-cong-an, title: {vi: "Tuyên truyền ở khu dân cư", en: "In residential areas"}}
local_versions:
  - area: "Kon Tum"
    number: null
    signed_on: null
    parties:
      - {party: police, role: lead}
      - {party: member_organisation, role: member}
"""

HEIR = (
    PROGRAMME.replace("slug: chuong-trinh-09", "slug: chuong-trinh-07")
    .replace('"09/CTr-BCA-MTTQ"', '"07"')
    .replace('["09/CTr-BCA-MTTW"]', "[]")
    .replace("signed_on: 2013-08-01", "signed_on: 2023-10-17")
    .replace("from: 2013-08-01, to: 2023-07-31", "from: 2023-10-17, to: 2033-10-16")
    .replace("predecessor: null", "predecessor: chuong-trinh-09")
)


def programme_file(folder: Path, text: str = PROGRAMME, name: str = "p.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def country(tmp_path: Path) -> Country:
    """The tiny country with its bodies and the small catalogue loaded."""
    made = tiny_country()
    load_organisations(file=organisations_file(tmp_path))
    load_indicators(file=catalogue_file(tmp_path))
    return made
