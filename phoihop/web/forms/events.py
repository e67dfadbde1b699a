"""What an officer writes of an event; whether it can have happened is asked by the action."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from phoihop.areas.models import Area
from phoihop.core import clock
from phoihop.core.errors import DomainError
from phoihop.core.templatetags.vietnamese import number
from phoihop.events.enums import EventKind
from phoihop.events.errors import FactsRefused, NamesSuspected
from phoihop.events.facts import EventFacts
from phoihop.events.models import Event
from phoihop.orgs.models import Organisation
from phoihop.orgs.queries import organisation_named
from phoihop.reports.files.errors import CellRefused
from phoihop.reports.files.numbers import NA, parse_number
from phoihop.web.forms.entry import page_mark
from phoihop.web.queries.events_form import area_options, named_in, organisation_options

MOST_OTHERS = 20


class EventForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=EventKind.choices, widget=forms.RadioSelect)
    held_on = forms.DateField(label=_("Day"))
    area = forms.ChoiceField(label=_("Unit where it was held"))
    place = forms.CharField(label=_("Venue"), max_length=200)
    subject = forms.CharField(label=_("Subject"), max_length=300)
    lead = forms.ChoiceField(label=_("Lead organisation"))
    co_organisers = forms.MultipleChoiceField(label=_("Held together with"), required=False)
    others = forms.CharField(label=_("Other organisations"), max_length=600, required=False)
    attendances = forms.CharField(label=_("Attendances"), max_length=20, required=False)
    no_names = forms.BooleanField(required=False)
    reason = forms.CharField(label=_("Reason for the correction"), max_length=500, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, organisation: Organisation, event: Event | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = _told(event, organisation)
        super().__init__(*args, **kwargs)
        self.organisation, self.event = organisation, event
        self.suspected: tuple[str, ...] = ()
        also = named_in(event) if event else []
        day = self._day()
        self.areas = area_options(organisation, day, event.said.area if event else None)
        self.groups = organisation_options(organisation, day, also)
        every = [option for _area, options in self.groups for option in options]
        self._choices("area", self.areas)
        self._choices("lead", every)
        self._choices("co_organisers", every)

    def _choices(self, field: str, options: list[tuple[str, str]]) -> None:
        self.fields[field].choices = options  # type: ignore[attr-defined]

    def _day(self) -> Any:
        """Units and organisations are those of the day that is told."""
        try:
            said = self.fields["held_on"].clean(self["held_on"].value())
        except ValidationError:
            return clock.today()
        return min(said, clock.today())

    def clean_area(self) -> Area:
        return Area.objects.get(key=self.cleaned_data["area"])

    def clean_lead(self) -> Organisation:
        return _by_slug([self.cleaned_data["lead"]])[0]

    def clean_co_organisers(self) -> list[Organisation]:
        return _by_slug(self.cleaned_data["co_organisers"])

    def clean_others(self) -> list[Organisation]:
        """By name or code, with a semicolon between them."""
        written = [part.strip() for part in self.cleaned_data["others"].split(";") if part.strip()]
        among = Organisation.objects.as_of(self._day())
        try:
            return [organisation_named(each, among) for each in written[:MOST_OTHERS]]
        except DomainError as refusal:
            raise ValidationError(str(refusal)) from None

    def clean_attendances(self) -> int | None:
        try:
            value = parse_number(self.cleaned_data["attendances"], mark=page_mark())
        except CellRefused as refusal:
            raise ValidationError(str(refusal)) from None
        if value is None or value is NA:
            return None
        if value < 0 or value != int(value) or value > 10**9:
            raise ValidationError(
                _("Attendances are a whole number from 0 up. Leave the field blank if nobody counted.")
            )
        return int(value)

    def facts(self) -> EventFacts:
        said = self.cleaned_data
        return EventFacts(
            kind=said["kind"],
            held_on=said["held_on"],
            area=said["area"],
            place=said["place"],
            subject=said["subject"],
            lead=said["lead"],
            co_organisers=frozenset([*said["co_organisers"], *said["others"]]),
            attendances=said["attendances"],
        )

    def take(self, refusal: DomainError) -> None:
        """A refusal of the action stands at its field."""
        if isinstance(refusal, FactsRefused):
            for field, sentence in refusal.faults.items():
                self.add_error(field, sentence)
        elif isinstance(refusal, NamesSuspected):
            self.suspected = refusal.found
            self.add_error("no_names", str(refusal))
        else:
            self.add_error(None, str(refusal))


def _by_slug(slugs: Iterable[str]) -> list[Organisation]:
    return list(Organisation.objects.filter(slug__in=list(slugs)))


def _told(event: Event | None, organisation: Organisation) -> dict[str, Any]:
    if event is None:
        return {
            "key": uuid4(),
            "kind": EventKind.SESSION,
            "held_on": clock.today(),
            "area": organisation.area.key,
            "lead": organisation.slug,
        }
    said = event.said
    return {
        "key": UUID(str(event.key)),
        "base": said.number,
        "kind": said.kind,
        "held_on": said.held_on,
        "area": said.area.key,
        "place": said.place,
        "subject": said.subject,
        "lead": said.lead.slug,
        "co_organisers": [each.slug for each in said.co_organisers.all()],
        "attendances": "" if said.attendances is None else number(said.attendances),
    }
