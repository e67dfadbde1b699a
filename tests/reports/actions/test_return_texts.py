import pytest

from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.orgs.enums import Role
from phoihop.reports.actions import add_return_text, change_return_text, remove_return_text
from phoihop.reports.models import ReturnText
from phoihop.reports.queries.desk import return_texts_for
from tests.reports.world import World

pytestmark = pytest.mark.django_db


def test_a_desk_keeps_the_texts_it_uses_again(world: World) -> None:
    kept = add_return_text(organisation=world.desk, text=" Thiếu B02 ", by=world.provincial_desk)
    change_return_text(kept=kept, text="Thiếu số lượt người", by=world.provincial_desk)
    assert [each.text for each in return_texts_for(world.provincial_desk)] == ["Thiếu số lượt người"]
    assert list(return_texts_for(world.central_desk)) == []
    remove_return_text(kept=kept, by=world.provincial_desk)
    assert ReturnText.objects.count() == 0


@pytest.mark.parametrize("text", ["", "   ", "x" * 501])
def test_a_text_says_something_short(world: World, text: str) -> None:
    with pytest.raises(DomainError):
        add_return_text(organisation=world.desk, text=text, by=world.provincial_desk)


def test_the_same_text_is_kept_once_and_thirty_at_most(world: World) -> None:
    for number in range(30):
        add_return_text(organisation=world.desk, text=f"Lý do {number}", by=world.provincial_desk)
    for text, error in (("Lý do 1", Conflict), ("Lý do mới", DomainError)):
        with pytest.raises(error):
            add_return_text(organisation=world.desk, text=text, by=world.provincial_desk)


def test_others_change_nothing(world: World) -> None:
    kept = add_return_text(organisation=world.desk, text="Thiếu", by=None)
    for user in (world.officer(), world.central_desk, world.user(world.desk, Role.READER)):
        with pytest.raises(NotAllowed):
            change_return_text(kept=kept, text="Khác", by=user)
        with pytest.raises(NotAllowed):
            add_return_text(organisation=world.desk, text="Khác", by=user)
