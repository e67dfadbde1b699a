"""A statement written once says what the queryset says, and what it writes is what the model's own ways write."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import CharField
from django.db.transaction import TransactionManagementError

from phoihop.audit.models import AuditEvent
from phoihop.core.prepared import Prepared, Slot, insert, key_slot, update

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 15, 3, tzinfo=UTC)


def event(number: int, **fields: Any) -> AuditEvent:
    given = {
        "at": AT,
        "action": "try",
        "object_type": "t",
        "object_id": str(number),
        "details": {"n": [number, "ộ"]},
    }
    return AuditEvent(**{**given, **fields})


def plain(rows: Any) -> list[dict[str, Any]]:
    return [
        {name: value for name, value in row.items() if name != "id"} for row in rows.order_by("pk").values()
    ]


def test_a_prepared_queryset_is_asked_again_with_other_values() -> None:
    insert([event(1), event(2), event(2, action="other")])
    asked = Prepared(
        lambda: AuditEvent.objects.filter(
            object_id=Slot("thing", CharField()), action__in=["try", "other"]
        ).order_by("-pk")
    )
    assert [(each.action, each.details, each.at) for each in asked(thing="2")] == [
        ("other", {"n": [2, "ộ"]}, AT),
        ("try", {"n": [2, "ộ"]}, AT),
    ]
    assert [each.action for each in asked(thing="1")] == ["try"]
    assert asked(thing="3") == []


def test_a_prepared_queryset_gives_values_too() -> None:
    insert([event(1), event(2)])
    two = AuditEvent.objects.get(object_id="2")
    pair = Prepared(lambda: AuditEvent.objects.filter(pk=key_slot("pk")).values_list("object_id", "details"))
    flat = Prepared(lambda: AuditEvent.objects.filter(pk=key_slot("pk")).values_list("at", flat=True))
    assert (pair(pk=two.pk), flat(pk=two.pk)) == ([("2", {"n": [2, "ộ"]})], [AT])


def test_a_value_never_becomes_sql() -> None:
    insert([event(1)])
    asked = Prepared(lambda: AuditEvent.objects.filter(object_id=Slot("thing", CharField())))
    assert asked(thing="1' OR '1'='1") == []


@pytest.mark.django_db(transaction=True)
def test_rows_are_locked_inside_a_transaction_only() -> None:
    locked = Prepared(lambda: AuditEvent.objects.select_for_update().filter(pk=key_slot("pk")))
    with transaction.atomic():
        assert locked(pk=1) == []
    if connection.features.has_select_for_update:
        with pytest.raises(TransactionManagementError):
            locked(pk=1)


def test_inserting_is_bulk_create_and_tells_each_row_its_key(django_assert_num_queries: Any) -> None:
    AuditEvent.objects.bulk_create([event(number) for number in range(300)])
    expected = plain(AuditEvent.objects.all())
    AuditEvent.objects.all().delete()
    rows = [event(number) for number in range(300)]
    with django_assert_num_queries(3):  # SQLite counts the values of one statement
        insert(rows)
    assert plain(AuditEvent.objects.all()) == expected
    assert {row.pk: row.object_id for row in rows} == dict(AuditEvent.objects.values_list("pk", "object_id"))
    assert not any(row._state.adding for row in rows)
    insert([])
    assert AuditEvent.objects.count() == 300


def test_updating_writes_the_named_fields_of_those_rows_only() -> None:
    rows = [event(number) for number in range(3)]
    insert(rows)
    for row in rows[:2]:
        row.action, row.details = f"changed {row.object_id}", {"only": "named"}
    update(rows[:2], "action")
    assert [(row["action"], row["details"]) for row in plain(AuditEvent.objects.all())] == [
        ("changed 0", {"n": [0, "ộ"]}),
        ("changed 1", {"n": [1, "ộ"]}),
        ("try", {"n": [2, "ộ"]}),
    ]
