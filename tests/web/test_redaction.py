from typing import Any
from uuid import uuid4

import pytest

from phoihop.events.actions import enter_event
from phoihop.reports.actions import accept_report, correct_report, save_draft, submit_report
from phoihop.reports.enums import Origin
from phoihop.reports.models import TextSeal
from tests.factories.events import facts
from tests.reports.conftest import world as world  # noqa: PLC0414  the small world of reports
from tests.reports.world import CELLS, World
from tests.web.world import client_of

pytestmark = pytest.mark.django_db
NAMED = "Bà Trần Thị B, 0901234567"


@pytest.fixture
def address(world: World) -> str:
    world.open()
    report = world.report_of(world.units[0])
    texts: dict[str, Any] = {"notes": {"B01": NAMED}, "narrative": {"results": "Đã làm"}}
    submit_report(report=report, cells=CELLS, by=world.officer(), origin=Origin.FORM, **texts)
    accept_report(report=report, by=world.provincial_desk)
    again = {**CELLS, "B01": "5"}
    correct_report(report=report, cells=again, reason="x", by=world.officer(), origin=Origin.FORM, **texts)
    return f"/bao-cao/{report.pk}/go-noi-dung/"


def test_a_text_is_listed_once_and_leaves_a_tombstone_in_each_version(world: World, address: str) -> None:
    client = client_of(world.central_desk)
    page = client.get(address)
    named = next(each for each in page.context["texts"] if each.text == NAMED)
    assert (named.place, named.key, list(named.numbers)) == ("note", "B01", [2, 1])
    fields = {"version": named.version, "place": named.place, "key": named.key}
    client.post(address, {**fields, "reason": " "})
    assert not TextSeal.objects.filter(redacted_at__isnull=False).exists()
    client.post(address, {**fields, "reason": "Có tên và số điện thoại của công dân"})
    page = client.get(address)
    assert sorted(each.text for each in page.context["texts"]) == ["x", "Đã làm"]
    assert "Lý do đính chính" in [each.label for each in page.context["texts"]]
    assert [seal.version.number for seal in page.context["tombstones"]] == [1, 2]
    assert NAMED not in page.content.decode()
    assert NAMED not in client.get(address.replace("go-noi-dung/", "")).content.decode()


def test_the_report_says_what_was_taken_out_why_and_by_whom(world: World, address: str) -> None:
    page = address.replace("go-noi-dung/", "")
    centre = client_of(world.central_desk)
    assert address in centre.get(page).content.decode()
    named = next(each for each in centre.get(address).context["texts"] if each.text == NAMED)
    why = "Có tên và số điện thoại của công dân"
    centre.post(address, {"version": named.version, "place": named.place, "key": named.key, "reason": why})
    for user in (world.officer(), world.provincial_desk):
        said = client_of(user).get(page).content.decode()
        assert (NAMED in said, why in said, address in said) == (False, True, False)
        assert f"Đầu mối Trung ương, {world.centre.name_vi}" in said


def test_superiors_that_quote_it_are_named_before_and_counted_after(world: World, address: str) -> None:
    """Two versions of the province's report and an open draft quote the words; the centre's does not."""
    above, desk = world.report_of(world.desk), world.provincial_desk
    for sessions, more in (("9", {}), ("8", {"reason": "x"})):
        said = {"narrative": {"causes": f"Theo xã: “{NAMED}” (xã A)", "results": "Tốt"}, **more}
        submit_report(report=above, cells={**CELLS, "B01": sessions}, by=desk, origin=Origin.FORM, **said)
        accept_report(report=above, by=world.central_desk)
    save_draft(report=above, cells=CELLS, by=desk, narrative={"limits": NAMED})
    client = client_of(world.central_desk)
    page = client.get(address)
    named, *others = sorted(page.context["texts"], key=lambda each: each.text != NAMED)
    [(quoting, places)] = named.quoted_in
    assert quoting == above
    assert [(each.version.number, each.section) for each in places] == [
        (1, "causes"),
        (2, "causes"),
        (3, "limits"),
    ]
    assert [each.quoted_in for each in others] == [[] for _each in others]
    assert f'href="/bao-cao/{above.pk}/"' in page.content.decode()
    fields = {"version": named.version, "place": named.place, "key": named.key, "reason": "Có tên công dân"}
    said = client.post(address, fields, follow=True).content.decode()
    assert "khỏi 2 phiên bản, tại 3 chỗ trong báo cáo cấp trên có trích, và tại 0 chỗ" in said
    assert all(NAMED not in str(version.narrative) for version in above.versions.all())


def test_an_events_text_goes_the_same_way(world: World) -> None:
    told = facts(world.units[0], subject=f"Gặp mặt, {NAMED}")
    event = enter_event(organisation=world.units[0], facts=told, key=uuid4(), by=None, no_names=True)
    page, address = f"/su-kien/{event.pk}/", f"/su-kien/{event.pk}/go-noi-dung/"
    centre, officer = client_of(world.central_desk), client_of(world.officer())
    assert (address in centre.get(page).content.decode(), officer.get(address).status_code) == (True, 403)
    assert officer.post(address, {"reason": "x"}).status_code == 403
    texts = {each.place: each for each in centre.get(address).context["texts"]}
    assert texts.keys() == {"subject", "place"}
    fields = {"version": texts["subject"].version, "place": "subject", "key": ""}
    centre.post(address, {**fields, "reason": " "})
    assert NAMED in officer.get(page).content.decode()
    done = centre.post(address, {**fields, "reason": "Có số điện thoại"}, follow=True)
    assert [each.place for each in done.context["texts"]] == ["place"]
    for where in (page, "/su-kien/"):
        assert NAMED not in officer.get(where).content.decode()
    said = officer.get(page).content.decode()
    assert ("Có số điện thoại" in said, f"Đầu mối Trung ương, {world.centre.name_vi}" in said) == (True, True)
    assert "<h1>[…]</h1>" in said
    assert centre.post(address, {**fields, "version": "999"}).status_code == 404


def test_only_the_central_desk_and_only_what_is_there(world: World, address: str) -> None:
    assert client_of(world.provincial_desk).get(address).status_code == 403
    client = client_of(world.central_desk)
    assert client.post(address, {"version": "999999", "place": "note", "key": "B01"}).status_code == 404
    assert client.post(address, {"version": "x"}).status_code == 404
    page = client.get(address)
    version = page.context["texts"][0].version
    client.post(address, {"version": version, "place": "khác", "key": "Z", "reason": "x"})
    assert not TextSeal.objects.filter(redacted_at__isnull=False).exists()
