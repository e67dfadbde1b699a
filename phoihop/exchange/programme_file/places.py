"""The areas and bodies a programme file names, found on the day the programme was signed."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.core import clock
from phoihop.core.text import nfc
from phoihop.exchange.programme_file.shape import LocalVersion, ProgrammeFile
from phoihop.orgs.models import Organisation
from phoihop.programmes.models import Party, Programme


def signing_day(document: ProgrammeFile) -> date:
    return document.signed_on or document.term.from_ or clock.today()


def day_of(programme: Programme) -> date:
    return programme.signed_on or programme.term_from or clock.today()


def area_named(text: str, day: date, *, level: Level = Level.PROVINCE) -> Area | None:
    """By key, or by an official name that only one unit of the level bears on that day."""
    by_key: Area | None = Area.objects.filter(key=text).first()
    if by_key:
        return by_key
    named = Area.objects.as_of(day).filter(Q(name=nfc(text)) | Q(full_name=nfc(text)), level=level)
    matches: list[Area] = list(named[:2])
    return matches[0] if len(matches) == 1 else None


def written_area(area: Area, day: date, *, level: Level = Level.PROVINCE) -> str:
    return area.name if area_named(area.name, day, level=level) == area else area.key


def bodies_of(party: str, area: Area, day: date) -> list[Organisation]:
    """Every body of a side in a locality on a day; one that was founded later counts from its first day."""
    since = max(day, area.valid_from or day)
    return list(Organisation.objects.as_of(since).filter(area=area, party=party).order_by("pk"))


def local_slug(programme_slug: str, area: Area) -> str:
    return f"{programme_slug}-{area.key}".lower()


def sides(parties: Iterable[Party]) -> list[tuple[str, str]]:
    """Bodies back to sides with their role, in order of appearance: six member organisations are one side."""
    return list(dict.fromkeys((party.organisation.party, party.role) for party in parties))


def local_day(version: LocalVersion, document: ProgrammeFile) -> date:
    return version.signed_on or signing_day(document)
