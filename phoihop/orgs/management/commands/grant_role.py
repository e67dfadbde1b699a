from argparse import ArgumentParser
from datetime import date, datetime, timedelta
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from phoihop.accounts.queries import user_named
from phoihop.core import clock
from phoihop.core.commands import SentenceCommand
from phoihop.orgs.actions import grant_membership
from phoihop.orgs.enums import Role
from phoihop.orgs.errors import unknown_role
from phoihop.orgs.models import Organisation
from phoihop.orgs.queries import organisation_named, post_of

DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y")


class Command(SentenceCommand):
    help = gettext_noop("Let an account act for an organisation in a role, from a day until another.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_membership(parser)
        parser.add_argument("--post", default="", metavar="SLUG", help=_("the post held there"))
        parser.add_argument(
            "--from", default="", dest="first", metavar="DAY", help=_("the first day; today when left out")
        )
        parser.add_argument(
            "--until",
            default="",
            dest="last",
            metavar="DAY",
            help=_("the last day, included; open when left out"),
        )

    def handle(self, *, username: str, role: str, organisation: str, **options: Any) -> None:
        first, last = _day("--from", options["first"]), _day("--until", options["last"])
        body = organisation_named(organisation, Organisation.objects.as_of(first or clock.today()))
        granted = grant_membership(
            user=user_named(username),
            organisation=body,
            role=role_named(role),
            post=post_of(body, options["post"]) if options["post"] else None,
            valid_from=first,
            valid_until=last + timedelta(days=1) if last else None,
            by=None,
        )
        names = {"user": granted.user.username, "role": granted.get_role_display(), "organisation": body}
        self.stdout.write(_("%(user)s: “%(role)s” in %(organisation)s, granted.") % names)


def add_membership(parser: ArgumentParser) -> None:
    parser.add_argument("username", metavar="USERNAME")
    parser.add_argument("role", metavar="ROLE", help=", ".join(Role.values))
    parser.add_argument("organisation", metavar="ORGANISATION", help=_("its slug, or its name in full"))


def role_named(text: str) -> Role:
    if text not in Role.values:
        raise unknown_role(text)
    return Role(text)


def _day(option: str, text: str) -> date | None:
    if not text:
        return None
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no time zone
        except ValueError:
            continue
    sentence = _("%(option)s: “%(text)s” is not a day. Write it as 2026-11-23 or 23/11/2026.")
    raise CommandError(sentence % {"option": option, "text": text})
