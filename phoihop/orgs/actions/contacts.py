"""A desk keeps the telephone numbers of the offices below it; an office keeps its own."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from phoihop.audit import actions as audit
from phoihop.core.errors import DomainError, NotAllowed
from phoihop.core.text import nfc
from phoihop.orgs.contact_models import Contact
from phoihop.orgs.contact_permissions import can_keep_contacts
from phoihop.orgs.models import Organisation

_LONGEST = {"post_title": 200, "phone": 40, "email": 254}


@transaction.atomic
def set_contact(
    *, organisation: Organisation, post_title: str, phone: str, email: str, by: AbstractBaseUser | None
) -> Contact:
    """Adds the office's contact, or changes the one under the same post."""
    _require_keeping(organisation, by)
    fields = {"post_title": _clean(post_title), "phone": _clean(phone), "email": _clean(email)}
    _refuse_unusable(fields)
    contact, is_new = Contact.objects.update_or_create(
        organisation=organisation,
        post_title=fields["post_title"],
        defaults={"phone": fields["phone"], "email": fields["email"]},
    )
    audit.record("set_contact", contact, by=by, organisation=organisation, details={"new": is_new})
    return contact


@transaction.atomic
def remove_contact(*, contact: Contact, by: AbstractBaseUser | None) -> Contact:
    _require_keeping(contact.organisation, by)
    audit.record("remove_contact", contact, by=by, organisation=contact.organisation)
    contact.delete()
    return contact


def _require_keeping(organisation: Organisation, by: AbstractBaseUser | None) -> None:
    if by is not None and not can_keep_contacts(by, organisation):
        sentence = _(
            "You may not change the contacts of %(organisation)s. Its own officers and the desk just above it can."
        )
        raise NotAllowed(sentence % {"organisation": organisation})


def _refuse_unusable(fields: dict[str, str]) -> None:
    for name, most in _LONGEST.items():
        if len(fields[name]) > most:
            sentence = _("“%(start)s…” has %(length)d characters; at most %(most)d are kept. Shorten it.")
            raise DomainError(
                sentence % {"start": fields[name][:30], "length": len(fields[name]), "most": most}
            )
    if not fields["post_title"]:
        raise DomainError(_("Say which post answers there, such as “Trực ban”; no person's name."))
    if not fields["phone"] and not fields["email"]:
        raise DomainError(_("Give a telephone number or an e-mail address of the office."))
    if fields["phone"] and not any(char.isdigit() for char in fields["phone"]):
        raise DomainError(_("“%(phone)s” is no telephone number. Write its digits.") % fields)
    try:
        validate_email(fields["email"] or "a@example.org")
    except ValidationError:
        sentence = _("“%(email)s” is no e-mail address. Write it as name@domain, or leave it empty.")
        raise DomainError(sentence % fields) from None


def _clean(text: str) -> str:
    return " ".join(nfc(text.replace("\x00", "")).split())
