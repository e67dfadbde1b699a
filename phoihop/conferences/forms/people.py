"""Officials, by post; who signs in for them is one of the body's members."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from phoihop.accounts.models import User
from phoihop.conferences.enums import Duty
from phoihop.conferences.facts import OfficialFacts
from phoihop.conferences.forms.base import SetUpForm, let_choose
from phoihop.conferences.models.conference import OFFICIAL_DUTIES
from phoihop.conferences.queries.bodies import users_of
from phoihop.core import clock
from phoihop.core.templatetags.vietnamese import localname
from phoihop.orgs.models import Organisation, Post


class OfficialForm(SetUpForm):
    """Of one body, chosen before: its posts and its members are the choices."""

    facts_kind = OfficialFacts
    duty = forms.ChoiceField(label=_("Duty"), choices=[(each.value, each.label) for each in OFFICIAL_DUTIES])
    post = forms.ModelChoiceField(
        Post.objects.none(), label=_("Post"), required=False, help_text=_("Persons appear by post only.")
    )
    user = forms.ModelChoiceField(
        User.objects.none(), label=_("Signs in"), required=False,
        help_text=_("A user who acts for this body today. It can be named later; without one nobody can act in this duty."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, body: Organisation, **kwargs: Any) -> None:
        self.body = body
        super().__init__(data, **kwargs)

    def offer(self) -> None:
        posts = Post.objects.as_of(clock.day_of(self.conference.starts_at)).filter(organisation=self.body)
        let_choose(self, "post", posts.order_by("-may_chair", "order"), _post_label)
        offer_users(self, "user", [self.body])

    def facts(self) -> OfficialFacts:
        said = self.cleaned_data
        return OfficialFacts(
            duty=Duty(said["duty"]), organisation=self.body, post=said["post"], user=said["user"]
        )


def offer_users(form: SetUpForm, name: str, bodies: Iterable[Organisation]) -> None:
    """Each by user name, with the role and the body it acts for; whoever is named already stays to be chosen."""
    held = list(users_of(bodies))
    labels: dict[int, str] = {}
    for each in held:
        what = localname(each.post, "title") if each.post else each.get_role_display()
        labels.setdefault(each.user_id, f"{each.user.username} – {what}, {localname(each.organisation)}")
    named: User | None = getattr(form.thing, name, None)
    if named is not None:
        labels.setdefault(
            named.pk,
            gettext("%(user)s – named before; acts for none of these bodies today")
            % {"user": named.username},
        )
    let_choose(
        form, name, User.objects.filter(pk__in=labels).order_by("username"), lambda user: labels[user.pk]
    )


def _post_label(post: Post) -> str:
    title = localname(post, "title")
    return gettext("%(post)s (may chair)") % {"post": title} if post.may_chair else title
