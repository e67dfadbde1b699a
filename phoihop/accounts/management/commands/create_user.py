import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from phoihop.accounts import errors
from phoihop.accounts.actions import create_user
from phoihop.core.commands import SentenceCommand


class Command(SentenceCommand):
    help = gettext_noop("Make an account; the password is asked twice and never shown.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", metavar="USERNAME")
        parser.add_argument(
            "--name-of-post",
            default="",
            metavar="TEXT",
            help=_(
                "the post the account is for, such as “Trực ban tổng hợp, Công an tỉnh”; never a person's name"
            ),
        )
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help=_("read the password from the first line of the input"),
        )

    def handle(self, *, username: str, name_of_post: str, password_stdin: bool, **options: Any) -> None:
        password = _first_line() if password_stdin else _asked()
        user = create_user(username=username, password=password, post_name=name_of_post, by=None)
        self.stdout.write(
            _("Made: %(user)s. Grant a role next: phoihop grant_role %(user)s ROLE ORGANISATION")
            % {"user": user.username}
        )


def _first_line() -> str:
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise errors.no_password()
    return line


def _asked() -> str:
    password = getpass(_("Password: "))
    if getpass(_("Once more: ")) != password:
        raise errors.passwords_differ()
    return password
