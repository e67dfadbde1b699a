"""Carries the commands of the log to the engine, in order, again after a fault."""

from phoihop.conferences.enums import CommandState
from phoihop.conferences.media.engine import Engine, EngineFault
from phoihop.conferences.models import MediaCommand
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


def _carried_out(command: MediaCommand, engine: Engine) -> bool:
    try:
        getattr(engine, command.name)(command.conference.slug, **command.arguments)
    except EngineFault as fault:
        command.tries, command.fault = command.tries + 1, str(fault)[:300]
        if command.tries >= MOST_TRIES:
            command.state = CommandState.FAILED
        command.save(update_fields=["tries", "fault", "state"])
        return False
    command.state, command.done_at = CommandState.DONE, clock.now()
    command.save(update_fields=["state", "done_at"])
    return True
