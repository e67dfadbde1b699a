from datetime import UTC, date, datetime
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from phoihop.accounts.access import public
from phoihop.periods import Span
from phoihop.rollup.queries import Figure, FigureIndicator
from phoihop.web.drawing.lines import chart
from phoihop.web.drawing.plot import Point
from phoihop.web.drawing.scale import scale_of
from phoihop.web.drawing.small import Small, small
from phoihop.web.drawing.tiles import DrawnTile, fitted, place
from phoihop.web.forms.chooser import Chooser, choice
from phoihop.web.queries.duty_matrix import signs
from phoihop.web.queries.headline import Headline
from phoihop.web.queries.trend_points import Aim
from phoihop.web.tables import Column, Page, Row, Table, text_cell, value_cell
from phoihop.web.trail import Step

_VALUES = [Decimal(number) for number in (12, 48, 57, 130, 412, 655)]
_POINTS = [
    ("1/2024", Decimal(40)),
    ("2/2024", Decimal(52)),
    ("1/2025", None),
    ("2/2025", Decimal(61)),
    ("1/2026", Decimal(57)),
]


@public
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component, alive, with invented figures."""
    indicator = _indicator()
    context = {
        "trail": [Step(_("Gallery of components"))],
        "steps": [Step(_("Programmes"), "#"), Step("07", "#"), Step(_("Figures at a glance"))],
        "table": _table(),
        "page": Page(2, 5, 230, 50),
        "map": {"drawn": fitted(_tiles()), "scale": scale_of(_VALUES), "missing": 1, "indicator": indicator},
        "item": Headline(
            _figure(),
            indicator,
            None,
            Span.of(date(2026, 1, 1), date(2026, 6, 30)),
            _spark(),
            "#",
            "#",
            Aim("province", Decimal(60), "", ""),
        ),
        "line": chart(_POINTS),
        "indicator": indicator,
        "signs": list(signs().values()),
        "chooser": Chooser((choice("map", _("Map"), {"a": _("As reported"), "b": _("The map")}, "a"),)),
    }
    return render(request, "web/gallery.html", context)


def _spark() -> Small:
    points = [Point(window, value, is_partial=window == "1/2024") for window, value in _POINTS]
    return small(points, Decimal(80), target=Decimal(60))


def _indicator() -> FigureIndicator:
    return FigureIndicator(
        id=0, code="X01", name_vi="Chỉ tiêu ví dụ", name_en="An example", unit_vi="cuộc", unit_en="sessions",
        kind="flow", window="half", decimals=0, direction="none", persons="none", over_time="add", over_units="add",
    )  # fmt: skip


def _figure() -> Figure:
    return Figure(
        indicator_code="X01", area_id=0, value=Decimal(12345), reported=612, expected=686, is_simulated=True,
        as_of=datetime(2026, 11, 23, 7, tzinfo=UTC),
    )  # fmt: skip


def _tiles() -> list[DrawnTile]:
    scale = scale_of(_VALUES)
    tiles = []
    for position, value in enumerate([*_VALUES, None]):
        x, y = place(position % 4, position // 4, 0, 0)
        letters = chr(ord("A") + position)
        shown = "–" if value is None else str(value)
        tiles.append(
            DrawnTile(x, y, letters, letters, shown, f"{letters}: {shown}", "#", scale.class_of(value))
        )
    return tiles


def _table() -> Table:
    columns = [
        Column("unit", _("Unit of the map"), sort="unit", sorted_by="ascending"),
        Column("value", _("Value"), is_number=True),
    ]
    rows = [
        Row([text_cell("A", "#"), value_cell(Decimal(1234))]),
        Row([text_cell("B"), value_cell(None, note=_("not reported"))]),
        Row([text_cell(_("The whole country")), value_cell(Decimal(1234))], "total"),
    ]
    return Table("example", _("Figures"), columns, rows, is_simulated=True, downloads=False)
