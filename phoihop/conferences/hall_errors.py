"""Refusals of what a hall's screen is asked to show."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from phoihop.conferences.models import AgendaItem
from phoihop.core.errors import Conflict, DomainError


def item_not_under_discussion(item: AgendaItem) -> Conflict:
    sentence = _("“%(item)s” is not the item under discussion. Its figures can be shown once it has begun.")
    return Conflict(sentence % {"item": item})


def no_figures_chosen(item: AgendaItem) -> DomainError:
    sentence = _(
        "No figures were chosen for “%(item)s”. Choose them on the agenda's preparing page, or show others by hand."
    )
    return DomainError(sentence % {"item": item})


def nothing_to_go_back_to() -> Conflict:
    return Conflict(_("The screen already shows what was chosen by hand. Choose what it shows next."))


def too_many_figures(figures: int, charts: int) -> DomainError:
    sentence = _(
        "%(figures)s figures and %(charts)s charts were chosen. A screen has room for six figures, or for one chart with"
        " three figures beside it. Take some out."
    )
    return DomainError(sentence % {"figures": figures, "charts": charts})


def too_many_beside(figures: int, charts: int) -> DomainError:
    sentence = _(
        "%(figures)s figures and %(charts)s charts were chosen. Beside who speaks, drawn large, there is room for three"
        " figures or for one chart alone. Take some out, or show who speaks small."
    )
    return DomainError(sentence % {"figures": figures, "charts": charts})


def not_in_the_review(keys: Sequence[str]) -> DomainError:
    sentence = _("The review has no “%(keys)s”. Choose among the figures and charts listed.")
    return DomainError(sentence % {"keys": ", ".join(keys)[:80]})
