from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phoihop.conferences.actions.voting import IN_FAVOUR
from phoihop.conferences.enums import Majority, VoteBase, VoteKind
from phoihop.conferences.models import AgendaItem, Conference, Seat
from phoihop.conferences.queries.voting import seats_with_a_vote


class VoteForm(forms.Form):
    """What is put to the vote, and how it is decided."""

    item = forms.ModelChoiceField(AgendaItem.objects.none(), label=_("Item of the agenda"))
    title_vi = forms.CharField(label=_("Question, in Vietnamese"), max_length=400, required=False)
    title_en = forms.CharField(
        label=_("Question, in English (may be left out)"), max_length=400, required=False
    )
    kind = forms.ChoiceField(label=_("Kind of vote"), choices=VoteKind.choices)
    base = forms.ChoiceField(
        label=_("What the percentage is of"), choices=VoteBase.choices, initial=VoteBase.ENTITLED
    )
    majority = forms.ChoiceField(label=_("Votes needed"), choices=Majority.choices, initial=Majority.HALF)
    options = forms.CharField(
        label=_("Options"),
        help_text=_("One a line. Left empty: in favour, against, abstention."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, *args: object, conference: Conference, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        item = self.fields["item"]
        if isinstance(item, forms.ModelChoiceField):
            item.queryset = conference.items.all()

    def told(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        lines = [line for line in said.pop("options").splitlines() if line.strip()]
        return {
            **said,
            "kind": VoteKind(said["kind"]),
            "base": VoteBase(said["base"]),
            "majority": Majority(said["majority"]),
            "options": [{"vi": line} for line in lines] or IN_FAVOUR,
        }


class PhoneVoteForm(forms.Form):
    """A vote heard over the telephone: of which seat."""

    seat = forms.ModelChoiceField(Seat.objects.none(), label=_("Seat"))
    choice = forms.CharField(label=_("Choice"), max_length=20)

    def __init__(self, *args: object, conference: Conference, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        seat = self.fields["seat"]
        if isinstance(seat, forms.ModelChoiceField):
            seat.queryset = seats_with_a_vote(conference).select_related("delegation__site")
