"""Carries the commands of the log to the engine, in order, again after a fault."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import groupby

from django.db.models import Q, QuerySet

from phoihop.conferences.enums import CommandState, ConferenceState
from phoihop.conferences.media.engine import Engine, EngineFault, Stage
from phoihop.conferences.media.troubles import keep_troubles, note_trouble
from phoihop.conferences.models import Conference, MediaCommand, Publication
from phoihop.conferences.queries.stage import stage_of
from phoihop.core import clock

MOST_TRIES = 20
NEWCOMER = timedelta(seconds=15)  # a site's media flows some seconds after it came, or not at all
_BY_ITSELF = {"close_stage", "remove"}  # all others settle what stands when they are told


def run_outbox(engine: Engine) -> int:
    """Every waiting command of every conference, until one of a conference fails; returns how many were done.

    The later commands of that conference wait for the next run: the engine is never told things out of order. Commands
    in a row that settle are told at once: a hundred sites may come in one second, and the floor does not wait for them.
    """
    done, halted = 0, set[int]()
    waiting = MediaCommand.objects.filter(state=CommandState.WAITING).select_related("conference")
    for (conference, _what), row in groupby(
        waiting.order_by("conference", "seq", "order"), key=_told_at_once
    ):
        if conference in halted:
            continue
        commands = list(row)
        if _carried_out(commands, engine):
            done += len(commands)
        else:
            halted.add(conference)
    return done


def reconcile(engine: Engine) -> list[str]:
    """Makes the engine's stages what the database says, in session and at rehearsals; the faults, one a line.

    What a command that was given up should have ended is ended here: connections of sites taken out, stages of
    conferences that are closed.
    """
    faults: dict[Conference, str] = {}
    for conference in _at_work():
        try:
            _send_out(conference, engine)
            _settle(conference, engine, engine.repair)
        except EngineFault as fault:
            faults[conference] = str(fault)
    faults |= _close_what_is_over(engine)
    keep_troubles(faults)
    return [f"{conference.slug}: {fault}" for conference, fault in faults.items()]


def settle_newcomers(engine: Engine) -> None:
    """A site counts once its media flows, some moments after it came: it is not to wait for the reconciler."""
    came = Publication.objects.filter(ended_at__isnull=True, began_at__gte=clock.now() - NEWCOMER)
    for conference in _at_work().filter(pk__in=came.values("site__conference")):
        try:
            _settle(conference, engine, engine.settle)
        except EngineFault as fault:
            note_trouble(conference, str(fault))


def _at_work() -> QuerySet[Conference]:
    rehearsed = Publication.objects.filter(ended_at__isnull=True).values("site__conference")
    return Conference.objects.filter(
        Q(state=ConferenceState.OPEN) | Q(state=ConferenceState.INVITED, pk__in=rehearsed)
    )


def _told_at_once(command: MediaCommand) -> tuple[int, object]:
    return command.conference_id, command.pk if command.name in _BY_ITSELF else "settle"


def _carried_out(commands: Sequence[MediaCommand], engine: Engine) -> bool:
    first = commands[0]
    try:
        _tell(first, engine)
    except EngineFault as fault:
        first.tries, first.fault = first.tries + 1, str(fault)[:300]
        if first.tries >= MOST_TRIES:
            first.state = CommandState.FAILED
        first.save(update_fields=["tries", "fault", "state"])
        note_trouble(first.conference, str(fault))
        return False
    told = MediaCommand.objects.filter(pk__in=[each.pk for each in commands])
    told.update(state=CommandState.DONE, done_at=clock.now())
    return True


def _tell(command: MediaCommand, engine: Engine) -> None:
    """The floor and who may follow are read when the engine is told, not when it was decided: the newest stands."""
    match command.name:
        case "close_stage":
            engine.close_stage(command.conference.slug)
        case "remove":
            engine.remove(command.conference.slug, command.arguments["site"])
        case _:
            _settle(command.conference, engine, engine.settle)


def _settle(conference: Conference, engine: Engine, how: Callable[[Stage], None]) -> None:
    """Screens that see sites which are no longer shown are cut off here, whatever their page does, and whatever else the
    engine could not do.
    """
    stage = stage_of(conference)
    try:
        how(stage)
    finally:
        _cut_off(conference, stage, engine)


def _cut_off(conference: Conference, stage: Stage, engine: Engine) -> None:
    for line in conference.lines.exclude(sites=[]):
        if not set(line.sites) <= set(stage.mosaic):
            engine.end(line.peer)
            line.delete()


def _send_out(conference: Conference, engine: Engine) -> None:
    taken_out = set(conference.sites.filter(is_removed=True).values_list("slug", flat=True))
    if taken_out:
        for each in engine.participants(conference.slug):
            if each.site in taken_out:
                engine.remove(conference.slug, each.site)


def _close_what_is_over(engine: Engine) -> dict[Conference, str]:
    try:
        held = engine.held()
    except EngineFault as fault:
        return {each: str(fault) for each in Conference.objects.filter(engine_trouble__isnull=False)}
    faults = {}
    for conference in Conference.objects.filter(state=ConferenceState.CLOSED, slug__in=held):
        try:
            engine.close_stage(conference.slug)
        except EngineFault as fault:
            faults[conference] = str(fault)
    return faults
