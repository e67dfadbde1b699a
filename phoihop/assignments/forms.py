"""What people write of conclusions, assignments and proposals; whether it is possible is asked by the actions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from phoihop.areas.enums import Level
from phoihop.assignments.enums import Audience, ConclusionKind
from phoihop.assignments.models import Assignment
from phoihop.core import clock
from phoihop.core.errors import DomainError
from phoihop.core.templatetags.vietnamese import areaname, localname
from phoihop.core.text import fold_vi
from phoihop.orgs.enums import PartyKind
from phoihop.orgs.models import Organisation
from phoihop.orgs.queries import organisation_named
from phoihop.programmes.models import Programme

MOST_NAMED = 30
ORIGIN = r"^(conference|review):[a-z0-9-]{1,80}$"  # what the conclusions come from
OWN_PATH = r"^/[a-z0-9-]+/[a-z0-9-]{1,80}/$"
PROVINCES_AND_COMMUNES = "province-commune"
DAYS = ["%Y-%m-%d", "%d/%m/%Y"]


class Lines(forms.Textarea):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 4, **(attrs or {})})


class DayField(forms.DateField):
    """As a browser sends a day, or as people write one."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    input_formats = DAYS


class OrganisationField(forms.CharField):
    """By name or code, one of those in force today."""

    def clean(self, value: Any) -> Organisation | None:
        text = super().clean(value)
        return _named(text) if text else None


class OrganisationsField(forms.CharField):
    """By name or code, with a semicolon or a line between them."""

    def clean(self, value: Any) -> list[Organisation]:
        parts = super().clean(value).replace("\n", ";").split(";")
        return [_named(part) for part in [each.strip() for each in parts][:MOST_NAMED] if part]


class ConclusionForm(forms.Form):
    lead_issuer = forms.ChoiceField(label=_("Issued by"))
    kind = forms.ChoiceField(label=_("Kind"), choices=ConclusionKind.choices)
    title_vi = forms.CharField(label=_("Title"), max_length=400)
    title_en = forms.CharField(label=_("Title in English"), max_length=400, required=False)
    concluded_on = DayField(label=_("Day of the conclusions"))
    programmes = forms.ModelMultipleChoiceField(
        label=_("Programmes"), queryset=Programme.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    co_issuers = OrganisationsField(label=_("Issued together with"), max_length=1_000, required=False)
    audience = forms.ChoiceField(
        label=_("Who may read them once issued"), choices=Audience.choices, initial=Audience.PARTIES
    )
    origin = forms.RegexField(ORIGIN, widget=forms.HiddenInput, required=False)
    origin_path = forms.RegexField(OWN_PATH, widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, issuers: list[Organisation], user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.issuers = {each.slug: each for each in issuers}
        self.fields["lead_issuer"].choices = [(each.slug, localname(each)) for each in issuers]  # type: ignore[attr-defined]
        self.fields["programmes"].queryset = _programmes(user)  # type: ignore[attr-defined]
        self.fields["programmes"].label_from_instance = _programme_label  # type: ignore[attr-defined]

    def clean_lead_issuer(self) -> Organisation:
        return self.issuers[self.cleaned_data["lead_issuer"]]

    def slug(self) -> str:
        """From the title and the day: an address people can read."""
        words = slugify(fold_vi(self.cleaned_data["title_vi"]))[:60].strip("-")
        return f"{words or 'ket-luan'}-{self.cleaned_data['concluded_on']:%Y%m%d}"


class ParagraphForm(forms.Form):
    label = forms.CharField(label=_("Number of the paragraph"), max_length=10)
    text_vi = forms.CharField(label=_("Text"), max_length=4_000, widget=Lines)
    text_en = forms.CharField(label=_("Text in English"), max_length=4_000, widget=Lines, required=False)


class AssignForm(forms.Form):
    verb_vi = forms.CharField(label=_("Act"), max_length=80)
    text_vi = forms.CharField(label=_("What is to be done"), max_length=4_000, widget=Lines)
    product_vi = forms.CharField(label=_("What must be there at the end"), max_length=300, required=False)
    verb_en = forms.CharField(label=_("Act in English"), max_length=80, required=False)
    text_en = forms.CharField(label=_("Text in English"), max_length=4_000, widget=Lines, required=False)
    product_en = forms.CharField(label=_("Product in English"), max_length=300, required=False)
    lead = OrganisationField(label=_("Lead organisation"), max_length=200)
    co_organisations = OrganisationsField(label=_("Co-organisations"), max_length=2_000, required=False)
    due_on = DayField(label=_("Due by"), required=False)
    review_dates = forms.CharField(label=_("Or standing work, looked at on"), max_length=300, required=False)
    is_past_meant = forms.BooleanField(
        label=_("The day has passed already, and this is meant"), required=False
    )

    def clean_review_dates(self) -> list[Any]:
        field = DayField()
        parts = self.cleaned_data["review_dates"].replace(",", ";").split(";")
        return [field.clean(part.strip()) for part in parts if part.strip()]


def filled_with(assignment: Assignment) -> dict[str, Any]:
    """What the form of an assignment says now."""
    names = ("verb_vi", "verb_en", "text_vi", "text_en", "product_vi", "product_en")
    days = [each.on for each in assignment.review_dates.all()]
    return {
        **{name: getattr(assignment, name) for name in names},
        "lead": localname(assignment.lead),
        "co_organisations": "; ".join(localname(each) for each in assignment.co_organisations.all()),
        "due_on": None if assignment.is_standing else assignment.due_on,
        "review_dates": "; ".join(f"{each:%d/%m/%Y}" for each in days),
    }


class CascadeForm(forms.Form):
    """What is cleaned is what the action is told: two levels in one go are `level` and `below`."""

    level = forms.ChoiceField(
        label=_("To every organisation at the level"),
        choices=[*Level.choices, (PROVINCES_AND_COMMUNES, _("Provinces and all their communes"))],
    )
    party = forms.ChoiceField(label=_("Of the party"), choices=PartyKind.choices)
    due_on = DayField(label=_("Due by"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("level") == PROVINCES_AND_COMMUNES:
            said |= {"level": Level.PROVINCE.value, "below": Level.COMMUNE.value}
        return said


class ProgressForm(forms.Form):
    text = forms.CharField(label=_("What was done"), max_length=4_000, widget=Lines)
    link = forms.CharField(label=_("Page of the system"), max_length=300, required=False)
    file = forms.FileField(label=_("File"), required=False)


class DoneForm(forms.Form):
    done_on = DayField(label=_("Done on"))
    text = forms.CharField(label=_("Note"), max_length=500, required=False)


class ClosingForm(forms.Form):
    done_on = DayField(label=_("Done on"), required=False)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)


class ExtensionForm(forms.Form):
    wanted_on = DayField(label=_("New date"))
    reason = forms.CharField(label=_("Reason"), max_length=500)


class DecisionForm(forms.Form):
    until = DayField(label=_("New date"), required=False)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500)


class HeirForm(forms.Form):
    heir = forms.CharField(label=_("Heir"), max_length=80)
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)


class ProposalForm(forms.Form):
    sender = forms.ChoiceField(label=_("Sent by"))
    receiver = OrganisationField(label=_("To the competent body"), max_length=200)
    programme = forms.ModelChoiceField(label=_("Programme"), queryset=Programme.objects.none())
    title = forms.CharField(label=_("Title"), max_length=300)
    text = forms.CharField(label=_("What is proposed"), max_length=4_000, widget=Lines)
    answer_by = DayField(label=_("To be answered by"))

    def __init__(self, *args: Any, senders: list[Organisation], user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.senders = {each.slug: each for each in senders}
        self.fields["sender"].choices = [(each.slug, localname(each)) for each in senders]  # type: ignore[attr-defined]
        self.fields["programme"].queryset = _programmes(user)  # type: ignore[attr-defined]
        self.fields["programme"].label_from_instance = _programme_label  # type: ignore[attr-defined]

    def clean_sender(self) -> Organisation:
        return self.senders[self.cleaned_data["sender"]]


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("Answer"), max_length=4_000, widget=Lines)


class ForwardForm(forms.Form):
    receiver = OrganisationField(label=_("To the competent body"), max_length=200)
    reason = forms.CharField(label=_("Reason"), max_length=500)


def _named(text: str) -> Organisation:
    try:
        return organisation_named(text, Organisation.objects.as_of(clock.today()).select_related("area"))
    except DomainError as refusal:
        raise ValidationError(str(refusal)) from None


def _programmes(user: Any) -> QuerySet[Programme]:
    return Programme.objects.visible_to(user).select_related("area").order_by("localises", "slug")


def _programme_label(programme: Programme) -> str:
    """A local version has no number: it is known by its area."""
    title = localname(programme, "title")
    return f"{programme.number} – {title}" if programme.number else f"{title} ({areaname(programme.area)})"
