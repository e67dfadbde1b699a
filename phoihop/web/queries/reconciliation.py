"""Reconciliation as its page shows it: what is chosen, and the parties' figures as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.areas.queries import children_of
from phoihop.core import clock
from phoihop.core.templatetags.vietnamese import areaname, localname, number
from phoihop.core.text import fold_vi
from phoihop.indicators.models import IndicatorVersion
from phoihop.orgs.models import Membership
from phoihop.orgs.permissions import AnyUser, desks_held
from phoihop.reports.enums import ReportState
from phoihop.reports.models import ReportingPeriod
from phoihop.reports.queries.known import held_in_areas
from phoihop.reports.queries.reconciling import (
    LEAST_DIFFERENCE,
    USUAL_TOLERANCE_PERCENT,
    Line,
    Narrowed,
    PartyFigure,
    shared_indicators,
    shared_periods,
    side_by_side,
)
from phoihop.web.forms.chooser import Choice, choice
from phoihop.web.tables import Cell, Column, Page, Row, Table, text_cell, value_cell
from phoihop.web.tables.paging import whole
from phoihop.web.templatetags.labels import party as party_label
from phoihop.web.templatetags.labels import window

TOLERANCES = (0, 5, 10, 20, 50)
ONE_DAY = timedelta(days=1)


def can_reconcile(user: AnyUser) -> bool:
    """Desks, and those who see everything."""
    held = Membership.objects.held_by(user, clock.today())
    return held.seeing_everything().exists() or bool(desks_held(user))


@dataclass(frozen=True, slots=True)
class Reconciliation:
    wanted: Narrowed
    text: str
    only_beyond: bool
    indicators: Sequence[IndicatorVersion]
    choices: Sequence[Choice]
    lines: Sequence[Line]
    beyond: int  # of all lines, before narrowing to them


def reconciliation(user: AnyUser, query: QueryDict) -> Reconciliation | None:
    """None where no figure is asked of more than one party yet."""
    periods = shared_periods()
    if not periods:
        return None
    period = _period(periods, query.get("period", ""))
    areas = _areas(user, period)
    area = _area(areas, query.get("area", ""))
    indicators = shared_indicators(period)
    code = query.get("indicator", "")
    tolerance = whole(query.get("tolerance", ""), USUAL_TOLERANCE_PERCENT)
    wanted = Narrowed(period, area, [code] if code else [], min(tolerance, 1000))
    text, only_beyond = " ".join(query.get("q", "").split())[:100], "beyond" in query
    every = [line for line in side_by_side(user, wanted) if fold_vi(text) in line.area.name_fold]
    choices = _choices(periods, areas, indicators, wanted)
    return Reconciliation(
        wanted=wanted,
        text=text,
        only_beyond=only_beyond,
        indicators=indicators,
        choices=choices,
        lines=[line for line in every if line.is_beyond or not only_beyond],
        beyond=sum(line.is_beyond for line in every),
    )


def reconciliation_table(found: Reconciliation, lines: Sequence[Line], page: Page | None = None) -> Table:
    parties = list(dict.fromkeys(party for line in lines for party in line.parties))
    codes = {line.version.indicator.code for line in lines}
    held = held_in_areas({line.area.pk for line in lines}, found.wanted.period, codes)
    return Table(
        key="reconciliation",
        caption=_("Figures of the parties, %(area)s, %(window)s")
        % {"area": areaname(found.wanted.area), "window": window(found.wanted.period)},
        columns=[
            Column("area", _("Reporting unit")),
            Column("indicator", _("Indicator")),
            *(Column(party, party_label(party), is_number=True) for party in parties),
            Column("difference", _("Difference"), is_number=True),
            Column("counts", _("Party that counts")),
            Column("events", _("Event register"), is_number=True),
        ],
        rows=[_row(line, parties, held) for line in lines],
        note=" ".join(
            [
                _(
                    "The party that counts is set by the indicator's definition; the others are kept beside it."
                ),
                _(
                    "Marked: further apart than %(percent)s %% of the counting party's figure, and by %(least)s at least."
                )
                % {"percent": found.wanted.tolerance_percent, "least": LEAST_DIFFERENCE},
            ]
        ),
        page=page,
        is_simulated=any(each.is_simulated for line in lines for each in line.figures.values()),
    )


def _row(line: Line, parties: Sequence[str], held: dict[tuple[int, str], int]) -> Row:
    code = line.version.indicator.code
    return Row(
        [
            text_cell(areaname(line.area)),
            text_cell(code, reverse("web:indicator", args=[code]), note=localname(line.version)),
            *(_figure(line, party) for party in parties),
            _difference(line),
            text_cell(party_label(line.counting) if line.counting else "–", note=_why(line)),
            value_cell(held.get((line.area.pk, code)), 0),
        ]
    )


def _figure(line: Line, party: str) -> Cell:
    """A link to the report: there it is returned with a reason."""
    figure = line.figures.get(party)
    if figure is None:
        return value_cell(None, note=_("not asked") if party not in line.parties else _("no report due"))
    href = reverse("web:report", args=[figure.report_id])
    counts = _("counts") if party == line.counting and figure.value is not None else ""
    notes = [counts, _said(figure), _of_several(figure)]
    note = ", ".join(each for each in notes if each)
    return value_cell(figure.value, line.version.decimals, href=href, note=note)


def _said(figure: PartyFigure) -> str:
    if figure.is_not_applicable:
        return _("not applicable")
    if figure.value is not None:
        return "" if figure.state in {ReportState.ACCEPTED, ReportState.LOCKED} else str(_label(figure.state))
    if figure.state in {ReportState.ACCEPTED, ReportState.LOCKED, ReportState.SUBMITTED}:
        return _("left blank")
    return str(_label(figure.state))


def _of_several(figure: PartyFigure) -> str:
    """A sum of which a part is missing says so."""
    if figure.reports == 1:
        return ""
    told = {"reports": figure.reports, "blank": figure.blank}
    if figure.blank:
        return _("of %(reports)s reports, %(blank)s without a number") % told
    return _("of %(reports)s reports") % told


def _label(state: str) -> str:
    return str(ReportState(state).label)


def _difference(line: Line) -> Cell:
    if line.difference is None:
        return value_cell(None)
    percent = f"{number(line.percent, 0)} %"
    return value_cell(
        line.difference, line.version.decimals, note=percent, tag="bad" if line.is_beyond else ""
    )


def _why(line: Line) -> str:
    """Only where the usual reason, the definition, leaves nothing in the totals."""
    if not line.counting:
        return _("No party counts at this level.")
    if line.counted is None:
        return _("It owes no report here, so nothing enters the totals.")
    if line.counted.value is None:
        return _("It gave no figure, and no other takes its place.")
    return ""


def _period(periods: Sequence[ReportingPeriod], asked: str) -> ReportingPeriod:
    """The asked one; else the last whose days are over."""
    if asked:
        found = next((each for each in periods if str(each.pk) == asked), None)
        if found is None:
            raise Http404
        return found
    over = (each for each in periods if each.end <= clock.today())
    return next(over, periods[0])


def _areas(user: AnyUser, period: ReportingPeriod) -> list[Area]:
    """The desks' own areas; for the nation's, the provinces too."""
    held = Membership.objects.held_by(user, clock.today())
    if held.seeing_everything().exists():
        nation = Area.objects.filter(level=Level.NATION).first()
        tops = [nation] if nation else []
    else:
        tops = [desk.organisation.area for desk in desks_held(user)]
    last = min(period.end - ONE_DAY, clock.today())
    found = [each for top in tops for each in (top, *_provinces(top, last))]
    return list({area.pk: area for area in found}.values())


def _provinces(area: Area, day: date) -> list[Area]:
    return list(children_of(area, day)) if area.level == Level.NATION else []


def _area(areas: Sequence[Area], asked: str) -> Area:
    found = (
        next((area for area in areas if area.key == asked), None) if asked else areas[0] if areas else None
    )
    if found is None:
        raise Http404
    return found


def _choices(
    periods: Sequence[ReportingPeriod],
    areas: Sequence[Area],
    indicators: Sequence[IndicatorVersion],
    wanted: Narrowed,
) -> list[Choice]:
    labels = {str(each.pk): f"{window(each)}: {localname(each.form, 'title')}" for each in periods}
    named = {each.indicator.code: f"{each.indicator.code} {localname(each)}" for each in indicators}
    tolerances = {str(each): f"{each} %" for each in sorted({*TOLERANCES, wanted.tolerance_percent})}
    return [
        choice("period", _("Window"), labels, str(wanted.period.pk)),
        choice("area", _("Area"), {area.key: areaname(area) for area in areas}, wanted.area.key),
        choice("indicator", _("Indicator"), {"": _("All"), **named}, next(iter(wanted.codes), "")),
        choice("tolerance", _("Tolerance"), tolerances, str(wanted.tolerance_percent)),
    ]
