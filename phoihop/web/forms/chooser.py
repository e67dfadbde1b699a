"""The chooser of span, map and state: a plain GET form, so that its answer is an address."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from phoihop.areas.models import MapEpoch
from phoihop.areas.queries.maps import REPORTED
from phoihop.core.templatetags.vietnamese import day, lastday
from phoihop.periods import Period
from phoihop.rollup.enums import FigureState
from phoihop.web.forms.asked import Asked, windows_of


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Choice:
    name: str
    label: str
    options: tuple[Option, ...]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Chooser:
    choices: tuple[Choice, ...]
    hidden: tuple[tuple[str, str], ...] = field(default=())


def chooser(
    asked: Asked,
    *,
    before: Iterable[Choice] = (),
    after: Iterable[Choice] = (),
    hidden: Iterable[tuple[str, str]] = (),
    is_guest: bool = False,
) -> Chooser:
    """A guest chooses no state: only confirmed figures are published."""
    windows = windows_of(asked.programme)
    language = get_language() or "vi"
    starts = {each.start.isoformat(): _start_label(each, language) for each in windows}
    ends = {each.last.isoformat(): _end_label(each, language) for each in windows}
    starts.setdefault(asked.span.start.isoformat(), day(asked.span.start))
    ends.setdefault(asked.span.last.isoformat(), day(asked.span.last))
    state = (
        ()
        if is_guest
        else (
            choice(
                "state",
                _("Whose word"),
                {state.value: str(state.label) for state in FigureState},
                asked.state,
            ),
        )
    )
    return Chooser(
        choices=(
            *before,
            choice("from", _("From"), dict(sorted(starts.items())), asked.span.start.isoformat()),
            choice("to", _("Until the end of"), dict(sorted(ends.items())), asked.span.last.isoformat()),
            choice("map", _("Map"), map_labels(), asked.map_key),
            *state,
            *after,
        ),
        hidden=tuple(hidden),
    )


def choice(name: str, label: str, options: dict[str, str], chosen: str) -> Choice:
    made = tuple(Option(value, str(text), value == chosen) for value, text in options.items())
    return Choice(name, label, made)


def map_labels() -> dict[str, str]:
    """As reported, then every administrative map, newest first."""
    labels = {epoch.key: map_label(epoch) for epoch in reversed(MapEpoch.objects.all())}
    return {REPORTED: _("As reported"), **labels}


def map_label(epoch: MapEpoch) -> str:
    if epoch.start is None and epoch.end is None:
        return _("The map")
    if epoch.start is None:
        return _("The map until %(day)s") % {"day": lastday(epoch.end)}
    if epoch.end is None:
        return _("The map since %(day)s") % {"day": day(epoch.start)}
    return _("The map from %(first)s to %(last)s") % {"first": day(epoch.start), "last": lastday(epoch.end)}


def _start_label(period: Period, language: str) -> str:
    return f"{period.short_label(language)} ({day(period.start)})"


def _end_label(period: Period, language: str) -> str:
    return f"{period.short_label(language)} ({day(period.last)})"
