from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phoihop.accounts.models import User
from phoihop.conferences.enums import ConferenceKind, RecordingAudience
from phoihop.conferences.facts import ConferenceFacts
from phoihop.conferences.forms.base import MomentField, SetUpForm, fresh_key, let_choose
from phoihop.core.templatetags.vietnamese import localname
from phoihop.orgs.models import Organisation
from phoihop.orgs.queries import organisations_open_to
from phoihop.orgs.roles import Permission
from phoihop.programmes.models import Programme


class _Facts(forms.Form):
    title_vi = forms.CharField(label=_("Title"), max_length=400, help_text=_("As it stands on the letters."))
    title_en = forms.CharField(label=_("Title in English"), max_length=400, required=False)
    kind = forms.ChoiceField(label=_("How it is held"), choices=ConferenceKind.choices)
    starts_at = MomentField(
        label=_("Begins"),
        help_text=_("Day and time in Viet Nam; of a consultation, from when bodies answer."),
    )
    ends_at = MomentField(
        label=_("Ends"), help_text=_("As planned; of a consultation in writing, the last moment to answer.")
    )
    venue_vi = forms.CharField(
        label=_("Central place"), max_length=300, required=False, help_text=_("The hall and its address.")
    )
    venue_en = forms.CharField(label=_("Central place in English"), max_length=300, required=False)
    technical_office_vi = forms.CharField(
        label=_("Technical office"), max_length=200, required=False,
        help_text=_("Rung when a code does not work: an office, never a person. It stands on the letters, the code sheets and the door."),
    )  # fmt: skip
    technical_office_en = forms.CharField(
        label=_("Technical office in English"), max_length=200, required=False
    )
    technical_phone = forms.CharField(label=_("Its telephone"), max_length=40, required=False)
    quorum_percent = forms.IntegerField(
        label=_("Quorum, per cent of the delegates invited"), min_value=0, max_value=100, initial=50
    )
    recording_for = forms.ChoiceField(
        label=_("Who may see a recording of the stage"), choices=RecordingAudience.choices,
        initial=RecordingAudience.DELEGATES,
        help_text=_("Nothing is recorded unless the chair, a secretary or the director starts it in session. Parts closed to viewers are never in it."),
    )  # fmt: skip
    recording_days = forms.IntegerField(
        label=_("Days a recording is kept"), min_value=1, max_value=3650, initial=90,
        help_text=_("It is deleted then by itself; its length and check code stay in the minutes."),
    )  # fmt: skip


class ConferenceForm(SetUpForm, _Facts):
    facts_kind = ConferenceFacts


class CreateForm(_Facts):
    """From a frozen review, or from programmes alone."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    lead = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Body that leads"), to_field_name="slug",
        help_text=_("It issues the conclusions. You create a conference for a body you act for."),
    )  # fmt: skip
    programmes = forms.ModelMultipleChoiceField(
        Programme.objects.none(), label=_("Programmes it is about"), to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    others = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=_("Other organising bodies"), to_field_name="slug", required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Parties to the programmes; they organise side by side."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, by: User, parties: Any, **initial: Any) -> None:
        super().__init__(data, initial={"key": fresh_key(), **initial})
        let_choose(self, "lead", organisations_open_to(by, Permission.FREEZE), localname)
        let_choose(self, "programmes", Programme.objects.visible_to(by))
        let_choose(self, "others", parties, localname)
        self.order_fields([
            "title_vi", "title_en", "kind", "starts_at", "ends_at", "venue_vi", "venue_en",
            "technical_office_vi", "technical_office_en", "technical_phone", "quorum_percent", "recording_for", "recording_days", "programmes", "lead", "others",
        ])  # fmt: skip

    def facts(self) -> ConferenceFacts:
        said = self.cleaned_data
        return ConferenceFacts(**{name: said[name] for name in ConferenceFacts.__dataclass_fields__})

    @property
    def lines(self) -> list[tuple[Any, str]]:
        return [(field, "") for field in self.visible_fields()]
