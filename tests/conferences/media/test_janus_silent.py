"""An engine that runs and answers nothing is no engine: it is ended and started again."""

import logging
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from phoihop.conferences.media.janus.process import answers, janus_beside
from phoihop.conferences.streams import keeping
from tests.conferences.media import namespace
from tests.conferences.streams.installed import child_of, until

pytestmark = [pytest.mark.media, pytest.mark.slow]


def test_an_engine_that_stands_still_is_started_again(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings.MEDIA_INTERFACE = namespace.ADDRESS
    monkeypatch.setattr(keeping, "ASKED_EVERY", 0.5)
    monkeypatch.setattr(keeping, "SILENT", 3)
    with namespace.inside(), janus_beside(tmp_path), caplog.at_level(logging.ERROR):
        stands = child_of(os.getpid(), f"janus -F {tmp_path}")
        os.kill(stands, signal.SIGSTOP)
        assert until(lambda: "has not answered for 3 s" in caplog.text, 60)
        assert until(lambda: answers(tmp_path), 60)
        assert child_of(os.getpid(), f"janus -F {tmp_path}") != stands
