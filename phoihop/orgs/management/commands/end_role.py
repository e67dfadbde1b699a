from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from phoihop.accounts.queries import user_named
from phoihop.core.commands import SentenceCommand
from phoihop.orgs.actions import end_membership
from phoihop.orgs.management.commands.grant_role import add_membership, role_named
from phoihop.orgs.models import Organisation
from phoihop.orgs.queries import membership_held, organisation_named


class Command(SentenceCommand):
    help = gettext_noop("End a role today; one that has not begun is taken back.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_membership(parser)

    def handle(self, *, username: str, role: str, organisation: str, **options: Any) -> None:
        body = organisation_named(organisation, Organisation.objects.all())
        held = membership_held(user_named(username), role_named(role), body)
        ended = end_membership(membership=held, by=None)
        names = {"user": ended.user.username, "role": ended.get_role_display(), "organisation": body}
        self.stdout.write(_("%(user)s: “%(role)s” in %(organisation)s, ended.") % names)
