from collections.abc import Iterable

from django.utils.translation import gettext as _

from phoihop.core.errors import Conflict


def new_version_needs_a_day(codes: Iterable[str]) -> Conflict:
    sentence = _(
        "The file differs from the version in force of: %(codes)s. A version is never overwritten: say from which day"
        " the new one holds (--from 2027-01-01), or bring the file back to what is in force."
    )
    return Conflict(sentence % {"codes": ", ".join(codes)})


def new_version_too_early(code: str, day: object, held_from: object) -> Conflict:
    sentence = _(
        "%(code)s has a version in force from %(held_from)s. A new one cannot hold from %(day)s: choose a later day."
    )
    return Conflict(sentence % {"code": code, "day": day, "held_from": held_from})
