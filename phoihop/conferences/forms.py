from django import forms
from django.utils.translation import gettext_lazy as _

from phoihop.conferences.enums import GrantKind
from phoihop.conferences.models import Conference, Seat, Site


class DoorForm(forms.Form):
    """Which site, as what, and the code on the invitation."""

    site = forms.ModelChoiceField(Site.objects.none(), label=_("Site"), to_field_name="slug")
    kind = forms.ChoiceField(label=_("This device is"), choices=GrantKind.choices, initial=GrantKind.ROOM)
    seat = forms.IntegerField(
        label=_("Number of the seat, for a delegate's phone"), required=False, min_value=1
    )
    code = forms.CharField(label=_("Code"), max_length=40)

    def __init__(self, *args: object, conference: Conference, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        sites = self.fields["site"]
        if isinstance(sites, forms.ModelChoiceField):
            sites.queryset = conference.sites.filter(is_removed=False)

    def seat_named(self) -> Seat | None:
        """Of the site's seats, by the number printed on the delegate's slip; None where there is no such seat."""
        number = self.cleaned_data["seat"]
        if self.cleaned_data["kind"] != GrantKind.SEAT or number is None:
            return None
        found: Seat | None = Seat.objects.filter(
            pk=number, delegation__site=self.cleaned_data["site"]
        ).first()
        return found
