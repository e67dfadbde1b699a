from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from phoihop.areas.enums import Level
from phoihop.areas.queries import resolve_map
from phoihop.areas.queries.maps import REPORTED
from phoihop.core.commands import SentenceCommand
from phoihop.core.errors import DomainError
from phoihop.periods import PeriodError, Span
from phoihop.programmes.models import Programme
from phoihop.programmes.queries import programme_named
from phoihop.rollup.compute import record_run, roll_up
from phoihop.rollup.compute_basis import EVERY_LEVEL
from phoihop.rollup.compute_figures import RollupTable
from phoihop.rollup.enums import FigureState
from phoihop.rollup.errors import unknown_choice, unknown_programme, unreadable_day
from phoihop.rollup.export import check_kind, write_rollup

ALL_LEVELS = "all"
AS_REPORTED = "as_reported"
DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y")


class Command(SentenceCommand):
    help = gettext_noop("Roll accepted reports up and write the figures to a file.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--programme", required=True, action="append", metavar="SLUG")
        parser.add_argument(
            "--from",
            required=True,
            dest="first",
            metavar="DAY",
            help=_("the first day: 2023-12-15 or 15/12/2023"),
        )
        parser.add_argument(
            "--to", required=True, dest="last", metavar="DAY", help=_("the last day, included")
        )
        parser.add_argument("--level", action="append", help=_("nation, province, district, commune or all"))
        parser.add_argument(
            "--map", default=AS_REPORTED, help=_("as_reported, or a day: the map of that day")
        )
        parser.add_argument("--state", default=FigureState.RECEIVED.value, help=_("received or confirmed"))
        parser.add_argument("--engine", default="duckdb")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE.{csv,parquet,json}")

    def handle(self, *_args: Any, out: Path, engine: str, **options: Any) -> None:
        check_kind(out)
        programmes = _programmes(options["programme"])
        rollup_map = resolve_map(options["map"])
        rollup = roll_up(
            programmes=programmes,
            span=_span(options["first"], options["last"]),
            map_key=rollup_map,
            state=_choice("--state", options["state"], FigureState.values),
            levels=_levels(options["level"] or [ALL_LEVELS]),
            engine=engine,
        )
        rows = write_rollup(rollup, out, map_name=_map_name(options["map"], rollup_map))
        record_run(rollup=rollup, programmes=programmes)
        for sentence in _sentences(rollup):
            self.stdout.write(sentence)
        self.stdout.write(_("%(rows)s rows written to %(file)s.") % {"rows": rows, "file": out})


def _programmes(asked: Sequence[str]) -> list[Programme]:
    """Each by its slug or by its number as anyone writes it; named twice, it is taken once."""
    return list(dict.fromkeys(_programme(text) for text in asked))


def _programme(text: str) -> Programme:
    found = programme_named(text)
    if found is None:
        raise unknown_programme(text, Programme.objects.order_by("slug").values_list("slug", flat=True))
    return found


def _span(first: str, last: str) -> Span:
    try:
        return Span.of(_day("--from", first), _day("--to", last))
    except PeriodError as error:
        raise CommandError(error.sentence(get_language() or "vi")) from error


def _day(option: str, text: str) -> date:
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007  a day, not an instant
        except ValueError:
            continue
    raise unreadable_day(option, text)


def _map_name(asked: str, map_key: str) -> str:
    """What `--map` takes again: as_reported, or the day that was asked for."""
    if map_key == REPORTED:
        return AS_REPORTED
    try:
        return _day("--map", asked).isoformat()
    except DomainError:
        return map_key  # “open”: the map without a first day


def _levels(asked: Iterable[str]) -> tuple[str, ...]:
    named = [_choice("--level", level, [*Level.values, ALL_LEVELS]) for level in asked]
    return EVERY_LEVEL if ALL_LEVELS in named else tuple(named)


def _choice(option: str, value: str, allowed: Sequence[str]) -> str:
    if value not in allowed:
        raise unknown_choice(option, value, allowed)
    return value


def _sentences(rollup: RollupTable) -> list[str]:
    """What the span took and left out, for each kind of window an indicator of it is reported by."""
    kinds = dict.fromkeys(indicator.window for indicator in rollup.indicators.values())
    return [rollup.covers[kind].sentence(get_language() or "vi") for kind in kinds]
