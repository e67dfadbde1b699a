"""The annexes: each with its number, title and reference, its tables and charts, numbered from page 1."""

from collections.abc import Mapping
from typing import Any

from phoihop.periods import format_day
from phoihop.reviews.render.labels import Language, label
from phoihop.reviews.render.plan.figures import Figures
from phoihop.reviews.render.plan.shapes import Annex, Chart, Table
from phoihop.reviews.render.words import instant, text


def annexes(context: Mapping[str, Any], numbered: Figures, lang: Language) -> tuple[Annex, ...]:
    made = [_annex(annex, numbered, lang) for annex in context.get("annexes") or []]
    notes = _how_the_figures_were_made(context, lang)
    return tuple(
        Annex(a.number, a.title, a.reference, a.pieces, notes if index == 0 else ())
        for index, a in enumerate(made)
    )


def _annex(annex: Mapping[str, Any], numbered: Figures, lang: Language) -> Annex:
    title, keys = text(annex.get("title"), lang), annex.get("tables") or []
    pieces: list[Table | Chart] = [numbered.chart(key) for key in annex.get("charts") or []]
    several = len(keys) > 1
    tables = [numbered.table(key, numbered=several) for key in keys]
    if len(tables) == 1 and tables[0].caption.casefold() == title.casefold():
        tables = [_without_caption(tables[0])]
    return Annex(
        number=label("annex", lang, number=annex["number"]),
        title=title,
        reference=_bracketed(text(annex.get("reference"), lang)),
        pieces=(*tables, *pieces),
        notes=(),
    )


def _without_caption(table: Table) -> Table:
    return Table("", table.columns, table.rows, table.size_pt, table.landscape, table.notes)


def _bracketed(reference: str) -> str:
    return f"({reference.strip('() ')})" if reference else ""


def _how_the_figures_were_made(context: Mapping[str, Any], lang: Language) -> tuple[str, ...]:
    """Under the first annex: the windows taken and left out, the map, and what verifies the figures."""
    review, provenance = context["review"], context.get("provenance") or {}
    windows = review.get("windows") or []
    parts = [
        ("windows_taken", "; ".join(filter(None, (text(each.get("taken"), lang) for each in windows)))),
        ("windows_left_out", "; ".join(filter(None, (text(each.get("left_out"), lang) for each in windows)))),
        ("map", text((review.get("map") or {}).get("label"), lang)),
    ]
    lines = [f"{label(key, lang, text=told.rstrip(' .'))}." for key, told in parts if told]
    if frozen := instant(provenance.get("frozen_at")):
        moment = f"{frozen:%H:%M} {format_day(frozen.date())}"
        seq, code = provenance.get("ledger_seq"), str(provenance.get("figures_hash") or "")[:16]
        lines.append(f"{label('frozen', lang, moment=moment, seq=seq, hash=code)}.")
    return tuple(lines)
