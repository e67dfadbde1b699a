"""A chart of a review as its table, on the page and as a file: the very points that are drawn."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from phoihop.core.tables import Cell, Column, Fact, Row, Sheet, Table, text_cell
from phoihop.reviews.render.labels import Language
from phoihop.reviews.render.words import is_decimal, number, text

Context = Mapping[str, Any]


def chart_table(context: Context, key: str, lang: Language) -> Table:
    """A row a point; a column a series. Missing: a dash, an empty cell in a file; a protected count as it is shown."""
    chart = context["charts"][key]
    unit = text(chart.get("unit"), lang)
    series = chart["series"]
    labels = [text(each.get("label"), lang) for each in series]
    values = [Column(f"value{n}", label, is_number=True, note=unit) for n, label in enumerate(labels)]
    points = list(dict.fromkeys(text(x, lang) for each in series for x, _value in each["points"]))
    given = [{text(x, lang): value for x, value in each["points"]} for each in series]
    return Table(
        key=key,
        caption=text(chart.get("title"), lang),
        columns=[Column("x", text(chart.get("x"), lang)), *values],
        rows=[Row([text_cell(at), *(_cell(each.get(at), lang) for each in given)]) for at in points],
        is_simulated=bool(context["review"]["is_simulated"]),
        downloads=False,
    )


def chart_sheet(context: Context, key: str, lang: Language, version: int | None) -> Sheet:
    """`version` None: of the draft."""
    chart, review = context["charts"][key], context["review"]
    told = {
        "unit": text(chart.get("unit"), lang),
        "review": review["slug"],
        "version": version,
        "as_of": chart.get("as_of"),
        "ledger_seq": context["provenance"]["ledger_seq"],
    }
    facts = [Fact(name, name, value, str(value)) for name, value in told.items()]
    return Sheet(chart_table(context, key, lang), facts=facts)


def _cell(value: str | None, lang: Language) -> Cell:
    exact = Decimal(value) if value is not None and is_decimal(value) else value
    return Cell(number(value, lang), exact, is_number=True)
