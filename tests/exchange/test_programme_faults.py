from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from phoihop.core.yaml_files import FileRefused
from phoihop.exchange.programme_file import load_programme
from phoihop.programmes.models import Programme
from tests.exchange.small_programme import HEIR, PROGRAMME, programme_file
from tests.orgs.tiny_country import Country

pytestmark = pytest.mark.django_db

FAULTS = [
    ("format: phoihop-programme/1", "format: phoihop-programme/2", "2: format: “phoihop-programme/2” is not known. Allowed: phoihop-programme/1. Did you mean “phoihop-programme/1”?"),
    ("kind: joint", "kind: joined", "6: kind: “joined” is not known. Allowed: joint, action. Did you mean “joint”?"),
    ("signed_on: 2013-08-01", "signed_on: 01/08/2013", "11: signed_on: “01/08/2013” is not a day. Allowed: a day written as 2013-08-01, without quotes."),
    ("to: 2023-07-31", "to: 2012-07-31", "12: term.to: “2012-07-31” comes before the first day, “2013-08-01”. Correct one of the two days."),
    ("to: 2018-12-14", "to: 2012-12-14", "43: review.reviews[so-ket].to: “2012-12-14” comes before the first day, “2013-12-15”. Correct one of the two days."),
    ("predecessor: null", "predecesor: null", "13: predecesor: “predecesor” is not a field here. Allowed: format, slug, number, aliases, kind, title, level, area, signed_on, signed_on_note, signed_on_note_en, term, predecessor, successor, localises, parties, contents, calendar, indicators, review, plan, milestones, local_versions. Did you mean “predecessor”?"),
    ("organisation: mat-tran", "organisation: mat-trn", "17: parties[mat-trn].organisation: “mat-trn” is not known. Allowed: ban-dan-van, ban-tuyen-giao, bo-cong-an, cuu-chien-binh, dang-uy, mat-tran, phu-nu. Did you mean “mat-tran”?"),
    ("organisation: phu-nu", "organisation: mat-tran", "18: parties[mat-tran].organisation: “mat-tran” stands twice in this file. Keep one of them, or give the other its own name."),
    ("bo-cong-an, role: lead", "bo-cong-an, role: member", "15: parties: No party leads. Give one of them the role lead."),
    ("kind: joint", "kind: action", "15: parties: An action programme has one party, and 3 are listed. Keep one, or make the kind joint."),
    ("owner: null}", "owner: dang-uy}", "21: contents[2].owner: “dang-uy” is not known. Allowed: bo-cong-an, mat-tran, phu-nu. Write one of these."),
    ('{code: "2", title', '{code: "1", title', "21: contents[1].code: “1” stands twice in this file. Keep one of them, or give the other its own name."),
    ("code: A01, content", "code: A1, content", "30: indicators[A1].code: “A1” is not known. Allowed: A01, D02, D03, D09. Did you mean “A01”?"),
    ('  - {code: D02, content: "2"}\n', "", "31: indicators[D09].code: “D09” is computed from D02, which the programme does not select. Add a line for it."),
    ('code: A01, content: "1"', 'code: A01, content: "9"', "30: indicators[A01].content: “9” is not known. Allowed: 1, 2. Write one of these."),
    ('value: "95.5"', 'value: "95,5"', "32: indicators[D09].target.value: “95,5” is not a number. Allowed: digits with a decimal point, in quotes, without separators."),
    ('value: "95.5"', 'value: "100.5"', "32: indicators[D09].target.value: “100.5” is above 100 percent, and D09 is a percentage. Allowed: 0 to 100."),
    ('"09/CTr-BCA-MTTW"', '"09 / CTr-BCA-MTTQ"', "5: aliases[1]: “09 / CTr-BCA-MTTQ” is written here already, as the number or another alias. Remove it."),
    ("predecessor: null", "predecessor: chuong-trinh-09", "13: predecessor: A programme does not succeed itself. Write another programme, or null."),
    ("predecessor: null", "predecessor: chuong-trinh-05", "13: predecessor: “chuong-trinh-05” is not known. Allowed: –. Write one of these. Load its file first, or in the same command."),
    ("kind: administrative", "kind: lunar", "23: calendar.kind: “lunar” is not a calendar. Write CAL (1/1–31/12), ADM (15/12–14/12), or W with the month and day on which a yearly window starts, such as W1101."),
    ("kind: administrative", "kind: W1101", "24: calendar.period: The calendar W1101 has no period of kind “half”. It has: window. Choose one of these kinds, or another calendar."),
    ("[commune, province, nation]", "[nation, commune, province]", "25: calendar.levels: Write each level once, the lowest first: commune, district, province, nation."),
    ("{commune: 2, province: 5, nation: 10}", "{commune: 0, province: 5, nation: 10}", "26: calendar.working_days.commune: 0 working days is too few. Allowed: at least 1, and no fewer than the level below (1)."),
    ("{commune: 2, province: 5, nation: 10}", "{commune: 6, province: 5, nation: 10}", "26: calendar.working_days.province: 5 working days is too few. Allowed: at least 1, and no fewer than the level below (6)."),
    ("{commune: 2, province: 5, nation: 10}", "{commune: 2, nation: 10}", "26: calendar.working_days: The level province has no deadline. Write how many working days it has after the cut-off."),
    ("{commune: province, province: nation}", "{commune: province, province: commune}", "27: calendar.accept_level.province: “commune” is not above “province”. Reports are accepted at a higher level."),
    ("key: tasks,", "key: content-1,", "40: review.outline[part-one].sections[content-1].key: “content-1” stands twice in this file. Keep one of them, or give the other its own name."),
    ("indicators: [A01]", "indicators: [D03]", "40: review.outline[part-one].sections[tasks].indicators[1]: “D03” is not known. Allowed: A01, D02, D09. Did you mean “D09”?"),
    ("annexes: [by_unit, tasks]", "annexes: [by_units, tasks]", "41: review.annexes[1]: “by_units” is not known. Allowed: indicators_by_period, by_unit, models, exemplars, festival, oversight, classification, tasks. Did you mean “by_unit”?"),
    ('content: "1", owner: bo-cong-an, title', 'content: "1", owner: dang-uy, title', "45: plan[1].owner: “dang-uy” is not known. Allowed: bo-cong-an, mat-tran, phu-nu. Write one of these."),
    ('area: "Kon Tum"', 'area: "Công Tum"', "47: local_versions[Công Tum].area: “Công Tum” is not one unit's name on the day of signing. Write the official name, or the unit's key."),
    ("party: police, role: lead", "party: steering_committee, role: lead", "51: local_versions[Kon Tum].parties[steering_committee]: No body of the side “steering_committee” is known in Tỉnh Kon Tum on the day of signing. Load the organisations first."),
    ("level: nation", "level: province", "10: level: A programme of the level province names its area. Add a line `area:` with the official name, or the unit's key."),
    ("level: nation", "level: nation\narea: Kon Tum", "11: area: A programme of the nation names no area. Remove this line, or write another level."),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "sentence"), FAULTS)
def test_a_fault_names_line_field_value_and_what_is_allowed(
    country: Country, tmp_path: Path, right: str, wrong: str, sentence: str
) -> None:
    assert PROGRAMME.count(right) >= 1
    with pytest.raises(FileRefused) as refusal:
        load_programme(file=programme_file(tmp_path, PROGRAMME.replace(right, wrong, 1)))
    assert f"p.yaml:{sentence}" in str(refusal.value).splitlines()
    assert not Programme.objects.exists()
    assert country.nation


def test_all_faults_are_listed_at_once_in_order(country: Country, tmp_path: Path) -> None:
    text = PROGRAMME.replace("organisation: phu-nu", "organisation: phu-nua").replace("code: A01", "code: A1")
    text = text.replace("to: 2023-07-31", "to: 2012-07-31")
    with pytest.raises(FileRefused) as refusal:
        load_programme(file=programme_file(tmp_path, text))
    assert [(fault.line, fault.field) for fault in refusal.value.faults] == [
        (12, "term.to"),
        (18, "parties[phu-nua].organisation"),
        (30, "indicators[A1].code"),
        (32, "indicators[D09].code"),
        (40, "review.outline[part-one].sections[tasks].indicators[1]"),
    ]
    assert country.nation


def test_sentences_are_vietnamese_by_default(country: Country, tmp_path: Path) -> None:
    with translation.override("vi"), pytest.raises(FileRefused) as refusal:
        load_programme(file=programme_file(tmp_path, PROGRAMME.replace("to: 2023-07-31", "to: 2012-07-31")))
    assert str(refusal.value) == (
        "p.yaml:12: term.to: Ngày cuối “2012-07-31” đứng trước ngày đầu “2013-08-01”. Hãy sửa một trong hai ngày."
    )
    assert country.nation


TAKEN = [
    ("aliases: []", 'aliases: ["09/CTr-BCA-MTTW"]', "5: aliases[1]: “09/CTr-BCA-MTTW” already means the programme “09/CTr-BCA-MTTQ” (chuong-trinh-09). Correct it here, or remove it there first."),
    ("aliases: []", 'aliases: ["09/CTr – BCA – MTTQ"]', "5: aliases[1]: “09/CTr – BCA – MTTQ” already means the programme “09/CTr-BCA-MTTQ” (chuong-trinh-09). Correct it here, or remove it there first."),
    ('number: "07"', 'number: "09/CTr-BCA-MTTW"', "4: number: “09/CTr-BCA-MTTW” already means the programme “09/CTr-BCA-MTTQ” (chuong-trinh-09). Correct it here, or remove it there first."),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "sentence"), TAKEN)
def test_a_number_of_another_programme_is_refused(
    country: Country, tmp_path: Path, right: str, wrong: str, sentence: str
) -> None:
    load_programme(file=programme_file(tmp_path))
    assert HEIR.count(right) == 1
    with pytest.raises(FileRefused) as refusal:
        load_programme(file=programme_file(tmp_path, HEIR.replace(right, wrong)))
    assert str(refusal.value) == f"p.yaml:{sentence}"
    assert country.nation.programmes.count() == 1


def test_numbers_restart_every_year(country: Country, tmp_path: Path) -> None:
    load_programme(file=programme_file(tmp_path))
    again = HEIR.replace('number: "07"', 'number: "09/CTr-BCA-MTTQ"')
    load_programme(file=programme_file(tmp_path, again))
    assert country.nation.programmes.count() == 2
    same_year = again.replace("slug: chuong-trinh-07", "slug: chuong-trinh-99").replace(
        "2023-10-17", "2023-01-02"
    )
    with pytest.raises(FileRefused, match=r"p.yaml:4: number: .* \(chuong-trinh-07\)"):
        load_programme(file=programme_file(tmp_path, same_year))


def test_a_circle_of_predecessors_is_refused(country: Country, tmp_path: Path) -> None:
    load_programme(file=programme_file(tmp_path))
    load_programme(file=programme_file(tmp_path, HEIR))
    circle = PROGRAMME.replace("predecessor: null", "predecessor: chuong-trinh-07")
    with pytest.raises(FileRefused) as refusal:
        load_programme(file=programme_file(tmp_path, circle))
    assert str(refusal.value) == (
        "p.yaml:13: predecessor: “chuong-trinh-07” itself succeeds this programme."
        " One of the two must name another predecessor."
    )
    assert country.nation


def test_a_successor_of_another_is_refused(country: Country, tmp_path: Path) -> None:
    load_programme(file=programme_file(tmp_path))
    load_programme(file=programme_file(tmp_path, HEIR))
    third = (
        HEIR.replace("slug: chuong-trinh-07", "slug: x")
        .replace('"07"', '"08"')
        .replace("predecessor: chuong-trinh-09", "predecessor: null")
    )
    with pytest.raises(
        FileRefused, match=r"“chuong-trinh-07” already succeeds “09/CTr-BCA-MTTQ”. Change its own file first."
    ):
        load_programme(
            file=programme_file(tmp_path, third.replace("successor: null", "successor: chuong-trinh-07"))
        )
    assert country.nation


def test_the_command_ends_with_the_sentences(country: Country, tmp_path: Path) -> None:
    file = programme_file(tmp_path, PROGRAMME.replace("organisation: phu-nu", "organisation: x"))
    with pytest.raises(CommandError, match=r"^p.yaml:18: parties\[x\].organisation: “x” is not known"):
        call_command("load_programme", file)
    assert country.nation
