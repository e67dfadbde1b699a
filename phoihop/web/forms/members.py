"""What a desk writes to grant a role; who may grant what is asked by the action."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phoihop.accounts.errors import unknown_user
from phoihop.accounts.queries import user_named
from phoihop.core.errors import DomainError
from phoihop.orgs.actions import grant_membership
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Membership
from phoihop.orgs.permissions import AnyUser
from phoihop.orgs.queries import organisation_named, organisations_managed_by, roles_granted_by


class GrantForm(forms.Form):
    username = forms.CharField(label=_("User name"), max_length=150)
    organisation = forms.CharField(label=_("Organisation"), max_length=200)
    role = forms.ChoiceField(label=_("Role"))
    first = forms.DateField(label=_("First day"), required=False)
    last = forms.DateField(label=_("Last day"), required=False)

    def __init__(self, *args: Any, by: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["role"].choices = [(role.value, role.label) for role in roles_granted_by(by)]  # type: ignore[attr-defined]

    def clean_username(self) -> Any:
        """Names that look like it are not listed here: a desk need not learn who else has an account."""
        written = self.cleaned_data["username"]
        try:
            return user_named(written)
        except DomainError:
            raise forms.ValidationError(str(unknown_user(written, []))) from None

    def clean_organisation(self) -> Any:
        managed = organisations_managed_by(self.by)
        try:
            return organisation_named(self.cleaned_data["organisation"], managed)
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def granted(self) -> Membership | None:
        """The membership, or None with the refusal among the form's errors."""
        if not self.is_valid():
            return None
        said = self.cleaned_data
        last: date | None = said["last"]
        try:
            return grant_membership(
                user=said["username"],
                organisation=said["organisation"],
                role=Role(said["role"]),
                valid_from=said["first"],
                valid_until=last + timedelta(days=1) if last else None,
                by=self.by,
            )
        except DomainError as refusal:
            self.add_error(None, str(refusal))
            return None
