from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from phoihop.accounts.models import User
from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.areas.queries import children_of
from phoihop.conferences.enums import Reach, SiteKind
from phoihop.conferences.facts import DelegationFacts, SiteFacts
from phoihop.conferences.forms.base import LinesField, SetUpForm, let_choose
from phoihop.conferences.forms.people import offer_users
from phoihop.conferences.models import Site
from phoihop.conferences.queries.bodies import bodies_of
from phoihop.core.clock import day_of
from phoihop.core.templatetags.vietnamese import areaname, localname
from phoihop.orgs.enums import PartyKind
from phoihop.orgs.models import Organisation

_GUESTS = ("", _("Guests"))


class SiteForm(SetUpForm):
    facts_kind = SiteFacts
    name_vi = forms.CharField(
        label=_("Name of the site"), max_length=200, help_text=_("Such as “Điểm cầu tỉnh Kon Tum”.")
    )
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=SiteKind.choices, initial=SiteKind.SPEAKING)
    area = forms.ModelChoiceField(Area.objects.none(), label=_("Area"))
    reach = forms.ChoiceField(label=_("Takes part"), choices=Reach.choices, initial=Reach.ONLINE)
    address = forms.CharField(label=_("Address of the room"), max_length=300, required=False)
    capacity = forms.IntegerField(
        label=_("Places in the room"), min_value=0, max_value=100_000, initial=0, required=False
    )
    head_post = forms.CharField(label=_("Head of the site, by post"), max_length=200, required=False)
    head = forms.ModelChoiceField(
        User.objects.none(), label=_("Head signs in as"), required=False,
        help_text=_("A user who acts for a body of this area. The head signs the roll-call."),
    )  # fmt: skip
    technical_post = forms.CharField(label=_("Technical contact, by post"), max_length=200, required=False)
    technical_phone = forms.CharField(
        label=_("Telephone of that office"), max_length=40, required=False, help_text=_("Of an office, never a person's own.")
    )  # fmt: skip

    def offer(self) -> None:
        day, area = day_of(self.conference.starts_at), self.conference.area
        below = children_of(area, day).values("pk")
        held = self.thing.area_id if isinstance(self.thing, Site) else None
        areas = Area.objects.filter(Q(pk=area.pk) | Q(pk__in=below) | Q(pk=held)).order_by(
            "-level", "name_sort"
        )
        let_choose(self, "area", areas, areaname)
        if isinstance(self.thing, Site):
            offer_users(self, "head", bodies_of(self.conference, self.thing.area, self.thing))
        else:
            del self.fields["head"]  # named once the area is known

    def clean_capacity(self) -> int:
        return self.cleaned_data["capacity"] or 0


class DelegationForm(SetUpForm):
    facts_kind = DelegationFacts
    title_vi = forms.CharField(label=_("Name of the delegation"), max_length=200)
    title_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    bloc = forms.ChoiceField(label=_("Bloc"), choices=[_GUESTS, *PartyKind.choices], required=False)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Body"), required=False,
        help_text=_("Its people see the conference; in writing, it is asked for its opinion."),
    )  # fmt: skip
    invited = forms.IntegerField(label=_("Delegates invited"), min_value=0, max_value=10_000)
    posts = LinesField(
        label=_("Who is invited, by post"),
        required=False,
        help_text=_("One post a line; never a person's name."),
    )
    seats = forms.IntegerField(
        label=_("Seats entitled to vote"), min_value=0, max_value=2_000, required=False,
        help_text=_("Each has a slip with its own code. 0: this delegation does not vote."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, site: Site, **kwargs: Any) -> None:
        self.site = site
        super().__init__(data, **kwargs)

    def offer(self) -> None:
        bodies = [each.pk for each in bodies_of(self.conference, self.site.area, self.site)]
        let_choose(
            self, "organisation", Organisation.objects.filter(pk__in=bodies).order_by("name_sort"), localname
        )


class LevelForm(forms.Form):
    """A site for every unit of a level."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    level = forms.ChoiceField(
        label=_("Level"),
        choices=[(each.value, each.label) for each in (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)],
    )
    heads = forms.IntegerField(
        label=_("Delegates invited of each delegation"), min_value=0, max_value=1_000, initial=2
    )
