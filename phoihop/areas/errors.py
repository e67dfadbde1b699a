"""Refusals of the administrative map, a sentence each."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.periods import format_day

_SHOWN = 10


def written(day: date) -> str:
    return format_day(day)


def unknown_code(code: str, level: str) -> DomainError:
    return DomainError(
        _("No administrative unit has the code “%(code)s” (%(level)s). Look the unit up by its name.")
        % {"code": code, "level": level or _("any level")}
    )


def code_not_in_force(code: str, day: date, held: str) -> DomainError:
    return DomainError(
        _(
            "On %(day)s no administrative unit has the code “%(code)s”; it stood for %(held)s."
            " Use the code in force on that day, or another day."
        )
        % {"day": written(day), "code": code, "held": held}
    )


def unknown_map(text: str) -> DomainError:
    return DomainError(
        _(
            "“%(text)s” is not a map. Write “reported” for the map of each report, or a day such as"
            " 2025-07-01 or 01/07/2025 for the map of that day."
        )
        % {"text": text}
    )


def only_central_desk_changes_the_map() -> NotAllowed:
    return NotAllowed(
        _(
            "You may not change the administrative map. It can be done by the central desk of a central organisation."
        )
    )


def no_map_loaded() -> DomainError:
    return Conflict(_("No administrative map is loaded yet. Run “phoihop load_areas” first."))


def broken_map(sentences: Sequence[str]) -> DomainError:
    """Nothing was changed; the first sentences say what to mend."""
    lines = [_("The administrative map does not hold together, so nothing was changed:")]
    lines += [f"- {sentence}" for sentence in sentences[:_SHOWN]]
    if len(sentences) > _SHOWN:
        lines.append(_("- and %(count)s more.") % {"count": len(sentences) - _SHOWN})
    return DomainError("\n".join(lines))


def missing_file(name: str, folder: str) -> DomainError:
    return DomainError(
        _("There is no file “%(name)s” in “%(folder)s”. Name a folder that holds it.")
        % {"name": name, "folder": folder}
    )


def missing_column(name: str, column: str) -> DomainError:
    return DomainError(
        _("The file “%(name)s” has no column “%(column)s”. Add it to the first line.")
        % {"name": name, "column": column}
    )


def bad_cell(place: str, value: str, allowed: str) -> DomainError:
    return DomainError(
        _("%(place)s: “%(value)s” is not allowed. Write %(allowed)s.")
        % {"place": place, "value": value, "allowed": allowed}
    )


def twice(place: str, value: str) -> DomainError:
    return DomainError(
        _("%(place)s: “%(value)s” stands in the file a second time. Keep one of the two lines.")
        % {"place": place, "value": value}
    )


def no_heirs(name: str) -> DomainError:
    return DomainError(
        _("%(name)s cannot end without an heir. Name at least one unit that receives its territory.")
        % {"name": name}
    )


def already_ended(name: str, day: date) -> DomainError:
    return Conflict(
        _("%(name)s ended on %(day)s and cannot end again. Choose a unit in force.")
        % {"name": name, "day": written(day)}
    )
