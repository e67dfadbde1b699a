"""The plan as a PDF: typeset by form.typ from data, never from text pasted into markup."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from phoihop.reviews.render.charts import draw
from phoihop.reviews.render.form import CHART_FONT_DIR, FONT_DIR, FORM
from phoihop.reviews.render.metrics import balanced_mm, longest_line_mm
from phoihop.reviews.render.plan.shapes import Annex, Chart, Piece, Plan

_TEMPLATES = Path(__file__).parent
# Tagged for readers and archives: PDF/UA-1 and PDF/A-2a at once.
_STANDARDS: list[Any] = ["a-2a", "ua-1"]


def write(plan: Plan) -> bytes:
    files = {path.name: path.read_bytes() for path in sorted(_TEMPLATES.glob("*.typ"))}
    charts: list[bytes] = []
    data = _data(plan, charts)
    files |= {f"chart-{index}.svg": drawn for index, drawn in enumerate(charts)}
    files["plan.json"] = json.dumps(data, ensure_ascii=False).encode()
    try:
        return _compile(files, plan, _STANDARDS)
    except typst.TypstError as fault:
        if "could not be displayed with" not in str(fault):
            raise
        # A character outside our fonts has no place in an archive PDF; it prints as a box in a plain one.
        return _compile(files, plan, [])


def _compile(files: dict[str, bytes], plan: Plan, standards: list[Any]) -> bytes:
    project: Any = {"main.typ": files["form.typ"], **files}  # files in memory, which the stubs do not know
    made: bytes = typst.compile(
        project,
        font_paths=[str(FONT_DIR), str(CHART_FONT_DIR)],
        ignore_system_fonts=True,
        format="pdf",
        timestamp=int(plan.created.timestamp()),
        pdf_standards=standards,
    )
    return made


def _data(plan: Plan, charts: list[bytes]) -> dict[str, Any]:
    created = plan.created
    return {
        "form": FORM.as_dict(),
        "language": plan.language,
        "title": plan.title,
        "author": plan.author,
        "subject": plan.subject,
        "created": [created.year, created.month, created.day, created.hour, created.minute, created.second],
        "mark": plan.mark,
        "head": _head(plan),
        "body": [_piece(piece, plan, charts) for piece in plan.body],
        "signatures": [asdict(signature) for signature in plan.signatures],
        "signatures_abreast": FORM.rows_of(len(plan.signatures)) if plan.signatures else 1,
        "recipients_label": plan.recipients_label,
        "recipients": list(plan.recipients),
        "annexes": [_annex(annex, plan, charts) for annex in plan.annexes],
    }


def _head(plan: Plan) -> dict[str, Any]:
    width = FORM.text_width_mm() - 8
    abstract = plan.head.abstract
    narrowed = balanced_mm(abstract, FORM.body_pt, width)
    rule = FORM.rule_share * longest_line_mm(abstract, FORM.body_pt, narrowed)
    abreast = FORM.rows_of(len(plan.head.issuers))
    return {**asdict(plan.head), "abstract_mm": narrowed, "abstract_rule_mm": rule, "abreast": abreast}


def _annex(annex: Annex, plan: Plan, charts: list[bytes]) -> dict[str, Any]:
    return {
        "number": annex.number,
        "title": annex.title,
        "reference": annex.reference,
        "notes": list(annex.notes),
        "pieces": [_piece(piece, plan, charts) for piece in annex.pieces],
    }


def _piece(piece: Piece, plan: Plan, charts: list[bytes]) -> dict[str, Any]:
    if not isinstance(piece, Chart):
        return asdict(piece)
    charts.append(draw(piece.source, plan.language, "svg", bare=True))
    return {
        "kind": "chart",
        "caption": piece.caption,
        "alt": piece.alt,
        "notes": list(piece.notes),
        "file": f"chart-{len(charts) - 1}.svg",
        "landscape": False,
    }
