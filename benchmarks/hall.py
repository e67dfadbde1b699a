"""A conference in session with thousands who follow it: their grants in the database, their tickets in hand."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta

from django.core.management import call_command

from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.conferences.actions import begin_item, open_conference, show_scene
from phoihop.conferences.audiences import Audience
from phoihop.conferences.enums import ConferenceKind, ConferenceState, GrantKind, ItemKind, Scene, SiteKind
from phoihop.conferences.models import AgendaItem, Conference, ConferenceEvent, Grant, Site
from phoihop.conferences.streams import messages
from phoihop.conferences.streams.tickets import Ticket
from phoihop.core import clock

SITES = 64
_MESSAGE = "Đề nghị các điểm cầu kiểm tra lại đường truyền, tắt micro khi chưa được mời phát biểu."


@dataclass
class Hall:
    conference: Conference
    grants: list[Grant]
    delegates: int

    def path(self, number: int) -> str:
        grant = self.grants[number]
        audience = Audience.VIEWERS if grant.kind == GrantKind.VIEW else Audience.DELEGATES
        ticket = Ticket(
            self.conference.slug, audience, "", time.time() + 3600, grant.site.slug, grant.kind, grant.pk
        )
        return f"/hoi-nghi/{self.conference.slug}/dong/?ve={ticket.signed()}"

    def change(self) -> tuple[int, float]:
        """By the action a director's click calls; (number in the log, when it was committed)."""
        text = f"{_MESSAGE} ({self.conference.last_seq})"
        show_scene(conference=self.conference, scene=Scene.MESSAGE, by=None, text=text)
        return self.conference.last_seq, time.time()

    def message(self, number: int) -> bytes:
        """The bytes of the last change as the streams send them, under another number."""
        last = ConferenceEvent.objects.latest("seq")
        return messages.change(number, clock.now().isoformat(), last.patch)


def held(listeners: int) -> Hall:
    """64 sites with a room machine each; everyone else watches."""
    call_command("migrate", verbosity=0)
    area = Area.objects.create(
        key="vn", level=Level.NATION, kind="nước", name="Việt Nam", full_name="Việt Nam"
    )
    start = clock.now()
    conference = Conference.objects.create(
        slug="hoi-nghi", kind=ConferenceKind.ONLINE, title_vi="Hội nghị trực tuyến", area=area, starts_at=start,
        ends_at=start + timedelta(hours=3), state=ConferenceState.INVITED,
    )  # fmt: skip
    item = AgendaItem.objects.create(conference=conference, kind=ItemKind.OPENING, title_vi="Khai mạc")
    sites = [
        Site.objects.create(
            conference=conference, slug=f"diem-{number}", kind=SiteKind.SPEAKING, level=Level.PROVINCE, area=area,
            name_vi=f"Điểm cầu {number}",
        )
        for number in range(SITES)
    ]  # fmt: skip
    grants = [
        Grant(
            kind=GrantKind.ROOM if number < SITES else GrantKind.VIEW, site=sites[number % SITES], code_edition=1,
            given_at=start, expires_at=start + timedelta(hours=15),
        )
        for number in range(listeners)
    ]  # fmt: skip
    Grant.objects.bulk_create(grants)
    open_conference(conference=conference, by=None)
    begin_item(item=item, by=None)
    conference.refresh_from_db()
    return Hall(conference, grants, min(SITES, listeners))
