from django import forms
from django.utils.translation import gettext_lazy as _

from phoihop.conferences.models import Conference, Delegation
from phoihop.conferences.queries.quorum import delegations_asked


class AnswerForm(forms.Form):
    """Heads present of one delegation."""

    present = forms.IntegerField(label=_("Delegates present"), min_value=0, max_value=100_000)
    note = forms.CharField(label=_("Note"), max_length=300, required=False, strip=True)


class PhoneAnswerForm(AnswerForm):
    """The same, heard by the secretary: of which delegation."""

    delegation = forms.ModelChoiceField(Delegation.objects.none(), label=_("Delegation"))
    field_order = ("delegation", "present", "note")

    def __init__(self, *args: object, conference: Conference, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        chosen = self.fields["delegation"]
        if isinstance(chosen, forms.ModelChoiceField):
            chosen.queryset = delegations_asked(conference).select_related("site").order_by("site__order")
