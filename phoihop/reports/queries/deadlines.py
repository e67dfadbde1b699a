"""When each level hands a window in."""

from collections.abc import Collection

from phoihop.areas.enums import LEVEL_ORDER
from phoihop.periods import Period, PeriodError, WorkingCalendar, deadlines
from phoihop.programmes.queries import working_calendar, working_days_asked
from phoihop.reports import errors
from phoihop.reports.models import ReportForm

LEAST_WORKING_DAYS = 1
_LOWEST_FIRST = [level.value for level in sorted(LEVEL_ORDER, key=LEVEL_ORDER.__getitem__, reverse=True)]


def deadlines_for(
    form: ReportForm, period: Period, levels: Collection[str], calendar: WorkingCalendar | None = None
) -> dict[str, str]:
    """Level -> ISO day, by the programmes' calendars or the form's own number of working days.

    A level without a number has that of the level below.

    Source: Decree 09/2019/NĐ-CP, Article 8(5): at least one working day after the cut-off, for each level.
    """
    asked = {**working_days_asked(form.programmes.all(), period.start), **form.working_days}
    days: dict[str, int] = {}
    inherited = LEAST_WORKING_DAYS
    for level in _LOWEST_FIRST:
        inherited = int(asked.get(level, inherited))
        if level in levels:
            days[level] = inherited
    try:
        due = deadlines(period, days, calendar or working_calendar())
    except PeriodError as refusal:
        raise errors.said(refusal) from refusal
    return {level: day.isoformat() for level, day in due.items()}
