from io import StringIO

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("arguments", "options"), [(["--skip-checks"], {}), ([], {"skip_checks": True})])
def test_checks_are_not_skipped_by_the_option_every_command_has(
    arguments: list[str], options: dict[str, bool]
) -> None:
    out = StringIO()
    call_command("check", "accounts", *arguments, **options, stdout=out)
    assert out.getvalue() == "System check identified no issues (0 silenced).\n"
