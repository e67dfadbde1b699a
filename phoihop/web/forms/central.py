"""What the central desk writes to move a deadline, grant an exception, close a window."""

from django import forms
from django.utils.translation import gettext_lazy as _

from phoihop.areas.enums import Level
from phoihop.reports.models import ReportingPeriod

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def reason_field() -> forms.CharField:
    return forms.CharField(label=_("Reason"), max_length=500)


class ExtendForm(forms.Form):
    level = forms.ChoiceField(label=_("Level"))
    until = forms.DateField(label=_("New deadline"), widget=DAY)
    reason = reason_field()

    def __init__(self, *args: object, period: ReportingPeriod, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        levels = [(level, Level(level).label) for level in period.deadlines]
        self.fields["level"].choices = levels  # type: ignore[attr-defined]


class ExceptionForm(forms.Form):
    until = forms.DateField(label=_("Until"), widget=DAY)
    reason = reason_field()


class ReasonForm(forms.Form):
    reason = reason_field()
