"""Minutes as a document in the form of Decree 30/2020/NĐ-CP: what Word and the PDF both draw."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from phoihop.conferences.minutes.parts import parts_of, signed_by
from phoihop.conferences.minutes.phrases import phrase
from phoihop.conferences.templatetags.conference import minutesseconds
from phoihop.reviews.render.form import FORM
from phoihop.reviews.render.labels import Language
from phoihop.reviews.render.plan.head import head, recipients, recipients_label
from phoihop.reviews.render.plan.shapes import (
    Annex,
    Column,
    Heading,
    Paragraph,
    Piece,
    Plan,
    Row,
    Signature,
    Table,
)
from phoihop.reviews.render.plan.tables import fit
from phoihop.reviews.render.words import number, roman, text

Context = Mapping[str, Any]


def minutes_plan(context: Context, lang: Language) -> Plan:
    """context: {"document", "draft", "edited", "frozen_at"}; see actions/minutes.py."""
    draft, document = context["draft"], context["document"]
    title = text(draft["conference"]["title"], lang)
    return Plan(
        language=lang,
        title=f"{phrase('minutes', lang)}: {title}",
        author="; ".join(text(each["name"], lang) for each in document["issuers"]),
        subject=title,
        created=datetime.fromisoformat(context["frozen_at"]).astimezone(UTC),
        mark=phrase("demo", lang) if draft["conference"]["is_simulated"] else "",
        head=head(document, lang),
        body=tuple(_body(context, lang)),
        signatures=tuple(_signatures(draft, lang)),
        recipients_label=recipients_label(lang),
        recipients=recipients(document, lang),
        annexes=tuple(_annexes(draft, title, lang)),
    )


def _body(context: Context, lang: Language) -> Iterator[Piece]:
    for number_of, part in enumerate(parts_of(context["draft"], context["edited"], lang), start=1):
        is_item = part.key.startswith("item-")
        if not is_item:
            yield Heading(depth=2, level=1, number="", title=part.title)
        else:
            yield Heading(depth=3, level=2, number="", title=part.title)
        for line in part.lines:
            yield Paragraph("text" if not is_item or number_of == 1 else "bullet", line)


def _signatures(draft: Mapping[str, Any], lang: Language) -> Iterator[Signature]:
    """The secretary and whoever presided sign minutes. Source: Decree 30/2020/NĐ-CP, form 1.10."""
    yield Signature((phrase("secretary_signs", lang),), "")
    chairs = draft["officials"]["chair"] or [{"post": None, "body": None}]
    for each in chairs:
        lines = [
            phrase("chair_signs", lang),
            text(each["post"], lang).upper(),
            text(each["body"], lang).upper(),
        ]
        yield Signature(tuple(filter(None, lines)), "")


def _annexes(draft: Mapping[str, Any], title: str, lang: Language) -> Iterator[Annex]:
    reference = phrase("annex_reference", lang, title=title)
    named = [("attendance_annex", _attendance(draft, lang)), ("speaking_annex", _speaking(draft, lang))]
    for place, (name, table) in enumerate([each for each in named if each[1].rows], start=1):
        yield Annex(_annex(place, lang), phrase(name, lang), reference, (table,), ())


def _annex(place: int, lang: Language) -> str:
    return f"{'Phụ lục' if lang == 'vi' else 'Annex'} {roman(place)}"


def _attendance(draft: Mapping[str, Any], lang: Language) -> Table:
    held = draft["attendance"]
    rows = [
        (
            text(row["site"], lang), text(row["delegation"], lang), number(str(row["invited"]), lang),
            "–" if row["present"] is None else number(str(row["present"]), lang), signed_by(row, lang), row["note"],
        )
        for row in held["rows"]
    ]  # fmt: skip
    total = (
        phrase("total", lang),
        "",
        number(str(sum(row["invited"] for row in held["rows"])), lang),
        number(str(sum(row["present"] or 0 for row in held["rows"])), lang),
        "",
        "",
    )
    heads = [
        phrase(each, lang) for each in ("site", "delegation", "invited", "present_heads", "signed", "note")
    ]
    return _table(heads, rows if held["roll_call"] is not None else [], total, numeric={2, 3})


def _speaking(draft: Mapping[str, Any], lang: Language) -> Table:
    times = draft["speaking_times"]
    rows = [
        (
            text(each["site"], lang),
            text(each["delegation"], lang),
            number(str(each["times"]), lang),
            minutesseconds(each["seconds"]),
        )
        for each in times
    ]
    seconds, count = sum(each["seconds"] for each in times), sum(each["times"] for each in times)
    total = (phrase("total", lang), "", number(str(count), lang), minutesseconds(seconds))
    return _table(
        [phrase(each, lang) for each in ("site", "delegation", "times", "spoken")],
        rows,
        total,
        numeric={2, 3},
    )


def _table(
    heads: Sequence[str], rows: Sequence[tuple[str, ...]], total: tuple[str, ...], *, numeric: set[int]
) -> Table:
    widths, size = fit(heads, rows, FORM.text_width_mm(), rows=len(rows))
    columns = tuple(
        Column(name, "right" if place in numeric else "left", width)
        for place, (name, width) in enumerate(zip(heads, widths, strict=True))
    )
    shaped = [Row("row", row) for row in rows]
    return Table("", columns, (*shaped, Row("total", total)) if rows else (), size, landscape=False, notes=())
