from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from phoihop.areas.actions import load_areas
from phoihop.areas.checks import check_areas
from phoihop.areas.enums import Level
from phoihop.areas.models import (
    Area,
    AreaAncestor,
    AreaCandidate,
    AreaCode,
    AreaParent,
    AreaSuccession,
    AreaTarget,
    MapEpoch,
)
from phoihop.audit.models import AuditEvent
from phoihop.core.errors import DomainError

FILES = {
    "areas.csv": """key,level,kind,name,full_name,code,valid_from,valid_until,established_by,abolished_by
VN,nation,quốc gia,Việt Nam,Việt Nam,,,,,
p-a,province,tỉnh,Kon Tum,Tỉnh Kon Tum,62,,2025-07-01,,Nghị quyết 202
p-b,province,tỉnh,Quảng Ngãi,Tỉnh Quảng Ngãi,51,,2025-07-01,,Nghị quyết 202
p-n,province,tỉnh,Quảng Ngãi,Tỉnh Quảng Ngãi,51,2025-07-01,,Nghị quyết 202,
d-1,district,huyện,Đăk Hà,Huyện Đăk Hà,615,,2025-07-01,,
c-1,commune,xã,Đăk Hring,Xã Đăk Hring,23500,,2025-07-01,,
c-2,commune,thị trấn,Đăk Hà,Thị trấn Đăk Hà,23503,,2025-07-01,,
c-n,commune,xã,Đăk Hà,Xã Đăk Hà,23500,2025-07-01,,Nghị quyết 1677,
""",
    "areas_parents.csv": """key,parent_key,valid_from,valid_until
p-a,VN,,2025-07-01
p-b,VN,,2025-07-01
p-n,VN,2025-07-01,
d-1,p-a,,2025-07-01
c-1,d-1,,2025-07-01
c-2,d-1,,2025-07-01
c-n,p-n,2025-07-01,
""",
    "successions.csv": """predecessor_key,successor_key,on,share,act
p-a,p-n,2025-07-01,whole,Nghị quyết 202
p-b,p-n,2025-07-01,whole,Nghị quyết 202
c-1,c-n,2025-07-01,whole,Nghị quyết 1677
c-2,c-n,2025-07-01,whole,Nghị quyết 1677
""",
    "kind_changes.csv": """key,on,kind,full_name,act
c-n,2026-04-30,phường,Phường Đăk Hà,Nghị quyết 237
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def edit(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), "utf-8")


def everything() -> list[list[tuple[object, ...]]]:
    models = [Area, AreaCode, AreaParent, AreaSuccession, AreaAncestor, MapEpoch, AreaTarget, AreaCandidate]
    return [list(model.objects.order_by("pk").values_list()) for model in models]


def refusal(folder: Path) -> str:
    with translation.override("en"), pytest.raises(DomainError) as refused:
        load_areas(folder=folder)
    assert not AuditEvent.objects.exists()
    assert not Area.objects.exists()
    return str(refused.value)


@pytest.mark.django_db
def test_load_fills_the_map_and_what_follows_from_it(folder: Path) -> None:
    loaded = load_areas(folder=folder)

    assert (loaded.units, loaded.successions, loaded.maps, loaded.added) == (8, 4, 2, 8)
    assert check_areas() == []
    commune = Area.objects.get(key="c-1")
    ancestors = commune.ancestor_links.order_by("depth")
    assert [(link.ancestor.key, link.depth, link.valid_until) for link in ancestors] == [
        ("d-1", 1, date(2025, 7, 1)),
        ("p-a", 2, date(2025, 7, 1)),
        ("VN", 3, date(2025, 7, 1)),
    ]
    assert AreaTarget.objects.count() == 8 * 2
    target = AreaTarget.objects.get(area__key="c-n", epoch__key="open")
    assert (target.target.key, target.is_whole) == ("d-1", False)
    candidates = AreaCandidate.objects.filter(area__key="c-n", epoch__key="open")
    assert sorted(candidates.values_list("unit__key", flat=True)) == ["c-1", "c-2"]
    assert not AreaCandidate.objects.filter(area__key="c-1").exists()


@pytest.mark.django_db
def test_load_is_recorded_once_and_a_second_load_changes_nothing(folder: Path) -> None:
    load_areas(folder=folder)
    before = everything()
    loaded = load_areas(folder=folder)

    assert everything() == before
    assert (loaded.added, loaded.changed, loaded.links_changed) == (0, 0, 0)
    assert [event.action for event in AuditEvent.objects.all()] == ["load_areas"]


@pytest.mark.django_db
def test_changed_row_changes_its_unit_and_no_other(folder: Path) -> None:
    load_areas(folder=folder)
    identities = dict(Area.objects.values_list("key", "pk"))
    edit(folder, "areas.csv", "Đăk Hring,Xã Đăk Hring", "Đăk Hrinh,Xã Đăk Hrinh")
    loaded = load_areas(folder=folder)

    area = Area.objects.get(key="c-1")
    assert (loaded.added, loaded.changed) == (0, 1)
    assert (area.name_fold, area.pk) == ("xa dak hrinh", identities["c-1"])
    assert dict(Area.objects.values_list("key", "pk")) == identities


@pytest.mark.django_db
def test_changed_succession_moves_the_targets(folder: Path) -> None:
    load_areas(folder=folder)
    edit(folder, "areas.csv", "c-n,", "c-m,commune,xã,Đăk Ui,Xã Đăk Ui,23515,2025-07-01,,,\nc-n,")
    edit(folder, "areas_parents.csv", "c-n,", "c-m,p-n,2025-07-01,\nc-n,")
    edit(folder, "successions.csv", "c-2,c-n,", "c-2,c-m,")
    load_areas(folder=folder)

    moved = AreaTarget.objects.get(area__key="c-2", epoch__key="2025-07-01")
    assert (moved.target.key, moved.is_whole) == ("c-m", True)


@pytest.mark.django_db
def test_unit_whose_kind_changed_keeps_its_identity_and_its_earlier_name(folder: Path) -> None:
    load_areas(folder=folder)
    area = Area.objects.get(key="c-n")

    assert (area.kind, area.full_name) == ("phường", "Phường Đăk Hà")
    assert [area.full_name_on(day) for day in (date(2026, 4, 29), date(2026, 4, 30))] == [
        "Xã Đăk Hà",
        "Phường Đăk Hà",
    ]
    assert Area.objects.get(key="c-1").full_name_on(date(2024, 1, 1)) == "Xã Đăk Hring"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        (
            "areas.csv",
            "d-1,district",
            "d-1,huyện",
            "areas.csv, line 6: “huyện” is not allowed. Write nation, ",
        ),
        (
            "areas.csv",
            "62,,2025-07-01",
            "62,,1/7/2025",
            "areas.csv, line 3: “1/7/2025” is not allowed. Write a day",
        ),
        (
            "areas.csv",
            "c-2,commune",
            "c-1,commune",
            "areas.csv, line 8: “c-1” stands in the file a second time.",
        ),
        (
            "areas_parents.csv",
            "c-1,d-1",
            "c-1,d-9",
            "areas_parents.csv, line 6: “d-9” is not allowed. Write a key",
        ),
        (
            "successions.csv",
            "c-1,c-n,2025-07-01,",
            "c-1,c-n,,",
            "successions.csv, line 4: “” is not allowed.",
        ),
        (
            "successions.csv",
            "whole,Nghị quyết 1677",
            "all,",
            "successions.csv, line 4: “all” is not allowed. Write whole",
        ),
        ("successions.csv", "share", "portion", "The file “successions.csv” has no column “share”."),
        (
            "successions.csv",
            "c-2,c-n,2025-07-01,whole,Nghị quyết 1677\n",
            "",
            "- Thị trấn Đăk Hà (c-2) ended on",
        ),
        (
            "areas_parents.csv",
            "d-1,p-a,,2025-07-01\n",
            "",
            "- Huyện Đăk Hà (d-1) belongs to no superior unit.",
        ),
    ],
)
def test_bad_file_is_refused_whole(folder: Path, name: str, old: str, new: str, sentence: str) -> None:
    edit(folder, name, old, new)

    assert sentence in refusal(folder)


@pytest.mark.django_db
def test_missing_file_is_named(folder: Path) -> None:
    (folder / "successions.csv").unlink()

    assert refusal(folder).startswith("There is no file “successions.csv” in")


@pytest.mark.django_db
def test_command_says_what_it_loaded(folder: Path) -> None:
    said = StringIO()
    call_command("load_areas", folder=folder, stdout=said)
    call_command("load_areas", folder=folder, stdout=said)

    assert said.getvalue().splitlines() == [
        "Đã nạp 8 đơn vị hành chính và 4 quan hệ kế thừa trên 2 bản đồ: thêm 8 đơn vị, sửa 0 đơn vị.",
        "8 đơn vị hành chính và 4 quan hệ kế thừa trên 2 bản đồ đã được nạp từ trước; không có gì thay đổi.",
    ]


@pytest.mark.django_db
def test_command_refuses_with_a_sentence(folder: Path) -> None:
    edit(folder, "areas_parents.csv", "c-1,d-1", "c-1,p-a")
    edit(folder, "areas_parents.csv", "d-1,p-a,,2025-07-01", "d-1,c-1,,2025-07-01")

    with pytest.raises(CommandError, match="không nhất quán"):
        call_command("load_areas", folder=folder)


@pytest.mark.slow
@pytest.mark.django_db
def test_real_map_loads_whole() -> None:
    loaded = load_areas()

    assert (loaded.units, loaded.successions, loaded.maps) == (14_139, 10_623, 2)
    counts = {
        (level, day.year): Area.objects.at_level(level).as_of(day).count()
        for level in Level
        for day in (date(2025, 6, 30), date(2026, 11, 23))
    }
    assert counts == {
        (Level.NATION, 2025): 1,
        (Level.PROVINCE, 2025): 63,
        (Level.DISTRICT, 2025): 696,
        (Level.COMMUNE, 2025): 10_035,
        (Level.NATION, 2026): 1,
        (Level.PROVINCE, 2026): 34,
        (Level.DISTRICT, 2026): 0,
        (Level.COMMUNE, 2026): 3_321,
    }
    assert AreaTarget.objects.count() == 2 * 14_139
    assert AreaAncestor.objects.count() == 10_035 * 3 + 3_321 * 2 + 696 * 2 + 86
    assert (load_areas().added, AuditEvent.objects.count()) == (0, 1)
