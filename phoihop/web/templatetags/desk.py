"""The desk's tables: links that sort, the state a screen reader says, and the cells of the matrix."""

from collections.abc import Mapping

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from phoihop.accounts.models import User
from phoihop.events.models import EventSeal
from phoihop.reports.models import TextSeal
from phoihop.rollup.queries import Letter
from phoihop.web.forms.desk import DeskFilter
from phoihop.web.queries.actors import Actors
from phoihop.web.queries.desk_matrix import MatrixCell, MatrixRow
from phoihop.web.queries.duty_matrix import Sign
from phoihop.web.queries.redaction import label_of

register = template.Library()


@register.filter
def sort_address(key: str, asked: DeskFilter) -> str:
    return asked.sort_address(key)


@register.filter
def is_sorted(key: str, asked: DeskFilter) -> str:
    return asked.sorted_by(key)


@register.filter
def squares(row: MatrixRow, signs: Mapping[Letter, Sign]) -> SafeString:
    """The cells of one unit, written at once: a province has thousands."""
    start, end = reverse("web:report", args=[0]).split("0")
    squares = (_square(cell, signs[cell.letter], start, end) for cell in row.cells)
    return mark_safe("".join(squares))  # noqa: S308  see _square


def _square(cell: MatrixCell, sign: Sign, start: str, end: str) -> str:
    """Our own letters and classes, our own address, and a number."""
    if cell.report is None:
        return f'<td class="{sign.css}">{sign.letter}</td>'
    return f'<td class="{sign.css}"><a href="{start}{cell.report}{end}">{sign.letter}</a></td>'


@register.filter
def who(actors: Actors, user: User) -> str:
    """By post and organisation."""
    return actors.named(user.username)


@register.filter
def named(actors: Actors, username: str) -> str:
    return actors.named(username)


@register.filter
def textplace(seal: TextSeal | EventSeal) -> str:
    return label_of(seal)


@register.filter
def deed(action: str) -> str:
    """What was done, as its history says it."""
    return {
        "submit_report": _("handed in"),
        "correct_report": _("handed in as a correction"),
        "return_report": _("returned to the unit"),
        "accept_report": _("taken in"),
        "lock_reports": _("locked"),
        "attach_file": _("file attached"),
        "remove_attachment": _("file taken off"),
        "remind_unit": _("unit reminded"),
        "grant_exception": _("more time granted"),
        "extend_deadline": _("deadline moved"),
        "close_period": _("the window was closed"),
        "reopen_period": _("window opened again"),
        "redact_text": _("text taken out for good"),
        "pass_to_heir": _("passed to the heir"),
    }.get(action, action)
