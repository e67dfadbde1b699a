from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from phoihop.accounts.actions import create_user
from phoihop.accounts.models import User
from phoihop.audit.models import AuditEvent
from phoihop.core.errors import NotAllowed

pytestmark = pytest.mark.django_db
PASSWORD = "đường dài mười bốn cây"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def made(monkeypatch: pytest.MonkeyPatch, *arguments: str, password: str = PASSWORD) -> str:
    out = StringIO()
    monkeypatch.setattr("sys.stdin", StringIO(f"{password}\n"))
    call_command("create_user", *arguments, "--password-stdin", stdout=out)
    return out.getvalue()


def test_an_account_is_made_with_the_password_of_the_input(monkeypatch: pytest.MonkeyPatch) -> None:
    said = made(monkeypatch, "trucban", "--name-of-post", "Trực ban tổng hợp")
    user = User.objects.get()
    assert (user.username, user.post_name) == ("trucban", "Trực ban tổng hợp")
    assert user.check_password(PASSWORD)
    assert (user.is_staff, user.is_superuser) == (False, False)
    assert said == "Made: trucban. Grant a role next: phoihop grant_role trucban ROLE ORGANISATION\n"
    event = AuditEvent.objects.get()
    assert (event.action, event.actor) == ("create_user", "")
    assert PASSWORD not in str(event.details)


def test_the_password_is_asked_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([PASSWORD, "another one entirely", PASSWORD, PASSWORD])
    monkeypatch.setattr(
        "phoihop.accounts.management.commands.create_user.getpass", lambda _prompt: next(answers)
    )
    with pytest.raises(CommandError, match="The two passwords differ"):
        call_command("create_user", "trucban")
    assert not User.objects.exists()
    call_command("create_user", "trucban", stdout=StringIO())
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize(
    ("name", "password", "sentence"),
    [
        ("TRUCBAN", PASSWORD, "The user name “trucban” is taken. Choose another."),
        ("demo-central", PASSWORD, "“demo-central” begins with “demo-”"),
        ("truc ban", PASSWORD, "Enter a valid username"),
        ("", PASSWORD, "Enter a valid username"),
        ("officer", "ab1", "This password is too short"),
        ("officer", "12345678901", "entirely numeric"),
        ("officer", "officer1", "too similar to the username"),
        ("officer", "", "No password came."),
    ],
)
def test_what_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, password: str, sentence: str) -> None:
    User.objects.create(username="trucban")
    with pytest.raises(CommandError) as refusal:
        made(monkeypatch, name, password=password)
    assert sentence in str(refusal.value)
    assert User.objects.count() == 1


def test_only_the_system_makes_accounts() -> None:
    person = User.objects.create(username="desk")
    with pytest.raises(NotAllowed, match="phoihop create_user"):
        create_user(username="officer", password=PASSWORD, by=person)
