"""Who sees which events, held together with the question about one of them."""

import pytest
from django.contrib.auth.models import AnonymousUser

from phoihop.accounts.models import User
from phoihop.areas.enums import Level
from phoihop.events.actions import merge_events
from phoihop.events.models import Event
from phoihop.events.permissions import can_view_event
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Organisation
from tests.factories.areas import area_under
from tests.factories.events import held
from tests.factories.orgs import police_of, user_for
from tests.reports.world import World


@pytest.fixture
def register(world: World, police: Organisation, front: Organisation) -> dict[str, Event]:
    far = police_of(
        area_under(area_under(world.country, Level.PROVINCE, "Quảng Ngãi"), Level.COMMUNE, "Sơn Tịnh")
    )
    found = {
        "police": held(police),
        "front": held(front),
        "other commune": held(world.units[1]),
        "province": held(world.desk),
        "province, in the commune": held(world.desk, area=world.communes[0]),
        "far": held(far),
        "far, with police": held(far, co_organisers=[police]),
        "far, led by police": held(far, lead=police),
        "far, merged": held(far),
    }
    merge_events(counted=found["police"], other=found["far, merged"], by=None)
    return found


OWN = {"police", "front", "province, in the commune", "far, with police", "far, led by police", "far, merged"}
PROVINCE = {"police", "front", "other commune", "province", "province, in the commune"}
FAR = {"far", "far, with police", "far, led by police", "far, merged"}


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("commune officer", OWN),
        ("provincial desk", PROVINCE),
        ("central desk", PROVINCE | FAR),
        ("auditor", PROVINCE | FAR),
        ("guest", set()),
    ],
)
def test_seeing_follows_the_area_and_what_one_took_part_in(
    world: World, register: dict[str, Event], who: str, seen: set[str]
) -> None:
    user: User | AnonymousUser = {
        "commune officer": world.officer(),
        "provincial desk": world.provincial_desk,
        "central desk": world.central_desk,
        "auditor": user_for(world.units[1], Role.AUDITOR),
        "guest": AnonymousUser(),
    }[who]
    visible = set(Event.objects.visible_to(user))
    assert {name for name, event in register.items() if event in visible} == seen
    assert {name for name, event in register.items() if can_view_event(user, event)} == seen
