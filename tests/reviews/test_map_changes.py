"""A commune passes to another province: the map is loaded and changed as it really is, and what moved names it."""

import csv
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from phoihop.areas.actions import establish_area, load_areas, record_succession
from phoihop.areas.actions.derived import rebuild_derived
from phoihop.areas.enums import Level
from phoihop.areas.models import Area, AreaParent
from phoihop.reports.actions import follow_reorganisations
from phoihop.reviews.actions import compose_review
from phoihop.reviews.models import Review
from phoihop.reviews.queries import Compared, compared
from tests.factories.areas import area_under
from tests.factories.orgs import police_of
from tests.reports.world import H1
from tests.reviews.test_changes import correct
from tests.reviews.world import ReviewWorld

ON = H1.end  # the reform's day: the window was reported by the units before it
ACT = "Nghị quyết 1"
NEW = "moi-dak-to"


@pytest.fixture
def world(world: ReviewWorld) -> ReviewWorld:
    """A second province, which nothing is reported from: it would receive the commune."""
    area_under(world.base.country, Level.PROVINCE, "Gia Lai")
    rebuild_derived()
    world.accept_all()
    return world


def write_map(folder: Path, world: ReviewWorld, heir_in: Area) -> Path:
    """What is known, as the files of a map have it; the second commune passes whole to a new one."""
    old = world.base.communes[1]
    until = {old.pk: ON.isoformat()}
    units = [
        (area.key, area.level, area.kind, area.name, area.full_name, area.codes.get().code, "", until.get(area.pk, ""), "", ACT if area.pk in until else "")
        for area in Area.objects.exclude(key=NEW).order_by("pk")
    ]  # fmt: skip
    units.append((NEW, "commune", "xã", "Đăk Tô", "Xã Đăk Tô", "99999", ON.isoformat(), "", ACT, ""))
    known = AreaParent.objects.exclude(area__key=NEW).select_related("area", "parent").order_by("pk")
    parents = [(link.area.key, link.parent.key, "", until.get(link.area_id, "")) for link in known]
    parents.append((NEW, heir_in.key, ON.isoformat(), ""))
    unit_fields = "key,level,kind,name,full_name,code,valid_from,valid_until,established_by,abolished_by"
    tables: dict[str, tuple[str, list[Any]]] = {
        "areas": (unit_fields, units),
        "areas_parents": ("key,parent_key,valid_from,valid_until", parents),
        "successions": ("predecessor_key,successor_key,on,share,act", [(old.key, NEW, ON.isoformat(), "whole", ACT)]),
        "kind_changes": ("key,on,kind,full_name,act", []),
    }  # fmt: skip
    for name, (header, rows) in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header.split(","), *rows])
    return folder


def moved(found: Compared) -> dict[str, tuple[Any, Any, set[str]]]:
    """By figure of sessions: before, after and the kinds of its reasons."""
    return {
        row.key: (row.before, row.after, {reason.kind.value for reason in row.reasons})
        for row in found.changed
        if row.key.startswith("B01")
    }


def runs(review: Review) -> list[Any]:
    return list(review.draft_runs.order_by("number"))


def page_of(world: ReviewWorld) -> str:
    client = Client()
    client.force_login(world.base.central_desk)
    answer = client.get("/so-ket/so-ket/thay-doi/")
    assert answer.context["sides"] == "lần tổng hợp 1 của bản thảo → lần tổng hợp 2 của bản thảo"
    return " ".join(unescape(answer.content.decode()).split())


def test_a_map_loaded_with_another_province_for_the_heir_is_why_both_provinces_moved(
    world: ReviewWorld, tmp_path: Path
) -> None:
    province, other = world.base.province, Area.objects.get(name="Gia Lai")
    load_areas(folder=write_map(tmp_path, world, province), by=None)
    review = world.composed(state="received", map_key=ON.isoformat())
    load_areas(folder=write_map(tmp_path, world, other), by=None)
    compose_review(review=review, by=None)

    first, second = runs(review)
    assert moved(compared(first, second)) == {
        f"B01@{province.pk}": (20, 14, {"map"}),
        f"B01@{other.pk}": (None, 6, {"map"}),
    }  # the country's own is the same: nobody reported anything else
    assert "Thay đổi bản đồ hành chính" in page_of(world)


def test_a_merger_entered_late_is_why_another_number_of_reports_is_due(world: ReviewWorld) -> None:
    """It took effect inside the window: the old unit owes its first days, the new one the rest."""
    base, on = world.base, date(2026, 2, 1)
    review = world.composed(state="received")
    heir = establish_area(
        key=NEW, level=Level.COMMUNE, kind="xã", name="Đăk Tô", full_name="Xã Đăk Tô", code="99999", parent=base.province,
        on=on, act=ACT, by=None,
    )  # fmt: skip
    record_succession(predecessor=base.communes[1], successors=[heir], on=on, act=ACT, by=None)
    police_of(heir, base.desk)
    change = follow_reorganisations(period=world.period, by=None)
    compose_review(review=review, by=None)

    found = compared(*runs(review))
    due = next(row for row in found.changed if row.key == "K05D")
    assert (len(change.added), due.before, due.after) == (1, 3, 4)
    assert {(reason.kind.value, reason.said) for reason in due.reasons} == {("map", ACT)}
    assert ACT in page_of(world)


def test_a_map_change_elsewhere_is_no_reason_here(world: ReviewWorld) -> None:
    """A merger in the other province, between two runs: a correction here is a correction, and nothing else."""
    base, on = world.base, date(2026, 2, 1)
    other = Area.objects.get(name="Gia Lai")
    review = world.composed(state="received", area=base.province)
    old, heir = (
        establish_area(
            key=key, level=Level.COMMUNE, kind="xã", name=key, full_name=key, code=code, parent=other, on=day, act=ACT,
            by=None,
        )
        for key, code, day in (("cu", "99997", date(2020, 1, 1)), ("moi", "99998", on))
    )  # fmt: skip
    record_succession(predecessor=old, successors=[heir], on=on, act=ACT, by=None)
    correct(world, {"B01": "5", "B02": "400"})
    compose_review(review=review, by=None)
    assert moved(compared(*runs(review)))["B01"] == (20, 21, {"correction"})
