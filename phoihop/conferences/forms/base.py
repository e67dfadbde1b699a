"""A form that fills the facts of one thing, keeps what was typed, and shows what somebody else saved meanwhile."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, cast

from django import forms
from django.db.models import Model, QuerySet
from django.forms.boundfield import BoundField

from phoihop.conferences.facts import facts_of, mark_of
from phoihop.conferences.models import Conference
from phoihop.conferences.preparing_errors import ChangedMeanwhile
from phoihop.core.errors import DomainError


def fresh_key() -> str:
    """For one rendered form: sent twice, it counts once."""
    return secrets.token_urlsafe(16)


class SetUpForm(forms.Form):
    """key: of the request. seen: the mark of what the form was filled with."""

    facts_kind: ClassVar[type[Any]]
    key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def __init__(
        self, data: Any = None, *, conference: Conference, thing: Model | None = None, **fields: Any
    ) -> None:
        self.conference, self.thing = conference, thing
        self.saved_meanwhile: dict[str, str] = {}
        super().__init__(data, initial={"key": fresh_key(), **fields, **self._held()})
        self.offer()

    def offer(self) -> None:
        """The choices that depend on the conference and the thing."""

    def facts(self) -> Any:
        said = self.cleaned_data
        return self.facts_kind(**{name: said[name] for name in self._names() if name in said})

    def request_marks(self) -> dict[str, str]:
        """What an edit is told beside the facts."""
        return {"seen": self.cleaned_data["seen"], "key": self.cleaned_data["key"]}

    def take(self, refusal: DomainError) -> None:
        """What was typed stays; where somebody else saved, their values stand beside and saving again keeps these."""
        self.add_error(None, str(refusal))
        if isinstance(refusal, ChangedMeanwhile) and self.thing is not None:
            self.thing.refresh_from_db()
            theirs = type(self)(conference=self.conference, thing=self.thing)
            self.saved_meanwhile = {
                name: _written(theirs[name])
                for name in self._names()
                if name in self.fields and str(theirs[name].initial) != str(self[name].value() or "")
            }
            self.data = {**{name: self.data[name] for name in self.data}, "seen": theirs.initial["seen"]}

    @property
    def lines(self) -> list[tuple[BoundField, str]]:
        """Each field that is shown, with what somebody else saved in it."""
        return [(field, self.saved_meanwhile.get(field.name, "")) for field in self.visible_fields()]

    def _names(self) -> list[str]:
        return list(self.facts_kind.__dataclass_fields__)

    def _held(self) -> Mapping[str, Any]:
        if self.thing is None:
            return {}
        held = facts_of(self.thing, self.facts_kind)
        shown = {name: getattr(held, name) for name in self._names()}
        plain = {name: value.pk if isinstance(value, Model) else value for name, value in shown.items()}
        return {**plain, "seen": mark_of(held)}


def _written(field: BoundField) -> str:
    """As the form shows it: the label of a choice."""
    value = field.initial
    for code, label in getattr(field.field, "choices", ()):
        if str(code) == str(value if value is not None else ""):
            return str(label)
    return str(field.field.prepare_value(value) if value not in (None, "") else "–")


def let_choose(
    form: forms.Form, name: str, found: QuerySet[Any], label: Callable[[Any], str] | None = None
) -> None:
    """What may be chosen in a field, and how each is called."""
    field = cast("forms.ModelChoiceField[Any]", form.fields[name])
    field.queryset = found
    if label is not None:
        vars(field)["label_from_instance"] = label


class MomentField(forms.DateTimeField):
    """A day and a time of day in Viet Nam, as the browser's own field writes it."""

    def __init__(self, **kwargs: Any) -> None:
        written = "%Y-%m-%dT%H:%M"
        shown = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=written)
        formats = [written, "%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y"]
        super().__init__(widget=shown, input_formats=formats, **kwargs)


class LinesField(forms.CharField):
    """One a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, (list, tuple)) else value

    def clean(self, value: Any) -> tuple[str, ...]:
        return tuple(line.strip() for line in str(super().clean(value)).splitlines() if line.strip())
