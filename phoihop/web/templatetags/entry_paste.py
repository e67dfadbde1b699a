"""What the dialog for pasting says, as JSON in the page. {names} are filled in by web/js/entry/paste.js."""

from django import template
from django.utils.translation import gettext as _

from phoihop.reports.files import errors

register = template.Library()
VALUE = "{value}"


@register.simple_tag
def paste_words() -> dict[str, str]:
    return {**_problems(), **_said()}


def _problems() -> dict[str, str]:
    """By the reasons of number-text.js and paste-table.js; where a file would say the same, its sentence."""
    return {
        "text_in_number": errors.text_in_number(VALUE).sentence,
        "foreign_digits": errors.foreign_digits(VALUE).sentence,
        "unclear_word": errors.unclear_word(VALUE).sentence,
        "formula_error": errors.formula_error(VALUE).sentence,
        "badly_grouped": _("The separators in “%(value)s” do not make a number. Write it like %(example)s, or choose the"
                           " other decimal mark above.")
        % {"value": VALUE, "example": "{example}"},
        "ambiguous_number": _("“%(value)s” is %(comma)s where a comma marks decimals and %(point)s where a point does."
                              " Choose the decimal mark above.")
        % {"value": VALUE, "comma": "{comma}", "point": "{point}"},
        "negative_number": _("%(value)s is negative; a report counts from 0. Correct an earlier report by a new version"
                             " of it.")
        % {"value": VALUE},
        "too_many_decimals": _("%(value)s has too many decimals for the unit “%(unit)s”: %(allowed)s. Check the decimal"
                               " mark.")
        % {"value": VALUE, "unit": "{unit}", "allowed": "{allowed}"},
        "above_hundred_percent": _("%(value)s is above 100 percent. Check what was counted, or the decimal mark.")
        % {"value": VALUE},
        "too_big": _("%(value)s is larger than any figure kept here. Check the digits typed.") % {"value": VALUE},
        "unknown_code": _("This form has no indicator “%(code)s”. The line is left out.") % {"code": VALUE},
        "twice": _("The indicator %(code)s stands in two lines. Keep one.") % {"code": VALUE},
        "no_cell": _("No cell is left in the form for this line. Start higher up, or copy fewer lines."),
    }  # fmt: skip


def _said() -> dict[str, str]:
    return {
        "whole": _("a whole number"),
        "decimals": _("at most %(count)s decimals") % {"count": "{count}"},
        "na": _("not applicable"),
        "left": _("Blank: the cell stays as it is."),
        "line": _("Line %(line)s") % {"line": "{line}"},
        "column": _("Column %(number)s: %(sample)s") % {"number": "{number}", "sample": "{sample}"},
        "all_good": _("Cells to fill in: %(good)s.") % {"good": "{good}"},
        "some_bad": _("Cells to fill in: %(good)s. Lines that are left out: %(bad)s.")
        % {"good": "{good}", "bad": "{bad}"},
        "done": _("Filled in from the pasted table: %(good)s cells.") % {"good": "{good}"},
    }
