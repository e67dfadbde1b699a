"""What a programme's page tells of its life: its own spans, its milestones, whether reports of a window are due."""

from datetime import UTC, date, datetime

import time_machine
from django.test import Client

from phoihop.periods import Span
from phoihop.programmes.models import Programme
from phoihop.web.queries.openness import standard_asked
from phoihop.web.queries.programmes import windows_opened
from tests.web.world import PageWorld, client_of

WINDOW_STATES = {"2026-06-01": "open", "2026-06-15": "due", "2026-06-16": "due", "2027-01-15": "past"}
CONFERENCE = {
    "on": "2019-03-11",
    "title": {"vi": "Hội nghị trực tuyến 64 điểm cầu", "en": "Online conference of 64 points"},
    "text": {"vi": "Sơ kết ba chương trình.", "en": "Interim review of three programmes."},
    "source": {"title": "Báo S1", "url": "https://example.org/s1"},
}


def address(world: PageWorld) -> str:
    return f"/chuong-trinh/{world.programme.slug}/"


def test_a_milestone_is_told_with_its_source_once_on_the_home_page(world: PageWorld, client: Client) -> None:
    programme = world.programme
    programme.milestones = [CONFERENCE]
    programme.save()
    Programme.objects.create(
        slug="other", number="22", kind="action", title_vi="Khác", title_en="Other", area=programme.area,
        milestones=[CONFERENCE],
    )  # fmt: skip
    for page in (address(world), "/chuong-trinh/other/", "/"):
        html = client.get(page).content.decode()
        assert html.count("Hội nghị trực tuyến 64 điểm cầu") == 1, page
        assert '<a href="https://example.org/s1" rel="noreferrer external" lang="vi">Báo S1</a>' in html, page


def test_a_programme_offers_the_span_of_its_own_review(world: PageWorld) -> None:
    page = client_of(world.told.base.central_desk).get(address(world))
    [planned] = page.context["planned"]
    assert planned.span == Span(date(2025, 12, 15), date(2026, 6, 15))
    assert f'href="{world.dashboard}?from=2025-12-15&amp;to=2026-06-14"' in page.content.decode()


def test_a_guest_is_offered_it_once_a_review_of_its_days_is_public(world: PageWorld, client: Client) -> None:
    assert client.get(address(world)).context["planned"] == []
    world.published()
    [planned] = client.get(address(world)).context["planned"]
    assert client.get(f"{world.dashboard}?{planned.query}").status_code == 200


def test_a_guest_begins_within_the_programmes_own_term(world: PageWorld, client: Client) -> None:
    """A review of several programmes may begin before one of them was signed."""
    world.published()
    programme = world.programme
    programme.term_from = date(2026, 3, 15)
    programme.save()
    request = client.get("/").wsgi_request
    asked = standard_asked(request.user, request.GET, [programme])
    assert (asked.span.start, asked.span.last) == (date(2026, 3, 15), date(2026, 6, 14))


def test_reports_of_a_window_are_due_until_its_last_deadline_and_no_longer(world: PageWorld) -> None:
    period = world.told.period
    assert max(period.deadlines.values()) < "2027-01-15"
    states = {}
    for day in WINDOW_STATES:
        with time_machine.travel(f"{day}T03:00:00Z", tick=False):
            shown = {each.period.pk: each.state for each in windows_opened(world.programme)}
            states[day] = shown[period.pk]
    assert states == WINDOW_STATES
    period.closed_at = datetime(2026, 7, 1, tzinfo=UTC)
    period.save()
    assert "closed" in {each.state for each in windows_opened(world.programme)}
