"""The annexes of a notice: what is assigned to whom, and who carries out the parts."""

from collections.abc import Iterator, Sequence

from phoihop.assignments.models import Assignment
from phoihop.conferences.minutes.names import two
from phoihop.conferences.notice.bound import Bound, called, told_together
from phoihop.conferences.notice.phrases import phrase
from phoihop.core.templatetags.vietnamese import day as written_day
from phoihop.reviews.render.form import FORM
from phoihop.reviews.render.labels import Language
from phoihop.reviews.render.plan.shapes import Annex, Column, Row, Table
from phoihop.reviews.render.plan.tables import fit
from phoihop.reviews.render.words import text

LISTED = 150  # parts of one assignment on paper; more stand in the system
HEADS = ("place", "task", "lead", "with", "product", "due")


def annexes_of(bound: Sequence[Bound], title: str, lang: Language) -> Iterator[Annex]:
    if not bound:
        return
    divided = [each for each in bound if each.parts]
    reference = phrase("reference", lang, title=title)
    first = phrase("first_annex" if divided else "annex", lang)
    heads = [phrase(each, lang) for each in HEADS]
    whole = _table(heads, [Row("row", _row(each, lang)) for each in bound], lang, landscape=True)
    yield Annex(first, phrase("assigned", lang), reference, (whole,), ())
    if divided:
        heads = [phrase(each, lang) for each in ("ordinal", "body", "due")]
        rows = [row for each in divided for row in _part_rows(each, lang)]
        parts = _table(heads, rows, lang, landscape=False)
        yield Annex(phrase("second_annex", lang), phrase("parts", lang), reference, (parts,), ())


def _table(heads: list[str], rows: list[Row], lang: Language, *, landscape: bool) -> Table:
    cells = [row.cells for row in rows if row.kind == "row"]
    widths, size = fit(heads, cells, FORM.text_width_mm(landscape=landscape), rows=len(rows))
    columns = tuple(Column(name, "left", width) for name, width in zip(heads, widths, strict=True))
    return Table("", columns, tuple(rows), size, landscape=landscape, notes=())


def _row(bound: Bound, lang: Language) -> tuple[str, ...]:
    whole = bound.whole
    parts = told_together([each.lead for each in bound.parts], bound.on, lang)
    lead = called(whole.lead, bound.on, lang) + (phrase("divided", lang, bodies=parts) if parts else "")
    joined = "; ".join(called(each, bound.on, lang) for each in whole.co_organisations.all())
    return (
        whole.paragraph.label,
        _task(whole, lang),
        lead,
        joined,
        text(two(whole, "product"), lang),
        _due(whole, lang),
    )


def _part_rows(bound: Bound, lang: Language) -> Iterator[Row]:
    """The assignment, then each body with its own date."""
    bodies = told_together([each.lead for each in bound.parts], bound.on, lang)
    said = {"label": bound.whole.paragraph.label, "task": _task(bound.whole, lang), "bodies": bodies}
    yield Row("group", (phrase("divided_task", lang, **said),))
    if len(bound.parts) > LISTED:
        yield Row("row", ("", phrase("many", lang), _due(bound.parts[0], lang)))
        return
    for number, part in enumerate(bound.parts, start=1):
        yield Row("row", (str(number), called(part.lead, bound.on, lang), _due(part, lang)))


def _task(assignment: Assignment, lang: Language) -> str:
    return f"{text(two(assignment, 'verb'), lang)} {text(two(assignment, 'text'), lang)}"


def _due(assignment: Assignment, lang: Language) -> str:
    """The day first set; of standing work the days on which it is looked at."""
    if not assignment.is_standing:
        return written_day(assignment.original_due_on) if assignment.original_due_on else ""
    days = "; ".join(written_day(each.on) for each in assignment.review_dates.all())
    return phrase("reviewed", lang, days=days) if days else phrase("standing", lang)
