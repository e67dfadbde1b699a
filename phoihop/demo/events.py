"""The event register of the half that is being lived: a few communes, joint events entered twice, some compared already."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from phoihop.accounts.models import User
from phoihop.areas.models import Area
from phoihop.areas.queries import children_of
from phoihop.core import clock
from phoihop.demo.chance import chance, whole
from phoihop.demo.story import FRONT, POLICE, QUANG_NGAI
from phoihop.events.actions import cancel_event, correct_event, enter_event, merge_events, tell_apart
from phoihop.events.enums import EventKind
from phoihop.events.facts import EventFacts, facts_of
from phoihop.events.models import Event
from phoihop.events.queries import open_matches
from phoihop.orgs.models import Organisation
from phoihop.orgs.queries import organisation_of

SUBJECTS = (
    ("Phòng, chống ma túy", "Tuyên truyền phòng, chống tác hại của ma túy"),
    ("Phòng, chống lừa đảo trên không gian mạng", "Phòng, chống lừa đảo qua mạng"),
    ("Luật Căn cước", "Phổ biến Luật Căn cước"),
    ("Phòng cháy, chữa cháy trong khu dân cư", "Phòng cháy, chữa cháy khu dân cư"),
    ("Luật Trật tự, an toàn giao thông đường bộ", "Tuyên truyền Luật Trật tự, an toàn giao thông đường bộ"),
)
FESTIVAL = "Ngày hội Toàn dân bảo vệ an ninh Tổ quốc"
FORUM = "Công an lắng nghe ý kiến Nhân dân"
FIRST = date(2026, 6, 16)
COMMUNES = 12
OWN = "c34-23284"  # of the officer one may sign in as
WEEK = timedelta(days=7)


def fill_register() -> None:
    """As each day passed, so that what is entered and decided carries the instants of then."""
    for commune in _communes():
        police, front = (organisation_of(commune, party, FIRST) for party in (POLICE, FRONT))
        if police and front:
            _sessions(police, front)
            _festival(police, front)
            _forum(police, front)
    province = Area.objects.get(key=QUANG_NGAI)
    if desk := organisation_of(province, POLICE, FIRST):
        for week in (9, 17):
            subject = "Tập huấn công tác xây dựng phong trào toàn dân bảo vệ an ninh Tổ quốc"
            _held(desk, desk, EventKind.CLASS, FIRST + week * WEEK, subject, "Trung tâm hội nghị tỉnh", 85)
    _compare_some()


def _communes() -> list[Area]:
    found = list(children_of(Area.objects.get(key=QUANG_NGAI), FIRST)[:COMMUNES])
    own = Area.objects.filter(key=OWN).first()
    return found if own is None or own in found else [*found, own]


def _sessions(police: Organisation, front: Organisation) -> None:
    key = police.area.key
    for number, day in enumerate(_days(key)):
        ours, theirs = SUBJECTS[int(chance("subject", key, number) * len(SUBJECTS))]
        place = f"Nhà văn hóa thôn {1 + int(chance('place', key, number) * 8)}"
        came = 40 + whole(80 * chance("came", key, number), key, number)
        is_joint = chance("joint", key, number) < 0.35
        _held(police, police, EventKind.SESSION, day, ours, place, came, [front] if is_joint else [])
        if is_joint:
            _held(front, police, EventKind.SESSION, day, theirs, place, came - 5)


def _days(key: str) -> Iterator[date]:
    for number in range(4 + int(chance("sessions", key) * 5)):
        yield FIRST + 2 * number * WEEK + timedelta(days=int(chance("day", key, number) * 7))


def _festival(police: Organisation, front: Organisation) -> None:
    day = date(2026, 8, 1 + int(chance("festival", police.slug) * 18))
    came = 200 + whole(300 * chance("festival came", police.slug), police.slug)
    _held(police, police, EventKind.FESTIVAL, day, FESTIVAL, "Sân vận động xã", came, [front])


def _forum(police: Organisation, front: Organisation) -> None:
    """The Front leads and the police enter it too: the Front's entry counts."""
    day = date(2026, 9, 5 + int(chance("forum", police.slug) * 20))
    _held(front, front, EventKind.FORUM, day, f"Diễn đàn {FORUM}", "Hội trường UBND", 120, [police])
    _held(police, front, EventKind.FORUM, day, FORUM, "Hội trường Ủy ban nhân dân", None)


def _held(
    by: Organisation,
    lead: Organisation,
    kind: EventKind,
    day: date,
    subject: str,
    place: str,
    came: int | None,
    together: list[Organisation] | None = None,
) -> None:
    if day >= clock.today():
        return
    told = EventFacts(kind, day, by.area, place, subject, lead, frozenset(together or ()), came)
    key = uuid5(NAMESPACE_URL, f"{by.slug}/{kind}/{day}/{subject}/{place}")
    with clock.pinned(_morning_after(day)):
        enter_event(organisation=by, facts=told, key=key, by=None, simulated=True)


def _compare_some() -> None:
    """Most forums are merged, one pair is told apart; the rest waits for the visitor."""
    matches = open_matches(User.objects.get(username="demo-trung-uong")).found
    forums = [each for each in matches if each.counted.said.kind == EventKind.FORUM]
    for match in forums[3:]:
        with clock.pinned(_morning_after(match.counted.said.held_on + WEEK)):
            merge_events(counted=match.counted, other=match.other, by=None)
    for match in [each for each in matches if each.counted.said.kind == EventKind.SESSION][:1]:
        tell_apart(first=match.counted, second=match.other, by=None)
    held = list(Event.objects.counted().filter(current__kind=EventKind.SESSION).order_by("pk")[:2])
    if len(held) == 2:
        came = (held[0].said.attendances or 0) + 12
        again = replace(facts_of(held[0].said), attendances=came)
        correct_event(event=held[0], facts=again, reason="Đếm lại theo danh sách ký nhận", base=1, by=None)
        cancel_event(event=held[1], reason="Nhập trùng với sổ giấy của tháng trước", by=None)


def _morning_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(2), tzinfo=UTC)
