"""From an engine's packets to pictures and sound in step: what came late, twice, not at all, or after the floor changed."""

import json
import subprocess
import tracemalloc
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from phoihop.conferences.media.film import FilmFault, Mark, make_film, pieces_in, within
from phoihop.conferences.media.film.making import _blocks
from phoihop.conferences.media.film.matroska import write
from phoihop.conferences.media.film.mjr import Recording, recording
from phoihop.conferences.media.film.tracks import SILENCE, pictures, sound
from tests.conferences.media.mjr_files import BEGIN, DELTA, KEY, VOICE, Sent, mjr, piece, voice

AT = datetime(2026, 6, 16, 2, tzinfo=UTC)


def recorded(path: Path, sent: list[Sent]) -> Recording:
    found = recording(mjr(path / "a.mjr", 0, 0, sent))
    assert found is not None
    return found


def test_numbers_go_on_where_rtp_begins_anew(tmp_path: Path) -> None:
    found = recorded(tmp_path, voice(2, first=65_500))
    assert [each.number for each in found.packets()] == list(range(65_500, 65_600))


def test_packets_that_overtook_one_another_are_put_in_order(tmp_path: Path) -> None:
    sent = voice(0.2)
    sent[3], sent[4] = sent[4], sent[3]
    assert [each.number for each in recorded(tmp_path, sent).packets()] == list(range(10))


def test_a_file_cut_off_by_a_crash_is_read_up_to_there(tmp_path: Path) -> None:
    path = mjr(tmp_path / "a.mjr", 0, 0, voice(1))
    path.write_bytes(path.read_bytes()[:-7])
    found = recording(path)
    assert found is not None
    assert len(list(found.packets())) == 49


@pytest.mark.parametrize("content", [b"", b"MJR00002", b"MJR00002\x00\x09{}", b"something else"])
def test_a_file_in_which_nothing_came_is_no_recording(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.mjr").write_bytes(content)
    assert recording(tmp_path / "a.mjr") is None


def test_the_clock_of_many_sources_does_not_run_away(tmp_path: Path) -> None:
    """The engine continues one source's clock with another's, 20 ms too far each time: after 60 changes more than a second."""
    sent, number, stamp = [], 0, 0
    for change in range(60):
        for each in range(150):
            sent.append((3_000 * change + 20 * each, number, stamp, VOICE))
            number, stamp = number + 1, stamp + 960
        stamp += 960
    found = recorded(tmp_path, sent)
    apart = [abs(at - packet.came_ms) for at, packet in found.timed(48_000)]
    assert max(apart) <= 40
    assert len(list(sound(found, 0, 0, 180_000))) == 9_000


def test_sound_has_no_gap_and_no_more_than_its_time(tmp_path: Path) -> None:
    sent = [each for each in voice(2) if not 25 <= each[1] < 75]  # a second is missing
    blocks = list(sound(recorded(tmp_path, sent), 0, 0, 3_000))
    assert [each.at_ms for each in blocks] == [20 * each for each in range(150)]
    silent = [each.at_ms for each in blocks if each.body == SILENCE]
    assert (len(silent), silent[0], silent[49], silent[50]) == (100, 500, 1_480, 2_000)


def test_where_nobody_was_heard_there_is_silence() -> None:
    assert {each.body for each in sound(None, 0, 0, 100)} == {SILENCE}


def test_pictures_begin_with_a_whole_one_and_broken_ones_are_left_out(tmp_path: Path) -> None:
    rest = b"\x00more of it"  # no beginning
    sent = [
        (0, 1, 0, DELTA), (40, 2, 3_600, KEY), (80, 3, 7_200, DELTA), (120, 5, 10_800, rest), (160, 6, 14_400, DELTA),
    ]  # fmt: skip
    found = list(pictures(recorded(tmp_path, sent), 0))
    assert [(round(each.at_ms), each.is_key) for each in found] == [(40, True), (80, False), (160, False)]
    assert found[0].body == KEY[len(BEGIN) :]


def test_pieces_stand_in_the_order_of_time_each_with_its_moment(tmp_path: Path) -> None:
    later = AT + timedelta(minutes=5)
    piece(tmp_path, later, 2)
    mjr(tmp_path / f"{AT:%Y%m%dT%H%M%S%fZ}-voice.mjr", 5_000_000, 5_500_000, voice(1))  # half a second later
    (tmp_path / f"{AT:%Y%m%dT%H%M%S%fZ}-floor.mjr").write_bytes(b"MJR00002")
    found = pieces_in(tmp_path)
    assert [each.began_at for each in found] == [AT + timedelta(milliseconds=500), later]
    assert [round(each.seconds, 2) for each in found] == [0.98, 1.98]


def test_without_pieces_there_is_no_film(tmp_path: Path) -> None:
    with pytest.raises(FilmFault, match="không có gì được ghi"):
        make_film([], [], tmp_path / "film.webm")


def test_a_film_of_sound_alone_has_its_length_and_its_chapters(tmp_path: Path) -> None:
    piece(tmp_path / "pieces", AT, 3)
    piece(tmp_path / "pieces", AT + timedelta(minutes=1), 2)
    (tmp_path / "film.unfinished").mkdir()  # by a making that was killed
    marks = [Mark(0, "Khai mạc; điểm danh"), Mark(3, "Báo cáo = tóm tắt")]
    made = make_film(pieces_in(tmp_path / "pieces"), marks, tmp_path / "film.webm")
    told = json.loads(
        subprocess.run(
            ["ffprobe", "-loglevel", "error", "-show_format", "-show_chapters", "-show_streams", "-of", "json", made.path],
            capture_output=True, check=True,
        ).stdout
    )  # fmt: skip
    assert abs(float(told["format"]["duration"]) - 4.96) < 0.1
    assert [each["codec_name"] for each in told["streams"]] == ["opus"]
    assert [(each["start_time"], each["tags"]["title"]) for each in told["chapters"]] == [
        ("0.000000", "Khai mạc; điểm danh"), ("3.000000", "Báo cáo = tóm tắt"),
    ]  # fmt: skip
    assert sorted(each.name for each in tmp_path.iterdir()) == ["film.webm", "pieces"]


def test_a_piece_is_cut_to_what_was_open(tmp_path: Path) -> None:
    """Voice and pictures of the second in between are in none of the two pieces, nor is what came after."""
    piece(tmp_path, AT, 4)
    frames = [(40 * each, each, 3_600 * each, KEY if each % 25 == 0 else DELTA) for each in range(100)]
    name = f"{AT:%Y%m%dT%H%M%S%fZ}-floor.mjr"
    mjr(tmp_path / name, 1_000_000_000, 1_000_000_000, frames)
    spans = [
        (AT - timedelta(hours=1), AT + timedelta(seconds=1.5)),
        (AT + timedelta(seconds=2.5), AT + timedelta(seconds=3.3)),
    ]
    cut = within(pieces_in(tmp_path), spans)
    assert [(each.began_at, each.seconds) for each in cut] == [
        (AT, 1.5), (AT + timedelta(seconds=2.5), 0.8),
    ]  # fmt: skip
    blocks = list(_blocks(cut))
    heard = [block for track, block in blocks if track == 2 and block.body != SILENCE]
    assert len(heard) == 115  # 50 a second
    seen = [round(block.at_ms) for track, block in blocks if track == 1]
    assert seen == [40 * each for each in range(38)] + [2_000 + 40 * each for each in range(8)]


def test_a_long_recording_is_read_in_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    """Of packets, blocks and what is written only the last few are held."""
    short, long = (_most_held(tmp_path / str(seconds), seconds) for seconds in (30, 150))
    assert long < short + 300_000  # bytes; the packets of two minutes more are over a million


def _most_held(folder: Path, seconds: int) -> int:
    """Bytes, at most, from the pieces to the file that ffmpeg is given."""
    piece(folder, AT, seconds)
    tracemalloc.start()
    try:
        with (folder / "all.mkv").open("wb") as target:
            write(target, 2, _blocks(pieces_in(folder)))
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
