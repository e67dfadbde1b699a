"""Units below a desk by windows of one form: a letter a cell. Sorted by duties only, never by a figure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from phoihop.core import clock
from phoihop.core.templatetags.vietnamese import localname
from phoihop.orgs.models import Organisation
from phoihop.orgs.permissions import AnyUser
from phoihop.reports.models import Report, ReportForm, ReportingPeriod
from phoihop.reports.queries.desk import reports_decided_by
from phoihop.rollup.queries import Letter
from phoihop.rollup.queries.matrix import URGENT_FIRST, state_letter
from phoihop.web.queries.duty_matrix import Sign, signs
from phoihop.web.tables import Column, Row, Table, text_cell, value_cell
from phoihop.web.templatetags.labels import window

SHOWN = 12  # windows, the last ones
SORTS = ("name", "missing", "late")
_MISSING = {Letter.OVERDUE, Letter.RETURNED}


@dataclass(frozen=True, slots=True)
class MatrixCell:
    letter: Letter
    report: int | None = None


@dataclass(frozen=True, slots=True)
class MatrixRow:
    unit: Organisation
    cells: Sequence[MatrixCell]
    missing: int  # overdue, or returned and not yet in again
    late: int  # in, after the deadline


@dataclass(frozen=True, slots=True)
class DeskMatrix:
    form: ReportForm | None
    forms: Sequence[ReportForm]
    periods: Sequence[ReportingPeriod]
    rows: Sequence[MatrixRow]
    sort: str
    has_ended: bool  # units of an older map too
    ended: int  # how many there are
    signs: Mapping[Letter, Sign] = field(default_factory=dict)


def desk_matrix(user: AnyUser, query: Mapping[str, str]) -> DeskMatrix:
    decided = reports_decided_by(user)
    forms = _forms(decided)
    form = next((each for each in forms if each.code == query.get("form")), next(iter(forms), None))
    sort = query.get("sort", "") if query.get("sort", "") in SORTS else SORTS[0]
    has_ended = query.get("units") == "all"
    if form is None:
        return DeskMatrix(None, forms, (), (), sort, has_ended, 0, signs())
    periods = _periods(form, everything=query.get("windows") == "all")
    rows = _rows(decided.filter(period__in=[each.pk for each in periods]), periods)
    today = clock.today()
    in_force = [row for row in rows if row.unit.is_in_force(today)]
    return DeskMatrix(
        form=form,
        forms=forms,
        periods=periods,
        rows=_sorted(rows if has_ended else in_force, sort),
        sort=sort,
        has_ended=has_ended,
        ended=len(rows) - len(in_force),
        signs=signs(),
    )


def matrix_table(found: DeskMatrix) -> Table:
    """The same for a download."""
    windows = [Column(each.code, window(each)) for each in found.periods]
    return Table(
        key="matrix",
        caption=_("Completeness: %(form)s") % {"form": localname(found.form, "title")},
        columns=[
            Column("unit", _("Reporting unit")),
            *windows,
            Column("missing", _("Missing"), is_number=True),
            Column("late", _("Late"), is_number=True),
        ],
        rows=[
            Row(
                [
                    text_cell(localname(row.unit)),
                    *(text_cell(found.signs[cell.letter].letter) for cell in row.cells),
                    value_cell(row.missing),
                    value_cell(row.late),
                ]
            )
            for row in found.rows
        ],
    )


def _forms(decided: QuerySet[Report]) -> list[ReportForm]:
    forms = ReportForm.objects.filter(periods__in=decided.order_by().values("period")).distinct()
    return sorted(forms, key=lambda form: (form.window != "half", form.code))


def _periods(form: ReportForm, *, everything: bool) -> list[ReportingPeriod]:
    """The newest first: a phone shows few."""
    newest = form.periods.filter(start__lte=clock.today()).order_by("-start")
    return list(newest if everything else newest[:SHOWN])


def _rows(reports: QuerySet[Report], periods: Sequence[ReportingPeriod]) -> list[MatrixRow]:
    found = _letters(reports)
    units = Organisation.objects.filter(pk__in=reports.order_by().values("organisation"))
    asked_none = MatrixCell(Letter.NOT_ASKED)
    rows = []
    for unit in units.order_by("name_sort", "pk"):
        cells = [found[unit.pk].get(period.pk, asked_none) for period in periods]
        missing = sum(cell.letter in _MISSING for cell in cells)
        late = sum(cell.letter is Letter.ACCEPTED_LATE for cell in cells)
        rows.append(MatrixRow(unit, cells, missing, late))
    return rows


def _letters(reports: QuerySet[Report]) -> dict[int, dict[int, MatrixCell]]:
    """Of two reports in one window (a closing one) the one that needs attention speaks."""
    today = clock.today()
    found: dict[int, dict[int, MatrixCell]] = defaultdict(dict)
    values: Any = reports.order_by().values_list(
        "pk", "organisation_id", "period_id", "state", "deadline", "is_on_time", "accepted_version_id",
        "is_out_of_step",
    )  # fmt: skip
    for pk, unit, period, state, deadline, on_time, accepted, out_of_step in values.iterator():
        letter = state_letter(state, accepted is not None, on_time, out_of_step, is_past=deadline < today)
        other = found[unit].get(period)
        if other is None or URGENT_FIRST.index(letter) < URGENT_FIRST.index(other.letter):
            found[unit][period] = MatrixCell(letter, pk)
    return found


def _sorted(rows: Sequence[MatrixRow], sort: str) -> list[MatrixRow]:
    if sort == "name":
        return list(rows)
    return sorted(rows, key=lambda row: -int(getattr(row, sort)))
