"""Under which content of the programme a figure stands: one order on the form, in the workbook and on the report's page."""

from collections.abc import Iterable, Mapping, Sequence

from phoihop.core.templatetags.vietnamese import localname
from phoihop.indicators.models import Selection
from phoihop.programmes.models import Content
from phoihop.reports.models import ReportingPeriod
from phoihop.reports.queries.cells import FormCell


def heading_of(selection: Selection | None) -> tuple[int, str]:
    """What no content holds comes last."""
    if selection is None or selection.content is None:
        return (10_000, "")
    return (selection.content.order, localname(selection.content, "title"))


def selections_for(period: ReportingPeriod, indicators: Iterable[int]) -> dict[int, Selection]:
    """The first programme of the form that selects the indicator speaks for it."""
    found: dict[int, Selection] = {}
    rows = Selection.objects.filter(programme__forms=period.form_id, indicator__in=list(indicators))
    for row in rows.select_related("content", "programme").order_by("-programme__term_from", "order"):
        kept = found.setdefault(row.indicator_id, row)
        if kept.content is None and row.content is not None:
            found[row.indicator_id] = row
    return found


def by_content(
    cells: Sequence[FormCell], selections: Mapping[int, Selection]
) -> list[tuple[Content | None, list[FormCell]]]:
    """Cells under the content they stand for, in the programme's order; None last, for those of no content."""
    found: dict[tuple[int, str], tuple[Content | None, list[FormCell]]] = {}
    for cell in cells:
        selection = selections.get(cell.version.indicator_id)
        content = selection.content if selection else None
        found.setdefault(heading_of(selection), (content, []))[1].append(cell)
    return [found[heading] for heading in sorted(found)]
