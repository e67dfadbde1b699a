import re
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from phoihop.periods import WorkingCalendar
from phoihop.programmes.models import OfficeDay, Programme, ReportingCalendar, number_key
from phoihop.programmes.permissions import AnyUser

_PARTS = re.compile(r"0*(?P<number>\d+)[-/]?(?P<kind>ctr)?(?P<rest>.*)")
_YEAR = re.compile(r"(?:19|20)\d\d")


def programmes_visible_to(user: AnyUser) -> QuerySet[Programme]:
    return Programme.objects.visible_to(user)


def programme_named(text: str) -> Programme | None:
    """By its slug, else by its number as anyone writes it."""
    return Programme.objects.filter(slug=text).first() or programme_by_number(text)


def programme_by_number(text: str) -> Programme | None:
    """The one programme a written number means: as it is written, else by number, type and year.

    The press writes “09/CTr-BCA-MTTQ” in four ways; numbers start again at 01 every year, so a bare number is
    taken only where one programme has it (in the year given, if one is).
    """
    key = number_key(
        re.sub(
            r"^\s*(?:chương trình|ctr)?\s*(?:phối hợp|hành động)?\s*(?:số)?\s*", "", text, flags=re.IGNORECASE
        )
    )
    same = Programme.objects.filter(Q(number_key=key) | Q(aliases__number_key=key)).distinct()
    if key and (found := _the_one(same)):
        return found
    return _the_one(_alike(key))


def _alike(key: str) -> QuerySet[Programme]:
    parts = _PARTS.fullmatch(key)
    if parts is None:
        return Programme.objects.none()
    number, year = parts["number"], _YEAR.search(parts["rest"])
    alike = Programme.objects.filter(number_key__regex=rf"^0*{number}([-/]|$)")
    if parts["kind"]:
        alike = alike.filter(Q(number_key__contains="ctr") | ~Q(number_key__regex="[a-z]"))
    elif parts["rest"] and not year:
        return Programme.objects.none()
    return alike.filter(signed_on__year=int(year[0])) if year else alike


def _the_one(found: QuerySet[Programme]) -> Programme | None:
    first_two = list(found[:2])
    return first_two[0] if len(first_two) == 1 else None


def working_days_asked(programmes: Iterable[Programme], day: date) -> dict[str, int]:
    """Level -> the fewest working days any of the programmes in term on a day gives it after the cut-off."""
    in_term = ReportingCalendar.objects.filter(
        Q(programme__term_from__isnull=True) | Q(programme__term_from__lte=day),
        Q(programme__term_until__isnull=True) | Q(programme__term_until__gt=day),
        programme__in=list(programmes),
    )
    fewest: dict[str, int] = {}
    for given in in_term.values_list("working_days", flat=True):
        for level, days in given.items():
            fewest[level] = min(int(days), fewest.get(level, int(days)))
    return fewest


def working_calendar() -> WorkingCalendar:
    """Holidays and make-up Saturdays the system knows, and over them the days this installation was told."""
    return WorkingCalendar(dict(OfficeDay.objects.values_list("day", "is_worked")))
