"""Refusals of the pages, a sentence each."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from phoihop.core.errors import DomainError, NotAllowed


def unreadable_day(name: str, text: str) -> DomainError:
    return DomainError(
        _("“%(text)s” is not a day for “%(name)s”. Write it as 2026-06-14, or choose a window from the list.")
        % {"text": text, "name": name}
    )


def unknown_state(text: str, allowed: Iterable[str]) -> DomainError:
    return DomainError(
        _("“%(text)s” is not a state of figures. Choose one of: %(allowed)s.")
        % {"text": text, "allowed": ", ".join(allowed)}
    )


def unknown_name(kind: str, text: str) -> DomainError:
    return DomainError(
        _("The address names no known %(kind)s (“%(text)s”). Choose it from the lists on the pages.")
        % {"kind": kind, "text": text}
    )


def no_window_yet(programme: str) -> DomainError:
    return DomainError(
        _("%(programme)s has no reporting window yet: its term holds no half-year that has begun.")
        % {"programme": programme}
    )


def not_published(programme: str) -> NotAllowed:
    return NotAllowed(
        _(
            "Figures of %(programme)s for these days are not published. Its people see them after signing in;"
            " everyone sees them once a review of these days is published."
        )
        % {"programme": programme}
    )


def not_your_area(area: str) -> NotAllowed:
    return NotAllowed(
        _(
            "Figures of %(area)s are for those who serve it: its reporting officers, the provincial desk above it,"
            " the central desk and the auditors. Ask your desk to open the area to you."
        )
        % {"area": area}
    )


def not_ranked(code: str) -> DomainError:
    return DomainError(
        _(
            "Units are not ranked by %(code)s: only reporting duties (K05, K06) may be sorted by value."
            " Sort by name or by place on the map."
        )
        % {"code": code}
    )


def unknown_order(text: str, allowed: Iterable[str]) -> DomainError:
    return DomainError(
        _("“%(text)s” is not an order of the pages. Choose one of: %(allowed)s.")
        % {"text": text, "allowed": ", ".join(allowed)}
    )


def nothing_selected(programme: str) -> DomainError:
    return DomainError(
        _("%(programme)s selects no indicator of its own. Open the programme it carries out.")
        % {"programme": programme}
    )


def no_map_drawn() -> DomainError:
    return DomainError(
        _(
            "No grid of tiles is drawn for this administrative map, so there is no picture of it. Its table can be"
            " downloaded as csv or xlsx."
        )
    )


def nothing_drawn_below(area: str) -> DomainError:
    return DomainError(
        _(
            "Small trends are drawn for the provinces of the country and the communes of a province; %(area)s is"
            " neither. Open the trend of the one area instead."
        )
        % {"area": area}
    )


def not_above_these_units(area: str) -> NotAllowed:
    return NotAllowed(
        _(
            "Figures of all communes of %(area)s are shown to those who serve %(area)s or a unit above it. You may"
            " open the trend of %(area)s and of your own unit."
        )
        % {"area": area}
    )


def too_much_sent() -> DomainError:
    """A text of megabytes is a file put into the wrong place."""
    return DomainError(
        _(
            "What was sent is larger than %(most)s MB and was not taken. Shorten the texts, or attach them as a file."
        )
        % {"most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // (1024 * 1024)}
    )
