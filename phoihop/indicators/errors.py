from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from phoihop.core.errors import Conflict
from phoihop.periods import format_day


def _written(day: date | None) -> str:
    return format_day(day) if day else "…"


def new_version_needs_a_day(codes: Iterable[str]) -> Conflict:
    sentence = _(
        "The file differs from the catalogue in force in: %(codes)s. A version is never overwritten: say from which day"
        " the change holds (--from 2027-01-01), or bring the file back to what is in force."
    )
    return Conflict(sentence % {"codes": ", ".join(codes)})


def new_version_in_the_past(day: date, today: date) -> Conflict:
    sentence = _(
        "A change of the catalogue cannot hold from %(day)s: windows that have begun are read by the versions they"
        " began with. Choose a day after today, %(today)s; best the first day of the next window."
    )
    return Conflict(sentence % {"day": _written(day), "today": _written(today)})


def new_version_too_early(code: str, day: date, held: date | None) -> Conflict:
    sentence = _(
        "%(code)s already has a version dated %(held)s. The next cannot hold from %(day)s: choose a later day."
    )
    return Conflict(sentence % {"code": code, "day": _written(day), "held": _written(held)})
