from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from phoihop.reviews.pages.chart_tables import chart_table
from phoihop.reviews.pages.linked import linked_context, parts_of, pinned
from phoihop.reviews.pages.shapes import (
    ReviewPage,
    WebAnnex,
    WebCell,
    WebChart,
    WebHeading,
    WebPiece,
    WebRow,
    WebTable,
    WebText,
)
from phoihop.reviews.render.labels import Language
from phoihop.reviews.render.plan import build_plan
from phoihop.reviews.render.plan.shapes import Chart, Heading, Paragraph, Piece, Row, Table
from phoihop.reviews.render.plan.tables import bound

Context = Mapping[str, Any]


def review_page(context: Context, lang: Language, version: int | None = None) -> ReviewPage:
    """From a frozen context, or that of a draft. `version`: its number, which every link to a figure then carries."""
    plan = build_plan(linked_context(context), lang)
    blocks = [block for section in context["sections"] for block in section["blocks"]]
    maker = _Maker(context, lang, version)
    return ReviewPage(
        mark=plan.mark,
        head=plan.head,
        body=tuple(maker.pieces(plan.body, blocks)),
        signatures=plan.signatures,
        recipients_label=plan.recipients_label,
        recipients=plan.recipients,
        annexes=tuple(
            WebAnnex(
                anchor=f"annex-{source['number']}",
                number=annex.number,
                title=annex.title,
                reference=annex.reference,
                pieces=tuple(maker.annexed(annex.pieces, source)),
                notes=annex.notes,
            )
            for annex, source in zip(plan.annexes, context["annexes"], strict=True)
        ),
    )


class _Maker:
    def __init__(self, context: Context, lang: Language, version: int | None) -> None:
        self.context, self.lang = context, lang
        figures: Mapping[str, Mapping[str, Any]] = context["figures"]
        self.figures = pinned(figures, context["review"]["slug"], version) if version else figures

    def pieces(self, pieces: Sequence[Piece], blocks: Sequence[Mapping[str, Any]]) -> Iterator[WebPiece]:
        """Tables and charts come in the order of their blocks: that is how each finds its key again."""
        tables = iter([block["table"] for block in blocks if block["kind"] == "table"])
        charts = iter([block["chart"] for block in blocks if block["kind"] == "chart"])
        for position, piece in enumerate(pieces):
            match piece:
                case Heading():
                    yield WebHeading(piece, f"section-{position}")
                case Paragraph():
                    parts = parts_of(piece.text, self.figures, self.lang)
                    yield WebText(piece.kind, parts, piece.source, piece.language or "")
                case Table():
                    yield self.table(piece, next(tables))
                case Chart():
                    yield self.chart(piece, next(charts))

    def annexed(
        self, pieces: Sequence[Table | Chart], source: Mapping[str, Any]
    ) -> Iterator[WebTable | WebChart]:
        tables, charts = iter(source["tables"]), iter(source["charts"])
        for piece in pieces:
            if isinstance(piece, Table):
                yield self.table(piece, next(tables))
            else:
                yield self.chart(piece, next(charts))

    def chart(self, chart: Chart, key: str) -> WebChart:
        table = chart_table(self.context, key, self.lang)
        return WebChart(key, chart.caption, chart.alt, chart.notes, table)

    def table(self, table: Table, key: str) -> WebTable:
        source = self.context["tables"][key]
        rows = tuple(
            self._row(row, table, given, source)
            for row, given in zip(table.rows, source["rows"], strict=True)
        )
        labels = tuple(WebCell(each.label, is_number=each.align == "right") for each in table.columns)
        return WebTable(key, table.caption, labels, rows, table.notes)

    def _row(self, row: Row, table: Table, given: Mapping[str, Any], source: Mapping[str, Any]) -> WebRow:
        if row.kind == "group":
            return WebRow(row.kind, (WebCell(row.cells[0]),))
        cells = tuple(
            self._cell(text, given, column["key"], is_number=shape.align == "right")
            for text, shape, column in zip(row.cells, table.columns, source["columns"], strict=True)
        )
        return WebRow(row.kind, cells)

    def _cell(self, text: str, row: Mapping[str, Any], column: str, *, is_number: bool) -> WebCell:
        href = str(bound(row, column, self.figures).get("lineage") or "") if is_number else ""
        return WebCell(text, href, is_number)
