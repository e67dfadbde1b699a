"""The recording of the stage: begun and ended in session, made into a film afterwards, deleted on its day."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from phoihop.audit.actions import record
from phoihop.conferences import recording_errors
from phoihop.conferences.actions.changing import Change, changing
from phoihop.conferences.enums import ConferenceState, RecordingState
from phoihop.conferences.models import Conference, Recording
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.queries.recordings import last_day_of, recorded_until
from phoihop.core import clock, storage
from phoihop.core.turns import writing_turn


def start_recording(*, conference: Conference, by: Attendee | None, key: str = "") -> Conference:
    """What viewers see and hear, from now on; who takes part is told by the same change."""
    with changing(conference, Act.RECORD, by, key=key, in_session=True) as change:
        if not settings.MEDIA_ENGINE:
            raise recording_errors.has_no_pictures(change.conference)
        if change.conference.is_recording:
            raise recording_errors.records_already(change.conference)
        _turn(change, "start_recording", is_on=True)
    return conference


def stop_recording(*, conference: Conference, by: Attendee | None, key: str = "") -> Conference:
    with changing(conference, Act.RECORD, by, key=key, in_session=True) as change:
        if not change.conference.is_recording:
            raise recording_errors.records_nothing(change.conference)
        end_recording(change)
    return conference


def end_recording(change: Change) -> None:
    """Within another change, where one is going on."""
    if change.conference.is_recording:
        _turn(change, "stop_recording", is_on=False)


def keep_recording(
    *, conference: Conference, film: Path, seconds: float, chapters: Sequence[dict[str, Any]]
) -> Recording:
    """The film is on disk before the log tells its hash; `film` itself is moved. By the system."""
    sha256, path, size = storage.keep_file(film)
    with changing(conference, Act.RECORD, None) as change:
        now = clock.now()
        kept_until = last_day_of(change.conference, recorded_until(change.conference))
        held, _is_new = Recording.objects.update_or_create(
            conference=change.conference,
            defaults={
                "state": RecordingState.MADE, "fault": "", "made_at": now, "path": path, "sha256": sha256,
                "size_bytes": size, "seconds": round(seconds), "chapters": list(chapters),
                "kept_until": kept_until,
            },
        )  # fmt: skip
        change.tell(
            "keep_recording", thing=held, shows=("conference",),
            name=held.name, sha256=sha256, size_bytes=size, seconds=held.seconds, kept_until=kept_until.isoformat(),
        )  # fmt: skip
    return held


def fail_recording(*, conference: Conference, fault: str) -> Recording:
    """What was recorded stays where it is; the page says why there is no film. One that was made meanwhile stands."""
    with writing_turn(), transaction.atomic():
        defaults = {"state": RecordingState.FAILED, "fault": fault[:300], "made_at": clock.now()}
        held, is_new = Recording.objects.get_or_create(conference=conference, defaults=defaults)
        if is_new:
            record("fail_recording", held, details={"conference": conference.slug, "fault": fault[:300]})
    return held


def retry_recording(*, conference: Conference, by: Attendee | None, key: str = "") -> None:
    """What was recorded is still there, and is made into a film anew within seconds.

    Raises: NotAllowed, Conflict where nothing failed.
    """
    with changing(conference, Act.RECORD, by, key=key) as change:
        failed = Recording.objects.filter(conference=change.conference, state=RecordingState.FAILED).first()
        if failed is None:
            raise recording_errors.did_not_fail(change.conference)
        change.tell("retry_recording", thing=failed, fault=failed.fault)
        failed.delete()


def drop_recording(*, conference: Conference) -> None:
    """What was recorded and never became a film, after its last day, by the system. The files are the caller's.

    A conference that was never closed may be recorded again.
    """
    with writing_turn(), transaction.atomic():
        now = clock.now()
        values = {"state": RecordingState.DELETED, "deleted_at": now}
        if conference.state == ConferenceState.CLOSED:
            Recording.objects.update_or_create(
                conference=conference, defaults=values, create_defaults={**values, "made_at": now}
            )
        record("drop_recording", conference, details={"conference": conference.slug})


def delete_recording(*, recording: Recording) -> Recording:
    """After its last day, by the system. What the log and the minutes say of it stays."""
    with writing_turn(), transaction.atomic():
        held = (
            Recording.objects.select_for_update(of=("self",))
            .select_related("conference")
            .get(pk=recording.pk)
        )
        path, held.path = held.path, ""
        held.state, held.deleted_at = RecordingState.DELETED, clock.now()
        held.save(update_fields=["path", "state", "deleted_at"])
        told = {"conference": held.conference.slug, "sha256": held.sha256, "kept_until": str(held.kept_until)}
        record("delete_recording", held, details=told)
        transaction.on_commit(lambda: storage.forget(path))
    return held


def _turn(change: Change, what: str, *, is_on: bool) -> None:
    change.conference.is_recording = is_on
    change.conference.save(update_fields=["is_recording"])
    change.tell(what, shows=("conference",))
    change.command("settle")
