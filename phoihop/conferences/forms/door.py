from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from phoihop.conferences.enums import GrantKind
from phoihop.conferences.forms.base import let_choose
from phoihop.conferences.models import Conference, Seat, Site
from phoihop.core.templatetags.vietnamese import localname


class DoorForm(forms.Form):
    """Which site, as what, and the code on the invitation."""

    site = forms.ModelChoiceField(
        Site.objects.none(), label=_("Site"), to_field_name="slug", empty_label=_("Choose the site"),
        error_messages={
            "required": _("Choose the site this device stands at."),
            "invalid_choice": _("That site does not take part any more. Choose it from the list."),
        },
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("This device is"), choices=GrantKind.choices, initial=GrantKind.ROOM, widget=forms.RadioSelect
    )
    seat = forms.IntegerField(
        label=_("Number on the slip"), required=False, min_value=1,
        help_text=_("For a delegate's phone only: the number printed above the code."),
        error_messages={"invalid": _("The number on the slip is digits only.")},
    )  # fmt: skip
    code = forms.CharField(
        label=_("Code"), max_length=40,
        help_text=_("Ten signs, such as 7K3QD-0XW9M; small letters, spaces and a missing hyphen do not matter."),
        error_messages={"required": _("Type the code on the invitation or the slip.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, conference: Conference, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        let_choose(self, "site", conference.sites.filter(is_removed=False), localname)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("kind") == GrantKind.SEAT and not said.get("seat") and "seat" not in self.errors:
            self.add_error(
                "seat", gettext("Type the number printed on the slip; the code belongs to that seat.")
            )
        return said

    def seat_named(self) -> Seat | None:
        """Of the site's seats, by the number printed on the delegate's slip; None where there is no such seat."""
        number = self.cleaned_data["seat"]
        if self.cleaned_data["kind"] != GrantKind.SEAT or number is None:
            return None
        found: Seat | None = Seat.objects.filter(
            pk=number, delegation__site=self.cleaned_data["site"]
        ).first()
        return found
