from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from phoihop.core.commands import SentenceCommand
from phoihop.core.templatetags.vietnamese import localname
from phoihop.orgs.models import Membership
from phoihop.orgs.queries import memberships_matching
from phoihop.periods import format_day


class Command(SentenceCommand):
    help = gettext_noop("List who acts for which organisation, in which role and on which days.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "of", nargs="?", default="", metavar="USERNAME|ORGANISATION", help=_("everyone when left out")
        )

    def handle(self, *, of: str, **options: Any) -> None:
        count = 0
        for count, held in enumerate(memberships_matching(of), start=1):  # noqa: B007  the last one is the count
            self.stdout.write(_line(held))
        if not count:
            sentence = _(
                "Nobody holds a role there. Grant one: phoihop grant_role USERNAME ROLE ORGANISATION"
            )
            self.stderr.write(sentence)


def _line(held: Membership) -> str:
    last = held.valid_until - timedelta(days=1) if held.valid_until else None
    post = f", {localname(held.post, 'title')}" if held.post else ""
    where = f"{held.organisation.slug} ({localname(held.organisation)})"
    days = f"{_written(held.valid_from)} – {_written(last)}"
    return f"{held.user.username}\t{held.role}\t{where}{post}\t{days}"


def _written(day: date | None) -> str:
    return format_day(day) if day else "…"
