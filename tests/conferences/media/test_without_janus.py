"""`phoihop conference up` where Janus is not installed, or ffmpeg is not: it is said, and the pages are served."""

from contextlib import ExitStack, nullcontext
from pathlib import Path

import pytest

from phoihop.conferences.management.commands import conference
from tests.conferences.streams.installed import Installation


@pytest.mark.slow
def test_the_conference_goes_on_by_telephone(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    made = Installation(
        tmp_path,
        f"sqlite:///{tmp_path / 'phoihop.sqlite3'}",
        program="tests.conferences.media.stage_world",
        command=("conference", "up"),
        more={"PATH": "/nonexistent"},
    )
    try:
        made.build(viewers=1)
        made.start()  # pages and streams answer
        assert made.get("xem/", made.world["viewers"][0])[0] == 200
        assert made.get("dien-bien/", made.world["rooms"][1])[0] == 200
    finally:
        made.end()
    said = capfd.readouterr().err
    assert "apt-get install janus janus-tools" in said
    assert "qua điện thoại" in said


@pytest.mark.parametrize(("lacking", "is_said"), [("ffmpeg", True), ("ffprobe", True), ("", False)])
def test_it_says_at_the_start_that_no_film_can_be_made(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lacking: str, is_said: bool
) -> None:
    monkeypatch.setenv("PHOIHOP_MEDIA_ENGINE", "")
    monkeypatch.setattr(conference, "missing", list)
    monkeypatch.setattr(conference, "janus_beside", lambda _folder: nullcontext())
    monkeypatch.setattr("shutil.which", lambda name: None if name == lacking else f"/usr/bin/{name}")
    with ExitStack() as beside:
        conference.Command()._start_engine(beside)
    assert ("chưa cài ffmpeg" in capsys.readouterr().err) is is_said
