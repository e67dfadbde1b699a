"""Why a cell of a file is refused: one function per sentence, each with what is allowed instead."""

from decimal import Decimal
from typing import TYPE_CHECKING

from babel.numbers import format_decimal
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from phoihop.core.errors import DomainError

if TYPE_CHECKING:
    from phoihop.reports.files.numbers import DecimalMark
    from phoihop.reports.models import Report


class CellRefused(DomainError):
    """One cell, row or unit of a file is not taken. `allowed` says in a few words what would be."""

    def __init__(self, sentence: str, allowed: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.allowed = allowed


def a_number() -> str:
    return _("a number of 0 or more; blank = not reported; na = not applicable")


def text_in_number(text: str) -> CellRefused:
    return CellRefused(
        _("“%(value)s” is not a number. Write the figure alone; put words and units in the note.")
        % {"value": shown(text)},
        a_number(),
    )


def foreign_digits(text: str) -> CellRefused:
    return CellRefused(
        _("“%(value)s” is written with digits of another script or width. Write it with 0 to 9.")
        % {"value": shown(text)},
        a_number(),
    )


def unclear_word(text: str) -> CellRefused:
    return CellRefused(
        _(
            "“%(value)s” may mean zero or no answer. Write 0 for none, or leave the cell blank if not reported."
        )
        % {"value": shown(text)},
        a_number(),
    )


def ambiguous_number(text: str, by_comma: str, by_point: str) -> CellRefused:
    return CellRefused(
        _(
            "“%(value)s” is %(comma)s where a comma marks decimals and %(point)s where a point does. Declare the"
            " file's mark: --decimal comma or --decimal point, or #decimal=comma as the first line of a CSV."
        )
        % {"value": shown(text), "comma": written_out(by_comma), "point": written_out(by_point)},
        _("a declared decimal mark"),
    )


def badly_grouped(text: str, mark: "DecimalMark | None") -> CellRefused:
    examples = {"comma": "1.234,5", "point": "1,234.5"}
    example = examples[mark] if mark else " / ".join(examples.values())
    return CellRefused(
        _("The separators in “%(value)s” do not make a number in this file. Write it like %(example)s.")
        % {"value": shown(text), "example": example},
        example,
    )


def negative_number(text: str) -> CellRefused:
    return CellRefused(
        _("%(value)s is negative; a report counts from 0. Correct an earlier report by a new version of it.")
        % {"value": written_out(text)},
        _("0 or more"),
    )


def above_hundred_percent(text: str) -> CellRefused:
    return CellRefused(
        _("%(value)s is above 100 percent. Check what was counted, or the decimal mark.")
        % {"value": written_out(text)},
        _("0 to 100"),
    )


def too_many_decimals(text: str, decimals: int, unit: str) -> CellRefused:
    allowed = _("a whole number") if decimals == 0 else _("at most %(count)s decimals") % {"count": decimals}
    return CellRefused(
        _("%(value)s has too many decimals for the unit “%(unit)s”: %(allowed)s. Check the decimal mark.")
        % {"value": written_out(text), "unit": unit, "allowed": allowed},
        allowed,
    )


def too_big(text: str) -> CellRefused:
    return CellRefused(
        _("%(value)s is larger than any figure kept here. Check the digits typed.")
        % {"value": shown(written_out(text))},
        _("at most 12 digits before the decimal mark"),
    )


def formula_error(text: str) -> CellRefused:
    return CellRefused(
        _("The cell holds the formula error %(value)s. Correct the formula, or type its figure.")
        % {"value": text},
        a_number(),
    )


def formula_without_value() -> CellRefused:
    return CellRefused(
        _(
            "The cell holds a formula whose result was not saved. Open the file in a spreadsheet program, let it"
            " calculate, save it again; or type the figure."
        ),
        a_number(),
    )


def merged_cells(reference: str) -> CellRefused:
    return CellRefused(
        _("The cells %(range)s are merged, so it is unclear to which row the value belongs. Unmerge them.")
        % {"range": reference},
        _("one value in one cell"),
    )


def not_a_number_cell(value: object) -> CellRefused:
    return CellRefused(
        _(
            "The cell holds a date or a logical value (%(value)s). Format it as a number and type the figure again."
        )
        % {"value": value},
        a_number(),
    )


def decomposed_text(text: str) -> CellRefused:
    return CellRefused(
        _(
            "“%(value)s” is written with separate accents (Unicode NFD), so it may equal another key that only"
            " looks the same. Type it again, or convert the file to composed Unicode (NFC)."
        )
        % {"value": shown(text)},
        _("composed Unicode (NFC)"),
    )


def legacy_font_text(text: str) -> CellRefused:
    return CellRefused(
        _("“%(value)s” is in a legacy font encoding (TCVN3, VNI). Convert it to Unicode and save again.")
        % {"value": shown(text)},
        "Unicode (UTF-8)",
    )


def unknown_scope(text: str, allowed: str) -> CellRefused:
    return CellRefused(
        _("“%(value)s” is not a scope this cell may have. Choose: %(allowed)s.")
        % {"value": shown(text), "allowed": allowed},
        allowed,
    )


def too_long(text: str, limit: int) -> CellRefused:
    return CellRefused(
        _("The text has %(count)s characters; at most %(limit)s are kept. Shorten it.")
        % {"count": len(text), "limit": limit},
        _("at most %(limit)s characters") % {"limit": limit},
    )


def changed_since(report: "Report") -> CellRefused:
    return CellRefused(
        _(
            "The report of %(organisation)s was changed since this workbook was downloaded. Download it again, or upload"
            " this one on the report's own page, where both copies can be compared."
        )
        % {"organisation": report.organisation.name_vi}
    )


def shown(text: object) -> str:
    """A value short enough for a sentence."""
    whole = str(text)
    return whole if len(whole) <= 60 else f"{whole[:60]}…"


def written_out(canonical: str) -> str:
    """A figure in the reader's own decimal mark: a Vietnamese sentence that says 1.5 would mean fifteen."""
    value = Decimal(canonical)
    if not value.is_finite() or value.adjusted() > 20:
        return canonical
    language = get_language() or "vi"
    return str(format_decimal(value, locale=language, group_separator=False, decimal_quantization=False))
