from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from phoihop.conferences.actions.speeches import SPOKEN_IN
from phoihop.conferences.enums import ItemKind, ItemState, Visibility
from phoihop.conferences.facts import ItemFacts, SpeechFacts
from phoihop.conferences.forms.base import MomentField, SetUpForm, let_choose
from phoihop.conferences.models import AgendaItem, Conference, Delegation, Official
from phoihop.core.templatetags.vietnamese import localname


class ItemForm(SetUpForm):
    facts_kind = ItemFacts
    title_vi = forms.CharField(label=_("Title"), max_length=400)
    title_en = forms.CharField(label=_("Title in English"), max_length=400, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=ItemKind.choices)
    parent = forms.ModelChoiceField(
        AgendaItem.objects.none(),
        label=_("Part of the item"),
        required=False,
        empty_label=_("an item of its own"),
    )
    planned_minutes = forms.IntegerField(
        label=_("Length in minutes"), min_value=0, max_value=1_440, initial=15
    )
    planned_at = MomentField(
        label=_("Fixed time"), required=False,
        help_text=_("Empty: it follows the item before it. Fixed: what comes after follows from here."),
    )  # fmt: skip
    presenter = forms.ModelChoiceField(Official.objects.none(), label=_("Who presents"), required=False)
    speech_seconds = forms.IntegerField(
        label=_("Seconds of one speech"), min_value=0, max_value=7_200, initial=420, help_text=_("420 seconds are 7 minutes.")
    )  # fmt: skip
    visibility = forms.ChoiceField(
        label=_("Who sees it"), choices=Visibility.choices, initial=Visibility.OPEN,
        help_text=_("A part of an item is not seen by more people than the item."),
    )  # fmt: skip

    def offer(self) -> None:
        own = self.thing.pk if self.thing is not None else 0
        tops = self.conference.items.filter(parent=None).exclude(pk=own or 0)
        let_choose(self, "parent", tops.exclude(state=ItemState.DONE))
        officials = self.conference.officials.select_related("organisation", "post")
        let_choose(self, "presenter", officials, official_label)
        if self.thing is None:
            self._start_with_its_item(tops)

    def _start_with_its_item(self, tops: QuerySet[AgendaItem]) -> None:
        """A part that is made is for whom its item is for, unless told otherwise."""
        above = str(self.initial.get("parent") or "")
        found = tops.filter(pk=above).first() if above.isdecimal() else None
        if found is not None:
            self.initial["visibility"] = found.visibility


def official_label(official: Official) -> str:
    body = localname(official.organisation)
    return f"{localname(official.post, 'title')}, {body}" if official.post else body


class DocumentForm(forms.Form):
    key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    item = forms.ModelChoiceField(AgendaItem.objects.none(), label=_("Item of the agenda"))
    file = forms.FileField(
        label=_("File"),
        help_text=_("A PDF or a picture is shown page by page on the screens; Word and Excel files are kept for reading."),
    )  # fmt: skip
    visibility = forms.ChoiceField(
        label=_("Who sees it"), choices=Visibility.choices, initial=Visibility.OPEN
    )

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self, "item", conference.items.all(), _title)

    @property
    def lines(self) -> list[tuple[Any, str]]:
        return [(field, "") for field in self.visible_fields()]


class SpeechForm(SetUpForm):
    facts_kind = SpeechFacts
    title_vi = forms.CharField(label=_("Title of the speech"), max_length=400)
    title_en = forms.CharField(label=_("Title in English"), max_length=400, required=False)
    delegation = forms.ModelChoiceField(Delegation.objects.none(), label=_("Delegation"))
    speaker_post = forms.CharField(label=_("Who gives it, by post"), max_length=200, required=False)
    minutes = forms.IntegerField(label=_("Length in minutes"), min_value=1, max_value=60, initial=7)
    text = forms.CharField(label=_("Text"), required=False, widget=forms.Textarea(attrs={"rows": 14}))

    def __init__(self, data: Any = None, *, delegations: Any, **kwargs: Any) -> None:
        self._delegations = delegations
        super().__init__(data, **kwargs)

    def offer(self) -> None:
        if self.thing is not None:
            del self.fields["delegation"]
            return
        let_choose(self, "delegation", self._delegations, _of_site)


class PlaceForm(forms.Form):
    """In which item a speech is given."""

    item = forms.ModelChoiceField(AgendaItem.objects.none())

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self, "item", conference.items.filter(kind__in=SPOKEN_IN))


def _title(item: AgendaItem) -> str:
    return ("– " if item.parent_id else "") + localname(item, "title")


def _of_site(delegation: Delegation) -> str:
    return f"{localname(delegation, 'title')} ({localname(delegation.site)})"
