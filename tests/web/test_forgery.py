"""No address of the site acts on what another site sent: without the token of our own page it is 403."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from phoihop.accounts.models import User
from phoihop.audit.models import AuditEvent
from phoihop.conferences.access import SESSION_KEY
from phoihop.conferences.actions import join_site
from phoihop.conferences.enums import GrantKind
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Membership
from tests.browser.site import CENTRE, GUEST, OFFICER, SEAT, Site, site_of
from tests.factories.orgs import UserFactory
from tests.web.world import page_world

# Asked with a signed grant in the Authorization header (`under_grant`), which no page of another site can send along.
# The cookie of who is signed in opens nothing there, so there is nothing to forge.
UNDER_GRANT = {
    "conferences:check_receive", "conferences:check_send", "conferences:media_alive", "conferences:media_answer",
    "conferences:media_end", "conferences:media_publish", "conferences:media_receive", "conferences:media_sites",
}  # fmt: skip
CHOICES = {"kind": "csv", "what": "mo"}  # where an address takes not anything
Form = tuple[str, str, tuple[tuple[str, str], ...]]  # who, where to, what is in it


def addresses(
    patterns: Iterable[URLPattern | URLResolver], space: str = "", taken: tuple[str, ...] = ()
) -> Iterator[tuple[str, str, bool]]:
    """Of the whole URL conf: name, address, whether it is exempt. Nothing need be there: the check comes first."""
    for each in patterns:
        names = (*taken, *each.pattern.regex.groupindex)
        if isinstance(each, URLResolver):
            within = f"{each.namespace}:" if each.namespace else space
            yield from addresses(each.url_patterns, within, names)
        else:
            name = f"{space}{each.name}"
            address = reverse(name, kwargs={one: CHOICES.get(one, "1") for one in names})
            yield name, address, getattr(each.callback, "csrf_exempt", False)


EVERY = list(addresses(get_resolver().url_patterns))
GUARDED = {name: address for name, address, is_exempt in EVERY if not is_exempt}


@pytest.fixture
def forged(db: None) -> Client:
    """The browser of who is signed in, led by the page of another site."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory(is_superuser=True))
    return client


def is_refused(answer: Any, caplog: pytest.LogCaptureFixture) -> bool:
    """For want of the token, not of a right."""
    said = [record for record in caplog.records if record.name == "django.security.csrf"]
    caplog.clear()
    return answer.status_code == 403 and len(said) == 1


@pytest.mark.parametrize("name", GUARDED)
def test_no_address_acts_without_the_token(
    forged: Client, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    assert is_refused(forged.post(GUARDED[name], {"key": "k"}), caplog)
    assert AuditEvent.objects.count() == 0


def test_only_what_is_asked_under_a_grant_needs_no_token(forged: Client) -> None:
    exempt = {name: address for name, address, is_exempt in EVERY if is_exempt}
    assert exempt.keys() == UNDER_GRANT
    answers = {forged.post(address, {}, "application/json").status_code for address in exempt.values()}
    assert answers <= {401, 403, 404}


def test_the_token_of_our_own_page_is_what_lets_it_through(forged: Client) -> None:
    page = forged.get("/nguyen-tac/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None
    said = {"language": "en", "next": "/nguyen-tac/"}
    assert forged.post("/ngon-ngu/", said).status_code == 403
    assert forged.post("/ngon-ngu/", {**said, "csrfmiddlewaretoken": token[1]}).status_code == 302


@pytest.fixture
def site(db: None) -> Iterator[Site]:
    with time_machine.travel("2026-06-16T02:00Z", tick=False):
        world = page_world()
        for username, organisation, role in (
            (CENTRE, world.told.base.centre, Role.CENTRAL_DESK),
            (OFFICER, world.told.units[0], Role.REPORTING_OFFICER),
        ):
            user = User.objects.create(username=username)
            Membership.objects.create(user=user, organisation=organisation, role=role)
        yield site_of(world)


@pytest.mark.slow
def test_no_form_of_any_page_is_accepted_from_elsewhere(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    """Each as its page would send it, by who may, about what is really there."""
    visits = list(site.visits())
    clients = {who: browser_of(site, who) for who in {who for who, _address in visits}}
    forms = {form for who, address in visits for form in forms_of(clients[who], who, address)}
    before = everything()
    acted = [
        (who, address)
        for who, address, fields in sorted(forms)
        if not is_refused(clients[who].post(address, dict(fields)), caplog)
    ]
    assert acted == []
    assert everything() == before
    assert len({address for _who, address, _fields in forms}) > 100


def browser_of(site: Site, who: str) -> Client:
    client = Client(enforce_csrf_checks=True)
    if who == SEAT:
        seat = site.meetings.seat
        grant = join_site(site=seat.delegation.site, kind=GrantKind.SEAT, code=site.meetings.code, seat=seat)
        session = client.session
        session[SESSION_KEY] = {str(grant.site.conference_id): grant.pk}
        session.save()
    elif who != GUEST:
        client.force_login(User.objects.get(username=who))
    return client


def forms_of(client: Client, who: str, address: str) -> Iterator[Form]:
    page = client.get(address).content.decode()
    for attributes, content in re.findall(r"<form([^>]*)>(.*?)</form>", page, re.DOTALL):
        if 'method="post"' in attributes:
            action = re.search(r'\baction="([^"]+)"', attributes)
            fields = re.findall(r'name="([^"]+)"[^>]*?value="([^"]*)"', content)
            told = tuple((name, unescape(value)) for name, value in fields if name != "csrfmiddlewaretoken")
            yield who, unescape(action[1]) if action else address, told


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the browsers' sessions."""
    kept = (model for model in apps.get_models() if model is not Session)
    return {model._meta.label: list(model._base_manager.order_by("pk").values_list()) for model in kept}
