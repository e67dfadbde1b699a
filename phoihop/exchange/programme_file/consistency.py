"""What a programme file says against itself; no database."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from phoihop.areas.enums import LEVEL_ORDER, Level
from phoihop.core.yaml_files import Place, YamlFile
from phoihop.core.yaml_sentences import refused_choice, shown
from phoihop.exchange.programme_file.calendars import calendar_code
from phoihop.exchange.programme_file.shape import ProgrammeFile, Section
from phoihop.periods import PeriodError, PeriodKind, calendar_of
from phoihop.programmes.enums import PartyRole, ProgrammeKind
from phoihop.programmes.models import number_key


def check_consistency(file: YamlFile, document: ProgrammeFile) -> None:
    _check_numbers(file, document)
    _check_days(file, ("term", "to"), document.term.from_, document.term.to)
    _check_parties(file, document)
    _check_calendar(file, document)
    _check_contents(file, document)
    _check_indicators(file, document)
    _check_review(file, document)
    _check_plan(file, document)


def _check_numbers(file: YamlFile, document: ProgrammeFile) -> None:
    written = [document.number or "", *document.aliases]
    for index, alias in enumerate(document.aliases):
        if number_key(alias) in {number_key(other) for other in written[: index + 1]}:
            sentence = _("%(value)s is written here already, as the number or another alias. Remove it.")
            file.blame(("aliases", index), sentence % {"value": shown(alias)})
    if document.predecessor == document.slug:
        file.blame(
            ("predecessor",), _("A programme does not succeed itself. Write another programme, or null.")
        )


def _check_days(file: YamlFile, place: Place, first: date | None, last: date | None) -> None:
    if first and last and first > last:
        sentence = _("%(last)s comes before the first day, %(first)s. Correct one of the two days.")
        file.blame(place, sentence % {"last": shown(last), "first": shown(first)})


def _check_parties(file: YamlFile, document: ProgrammeFile) -> None:
    _blame_repeats(file, "parties", "organisation", [party.organisation for party in document.parties])
    count = len(document.parties)
    if document.kind is ProgrammeKind.ACTION and count != 1:
        sentence = _(
            "An action programme has one party, and %(count)s are listed. Keep one, or make the kind joint."
        )
        file.blame(("parties",), sentence % {"count": count})
    if document.kind is ProgrammeKind.JOINT and count < 2:
        file.blame(
            ("parties",), _("A joint programme has at least two parties. Add one, or make the kind action.")
        )
    if not any(party.role is PartyRole.LEAD for party in document.parties):
        file.blame(("parties",), _("No party leads. Give one of them the role lead."))


def _check_calendar(file: YamlFile, document: ProgrammeFile) -> None:
    calendar = document.calendar
    try:
        kind = calendar_of(calendar_code(calendar.kind))
    except PeriodError as error:
        file.blame(("calendar", "kind"), error.sentence(get_language() or "vi"))
    else:
        try:
            kind.require(PeriodKind(calendar.period))
        except PeriodError as error:
            file.blame(("calendar", "period"), error.sentence(get_language() or "vi"))
    _check_deadlines(file, document)
    for lower, higher in calendar.accept_level.items():
        if LEVEL_ORDER[higher] >= LEVEL_ORDER[lower]:
            sentence = _("%(higher)s is not above %(lower)s. Reports are accepted at a higher level.")
            names = {"higher": shown(higher), "lower": shown(lower)}
            file.blame(("calendar", "accept_level", lower.value), sentence % names)


def _check_deadlines(file: YamlFile, document: ProgrammeFile) -> None:
    """A deadline per level, at least one working day after the cut-off, never earlier than the level below (NĐ 09/2019)."""
    calendar = document.calendar
    if calendar.levels != sorted(set(calendar.levels), key=LEVEL_ORDER.__getitem__, reverse=True):
        file.blame(
            ("calendar", "levels"),
            _("Write each level once, the lowest first: commune, district, province, nation."),
        )
        return
    before = 1
    for level in calendar.levels:
        days = calendar.working_days.get(level)
        if days is None:
            sentence = _(
                "The level %(level)s has no deadline. Write how many working days it has after the cut-off."
            )
            file.blame(("calendar", "working_days"), sentence % {"level": level})
        elif days < before:
            sentence = _(
                "%(days)s working days is too few. Allowed: at least 1, and no fewer than the level below (%(least)s)."
            )
            file.blame(("calendar", "working_days", level.value), sentence % {"days": days, "least": before})
        before = max(before, days or 1)
    for level in calendar.working_days:
        if level not in calendar.levels:
            file.blame(
                ("calendar", "working_days", level.value), refused_choice(level.value, [*calendar.levels])
            )


def _check_contents(file: YamlFile, document: ProgrammeFile) -> None:
    _blame_repeats(file, "contents", "code", [content.code for content in document.contents])
    parties = [party.organisation for party in document.parties]
    for index, content in enumerate(document.contents):
        if content.owner is not None:
            _blame_unknown(file, ("contents", index, "owner"), content.owner, parties)


def _check_indicators(file: YamlFile, document: ProgrammeFile) -> None:
    _blame_repeats(file, "indicators", "code", [selection.code for selection in document.indicators])
    contents = [content.code for content in document.contents]
    for index, selection in enumerate(document.indicators):
        here: Place = ("indicators", index)
        if selection.content is not None:
            _blame_unknown(file, (*here, "content"), selection.content, contents)
        levels: set[Level] = set()
        for target in selection.all_targets:
            if target.level in levels:
                sentence = _("%(level)s has two targets. Keep one for each level.")
                file.blame((*here, "targets"), sentence % {"level": shown(target.level)})
            levels.add(target.level)
            if not is_number(target.value):
                sentence = _(
                    "%(value)s is not a number. Allowed: digits with a decimal point, in quotes, without separators."
                )
                place = (*here, "target", "value") if selection.target else (*here, "targets")
                file.blame(place, sentence % {"value": shown(target.value)})


def is_number(text: str) -> bool:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return False
    return value.is_finite() and value >= 0 and value == value.quantize(Decimal("0.0001"))


def _check_review(file: YamlFile, document: ProgrammeFile) -> None:
    contents = [content.code for content in document.contents]
    selected = [selection.code for selection in document.indicators]
    seen: set[str] = set()
    for place, section in _sections(("review", "outline"), document.review.outline):
        if section.key in seen:
            _blame_repeat(file, (*place, "key"), section.key)
        seen.add(section.key)
        for number, code in enumerate(section.contents):
            _blame_unknown(file, (*place, "contents", number), code, contents)
        for number, code in enumerate(section.indicators):
            _blame_unknown(file, (*place, "indicators", number), code, selected)
    for index, review in enumerate(document.review.reviews):
        _check_days(file, ("review", "reviews", index, "to"), review.from_, review.to)


def _sections(place: Place, sections: Sequence[Section]) -> Iterable[tuple[Place, Section]]:
    for index, section in enumerate(sections):
        yield (*place, index), section
        yield from _sections((*place, index, "sections"), section.sections)


def _check_plan(file: YamlFile, document: ProgrammeFile) -> None:
    contents = [content.code for content in document.contents]
    parties = [party.organisation for party in document.parties]
    seen: set[tuple[str, int, str]] = set()
    for index, item in enumerate(document.plan):
        _blame_unknown(file, ("plan", index, "content"), item.content, contents)
        _blame_unknown(file, ("plan", index, "owner"), item.owner, parties)
        key = (item.content, item.year, item.owner)
        if key in seen:
            sentence = _(
                "%(year)s already has a line for content %(content)s by this owner. Join the two texts in one line."
            )
            file.blame(("plan", index), sentence % {"year": item.year, "content": shown(item.content)})
        seen.add(key)


def _blame_repeats(file: YamlFile, group: str, field: str, values: Sequence[str]) -> None:
    for index, value in enumerate(values):
        if value in values[:index]:
            _blame_repeat(file, (group, index, field), value)


def _blame_repeat(file: YamlFile, place: Place, value: str) -> None:
    sentence = _("%(value)s stands twice in this file. Keep one of them, or give the other its own name.")
    file.blame(place, sentence % {"value": shown(value)})


def _blame_unknown(file: YamlFile, place: Place, value: str, known: Sequence[str]) -> None:
    if value not in known:
        file.blame(place, refused_choice(value, list(known)))
