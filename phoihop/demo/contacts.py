"""Telephones of the offices a desk of the demonstration rings: numbers nobody can have."""

from phoihop.accounts.models import User
from phoihop.demo.chance import chance
from phoihop.orgs.actions.contacts import set_contact
from phoihop.orgs.contact_models import organisations_just_below

POST = "Trực ban (mô phỏng)"
DESKS = ("demo-tinh", "demo-trung-uong")
KNOWN = 0.9  # the share of offices that gave one


def keep_contacts() -> None:
    for user in User.objects.filter(username__in=DESKS).order_by("pk"):
        for office in organisations_just_below(user).order_by("pk"):
            if chance("contact", office.slug) < KNOWN:
                number = f"0000 {office.pk:06}"
                set_contact(organisation=office, post_title=POST, phone=number, email="", by=None)
