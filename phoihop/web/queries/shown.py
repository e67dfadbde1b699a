"""Small counts of persons are shown only to those who have signed in."""

from phoihop.orgs.permissions import AnyUser
from phoihop.rollup.protection import protect
from phoihop.rollup.queries import FigureTable
from phoihop.web.permissions import is_member


def shown_to(user: AnyUser, table: FigureTable) -> FigureTable:
    return table if is_member(user) else protect(table)
