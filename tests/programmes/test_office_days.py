from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from phoihop.areas.enums import Level
from phoihop.audit.models import AuditEvent
from phoihop.core.errors import NotAllowed
from phoihop.core.yaml_files import FileRefused
from phoihop.programmes.actions import load_office_days
from phoihop.programmes.models import OfficeDay, ReportingCalendar
from phoihop.programmes.queries import working_calendar, working_days_asked
from tests.factories.areas import nation
from tests.factories.indicators import programme_in
from tests.factories.orgs import UserFactory

pytestmark = pytest.mark.django_db
DAYS = """\
format: phoihop-office-days/1
days:
  - {day: 2026-12-15, worked: false, act: "Thông báo số 1"}
  - {day: 2026-12-19, worked: true, act: "Thông báo số 1"}
"""


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def days_file(folder: Path, text: str = DAYS) -> Path:
    path = folder / "days.yaml"
    path.write_text(text, "utf-8")
    return path


def test_declared_days_win_over_the_known_calendar(tmp_path: Path) -> None:
    assert working_calendar().is_working_day(date(2026, 12, 15))

    assert load_office_days(file=days_file(tmp_path)) == 2

    offices = working_calendar()
    assert not offices.is_working_day(date(2026, 12, 15))
    assert offices.is_working_day(date(2026, 12, 19))  # a Saturday
    assert not offices.is_working_day(date(2026, 9, 2))


def test_the_file_is_the_whole_table(tmp_path: Path) -> None:
    load_office_days(file=days_file(tmp_path))
    load_office_days(file=days_file(tmp_path, DAYS[: DAYS.index("  - {day: 2026-12-19")]))

    assert [str(each) for each in OfficeDay.objects.all()] == ["2026-12-15"]
    assert AuditEvent.objects.filter(action="load_office_days").count() == 2


@pytest.mark.parametrize(
    ("right", "wrong", "sentence"),
    [
        ("2026-12-19", "2026-12-15", "days.yaml:4: days[2].day: “2026-12-15” stands twice in this file. Keep one of them."),
        ("2026-12-19", "2026-12-39", "days.yaml:4: days[2].day: “2026-12-39” is not a day. Allowed: a day written as 2013-08-01, without quotes."),
        ("worked: true", "worked: maybe", "days.yaml:4: days[2].worked: “maybe” is neither yes nor no. Allowed: true, false."),
        ('act: "Thông báo số 1"}\n  - {day: 2026-12-19', 'act: ""}\n  - {day: 2026-12-19', "days.yaml:3: days[1].act: It is empty. Write the text, or remove the field where it may be left out."),
    ],
)  # fmt: skip
def test_a_wrong_day_is_refused_with_its_place(tmp_path: Path, right: str, wrong: str, sentence: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        load_office_days(file=days_file(tmp_path, DAYS.replace(right, wrong)))
    assert str(refusal.value) == sentence
    assert not OfficeDay.objects.exists()


def test_only_the_central_desk_declares_days(tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        load_office_days(file=days_file(tmp_path), by=UserFactory())


def test_command_says_how_many(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_office_days", days_file(tmp_path))
    assert capsys.readouterr().out == "2 days declared worked or off are in force.\n"
    with pytest.raises(CommandError, match="cannot be opened"):
        call_command("load_office_days", tmp_path / "none.yaml")


def test_the_strictest_programme_in_term_sets_the_working_days() -> None:
    country = nation()
    ended, running, other = (programme_in(country) for _ in range(3))
    for programme, days in ((ended, 1), (running, 3), (other, 4)):
        ReportingCalendar.objects.filter(programme=programme).update(
            working_days={Level.COMMUNE.value: days, Level.PROVINCE.value: 9 - days}
        )
    ended.term_until = date(2026, 1, 1)
    ended.save()

    assert working_days_asked([ended, running, other], date(2026, 6, 15)) == {"commune": 3, "province": 5}
    assert working_days_asked([ended], date(2025, 12, 31)) == {"commune": 1, "province": 8}
    assert working_days_asked([], date(2026, 6, 15)) == {}
