"""The same context is the same file, to the byte: here, later, and in another process."""

import hashlib
import os
import subprocess
import sys
from io import BytesIO
from zipfile import ZipFile

import pytest

from phoihop.reviews.render import render_docx, render_pdf
from tests.reviews.render.contexts import SAMPLES, provincial

ELSEWHERE = """
import hashlib, json, sys
from phoihop.reviews.render import render_docx, render_pdf
context = json.load(open(sys.argv[1], encoding="utf-8"))
for render in (render_docx, render_pdf):
    print(hashlib.sha256(render(context)).hexdigest())
"""


@pytest.mark.slow
def test_another_process_makes_the_same_bytes():
    here = [hashlib.sha256(render(provincial())).hexdigest() for render in (render_docx, render_pdf)]
    ran = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, str(SAMPLES / "provincial.json")],
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "America/Lima", "LC_ALL": "C"},
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert ran.stdout.split() == here


def test_parts_of_the_package_carry_the_day_of_the_freeze():
    parts = ZipFile(BytesIO(render_docx(provincial()))).infolist()
    assert {part.date_time for part in parts} == {(2019, 3, 4, 2, 15, 0)}
