"""What is written in the review room; who may do it is asked by the actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phoihop.reviews.enums import Audience
from phoihop.reviews.models import Review

LANGUAGES = (("vi", "Tiếng Việt"), ("en", "English"))


class SectionForm(forms.Form):
    vi = forms.CharField(label=_("Text"), required=False, widget=forms.Textarea(attrs={"rows": 16}))
    en = forms.CharField(
        label=_("The same in English"), required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    seen = forms.CharField(widget=forms.HiddenInput)


class DraftingUnitForm(forms.Form):
    vi = forms.CharField(label=_("Drafting unit"), required=False, max_length=120)
    en = forms.CharField(label=_("The same in English"), required=False, max_length=120)


class _OfVersion(forms.Form):
    """Of one of the review's frozen versions, the newest first."""

    number = forms.TypedChoiceField(label=_("Version"), coerce=int)

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = review.versions.order_by("-number").values_list("number", flat=True)
        self.fields["number"].choices = [(each, str(each)) for each in numbers]  # type: ignore[attr-defined]


class PublishForm(_OfVersion):
    audience = forms.ChoiceField(label=_("Who may read it"), choices=Audience.choices)


class SigningForm(_OfVersion):
    """In whose name, and what is said: a note of an approval, a reason of a withdrawal."""

    organisation = forms.IntegerField(widget=forms.HiddenInput)
    said = forms.CharField(label=_("Reason"), required=False, max_length=500)


class ApprovalForm(SigningForm):
    audience = forms.ChoiceField(label=_("Who may read it"), choices=Audience.choices)


class NumberForm(SigningForm):
    register_number = forms.IntegerField(label=_("Number"), required=False)


class RedactionForm(forms.Form):
    words = forms.CharField(
        label=_("Words, as they stand in the text"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )
    reason = forms.CharField(label=_("Reason, without repeating the data"), max_length=500)


class UploadForm(_OfVersion):
    file = forms.FileField(label=_("File (.docx or .pdf)"))
    language = forms.ChoiceField(label=_("Language of the file"), choices=LANGUAGES)
