from collections.abc import Sequence

from django.utils.translation import gettext as _

from phoihop.core.errors import Conflict, DomainError, NotAllowed


class DemonstrationOnly(NotAllowed):
    def __init__(self) -> None:
        super().__init__(
            _("Signing in with one click exists only in the demonstration. Sign in with your password.")
        )


def accounts_are_made_on_the_machine() -> NotAllowed:
    sentence = _(
        "Accounts are made by whoever runs this system, with `phoihop create_user`. Ask them for one; a desk then grants its role."
    )
    return NotAllowed(sentence)


def name_taken(name: str) -> Conflict:
    return Conflict(_("The user name “%(name)s” is taken. Choose another.") % {"name": name})


def name_of_the_demonstration(name: str, prefix: str) -> DomainError:
    sentence = _(
        "“%(name)s” begins with “%(prefix)s”, as the accounts of the demonstration do. Choose a name that does not."
    )
    return DomainError(sentence % {"name": name, "prefix": prefix})


def not_accepted(sentences: Sequence[str]) -> DomainError:
    """Django's own sentences, in the user's language: which rule of names or passwords is not met."""
    return DomainError(" ".join(sentences))


def passwords_differ() -> DomainError:
    return DomainError(_("The two passwords differ. Nothing was made: run the command again."))


def no_password() -> DomainError:
    return DomainError(
        _(
            "No password came. Write it on the first line of the input, or leave --password-stdin out and type it."
        )
    )


def unknown_user(name: str, near: Sequence[str]) -> DomainError:
    listed = {"name": name, "near": ", ".join(near)}
    if near:
        return DomainError(
            _("No account is named “%(name)s”. Similar: %(near)s. Write one of these.") % listed
        )
    return DomainError(
        _("No account is named “%(name)s”. Check it, or make it with `phoihop create_user`.") % listed
    )
