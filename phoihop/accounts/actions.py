"""Making an account. What it may do is granted afterwards, in orgs."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from phoihop.accounts import errors
from phoihop.accounts.models import User
from phoihop.accounts.queries import DEMO_PREFIX
from phoihop.audit import actions as audit
from phoihop.audit.words import seal_words
from phoihop.core.text import nfc


@transaction.atomic
def create_user(*, username: str, password: str, by: User | None, post_name: str = "") -> User:
    """An account that may sign in and, until a role is granted, see what every signed-in person sees.

    Only the system makes accounts: a desk grants roles to those that exist.
    """
    if by is not None:
        raise errors.accounts_are_made_on_the_machine()
    name = nfc(username.strip())
    _refuse_name(name)
    user = User(username=name, post_name=nfc(post_name.strip()))
    try:
        User.username_validator(name)
        user.clean_fields(exclude=["password"])
        validate_password(password, user)
    except ValidationError as refusal:
        raise errors.not_accepted(refusal.messages) from None
    user.set_password(password)
    user.save()
    audit.record("create_user", user, by=by, details={"user": name, **seal_words(user, "post_name")})
    return user


def _refuse_name(name: str) -> None:
    """Two names that differ by capitals only would be taken for each other in an audit."""
    if name.casefold().startswith(DEMO_PREFIX):
        raise errors.name_of_the_demonstration(name, DEMO_PREFIX)
    if taken := User.objects.filter(username__iexact=name).first():
        raise errors.name_taken(taken.username)
