from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import translation

from phoihop.audit.models import AuditEvent
from phoihop.core import clock
from phoihop.core.errors import Conflict, NotAllowed
from phoihop.core.yaml_files import FileRefused
from phoihop.indicators.actions import load_indicators
from phoihop.indicators.models import Block, Indicator, IndicatorVersion, RefusedTopic
from phoihop.indicators.queries import blocks, versions_on
from tests.factories.orgs import UserFactory
from tests.indicators.small_catalogue import CATALOGUE, catalogue_file

pytestmark = pytest.mark.django_db
CHANGED = CATALOGUE.replace("unit_vi: văn bản", "unit_vi: tài liệu")
WITHOUT_MODELS = CATALOGUE.replace(
    CATALOGUE[CATALOGUE.index("  - code: D03") : CATALOGUE.index("  - code: D09")], ""
)
TODAY = datetime(2026, 11, 23, 3, tzinfo=UTC)
DAY = date(2027, 1, 1)


@pytest.fixture(autouse=True)
def _in_english_on_a_day() -> Iterator[None]:
    with translation.override("en"), clock.pinned(TODAY):
        yield


def state() -> list[list[dict[str, object]]]:
    return [
        list(model.objects.order_by("pk").values())
        for model in (Block, RefusedTopic, Indicator, IndicatorVersion)
    ]


def test_a_catalogue_becomes_identities_and_first_versions(tmp_path: Path) -> None:
    loaded = load_indicators(file=catalogue_file(tmp_path))
    assert (loaded.created, loaded.new_versions) == (4, [])
    version = IndicatorVersion.objects.get(indicator__code="A01")
    assert (version.number, version.valid_from, version.valid_until) == (1, None, None)
    assert (version.over_time, version.over_units, version.over_parties) == ("add", "add", "counting")
    assert version.plausible == {"commune": [0, 20], "province": [10, 120]}
    assert version.asked_of == {"commune": ["police", "front"], "province": ["police"]}
    ratio = IndicatorVersion.objects.get(indicator__code="D09")
    assert (ratio.numerator.code, ratio.denominator.code, ratio.factor) == ("A01", "D02", 100)
    assert [(block.code, block.name_en) for block in blocks()] == [
        ("A", "Leadership"),
        ("D", "Self-management"),
    ]


def test_loading_twice_changes_nothing(tmp_path: Path) -> None:
    load_indicators(file=catalogue_file(tmp_path))
    before = state()
    assert load_indicators(file=catalogue_file(tmp_path)).is_nothing
    assert state() == before
    assert AuditEvent.objects.filter(action="load_indicators").count() == 1


def test_changed_content_is_refused_without_a_day(tmp_path: Path) -> None:
    load_indicators(file=catalogue_file(tmp_path))
    before = state()
    with pytest.raises(Conflict) as refusal:
        load_indicators(file=catalogue_file(tmp_path, CHANGED))
    assert str(refusal.value) == (
        "The file differs from the catalogue in force in: A01. A version is never overwritten: say from which day the"
        " change holds (--from 2027-01-01), or bring the file back to what is in force."
    )
    assert state() == before


def test_changed_content_makes_the_next_version_from_a_day(tmp_path: Path) -> None:
    load_indicators(file=catalogue_file(tmp_path))
    used = IndicatorVersion.objects.get(indicator__code="A01")
    loaded = load_indicators(file=catalogue_file(tmp_path, CHANGED), valid_from=DAY)
    assert loaded.new_versions == ["A01"]
    first, second = IndicatorVersion.objects.filter(indicator__code="A01").order_by("number")
    assert (first.pk, first.unit_vi, first.valid_until) == (used.pk, "văn bản", DAY)
    assert (second.number, second.unit_vi, second.valid_from, second.valid_until) == (
        2,
        "tài liệu",
        DAY,
        None,
    )
    assert IndicatorVersion.objects.count() == 5
    assert versions_on(date(2026, 12, 31)).get(indicator__code="A01") == first
    assert versions_on(DAY).get(indicator__code="A01") == second
    assert load_indicators(file=catalogue_file(tmp_path, CHANGED)).is_nothing


def test_a_version_cannot_begin_before_the_one_it_follows(tmp_path: Path) -> None:
    load_indicators(file=catalogue_file(tmp_path))
    load_indicators(file=catalogue_file(tmp_path, CHANGED), valid_from=DAY)
    with pytest.raises(Conflict, match=r"^A01 already has a version dated 01/01/2027\."):
        load_indicators(file=catalogue_file(tmp_path), valid_from=DAY)


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2026, 11, 23)])
def test_a_window_that_has_begun_keeps_its_versions(tmp_path: Path, day: date) -> None:
    load_indicators(file=catalogue_file(tmp_path))
    before = state()
    with pytest.raises(Conflict) as refusal:
        load_indicators(file=catalogue_file(tmp_path, CHANGED), valid_from=day)
    assert str(refusal.value) == (
        f"A change of the catalogue cannot hold from {day:%d/%m/%Y}: windows that have begun are read by the versions"
        " they began with. Choose a day after today, 23/11/2026; best the first day of the next window."
    )
    assert state() == before


def test_a_new_indicator_is_asked_from_a_coming_day(tmp_path: Path) -> None:
    load_indicators(file=catalogue_file(tmp_path, WITHOUT_MODELS))
    with pytest.raises(Conflict, match=r"^The file differs from the catalogue in force in: D03\."):
        load_indicators(file=catalogue_file(tmp_path))
    assert not Indicator.objects.filter(code="D03").exists()
    loaded = load_indicators(file=catalogue_file(tmp_path), valid_from=DAY)
    assert (loaded.created, loaded.new_versions, loaded.ended) == (1, [], [])
    added = IndicatorVersion.objects.get(indicator__code="D03")
    assert (added.number, added.valid_from, added.valid_until) == (1, DAY, None)


def test_an_indicator_the_file_leaves_out_ends_and_may_come_back(tmp_path: Path) -> None:
    load_indicators(file=catalogue_file(tmp_path))
    with pytest.raises(Conflict, match=r"^The file differs from the catalogue in force in: D03\."):
        load_indicators(file=catalogue_file(tmp_path, WITHOUT_MODELS))
    assert load_indicators(file=catalogue_file(tmp_path, WITHOUT_MODELS), valid_from=DAY).ended == ["D03"]
    assert "D03" in versions_on(date(2026, 12, 31)).values_list("indicator__code", flat=True)
    assert "D03" not in versions_on(DAY).values_list("indicator__code", flat=True)
    assert load_indicators(file=catalogue_file(tmp_path, WITHOUT_MODELS)).is_nothing

    with pytest.raises(Conflict, match=r"^D03 already has a version dated 01/01/2027\."):
        load_indicators(file=catalogue_file(tmp_path), valid_from=date(2026, 12, 15))
    back = date(2028, 1, 1)
    assert load_indicators(file=catalogue_file(tmp_path), valid_from=back).new_versions == ["D03"]
    spans = IndicatorVersion.objects.filter(indicator__code="D03").order_by("number")
    assert list(spans.values_list("number", "valid_from", "valid_until")) == [(1, None, DAY), (2, back, None)]


def test_order_and_block_names_change_without_a_version(tmp_path: Path) -> None:
    load_indicators(file=catalogue_file(tmp_path))
    text = CATALOGUE.replace("name_en: Leadership}", "name_en: Direction}")
    assert load_indicators(file=catalogue_file(tmp_path, text)).changed == 1
    assert Block.objects.get(code="A").name_en == "Direction"
    assert IndicatorVersion.objects.count() == 4


A01_RULES = "rules: {time: add, units: add, parties: counting}"
REFUSALS = [
    ("block: A\n", "block: X\n", "16: indicators[A01].block: “X” is not known. Allowed: A, D. Write one of these."),
    ("kind: flow", "kind: stok", "24: indicators[A01].kind: “stok” is not known. Allowed: flow, stock, distinct, ratio, system. Did you mean “stock”?"),
    (A01_RULES, "rules: {time: last, units: add}", "25: indicators[A01].rules: time last, units add does not suit the kind flow. Allowed: time add, units add."),
    ("rules: {time: last, units: none}", "rules: {time: add, units: add}", "59: indicators[D03].rules: time add, units add does not suit the kind distinct. Allowed: time add, units none; time last, units none; time none, units add; time none, units none."),
    ("rules: {time: last, units: add}\n", "rules: {time: add, units: add}\n", "43: indicators[D02].rules: time add, units add does not suit the kind stock. Allowed: time last, units add."),
    ("levels: [commune, province]", "levels: [household, province]", "22: indicators[A01].levels[1]: “household” is not known. Allowed: nation, province, district, commune. Write one of these."),
    ("numerator: A01", "numerator: A1", "75: indicators[D09].numerator: “A1” is not known. Allowed: A01, D02, D03. Did you mean “A01”?"),
    ("    denominator: D02\n", "", "65: indicators[D09].denominator: A ratio needs its numerator and its denominator. Write the code of an indicator that is counted."),
    ("counting_party: {commune: police, province: police}", "counting_party: {commune: police}", "29: indicators[A01].counting_party: No counting party for the level province. Name the party whose value counts."),
    ("counting_party: {commune: police, province: police}", "counting_party: {commune: police, province: front}", "30: indicators[A01].asked_of: front counts at the level province but is not asked there. Add it to asked_of, or count another."),
    ("asked_of: {commune: [police, front], province: [police]}", "asked_of: {commune: [police], province: [police], nation: [police]}", "30: indicators[A01].asked_of.nation: Nobody enters it at the level nation. Add the level, or remove this line."),
    ("commune: [0, 20]", "commune: [20, 0]", "27: indicators[A01].range.commune: A range is [least, most], the smaller first. Correct it."),
    ("range: {province: [0, 100]}", "range: {province: [0, 120]}", "78: indicators[D09].range.province: A percentage does not exceed 100. Correct the upper end."),
    ("persons: members", "persons: none", "44: indicators[D02].persons: A count of persons says whom it counts. Allowed: participants, members, staff."),
    ("code: D03", "code: A01", "50: indicators[A01].code: “A01” stands twice in this file. Keep one of them, or give the other its own code."),
    ("    levels: []", "    levels: [commune]", "71: indicators[D09].levels: A computed figure is entered nowhere. Write an empty list: []."),
    ("code: religion", "code: religions", "5: refused: The topics this system never counts are incomplete: religion. Keep them, with their words."),
    ("words_vi: [đơn thư]", "words_vi: []", "5: refused: The topics this system never counts are incomplete: petitions. Keep them, with their words."),
    ("words_vi: [hộ gia đình]", "words_vi: [theo văn bản]", "20: indicators[A01].unit_vi: “theo văn bản” is not counted in this system. Reason E. Remove it from the file."),
    ("name_en: Directive documents", "name_en: Tips received", "19: indicators[A01].name_en: “tips” is not counted in this system. It puts people under a quota. Remove it from the file."),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "sentence"), REFUSALS)
def test_a_wrong_item_is_refused_with_its_place(
    tmp_path: Path, right: str, wrong: str, sentence: str
) -> None:
    assert CATALOGUE.count(right) == 1
    with pytest.raises(FileRefused) as refusal:
        load_indicators(file=catalogue_file(tmp_path, CATALOGUE.replace(right, wrong)))
    assert f"indicators.yaml:{sentence}" in str(refusal.value).splitlines()
    assert not Indicator.objects.exists()


def test_all_faults_are_listed_at_once(tmp_path: Path) -> None:
    text = CATALOGUE.replace("block: A\n", "block: X\n").replace("persons: members", "persons: none")
    with pytest.raises(FileRefused) as refusal:
        load_indicators(file=catalogue_file(tmp_path, text))
    assert [fault.field for fault in refusal.value.faults] == [
        "indicators[A01].block",
        "indicators[D02].persons",
    ]


def test_only_the_central_desk_loads(tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        load_indicators(file=catalogue_file(tmp_path), by=UserFactory())


def test_the_shipped_catalogue_loads() -> None:
    loaded = load_indicators(file=settings.PACKAGE_DIR / "indicators" / "data" / "indicators.yaml")
    assert loaded.created == IndicatorVersion.objects.count() == Indicator.objects.count()
    assert Indicator.objects.filter(is_core=True).count() == 54


def test_command_ends_with_the_sentences(tmp_path: Path) -> None:
    file = catalogue_file(tmp_path, CATALOGUE.replace("block: A\n", "block: X\n"))
    with pytest.raises(CommandError, match=r"^indicators.yaml:16: indicators\[A01\].block"):
        call_command("load_indicators", file)
    with pytest.raises(CommandError, match=r"“/nowhere/x.yaml” cannot be opened"):
        call_command("load_indicators", "/nowhere/x.yaml")
