"""Whether an event can have happened as it is told."""

from collections.abc import Iterator

from phoihop.areas.models import AreaAncestor
from phoihop.core import clock
from phoihop.events import errors
from phoihop.events.errors import FactsRefused, NamesSuspected
from phoihop.events.facts import EventFacts
from phoihop.events.names import names_suspected
from phoihop.orgs.models import Organisation

SHORTEST_SUBJECT = 5
SHORTEST_PLACE = 2


def require_possible(facts: EventFacts, entered_by: Organisation) -> None:
    """Raises: FactsRefused with a sentence for each field at fault."""
    faults: dict[str, str] = {}
    for field, sentence in _faults(facts, entered_by):
        faults.setdefault(field, sentence)
    if faults:
        raise FactsRefused(faults)


def require_no_names(facts: EventFacts) -> None:
    found = [*names_suspected(facts.subject), *names_suspected(facts.place)]
    if found:
        raise NamesSuspected(found)


def _faults(facts: EventFacts, entered_by: Organisation) -> Iterator[tuple[str, str]]:
    day, today = facts.held_on, clock.today()
    if day > today:
        yield "held_on", errors.not_held_yet(day, today)
    if not facts.area.is_in_force(day):
        yield "area", errors.area_not_there(facts.area, day)
    if not _is_inside(facts, entered_by):
        yield "area", errors.area_of_others(facts.area, entered_by)
    yield from _organisations_at_fault(facts, entered_by)
    yield from _words_at_fault(facts)
    if facts.attendances is not None and facts.attendances > errors.MOST_ATTENDANCES:
        yield "attendances", errors.too_many(facts.attendances)


def _organisations_at_fault(facts: EventFacts, entered_by: Organisation) -> Iterator[tuple[str, str]]:
    named = [("held_on", entered_by), ("lead", facts.lead)]
    named += [("co_organisers", each) for each in sorted(facts.co_organisers, key=str)]
    for field, each in named:
        if not each.is_in_force(facts.held_on):
            yield field, errors.organisation_not_there(each, facts.held_on)


def _words_at_fault(facts: EventFacts) -> Iterator[tuple[str, str]]:
    for field, text, shortest in (
        ("subject", facts.subject, SHORTEST_SUBJECT),
        ("place", facts.place, SHORTEST_PLACE),
    ):
        if len(text) < shortest:
            yield field, errors.says_nothing(shortest)


def _is_inside(facts: EventFacts, entered_by: Organisation) -> bool:
    if facts.area.pk == entered_by.area_id:
        return True
    above = AreaAncestor.objects.as_of(facts.held_on).filter(area=facts.area, ancestor=entered_by.area_id)
    return above.exists()
