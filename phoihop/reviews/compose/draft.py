"""A draft from facts: its sections, and everything else the frozen context will take from it."""

from dataclasses import dataclass
from typing import Any

from phoihop.reviews.compose.charts import build_charts
from phoihop.reviews.compose.document import issuer_names
from phoihop.reviews.compose.facts import Facts
from phoihop.reviews.compose.gather import Gathered
from phoihop.reviews.compose.outline import annex_kinds, outline_sections
from phoihop.reviews.compose.sections import SectionDraft, compose_sections
from phoihop.reviews.compose.tables.annexes import build_annexes
from phoihop.reviews.compose.text import Text
from phoihop.reviews.models import Review

REFERENCE = Text(
    "Kèm theo Báo cáo số: ........./......... ngày ...../...../......... của {issuers}",
    "Attached to Report No. ........./......... of ...../...../......... by {issuers}",
)


@dataclass(frozen=True, slots=True)
class Draft:
    sections: list[SectionDraft]
    composed: dict[str, Any]  # what `Review.composed` keeps


def compose_draft(review: Review, gathered: Gathered) -> Draft:
    facts = gathered.facts
    outline = review.programme.outline
    charts = build_charts(facts)
    annexes, tables = build_annexes(
        facts, annex_kinds(outline), REFERENCE.filled(issuers=issuer_names(review))
    )
    _add_charts(annexes, charts)
    numbers = {annex["key"]: annex["number"] for annex in annexes}
    sections = compose_sections(facts, outline_sections(outline), charts, numbers)
    composed = {
        "question": gathered.question.as_json(),
        "windows": windows_json(facts),
        "map": _map(review, facts),
        "comparison": _comparison(review, facts),
        "provenance": {
            "ledger_seq": facts.ledger_seq,
            "sql_hash": facts.sql_hash,
            "libraries": dict(facts.libraries),
            "run": gathered.run.pk,
            "as_of": facts.as_of.isoformat(),
            "coverage": {
                "reported": facts.coverage.reported,
                "expected": facts.coverage.expected,
                "late": facts.coverage.late,
                "missing": facts.coverage.missing,
            },
        },
        "tables": tables,
        "charts": charts,
        "annexes": annexes,
        "not_reported": [
            {
                "area": each.area.as_json(),
                "organisation": each.organisation.as_json(),
                "windows": [window.as_json() for window in each.windows],
            }
            for each in facts.not_reported
        ],
    }
    return Draft(sections, composed)


def windows_json(facts: Facts) -> list[dict[str, Any]]:
    kinds = dict.fromkeys(info.window for info in facts.indicators)
    return [
        {"kind": each.kind, "taken": each.taken.as_json(), "left_out": each.left_out.as_json()}
        for kind in kinds
        if (each := facts.scope.taken.get(kind))
    ]


def _map(review: Review, facts: Facts) -> dict[str, Any]:
    """Where the map is older days' only by being used backwards, its label says so wherever it is printed."""
    owed = facts.scope.backwards
    label = facts.map_label + Text(f" ({owed.vi})", f" ({owed.en})") if owed else facts.map_label
    return {"key": review.map_key, "label": label.as_json(), "is_backwards": bool(owed)}


def _comparison(review: Review, facts: Facts) -> dict[str, Any] | None:
    if facts.previous_label is None or review.previous_from is None or review.previous_until is None:
        return None
    return {
        "from": review.previous_from.isoformat(),
        "until": review.previous_until.isoformat(),
        "label": facts.previous_label.as_json(),
    }


def _add_charts(annexes: list[dict[str, Any]], charts: dict[str, Any]) -> None:
    """Completeness stands under the figures by unit; trends stand in the text."""
    for annex in annexes:
        if annex["key"] == "by_unit" and "completeness" in charts:
            annex["charts"] = ["completeness"]
