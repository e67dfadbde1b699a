"""What changed in a review, in words: for the page and for its download."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from phoihop.core import clock
from phoihop.core.templatetags.vietnamese import day, moment, number
from phoihop.orgs.permissions import AnyUser
from phoihop.periods import PeriodError, parse_period
from phoihop.reports.models import Report
from phoihop.reviews.enums import ReasonKind
from phoihop.reviews.models import DraftRun
from phoihop.reviews.queries import Compared, FigureRow, Reason
from phoihop.reviews.queries.sides import Stand
from phoihop.web.tables import Column, Row, Table, text_cell, value_cell

MOST = 5  # reasons written out under one figure on the page
MOST_DOWNLOADED = 200
_WITH_NUMBERS = frozenset({ReasonKind.CORRECTION, ReasonKind.EARLIER})


@dataclass(frozen=True, slots=True)
class Why:
    """`links`: the report's versions, where the reader may see the report."""

    kind: str
    text: str
    links: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class ChangeLine:
    row: FigureRow
    name: str
    unit: str
    where: str
    whys: Sequence[Why]
    more: int = 0

    @property
    def decimals(self) -> int:
        return int(self.row.figure["decimals"])


def change_lines(user: AnyUser, rows: Iterable[FigureRow], most: int = MOST) -> list[ChangeLine]:
    told = [(row, *row.newest_reasons(most)) for row in rows]
    ids = {reason.report_id for _row, _count, reasons in told for reason in reasons if reason.report_id}
    seen = set(Report.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))
    lang = "en" if (get_language() or "vi").startswith("en") else "vi"
    return [
        _line(row, lang, [_why(each, seen.__contains__) for each in reasons], count - len(reasons))
        for row, count, reasons in told
    ]


def change_table(user: AnyUser, found: Compared, rows: Sequence[FigureRow]) -> Table:
    columns = [
        Column("figure", _("Figure")), Column("name", _("Name")), Column("area", _("Area")), Column("unit", _("Unit")),
        Column("before", _("Before"), is_number=True), Column("after", _("After"), is_number=True),
        Column("difference", _("Difference"), is_number=True), Column("reasons", _("Reasons")),
    ]  # fmt: skip
    return Table(
        key="changes",
        caption=_("What changed: %(sides)s") % {"sides": sides_in_words(found)},
        columns=columns,
        rows=[_cells(line) for line in change_lines(user, rows, MOST_DOWNLOADED)],
        is_simulated=found.first.review.is_simulated,
    )


def sides_in_words(found: Compared) -> str:
    if found.second:
        after = _in_words(found.second)
    else:
        after = _("the draft") if found.is_draft else _("the figures of now")
    return f"{_in_words(found.first)} → {after}"


def as_of_in_words(found: Compared) -> str:
    """Of a download: figures of now may have been computed a while ago."""
    if found.now and not found.now.is_current:
        said = {"at": moment(found.now.at), "position": number(found.now.ledger_seq)}
        return _("As of %(at)s, ledger position %(position)s; a newer comparison is not computed yet") % said
    return _("As of %(day)s") % {"day": day(clock.today())}


def stand_asked(stand: Stand) -> str:
    """As an address names it."""
    return f"run-{stand.number}" if isinstance(stand, DraftRun) else str(stand.number)


def _in_words(stand: Stand) -> str:
    words = _("run %(number)s of the draft") if isinstance(stand, DraftRun) else _("version %(number)s")
    return words % {"number": stand.number}


def _cells(line: ChangeLine) -> Row:
    row = line.row
    values: Sequence[Decimal | None] = (row.before, row.after, row.difference)
    texts = (row.key, line.name, line.where, line.unit)
    told = [f"{each.kind}: {each.text}" if each.text else each.kind for each in line.whys]
    if line.more:
        told.append(ngettext("and %(n)s more", "and %(n)s more", line.more) % {"n": number(line.more)})
    why = "; ".join(told)
    return Row(
        [*map(text_cell, texts), *(value_cell(value, line.decimals) for value in values), text_cell(why)]
    )


def _line(row: FigureRow, lang: str, whys: Sequence[Why], more: int) -> ChangeLine:
    return ChangeLine(
        row=row,
        name=row.figure["name"][lang] or row.figure["name"]["vi"],
        unit=row.figure["unit"][lang] or row.figure["unit"]["vi"],
        where=row.area_name,
        whys=whys,
        more=more,
    )


def _why(reason: Reason, may_see: Callable[[int], bool]) -> Why:
    """Of a report the reader may not see: which body's it is, no value, no reason, no person."""
    kind = str(reason.kind.label)
    if reason.report_id is None:
        told = (reason.said, reason.by, moment(reason.at) if reason.at else "")
        return Why(kind, ", ".join(filter(None, told)))
    source = f"{reason.organisation}, {_window(reason.window)}"
    if not may_see(reason.report_id):
        return Why(kind, source)
    parts = [source, _values(reason), f"“{reason.said}”" if reason.said else "", _who(reason)]
    return Why(kind, "; ".join(filter(None, parts)), _links(reason))


def _values(reason: Reason) -> str:
    then, now = (_given(each) for each in (reason.then, reason.now))
    return f"{then} → {now}" if reason.then is not None or reason.now is not None else ""


def _given(text: str | None) -> str:
    if text is None:
        return "–"
    return _("not applicable") if text == "na" else number(Decimal(text))


def _who(reason: Reason) -> str:
    name = f"{reason.by} ({reason.post})" if reason.by and reason.post else reason.by
    return ", ".join(filter(None, (name, moment(reason.at) if reason.at else "")))


def _links(reason: Reason) -> list[tuple[str, str]]:
    page = reverse("web:report", args=[reason.report_id])
    numbers = [reason.number_before, reason.number_after] if reason.kind in _WITH_NUMBERS else []
    wanted = numbers or [reason.number_after or reason.number_before]
    return [
        (_("report, version %(number)s") % {"number": each}, f"{page}?version={each}")
        for each in wanted
        if each is not None
    ]


def _window(code: str) -> str:
    try:
        return parse_period(code).short_label(get_language() or "vi")
    except PeriodError:
        return code
