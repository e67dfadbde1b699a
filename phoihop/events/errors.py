"""Every refusal of the event register, as a sentence: the value, what is allowed, what to do next."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.core.templatetags.vietnamese import localname, number
from phoihop.events.enums import EventText
from phoihop.periods import format_day

if TYPE_CHECKING:
    from phoihop.areas.models import Area
    from phoihop.events.models import Event
    from phoihop.orgs.models import Organisation

LONGEST_REASON = 500
MOST_ATTENDANCES = 1_000_000


class FactsRefused(DomainError):
    """An event cannot have happened as it is told; `faults` says which field and why."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = dict(faults)


class NamesSuspected(DomainError):
    """Something looks like a person's name: it is taken out, or confirmed to be none."""

    def __init__(self, found: Sequence[str]) -> None:
        super().__init__(
            _(
                "%(found)s looks like a person's name or number. The register holds counts, never persons: take it out, "
                "or confirm that it names a place or an organisation."
            )
            % {"found": ", ".join(f"“{each}”" for each in found)}
        )
        self.found = tuple(found)


def not_held_yet(day: date, today: date) -> str:
    return _(
        "%(day)s is after today, %(today)s. The register keeps events that were held: enter it once it is over."
    ) % {"day": format_day(day), "today": format_day(today)}


def organisation_not_there(organisation: "Organisation", day: date) -> str:
    return _(
        "%(organisation)s did not exist on %(day)s. Correct the day, or choose the organisation of that time."
    ) % {"organisation": localname(organisation), "day": format_day(day)}


def area_not_there(area: "Area", day: date) -> str:
    return _("%(area)s did not exist on %(day)s. Correct the day, or choose the unit of that time.") % {
        "area": area.full_name,
        "day": format_day(day),
    }


def area_of_others(area: "Area", organisation: "Organisation") -> str:
    return _(
        "%(area)s is outside the area of %(organisation)s. Choose a unit inside it, or let the organisation there enter the event."
    ) % {"area": area.full_name, "organisation": localname(organisation)}


def says_nothing(length: int) -> str:
    return _("Write at least %(length)s characters, so that others recognise the event.") % {"length": length}


def too_many(count: int) -> str:
    return _("%(count)s attendances are more than the %(most)s an event may have. Check the digits.") % {
        "count": number(count),
        "most": number(MOST_ATTENDANCES),
    }


def reason_needed() -> DomainError:
    return DomainError(_("Say why in a few words: the reason stays beside the event."))


def reason_too_long(length: int) -> DomainError:
    return DomainError(
        _("The reason has %(length)s characters; at most %(most)s are kept. Shorten it.")
        % {"length": number(length), "most": number(LONGEST_REASON)}
    )


def changed_since(event: "Event") -> Conflict:
    return Conflict(
        _(
            "“%(event)s” was corrected by somebody else since you opened it. Look at it again, then correct it."
        )
        % {"event": event.said.subject}
    )


def cancelled_already(event: "Event") -> Conflict:
    return Conflict(
        _("“%(event)s” is cancelled and no longer changes. If it was held after all, enter it again.")
        % {"event": event.said.subject}
    )


def nothing_changed() -> DomainError:
    return DomainError(
        _("Nothing differs from what is entered. Change a field, or leave the event as it is.")
    )


def key_of_another() -> Conflict:
    return Conflict(_("This form was already used for another event. Open a new form and enter it again."))


def not_two_events() -> DomainError:
    return DomainError(_("An event is compared with another one. Choose two different entries."))


def of_two_kinds(one: "Event", other: "Event") -> DomainError:
    return DomainError(
        _(
            "“%(one)s” is entered as “%(kind)s” and “%(other)s” as “%(other_kind)s”: they feed different indicators. "
            "Correct the kind of one of them first."
        )
        % {
            "one": one.said.subject,
            "kind": one.said.get_kind_display(),
            "other": other.said.subject,
            "other_kind": other.said.get_kind_display(),
        }
    )


def not_merged(event: "Event") -> Conflict:
    return Conflict(
        _("“%(event)s” is not merged into another event; there is nothing to separate.")
        % {"event": event.said.subject}
    )


def deciders_needed(one: "Event", other: "Event") -> NotAllowed:
    return NotAllowed(
        _(
            "You may not decide whether these two are one event. It can be done by a reporting officer or desk of "
            "%(one)s or %(other)s, or by a desk above them."
        )
        % {"one": localname(one.organisation), "other": localname(other.organisation)}
    )


def only_the_centre_redacts() -> NotAllowed:
    return NotAllowed(_("You may not take out a text or a file. The central desk can."))


def nothing_to_redact(place: str) -> DomainError:
    known = EventText(place).label if place in EventText.values else place
    return DomainError(
        _(
            "There is no text to take out at “%(place)s” of this version. Open the page again and choose a text."
        )
        % {"place": known}
    )
