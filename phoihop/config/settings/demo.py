"""The demonstration: simulated figures, a demo clock, one-click sign-in."""

import os
from pathlib import Path

os.environ.setdefault("PHOIHOP_TODAY", "2026-12-14")  # the last day of the half: its reports can be submitted
os.environ.setdefault("PHOIHOP_VAR", str(Path(__file__).resolve().parents[3] / "var" / "demo"))

from .base import *  # noqa: F403  the environment above must be set first

INSTALLED_APPS += ["phoihop.demo"]
DEMO = True
DEBUG = False
SECRET_KEY = "demonstration-only-no-real-data"  # noqa: S105  the demonstration holds no real data
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
