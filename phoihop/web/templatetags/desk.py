"""The desk's tables: links that sort, the state a screen reader says, and the cells of the matrix."""

from collections.abc import Mapping

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from phoihop.rollup.queries import Letter
from phoihop.web.forms.desk import DeskFilter
from phoihop.web.queries.desk_matrix import MatrixCell, MatrixRow
from phoihop.web.queries.duty_matrix import Sign

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
    return mark_safe("".join(_square(cell, signs[cell.letter]) for cell in row.cells))  # noqa: S308  see _square


def _square(cell: MatrixCell, sign: Sign) -> str:
    """Our own letters and classes, and a number."""
    if cell.report is None:
        return f'<td class="{sign.css}">{sign.letter}</td>'
    where = reverse("web:report", args=[cell.report])
    return f'<td class="{sign.css}"><a href="{where}">{sign.letter}</a></td>'
