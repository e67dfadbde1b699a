from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from django.db import transaction
from django.utils.translation import gettext as _
from pydantic import Field

from phoihop.audit.actions import record
from phoihop.core.yaml_files import Strict, YamlFile, read_yaml
from phoihop.core.yaml_sentences import shown
from phoihop.orgs.permissions import AnyUser, require_administering
from phoihop.programmes.models import OfficeDay


class OfficeDayItem(Strict):
    day: date
    worked: bool
    act: Annotated[str, Field(min_length=1, max_length=300)]


class OfficeDaysFile(Strict):
    format: Literal["phoihop-office-days/1"]
    days: Annotated[list[OfficeDayItem], Field(min_length=1)]


@transaction.atomic
def load_office_days(*, file: Path, by: AnyUser | None = None) -> int:
    """The file is the whole table; deadlines of windows already opened stand. Returns how many days it names."""
    require_administering(by)
    source = read_yaml(file)
    content = source.checked(OfficeDaysFile)
    _refuse_repeats(source, content)
    declared = [OfficeDay(day=each.day, is_worked=each.worked, act=each.act) for each in content.days]
    OfficeDay.objects.all().delete()
    OfficeDay.objects.bulk_create(declared)
    details = {each.day.isoformat(): each.is_worked for each in declared}
    record("load_office_days", OfficeDay.objects.get(day=declared[0].day), by=by, details=details)
    return len(declared)


def _refuse_repeats(source: YamlFile, content: OfficeDaysFile) -> None:
    seen: set[date] = set()
    for index, each in enumerate(content.days):
        if each.day in seen:
            sentence = _("%(value)s stands twice in this file. Keep one of them.")
            source.blame(("days", index, "day"), sentence % {"value": shown(each.day)})
        seen.add(each.day)
    source.refuse_if_faulty()
