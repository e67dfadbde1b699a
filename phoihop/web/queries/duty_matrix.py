"""Who reported what, when: units by windows. The only thing here that is sorted is a desk's own duty."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from phoihop.areas.models import Area
from phoihop.reports.models import ReportForm, ReportingPeriod
from phoihop.rollup.queries import Cell, Duties, FigureArea, Letter, Matrix, completeness, matrix
from phoihop.web.forms.asked import Asked

SORTS = ("name", "completeness", "timeliness")


@dataclass(frozen=True, slots=True)
class Sign:
    """How a state stands in a cell: a letter, a shape (the css class) and the word behind them."""

    letter: str
    css: str
    word: str


@dataclass(frozen=True, slots=True)
class Square:
    sign: Sign
    share: str  # "612/686" of the unit and the units below, where more than its own reports are due
    said: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    area: FigureArea
    squares: Sequence[Square]
    duties: Duties

    @property
    def completeness_percent(self) -> Decimal | None:
        return self.duties.completeness_percent

    @property
    def timeliness_percent(self) -> Decimal | None:
        return self.duties.timeliness_percent


@dataclass(frozen=True, slots=True)
class DutyMatrix:
    form: ReportForm
    periods: Sequence[ReportingPeriod]
    total: UnitRow | None
    rows: Sequence[UnitRow]
    signs: Sequence[Sign]
    sort: str


def forms_of(asked: Asked) -> list[ReportForm]:
    forms = ReportForm.objects.filter(programmes__in=asked.programmes).distinct()
    return sorted(forms, key=lambda form: (form.window != "half", form.code))


def duty_matrix(asked: Asked, under: Area, form: ReportForm, sort: str) -> DutyMatrix:
    periods = ReportingPeriod.objects.filter(
        form=form, start__gte=asked.span.start, end__lte=asked.span.end
    ).order_by("start")
    found = matrix(form=form, under=under, periods=list(periods), map_key=asked.map_key)
    table = completeness(
        programmes=None, span=asked.span, map_key=asked.map_key, under=under, form=form
    )  # the same rows, all windows together
    rows = [_row(area, found, table.get(area.id)) for area in found.areas]
    own = next((row for row in rows if row.area.id == under.pk), None)
    others = [row for row in rows if row.area.id != under.pk and row.area.is_on_map]
    chosen = sort if sort in SORTS else SORTS[0]
    return DutyMatrix(form, found.periods, own, _sorted(others, chosen), list(signs().values()), chosen)


def signs() -> dict[Letter, Sign]:
    return {
        Letter.ACCEPTED: Sign(pgettext("letter of accepted", "A"), "a", _("accepted")),
        Letter.ACCEPTED_LATE: Sign(
            pgettext("letter of accepted late", "L"), "l", _("accepted, handed in late")
        ),
        Letter.WAITING: Sign(pgettext("letter of waiting", "W"), "s", _("submitted, waiting for a decision")),
        Letter.RETURNED: Sign(pgettext("letter of returned", "R"), "r", _("returned with a reason")),
        Letter.OUT_OF_STEP: Sign(
            pgettext("letter of out of step", "S"), "o", _("accepted, a report below was corrected since")
        ),
        Letter.OVERDUE: Sign(pgettext("letter of overdue", "O"), "r", _("overdue")),
        Letter.NOT_YET_DUE: Sign(pgettext("letter of not yet due", "N"), "m", _("not yet due")),
        Letter.NOT_ASKED: Sign("·", "n", _("owes none")),
    }


def _row(area: FigureArea, found: Matrix, duties: Duties) -> UnitRow:
    known = signs()
    squares = [_square(found.get(area.id, period.pk), known) for period in found.periods]
    return UnitRow(area, squares, duties)


def _square(cell: Cell, known: dict[Letter, Sign]) -> Square:
    sign = known[cell.letter]
    duties = cell.duties
    has_more = duties.expected > cell.reports
    share = f"{duties.accepted}/{duties.expected}" if has_more else ""
    said = sign.word
    if has_more:
        said += "; " + _("%(accepted)s of %(expected)s reports accepted") % {
            "accepted": duties.accepted,
            "expected": duties.expected,
        }
    return Square(sign, share, said)


def _sorted(rows: Sequence[UnitRow], sort: str) -> list[UnitRow]:
    """By name as given; by a duty from the fullest down, units with nothing due last."""
    if sort == "name":
        return list(rows)
    rate = f"{sort}_percent"
    return sorted(rows, key=lambda row: (getattr(row, rate) is None, -(getattr(row, rate) or 0)))
