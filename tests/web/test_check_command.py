from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from phoihop.audit.actions import record
from phoihop.audit.models import AuditEvent, AuditSeal
from tests.factories.areas import nation
from tests.factories.orgs import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("arguments", "options"), [(["--skip-checks"], {}), ([], {"skip_checks": True})])
def test_checks_are_not_skipped_by_the_option_every_command_has(
    arguments: list[str], options: dict[str, bool]
) -> None:
    out = StringIO()
    call_command("check", "accounts", *arguments, **options, stdout=out)
    assert out.getvalue() == "System check identified no issues (0 silenced).\n"


def test_the_chain_is_verified_before_what_is_new_is_sealed() -> None:
    nation()
    record("sign_in", UserFactory())
    assert "1 sự kiện nhật ký vừa được niêm phong" in checked()
    record("sign_out", UserFactory())
    AuditEvent.objects.filter(action="sign_in").update(actor="somebody else")
    with pytest.raises(CommandError, match="1 lỗi"):
        checked()
    assert AuditSeal.objects.count() == 2
    with pytest.raises(CommandError, match="1 lỗi"):
        checked()


def checked() -> str:
    out = StringIO()
    call_command("check", stdout=out)
    return out.getvalue()
