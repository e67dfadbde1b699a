"""Tables and charts of the context, numbered as they are met, with the note that stands under each."""

from collections.abc import Iterable, Mapping
from typing import Any

from phoihop.reviews.render.labels import Language, label
from phoihop.reviews.render.plan.shapes import Chart, Table
from phoihop.reviews.render.plan.tables import bound, table
from phoihop.reviews.render.words import number, resolve, short_date, text

_FEW_REASONS = 3


class Figures:
    """Numbers tables and charts through the whole document; those of an annex that has only one carry no number."""

    def __init__(self, context: Mapping[str, Any], lang: Language) -> None:
        self.context, self.lang = context, lang
        self._counts = {"table": 0, "chart": 0}

    def table(self, key: str, *, title: str = "", numbered: bool = True) -> Table:
        source = self.context["tables"][key]
        title = title or text(source.get("title"), self.lang)
        caption = self._caption("table", title) if numbered else title
        provenance = self.context.get("provenance") or {}
        notes = [
            *self._remark(source),
            *_dashes(source, self.context["figures"], self.lang),
            self._origin(source, provenance.get("as_of"), provenance.get("coverage")),
        ]
        return table(source, caption, tuple(filter(None, notes)), self.context["figures"], self.lang)

    def chart(self, key: str) -> Chart:
        source = self.context["charts"][key]
        title = text(source.get("title"), self.lang)
        notes = [*self._remark(source), self._origin(source, source.get("as_of"), None)]
        return Chart(
            self._caption("chart", title), alt_text(source, self.lang), tuple(filter(None, notes)), source
        )

    def _caption(self, kind: str, title: str) -> str:
        self._counts[kind] += 1
        return label(kind, self.lang, number=self._counts[kind], title=title)

    def _remark(self, source: Mapping[str, Any]) -> Iterable[str]:
        if note := text(source.get("note"), self.lang):
            resolved = resolve(note, self.context["figures"], self.lang, strict=False)
            yield label("note", self.lang, text=_stopped(resolved))

    def _origin(
        self, source: Mapping[str, Any], as_of: str | None, coverage: Mapping[str, Any] | None
    ) -> str:
        """Where the figures come from, their day and how complete they are: a number never stands alone."""
        parts = []
        if origin := text(source.get("source"), self.lang):
            parts.append(label("source", self.lang, text=origin.rstrip(" .")))
        if as_of:
            parts.append(label("as_of", self.lang, day=short_date(as_of)))
        if coverage and coverage.get("expected"):
            reported = number(str(coverage.get("reported") or 0), self.lang)
            expected = number(str(coverage["expected"]), self.lang)
            parts.append(label("coverage", self.lang, reported=reported, expected=expected))
        return _stopped(". ".join(parts))


def _stopped(sentence: str) -> str:
    return f"{sentence.rstrip(' .')}." if sentence else ""


def _dashes(
    source: Mapping[str, Any], figures: Mapping[str, Mapping[str, Any]], lang: Language
) -> Iterable[str]:
    """What "–" means in this table, with the reasons of its missing figures where there are few."""
    numeric = [column["key"] for column in source["columns"] if column.get("align") == "right"]
    rows = [row for row in source["rows"] if row.get("kind") != "group"]
    empty = [(row, key) for row in rows for key in numeric if row["cells"].get(key) is None]
    if not empty:
        return
    reasons = (text(bound(row, key, figures).get("why_missing"), lang) for row, key in empty)
    known = list(dict.fromkeys(reason.rstrip(" .") for reason in reasons if reason))
    if known and len(known) <= _FEW_REASONS:
        yield _stopped(label("dash_because", lang, why="; ".join(known)))
    else:
        yield _stopped(label("dash", lang))


def alt_text(chart: Mapping[str, Any], lang: Language) -> str:
    """The chart in words: its title, unit and every point of a short series, first and last of a long one."""
    unit = text(chart.get("unit"), lang)
    opening = f"{label('chart_' + chart['kind'], lang)}: {text(chart.get('title'), lang)}."
    parts = [opening, label("unit", lang, unit=unit) + "." if unit else ""]
    for series in chart["series"]:
        points = [(text(x, lang), number(value, lang)) for x, value in series["points"]]
        shown = points if len(points) <= 12 else [points[0], ("…", "…"), points[-1]]
        told = "; ".join(f"{x}: {value}" if x != "…" else x for x, value in shown)
        name = text(series.get("label"), lang)
        parts.append(f"{name} – {told}." if name else f"{told}.")
    return " ".join(filter(None, parts))
