import os
import time
from pathlib import Path
from typing import Any

import pytest

from phoihop.reports.files import kept
from phoihop.reports.jobs import Sweeper


@pytest.fixture
def folders(settings: Any, tmp_path: Path) -> tuple[Path, Path]:
    settings.FILES_DIR = tmp_path
    uploads = [kept.keep_workbook(report=1, user=1, name="a.xlsx", content=b"x", copy="c") for _ in "ab"]
    old, young = (each.folder for each in uploads)
    past = time.time() - kept.KEPT_FOR - 1
    os.utime(old, (past, past))
    return old, young


def until_gone(folder: Path) -> bool:
    for _ in range(200):
        if not folder.exists():
            return True
        time.sleep(0.01)
    return False


def test_old_uploads_go_while_nobody_uploads(folders: tuple[Path, Path]) -> None:
    old, young = folders
    with Sweeper(poll_seconds=0.01):
        assert until_gone(old)
        past = time.time() - kept.KEPT_FOR - 1
        assert young.exists()
        os.utime(young, (past, past))
        assert until_gone(young)
