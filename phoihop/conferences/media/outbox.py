"""Carries the commands of the log to the engine, in order, again after a fault."""

from django.db.models import Q

from phoihop.conferences.enums import CommandState, ConferenceState
from phoihop.conferences.media.engine import Engine, EngineFault
from phoihop.conferences.models import Conference, MediaCommand, Publication
from phoihop.conferences.queries.stage import stage_of
from phoihop.core import clock

MOST_TRIES = 20


def run_outbox(engine: Engine) -> int:
    """Every waiting command of every conference, until one of a conference fails; returns how many were done.

    The later commands of that conference wait for the next run: the engine is never told things out of order.
    """
    done, halted = 0, set[int]()
    waiting = MediaCommand.objects.filter(state=CommandState.WAITING).select_related("conference")
    for command in waiting.order_by("conference", "seq", "order"):
        if command.conference_id in halted:
            continue
        if _carried_out(command, engine):
            done += 1
        else:
            halted.add(command.conference_id)
    return done


def reconcile(engine: Engine) -> list[str]:
    """Makes the engine's stages what the database says, in session and at rehearsals; the faults, one a line."""
    faults = []
    rehearsed = Publication.objects.filter(ended_at__isnull=True).values("site__conference")
    at_work = Q(state=ConferenceState.OPEN) | Q(state=ConferenceState.INVITED, pk__in=rehearsed)
    for conference in Conference.objects.filter(at_work):
        try:
            _settle(conference, engine)
        except EngineFault as fault:
            faults.append(f"{conference.slug}: {fault}")
    return faults


def _carried_out(command: MediaCommand, engine: Engine) -> bool:
    try:
        _tell(command, engine)
    except EngineFault as fault:
        command.tries, command.fault = command.tries + 1, str(fault)[:300]
        if command.tries >= MOST_TRIES:
            command.state = CommandState.FAILED
        command.save(update_fields=["tries", "fault", "state"])
        return False
    command.state, command.done_at = CommandState.DONE, clock.now()
    command.save(update_fields=["state", "done_at"])
    return True


def _tell(command: MediaCommand, engine: Engine) -> None:
    """The floor and who may follow are read when the engine is told, not when it was decided: the newest stands."""
    match command.name:
        case "close_stage":
            engine.close_stage(command.conference.slug)
            command.conference.watchings.all().delete()
        case "remove":
            engine.remove(command.conference.slug, command.arguments["site"])
        case _:
            _settle(command.conference, engine)


def _settle(conference: Conference, engine: Engine) -> None:
    """Screens that see sites which are no longer shown are cut off here, whatever their page does."""
    stage = stage_of(conference)
    engine.settle(stage)
    for watching in conference.watchings.all():
        if not set(watching.sites) <= set(stage.mosaic):
            engine.end(watching.peer)
            watching.delete()
