"""An issuer gives a number once in a year."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import Client

from phoihop.assignments.actions import issue_conclusion, number_conclusion
from phoihop.assignments.models import Conclusion
from phoihop.core.errors import Conflict, DomainError
from phoihop.orgs.models import Organisation
from tests.assignments.conftest import World
from tests.factories.assignments import drafted, paragraph


def issued(world: World, number: str = "", issuer: Organisation | None = None) -> Conclusion:
    conclusion = drafted(issuer or world.centre, world.programme)
    Conclusion.objects.filter(pk=conclusion.pk).update(title_vi=f"Thông báo {conclusion.pk}")
    paragraph(conclusion)
    return issue_conclusion(conclusion=conclusion, number=number, by=None)


def test_the_clash_names_who_holds_the_number_and_the_next_free_one(world: World) -> None:
    first = issued(world, "05-TB")
    issued(world, "7-TB")
    issued(world, "40-KL")
    said = f"{world.centre.name_vi} đã cấp số 05-TB năm 2026 cho “{first}”. Số chưa dùng tiếp theo là 08-TB."
    for typed in ("05-TB", "5 - tb"):
        with pytest.raises(Conflict) as refused:
            issued(world, typed)
        assert str(refused.value) == said
    later = issued(world)
    with pytest.raises(Conflict) as refused:
        number_conclusion(conclusion=later, number="05-TB", by=None)
    assert str(refused.value) == said
    later.refresh_from_db()
    assert (later.number, later.number_year) == ("", None)
    assert number_conclusion(conclusion=later, number="8-TB", by=None).number == "08-TB"


def test_refused_for_its_number_it_is_not_issued(world: World) -> None:
    issued(world, "05-TB")
    with pytest.raises(Conflict):
        issued(world, "05-TB")
    assert not Conclusion.objects.latest("pk").issued_at


def test_another_issuer_and_another_year_have_numbers_of_their_own(world: World) -> None:
    issued(world, "05-TB")
    assert issued(world, "05-TB", issuer=world.desk).number == "05-TB"
    with time_machine.travel(datetime(2026, 12, 31, 17, tzinfo=UTC), tick=False):  # midnight in Ha Noi
        assert issued(world, "05-TB").number_year == 2027


def test_a_number_given_later_is_of_the_year_of_the_issue(world: World) -> None:
    issued(world, "05-TB")
    late = issued(world)
    with time_machine.travel(datetime(2027, 1, 20, tzinfo=UTC), tick=False), pytest.raises(Conflict):
        number_conclusion(conclusion=late, number="05-TB", by=None)


def test_a_number_has_digits(world: World) -> None:
    with pytest.raises(DomainError, match="“TB” không có chữ số"):
        issued(world, "TB")


def test_the_database_keeps_a_number_once(world: World) -> None:
    """Whatever wrote it."""
    issued(world, "05-TB")
    other = issued(world)
    row = Conclusion.objects.filter(pk=other.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(number="05-tb", number_year=2026)
    assert row.update(number="05-TB", number_year=2025) == 1


def test_numbers_that_were_twice_the_same_are_held_by_the_first(world: World) -> None:
    made = [issued(world) for _ in range(3)]
    for each, number in zip(made, ("05-TB", "05-TB", ""), strict=True):
        Conclusion.objects.filter(pk=each.pk).update(number=number)
    import_module("phoihop.assignments.migrations.0004_numbers_once").give_years(apps, None)
    kept = Conclusion.objects.order_by("pk").values_list("number", "number_year")
    assert list(kept) == [("05-TB", 2026), ("05-TB", None), ("", None)]


def test_the_page_says_why_a_number_is_refused(world: World, client: Client) -> None:
    issued(world, "05-TB")
    later = issued(world)
    client.force_login(world.central_desk)
    page = f"/ket-luan/{later.slug}/so/"
    refused = client.post(page, {"number": "05-TB"})
    assert (refused.status_code, "Số chưa dùng tiếp theo là 06-TB." in refused.content.decode()) == (
        409,
        True,
    )
    assert client.post(page, {"number": "06-TB"}).status_code == 302
