import pytest
from django.contrib.auth.models import AnonymousUser

from phoihop.orgs.enums import Role
from phoihop.programmes.models import Programme
from phoihop.programmes.permissions import can_change_programme, can_view_programme
from phoihop.programmes.queries import programmes_visible_to
from tests.factories.areas import nation
from tests.factories.indicators import programme_in
from tests.factories.orgs import UserFactory, police_of, user_for

pytestmark = pytest.mark.django_db


def test_a_signed_programme_is_open_to_everyone() -> None:
    programme = programme_in(nation())
    for user in (UserFactory(), user_for(police_of(nation()), Role.READER), AnonymousUser()):
        assert can_view_programme(user, programme)
        assert Programme.objects.visible_to(user).contains(programme)
        assert list(programmes_visible_to(user)) == [programme]


def test_predicate_and_queryset_agree_on_one_that_is_gone() -> None:
    gone = programme_in(nation())
    Programme.objects.filter(pk=gone.pk).delete()
    assert not can_view_programme(UserFactory(), gone)
    assert not Programme.objects.visible_to(UserFactory()).filter(pk=gone.pk).exists()


@pytest.mark.parametrize(("role", "may"), [(role, role is Role.CENTRAL_DESK) for role in Role])
def test_only_the_central_desk_changes_them(role: Role, may: bool) -> None:
    assert can_change_programme(user_for(police_of(nation()), role)) is may
