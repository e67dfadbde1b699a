from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phoihop.conferences.forms.base import fresh_key, let_choose
from phoihop.core.templatetags.vietnamese import localname
from phoihop.orgs.models import Organisation


class OpinionForm(forms.Form):
    key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    body = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("In the name of"), to_field_name="slug"
    )
    text = forms.CharField(
        label=_("Opinion"), required=False, widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("It stands beside what the body said before; nothing is overwritten."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, bodies: list[Organisation]) -> None:
        first = bodies[0].slug if bodies else ""
        super().__init__(data, initial={"key": fresh_key(), "body": first})
        mine = Organisation.objects.filter(pk__in=[body.pk for body in bodies]).order_by("name_sort")
        let_choose(self, "body", mine, localname)

    @property
    def lines(self) -> list[tuple[Any, str]]:
        return [(field, "") for field in self.visible_fields()]
