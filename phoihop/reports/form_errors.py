"""Refusals of a form: what it asks against what was agreed."""

from django.utils.translation import gettext as _

from phoihop.areas.enums import Level
from phoihop.core.errors import Conflict
from phoihop.programmes.models import Programme


def level_not_agreed(level: str, programme: Programme, agreed: list[str]) -> Conflict:
    sentence = _(
        "The form asks the level %(level)s, and no calendar of its programmes names it: %(programme)s names %(agreed)s."
        " Take the level out of the form, or add it to the programme's calendar."
    )
    levels = ", ".join(str(Level(each).label) for each in agreed) or "–"
    names = {"level": Level(level).label, "programme": programme.slug, "agreed": levels}
    return Conflict(sentence % names)


def accepted_elsewhere(level: str, programme: Programme, agreed: str, actual: str) -> Conflict:
    """`actual` is the nearest level above that the form asks; empty where it asks none."""
    sentence = _(
        "By the calendar of %(programme)s the reports of the level %(level)s are accepted at the level %(agreed)s,"
        " but by this form they would go to %(actual)s. Change what the form asks, or the calendar's accept_level."
    )
    names = {"programme": programme.slug, "level": Level(level).label, "agreed": Level(agreed).label}
    return Conflict(sentence % {**names, "actual": Level(actual).label if actual else _("the central desk")})


def window_in_use(code: str, window: str) -> Conflict:
    sentence = _(
        "The form “%(code)s” has opened windows already, so it stays a form of the kind “%(window)s”."
        " Set up another form under another code."
    )
    return Conflict(sentence % {"code": code, "window": window})
