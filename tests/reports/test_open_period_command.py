from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from phoihop.reports.models import Report
from tests.reports.world import World


def test_command_opens_the_period_and_says_how_many_are_due(world: World) -> None:
    out = StringIO()

    call_command("open_period", form="half", period="ADM-2026-H1", stdout=out)

    assert Report.objects.count() == 3
    assert out.getvalue() == "Đã mở kỳ 6 tháng đầu năm 2026 (15/12/2025–14/06/2026): 3 báo cáo phải nộp.\n"


@pytest.mark.parametrize(
    ("form", "period", "said"),
    [
        ("quarter", "ADM-2026-H1", "half"),
        ("half", "nửa năm", "nửa năm"),
        ("half", "ADM-2026", "năm 2026"),
        ("half", "ADM-2027-H1", "15/12/2026"),
    ],
)
def test_command_refuses_with_a_sentence(world: World, form: str, period: str, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("open_period", form=form, period=period)
