"""The stage is recorded by one press, made into a film after the conference, deleted on its day; the log keeps its hash."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import OperationalError

from phoihop.audit.models import AuditEvent
from phoihop.conferences import filming, jobs
from phoihop.conferences.actions import (
    begin_item,
    close_conference,
    draft_minutes,
    retry_recording,
    start_recording,
    stop_recording,
)
from phoihop.conferences.actions.recording import fail_recording, keep_recording
from phoihop.conferences.enums import Duty, Visibility
from phoihop.conferences.filming import delete_what_is_due, make_films
from phoihop.conferences.media.choice import engine as chosen_engine
from phoihop.conferences.media.engine import Stage
from phoihop.conferences.media.fake import FakeEngine
from phoihop.conferences.media.film import FilmFault, Piece
from phoihop.conferences.media.outbox import run_outbox
from phoihop.conferences.minutes.parts import parts_of
from phoihop.conferences.models import Conference, Recording
from phoihop.conferences.permissions import attendee_of
from phoihop.conferences.queries.recordings import cut_list, spans_open, to_be_made
from phoihop.core import storage
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from tests.conferences.media.mjr_files import piece
from tests.conferences.world import PARTS, ConferenceWorld

SLUG = "hoi-nghi-thu"
AT = datetime(2026, 6, 16, 2, tzinfo=UTC)


@pytest.fixture
def kept(world: ConferenceWorld, tmp_path: Path) -> Recording:
    """The film of a conference closed on 16 June, kept 90 days."""
    world.in_session()
    start_recording(conference=world.conference, by=world.chair)
    close_conference(conference=world.conference, by=world.chair)
    film = tmp_path / "film.webm"
    film.write_bytes(b"a film")
    return keep_recording(conference=world.conference, film=film, seconds=3_725.4, chapters=[])


@pytest.fixture
def media(tmp_path: Path) -> Iterator[FakeEngine]:
    """The installation's engine, of this test alone; it records into a folder of its own."""
    chosen_engine.cache_clear()
    held = chosen_engine()
    assert isinstance(held, FakeEngine)
    held.folder = tmp_path
    yield held
    chosen_engine.cache_clear()


@pytest.fixture
def raw(world: ConferenceWorld, moment: time_machine.Traveller, media: FakeEngine, tmp_path: Path) -> Path:
    """Pieces recorded on 16 June, in session still; kept 90 days."""
    world.in_session()
    start_recording(conference=world.conference, by=world.chair)
    piece(tmp_path / SLUG, AT, 2)
    moment.move_to(AT + timedelta(seconds=10))
    return tmp_path / SLUG


def _closed(world: ConferenceWorld) -> None:
    close_conference(conference=world.conference, by=world.chair)


def _failed(world: ConferenceWorld) -> None:
    _closed(world)
    fail_recording(conference=world.conference, fault="the disk was full")


def _never_closed(world: ConferenceWorld) -> None: ...


@pytest.mark.parametrize("duty", [Duty.CHAIR, Duty.SECRETARY, Duty.DIRECTOR])
def test_whoever_sits_at_the_table_starts_and_stops_it(world: ConferenceWorld, duty: Duty) -> None:
    world.in_session()
    start_recording(conference=world.conference, by=world.official(duty))
    assert world.refreshed().is_recording
    stop_recording(conference=world.conference, by=world.official(duty))
    assert not world.refreshed().is_recording


def test_a_site_does_not_record_nor_does_the_desk(world: ConferenceWorld) -> None:
    world.in_session()
    for by in (world.room(1), world.head(1), world.seat(1), attendee_of(world.conference, world.desk)):
        with pytest.raises(NotAllowed):
            start_recording(conference=world.conference, by=by)
    assert not world.refreshed().is_recording


def test_nothing_is_recorded_until_somebody_says_so(media: FakeEngine, world: ConferenceWorld) -> None:
    world.in_session()
    run_outbox(media)
    assert media.stages[SLUG].is_recorded is False
    start_recording(conference=world.conference, by=world.chair)
    assert run_outbox(media) == 1
    assert media.stages == {SLUG: Stage(SLUG, centre="diem-0", is_recorded=True)}


def test_it_is_recorded_in_session_only_and_once(world: ConferenceWorld, settings: Any) -> None:
    with pytest.raises(Conflict):
        start_recording(conference=world.conference, by=world.chair)
    world.in_session()
    with pytest.raises(Conflict, match="không được ghi hình"):
        stop_recording(conference=world.conference, by=world.chair)
    start_recording(conference=world.conference, by=world.chair)
    with pytest.raises(Conflict):
        start_recording(conference=world.conference, by=world.chair)
    close_conference(conference=world.conference, by=world.chair)
    types = list(world.conference.events.values_list("type", flat=True))
    assert types[-2:] == ["stop_recording", "close_conference"]


def test_without_an_engine_there_is_nothing_to_record(world: ConferenceWorld, settings: Any) -> None:
    settings.MEDIA_ENGINE = ""
    world.in_session()
    with pytest.raises(DomainError, match="hình và tiếng"):
        start_recording(conference=world.conference, by=world.chair)


@pytest.mark.parametrize(("own", "above", "seen"), PARTS)
def test_a_part_is_in_no_film_where_its_item_is_closed_to_viewers(
    world: ConferenceWorld,
    moment: time_machine.Traveller,
    own: Visibility,
    above: Visibility,
    seen: Visibility,
) -> None:
    """Item 1 for five seconds, the part for ten, item 2 for five."""
    part = world.part(own, above)
    world.in_session()
    start_recording(conference=world.conference, by=world.chair)
    times = [AT + timedelta(seconds=each) for each in (0, 5, 15, 20)]
    for at, item in zip(times[1:3], (part, world.items[1]), strict=True):
        moment.move_to(at)
        begin_item(item=item, by=world.chair)
    moment.move_to(times[3])
    close_conference(conference=world.conference, by=world.chair)
    is_open = seen == Visibility.OPEN
    closed = [(times[0], times[1]), (times[2], times[3])]
    assert spans_open(world.conference) == ([(times[0], times[3])] if is_open else closed)
    whole = Piece(times[0], 0, 20)
    chapters = [item for _second, item in cut_list(world.conference, [whole])]
    assert chapters == [world.items[0].pk, *([part.pk] if is_open else []), world.items[1].pk]


def test_a_film_is_made_of_what_was_recorded_with_the_items_it_shows(
    media: FakeEngine, world: ConferenceWorld, moment: time_machine.Traveller, tmp_path: Path, settings: Any
) -> None:
    """Item 1 from the first second; item 2 after four; the internal item 3 is not in it, though the engine stopped late."""
    settings.FILES_DIR = tmp_path / "files"
    world.conference.items.filter(pk=world.items[2].pk).update(visibility=Visibility.INTERNAL)
    world.in_session()
    start_recording(conference=world.conference, by=world.chair)
    piece(tmp_path / SLUG, AT + timedelta(seconds=1), 6)
    moment.move_to(AT + timedelta(seconds=5))
    begin_item(item=world.items[1], by=world.chair)
    piece(tmp_path / SLUG, AT + timedelta(seconds=18), 4)
    moment.move_to(AT + timedelta(seconds=20))
    begin_item(item=world.items[2], by=world.chair)
    piece(tmp_path / SLUG, AT + timedelta(seconds=61), 3)
    moment.move_to(AT + timedelta(seconds=60))
    begin_item(item=world.items[3], by=world.chair)
    assert make_films() == []  # it goes on
    moment.move_to(AT + timedelta(seconds=70))
    close_conference(conference=world.conference, by=world.chair)
    assert make_films() == []  # the engine may still be writing
    run_outbox(media)
    (made,) = make_films()
    assert (made.state, made.fault, made.seconds) == ("made", "", 11)
    items = [each.pk for each in world.items]
    assert made.chapters == [
        {"seconds": 0.0, "item": items[0]}, {"seconds": 4.0, "item": items[1]}, {"seconds": 8.0, "item": items[3]},
    ]  # fmt: skip
    assert storage.hash_of(storage.place_of(made.path)) == made.sha256
    assert not list(to_be_made())
    assert not (tmp_path / SLUG).exists()


def test_where_nobody_sent_anything_it_is_said(
    media: FakeEngine, world: ConferenceWorld, tmp_path: Path
) -> None:
    world.in_session()
    start_recording(conference=world.conference, by=world.chair)
    close_conference(conference=world.conference, by=world.chair)
    run_outbox(media)
    (made,) = make_films()
    assert made.state == "failed"
    assert make_films() == []


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (FilmFault("[libvpx @ 0x55] Invalid data found"), filming.NO_FILM),
        (OSError(28, "No space left on device"), filming.NOT_WRITTEN),
    ],
)
def test_why_there_is_no_film_is_told_in_a_sentence_and_the_rest_in_the_log(
    media: FakeEngine,
    world: ConferenceWorld,
    raw: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fault: Exception,
    told: str,
) -> None:
    def fails(*_all: Any) -> None:
        raise fault

    _closed(world)
    run_outbox(media)
    monkeypatch.setattr(filming, "make_film", fails)
    (made,) = make_films()
    assert (made.state, made.fault) == ("failed", told)
    assert str(fault) in caplog.text


def test_without_ffmpeg_films_wait_and_it_is_said_once(
    media: FakeEngine,
    world: ConferenceWorld,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    world.in_session()
    start_recording(conference=world.conference, by=world.chair)
    close_conference(conference=world.conference, by=world.chair)
    run_outbox(media)
    monkeypatch.setattr(filming, "is_there", lambda: False)
    maker = jobs.FilmMaker()
    maker.look()
    maker.look()
    assert [each.message[:47] for each in caplog.records] == [
        "Recordings wait to be made into films: ffmpeg i"
    ]
    assert not Recording.objects.exists()
    monkeypatch.setattr(filming, "is_there", lambda: True)
    maker.look()
    assert Recording.objects.get().state == "failed"  # nobody sent anything: but it was tried


def test_what_was_recorded_becomes_a_film_though_media_are_turned_off_since(
    media: FakeEngine, world: ConferenceWorld, moment: time_machine.Traveller, tmp_path: Path, settings: Any
) -> None:
    """Nobody is left to take the engine's last commands; nobody writes any more either."""
    settings.FILES_DIR, settings.MEDIA_FOLDER = tmp_path / "files", tmp_path
    world.in_session()
    start_recording(conference=world.conference, by=world.chair)
    piece(tmp_path / "recordings" / SLUG, AT, 2)
    moment.move_to(AT + timedelta(seconds=10))
    close_conference(conference=world.conference, by=world.chair)
    settings.MEDIA_ENGINE = ""
    chosen_engine.cache_clear()
    jobs.FilmMaker().look()
    chosen_engine.cache_clear()
    assert Recording.objects.values_list("state", "seconds").get() == ("made", 2)


def test_a_file_nobody_knows_fails_its_own_film_alone_and_says_so(
    media: FakeEngine, raw: Path, world: ConferenceWorld
) -> None:
    piece(raw, AT, 1).rename(raw / "chép lại-voice.mjr")
    _closed(world)
    run_outbox(media)
    (made,) = make_films()
    assert (made.state, made.fault) == ("failed", filming.UNREADABLE)
    assert list(raw.iterdir())  # nothing is thrown away


def test_a_database_that_is_away_for_a_moment_fails_no_film(
    media: FakeEngine, raw: Path, world: ConferenceWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_all: Any) -> None:
        raise OperationalError("database is locked")

    _closed(world)
    run_outbox(media)
    with monkeypatch.context() as patched:
        patched.setattr(filming, "cut_list", away)
        with pytest.raises(OperationalError):
            make_films()
    (made,) = make_films()
    assert made.state == "made"


def test_what_another_machine_recorded_is_left_to_it(
    media: FakeEngine, world: ConferenceWorld, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_FOLDER = tmp_path
    world.in_session()
    start_recording(conference=world.conference, by=world.chair)
    _closed(world)
    settings.MEDIA_ENGINE = ""
    chosen_engine.cache_clear()
    assert make_films() == []
    assert not Recording.objects.exists()


def test_a_film_that_was_made_stands_whatever_another_server_says(kept: Recording) -> None:
    fail_recording(conference=kept.conference, fault="nothing there any more")
    kept.refresh_from_db()
    assert (kept.state, kept.fault) == ("made", "")


def test_a_conference_that_was_never_recorded_waits_for_no_film(world: ConferenceWorld) -> None:
    world.in_session()
    close_conference(conference=world.conference, by=world.chair)
    assert not list(to_be_made())


def test_the_minutes_name_the_film_and_its_hash(kept: Recording) -> None:
    conference = Conference.objects.get()
    draft = draft_minutes(conference=conference, by=None).drafted
    (part,) = [each for each in parts_of(draft, {}, "vi") if each.key == "recording"]
    for words in (kept.sha256, f"ghi-hinh-{SLUG}.webm", "1:02:05", "14 tháng 9 năm 2026"):
        assert words in part.lines[0]


def test_it_is_deleted_after_its_last_day_and_its_hash_stays(
    kept: Recording, moment: time_machine.Traveller, django_capture_on_commit_callbacks: Any
) -> None:
    place = storage.place_of(kept.path)
    moment.move_to(datetime(2026, 9, 14, 10, tzinfo=UTC))
    assert delete_what_is_due() == 0
    moment.move_to(datetime(2026, 9, 14, 18, tzinfo=UTC))  # the 15th in Viet Nam
    with django_capture_on_commit_callbacks(execute=True):
        assert delete_what_is_due() == 1
    kept.refresh_from_db()
    assert (kept.state, kept.path, len(kept.sha256)) == ("deleted", "", 64)
    assert not place.exists()
    event = AuditEvent.objects.get(action="delete_recording")
    assert event.details["sha256"] == kept.sha256
    assert delete_what_is_due() == 0


@pytest.mark.parametrize(
    ("left", "state"), [(_closed, "deleted"), (_failed, "deleted"), (_never_closed, None)]
)
def test_what_never_became_a_film_is_deleted_on_its_day_however_it_was_left(
    media: FakeEngine,
    world: ConferenceWorld,
    raw: Path,
    moment: time_machine.Traveller,
    left: Any,
    state: str | None,
) -> None:
    left(world)
    moment.move_to(datetime(2026, 9, 14, 10, tzinfo=UTC))
    assert (delete_what_is_due(), raw.is_dir()) == (0, True)
    moment.move_to(datetime(2026, 9, 14, 18, tzinfo=UTC))
    assert (delete_what_is_due(), raw.exists()) == (1, False)
    assert Recording.objects.values_list("state", flat=True).first() == state
    assert AuditEvent.objects.filter(action="drop_recording").count() == 1
    run_outbox(media)
    assert make_films() == []


def test_pieces_beside_a_film_are_deleted_though_the_process_was_killed(
    world: ConferenceWorld, raw: Path, tmp_path: Path
) -> None:
    _closed(world)
    film = tmp_path / "film.webm"
    film.write_bytes(b"a film")
    keep_recording(conference=world.conference, film=film, seconds=2, chapters=[])
    assert raw.is_dir()
    delete_what_is_due()
    assert not raw.exists()
    assert Recording.objects.get().state == "made"


def test_a_film_that_failed_is_tried_again_by_whoever_may_record(
    media: FakeEngine, world: ConferenceWorld, raw: Path, moment: time_machine.Traveller
) -> None:
    room = world.room(1)
    _failed(world)
    run_outbox(media)
    assert make_films() == []
    with pytest.raises(NotAllowed):
        retry_recording(conference=world.conference, by=room)
    moment.move_to(AT + timedelta(days=20))
    retry_recording(conference=world.conference, by=world.chair)
    assert AuditEvent.objects.filter(action="retry_recording").count() == 1
    (made,) = make_films()
    assert (made.state, str(made.kept_until)) == ("made", "2026-09-14")  # no day longer for that
    with pytest.raises(Conflict, match="thử lại"):
        retry_recording(conference=world.conference, by=world.chair)
